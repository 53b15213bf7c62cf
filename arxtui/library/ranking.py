"""The best few hundred matches put in the order a reader expects, by what their rows say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import mul
from types import MappingProxyType
from typing import NamedTuple

from arxtui.core.folding import words_of
from arxtui.core.queries.plain import MANY_IN_A_ROW
from arxtui.core.spellings import canonical, other_beginnings
from arxtui.core.typos import edits_between, edits_for
from arxtui.library.spelling import BEGINNING, TYPO, Near
from arxtui.library.values import Row

_TITLE, _SURNAME, _FIRST_AUTHOR, _AUTHOR, _TEXT = 1.0, 1.0, 0.9, 0.8, 0.25
"""What a word counts in a title, as the last name of the first author, another name of that author, of another one, and
elsewhere."""
_SPELLED_OTHERWISE = 0.9
"""What remains for `Gödel` where `goedel` was typed, for `color` where `colour` was, and the other way round."""
_NEIGHBOURS = 0.25  # for each two words that follow each other in the title as in the query
_IN_A_ROW = 1.0  # for many words that stand in the title as they were typed
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
        near: for some of the words what they may stand for, besides.
        typed: all that was typed, word by word, also words that stand twice and operators.
    """

    words: tuple[str, ...]
    rarities: tuple[float, ...]
    unfinished: bool
    years: tuple[str, ...]
    forgiving: bool = True
    near: Mapping[str, Mapping[str, Near]] = MappingProxyType({})
    typed: tuple[str, ...] = ()


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


class _Words(dict[str, tuple[tuple[int, float], ...]]):
    """For a word of a text the places of those asked for that it stands for, and how well, above 0 and up to 1.

    Most words of a text stand for none, and there are ten times as many of them as there are candidates: so what it
    takes to see that is made ready once.
    """

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._whole: dict[str, dict[int, float]] = {}
        self._spelled: dict[str, dict[int, float]] = {}
        self._begun: list[tuple[str, int, float]] = []
        self._mistyped: list[tuple[str, int, int]] = []
        last = len(asked.words) - 1 if asked.unfinished else -1
        for number, word in enumerate(asked.words):
            self._whole.setdefault(word, {})[number] = 1.0
            self._spelled.setdefault(canonical(word), {})[number] = _SPELLED_OTHERWISE
            if len(word) > 1 and number == last:
                self._begun.append((word, number, BEGINNING))
                like = BEGINNING * _SPELLED_OTHERWISE
                self._begun += [(other, number, like) for other in other_beginnings(word)]
            elif len(word) > 2 and asked.forgiving:
                self._begun.append((word, number, TYPO))
            if asked.forgiving and edits_for(word):
                self._mistyped.append((word, number, edits_for(word)))
            for other, near in asked.near.get(word, {}).items():
                self._whole.setdefault(other, {}).setdefault(number, near.likeness)
        self._beginnings = tuple(word for word, *_ in self._begun)

    def __missing__(self, found: str) -> tuple[tuple[int, float], ...]:
        answer = {**self._spelled.get(canonical(found), {}), **self._whole.get(found, {})}
        if found.startswith(self._beginnings):
            for word, number, like in self._begun:
                if found.startswith(word):
                    answer.setdefault(number, like)
        for word, number, edits in self._mistyped:
            if number not in answer and (distance := edits_between(word, found, edits)) is not None:
                answer[number] = TYPO if distance == 1 else TYPO * 0.6
        self[found] = told = tuple(answer.items())
        return told


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
    values = [_TEXT if held else 0.0 for held in known]
    places = [-1] * len(values)
    for weight, group in groups:
        for at, word in enumerate(group):
            for number, like in words[word]:
                if like * weight > values[number]:
                    values[number] = like * weight
                    places[number] = at if group is title else -1
    covered = sum(map(mul, values, asked.rarities))
    merit = covered
    merit += _NEIGHBOURS * sum(a >= 0 and 0 < b - a <= 2 for a, b in pairwise(places))
    if title and row.title:
        merit += _WHOLE_TITLE * len({place for place in places if place >= 0}) / len(title)
        if len(asked.typed) >= MANY_IN_A_ROW and f" {' '.join(asked.typed)}" in f" {' '.join(title)}":
            merit += _IN_A_ROW
    for year in asked.years:
        apart = abs(int(row.date[:4] or 0) - int(year))
        merit += _SAME_YEAR if apart == 0 else _NEXT_YEAR if apart == 1 else 0.0
    return merit, covered / (sum(asked.rarities) or 1.0)
