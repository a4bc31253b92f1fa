"""What a web page says of itself: title, publisher, date and address, from the usual places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from askmobility.documents.content import one_line

Record = Mapping[str, object]

PUBLISHERS = (
    "govuk:primary-publishing-organisation",
    "dcterms.publisher",
    "dc.publisher",
    "citation_publisher",
    "og:site_name",
    "application-name",
)
DATES = (
    "govuk:first-published-at",
    "article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "dcterms.date",
    "dc.date",
    "date",
    "publication_date",
)
TITLES = ("og:title", "dcterms.title", "dc.title", "citation_title")
ISO_DATE = re.compile(r"(\d{4})[-/](\d{2})(?:[-/](\d{2}))?(?!\d)")
WRITTEN_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2})[a-z]* (\d{4})")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SITE_SUFFIX = re.compile(r"\s+[-–—|·]\s+[^-–—|·]{2,60}\Z")


def known_of(page: LexborHTMLParser, article: LexborNode) -> Mapping[str, str]:
    """`title`, `publisher`, `published`, `url`, as far as the page gives them."""
    named = dict(meta_elements(page))
    linked = list(linked_data(page))
    found = {
        "title": title_of(page, article, named),
        "publisher": first(named, PUBLISHERS) or publisher_in(linked),
        "published": published_of(page, named, linked),
        "url": address_of(page, named),
    }
    return {key: value for key, value in found.items() if value}


def meta_elements(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Name or property, lower case, and content of every meta element; the first of a name last."""
    for element in reversed(page.css("meta[content]")):
        attributes = element.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            yield name.lower(), one_line(attributes.get("content") or "")


def first(named: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The first of these that the page gives, or ""."""
    return next((named[name] for name in names if named.get(name)), "")


def title_of(page: LexborHTMLParser, article: LexborNode, named: Mapping[str, str]) -> str:
    """The article's own heading, else what the page is called, without the name of the site."""
    heading = article.css_first("h1") or page.css_first("h1")
    if heading is not None and (text := one_line(heading.text())):
        return text
    if title := first(named, TITLES):
        return title
    element = page.css_first("title")
    return SITE_SUFFIX.sub("", one_line(element.text())) if element is not None else ""


def published_of(page: LexborHTMLParser, named: Mapping[str, str], linked: list[Record]) -> str:
    """The date of publication as ISO 8601, as precise as it is given, or ""."""
    given = [named.get(name, "") for name in DATES]
    given += [str(record.get("datePublished", "")) for record in linked]
    for element in page.css("time[itemprop=datePublished], time.published, time.entry-date"):
        given.append(element.attributes.get("datetime") or element.text())
    return next(filter(None, map(iso_date, given)), "")


def iso_date(written: str) -> str:
    """The date that a text begins with, or ""."""
    if found := ISO_DATE.match(written.strip()):
        return "-".join(filter(None, found.groups()))
    if found := WRITTEN_DATE.match(written.strip()):
        day, month, year = found.groups()
        if month in MONTHS:
            return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
    return ""


def address_of(page: LexborHTMLParser, named: Mapping[str, str]) -> str:
    """The canonical address, or ""."""
    link = page.css_first("link[rel=canonical]")
    given = (link.attributes.get("href") or "" if link is not None else "", named.get("og:url", ""))
    return next((address for address in given if address.startswith(("http://", "https://"))), "")


def publisher_in(linked: list[Record]) -> str:
    """The name of the publisher in the page's linked data, or ""."""
    for record in linked:
        publisher = record.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str):
            return one_line(name)
    return ""


def linked_data(page: LexborHTMLParser) -> Iterator[Record]:
    """Every object of the page's JSON-LD, whatever it stands in."""
    for element in page.css('script[type="application/ld+json"]'):
        try:
            waiting = [json.loads(element.text())]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict):
                yield value
                waiting += (
                    value.get("@graph") or [] if isinstance(value.get("@graph"), list) else []
                )
            elif isinstance(value, list):
                waiting += value
