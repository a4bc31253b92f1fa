from __future__ import annotations

import pytest

from askmobility.documents.analysis import analyse
from askmobility.documents.readers import read_file
from askmobility.errors import DocumentUnreadable

PAGE = """<!doctype html><html><head><title>Tram plan - GOV.UK</title>
<meta property="og:site_name" content="GOV.UK">
<meta name="govuk:first-published-at" content="2024-05-12T09:30:00+01:00">
<link rel="canonical" href="https://www.example.org/tram"></head>
<body class="social-mobility"><div class="cookie-banner">Cookies!</div>
<header role="banner">Site <nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main id="content"><h1>The tram plan</h1>
<ul><li><a href="#a">Why</a></li><li><a href="#b">How</a></li><li><a href="#c">When</a></li></ul>
<div class="govspeak"><h2 id="a">Why</h2><p>Because <b>people</b>
 need it.<sup><a href="#fn:1">[1]</a></sup> It costs<br>money.</p>
<ul><li>one</li><li>two <ul><li>deep</li></ul></li></ul>
<ol start="3"><li><p>alpha</p><p>beta</p></li></ol>
<table><caption>Trips a year</caption><thead><tr><th>Year</th><th>Trips</th></tr></thead>
<tr><td>2023</td><td><p>400</p></td></tr></table>
<blockquote><p>Great stuff</p><footer>Jo Lee</footer></blockquote>
<p hidden>Secret</p><p style="display: none">Secret</p><script>var a = "Secret"</script>
<div class="footnotes" role="doc-endnotes"><ol><li>The note.
<a class="reversefootnote" href="#x">back</a></li></ol></div></div>
<div class="related-links"><p>Something else</p></div></main>
<footer>Crown copyright</footer></body></html>"""


def read(tmp_path, page):
    path = tmp_path / "page.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode("utf-8"))
    (source,) = read_file(path)
    return source


def test_article_is_read_without_what_stands_around_it(tmp_path):
    source = read(tmp_path, PAGE)
    text = source.document.text
    assert [(b.kind, b.level, text[b.start : b.end]) for b in source.blocks] == [
        ("heading", 1, "The tram plan"),
        ("heading", 2, "Why"),
        ("paragraph", 0, "Because people need it. It costs\nmoney."),
        ("item", 1, "one"),
        ("item", 1, "two"),
        ("item", 2, "deep"),
        ("item", 1, "3. alpha"),
        ("paragraph", 0, "beta"),
        ("paragraph", 0, "Trips a year"),
        ("table", 1, "Year | Trips"),
        ("table", 0, "2023 | 400"),
        ("paragraph", 0, "Great stuff"),
        ("paragraph", 0, "Jo Lee"),
        ("footnote", 0, "The note."),
    ]


def test_page_says_its_title_publisher_date_and_address(tmp_path):
    document = read(tmp_path, PAGE).document
    assert (document.title, document.publisher) == ("The tram plan", "GOV.UK")
    assert (document.published, document.url) == ("2024-05-12", "https://www.example.org/tram")


def test_linked_data_tells_date_and_publisher_where_no_meta_element_does(tmp_path):
    data = '{"@graph": [{"datePublished": "2023-02-01", "publisher": {"name": "Northam Council"}}]}'
    page = f'<script type="application/ld+json">{data}</script><article><p>A tram.</p></article>'
    document = read(tmp_path, page).document
    assert (document.publisher, document.published) == ("Northam Council", "2023-02-01")


def test_page_without_marks_of_an_article_is_read_from_its_body(tmp_path):
    page = "<div class='nav'>Menu</div><h1>A tram</h1><div>It opens in May.</div>"
    assert read(tmp_path, page).document.text == "A tram\n\nIt opens in May."


def test_teaser_marked_as_an_article_is_not_taken_for_the_page(tmp_path):
    page = f"<p>{'The tram opens in May. ' * 20}</p><article><p>Read more</p></article>"
    assert read(tmp_path, page).document.text.startswith("The tram opens in May.")


def test_table_that_only_arranges_a_page_is_no_table(tmp_path):
    page = "<table><tr><td><h2>A tram</h2><p>It opens.</p></td><td>Menu</td></tr></table>"
    assert [b.kind for b in read(tmp_path, page).blocks] == ["heading", "paragraph", "paragraph"]


