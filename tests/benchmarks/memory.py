"""Memory that building an index of a large folder takes: parent and children together.

    python -m tests.benchmarks.memory [PAGES]      (`make bench-memory` runs it)

PAGES: 10,000 where it is not given, in PDF files of 200 pages that are made first, from a fixed
seed. It takes a quarter of an hour on one core, and fails where more than 1.5 GB were resident.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fpdf import FPDF

PAGES, PAGES_A_FILE = 10_000, 200
MOST = 1.5 * 1024  # megabytes
EVERY_SECONDS = 0.2
CORPUS = Path(__file__).parents[2] / "corpus"
PARAGRAPHS, ROWS = 3, 12  # on every page


def main(pages: int) -> None:
    """Make the files, build the index, print what it took."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "documents"
        folder.mkdir()
        words = vocabulary()
        for first in range(0, pages, PAGES_A_FILE):
            write(folder / f"{first:06}.pdf", words, min(PAGES_A_FILE, pages - first), first)
        began = time.perf_counter()
        process = subprocess.Popen(build(folder, Path(scratch) / "index"))
        peak = most_resident(process)
        print(f"{pages} pages: {peak:.0f} MB at most, {time.perf_counter() - began:.0f} s")
    if process.returncode or peak > MOST:
        sys.exit(f"more than {MOST:.0f} MB, or failed ({process.returncode})")


def build(folder: Path, index: Path) -> list[str]:
    """The command that builds an index of a folder."""
    program = Path(sys.executable).with_name("askmobility")
    return [str(program), "index", "--index", str(index), str(folder)]


def vocabulary() -> list[str]:
    """The words of our own documents, in an order that never changes."""
    text = " ".join(path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt")))
    return sorted(set(re.findall(r"[a-z]+", text.lower())))


def write(path: Path, words: list[str], pages: int, seed: int) -> None:
    """A report with a heading, paragraphs and a table on every page."""
    chance = random.Random(seed)
    pdf = FPDF()
    for number in range(pages):
        pdf.add_page()
        pdf.set_font("Helvetica", "B", 15)
        heading = " ".join(chance.choices(words, k=5)).capitalize()
        pdf.multi_cell(0, 9, heading, new_x="LMARGIN", new_y="NEXT")
        for _ in range(PARAGRAPHS):
            sentences = (chance.choices(words, k=17) for _ in range(4))
            text = " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)
            pdf.set_font("Helvetica", size=11)
            pdf.multi_cell(0, 5.5, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
        for row in range(ROWS):
            label = " ".join(chance.choices(words, k=3)) if row else "Year"
            for cell in (label, *(f"{chance.randint(1, 99_999):,}" for _ in range(3))):
                pdf.cell(45, 6, cell)
            pdf.ln()
        pdf.cell(0, 8, f"Page {number + 1}")
    pdf.output(str(path))


def most_resident(process: subprocess.Popen[bytes]) -> float:
    """Megabytes that a process and all its children held together at most, until it ended."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(resident, tree(process.pid))))
        time.sleep(EVERY_SECONDS)
    return peak


def tree(pid: int) -> list[int]:
    """The process and its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in tree(int(child)))]


def resident(pid: int) -> float:
    """Megabytes of one process."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
