"""What stands in front of the papers in the list. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

SELECTED, BOOKMARKED, UNREAD, NOTED = "✓", "★", "●", "¶"


class Marks(NamedTuple):
    """Keys of the papers that carry a mark.

    Attributes:
        bookmarked: they are on the list that `b` fills.
        unread: they are unread or to be read.
        noted: there is a note on them.
    """

    bookmarked: AbstractSet[str] = frozenset()
    unread: AbstractSet[str] = frozenset()
    noted: AbstractSet[str] = frozenset()

    def of(self, key: str) -> str:
        """The marks of a paper, each in its own cell, which is blank where it has none."""
        ways = ((self.bookmarked, BOOKMARKED), (self.unread, UNREAD), (self.noted, NOTED))
        return "".join(mark if key in keys else " " for keys, mark in ways)


class Selected(NamedTuple):
    """What is selected.

    Attributes:
        keys: papers, wherever they stand.
        span: first and last position of a range that is being chosen, or None.
    """

    keys: AbstractSet[str] = frozenset()
    span: tuple[int, int] | None = None

    def holds(self, key: str, position: int) -> bool:
        """Whether a paper of the list is selected."""
        return key in self.keys or (self.span is not None and self.span[0] <= position <= self.span[1])
