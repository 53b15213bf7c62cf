"""What the user made: reading lists, kept as events in one SQLite file, with undo.

Nothing here belongs in a cache: it cannot be built again.
"""

from __future__ import annotations

from arxtui.reading.errors import StoreError, UnknownList
from arxtui.reading.events import DEFAULT_LIST
from arxtui.reading.store import ListEntry, ListInfo, ReadingStore

__all__ = ["DEFAULT_LIST", "ListEntry", "ListInfo", "ReadingStore", "StoreError", "UnknownList"]
