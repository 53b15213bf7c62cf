"""What the user made: reading lists, tags, notes and the rest, kept as events in one SQLite file, with undo.

Nothing here belongs in a cache: it cannot be built again.
"""

from __future__ import annotations

from arxtui.reading.changes.lists import SORTS
from arxtui.reading.changes.papers import STATUSES
from arxtui.reading.errors import StoreError, UnknownList
from arxtui.reading.grouping import DEFAULT_LIST
from arxtui.reading.lookup import LOOKUP_IS
from arxtui.reading.naming import Line, in_words, with_titles
from arxtui.reading.store import ReadingStore
from arxtui.reading.values import (
    Filled,
    ListEntry,
    ListInfo,
    Loaded,
    Note,
    Past,
    Restored,
    SavedSearch,
    State,
    Synced,
    TagInfo,
    TakenIn,
)

__all__ = [
    "DEFAULT_LIST",
    "LOOKUP_IS",
    "SORTS",
    "STATUSES",
    "Filled",
    "Line",
    "ListEntry",
    "ListInfo",
    "Loaded",
    "Note",
    "Past",
    "ReadingStore",
    "Restored",
    "SavedSearch",
    "State",
    "StoreError",
    "Synced",
    "TagInfo",
    "TakenIn",
    "UnknownList",
    "in_words",
    "with_titles",
]
