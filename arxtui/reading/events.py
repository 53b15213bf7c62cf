"""Events: the changes that were made, as they are kept, sent to other devices and written out.

An event never changes and never goes. Its id sorts by time, and all that is shown follows from the set of events, whatever
the order in which they came. `changes` knows what each kind of event says.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import Any, NamedTuple

UNDO, REDO = "undo", "redo"
"""Kinds of events that name another one in `target`: it counts no more, or again."""

_ID = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
_TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}Z")
_LAST_MOMENT = 1 << 47
"""Milliseconds since 1970 that no id may reach: half of what it has room for, so that there is always a later one."""


class Event(NamedTuple):
    """A change, or that one was undone or made again.

    Attributes:
        id: 32 hexadecimal digits; sorts behind the ids of all events that its device knew.
        time: when it was made by that device's clock, as ISO date and time in UTC.
        device: 16 hexadecimal digits that tell devices apart.
        kind: what was done; `changes.KINDS` has them all.
        payload: what it was done with, by kind.
        target: id of the event that is undone or made again, else None.
        session: the open store that made it. It travels in no line, so that it tells what this copy of the store, or the one it was
            copied from until then, made itself: empty where the event came from elsewhere.
    """

    id: str
    time: str
    device: str
    kind: str
    payload: dict[str, Any]
    target: str | None = None
    session: str = ""


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
        latest: the highest id so far, or None.

    Returns:
        32 hexadecimal digits laid out as a UUID of version 7 (RFC 9562): 12 of time, the rest chance.
    """
    # A clock may say anything. What it says decides nothing but the order among changes that do not know each other.
    milliseconds = min(max(milliseconds, 0), _LAST_MOMENT // 2)
    if latest is not None:
        milliseconds = max(milliseconds, int(latest[:12], 16) + 1)
    chance = secrets.randbits(74)
    number = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1)
    return f"{number:032x}"


def is_id(text: object) -> bool:
    """Tell whether something is the id of an event, and none from so far ahead that no later one could be made."""
    return isinstance(text, str) and bool(_ID.fullmatch(text)) and int(text[:12], 16) < _LAST_MOMENT


def is_time(text: object) -> bool:
    """Tell whether something is a time as `timestamp` writes it."""
    return isinstance(text, str) and bool(_TIME.fullmatch(text))


def is_device(text: object) -> bool:
    """Tell whether something is the id of a device."""
    return isinstance(text, str) and bool(re.fullmatch(r"[0-9a-f]{16}", text))
