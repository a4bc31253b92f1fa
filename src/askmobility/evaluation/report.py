"""Judged questions -> figures with intervals, by category; saved with what they were made with."""

from __future__ import annotations

import hashlib
import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from askmobility.evaluation.judged import Judged
from askmobility.evaluation.statistics import (
    Estimate,
    Indices,
    Resamples,
    auroc,
    calibration_error,
)

Figures = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Report:
    """One set, scored. conditions: the set's digest, the settings and the manifest it ran with."""

    name: str
    kind: str
    questions: tuple[Judged, ...]
    figures: Figures
    by_category: Mapping[str, Figures]
    conditions: Mapping[str, object]
    milliseconds: Estimate | None  # a question: median, and the middle 90 %

    def to_dict(self) -> dict[str, object]:
        """Figures as [value, low, high]; without the questions, which `save` keeps."""
        return {
            "set": self.name,
            "kind": self.kind,
            "questions": len(self.questions),
            "figures": self.figures,
            "by_category": self.by_category,
            "milliseconds": self.milliseconds,
        }

    def save(self, folder: Path) -> Path:
        """Write the run, question by question; the same run gets the same name. Returns where."""
        rows = [
            {
                "id": question.id,
                "category": question.category,
                "figures": question.ratios,
                "confidence": question.confidence,
                "correct": question.correct,
                "note": question.note,
            }
            for question in self.questions
        ]
        run = {
            "set": self.name,
            "kind": self.kind,
            "conditions": self.conditions,
            "figures": self.figures,
            "by_category": self.by_category,
            "questions": rows,
        }
        content = json.dumps(run, ensure_ascii=False, indent=1).encode()
        path = folder / f"{self.name}-{hashlib.sha256(content).hexdigest()[:12]}.json"
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path


def report_on(
    name: str,
    kind: str,
    questions: Iterable[Judged],
    conditions: Mapping[str, object],
    milliseconds: Sequence[float],
) -> Report:
    """Score a whole set. milliseconds: what each question took."""
    rows = tuple(questions)
    resamples = Resamples([row.group for row in rows])
    figures = {**_ratios(rows, resamples), **_of_confidence(rows, resamples)}
    categories = sorted({row.category for row in rows})
    return Report(
        name=name,
        kind=kind,
        questions=rows,
        figures=figures,
        by_category={category: _ratios(rows, resamples, category) for category in categories},
        conditions=conditions,
        milliseconds=_spread(milliseconds),
    )


def _ratios(rows: Sequence[Judged], resamples: Resamples, category: str | None = None) -> Figures:
    """Every figure that is a ratio, over all questions or those of one category."""
    names = dict.fromkeys(name for row in rows for name in row.ratios)
    found = {}
    for name in names:
        shares = [
            row.ratios.get(name, (0, 0)) if category in (None, row.category) else (0, 0)
            for row in rows
        ]
        numerators, denominators = np.array(shares, dtype=np.float64).T
        estimate = resamples.ratio(numerators, denominators)
        if estimate:
            found[name] = estimate
    return found


def _of_confidence(rows: Sequence[Judged], resamples: Resamples) -> Figures:
    """How well confidence tells answerable questions from others, and how far it can be trusted."""
    known = np.array([row.confidence is not None for row in rows])
    confidence = np.array([row.confidence or 0.0 for row in rows])
    answerable = np.array([row.answerable for row in rows])
    correct = np.array([row.correct for row in rows])

    def told_apart(questions: Indices) -> float | None:
        kept = questions[known[questions]]
        return auroc(confidence[kept], answerable[kept])

    def miscalibration(questions: Indices) -> float | None:
        kept = questions[known[questions]]
        return calibration_error(confidence[kept], correct[kept])

    found = {
        "auroc": resamples.measure(told_apart),
        "calibration_error": resamples.measure(miscalibration),
    }
    return {name: estimate for name, estimate in found.items() if estimate}


def _spread(milliseconds: Sequence[float]) -> Estimate | None:
    if not milliseconds:
        return None
    low, high = np.percentile(milliseconds, [5, 95])
    return Estimate(statistics.median(milliseconds), float(low), float(high))


def scores_as_text(report: Report) -> str:
    """The figures with their intervals, then the first two of them by category."""
    lines = [f"{report.name}: {len(report.questions)} questions, {report.kind}", ""]
    lines += [
        f"{name:18} {value:6.3f}   [{low:.3f}, {high:.3f}]"
        for name, (value, low, high) in report.figures.items()
    ]
    if report.milliseconds:
        median, low, high = report.milliseconds
        lines.append(f"{'milliseconds':18} {median:6.1f}   middle 90 %: {low:.1f} to {high:.1f}")
    lines.append("")
    sizes = {name: sum(q.category == name for q in report.questions) for name in report.by_category}
    for category, figures in report.by_category.items():
        shown = "   ".join(f"{name} {found.value:.3f}" for name, found in list(figures.items())[:2])
        lines.append(f"{category:18} {sizes[category]:6}   {shown}")
    return "\n".join(lines) + "\n"
