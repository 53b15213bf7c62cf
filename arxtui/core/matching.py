"""Which paper an entry without an identifier repeats."""

from __future__ import annotations

from collections.abc import Iterable

from arxtui.core.exporting import fold_space
from arxtui.core.folding import words_of
from arxtui.core.papers import Paper

ALIKE = 95.0
"""Per cent of likeness, as rapidfuzz counts it, from which two abstracts are the same text."""

SHORTEST_PART = 120
"""Characters that a cut-off abstract must have for its likeness to a part of another to mean anything."""


def repeats(text: str, known: Iterable[tuple[str, str]]) -> str | None:
    """The paper whose abstract a text repeats, whole or cut off.

    Args:
        text: the abstract of an entry without an identifier.
        known: keys of papers and their abstracts; a few dozen, found by their words.

    Returns:
        The key of the paper that is most alike, the smallest of equals; None where none is alike enough.
    """
    from rapidfuzz import fuzz

    wanted = fold_space(text) or ""
    best: tuple[float, str] | None = None
    for key, abstract in sorted(known):
        candidate = fold_space(abstract) or ""
        score = fuzz.ratio(wanted, candidate, score_cutoff=ALIKE)
        if not score and SHORTEST_PART <= len(wanted) < len(candidate):
            # What is cut off is cut off at the end.
            score = fuzz.ratio(wanted, candidate[: len(wanted)], score_cutoff=ALIKE)
        if score and (best is None or score > best[0]):
            best = score, key
    return best[1] if best else None


def same_work(one: Paper, other: Paper) -> float:
    """How likely two papers with different identifiers are the same work.

    Returns:
        The likeness of their abstracts in per cent, where it is `ALIKE` at least; 100 where title and first author are
        the same; else 0.
    """
    from rapidfuzz import fuzz

    title, author = words_of(one.title or ""), _first_author(one)
    if title and author and (title, author) == (words_of(other.title or ""), _first_author(other)):
        return 100.0
    first, second = fold_space(one.abstract), fold_space(other.abstract)
    return fuzz.ratio(first, second, score_cutoff=ALIKE) if first and second else 0.0


def _first_author(paper: Paper) -> tuple[str, str] | None:
    """Initial and last name, for forenames are often cut short."""
    names = words_of(paper.authors[0].partition("(")[0]) if paper.authors else []
    return (names[0][:1], names[-1]) if names else None
