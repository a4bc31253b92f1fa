"""What can go wrong that a user can put right: what happened, where, and the next command."""

from __future__ import annotations

from pathlib import Path


class AskMobilityError(Exception):
    """A mistake to put right. The command line prints it and exits 2; the server gives a status."""

    status = 400


class IndexNotFound(AskMobilityError):
    """No index where one was named."""

    status = 503

    def __init__(self, index_dir: Path) -> None:
        super().__init__(
            f"No index in {index_dir}. Build one with `askmobility index`, "
            "or set ASKMOBILITY_INDEX to the folder of an existing one."
        )


class IndexDamaged(AskMobilityError):
    """A snapshot that is not what its manifest says."""

    status = 503

    def __init__(self, snapshot: Path, what: str) -> None:
        super().__init__(
            f"The index in {snapshot} cannot be used: {what}. "
            "Build it again with `askmobility index`."
        )


class IndexOutdated(IndexDamaged):
    """A snapshot that another version of the program wrote."""


class BadSetting(AskMobilityError):
    """A variable of the environment that cannot be used."""

    def __init__(self, name: str, given: str, wanted: str) -> None:
        super().__init__(f"{name} is {given!r}. Set it to {wanted}.")


class DocumentUnreadable(AskMobilityError):
    """A file that cannot be read as a document."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        line = f"{path}: {what}. {remedy}"
        super().__init__("".join(c if c.isprintable() else repr(c)[1:-1] for c in line))


class UnknownDocument(AskMobilityError):
    """A document id that the index does not hold."""

    status = 404

    def __init__(self, document_id: str, known: int) -> None:
        super().__init__(
            f"No document {document_id!r} among the {known} indexed. "
            "Their ids are on the page of documents, and `askmobility documents` lists them."
        )


class BadQuestion(AskMobilityError):
    """A question that cannot be asked: empty, or too long."""

    status = 422
