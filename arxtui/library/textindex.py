"""The text index: which papers hold which words. A tantivy index that follows the catalogue."""

from __future__ import annotations

import functools
import heapq
import math
import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import tantivy

from arxtui.core.folding import words_of
from arxtui.core.spellings import other_spellings
from arxtui.library.conditions import Conditions
from arxtui.library.errors import BusyError, unusable
from arxtui.library.soundness import Soundness, breaks_text
from arxtui.library.spelling import SPELLED, Near, Spelling
from arxtui.library.textschema import ANALYZER, FOLDER, OF_ANY_VERSION, analyzer, schema
from arxtui.library.textwriter import Writer
from arxtui.library.wording import Wording, any_of

_SHORTEST_TELLING = 3  # letters of a word that tells a paper from others
_TELLING = 32  # words by which a text is looked for
_KEPT = 1000  # answers
_LOOKED_UP = 10_000  # papers

T = TypeVar("T")
P = ParamSpec("P")


def _sound(method: Callable[Concatenate[TextIndex, P], T]) -> Callable[Concatenate[TextIndex, P], T]:
    """A method that asks tantivy; what it raises of an index that is damaged is told as that."""

    @functools.wraps(method)
    def asked(index: TextIndex, /, *args: P.args, **named: P.kwargs) -> T:
        with index.soundness.of_text():
            return method(index, *args, **named)

    return asked


class Counted(NamedTuple):
    """How many papers each year and each of some files has."""

    years: dict[int, int]
    files: list[tuple[int, int]]