def test_term_stays_with_what_it_means_and_is_defined_by_it(tmp_path):
    terms = """<dl><dt>Hub:</dt><dd><p>a place where <b>routes</b> meet</p></dd>
    <div><dt>Stop</dt><dt>Halt</dt><dd>where it stops</dd><dd>its sign</dd></div>
    <dt>Fare</dt><dd>400</dd></dl>"""
    source = read(tmp_path, f"<h1>Trams</h1>{terms}<p>That is all.</p>")
    text = source.document.text
    rows = [text[b.start : b.end] for b in source.blocks if b.kind == "table"]
    assert rows == [
        "Hub: | a place where routes meet",
        "Stop | Halt | where it stops | its sign",
        "Fare | 400",
    ]
    structure = analyse(source)
    assert [one.term for one in structure.definitions] == ["Hub", "Stop"]


def test_terms_with_lists_in_them_are_blocks_of_their_own(tmp_path):
    source = read(tmp_path, "<h1>Trams</h1><dl><dt>Hub</dt><dd><ul><li>big</ul></dd></dl>")
    assert [block.kind for block in source.blocks] == ["heading", "paragraph", "item"]


def test_encoding_is_the_one_that_the_page_declares(tmp_path):
    page = "<meta charset='iso-8859-5'><p>Трамвай откроется в мае.</p>"
    source = read(tmp_path, page.encode("iso-8859-5"))
    assert source.document.text == "Трамвай откроется в мае."


def said(tmp_path, page):
    source = read(
        tmp_path, f"<main><h1>Homes</h1><p>There are 40 homes.</p>{page}<p>More come.</p>"
    )
    text = source.document.text
    statements = analyse(source).statements
    return [
        (one.speaker.name, one.speaker.role, [text[start:end] for start, end in one.spans])
        for one in statements
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<blockquote>They are warm.<footer>— <cite>Jo Lee, tenant</cite></footer></blockquote>",
        "<blockquote><p>They are warm.</p><p>— <cite>Jo Lee</cite>, tenant</p></blockquote>",
        "<blockquote><p>They are warm.</p><footer>Jo Lee<br>tenant</footer></blockquote>",
        "<blockquote>They are warm. <cite>Jo Lee, tenant</cite></blockquote>",
        "<blockquote><p>They are warm.<br>– Jo Lee, tenant</p></blockquote>",
        "<blockquote><p>They are warm.</p></blockquote><p>— Jo Lee, tenant</p>",
        "<figure><blockquote>They are warm.</blockquote><figcaption>Jo Lee, tenant</figcaption>",
        "<p>Jo Lee, tenant, said:</p><blockquote><p>They are warm.</p></blockquote>",
    ],
)
def test_quotation_set_off_is_credited_to_the_person_beside_it(tmp_path, page):
    assert said(tmp_path, page) == [("Jo Lee", "tenant", ["They are warm."])]


def test_each_quotation_set_off_has_its_own_source_and_narration_has_none(tmp_path):
    page = """<p>I saw my new home.</p><blockquote><p>They are warm.</p><p>We like them.</p>
    <footer>Jo Lee, tenant</footer></blockquote><blockquote>They are new.</blockquote>
    <blockquote>They are far. <cite>Cllr Ann Moor</cite></blockquote><p>“It is old,” I say.</p>"""
    assert said(tmp_path, page)[:2] == [
        ("Jo Lee", "tenant", ["They are warm.", "We like them."]),
        ("Ann Moor", "", ["They are far."]),
    ]


@pytest.mark.parametrize(
    "source", ["Northam Housing Survey, 2023", "Oxford English Dictionary", "Northam Council"]
)
def test_quotation_of_a_work_or_a_body_is_credited_to_nobody(tmp_path, source):
    assert not said(tmp_path, f"<blockquote>They are warm.<footer>{source}</footer></blockquote>")
    page = f"<p>“They are new,” said Jo Lee.</p><blockquote>Ok. <cite>{source}</cite></blockquote>"
    assert [words for _, _, words in said(tmp_path, page)] == [["“They are new,” said Jo Lee."]]


def test_work_cited_inside_a_quotation_stays_in_its_sentence(tmp_path):
    source = read(tmp_path, "<blockquote><p>We read <cite>Jane Eyre</cite></p></blockquote>")
    assert source.document.text == "We read Jane Eyre"


def test_page_nested_past_any_use_is_an_error(tmp_path):
    with pytest.raises(DocumentUnreadable, match="nested more than 500 deep"):
        read(tmp_path, "<b>" * 5000 + "x")
