"""Events read from a damaged file, as far as they can be."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arxtui.reading import projection
from arxtui.reading.changes import Malformed, writes_of
from arxtui.reading.events import is_device, is_id, is_time
from arxtui.reading.schema import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arxtui.reading.events import Event

_PAGE = 4096
"""Bytes of a page, which is SQLite's own choice since 2016 (3.12)."""

_SPAN = 512
"""Rows asked for at once. Where one of them cannot be read the span is halved, down to the row."""


def read_what_can_be(damaged: Path, backup: Path | None) -> tuple[list[Event], dict[str, str]]:
    """Read the events and records of a damaged store.

    Args:
        damaged: the file, which is not changed; its log may lie beside it.
        backup: a sound copy of the same store, whose first page helps where that of the other is damaged.

    Returns:
        The events that are whole, the oldest first, and the records by their digests.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        connect(folder / "new.sqlite3", 0).connection.close()
        found: list[Event] = []
        records: dict[str, str] = {}
        # Where the tables begin stands on the first page. In a backup they begin at the same pages, and in a new store as a rule.
        for head in (None, backup, folder / "new.sqlite3"):
            copy = folder / "copy.sqlite3"
            for suffix in ("", "-wal"):
                source = damaged.with_name(damaged.name + suffix)
                if source.exists():
                    shutil.copyfile(source, copy.with_name(copy.name + suffix))
            _mend_head(copy, head)
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                found = list(_events(connection))
                records = dict(_records(connection))
            if found:
                break
        return sorted(found, key=lambda event: event.id), records


def _mend_head(copy: Path, other: Path | None) -> None:
    """Let SQLite open a file: with the first page of another one, and with no more pages than there are."""
    with open(copy, "r+b") as file:
        head = bytearray(file.read(_PAGE) if other is None else other.read_bytes()[:_PAGE])
        pages = -(-file.seek(0, 2) // _PAGE)
        file.truncate(pages * _PAGE)
        # The number of pages stands at offset 28 (https://sqlite.org/fileformat2.html).
        head[28:32] = pages.to_bytes(4, "big")
        file.seek(0)
        file.write(head)


def _events(connection: sqlite3.Connection) -> Iterator[Event]:
    for row in _rows(connection, "seq", "events", projection.EVENT_COLUMNS):
        try:
            event = projection.event_from(row)
            whole = (
                is_id(event.id)
                and is_time(event.time)
                and is_device(event.device)
                and isinstance(event.payload, dict)
            )
            if whole and (event.target is None or is_id(event.target)):
                writes_of(event)
                yield event
        except (Malformed, TypeError, ValueError):
            continue


def _records(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for digest, record in _rows(connection, "rowid", "records", "digest, record"):
        if isinstance(record, str) and hashlib.sha256(record.encode()).hexdigest() == digest:
            yield str(digest), record


def _rows(connection: sqlite3.Connection, number: str, table: str, columns: str) -> Iterator[Any]:
    """Read all rows of a table that can be read, leaping over what cannot."""
    asked = f"SELECT {columns} FROM {table} NOT INDEXED WHERE {number} BETWEEN ? AND ?"

    def read(first: int, last: int) -> list[Any]:
        return connection.execute(asked, (first, last)).fetchall()

    last = _last(connection)
    for first in range(1, last + 1, _SPAN):
        yield from _halved(read, first, min(first + _SPAN - 1, last))


def _halved(read: Callable[[int, int], list[Any]], first: int, last: int) -> Iterator[Any]:
    try:
        yield from read(first, last)
    except (sqlite3.Error, UnicodeDecodeError):
        if first < last:
            middle = (first + last) // 2
            yield from _halved(read, first, middle)
            yield from _halved(read, middle + 1, last)


def _last(connection: sqlite3.Connection) -> int:
    """Return a number that no row's is above. The file is not asked for its last row, which may be the damaged one."""
    with contextlib.suppress(sqlite3.Error):
        # An event takes a hundred bytes at least, a record more.
        return _PAGE // 100 * int(connection.execute("PRAGMA page_count").fetchone()[0])
    return 0
