"""The text index: which papers hold which words. A tantivy index that follows the catalogue."""

from __future__ import annotations

import contextlib
import shutil
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy

from arxtui.core.folding import fold
from arxtui.core.papers import Entry, Paper
from arxtui.library.errors import BusyError, unusable

_ANALYZER = "folded"
_WEIGHTS = {"title": 4.0, "authors": 3.0, "identifier": 3.0, "abstract": 1.0, "comments": 0.7}
_PREFIX_WEIGHT = 0.5  # a whole word counts more than the beginning of one
_PREFIX_FIELDS = ("title", "authors", "abstract")
_SHORT_PREFIX_FIELDS = ("title", "authors")
_SHORTEST_PREFIX = 3
"""Letters. What begins with two stands in most abstracts, and to count those takes a third of a second for 3 M papers."""
_HEAP = 64_000_000  # bytes; tantivy wants 15 MB a thread at the least
_THREADS = 2
_RECENCY = 0.05  # scores are multiplied by log2(2 + recency): the newer of two equal matches comes first
_DAYS = 80 * 372  # from 1990 on
_TELLING = 32  # words by which a text is looked for
_LONGEST_WORD = 80  # what is longer is no word a person types

_VERSION = 2
"""Of the fields below, which are part of the folder's name: an index of other fields is not opened."""

