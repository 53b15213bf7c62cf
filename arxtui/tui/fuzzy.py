"""Which of a few names are meant by what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from arxtui.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH = 75
"""Likeness, of 100, from which a mistyped name is offered."""


def best(typed: str, names: Sequence[str]) -> list[int]:
    """The names that may be meant, the likeliest first.

    First those that begin with what is typed, then those that hold it, then those that hold its letters in their order
    (`flm` for flow matching), then those that are much like it.

    Args:
        typed: folded here, as the names are; empty for all.
        names: a few thousand at the most.

    Returns:
        Their places in `names`; among equals the order of `names`.
    """
    wanted = fold(typed).strip()
    if not wanted:
        return list(range(len(names)))
    ranked = []
    for place, name in enumerate(names):
        folded = fold(name)
        if folded.startswith(wanted):
            rank = 0.0
        elif wanted in folded:
            rank = 1.0
        elif _in_order(wanted, folded):
            rank = 2.0
        else:
            alike = fuzz.partial_ratio(wanted, folded, score_cutoff=_ENOUGH)
            if len(wanted) < 3 or not alike:
                continue
            rank = 3.0 + (100 - alike)
        ranked.append((rank, place))
    return [place for _, place in sorted(ranked)]


def holds(typed: str, name: str) -> bool:
    """Whether a name holds the letters that were typed, in their order."""
    return _in_order(fold(typed), fold(name))


def _in_order(wanted: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in wanted if not letter.isspace())
