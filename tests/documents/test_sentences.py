from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.documents.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lisa Poole MBE. of St. Jude’s met Cllr. Ash and the Rt. Hon. Jo Lee at 9 a.m. on Friday.",
        "Fares (e.g. singles, i.e. one way) rose, cf. No. 7 and fig. 2, by approx. 5 per cent.",
        "Mr. R. Duxbury and Dr. A. Pillai sent apologies.",
        "“Is it enough?” she asked.",
        "“Never!” said the Mayor.",
        "“Why wait?” – a parent, 42",
        "R1. Extend the trial to 30 streets.",
        "3.2 The rate was 64%, up from 57%.",
        "Target 4. Mature students",
        "“I rang and it just rang out.” (Member, 17)",
    ],
)
def test_one_sentence_stays_whole(sentence):
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We waited. “It came.” Then it left.", ["We waited.", "“It came.”", "Then it left."]),
        ("into adulthood.“These are simple.", ["into adulthood.", "“These are simple."]),
        ("He said “no.”“Yes,” she said.", ["He said “no.”", "“Yes,” she said."]),
        ("No. One person, one card.", ["No.", "One person, one card."]),
        ("It opens by 5 p.m. The gates shut.", ["It opens by 5 p.m.", "The gates shut."]),
        ('"It is late." "It is dear."', ['"It is late."', '"It is dear."']),
        ("They say, ‘Ask me.’ It’s three.", ["They say, ‘Ask me.’", "It’s three."]),
    ],
)
def test_text_is_split_where_a_sentence_ends(text, expected):
    assert split(text) == expected


def test_offsets_count_from_the_start_of_the_whole_text():
    text = "Title\n\n  One here. Two here.  \n"
    assert [text[a:b] for a, b in sentences(text, 6, len(text))] == ["One here.", "Two here."]


def test_heading_without_a_full_stop_is_one_sentence():
    assert split("Helping young people into work") == ["Helping young people into work"]


def test_loading_it_loads_no_library_for_statistics_and_keeps_none_from_loading_later():
    code = (
        "import sys, askmobility.documents.sentences\n"
        "assert not {'scipy', 'sklearn'} & sys.modules.keys()\n"
        "import scipy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(
    st.text(max_size=200) | st.text(alphabet=st.sampled_from("aB .!?“”\"'’(\n1\x00"), max_size=80)
)
def test_sentences_are_trimmed_ordered_and_leave_out_only_white_space(text):
    spans = sentences(text, 0, len(text))
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())
