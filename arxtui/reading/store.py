"""The reading store: all its parts together."""

from __future__ import annotations

from arxtui.reading.citing import Citing
from arxtui.reading.history import History
from arxtui.reading.importing import Importing
from arxtui.reading.known import Known
from arxtui.reading.lists import Lists
from arxtui.reading.lookup import Lookup
from arxtui.reading.moving import Moving
from arxtui.reading.papers import Papers
from arxtui.reading.safety import Safety
from arxtui.reading.searches import Searches


class ReadingStore(Lists, Known, Papers, Searches, Importing, Citing, Lookup, History, Moving, Safety):
    """What the user made, in one file.

    Usable from several threads and several processes at once. Every change is an event, which is on the disk before its method
    returns. Where the file or its folder may only be read, all can be read and each change raises a `StoreError`.
    All methods raise `StoreError` with a message for the user where the file cannot be used.
    """
