"""Passages by words: BM25 over stems, by tantivy (memory-mapped)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

_ANALYZER = "english"
_WRITER_BYTES = 64 << 20
_STOP_WORDS = """
    a an and any are as at be been being but by can could did do does for from had has have he her
    him his how i if in into is it its me my not of on or our she should so than that the their them
    then there these they this those to us was we were what when where which who whom whose why
    will with would you your
    """.split()


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
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
    builder.add_text_field("text", tokenizer_name=_ANALYZER)
    builder.add_text_field("context", tokenizer_name=_ANALYZER)
    return builder.build()


def write_lexical(folder: Path, passages: Iterable[tuple[str, str, str]]) -> None:
    """Write (document id, context, text) of every passage, in order of their ordinals."""
    folder.mkdir()
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer(_ANALYZER, _analyzer())
    writer = index.writer(_WRITER_BYTES, 1)
    for ordinal, (document_id, context, text) in enumerate(passages):
        writer.add_document(
            tantivy.Document(ordinal=ordinal, document=document_id, context=context, text=text)
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

        documents: ids to search in; none for all. Ties are broken by ordinal.
        """
        schema = self._index.schema
        words = list(dict.fromkeys(self._analyzer.analyze(question)))
        if not words:
            return [], []
        anyword = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, field, word))
            for word in words
            for field in ("text", "context")
        ]
        query = tantivy.Query.boolean_query(anyword)
        if documents:
            inside = tantivy.Query.term_set_query(schema, "document", list(documents))
            unscored = tantivy.Query.const_score_query(inside, 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)]
            )
        hits = self._searcher.search(query, depth, count=False).hits
        found = [(-score, self._ordinal(address)) for score, address in hits]
        found.sort()
        return [ordinal for _, ordinal in found], [-score for score, _ in found]

    def _ordinal(self, address: tantivy.DocAddress) -> int:
        """A hit's ordinal: in an index of one segment, documents lie in the order of writing."""
        if self._searcher.num_segments == 1:
            return int(address.doc)
        return int(self._searcher.doc(address)["ordinal"][0])

    def knows(self, word: str, documents: Sequence[str] = ()) -> bool:
        """Whether these documents use the word in any form; a stop word counts as used."""
        return not self._analyzer.analyze(word) or bool(self.search(word, 1, documents)[0])
