"""Events read from a damaged file, as far as they can be."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading import projection
from arxtui.reading.changes import Malformed, writes_of
from arxtui.reading.events import is_device, is_id, is_time
from arxtui.reading.pages import PAGE, rows_in
from arxtui.reading.schema import connect

if TYPE_CHECKING:
    from arxtui.reading.events import Event
    from arxtui.reading.pages import Value


class Salvaged(NamedTuple):
    """What could be read of a damaged store.

    Attributes:
        events: those that are whole, the oldest first.
        records: by their digests.
        devices: the ids that this copy of the store has had.
        made: how many events the store held at least, read or not.
    """

    events: list[Event]
    records: dict[str, str]
    devices: set[str]
    made: int


def read_what_can_be(damaged: Path) -> Salvaged:
    """Read the events and records of a damaged store, wherever in the file they stand.

    Args:
        damaged: the file, which is not changed; its log may lie beside it.
    """
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy.sqlite3"
        for suffix in ("", "-wal"):
            source = damaged.with_name(damaged.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        _take_in_log(copy)
        return _read(copy)


def _take_in_log(copy: Path) -> None:
    """Have SQLite put into the file what its log holds, which needs a sound first page and no tables."""
    sound = copy.with_name("new.sqlite3")
    connect(sound, 0).connection.close()
    with open(copy, "r+b") as file:
        pages = -(-file.seek(0, 2) // PAGE)
        file.truncate(pages * PAGE)
        head = bytearray(sound.read_bytes()[:PAGE])
        # The number of pages stands at offset 28 (https://sqlite.org/fileformat2.html).
        head[28:32] = pages.to_bytes(4, "big")
        file.seek(0)
        file.write(head)
    with (
        contextlib.suppress(sqlite3.Error),
        closing(sqlite3.connect(copy, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _read(copy: Path) -> Salvaged:
    events: dict[str, Event] = {}
    records: dict[str, str] = {}
    devices: set[str] = set()
    made = 0
    with copy.open("rb") as file:
        most = (
            file.seek(0, 2) // 100
        )  # an event takes a hundred bytes at least: a higher number is none of a row
        for number, values in rows_in(file):
            match values:
                case [str(digest), str(record)] if _digest(record) == digest:
                    records[digest] = record
                case [str(named), int(seq)] if number is None and is_id(named) and seq <= most:
                    # An index of the events, which may name some whose rows are lost.
                    made = max(made, seq)
                case [str(device)] if number is None and is_device(device):
                    devices.add(device)
                case _:
                    event = _event(values)
                    if event is not None:
                        events[event.id] = event
                        made = max(made, number or 0)
    return Salvaged(sorted(events.values(), key=lambda event: event.id), records, devices, made)


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
