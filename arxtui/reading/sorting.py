"""The orders that a list can be shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.reading.changes.lists import ALL_SORTS, SORTS
from arxtui.reading.errors import StoreError

if TYPE_CHECKING:
    from arxtui.reading.values import ListEntry


def known_sort(sort: str) -> str:
    """Return a sort that there is.

    Raises:
        StoreError: there is no such one.
    """
    if sort not in ALL_SORTS:
        raise StoreError(f"a reading list cannot be sorted by {sort!r}; it can be by {', '.join(SORTS)}")
    return sort


def in_order(entries: list[ListEntry], sort: str) -> list[ListEntry]:
    """Sort entries that are in the order made by hand, which decides between equal ones.

    Args:
        entries: the entries.
        sort: one of `SORTS`, with `-` in front the other way round.
    """
    name = sort.removeprefix("-")
    # As in the library: dates begin with the newest, names with A.
    if name == "added":
        entries.sort(key=lambda entry: entry.added, reverse=True)
    elif name == "date":
        entries.sort(key=lambda entry: entry.paper.date, reverse=True)
    elif name == "updated":
        entries.sort(key=lambda entry: entry.paper.updated or entry.paper.date, reverse=True)
    elif name == "title":
        entries.sort(key=lambda entry: ((entry.paper.title or "").casefold() or "\U0010ffff", entry.key))
    elif name == "identifier":
        entries.sort(key=lambda entry: entry.key)
    return entries[::-1] if sort.startswith("-") else entries
