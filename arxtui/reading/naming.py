"""Changes told in one line, with the titles of the papers they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arxtui.core.display import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arxtui.core.papers import Paper
    from arxtui.reading.changes.values import Words
    from arxtui.reading.values import Past

_LEAST = 8
"""Cells of a title below which it tells less than the identifier or the number of papers."""
_LEAD = 60
"""Letters of an abstract that stand for a title."""


class Line(NamedTuple):
    """A line that there is only so much room for. How wide letters are is for the screen to know.

    Attributes:
        width: the cells there are.
        measure: how many a text takes.
        cut: a text in as many as it is given, cut where it needs more.
    """

    width: int
    measure: Callable[[str], int]
    cut: Callable[[str, int], str]


def with_titles(past: Past, titles: Mapping[str, str], line: Line | None = None) -> str:
    """Tell a change by the titles of its papers: `added “Walls That Walk” to flow`.

    Where the line is short the titles are cut, not what was done with the papers; where that would leave too little of
    them, or no title is known, it is told as `Past.text` has it.

    Args:
        past: the change.
        titles: titles of papers by their keys, as far as they are known.
        line: what it is to fit into; None for any length.

    Returns:
        The words, cleaned.
    """
    known = {key: title for key in past.papers if (title := clean(titles.get(key, "")))}
    words, plain = past.words, clean(past.text)
    if line is None:
        return _told(words, known) if known else plain
    room = line.width - line.measure(_told(words, dict.fromkeys(known, "")))
    shown: dict[str, str] = {}
    # The shortest first: what they leave is for the others.
    for place, key in enumerate(sorted(known, key=lambda key: line.measure(known[key]))):
        share, needs = room // (len(known) - place), line.measure(known[key])
        if share < min(needs, _LEAST):
            return line.cut(plain, line.width)
        shown[key] = line.cut(known[key], share)
        room -= line.measure(shown[key])
    return line.cut(_told(words, shown) if shown else plain, line.width)


def in_words(paper: Paper) -> str:
    """Return what a paper is called in a sentence: its title, else how its abstract begins; empty where nothing is known."""
    if paper.title or not paper.abstract:
        return paper.title or ""
    lead = paper.abstract[:_LEAD]
    return lead if lead == paper.abstract else f"{lead.rstrip()}…"


def _told(words: Words, titles: Mapping[str, str]) -> str:
    return "".join(
        _listed([f"“{titles[key]}”" if key in titles else clean(key) for key in piece])
        if isinstance(piece, tuple)
        else _cleaned(piece)
        for piece in words
    )


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _cleaned(piece: str) -> str:
    """Clean what stands between titles, with the blanks beside them."""
    return clean(f"|{piece}|")[1:-1]
