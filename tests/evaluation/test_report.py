from __future__ import annotations

import json
from pathlib import Path

from askmobility.evaluation.judged import Judged, Ratio
from askmobility.evaluation.report import Report, report_on, scores_as_text

ROWS = [
    Judged("a", "factoid", "a", {"accuracy": Ratio(True)}, 0.9, True, True),
    Judged("b", "factoid", "b", {"accuracy": Ratio(False)}, 0.6, True, False, "says nothing"),
    Judged("c", "absent", "c", {"accuracy": Ratio(True)}, 0.2, False, False),
    Judged("d", "smalltalk", "d", {"accuracy": Ratio(True)}, None, False, False),
]


def report() -> Report:
    return report_on("small", "gold questions", ROWS, {"model": None}, [1.0, 3.0, 2.0, 4.0])


def test_figures_are_over_all_questions_and_by_category() -> None:
    found = report()

    assert found.figures["accuracy"].value == 3 / 4
    assert found.by_category["factoid"]["accuracy"].value == 1 / 2
    assert found.by_category["absent"]["accuracy"].value == 1


def test_confidence_is_measured_where_it_says_something() -> None:
    found = report()

    assert found.figures["auroc"].value == 1
    assert abs(found.figures["calibration_error"].value - (0.1 + 0.6 + 0.2) / 3) < 1e-9


def test_a_run_is_saved_under_the_same_name_every_time(tmp_path: Path) -> None:
    first, second = report().save(tmp_path), report().save(tmp_path)

    saved = json.loads(first.read_text("utf-8"))
    assert first == second
    assert saved["conditions"] == {"model": None}
    assert [question["note"] for question in saved["questions"]] == ["", "says nothing", "", ""]


def test_time_is_told_but_does_not_name_the_run(tmp_path: Path) -> None:
    slower = report_on("small", "gold questions", ROWS, {"model": None}, [10.0] * 4)

    assert slower.to_dict()["milliseconds"] == (10, 10, 10)
    assert slower.save(tmp_path) == report().save(tmp_path)


def test_the_text_has_a_line_per_figure_and_per_category() -> None:
    lines = scores_as_text(report()).splitlines()

    assert lines[0] == "small: 4 questions, gold questions"
    assert lines[2].startswith("accuracy            0.750   [")
    assert lines[-2] == "factoid                 2   accuracy 0.500"
