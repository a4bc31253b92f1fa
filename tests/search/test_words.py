import pytest

from askmobility.search.words import content_stems, content_words, number, numbers, stem, tokens


def test_tokens_keep_their_place_in_the_text():
    text = "Place-based buses: £1.4m, it’s 639,000"
    assert [text[t.start : t.end] for t in tokens(text)] == [t.text for t in tokens(text)]
    assert [t.text for t in tokens(text)] == ["Place", "based", "buses", "1.4m", "it’s", "639,000"]


def test_inflections_and_possessives_share_a_stem():
    assert stem("buses") == stem("bus")
    assert stem("Councils") == stem("council’s") == stem("COUNCIL")


@pytest.mark.parametrize(
    ("worded", "value"),
    [("four", 4), ("639,000", 639_000), ("1.4m", 1_400_000), ("bus", None), ("27P", None)],
)
def test_a_number_counts_by_its_value(worded, value):
    assert number(worded) == value


def test_numbers_of_several_words_are_one_number():
    assert numbers("twenty-four buses, 2.5 million riders and three hundred stops") == (
        24,
        2_500_000,
        300,
    )


def test_content_stems_drop_function_words_and_join_numbers():
    assert content_stems("What are the four million new buses?") == ("4000000", "new", "bus")


def test_the_pronoun_one_is_no_content():
    assert content_stems("the last one") == ("last",)


def test_words_without_content_are_left_out_unless_there_are_no_others():
    assert content_words("How much is the fare to Port Ellery?") == "fare Port Ellery"
    assert content_words("Who is it?") == "Who is it?"
