from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from askmobility import cli
from askmobility.errors import IndexNotFound


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(
    assistant: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run one command against the small assistant; `typed` is what standard input holds."""
    monkeypatch.setattr(cli, "_open", lambda settings: assistant)

    def run(*arguments: str, typed: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        return Ran(int(left.value.code or 0), *capsys.readouterr())

    return run


def test_a_question_needs_no_quotes(run: Callable[..., Ran], assistant: Any) -> None:
    ran = run("ask", "Which", "trees", "are", "there?")

    assert ran.code == 0
    assert assistant.asked == [("Which trees are there?", ())]
    assert ran.out.startswith("Trees cool our streets. [1]")
    assert ran.err == ""


def test_a_dash_reads_the_question_from_standard_input(
    run: Callable[..., Ran], assistant: Any
) -> None:
    run("ask", "-", typed="Which trees?\n")

    assert assistant.asked == [("Which trees?", ())]


def test_what_the_documents_do_not_answer_exits_1(run: Callable[..., Ran]) -> None:
    assert run("ask", "Will it rain?").code == 1


def test_small_talk_exits_0(run: Callable[..., Ran]) -> None:
    assert run("ask", "hello") == Ran(0, "Ask me about trees.\n", "")


def test_an_empty_question_is_a_mistake_told_on_standard_error(run: Callable[..., Ran]) -> None:
    ran = run("ask", "-", typed=" ")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: The question is empty.")


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", "--colour", "red", "x"], ["ask", "--top-k", "0", "x"], ["sing"]]
)
def test_bad_usage_exits_2(run: Callable[..., Ran], arguments: list[str]) -> None:
    ran = run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err


def test_json_is_what_the_api_gives(run: Callable[..., Ran], assistant: Any) -> None:
    found = json.loads(run("ask", "--json", "Which trees?").out)

    assert found == json.loads(json.dumps(assistant.ask("Which trees?").to_dict()))


def test_a_bug_keeps_its_traceback_and_is_told_apart_from_a_refusal(
    run: Callable[..., Ran], assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "ask", lambda *_, **__: 1 / 0)

    ran = run("ask", "Which trees?")

    assert ran.code == cli.BUG
    assert "ZeroDivisionError" in ran.err


def test_a_conversation_remembers_its_questions_until_quit(
    run: Callable[..., Ran], assistant: Any
) -> None:
    ran = run("chat", typed="Which trees?\n\nWill it rain?\nquit\nhello\n")

    assert ran.code == 0
    assert assistant.asked == [("Which trees?", ()), ("Will it rain?", ("Which trees?",))]


def test_a_conversation_ends_with_its_input(run: Callable[..., Ran]) -> None:
    assert run("chat", typed="Which trees?").code == 0


def test_a_search_lists_rank_score_passage_and_place(run: Callable[..., Ran]) -> None:
    ran = run("search", "--top-k", "1", "trees")

    (line,) = ran.out.splitlines()
    assert line.startswith("1\t1.000\tNearly 400 trees will stand in Riverton by 2030.")
    assert run("search", "rain").code == 1


def test_documents_are_listed_by_id(run: Callable[..., Ran]) -> None:
    assert run("documents").out == "trees\tRiverton plants trees\tRiverton Council\t\n"


def test_statements_show_whole_quotations(run: Callable[..., Ran]) -> None:
    ran = run("statements", "--speaker", "okoro")

    assert ran.out == (
        "Trees cool our streets. Every ward will get some. — "
        "Maya Okoro, Leader of Riverton Council\n"
    )
    assert run("statements", "--role", "mayor").code == 1


def test_an_answer_saved_as_json_is_verified(run: Callable[..., Ran], tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", "--json", "Which trees?").out, "utf-8")

    assert run("verify", str(saved)).code == 0

    saved.write_text(saved.read_text("utf-8").replace("cool our", "warm our"), "utf-8")
    ran = run("verify", str(saved))
    assert ran.code == 2
    assert "✗ point 1" in ran.out


def test_what_is_no_answer_is_not_verified(run: Callable[..., Ran], tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("[]", "utf-8")

    ran = run("verify", str(other))

    assert (ran.code, ran.out) == (2, "")
    assert "not an answer" in ran.err
    assert run("verify", str(tmp_path / "missing.json")).code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(run: Callable[..., Ran], shell: str) -> None:
    assert "_ASKMOBILITY_COMPLETE" in run("completion", shell).out


def test_an_index_that_was_named_and_is_missing_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["ask", "--index", str(tmp_path / "none"), "Which trees?"])

    assert left.value.code == 2
    assert str(IndexNotFound(tmp_path / "none")) in capsys.readouterr().err


def test_output_cut_short_by_its_reader_is_no_error() -> None:
    command = f"{sys.executable} -m askmobility.cli --help | head -n 1"

    ran = subprocess.run(command, shell=True, capture_output=True, text=True)

    assert (ran.returncode, ran.stderr) == (0, "")


def test_help_starts_at_once() -> None:
    def seconds() -> float:
        """Of processor time, so that a busy machine does not fail the test."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "askmobility.cli", "--help"]
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) < 0.15


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")

    named = set(re.findall(r"^    askmobility (\w+)", readme, re.MULTILINE))
    assert named == set(cli.askmobility.commands)


@pytest.mark.parametrize("question", ["a 'b' \"c\" $d `e` \\f #g", "$(shell echo no) $$HOME; %"])
def test_make_passes_any_characters_on(question: str, tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    (tmp_path / "bin").mkdir()
    (tmp_path / ".ready").touch()
    command = tmp_path / "bin" / "askmobility"
    command.write_text("#!/bin/sh\nprintf '%s|' \"$@\"\nexit 1\n", "utf-8")
    command.chmod(0o755)
    as_old_as_needed = ["-o", str(tmp_path / ".ready")]  # never set up anew
    environment = {**os.environ, "MAKEFLAGS": ""}

    for given in ([f"Q={question}"], []):
        ran = subprocess.run(
            ["make", "-s", "-C", str(root), f"VENV={tmp_path}", *as_old_as_needed, "ask", *given],
            capture_output=True,
            text=True,
            env=environment if given else {**environment, "Q": question},
        )
        assert (ran.returncode, ran.stdout) == (0, f"ask|--|{question}|"), ran.stderr
