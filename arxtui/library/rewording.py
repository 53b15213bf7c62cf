"""Words that papers write in another way: two in one, `data base` for `database`, or one in two, `montecarlo`."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from arxtui.library.textindex import TextIndex
from arxtui.library.wording import FIELDS

_SHORTEST_PART = 3
"""Letters of a part of a word: any two stand side by side somewhere. Digits may be fewer, `deepseekv3`, and one may be first, `xray`."""
_WORDS_OR_ENDINGS = (
    "ais"  # letters that stand before others because they are words, or end one before an apostrophe
)
_SPLITS = 3  # of a word, those whose parts are the commonest, of which it is looked up how often they follow each other
_RATHER = 10  # times as many papers as a word must hold its two parts, for it to be taken as them


class Reworded(NamedTuple):
    """Words put in another way.

    Attributes:
        words: all of them.
        parts: the neighbours that must follow each other.
        note: what was done.
    """

    words: tuple[str, ...]
    parts: list[tuple[str, str]]
    note: str


def in_one(words: Sequence[str], index: TextIndex) -> Reworded | None:
    """Neighbours that some paper holds as one word, put together; None where there are none."""
    left, ones = list(words), list[str]()
    for at in range(len(left) - 2, -1, -1):
        one = left[at] + left[at + 1]
        if index.papers_with(one):
            left[at : at + 2] = [one]
            ones.append(one)
    return Reworded(tuple(left), [], f"as one word: {', '.join(reversed(ones))}") if ones else None


def in_two(words: Sequence[str], index: TextIndex, rare: int) -> Reworded | None:
    """Words that no paper holds, or few, each put as two that follow each other in some; None where there are none.

    Args:
        words: folded.
        index: where.
        rare: how many papers may hold a word.
    """
    left, parts = list[str](), list[tuple[str, str]]()
    for word in words:
        held = index.papers_with(word)
        two = _parts(word, index, held * _RATHER) if held <= rare else None
        parts += [two] if two else []
        left += two or (word,)
    told = ", ".join(map(" ".join, parts))
    return Reworded(tuple(dict.fromkeys(left)), parts, f"as two words: {told}") if parts else None


def _parts(word: str, index: TextIndex, least: int) -> tuple[str, str] | None:
    """The two parts of a word that follow each other in the most papers, and in more than so many."""
    splits = [(word[:at], word[at:]) for at in range(1, len(word))]
    held = {
        two: min(map(index.papers_with, two)) for two in splits if _may_be_first(two[0]) and _is_part(two[1])
    }
    likely = heapq.nlargest(_SPLITS, filter(held.get, held), key=held.__getitem__)
    papers = {two: index.count(index.wording.phrase(two, FIELDS.values())) for two in likely}
    best = max(papers, key=papers.__getitem__, default=None)
    return best if best and papers[best] > least else None


def _may_be_first(part: str) -> bool:
    return _is_part(part) or (len(part) == 1 and part not in _WORDS_OR_ENDINGS)


def _is_part(part: str) -> bool:
    return len(part) >= _SHORTEST_PART or any(map(str.isdigit, part))
