"""The command line: read the request, call the assistant, show the answer or the error.

Standard output carries the answer alone, standard error the rest. Exit 0: answered, or small talk;
1: the documents do not answer; 2: a mistake to put right. Everything heavy is imported inside the
command that needs it, so that `--help` starts at once.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from askmobility.errors import AskMobilityError

if TYPE_CHECKING:
    from askmobility.assistant import Assistant
    from askmobility.settings import Settings
    from askmobility.types import Answer

BUG, INTERRUPTED = 70, 130
HISTORY = 20  # earlier questions that a conversation remembers
_FRESHNESS = {
    "fresh": "up to date",
    "stale": "stale: its documents have changed since; `askmobility index` builds it again",
    "orphaned": "unknown: what it was built from is no longer there",
}

Command = TypeVar("Command", bound=Callable[..., Any])

EXISTING = click.Path(exists=True, path_type=Path)
index_option = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path),
    help="Folder of the index to use.  [env: ASKMOBILITY_INDEX]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def filters(command: Command) -> Command:
    """The options that narrow a question to some documents or speakers."""
    for option in (
        click.option("--top-k", type=click.IntRange(1, 20), help="Passages at most."),
        click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Only theirs."),
        click.option("--document", "documents", multiple=True, metavar="ID", help="Only in this."),
    ):
        command = option(command)
    return command


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more only spin, at twice the cost
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal shows what it can
    try:
        code = askmobility.main(arguments, "askmobility", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except AskMobilityError as error:
        _say(f"Error: {error}")
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception:
        traceback.print_exc()
        code = BUG
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="askmobility")
def askmobility() -> None:
    """Ask the report, and get its own words back.

    Exit codes: 0 answered, 1 the documents do not answer, 2 a mistake to put right.
    """


@askmobility.command()
@click.argument("question", nargs=-1, required=True)
@filters
@json_option
@index_option
def ask(
    question: tuple[str, ...],
    documents: tuple[str, ...],
    speakers: tuple[str, ...],
    top_k: int | None,
    as_json: bool,
    index_dir: Path | None,
) -> int:
    """Answer QUESTION in the documents' own words.

    QUESTION needs no quotes; `-` reads it from standard input.
    """
    assistant = _open(_settings(index_dir))
    answer = assistant.ask(
        _question(question), documents=documents, speakers=speakers, top_k=top_k or 8
    )
    _show_answer(answer, as_json)
    return _exit_code(answer)


@askmobility.command()
@filters
@index_option
def chat(
    documents: tuple[str, ...],
    speakers: tuple[str, ...],
    top_k: int | None,
    index_dir: Path | None,
) -> None:
    """Hold a conversation, with follow-ups.

    Leave with `quit` or Ctrl-D.
    """
    assistant = _open(_settings(index_dir))
    history: list[str] = []
    for question in _typed_questions():
        try:
            answer = assistant.ask(
                question,
                history=history[-HISTORY:],
                documents=documents,
                speakers=speakers,
                top_k=top_k or 8,
            )
        except AskMobilityError as error:
            _say(f"Error: {error}")
            continue
        history.append(question)
        _show_answer(answer, as_json=False)


@askmobility.command()
@click.argument("question", nargs=-1, required=True)
@filters
@json_option
@index_option
def search(
    question: tuple[str, ...],
    documents: tuple[str, ...],
    speakers: tuple[str, ...],
    top_k: int | None,
    as_json: bool,
    index_dir: Path | None,
) -> int:
    """Rank the passages for QUESTION, best first."""
    from askmobility.terminal import ranking_as_text

    assistant = _open(_settings(index_dir))
    found = assistant.search(
        _question(question), documents=documents, speakers=speakers, top_k=top_k or 10
    ).to_dict()
    _show(found, lambda screen: ranking_as_text(found, screen), as_json)
    return 0 if found["passages"] else 1


@askmobility.command()
@click.argument("paths", nargs=-1, type=EXISTING)
@click.option("--model", metavar="NAME", help="Encode with this sentence-transformers model.")
@click.option("--strict", is_flag=True, help="Exit 2 where a file had to be left out.")
@json_option
@index_option
def index(
    paths: tuple[Path, ...], model: str | None, strict: bool, as_json: bool, index_dir: Path | None
) -> int:
    """Index exactly these files and folders.

    Without PATHS: corpus/. Only what changed is encoded again.
    """
    from dataclasses import asdict

    from askmobility.settings import default_corpus_dir

    settings = _settings(index_dir)
    report = _build(settings, paths or (default_corpus_dir(),), model or settings.model)
    _show(
        {**asdict(report), "skipped": [[str(path), why] for path, why in report.skipped]},
        lambda _: (
            f"{report.documents} documents, {report.passages} passages: {report.encoded} encoded, "
            f"{report.reused} unchanged, in {report.seconds:.1f} s. "
            f"Snapshot {report.snapshot_id} in {settings.index_dir}\n"
        ),
        as_json,
    )
    return 2 if strict and report.skipped else 0


@askmobility.command()
@click.argument("document_id", metavar="ID")
@index_option
def remove(document_id: str, index_dir: Path | None) -> None:
    """Take the document ID out of the index.

    Its file stays where it is, and `askmobility index` brings it back.
    """
    from askmobility.index.builder import remove_document

    settings = _settings(index_dir)
    with _progress() as progress:
        report = remove_document(
            document_id, settings.index_dir, model=settings.model, progress=progress
        )
    _say(f"{document_id} is out of the index; {report.documents} documents remain.")


@askmobility.command()
@click.argument("paths", nargs=-1, type=EXISTING)
@index_option
def watch(paths: tuple[Path, ...], index_dir: Path | None) -> None:
    """Keep the index up to date with these files and folders.

    Without PATHS: what it was built from. Ctrl-C leaves. A running `serve` answers from each new
    index at once.
    """
    import signal

    from askmobility.index.freshness import looks, wait_for_change

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as Ctrl-C: what is half built goes
    settings = _settings(index_dir)
    while True:
        watched = paths or _built_from(settings)[0]
        before = looks(watched)
        try:
            if paths:
                _build(settings, paths, settings.model)
            else:
                _bring_up_to_date(settings)
            _say(f"Up to date. Watching {', '.join(map(str, watched))}.")
        except AskMobilityError as error:
            _say(f"Error: {error}")
        except Exception:  # a mistake of ours: the next change may do without it
            traceback.print_exc()
        wait_for_change(watched, before)


@askmobility.command()
@json_option
@index_option
def documents(as_json: bool, index_dir: Path | None) -> None:
    """List the documents that can be asked about."""
    from askmobility.answers.wire import document_as_json
    from askmobility.terminal import table_as_text

    corpus = _open(_settings(index_dir)).corpus
    known = [corpus.document(document_id) for document_id in corpus.document_ids]
    rows = [(d.id, d.title, d.publisher or "", d.published or "") for d in known]
    _show(
        {"documents": [document_as_json(document) for document in known]},
        lambda screen: table_as_text(rows, screen),
        as_json,
    )


@askmobility.command()
@click.option("--speaker", metavar="NAME", help="Only of speakers whose name holds this.")
@click.option("--role", metavar="ROLE", help="Only of speakers whose role holds this.")
@json_option
@index_option
def statements(speaker: str | None, role: str | None, as_json: bool, index_dir: Path | None) -> int:
    """Show who says what, each statement whole."""
    from askmobility.answers.facets import statements_by
    from askmobility.answers.wire import statement_as_json
    from askmobility.terminal import statements_as_text

    found = statements_by(_open(_settings(index_dir)).corpus, speaker=speaker, role=role)
    _show(
        {"statements": [statement_as_json(*pair) for pair in found]},
        lambda screen: statements_as_text(found, screen),
        as_json,
    )
    return 0 if found else 1


@askmobility.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--watch", "watching", is_flag=True, help="Follow changes of the documents, too.")
@click.option("--log-questions", is_flag=True, help="Write questions into the log, too.")
@index_option
def serve(
    host: str, port: int, workers: int, watching: bool, log_questions: bool, index_dir: Path | None
) -> None:
    """Answer on a web page and in JSON.

    A log of one line a request, without its question, goes to standard error. A new index is picked
    up while the server runs; with --watch, files that come, change or go make one.
    """
    from askmobility.index import snapshots
    from askmobility.server.serving import serve_index

    settings = replace(_settings(index_dir), log_questions=log_questions)
    if settings.index_is_default:
        _bring_up_to_date(settings)
    snapshots.read_manifest(snapshots.current(settings.index_dir))  # an error here, not in workers
    with _watcher(settings) if watching else nullcontext():
        serve_index(settings, host, port, workers, lambda url: _say(f"Listening on {url}"))


@askmobility.command()
@click.argument("answer", type=click.File("rb"))
@json_option
@index_option
def verify(answer: Any, as_json: bool, index_dir: Path | None) -> int:
    """Check a saved answer against the documents.

    ANSWER is what `ask --json` printed; `-` is standard input. Every point and citation is compared
    byte for byte.
    """
    from askmobility.answers.verification import read_answer, verify_answer
    from askmobility.terminal import verification_as_text

    corpus = _open(_settings(index_dir)).corpus
    verification = verify_answer(read_answer(answer.read()), corpus)
    _show(
        verification.to_dict(),
        lambda screen: verification_as_text(verification, screen),
        as_json,
    )
    return 0 if verification.holds else 2


@askmobility.command("eval")
@click.argument("path", metavar="SET", type=EXISTING)
@json_option
@index_option
def evaluate(path: Path, as_json: bool, index_dir: Path | None) -> None:
    """Score a set of questions, with intervals.

    SET is a gold file, a BEIR folder, or a file of documents with their questions.

    Each figure comes with its 95 % bootstrap interval. A BEIR folder and documents with questions
    are indexed apart, in the user's cache.
    """
    from askmobility.evaluation.report import scores_as_text
    from askmobility.evaluation.sets import score_set
    from askmobility.settings import runs_dir

    settings = _settings(index_dir)
    with _progress() as progress:
        scored = score_set(path, settings, lambda: _open(settings), progress)
    _show(scored.to_dict(), lambda _: scores_as_text(scored), as_json)
    _say(f"Saved in {scored.save(runs_dir())}")


@askmobility.command()
@json_option
@index_option
def status(as_json: bool, index_dir: Path | None) -> None:
    """Say what is indexed, and whether it is stale."""
    from askmobility.index import snapshots
    from askmobility.terminal import table_as_text

    settings = _settings(index_dir)
    snapshot = snapshots.current(settings.index_dir)
    manifest = snapshots.read_manifest(snapshot)
    freshness = _freshness(snapshot)
    found = {
        "index": str(settings.index_dir),
        "snapshot": snapshot.name,
        "freshness": freshness,
        "manifest": manifest,
    }
    rows = [
        ("index", str(settings.index_dir)),
        ("snapshot", snapshot.name),
        ("built from", ", ".join(manifest["paths"])),
        ("documents", str(manifest["documents"])),
        ("passages", str(manifest["passages"])),
        ("model", str(manifest["model"])),
        ("freshness", _FRESHNESS[freshness]),
    ]
    _show(found, lambda screen: table_as_text(rows, screen), as_json)


@askmobility.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete our commands.

    For bash: askmobility completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    generator = get_completion_class(shell)
    assert generator is not None
    click.echo(generator(askmobility, {}, "askmobility", "_ASKMOBILITY_COMPLETE").source())


# --- what the commands share ---------------------------------------------------------------


def _settings(index_dir: Path | None) -> Settings:
    from askmobility.settings import Settings

    return Settings.from_env(os.environ, index_dir)


def _open(settings: Settings) -> Assistant:
    """The assistant over an index; the default index is built or brought up to date first."""
    from askmobility.assistant import Assistant

    if settings.index_is_default:
        _bring_up_to_date(settings)
    return Assistant.open(settings.index_dir, settings.answers_from)


def _bring_up_to_date(settings: Settings) -> None:
    """Build the default index where there is none, and again where its files have changed."""
    from askmobility.errors import IndexNotFound, IndexOutdated
    from askmobility.index import snapshots

    paths, removed = _built_from(settings)
    try:
        if _freshness(snapshots.current(settings.index_dir)) != "stale":
            return
    except IndexNotFound:
        _say(f"No index yet: building one from {paths[0]}, once.")
    except IndexOutdated:
        _say("The index was built by another version: building it again, once.")
    else:
        _say(f"{', '.join(map(str, paths))} changed: bringing the index up to date.")
    _build(settings, paths, settings.model, removed)


def _built_from(settings: Settings) -> tuple[Sequence[Path], Sequence[str]]:
    """What an index was built from, and the documents taken out of it; without one, corpus/."""
    from askmobility.errors import IndexNotFound
    from askmobility.index import snapshots
    from askmobility.settings import default_corpus_dir

    try:
        manifest = snapshots.manifest_of_any_format(snapshots.current(settings.index_dir))
    except IndexNotFound:
        return [default_corpus_dir()], ()
    return [Path(path) for path in manifest["paths"]], manifest.get("removed", ())


@contextmanager
def _watcher(settings: Settings) -> Iterator[None]:
    """A process beside this one that watches for as long as this one serves."""
    import subprocess

    command = [sys.executable, "-m", "askmobility.cli", "watch", "--index"]
    watcher = subprocess.Popen([*command, settings.index_dir], stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        watcher.terminate()
        watcher.wait()


def _freshness(snapshot: Path) -> str:
    """Whether a snapshot holds what the files that it was built from hold now."""
    from askmobility.index.freshness import is_stale
    from askmobility.index.snapshots import read_manifest

    paths = [Path(path) for path in read_manifest(snapshot)["paths"]]
    if not all(path.exists() for path in paths):
        return "orphaned"
    return "stale" if is_stale(snapshot, paths) else "fresh"


def _build(
    settings: Settings, paths: Sequence[Path], model: str | None, removed: Sequence[str] = ()
) -> Any:
    from askmobility.documents.worker import Worker

    with Worker() as worker, _progress() as progress:
        worker.start()  # it loads while we do
        from askmobility.index.builder import build_index
        from askmobility.index.freshness import left_alone

        report = build_index(
            paths,
            settings.index_dir,
            model=model,
            removed=removed,
            progress=progress,
            worker=worker,
        )
    for _, why in report.skipped:  # which names the file
        _say(f"Skipped {why}")
    left = left_alone(paths)
    if left:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items()))
        _say(f"Left alone, as nothing here reads them: {kinds}.")
    return report


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A callback (what, done, total) that draws one bar on standard error, if a person watches.

    total: 0 where it is not known.
    """
    watched = sys.stderr.isatty()
    began: dict[str, tuple[float, int]] = {}

    def draw(what: str, done: int, total: int) -> None:
        if watched:
            since, from_ = began.setdefault(what, (time.monotonic(), done))
            rate = (done - from_) / max(time.monotonic() - since, 1e-3)
            left = f"{rate:.0f}/s, {(total - done) / rate:.0f} s left" if done > from_ else ""
            bar = f"{'━' * (24 * done // total):24} {done}/{total} {left}" if total else "…"
            sys.stderr.write(f"\r\x1b[K{what} {bar}")
            sys.stderr.flush()

    try:
        yield draw
    finally:
        if watched:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _question(words: tuple[str, ...]) -> str:
    return sys.stdin.read().strip() if words == ("-",) else " ".join(words)


