"""The examples of the README and docs/api.md, run as they stand against a small server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import SmallAssistant
from werkzeug.serving import make_server

from askmobility.server.app import create_app
from askmobility.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = "".join((ROOT / page).read_text("utf-8") for page in ("README.md", "docs/api.md"))
EXAMPLES = re.findall(r"^```(sh|python|js)\n(.*?)^```", PAGES, re.MULTILINE | re.DOTALL)
COMMANDS = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "js": ["node", "--input-type=module", "--eval"],
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = create_app(SmallAssistant(), Settings.from_env({}))  # type: ignore[arg-type]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("language", "code"), EXAMPLES)
def test_an_example_does_what_the_page_says(language: str, code: str, address: str) -> None:
    command = COMMANDS[language]
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} on this machine")
    asked = code.replace("http://127.0.0.1:8000", address).replace("the four themes", "the trees")

    run = subprocess.run([*command, asked], capture_output=True, text=True, timeout=30)

    assert run.returncode == 0, run.stderr
    assert "Trees cool our streets." in run.stdout or '"holds":true' in run.stdout


def test_there_is_an_example_in_each_language() -> None:
    assert {language for language, _ in EXAMPLES} == set(COMMANDS)
