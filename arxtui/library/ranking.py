"""The best few hundred matches put in the order a reader expects, by what their rows say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from arxtui.core.folding import without_umlauts, words_of
from arxtui.core.typos import edits_between, edits_for
from arxtui.library.values import Row

_TITLE, _SURNAME, _FIRST_AUTHOR, _AUTHOR, _TEXT = 1.0, 1.0, 0.9, 0.8, 0.25
"""What a word counts in a title, as the last name of the first author, another name of that author, of another one, and
elsewhere."""
_BEGINNING, _TYPO = 0.85, 0.75
"""What part of that remains for the beginning of a word, and for a word with a typo (less for a second one)."""
_SPELLED_OTHERWISE = 0.9
"""What remains for `Gödel` where `goedel` was typed."""
_NEIGHBOURS = 0.25  # for each two words that follow each other in the title as in the query
_SAME_YEAR, _NEXT_YEAR = 1.0, 0.4
_WHOLE_TITLE = 0.15  # where nothing else stands in the title
_SCORE = 0.3  # for the best score of the text index


class Asked(NamedTuple):
    """What was asked for.

    Attributes:
        words: folded, in the order they were typed.
        rarities: for each word a number from 0 to 1: how much it tells.
        unfinished: the last word may go on.
        years: years that were named, a hint each.
        forgiving: whether typos count.
    """

    words: tuple[str, ...]
    rarities: tuple[float, ...]
    unfinished: bool
    years: tuple[str, ...]
    forgiving: bool = True


class Match(NamedTuple):
    """A candidate.

    Attributes:
        number: the paper's.
        merit: how well it matches.
        coverage: what part of the words its row accounts for, from 0 to 1, rare words counting more.
    """

    number: int
    merit: float
    coverage: float


def rarity(papers: int, total: int) -> float:
    """How much a word tells that so many of all papers hold, from 0 to 1."""
    papers = min(papers, total)  # papers that were replaced may be counted as well
    return 0.35 + 0.65 * math.log((total + 1) / (papers + 1)) / math.log(total + 2)


class _Words:
    """How well words of a text stand for those asked for. Texts share most of their words, so answers are kept."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._known: dict[tuple[int, str], float] = {}

    def likeness(self, number: int, found: str) -> float:
        """From 0 to 1, how well a word found stands for the one asked for at a place."""
        key = number, found
        if key not in self._known:
            self._known[key] = self._compare(number, found)
        return self._known[key]

    def _compare(self, number: int, found: str) -> float:
        asked = self._asked.words[number]
        if found == asked:
            return 1.0
        if found == without_umlauts(asked) and not self._asked.forgiving:
            return _SPELLED_OTHERWISE  # else a typo, for as little is sure
        if len(asked) > 1 and found.startswith(asked):
            last = self._asked.unfinished and number == len(self._asked.words) - 1
            return _BEGINNING if last else _TYPO if len(asked) > 2 and self._asked.forgiving else 0.0
        edits = edits_for(asked) if self._asked.forgiving else 0
        distance = edits_between(asked, found, edits) if edits else None
        return 0.0 if distance is None else _TYPO if distance == 1 else _TYPO * 0.6


def ranked(
    asked: Asked,
    candidates: Sequence[tuple[int, float]],
    rows: dict[int, Row],
    holders: Sequence[frozenset[int]],
) -> list[Match]:
    """Candidates by how well they match, best first; of equals the newer first.

    Args:
        asked: what was asked for.
        candidates: number and score of each, as the text index gives them.
        rows: their rows by number.
        holders: for every word the candidates that hold it, anywhere.
    """
    words = _Words(asked)
    best = max((score for _, score in candidates), default=1.0) or 1.0
    found = []
    for number, score in candidates:
        row = rows.get(number)
        if row is not None:
            known = [number in holding for holding in holders]
            merit, coverage = _merit(asked, words, row, known)
            merit = round(merit + _SCORE * score / best, 4)
            found.append((merit, row.date, row.key, Match(number, merit, coverage)))
    found.sort(key=lambda item: item[:3], reverse=True)
    return [match for *_, match in found]


def _merit(asked: Asked, words: _Words, row: Row, known: Sequence[bool]) -> tuple[float, float]:
    title = words_of(row.title or row.lead)
    first, _, others = (row.authors or "").partition(",")
    in_title = _TITLE if row.title else _TEXT
    names = words_of(first.partition("(")[0])
    groups = (
        (in_title, title),
        (_SURNAME, names[-1:]),
        (_FIRST_AUTHOR, names[:-1]),
        (_AUTHOR, words_of(others)),
    )
    covered = 0.0
    places: list[int] = []
    for number, telling in enumerate(asked.rarities):
        value, place = _TEXT if known[number] else 0.0, -1
        for weight, group in groups:
            for at, word in enumerate(group):
                like = words.likeness(number, word) * weight
                if like > value:
                    value, place = like, at if group is title else -1
        covered += value * telling
        places.append(place)
    merit = covered
    merit += _NEIGHBOURS * sum(a >= 0 and 0 < b - a <= 2 for a, b in pairwise(places))
    if title and row.title:
        merit += _WHOLE_TITLE * len({place for place in places if place >= 0}) / len(title)
    for year in asked.years:
        apart = abs(int(row.date[:4] or 0) - int(year))
        merit += _SAME_YEAR if apart == 0 else _NEXT_YEAR if apart == 1 else 0.0
    return merit, covered / (sum(asked.rarities) or 1.0)
