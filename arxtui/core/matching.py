"""Which paper an entry without an identifier repeats."""

from __future__ import annotations

from collections.abc import Iterable

from arxtui.core.exporting import fold_space

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
