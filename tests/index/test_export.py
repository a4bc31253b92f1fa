"""A model becomes an encoder that gives what sentence-transformers gives, or is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from askmobility.index import export
from askmobility.index.encoder import FILES, Encoder
from askmobility.index.export import ModelUnusable, encoder_folder

pytestmark = pytest.mark.slow

WORDS = "the a council will spend on roads ferry ticket costs how many people met in march".split()
TEXTS = ("How many people met in March?", "The ferry ticket", "a council will spend a roads " * 9)


def written(folder: Path, pooling: str) -> Path:
    """A model of a few thousand random weights, as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    parts = folder / "parts"
    parts.mkdir(parents=True)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *"abcdefghijklmnopqrstuvwxyz?"]
    pieces += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"] + ["£", "##£"]
    (parts / "vocab.txt").write_text("\n".join(pieces), "utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=96,
    )  # fmt: skip
    BertModel(config).save_pretrained(parts)
    BertTokenizerFast(vocab_file=str(parts / "vocab.txt")).save_pretrained(parts)
    transformer = Transformer(str(parts), max_seq_length=96)
    model = SentenceTransformer(
        modules=[transformer, Pooling(32, pooling_mode=pooling)],
        device="cpu",
        prompts={"query": "how ", "document": "the "},
    )
    model.save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module", params=["mean", "cls"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("tiny") / request.param, request.param)


@pytest.fixture(scope="module")
def exported(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encoder_folder(str(model), tmp_path_factory.mktemp("cache"))


def test_an_exported_model_gives_the_vectors_of_the_one_it_was_made_from(
    model: Path, exported: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    encoder, original = Encoder(exported), SentenceTransformer(str(model), device="cpu")
    for prompt, encode in (("how ", encoder.encode_question), ("the ", encoder.encode_passage)):
        ours = np.stack([encode(text).pooled for text in TEXTS])
        theirs = original.encode(
            [prompt + text for text in TEXTS], normalize_embeddings=True, prompt=""
        )
        assert (ours * theirs).sum(axis=1).min() > 0.98


def test_a_text_that_is_never_padded_is_encoded_without_a_mask(exported: Path) -> None:
    import onnx

    nodes = onnx.load(exported / "graph.onnx").graph.node
    made_by = {name: node.op_type for node in nodes for name in node.output}
    weighed = [made_by[node.input[0]] for node in nodes if node.op_type == "Softmax"]
    assert len(weighed) == 2
    assert "Add" not in weighed


def test_an_encoder_says_what_it_was_made_from(model: Path, exported: Path) -> None:
    facts = json.loads((exported / "encoder.json").read_text("utf-8"))

    assert facts["model"] == str(model)
    assert (facts["dimension"], facts["token_dimension"], facts["max_tokens"]) == (32, 32, 96)
    assert sorted(file.name for file in exported.iterdir()) == sorted(FILES)


def test_without_an_adapter_of_its_own_every_token_tells_about_as_much(exported: Path) -> None:
    encoder = Encoder(exported)

    told = encoder.importance(encoder.encode_question(TEXTS[0]))
    assert told == pytest.approx([1] * len(told), abs=0.05)


def test_a_model_is_exported_once(
    model: Path, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("exported again")

    monkeypatch.setattr(export, "_export", refuse)
    told: list[str] = []

    assert encoder_folder(str(model), exported.parent, told.append) == exported
    assert told == []


def test_another_folder_with_the_same_model_has_the_same_encoder(
    model: Path, exported: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(model, tmp_path / "copy")

    assert encoder_folder(str(copy), exported.parent) == exported


def test_every_adapter_has_an_encoder_of_its_own_whatever_its_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fake(name: str, source: Path, adapters: Sequence[Path], into: Path) -> None:
        for file in FILES:
            (into / file).write_text(",".join(path.read_text("utf-8") for path in adapters))

    monkeypatch.setattr(export, "_export", fake)
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1", "utf-8")
    other.write_text("2", "utf-8")

    folders = [
        encoder_folder(None, tmp_path / "cache", adapter=adapter)
        for adapter in (one, other, tmp_path / "none")
    ]

    assert [(folder / FILES[0]).read_text("utf-8") for folder in folders] == ["1", "2", ""]


def test_an_encoder_that_lacks_a_file_is_exported_again_and_said_so(
    model: Path, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Path(shutil.copytree(exported.parent, tmp_path / "cache"))
    (cache / exported.name / "graph.onnx").unlink()
    monkeypatch.setattr(
        export, "_export", lambda name, source, adapters, into: shutil.copytree(
            exported, into, dirs_exist_ok=True
        )
    )  # fmt: skip
    told: list[str] = []

    folder = encoder_folder(str(model), cache, told.append)

    assert all((folder / name).is_file() for name in FILES)
    assert str(model) in told[0]
    assert [found.name for found in cache.iterdir()] == [exported.name], "nothing is left beside"


def test_an_export_that_fails_leaves_nothing_behind(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str, source: Path, adapters: object, into: Path) -> None:
        (into / "graph.onnx").write_bytes(b"half")
        raise ModelUnusable(name, "it is off")

    monkeypatch.setattr(export, "_export", fail)

    with pytest.raises(ModelUnusable, match="it is off"):
        encoder_folder(str(model), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_an_export_that_is_off_is_not_trusted(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MEAN_COSINE", 1.01)

    with pytest.raises(ModelUnusable, match=r"mean cosine .*--model"):
        encoder_folder(str(model), tmp_path / "cache")


def test_a_model_that_pools_otherwise_is_refused(tmp_path: Path) -> None:
    source = written(tmp_path, "max")

    with pytest.raises(ModelUnusable, match="neither by mean nor by first token"):
        encoder_folder(str(source), tmp_path / "cache")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(ModelUnusable, match="does not load"):
        encoder_folder(str(tmp_path / "empty"), tmp_path / "cache")


def test_an_unknown_name_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"'no such/model/at all'.*--model"):
        encoder_folder("no such/model/at all", tmp_path / "cache")


def test_weights_that_are_not_the_official_ones_are_refused(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_model_folder", lambda name: model)

    with pytest.raises(ModelUnusable, match="not the official ones"):
        encoder_folder(None, tmp_path / "cache")


def test_the_model_that_comes_with_us_is_the_official_one() -> None:
    source = export._model_folder(None)

    assert export._sha256(source / "model.safetensors") == export.DEFAULT_WEIGHTS
