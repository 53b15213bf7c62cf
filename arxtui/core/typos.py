"""How many typos are forgiven, and how far two words are apart."""

from __future__ import annotations

SHORTEST = 4
"""Letters. A shorter word is one edit away from most other short ones."""

LONG = 7
"""Letters of a word in which two edits are forgiven."""


def edits_for(word: str) -> int:
    """How many edits are forgiven in a word: letters left out, put in, changed, or swapped with the next one."""
    if len(word) < SHORTEST or word.isdigit():
        return 0
    return 2 if len(word) >= LONG else 1


def edits_between(one: str, other: str, most: int) -> int | None:
    """How many edits make one word the other, or None where it takes more than `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    from rapidfuzz.distance import (
        OSA,
    )  # not before it is needed: importing it takes longer than most commands

    edits = OSA.distance(one, other, score_cutoff=most)
    return edits if edits <= most else None
