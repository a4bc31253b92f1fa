"""Texts to vectors, on onnxruntime and tokenizers alone.

An encoder is a folder, written once by `index.export`: `graph.onnx` (int8), `embeddings.npy` (the
input word embeddings, float16, memory-mapped, so that a question reads only its own rows),
`importance.npy` (how much a question's token tells), `tokenizer.json` and `encoder.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from askmobility.errors import IndexDamaged
from askmobility.index.adapter import importance_of

Floats = npt.NDArray[np.float32]

FILES = ("graph.onnx", "embeddings.npy", "importance.npy", "tokenizer.json", "encoder.json")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as the model sees it; n is its number of word pieces, [CLS] and [SEP] included."""

    ids: npt.NDArray[np.int64]  # (n,)
    offsets: npt.NDArray[np.int32]  # (n, 2): code points into the text; (0, 0) for [CLS] and [SEP]
    tokens: Floats  # (n, token_dimension), rows of unit length
    pooled: Floats  # (dimension,), of unit length


class Encoder:
    """One exported model, open. One text per run, so that no vector depends on its neighbours."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexDamaged where a file is missing or is not what it should be."""
        try:
            facts = json.loads((folder / "encoder.json").read_text("utf-8"))
            self.model: str = facts["model"]
            self.dimension: int = facts["dimension"]
            self.is_taught = bool(facts["adapter"])  # it has an adapter: its tokens can be read
            self.token_dimension: int = facts["token_dimension"]
            self._question_prompt: str = facts["question_prompt"]
            self._passage_prompt: str = facts["passage_prompt"]
            self._importance: Floats = np.load(folder / "importance.npy")
            self._embeddings = np.load(folder / "embeddings.npy", mmap_mode="r")
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = _session(folder / "graph.onnx")
        except Exception as error:  # tokenizers raises no narrower one
            raise IndexDamaged(folder, f"its encoder does not open ({error})") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(facts["max_tokens"])

    @property
    def vocabulary_size(self) -> int:
        """How many word pieces the model knows; ids count from 0."""
        return int(self._embeddings.shape[0])

    def has_word(self, word: str) -> bool:
        """Whether a word in lower case is a word piece of its own."""
        return self._tokenizer.token_to_id(word) is not None

    def words(self) -> list[str]:
        """The word pieces that are whole words in lower case; empty if the model marks none.

        Only a vocabulary that marks what continues a word ("##ing") tells the two apart.
        """
        pieces = sorted(self._tokenizer.get_vocab(with_added_tokens=False))
        if not any(piece.startswith("##") for piece in pieces):
            return []
        return [p for p in pieces if len(p) > 2 and p.isascii() and p.isalpha() and p.islower()]

    def encode_question(self, text: str) -> Encoded:
        """The vectors of a question."""
        return self._encode(self._question_prompt, text)

    def encode_passage(self, text: str) -> Encoded:
        """The vectors of a passage, its context in front."""
        return self._encode(self._passage_prompt, text)

    def importance(self, question: Encoded) -> Floats:
        """(n,) how much each token of a question tells, above 0; to be multiplied with rarity."""
        return importance_of(question.tokens, self._importance)

    def _encode(self, prompt: str, text: str) -> Encoded:
        pieces = self._tokenizer.encode(prompt + text)
        ids = np.array(pieces.ids, dtype=np.int64)
        offsets = np.array(pieces.offsets, dtype=np.int32).reshape(-1, 2)
        rows = self._embeddings[ids].astype(np.float32)[None]
        tokens, pooled = self._session.run(None, {"embeddings": rows})
        return Encoded(ids, np.maximum(offsets - len(prompt), 0), tokens[0], pooled[0])


def _session(graph: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one core, and the same sums in the same order every time
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # a question is small; the arena would keep megabytes
    return onnxruntime.InferenceSession(
        str(graph),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # slower than its two parts
    )
