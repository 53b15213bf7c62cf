"""Words that papers write in another way: two in one, `data base` for `database`, or one in two, `montecarlo`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arxtui.library.textindex import TextIndex
from arxtui.library.wording import FIELDS

_SHORTEST_PART = 3
"""Letters of a part of a word: any two stand side by side somewhere. Digits may be fewer, `deepseekv3`."""


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
    return Reworded(tuple(left), [], f"taken as one word: {', '.join(reversed(ones))}") if ones else None


def in_two(words: Sequence[str], index: TextIndex) -> Reworded | None:
    """Words that no paper holds, each put as two that follow each other in one; None where there are none."""
    left, parts = list[str](), list[tuple[str, str]]()
    for word in words:
        two = None if index.papers_with(word) else _parts(word, index)
        parts += [two] if two else []
        left += two or (word,)
    told = ", ".join(map(" ".join, parts))
    return Reworded(tuple(dict.fromkeys(left)), parts, f"taken as two words: {told}") if parts else None


def _parts(word: str, index: TextIndex) -> tuple[str, str] | None:
    """The two parts of a word that follow each other in the most papers."""
    splits = ((word[:at], word[at:]) for at in range(1, len(word)))
    papers = {
        two: index.count(index.wording.phrase(two, FIELDS.values()))
        for two in splits
        if all(len(part) >= _SHORTEST_PART or any(map(str.isdigit, part)) for part in two)
    }
    best = max(papers, key=papers.__getitem__, default=None)
    return best if best and papers[best] else None