FOLDER = f"text-{_VERSION}"
"""Name of its folder within that of an index."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("paper", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("file", stored=False, indexed=True, fast=False)
    builder.add_float_field("recency", stored=False, indexed=False, fast=True)
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _WEIGHTS:
        builder.add_text_field(name, stored=False, tokenizer_name=_ANALYZER, index_option="position")
    return builder.build()


class Matches(NamedTuple):
    """What a text query finds.

    Attributes:
        total: how many papers match.
        numbers: the numbers of the first of them, best first.
    """

    total: int
    numbers: array[int]


class TextIndex:
    """The index in a folder.

    Args:
        folder: created where there is none.

    Raises:
        OSError: it cannot be opened.
        ValueError: it makes no sense.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.remove_long(_LONGEST_WORD))
            .build()
        )
        # Tokenizers are no part of the index: each process that opens it registers them.
        self._index.register_tokenizer(_ANALYZER, analyzer)
        self._index.config_reader("manual")
        self.reload()

    @classmethod
    def in_folder(cls, folder: Path) -> TextIndex:
        """The text index of the index in a folder. One that is damaged is thrown away: it only follows the catalogue.

        Raises:
            LibraryError: it cannot be opened or made.
        """
        own = folder / FOLDER
        try:
            try:
                return cls(own)
            except (OSError, ValueError):
                shutil.rmtree(own, ignore_errors=True)
                return cls(own)
        except (OSError, ValueError) as error:
            raise unusable(error, folder) from None

    def reload(self) -> None:
        """See what was committed last."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def follow(self, stamp: str | None) -> None:
        """See what was committed last, if it has this stamp; else go on with what was seen before.

        That is the case for the moment between two commits, and after a writer that could make only one of them.
        """
        try:
            self._index.reload()
            searcher = self._index.searcher()
            if self._stamp(searcher) == stamp:
                self._searcher = searcher
        except ValueError:
            return  # it is gone or damaged: what was seen is still there, and the next refresh says what is wrong

    def stamp(self) -> str | None:
        """The stamp of the last commit, None for an empty index, `damaged` for one that cannot be asked."""
        try:
            return self._stamp(self._searcher)
        except ValueError:
            return "damaged"

    def _stamp(self, searcher: tantivy.Searcher) -> str | None:
        found = searcher.search(tantivy.Query.regex_query(self._schema, "stamp", ".+"), limit=1)
        if not found.hits:
            return None
        (value,) = searcher.doc(found.hits[0][1])["stamp"]
        return str(value)

    def writer(self) -> Writer:
        """The one writer of the index.

        Raises:
            BusyError: another one is open, in this process or another.
            LibraryError: the index cannot be written.
        """
        try:
            return Writer(self._index)
        except ValueError as error:
            # Both speak of a lock; where the folder is gone or the disk is full, waiting for it would not help.
            if "LockBusy" in str(error):
                raise BusyError from None
            raise unusable(error, self._folder) from None

    def search(
        self, words: Sequence[str], limit: int, files: Sequence[int] | None, papers: Sequence[int] | None
    ) -> Matches:
        """Find the papers that hold all words, the best first.

        Args:
            words: folded. The last also matches the beginning of a longer word. Where it has but one or two letters it
                may just have been begun: behind others it only counts for the order, alone only longer words of titles
                and authors count.
            limit: how many numbers to return at the most.
            files: only papers that stand in one of these.
            papers: only these.
        """
        clauses = [self._clause(word, alone=len(words) == 1, last=word is words[-1]) for word in words]
        for name, numbers in (("file", files), ("paper", papers)):
            if numbers is not None:
                only = tantivy.Query.term_set_query(self._schema, name, list(numbers))
                clauses.append((tantivy.Occur.Must, tantivy.Query.const_score_query(only, 0.0)))
        searcher = self._searcher
        found = searcher.search(
            tantivy.Query.boolean_query(clauses), limit=max(limit, 1), weight_by_field="recency"
        )
        addresses = [address for _, address in found.hits[:limit]]
        # The type stubs of tantivy 0.27 leave `count` out.
        total: int = found.count  # type: ignore[attr-defined]
        return Matches(total, array("q", _numbers(searcher, addresses)))

    def alike(self, words: Sequence[str], limit: int) -> list[int]:
        """The papers whose abstracts hold the most of some words.

        Args:
            words: folded; the longest few dozen distinct ones are looked for.
            limit: how many papers at the most.

        Returns:
            Their numbers, the best first.
        """
        telling = sorted(set(words), key=lambda word: (-len(word), word))[:_TELLING]
        if not telling:
            return []
        queries = [tantivy.Query.term_query(self._schema, "abstract", word) for word in telling]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
        searcher = self._searcher
        addresses = [address for _, address in searcher.search(query, limit=limit, count=False).hits]
        return _numbers(searcher, addresses)

    def _clause(self, word: str, *, alone: bool, last: bool) -> tuple[tantivy.Occur, tantivy.Query]:
        """A word in any field."""
        query = tantivy.Query
        ways = [
            query.boost_query(query.term_query(self._schema, name, word), weight)
            for name, weight in _WEIGHTS.items()
        ]
        short = len(word) < _SHORTEST_PREFIX
        if last and (alone or not short) and len(word) <= _LONGEST_WORD:
            # Words are of letters and digits, so nothing in them means anything in a regular expression.
            pattern = word + ".+"
            fields = _SHORT_PREFIX_FIELDS if short else _PREFIX_FIELDS
            for name in (*fields, *(("identifier",) if word.isdigit() else ())):
                longer = query.regex_query(self._schema, name, pattern)
                ways.append(query.boost_query(longer, _WEIGHTS[name] * _PREFIX_WEIGHT))
        waiting = last and not alone and short
        found = query.boolean_query([(tantivy.Occur.Should, way) for way in ways])
        return (tantivy.Occur.Should if waiting else tantivy.Occur.Must), found


def _numbers(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[int]:
    """The numbers of papers by their addresses, which mean something to the searcher that found them alone."""
    values = searcher.fast_field_values("paper", addresses) if addresses else []
    return [value for value in values if isinstance(value, int)]


class Writer:
    """Changes to the index, seen by others after `commit`."""

    def __init__(self, index: tantivy.Index) -> None:
        self._writer = index.writer(_HEAP, num_threads=_THREADS)
        self._schema = index.schema
        self._gone: set[int] = set()
        self._again: dict[int, tantivy.Document] = {}

    def add(
        self, number: int, text: Entry | Paper, authors: str | None, date: str, files: Iterable[int]
    ) -> None:
        """Index a paper under a number that has none.

        Args:
            number: the paper's.
            text: what is known of it.
            authors: its author list as it stands.
            date: the date it is listed by.
            files: the numbers of the files that it stands in.
        """
        self._writer.add_document(_document(number, text, authors, date, files))

    def replace(self, number: int, paper: Paper, files: Iterable[int]) -> None:
        """Index a paper in place of what was indexed under its number."""
        self._gone.add(number)
        self._again[number] = _document(number, paper, paper.author_text, paper.date, files)

    def remove(self, number: int) -> None:
        """Take a paper out."""
        self._gone.add(number)
        self._again.pop(number, None)

    def flush(self) -> None:
        """Carry out what `replace` and `remove` were told, all at once."""
        if self._gone:
            # By a query: `delete_documents_by_term` looks for a signed number, and finds none (tantivy 0.27).
            gone = tantivy.Query.term_set_query(self._schema, "paper", sorted(self._gone))
            self._writer.delete_documents_by_query(gone)
            self._gone.clear()
        for document in self._again.values():
            self._writer.add_document(document)
        self._again.clear()

    def remove_all(self) -> None:
        """Take everything out."""
        self._gone.clear()
        self._again.clear()
        self._writer.delete_all_documents()

    def commit(self, stamp: str) -> None:
        """Write all changes, and the stamp that ties them to the catalogue."""
        self.flush()
        self._writer.delete_documents_by_query(tantivy.Query.regex_query(self._schema, "stamp", ".+"))
        document = tantivy.Document()
        document.add_text("stamp", stamp)
        self._writer.add_document(document)
        self._writer.commit()

    def close(self) -> None:
        """Let go of the index; uncommitted changes are lost."""
        # It ends its thread, and would say that there is no index to go back to where the folder is gone.
        with contextlib.suppress(ValueError):
            self._writer.rollback()
        del self._writer


def _recency(number: int, date: str) -> float:
    """How new a paper is, from 0 to `_RECENCY`; a little differs also between papers of one day."""
    if not date:
        return 0.0
    day = (int(date[:4]) - 1990) * 372 + (int(date[5:7]) - 1) * 31 + int(date[8:10] or 1) - 1
    return _RECENCY * min(max((day + number % 97 / 97) / _DAYS, 0.0), 1.0)


def _document(
    number: int, text: Entry | Paper, authors: str | None, date: str, files: Iterable[int]
) -> tantivy.Document:
    document = tantivy.Document()
    document.add_float("recency", _recency(number, date))
    document.add_unsigned("paper", number)
    for file in set(files):
        document.add_unsigned("file", file)
    add_text = document.add_text
    if text.title:
        add_text("title", fold(text.title))
    if authors:
        add_text("authors", fold(authors))
    if text.identifier:
        add_text("identifier", text.identifier)
    if text.abstract:
        add_text("abstract", fold(text.abstract))
    if text.comments:
        add_text("comments", fold(text.comments))
    return document
