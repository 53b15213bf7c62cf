"""What is listed, in words: which words are looked for, and in what. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from arxtui.tui.views import View


class Scope(NamedTuple):
    """What a view lists.

    Attributes:
        words: what is looked for; empty where all are wanted.
        conditions: where, and which: `in 2020/`, `bookmarked`.
    """

    words: str
    conditions: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(filter(None, (f"“{self.words}”" if self.words else "", ", ".join(self.conditions))))


def scope_of(view: View) -> Scope:
    """Divide what is listed into words and conditions. A query that has no condition stands as it was typed."""
    found: list[str] = []
    query = ""
    if view.searching:
        from arxtui.tui.conditions import divided  # each import delays the first list

        query, found = divided(view.query.strip(), view.understood.tree)
    elif view.query.strip() and view.understood.errors:
        query, found = view.query.strip(), ["not understood"]
    return Scope(query, tuple(filter(None, (view.scope_words, *found))))
