import pytest

from askmobility.search.kinds import detail_of, kind_of, plain


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("everybody who comments in it please", "speakers"),
        ("who do we have quotes from?", "speakers"),
        ("who has given quotes here, bodies included", "speakers"),
        ("names of all the traders that gave a comment", "speakers"),
        ("who all did the panel meet", "who"),
        ("which traders had there say", "speakers"),
        ("apart from the clerk, what other persons are speaking", "speakers"),
        ("how many traders are quoted", "speakers"),
        ("what is this notice, in brief?", "summary"),
    ],
)
def test_who_is_quoted_and_what_it_is_in_short_are_asked_in_many_ways(question, kind):
    assert kind_of(plain(question), somebody_speaks=False) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("does the report contradict itself", "disagreements"),
        ("which figures disagree", "disagreements"),
        (
            "tram numbers: one bit says one thing and another bit says something else",
            "disagreements",
        ),
        ("do the traders disagree", "comparison"),
        ("what numbers are in it", "figures"),
        ("what numbers did the clerk give", "list"),
    ],
)
def test_a_question_for_figures_or_for_what_is_at_odds_with_itself_is_told(question, kind):
    assert kind_of(plain(question), somebody_speaks=False) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what happens when the trams stop", "factoid"),
        ("what do they say about towns where nothing runs", "factoid"),
        ("how do i know when the tram comes", "when"),
        ("what about when it starts", "when"),
        ("who are the people who are out of work", "who"),
        ("tell me about the people who are out of work", "factoid"),
        ("what is the cost of doing nothing", "number"),
        ("why did fares go up", "why"),
        ("did fares go up", "comparison"),
        ("who wrote this", "who"),
        ("who out of the traders specifically says trams are late", "who_said"),
        ("which of the traders bring up parking", "who_said"),
    ],
)
def test_a_clause_inside_a_question_does_not_change_its_kind(question, kind):
    assert kind_of(plain(question), somebody_speaks=False) == kind


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("where would the trams link up", "place"),
        ("where is the link to the report", "url"),
        ("what time does it shut", "time"),
        ("what timeframe is there", "none"),
    ],
)
def test_a_word_in_another_sense_asks_for_no_detail(question, detail):
    wording = plain(question)
    assert detail_of(wording, kind_of(wording, somebody_speaks=False)) == detail


def test_the_gist_of_what_somebody_says_is_their_statement():
    assert kind_of("gist of what the bishop is saying", somebody_speaks=True) == "statement"


def test_a_courtesy_between_wish_and_question_does_not_change_its_kind():
    polite = "I would like to know, if it is possible, what the vicar told us about why it shut"

    assert kind_of(plain(polite), somebody_speaks=True) == "statement"