def _typed_questions() -> Iterator[str]:
    """Lines that a person types, until `quit`, Ctrl-D or the end of the input."""
    prompt = ""
    if sys.stdin.isatty():
        import readline  # noqa: F401  (input() edits lines and recalls them once it is imported)

        prompt = "\n› "
        _say("Ask a question. `quit` or Ctrl-D leaves.")
    while True:
        try:
            question = input(prompt).strip()
        except EOFError:
            return
        if question.lower() in ("quit", "exit"):
            return
        if question:
            yield question


def _show_answer(answer: Answer, as_json: bool) -> None:
    from askmobility.terminal import answer_as_text

    _show(answer.to_dict(), lambda screen: answer_as_text(answer, screen), as_json)


def _show(found: Any, as_text: Callable[[Any], str], as_json: bool) -> None:
    from askmobility.terminal import harmless_json, screen_of

    if as_json:
        print(harmless_json(json.dumps(found, ensure_ascii=False, indent=1)))
    else:
        print(as_text(screen_of(sys.stdout, os.environ)), end="", flush=True)


def _exit_code(answer: Answer) -> int:
    return 1 if answer.outcome == "not_found" else 0


def _say(message: str) -> None:
    from askmobility.terminal import harmless

    print("\n".join(map(harmless, message.splitlines())), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
