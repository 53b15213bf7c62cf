"""The file of the reading store: opening it as it should be, and its tables.

The `events` are the truth. `lists`, `entries`, `changes` and `next_position` are what follows from them, kept so that nothing has to be
replayed to show a list; `projection.py` alone writes them.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from typing import TYPE_CHECKING

from arxtui.reading.errors import StoreError, damaged, primary_code
from arxtui.reading.events import DEFAULT_LIST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = 1
"""Version of the tables, in the file's `user_version`."""

APPLICATION_ID = 0x41585452
"""`AXTR`: marks the file as ours (https://sqlite.org/fileformat2.html#application_id), so that no other is touched."""

TABLES = """
CREATE TABLE state (device TEXT NOT NULL, next_position INTEGER NOT NULL) STRICT;
CREATE TABLE records (digest TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    device TEXT NOT NULL,
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    undoes TEXT REFERENCES events (id),
    redoes TEXT REFERENCES events (id)
) STRICT;
CREATE TABLE lists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE entries (
    list INTEGER NOT NULL REFERENCES lists (id),
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    added TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES records (digest),
    PRIMARY KEY (list, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_position ON entries (list, position);
CREATE INDEX entries_by_key ON entries (key);
CREATE TABLE changes (
    first INTEGER PRIMARY KEY REFERENCES events (seq),
    latest INTEGER NOT NULL REFERENCES events (seq),
    session TEXT NOT NULL,
    undone INTEGER NOT NULL CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX changes_by_session ON changes (undone, session, first);
CREATE INDEX changes_by_age ON changes (undone, first);
"""


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Open the store; make it where there is none.

    Where the file or its folder may only be read, so may the connection: SQLite refuses a change when it comes.

    Args:
        path: the file.
        patience: seconds to wait for a lock.

    Returns:
        A connection, usable from any thread, one at a time.

    Raises:
        StoreError: the file is something else, or from a newer program.
        sqlite3.Error: SQLite cannot open, read or make it.
        OSError: its folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _open_existing(path, patience) if path.exists() else _open(path, "mode=rwc", patience)
    try:
        _prepare(connection, path, patience)
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: Path, how: str, patience: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)


def _open_existing(path: Path, patience: float) -> sqlite3.Connection:
    """Open a file in the best way it allows, and look at it before anything is set that could write to it."""
    ways = ["mode=rw", "mode=ro"]
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        # In a folder that may not be written, SQLite cannot make the shared memory that WAL needs. Where no log
        # waits to be read, the file alone is the whole store.
        ways.append("mode=ro&immutable=1")
    refusals: list[sqlite3.Error] = []
    for way in ways:
        connection = _open(path, way, patience)
        try:
            _check_ours(connection, path)
        except sqlite3.Error as error:
            connection.close()
            if not _is(error, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
            refusals.append(error)
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise refusals[0]


def _is(error: sqlite3.Error, *codes: int) -> bool:
    return primary_code(error) in codes


def _check_ours(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the store, 0 where nothing is in it yet; refuse what is not ours to use."""
    # All in one look: another program may be making the tables between two of these questions.
    connection.execute("SAVEPOINT look")
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    connection.execute("RELEASE look")
    if application != APPLICATION_ID and not (empty and application == version == 0):
        raise StoreError(damaged(path, "another program's database"))
    if version > VERSION:
        raise StoreError(
            f"the reading lists in {path} were written by a newer arxtui (version {version} of the store, this one "
            f"knows {VERSION}); they were left as they are. Update arxtui to open them"
        )
    return version


def _prepare(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    _use_wal(connection, patience)
    # FULL: each commit is on the disk before it returns. fullfsync makes that true on macOS as well.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    if _check_ours(connection, path) == VERSION:
        return
    with transaction(connection):
        # Asked again: another program may have made the tables while this one waited for the lock.
        if _check_ours(connection, path) == 0:
            _create(connection)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing; other programs' changes wait from here on.

    Args:
        connection: a connection from `connect`.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _use_wal(connection: sqlite3.Connection, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _is(error, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                return
            # SQLite does not wait for this lock by itself, and two programs may make the store at once.
            if not _is(error, sqlite3.SQLITE_BUSY) or time.monotonic() > deadline:
                raise
        else:
            return
        time.sleep(0.01)


def _create(connection: sqlite3.Connection) -> None:
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO state VALUES (?, 1)", (secrets.token_hex(8),))
    connection.execute("INSERT INTO lists (name) VALUES (?)", (DEFAULT_LIST,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
