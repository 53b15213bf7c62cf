"""The text index: which papers hold which words. A tantivy index that follows the catalogue."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy

from arxtui.library.errors import BusyError, unusable
from arxtui.library.textschema import ANALYZER, FOLDER, LONGEST_WORD, analyzer, schema
from arxtui.library.textwriter import Writer

_WEIGHTS = {"title": 4.0, "authors": 3.0, "identifier": 3.0, "abstract": 1.0, "comments": 0.7}
_PREFIX_WEIGHT = 0.5  # a whole word counts more than the beginning of one
_PREFIX_FIELDS = ("title", "authors", "abstract")
_SHORT_PREFIX_FIELDS = ("title", "authors")
_SHORTEST_PREFIX = 3
"""Letters. What begins with two stands in most abstracts, and to count those takes a third of a second for 3 M papers."""
_TELLING = 32  # words by which a text is looked for


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
        self._schema = schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.register_tokenizer(ANALYZER, analyzer())
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
        if last and (alone or not short) and len(word) <= LONGEST_WORD:
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
