"""Files broken at random, a few of each format here and 20,000 with `make fuzz`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FUZZING = Path(__file__).with_name("fuzzing.py")
NOTICED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import fuzzing
watch = fuzzing.Watch()
watch.on = True
Path(sys.argv[2]).read_bytes()
open(os.devnull, "w").close()
Path(sys.argv[2]).with_name("made").mkdir()
Path(sys.argv[2]).with_name("new").write_text("")
watch.on = False
print(*watch.seen, sep="\\n")
"""


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=False
    )


def test_files_broken_at_random_are_read_or_refused_in_one_line() -> None:
    done = run(FUZZING, 140)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("140 inputs: read ")


def test_what_a_reader_writes_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    done = run("-c", NOTICED, FUZZING.parent, tmp_path / "file")

    assert done.stderr == ""
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["os.mkdir", "open"]


def test_input_that_kills_its_reader_or_takes_too_long_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    for fault, told in (
        ("os.kill(os.getpid(), 9)", "input 3 died (-9)"),
        ("faulthandler.dump_traceback_later(0.1, exit=True); threading.Event().wait()", "too long"),
    ):
        bad.write_text(
            "import faulthandler, os, sys, threading\n"
            f"sys.path.insert(0, {str(FUZZING.parent)!r})\n"
            "import fuzzing\n"
            f"if '--batch' in sys.argv:\n    print('input 3', flush=True); {fault}\n"
            "fuzzing.__file__ = __file__\n"
            "print(fuzzing.batch(range(3, 9), fuzzing.Path(), fuzzing.Path(sys.argv[1])))\n",
            "utf-8",
        )
        done = run(bad, tmp_path / "work")
        assert done.stdout.startswith("(4, {}"), done.stderr
        assert told in done.stdout