class TextIndex:
    """The index in a folder.

    Args:
        folder: created where there is none, within that of the whole index.

    Attributes:
        soundness: whether the whole index is damaged.

    Raises:
        DamagedError: it was found to be damaged before.
        OSError: it cannot be opened.
        ValueError: it makes no sense.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.soundness = Soundness(folder.parent)
        self._schema = schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.register_tokenizer(ANALYZER, analyzer())
        self._index.config_reader("manual")
        self.wording, self.conditions = (
            Wording(self._schema, self.terms, self._held_terms, self.total),
            Conditions(self._schema),
        )
        self._spelling = Spelling(self.terms, self._held_terms)
        self._index.reload()
        self._see(self._index.searcher())

    @classmethod
    def in_folder(cls, folder: Path) -> TextIndex:
        """The text index of the index in a folder. One that is damaged is thrown away: it only follows the catalogue.

        Raises:
            LibraryError: it cannot be opened or made.
        """
        own = folder / FOLDER
        if not own.exists():
            for other in folder.glob(OF_ANY_VERSION):
                shutil.rmtree(other, ignore_errors=True)  # no program of this version reads it any more
        try:
            try:
                return cls(own)
            except BaseException as error:
                if not breaks_text(error):
                    raise
                shutil.rmtree(own, ignore_errors=True)
                return cls(own)
        except (OSError, ValueError) as error:
            raise unusable(error, folder) from None

    @_sound
    def reload(self) -> None:
        """See what was committed last."""
        self._index.reload()
        self._see(self._index.searcher())

    def _see(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._kept: dict[str, object] = {}

    def kept(self, name: str, work: Callable[[], T]) -> T:
        """What some work on the index comes to; done once for each state of the index.

        Args:
            name: of the work and all that it depends on.
            work: to be done.
        """
        kept = self._kept
        if name not in kept:
            if len(kept) >= _KEPT:
                kept.clear()
            kept[name] = work()
        return cast("T", kept[name])

    def follow(self, stamp: str | None) -> None:
        """See what was committed last, if it has this stamp; else go on with what was seen before.

        That is the case for the moment between two commits, and after a writer that could make only one of them.
        """
        try:
            self._index.reload()
            searcher = self._index.searcher()
            if self._stamp(searcher) == stamp:
                self._see(searcher)
        except BaseException as error:
            if not breaks_text(error):
                raise
            return  # it is gone or damaged: what was seen is still there, and the next refresh says what is wrong

    def stamp(self) -> str | None:
        """The stamp of the last commit, None for an empty index, `damaged` for one that cannot be asked."""
        try:
            return self._stamp(self._searcher)
        except BaseException as error:
            if not breaks_text(error):
                raise
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
            return Writer(self._index, self.soundness)
        except ValueError as error:
            # Both speak of a lock; where the folder is gone or the disk is full, waiting for it would not help.
            if "LockBusy" in str(error):
                raise BusyError from None
            raise unusable(error, self._folder) from None

    @_sound
    def best(self, query: tantivy.Query, limit: int) -> tuple[int, list[tuple[int, float]]]:
        """How many papers a query finds, and the number and score of the best of them."""
        searcher = self._searcher
        found = searcher.search(query, limit=max(limit, 1), weight_by_field="recency")
        hits = found.hits[:limit]
        numbers = _numbers(searcher, [address for _, address in hits])
        # The type stubs of tantivy 0.27 leave `count` out.
        total: int = found.count  # type: ignore[attr-defined]
        return total, [(number, score) for number, (score, _) in zip(numbers, hits, strict=True)]

    @_sound
    def by_date(self, query: tantivy.Query, limit: int, *, oldest_first: bool = False) -> array[int]:
        """The numbers of the newest, or oldest, papers that a query finds."""
        order = tantivy.Order.Asc if oldest_first else tantivy.Order.Desc
        searcher = self._searcher
        found = searcher.search(query, limit=max(limit, 1), count=False, order_by_field="date", order=order)
        return array("q", _numbers(searcher, [address for _, address in found.hits[:limit]]))

    @_sound
    def numbers(self, query: tantivy.Query, most: int) -> array[int]:
        """The numbers of the papers that a query finds, the lowest first.

        Args:
            query: which.
            most: how many it can be.
        """
        searcher = self._searcher
        # To score millions, and put them in order by that, takes as long as all the rest.
        query = tantivy.Query.const_score_query(query, 1.0)
        hits = searcher.search(query, limit=max(most, 1), count=False).hits
        return array("q", sorted(_numbers(searcher, [address for _, address in hits])))

    def count(self, query: tantivy.Query) -> int:
        """How many papers a query finds."""
        return self.best(query, 0)[0]

    @_sound
    def like(self, title: str | None, abstract: str | None, words: int) -> tantivy.Query:
        """Papers that share the words by which a paper is told from others, so many of them.

        As tantivy's own query of that kind, which breaks down once papers have been indexed again: it takes the number of
        papers without those that were replaced, and the number that hold a word with them (0.27).
        """
        searcher, query = self._searcher, tantivy.Query
        telling: list[tuple[float, str, str]] = []
        for name, text in (("title", title), ("abstract", abstract)):
            for word, times in Counter(words_of(text or "")).items():
                papers = searcher.doc_freq(name, word) if len(word) >= _SHORTEST_TELLING else 0
                if papers > 1:
                    rare = math.log(1 + max(0.0, searcher.num_docs - papers + 0.5) / (papers + 0.5))
                    telling.append((times * rare, name, word))
        telling = [each for each in heapq.nlargest(words, telling) if each[0] > 0]
        return any_of(
            query.boost_query(query.term_query(self._schema, name, word), score / telling[0][0])
            for score, name, word in telling
        )

    @_sound
    def counted(self, query: tantivy.Query, most: int) -> Counted:
        """How many of the papers that a query finds each year has, and each of the files with the most of them."""
        answer = self._searcher.aggregate(
            query,
            {
                "years": {"histogram": {"field": "date", "interval": 10_000, "min_doc_count": 1}},
                "files": {"terms": {"field": "file", "size": most}},
            },
        )
        years = {int(bucket["key"]) // 10_000: bucket["doc_count"] for bucket in answer["years"]["buckets"]}
        files = [(int(bucket["key"]), bucket["doc_count"]) for bucket in answer["files"]["buckets"]]
        return Counted(years, files)

    @_sound
    def terms(self, field: str, beginning: str, limit: int) -> dict[str, int]:
        """The commonest terms of a field that begin so, and how many papers have each."""
        return dict(self._searcher.terms_with_prefix(field, beginning, limit=limit))

    def near(
        self, word: str, edits: int, fields: tuple[str, ...] = SPELLED, *, unfinished: bool = False
    ) -> dict[str, Near]:
        """The words that may have been meant by one; see `Spelling.near`."""
        name = f"near {word} {edits} {unfinished} {' '.join(fields)}"
        return self.kept(name, lambda: self._spelling.near(word, edits, fields, unfinished=unfinished))

    def longer(self, word: str) -> dict[str, Near]:
        """The commonest words that begin with one."""
        return self._spelling.longer(word)

    def other_number(self, word: str) -> dict[str, Near]:
        """The plural of a word, or its singular."""
        return self._spelling.other_number(word)

    @_sound
    def _held_terms(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Those of some terms that a field has, and how many papers hold each."""
        count = self._searcher.doc_freq
        return {term: papers for term in terms if (papers := count(field, term))}

    @_sound
    def total(self) -> int:
        """How many papers there are, more or less: those removed last may be among them."""
        return self._searcher.num_docs

    def papers_with(self, word: str) -> int:
        """How many papers hold a word, however spelled, in title, author list or abstract; of many, more or less."""
        # Each is a query of its own, and each key types the words before again.
        return self.kept(f"with {word}", lambda: self._papers_with(word))

    @_sound
    def _papers_with(self, word: str) -> int:
        spellings = (word, *other_spellings(word))
        held = max(self._searcher.doc_freq(name, each) for name in SPELLED for each in spellings)
        if held > _LOOKED_UP:
            return held
        # Papers that were replaced are counted as well, as long as their segments stand. So few can be looked up.
        return self.count(self.wording.spelled(word, SPELLED))

    @_sound
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
        query = any_of(tantivy.Query.term_query(self._schema, "abstract", word) for word in telling)
        searcher = self._searcher
        addresses = [address for _, address in searcher.search(query, limit=limit, count=False).hits]
        return _numbers(searcher, addresses)


def _numbers(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[int]:
    """The numbers of papers by their addresses, which mean something to the searcher that found them alone."""
    values = searcher.fast_field_values("paper", addresses) if addresses else []
    return [value for value in values if isinstance(value, int)]
