"""What askmobility is measured against: the script that most people would write."""

import sys
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

MODEL, FOLDER, INDEX, *QUESTION = sys.argv[1:]
model = SentenceTransformer(MODEL, device="cpu")


def paragraphs() -> list[str]:
    files = sorted(Path(FOLDER).glob("*.txt"))
    return [line for file in files for line in file.read_text("utf-8").splitlines() if line]


if not QUESTION:
    vectors = model.encode(paragraphs(), normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, INDEX)
else:
    index, texts = faiss.read_index(INDEX), paragraphs()
    _, found = index.search(model.encode([" ".join(QUESTION)], normalize_embeddings=True), 3)
    print("\n".join(texts[number] for number in found[0]))
