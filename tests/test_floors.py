"""The house stands: imports point down, and each heavy library stays in the room that owns it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "askmobility"

FLOORS = [
    {"cli", "terminal", "server"},
    {"evaluation", "training", "assistant"},
    {"answers", "search"},
    {"index", "documents"},
    {"types", "errors", "settings"},
]
FLOOR_OF = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}

# The nouns hand themselves to the JSON shapes, inside `to_dict`.
UPWARDS = {("types", "answers")}

HOMES = {
    "torch": {"index.export", "index.adapter", "training"},
    "sentence_transformers": {"index.export", "index.builder", "training"},
    "transformers": {"index.export", "training"},
    "onnx": {"index"},
    "onnxruntime": {"index"},
    "tokenizers": {"index"},
    "faiss": {"index"},
    "tantivy": {"index"},
    "sqlite3": {"index"},
    "nltk": {"documents"},
    "pypdfium2": {"documents.pdf", "documents.drawing"},
    "selectolax": {"documents.html", "documents.html_metadata"},
    "docx": {"documents.docx"},
    "markdown_it": {"documents.markdown"},
    "charset_normalizer": {"documents.encodings"},
    "flask": {"server"},
    "gunicorn": {"server"},
    "pydantic": {"server"},
    "flask_openapi3": {"server"},
    "prometheus_client": {"server"},
    "click": {"cli", "terminal"},
    "ir_measures": {"evaluation"},
    "scipy": {"training"},
    "rich": {"training"},
}

NEVER_ON_THE_QUESTION_PATH = {
    "torch",
    "transformers",
    "sentence_transformers",
    "nltk",
    "pandas",
    "scipy",
    "flask",
    "rich",
    "ir_measures",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours as its dotted name below `askmobility`, and its syntax tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Dotted names that a module imports, at its top or inside a function, types alone left out."""
    type_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test).endswith("TYPE_CHECKING")
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in type_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that a room is named where it is used"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_has_a_floor() -> None:
    rooms = {name.split(".")[0] for name, _ in modules()} - {"__init__"}

    assert rooms <= set(FLOOR_OF), f"say in FLOORS where these stand: {rooms - set(FLOOR_OF)}"


def test_imports_point_down() -> None:
    upwards = {
        (name, imported)
        for name, tree in modules()
        for imported in imports(tree)
        if imported.startswith("askmobility.")
        and FLOOR_OF[imported.split(".")[1]] < FLOOR_OF.get(name.split(".")[0], len(FLOORS))
        and (name.split(".")[0], imported.split(".")[1]) not in UPWARDS
        and name != "__init__"
    }

    assert not upwards


def test_a_heavy_library_is_imported_only_in_the_room_that_owns_it() -> None:
    strays = {
        (name, imported)
        for name, tree in modules()
        for imported in imports(tree)
        if (library := imported.split(".")[0]) in HOMES
        and not any(f"{name}.".startswith(f"{home}.") for home in HOMES[library])
    }

    assert not strays


def test_the_core_reads_no_disk_no_clock_and_no_settings() -> None:
    # pathlib is missing from these: learned weights lie beside the code that they are constants of
    outside = {"os", "time", "datetime", "random", "io", "tempfile", "askmobility.settings"}
    strays = {
        (name, imported)
        for name, tree in modules()
        if name.split(".")[0] in FLOORS[2]
        for imported in imports(tree)
        if any(f"{imported}.".startswith(f"{library}.") for library in outside)
    }

    assert not strays


def test_room_doors_are_empty() -> None:
    doors = sorted(SOURCE.rglob("__init__.py"))

    assert [door for door in doors if door.read_text("utf-8").strip()] == []


def loaded_after(code: str, *arguments: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds when it leaves after `code`."""
    report = (
        "import atexit, sys\n"
        "@atexit.register\n"
        "def report(): print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", report + code, *arguments], capture_output=True, text=True
    )
    assert process.returncode in (0, 1), process.stderr
    return set(process.stderr.splitlines()[-1].split())


def test_help_loads_neither_numpy_nor_the_assistant() -> None:
    code = "from askmobility.cli import main; main(['--help'])"

    assert not loaded_after(code) & (NEVER_ON_THE_QUESTION_PATH | {"numpy", "faiss", "tantivy"})


@pytest.mark.slow
def test_a_question_loads_no_heavy_library(press_release_index: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from askmobility.assistant import Assistant\n"
        "Assistant.open(Path(sys.argv[1])).ask('What does the report say?')"
    )

    assert not loaded_after(code, str(press_release_index)) & NEVER_ON_THE_QUESTION_PATH


@pytest.mark.slow
def test_the_ask_command_loads_no_heavy_library(press_release_index: Path) -> None:
    code = (
        "import sys; from askmobility.cli import main\n"
        "main(['ask', '--index', sys.argv[1], 'What does the report say?'])"
    )

    assert not loaded_after(code, str(press_release_index)) & NEVER_ON_THE_QUESTION_PATH
