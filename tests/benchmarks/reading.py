"""Pages a second that the PDF reader gets through, on one core, alone.

    python -m tests.benchmarks.reading FOLDER

FOLDER: PDF files. Each is read three times and the fastest counts; the table is Markdown.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pypdfium2

from askmobility.documents.pdf import read

ROUNDS = 3


def main(folder: Path) -> None:
    """Measure every PDF of the folder."""
    print("| PDF | pages | pages a second |\n|---|---|---|")
    pages_in_all, seconds_in_all = 0, 0.0
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        document.close()
        seconds = min(_seconds(path) for _ in range(ROUNDS))
        print(f"| {path.stem} | {pages} | {pages / seconds:.0f} |")
        pages_in_all, seconds_in_all = pages_in_all + pages, seconds_in_all + seconds
    print(f"| all | {pages_in_all} | {pages_in_all / seconds_in_all:.0f} |")


def _seconds(path: Path) -> float:
    """Of processor time that reading takes."""
    began = time.process_time()
    read(path)
    return time.process_time() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]))
