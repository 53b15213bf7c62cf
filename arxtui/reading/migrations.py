"""Stores of older versions brought up to date, in the transaction that is open.

Version 1 knew lists and their entries. Its events became those of today with the same ids; its projection, made by other rules
where two windows had undone each other's changes, is held against what follows from the events now, and what differs is made so by one more
event a list: a migration loses nothing that was shown. Version 2 told what was made here by the ids of devices. Up to version 3 the id of a list
was the name it was made with, which it stays, and all lists made with it are that one.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from arxtui.reading import projection
from arxtui.reading.devices import become_new_device
from arxtui.reading.errors import StoreError
from arxtui.reading.events import REDO, UNDO, Event, event_id, timestamp
from arxtui.reading.records import with_digest

if TYPE_CHECKING:
    import sqlite3


def migrate(connection: sqlite3.Connection, version: int, tables: str) -> None:
    """Bring a store up to date.

    Args:
        connection: the store, inside a transaction.
        version: the version it has.
        tables: the statements that make the tables of today.

    Raises:
        StoreError: no way leads from that version to the one of today.
    """
    if version not in (1, 2, 3):
        raise StoreError(
            f"no arxtui ever wrote version {version} of the reading lists; the file was left as it is"
        )
    if version == 1:
        _from_version_1(connection, tables)
    else:
        if version == 2:
            _from_version_2(connection, tables)
        # That a list was made is another cell now than its name.
        projection.rebuild(connection)


def make_tables(connection: sqlite3.Connection, tables: str) -> None:
    """Make the tables.

    Args:
        connection: the store.
        tables: statements that end in `;` and a line break.
    """
    for statement in tables.split(";\n"):
        connection.execute(statement)


def columns_in(tables: str, table: str) -> list[str]:
    """Return the columns that a table has.

    Args:
        tables: the statements that make all tables.
        table: its name.
    """
    body = tables.partition(f"CREATE TABLE {table} (")[2].partition(") STRICT")[0]
    if "\n" not in body:
        return [part.split()[0] for part in body.split(", ")]
    return [line.split()[0] for line in body.splitlines() if line and line.split()[0].islower()]


def _from_version_2(connection: sqlite3.Connection, tables: str) -> None:
    # It took all that any id of this copy had made for made here, also what another copy made under it later.
    connection.execute("DROP TABLE devices")
    make_tables(connection, next(line for line in tables.splitlines(keepends=True) if " away " in line))
    connection.execute("UPDATE changes SET here = session <> '' WHERE here")


_SESSION = "migration"
"""The session of what a migration adds, which was made here."""

_VERSION_1 = ("state", "records", "events", "lists", "entries", "changes")


def _from_version_1(connection: sqlite3.Connection, tables: str) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for name in ("entries_by_position", "entries_by_key", "changes_by_session", "changes_by_age"):
        connection.execute(f"DROP INDEX {name}")
    for name in _VERSION_1:
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    make_tables(connection, tables)
    (device,) = connection.execute("SELECT device FROM old_state").fetchone()
    become_new_device(connection, device)
    digests = _records(connection)
    rows = connection.execute(
        "SELECT id, time, device, session, kind, payload, undoes, redoes FROM old_events ORDER BY seq"
    ).fetchall()
    for row in rows:
        projection.insert(connection, _event(row, digests))
    _hold_against(connection, device, digests)
    # Those that refer to others go first.
    for name in ("changes", "entries", "lists", "events", "records", "state"):
        connection.execute(f"DROP TABLE old_{name}")


def _records(connection: sqlite3.Connection) -> dict[str, str]:
    """Take the records over without the paths of this machine; return their digests of today by those of then."""
    digests = {}
    for old, text in connection.execute("SELECT digest, record FROM old_records").fetchall():
        record = json.loads(text)
        record.pop("occurrences", None)
        digests[old], new = with_digest(record)
        connection.execute("INSERT OR IGNORE INTO records VALUES (?, ?)", (digests[old], new))
    return digests


def _event(row: tuple[Any, ...], digests: dict[str, str]) -> Event:
    made, at, device, session, kind, text, undoes, redoes = row
    if undoes or redoes:
        return Event(made, at, device, UNDO if undoes else REDO, {}, undoes or redoes, session)
    found = json.loads(text)
    payload: dict[str, Any] = {"list": found["list"], "name": found["list"]}
    if kind == "add":
        payload |= {
            "new": found["whole_list"],
            "entries": [
                [key, digests[digest]]
                for key, _, _, digest in sorted(found["entries"], key=lambda entry: -entry[1])
            ],
        }
    elif kind == "remove":
        payload["keys"] = [key for key, *_ in found["entries"]]
    return Event(made, at, device, kind, payload, None, session)


def _hold_against(connection: sqlite3.Connection, device: str, digests: dict[str, str]) -> None:
    """Make the lists what version 1 showed, where its rules made something else of the events."""
    names = [name for (name,) in connection.execute("SELECT name FROM old_lists").fetchall()]
    # A list that is there only by an entry that should not be, too.
    now = [
        name for (name,) in connection.execute("SELECT DISTINCT a FROM writes WHERE kind = 'entry' AND shown")
    ]
    for name in dict.fromkeys(names + now):
        then = dict(
            connection.execute(
                "SELECT key, digest FROM old_entries JOIN old_lists ON id = list WHERE name = ? ORDER BY position",
                (name,),
            )
        )
        there = {
            key
            for (key,) in connection.execute(
                "SELECT b FROM writes WHERE kind = 'entry' AND a = ? AND shown", (name,)
            )
        }
        said = {"list": name, "name": name}
        for kind, payload in (
            ("add", {"entries": [[key, digests[then[key]]] for key in then if key not in there]}),
            ("remove", {"keys": sorted(there - then.keys())}),
        ):
            if any(payload.values()):
                latest = projection.latest_id(connection)
                made = event_id(time.time_ns() // 1_000_000, latest)
                event = Event(made, timestamp(), device, kind, said | payload, session=_SESSION)
                projection.insert(connection, event)
        if name != "bookmarks" and name in names and not projection.list_is_there(connection, name):
            made = event_id(time.time_ns() // 1_000_000, projection.latest_id(connection))
            event = Event(made, timestamp(), device, "create", said, session=_SESSION)
            projection.insert(connection, event)
