"""Changes to reading lists as values, and the events that record them.

A change puts entries into one list or takes them out. It carries all that is needed to turn it round, so undoing
needs no look at the past: the inverse of a change is a change. An event is a change that was made, with its time,
its device and, where it undoes or redoes another one, the id of that.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from arxtui.reading.errors import StoreError

DEFAULT_LIST = "bookmarks"
"""The list that exists from the start and cannot go."""


class Kept(NamedTuple):
    """An entry of a reading list.

    Attributes:
        key: key of the paper.
        position: its place; a higher one stands before a lower. The store gives none out twice, so it tells an entry
            from one of the same paper that was removed and added anew.
        added: when it was added, as ISO date and time in UTC.
        digest: digest of the record that is kept with it.
    """

    key: str
    position: int
    added: str
    digest: str


@dataclass(frozen=True)
class Change:
    """Entries put into a list or taken out of it.

    Attributes:
        adds: they are put in, else taken out.
        list_name: the list.
        entries: the entries.
        whole_list: the list itself comes into being with them, or goes.
    """

    adds: bool
    list_name: str
    entries: tuple[Kept, ...] = ()
    whole_list: bool = False

    def __bool__(self) -> bool:
        """Tell whether it changes anything."""
        return self.whole_list or bool(self.entries)

    @property
    def kind(self) -> str:
        """What the event is called: `add` or `remove`; `create` or `delete` for an empty list."""
        if self.whole_list and not self.entries:
            return "create" if self.adds else "delete"
        return "add" if self.adds else "remove"

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return replace(self, adds=not self.adds)

    def __str__(self) -> str:
        """Say what it did: `added 2507.19427 to bookmarks`."""
        if not self.entries:
            return f"{'created' if self.adds else 'deleted'} list {self.list_name}"
        what = self.entries[0].key if len(self.entries) == 1 else f"{len(self.entries):,} papers"
        return (
            f"{'added' if self.adds else 'removed'} {what} {'to' if self.adds else 'from'} {self.list_name}"
        )

    def to_json(self) -> str:
        """Return the payload of its event."""
        payload = {
            "list": self.list_name,
            "whole_list": self.whole_list,
            "entries": [list(e) for e in self.entries],
        }
        return json.dumps(payload, separators=(",", ":"))

    @classmethod
    def from_json(cls, kind: str, payload: str) -> Change:
        """Read the payload of an event.

        Args:
            kind: the kind of the event.
            payload: what `to_json` gave.
        """
        found = json.loads(payload)
        entries = tuple(Kept(*entry) for entry in found["entries"])
        return cls(kind in ("add", "create"), found["list"], entries, found["whole_list"])


def list_name(text: str) -> str:
    """Bring the name of a reading list to the one form it is kept in.

    Args:
        text: the name as somebody typed it.

    Returns:
        The name without blanks around it, in Unicode's composed form: an e with an accent is one, however typed.

    Raises:
        StoreError: it is empty or holds what cannot be printed.
    """
    name = unicodedata.normalize("NFC", text.strip())
    if not name:
        raise StoreError("a reading list needs a name")
    if not name.isprintable():
        raise StoreError(
            f"the name of a reading list cannot hold control characters or line breaks: {name!r}"
        )
    return name


def timestamp(now: datetime | None = None) -> str:
    """Write a time as events carry it.

    Args:
        now: any time with a zone; None is the present.

    Returns:
        ISO date and time in UTC to the millisecond, ending in `Z`.
    """
    now = now or datetime.now(UTC)
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def event_id(milliseconds: int, latest: str | None) -> str:
    """Make an id for an event: unique, and sorting behind the latest one even where the clock was set back.

    Args:
        milliseconds: the time since 1970.
        latest: id of the latest event so far, or None.

    Returns:
        32 hexadecimal digits laid out as a UUID of version 7 (RFC 9562): 12 of time, the rest chance.
    """
    if latest is not None:
        milliseconds = max(milliseconds, int(latest[:12], 16) + 1)
    chance = secrets.randbits(74)
    number = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1)
    return f"{number:032x}"
