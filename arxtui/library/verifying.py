"""What the text index cannot answer, for it keeps folded words: capital letters in phrases, and regular expressions.

The index names candidates; their texts are read and looked through. For somebody who types, the newest first, which is soon
done; then all, step by step, each of which goes on where the one before ended. A script is given all at once.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import tantivy

from arxtui.core.marking import leaf_spans
from arxtui.core.merging import Witness, merge
from arxtui.core.papers import Entry, Occurrence, Paper
from arxtui.core.patterns import TooLongError
from arxtui.core.queries import Pattern, Phrase
from arxtui.core.queries.letters import sure_letters
from arxtui.library.catalogue import Catalogue, PlaceRow
from arxtui.library.errors import LibraryError
from arxtui.library.rereading import Files
from arxtui.library.textindex import TextIndex
from arxtui.library.values import Row
from arxtui.library.wording import FIELDS, Wording, all_of, any_of

_ROWS = 20_000
"""The newest papers, whose titles are looked through first; about a tenth of a second."""

_TEXTS = 1_000
"""The newest papers, whose files are read first; about a tenth of a second."""

_WINDOW = 200_000
"""Candidates that are asked for at a time, more or less: 30 MB."""

_LEFT_OUT = 50
"""Texts for which a regular expression takes too long; with more, it does for most."""

_CUT = 200  # characters of an author list from which on its row may hold but the beginning
_AT_ONCE = 500  # papers whose texts are held, and until the next look whether somebody still waits


class _Part:
    """What is known of one phrase or regular expression.

    Attributes:
        total: how many papers may hold it.
        looked: how many of them have been looked through, from the lowest number on.
        at: the number of the paper to go on with.
        newest: the numbers of the newest of them, which were looked through first.
        found: of which papers it is sure, twice where they are among the newest.
        done: all have been looked through.
    """

    def __init__(self) -> None:
        self.total = self.looked = self.at = 0
        self.newest: array[int] = array("q")
        self.found: array[int] = array("q")
        self.begun = self.done = False


class Looking:
    """How far texts have been looked through for one search. Whoever searches again with it goes on from there.

    The first search looks at the newest papers only, each other one for `seconds` more.

    Args:
        seconds: for a search that is the only one: None looks through all, however long that takes.

    Attributes:
        seconds: that the next search may take for it, once the newest papers are done; None for no end.
        left_out: for how many papers a regular expression took too long.
    """

    def __init__(self, seconds: float | None = 0.0) -> None:
        self.seconds = seconds
        self.left_out = 0
        self._parts: list[_Part] = []
        self._next = 0
        self._end = 0.0

    @property
    def used(self) -> bool:
        """Whether there were any texts to look through."""
        return bool(self._parts)

    @property
    def done(self) -> bool:
        """Whether nothing is left to look through."""
        return all(part.done for part in self._parts)

    @property
    def done_so_far(self) -> bool:
        """The same for those phrases and regular expressions that have had their turn in this search."""
        return all(part.done for part in self._parts[: self._next])

    @property
    def looked(self) -> int:
        """How many texts have been looked through; may be asked from another thread."""
        return sum(max(part.looked, len(part.newest)) for part in list(self._parts))

    @property
    def total(self) -> int:
        """Of how many."""
        return sum(part.total for part in list(self._parts))

    def again(self) -> Looking:
        """What is known so far, for another search, which may come at the same time and looks through no more."""
        other = Looking()
        other._parts = self._parts
        return other

    def begin(self) -> None:
        """A search with it begins: its phrases and regular expressions come in the same order each time."""
        self._next = 0
        self._end = monotonic() + (self.seconds or 0.0)

    def part(self) -> _Part:
        """What is known of the next phrase or regular expression."""
        if self._next == len(self._parts):
            self._parts.append(_Part())
        self._next += 1
        return self._parts[self._next - 1]

    def is_over(self) -> bool:
        """Whether the search has had its time."""
        return self.seconds is not None and monotonic() >= self._end

    @property
    def note(self) -> str | None:
        """What to say where not all has been looked through."""
        if not self.done:
            return f"{self.looked:,} of {self.total:,} texts were read"
        return f"left out, for they take too long to match: {self.left_out}" if self.left_out else None


class Verified(NamedTuple):
    """The papers that hold a phrase or match a regular expression.

    Attributes:
        sure: those that do.
        possible: those that do, and those of which it is not known yet.
    """

    sure: tantivy.Query
    possible: tantivy.Query


class Verifier:
    """Looks through the texts of papers.

    Args:
        index: names the candidates.
        catalogue: has their titles.
        roots: where the files with their abstracts are.
        looking: how far that has come, and how long it may take.
    """

    def __init__(
        self, index: TextIndex, catalogue: Catalogue, roots: Sequence[Path], looking: Looking
    ) -> None:
        self._index, self._catalogue, self._roots = index, catalogue, roots
        self._looking = looking
        self._given_up = catalogue.orders.given_up
        looking.begin()

    def verified(self, leaf: Phrase | Pattern, context: Sequence[tantivy.Query]) -> Verified:
        """The papers that hold a phrase with its capital letters, or match a regular expression.

        Args:
            leaf: which.
            context: only papers that match all of these are asked about.

        Raises:
            LibraryError: `Library.give_up_ordering` was called meanwhile.
        """
        fields = (leaf.field,) if leaf.field else tuple(FIELDS)
        conditions, part = self._index.conditions, self._looking.part()
        candidates = all_of(
            [
                conditions.everything(),
                *_candidates(leaf, [FIELDS[field] for field in fields], self._index.wording),
                *context,
            ]
        )
        if not part.begun:
            self._begin(part, leaf, fields, candidates)
        elif not part.done:
            self._go_on(part, leaf, fields, candidates)
        at = part.at  # before what was found: another search may go on with the same part meanwhile
        sure = conditions.of_papers(part.found)
        if part.done:
            return Verified(sure, sure)
        unread = [conditions.between("paper", at, self._catalogue.last_number())]
        if part.newest:
            unread.append(conditions.without(conditions.of_papers(part.newest)))
        return Verified(sure, any_of([sure, all_of([candidates, *unread])]))

    def _begin(
        self, part: _Part, leaf: Phrase | Pattern, fields: Sequence[str], candidates: tantivy.Query
    ) -> None:
        """Look through the newest papers; through all where nobody waits for the first of them."""
        part.total = self._index.count(candidates)
        part.begun = True
        if self._looking.seconds is None:
            self._go_on(part, leaf, fields, candidates)
            return
        numbers = self._index.by_date(candidates, _ROWS if fields == ("title",) else _TEXTS)
        with Files(self._roots, self._catalogue) as files:
            for start in range(0, len(numbers), _AT_ONCE):
                part.found.extend(self._matching(leaf, numbers[start : start + _AT_ONCE], fields, files))
        part.newest, part.done = numbers, len(numbers) >= part.total

    def _go_on(
        self, part: _Part, leaf: Phrase | Pattern, fields: Sequence[str], candidates: tantivy.Query
    ) -> None:
        """Look through more: by numbers, in which the papers of a file come one after the other."""
        if not part.looked and not self._looking.is_over():
            # What comes before may have left less of them since.
            part.total = self._index.count(candidates)
        last = self._catalogue.last_number()
        width = max(_AT_ONCE, last * _WINDOW // max(part.total, 1))
        with Files(self._roots, self._catalogue) as files:
            while part.at <= last and not self._looking.is_over():
                window = self._index.conditions.between("paper", part.at, part.at + width - 1)
                end = part.at + width
                numbers = self._index.numbers(all_of([candidates, window]), min(width, last + 1 - part.at))
                for start in range(0, len(numbers), _AT_ONCE):
                    if self._looking.is_over():
                        return
                    some = numbers[start : start + _AT_ONCE]
                    part.found.extend(self._matching(leaf, some, fields, files))
                    part.looked += len(some)
                    part.at = some[-1] + 1
                part.at = end
        part.done = part.at > last

    def _matching(
        self, leaf: Phrase | Pattern, numbers: Sequence[int], fields: Sequence[str], files: Files
    ) -> list[int]:
        """Those of a few papers that hold it."""
        rows = self._catalogue.rows(numbers)
        found = {number for number, row in rows.items() if self._stands_in(leaf, _texts_of_row(row, fields))}
        unread = [number for number, row in rows.items() if number not in found and _needs_files(row, fields)]
        if unread:
            places = defaultdict(list)
            for place in self._catalogue.occurrences(unread):
                places[place.paper].append((place, files.read(place)))
            for number, entries in places.items():
                paper = _merged(rows[number].key, entries)
                if paper is not None and self._stands_in(leaf, _texts(paper, fields)):
                    found.add(number)
        return sorted(found)

    def _stands_in(self, leaf: Phrase | Pattern, texts: Iterator[str]) -> bool:
        if self._catalogue.orders.given_up != self._given_up:
            raise LibraryError("the texts were not looked through: another search came first")
        try:
            return any(leaf_spans(leaf, text) for text in texts)
        except TooLongError:
            self._looking.left_out += 1
        if self._looking.left_out > _LEFT_OUT:
            raise LibraryError(f"/{leaf.text}/ takes too long: write more plain letters and fewer * and +")
        return False


def _texts_of_row(row: Row, fields: Sequence[str]) -> Iterator[str]:
    """Those texts of some fields that the list shows."""
    if "title" in fields and row.title:
        yield row.title
    if "author" in fields and row.authors and not _is_cut(row):
        yield row.authors


def _needs_files(row: Row, fields: Sequence[str]) -> bool:
    """Whether some fields of a paper stand in its files alone."""
    return "abstract" in fields or "comment" in fields or ("author" in fields and _is_cut(row))


def _is_cut(row: Row) -> bool:
    return row.authors is not None and len(row.authors) >= _CUT


def _texts(paper: Paper | Entry, fields: Sequence[str]) -> Iterator[str]:
    """The texts of some fields that a row may lack."""
    authors = paper.author_text if isinstance(paper, Paper) else paper.authors
    texts = {"author": authors, "abstract": paper.abstract, "comment": paper.comments}
    for field in fields:
        if text := texts.get(field):
            yield " ".join(text.split())


def _merged(key: str, entries: Sequence[tuple[PlaceRow, Entry | None]]) -> Paper | Entry | None:
    """A paper by what stands in its places; None where none of them can be read."""
    found = [(place, entry) for place, entry in entries if entry is not None]
    if len(found) == 1:
        return found[0][1]  # most papers stand in one place, and are what stands there
    return merge(key, [_witness(key, place, entry) for place, entry in found]) if found else None


def _witness(key: str, row: PlaceRow, entry: Entry) -> Witness:
    by_text = row.text_key not in (None, key)
    return Witness(Occurrence("", str(row.file), row.line, row.start, row.end, row.layout, by_text), entry)


def read_paper(number: int, key: str, files: Files, catalogue: Catalogue) -> Paper | None:
    """A paper as its files give it, without the places it stands in; None where none of them can be read."""
    found = [(row, files.read(row)) for row in catalogue.occurrences([number])]
    witnesses = [_witness(key, row, entry) for row, entry in found if entry is not None]
    return merge(key, witnesses) if witnesses else None


def _candidates(leaf: Phrase | Pattern, names: Sequence[str], wording: Wording) -> list[tantivy.Query]:
    if isinstance(leaf, Phrase):
        return [wording.phrase(leaf.words, names)]
    return [wording.part(ways, names) for ways in sure_letters(leaf.text)]
