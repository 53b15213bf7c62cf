"""Events read from a damaged file, as far as they can be."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading import projection
from arxtui.reading.changes import Malformed, writes_of
from arxtui.reading.events import is_device, is_id, is_time
from arxtui.reading.log import with_log
from arxtui.reading.pages import rows_in

if TYPE_CHECKING:
    from pathlib import Path

    from arxtui.reading.events import Event
    from arxtui.reading.pages import Value


class Salvaged(NamedTuple):
    """What could be read of a damaged store.

    Attributes:
        events: those that are whole, the oldest first.
        records: by their digests.
        made: how many events the store held at least, read or not.
    """

    events: list[Event]
    records: dict[str, str]
    made: int


def read_what_can_be(damaged: Path) -> Salvaged:
    """Read the events and records of a damaged store, wherever in the file they stand.

    Args:
        damaged: the file, which is not changed; its log may lie beside it.
    """
    events: dict[str, Event] = {}
    records: dict[str, str] = {}
    made = 0
    data = with_log(damaged)
    most = len(data) // 100  # an event takes a hundred bytes at least: a higher number is none of a row
    for number, values in rows_in(data):
        match values:
            case [str(digest), str(record)] if _digest(record) == digest:
                records[digest] = record
            case [str(named), int(seq)] if number is None and is_id(named) and seq <= most:
                # An index of the events, which may name some whose rows are lost.
                made = max(made, seq)
            case _:
                event = _event(values)
                if event is not None:
                    events[event.id] = event
                    made = max(made, number or 0)
    return Salvaged(sorted(events.values(), key=lambda event: event.id), records, made)


def _digest(record: str) -> str:
    return hashlib.sha256(record.encode()).hexdigest()


def _event(values: list[Value]) -> Event | None:
    """Make an event of a row of `events`; None where it is a row of something else, or not whole."""
    match values:
        case [
            None,
            str(made),
            str(at),
            str(device),
            str(session),
            str(kind),
            str(payload),
            None | str() as target,
        ]:
            if not (is_id(made) and is_time(at) and is_device(device) and (target is None or is_id(target))):
                return None
            try:
                event = projection.event_from((made, at, device, kind, payload, target, session))
                if isinstance(event.payload, dict):
                    writes_of(event)
                    return event
            except (Malformed, ValueError):
                pass
    return None
