"""Passages by words: BM25 over stems, by tantivy (memory-mapped)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

import tantivy

_ANALYZER = "english"
_TOKEN = r"[0-9]+(?:\.[0-9]+)?|[\p{Alphabetic}\p{M}]+"  # so "FY2023" holds 2023, and 12.4 is one
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WRITER_BYTES = 64 << 20
_FIELDS = ("text", "context")
_STOP_WORDS = """
    a an and any are as at be been being but by can could did do does for from had has have he her
    him his how i if in into is it its me my not of on or our she should so than that the their them
    then there these they this those to us was we were what when where which who whom whose why
    will with would you your
    """.split()


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_TOKEN))
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.custom_stopword(_STOP_WORDS),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("ordinal", stored=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in _FIELDS:
        builder.add_text_field(field, tokenizer_name=_ANALYZER)
    return builder.build()


def _plain(text: str) -> str:
    """The text with 12,500 written as 12500."""
    return _THOUSANDS.sub("", text)


def write_lexical(folder: Path, passages: Iterable[tuple[str, str, str]]) -> None:
    """Write (document id, context, text) of every passage, in order of their ordinals."""
    folder.mkdir()
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer(_ANALYZER, _analyzer())
    writer = index.writer(_WRITER_BYTES, 1)
    for ordinal, (document_id, context, text) in enumerate(passages):
        writer.add_document(
            tantivy.Document(
                ordinal=ordinal, document=document_id, context=_plain(context), text=_plain(text)
            )
        )
    writer.commit()
    writer.wait_merging_threads()


class LexicalIndex:
    """An open lexical index; a score is BM25 (k1 1.2, b 0.75), comparable within one query."""

    def __init__(self, folder: Path) -> None:
        """Raises ValueError or OSError where the folder is not a tantivy index."""
        self._index = tantivy.Index.open(str(folder))
        self._analyzer = _analyzer()
        self._index.register_tokenizer(_ANALYZER, self._analyzer)
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(
        self, question: str, depth: int, documents: Sequence[str] = ()
    ) -> tuple[list[int], list[float]]:
        """Ordinals and scores of the passages that share a word with the question, best first.

        documents: ids to search in, where a word counts by how rare it is among their passages;
        none for all. Ties are broken by ordinal.
        """
        words = list(dict.fromkeys(self._analyzer.analyze(_plain(question))))
        if not words:
            return [], []
        inside = self._inside(documents) if documents else None
        query = self._any_of(words, inside)
        if inside is not None:
            query = _both(query, inside)
        hits = self._searcher.search(query, depth, count=False).hits
        found = [(-score, self._ordinal(address)) for score, address in hits]
        found.sort()
        return [ordinal for _, ordinal in found], [-score for score, _ in found]

    def knows(self, word: str, documents: Sequence[str] = ()) -> bool:
        """Whether these documents use the word in any form; a stop word counts as used."""
        words = self._analyzer.analyze(_plain(word))
        query = self._any_of(words, None)
        if documents:
            query = _both(query, self._inside(documents))
        return not words or self._count(query) > 0

    def stems_beginning(self, start: str, documents: Sequence[str] = ()) -> list[str]:
        """The stems that these documents use and that begin like this, in order."""
        inside = self._inside(documents) if documents else None
        found = (self._searcher.terms_with_prefix(field, start, inside) for field in _FIELDS)
        return sorted({stem for terms in found for stem, _ in terms})

    def first_with(self, stem: str, documents: Sequence[str] = ()) -> int | None:
        """The ordinal of a passage of these documents that has a word of this stem, if any."""
        query = self._any_of([stem], None)
        if documents:
            query = _both(query, self._inside(documents))
        hits = self._searcher.search(query, 1, count=False).hits
        return self._ordinal(hits[0][1]) if hits else None

    def _inside(self, documents: Sequence[str]) -> tantivy.Query:
        """The passages of these documents: one query each, 60 times as fast as one for the set."""
        schema = self._index.schema
        each = [tantivy.Query.term_query(schema, "document", name, "basic") for name in documents]
        chosen = tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in each])
        return tantivy.Query.const_score_query(each[0] if len(each) == 1 else chosen, 0.0)

    def _any_of(self, words: Sequence[str], inside: tantivy.Query | None) -> tantivy.Query:
        """The query for any of these words, each by its rarity `inside`."""
        asked = []
        among = self._count(inside) if inside is not None else 0
        for word, field in product(words, _FIELDS):
            query = tantivy.Query.term_query(self._index.schema, field, word)
            if inside is not None:
                rarer = self._rarer(field, word, self._count(_both(query, inside)), among)
                query = tantivy.Query.boost_query(query, rarer)
            asked.append((tantivy.Occur.Should, query))
        return tantivy.Query.boolean_query(asked)

    def _rarer(self, field: str, word: str, holding: int, among: int) -> float:
        """How much rarer a word is among some passages, `holding` of which have it, than in all.

        The ratio of the two inverse document frequencies: tantivy puts the one over all into its
        scores, where a name that stands on every page of one document alone would count most.
        """
        everywhere = self._searcher.doc_freq(field, word)
        return _rarity(holding, among) / _rarity(everywhere, self._searcher.num_docs)

    def _count(self, query: tantivy.Query) -> int:
        return int(self._searcher.search(query, 1, count=True).count or 0)

    def _ordinal(self, address: tantivy.DocAddress) -> int:
        """A hit's ordinal: in an index of one segment, documents lie in the order of writing."""
        if self._searcher.num_segments == 1:
            return int(address.doc)
        return int(self._searcher.doc(address)["ordinal"][0])


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, one), (tantivy.Occur.Must, other)])


def _rarity(holding: int, among: int) -> float:
    """Inverse document frequency: Robertson and Zaragoza 2009, kept positive by adding 1."""
    return math.log(1 + (among - holding + 0.5) / (holding + 0.5))
