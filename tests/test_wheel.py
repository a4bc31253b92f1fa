"""The wheel carries what an installed copy needs: built, unpacked elsewhere, and asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, laid out as an install lays it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True)
    (wheel,) = folder.glob("askmobility-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_corpus_and_the_page_travel_inside(unpacked: Path) -> None:
    data = unpacked / "askmobility" / "_data"

    for name in ("corpus", "web"):
        originals = {path.name for path in (ROOT / name).iterdir() if path.is_file()}
        assert originals <= {path.name for path in (data / name).iterdir()}


@pytest.mark.slow
def test_an_installed_copy_answers_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(unpacked),  # comes before the checkout that the tests run in
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    environment.pop("ASKMOBILITY_INDEX", None)

    ran = subprocess.run(
        [sys.executable, "-m", "askmobility.cli", "ask", "--json", "What is this about?"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )

    assert ran.returncode == 0, ran.stderr
    assert "No index yet" in ran.stderr
    assert json.loads(ran.stdout)["points"]
    assert (tmp_path / "data" / "askmobility" / "index" / "CURRENT").is_file()
