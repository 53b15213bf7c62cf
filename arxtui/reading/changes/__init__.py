"""What each kind of change says: the writes that follow from it, and the words for it.

A change writes values into cells: that a paper is on a list, what a list is called. All functions here are pure, so that every
device makes the same of an event. A kind is a module's function for the writes and one for the words, in one table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.reading.changes import imports, lists, papers, searches
from arxtui.reading.changes.values import RECORDED, Cell, Kind, Malformed, Write, text_of
from arxtui.reading.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection

    from arxtui.reading.changes.values import Words
    from arxtui.reading.events import Event

__all__ = ["KINDS", "RECORDED", "Cell", "Malformed", "Write", "describe", "words_of", "writes_of"]

KINDS: dict[str, Kind] = {**lists.KINDS, **papers.KINDS, **searches.KINDS, **imports.KINDS}
"""All kinds of change by name."""

OF_THIS_MACHINE = frozenset(["mark"])
"""Kinds of changes that are sent to no other device."""


def writes_of(event: Event) -> list[Write]:
    """Return what a change writes; nothing for an undo, and for kinds that only a newer arxtui knows.

    Args:
        event: the event.

    Raises:
        Malformed: its payload is not as its kind wants it.
    """
    kind = KINDS.get(event.kind)
    if kind is None:
        return []
    try:
        return list(kind.writes(event.id, event.payload))
    except (KeyError, TypeError, ValueError, StoreError) as error:
        raise Malformed(f"event {event.id} ({event.kind}) cannot be read: {error}") from error


def describe(event: Event, keys: Collection[str] | None = None) -> str:
    """Say what a change did: `added 2507.19427 to bookmarks`.

    Args:
        event: the event.
        keys: the papers that count, where not all do that it names.
    """
    return text_of(words_of(event, keys))


def words_of(event: Event, keys: Collection[str] | None = None) -> Words:
    """Say what a change did, in pieces.

    Args:
        event: the event.
        keys: the papers that count, where not all do that it names.
    """
    kind = KINDS.get(event.kind)
    words = f"{event.kind}, a change by a newer arxtui" if kind is None else kind.words(event.payload, keys)
    return (words,) if isinstance(words, str) else words
