"""The tables of the reading store, and opening its file as it should be.

The `events` and the `records` that they name are the truth. `writes` and `changes` follow from them, kept so that nothing has to be
replayed to show a list; `projection` alone writes them. `state`, `away`, `carried_files` and `carried` are of this copy of the store
only; `away` has the ids and sessions of events that were made here and went when a backup was restored, and may come back.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading import backups, migrations, projection
from arxtui.reading.devices import become_new_device
from arxtui.reading.errors import StoreError, newer, no_space, not_ours, primary_code, read_only
from arxtui.reading.log import with_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = 4
"""Version of the tables, in the file's `user_version`."""

APPLICATION_ID = 0x41585452
"""`AXTR`: marks the file as ours (https://sqlite.org/fileformat2.html#application_id), so that no other is touched."""

TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE away (id TEXT PRIMARY KEY, session TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE records (digest TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    device TEXT NOT NULL,
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    target TEXT
) STRICT;
CREATE INDEX events_by_target ON events (target, id) WHERE target IS NOT NULL;
CREATE TABLE writes (
    kind TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES events (id),
    value TEXT,
    detail TEXT,
    live INTEGER NOT NULL CHECK (live IN (0, 1)),
    shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
    PRIMARY KEY (kind, a, b, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX writes_by_paper ON writes (b, kind) WHERE shown;
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY REFERENCES events (seq),
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    here INTEGER NOT NULL CHECK (here IN (0, 1)),
    undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
    touched INTEGER NOT NULL REFERENCES events (seq)
) STRICT;
CREATE INDEX changes_by_session ON changes (undone, session, seq);
CREATE INDEX changes_by_place ON changes (undone, here, seq);
CREATE TABLE carried_files (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    tail TEXT NOT NULL,
    UNIQUE (folder, name)
) STRICT;
CREATE TABLE carried (
    file INTEGER NOT NULL REFERENCES carried_files (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    PRIMARY KEY (file, event)
) STRICT, WITHOUT ROWID;
"""


_NO_SPACE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""Codes of errors of a disk that is full. Where it has no room even for SQLite's shared memory, that is an input/output error."""


class Opened(NamedTuple):
    """A connection to a store.

    Attributes:
        connection: usable from any thread, one at a time.
        refusal: why the store cannot be changed, None where it can as far as is known.
    """

    connection: sqlite3.Connection
    refusal: str | None = None


def connect(path: Path, patience: float) -> Opened:
    """Open the store; make it where there is none, bring it up to date where an older arxtui made it.

    Where the file or its folder may only be read, so may the connection: SQLite refuses a change when it comes. The same where the
    disk is full.

    Args:
        path: the file.
        patience: seconds to wait for a lock.

    Raises:
        Damaged: it is no sound store.
        StoreError: the file is another program's, or from a newer arxtui and cannot even be read.
        sqlite3.Error: SQLite cannot open, read or make it.
        OSError: its folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    there = path.exists()
    if not there:
        backups.make_private(path)
    opened = _open_existing(path, patience) if there else Opened(_open(path, "mode=rwc", patience))
    connection = opened.connection
    try:
        prepared = _prepared(connection, path, patience)
        return prepared._replace(refusal=prepared.refusal or opened.refusal)
    except BaseException:
        connection.close()
        raise


def _open(path: Path, how: str, patience: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)


def _open_existing(path: Path, patience: float) -> Opened:
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
            version_of(connection, path)
        except sqlite3.Error as error:
            connection.close()
            if not _is(error, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, *_NO_SPACE):
                raise
            refusals.append(error)
        except BaseException:
            connection.close()
            raise
        else:
            full = next((error for error in refusals if _is(error, *_NO_SPACE)), None)
            return Opened(connection, None if full is None else no_space(path, str(full)))
    if ways[-1] == "mode=ro":
        return _read_with_log(path, refusals)
    raise refusals[0]


def _read_with_log(path: Path, refusals: list[sqlite3.Error]) -> Opened:
    """Read a file and its log into memory: there is neither space nor leave for what SQLite needs beside them.

    Args:
        path: the file.
        refusals: what SQLite said.
    """
    full = next((error for error in refusals if _is(error, *_NO_SPACE)), None)
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        connection.deserialize(with_log(path))
        version_of(connection, path)
    except BaseException:
        connection.close()
        raise
    return Opened(connection, read_only(path) if full is None else no_space(path, str(full)))


def _is(error: sqlite3.Error, *codes: int) -> bool:
    return primary_code(error) in codes


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a store, 0 where nothing is in it yet.

    Args:
        connection: the open file.
        path: its path, for messages.

    Raises:
        StoreError: it is another program's.
    """
    # In one transaction: another program may make the tables between two questions.
    connection.execute("BEGIN")
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        # After some errors, that of a full disk among them, SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if tables == 0 and application in (0, APPLICATION_ID):
        return 0
    if application != APPLICATION_ID:
        raise StoreError(not_ours(path))
    return version


def _prepared(connection: sqlite3.Connection, path: Path, patience: float) -> Opened:
    version = version_of(connection, path)
    if version > VERSION:
        return Opened(_readable(connection, path, version), newer(path, version, VERSION))
    _use_wal(connection, patience)
    # FULL: each commit is on the disk before it returns. fullfsync makes that true on macOS as well.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    if version == VERSION:
        if not projection.knows_all(connection):
            _learn(connection)
        return Opened(connection)
    try:
        if version:
            kept = backups.folder_of(path) / f"{path.stem}-before-version-{VERSION}{path.suffix}"
            backups.copy(connection, path, kept)
        with transaction(connection):
            # Asked again: another program may have made the tables while this one waited for the lock.
            _bring_up_to_date(connection)
    except (sqlite3.Error, PermissionError) as error:
        refused = isinstance(error, PermissionError) or _is(
            error, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN
        )
        if version == 0 or not refused:
            raise
        return Opened(_copied_to_memory(connection), read_only(path))
    return Opened(connection)


def _learn(connection: sqlite3.Connection) -> None:
    try:
        with transaction(connection):
            projection.learn(connection)
    except sqlite3.Error as error:
        # Who may only read, has to wait or has no space sees what was known before.
        if not _is(
            error, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL
        ):
            raise


def _readable(connection: sqlite3.Connection, path: Path, version: int) -> sqlite3.Connection:
    """Return a connection that cannot change a store of a newer arxtui, where its tables can be understood."""
    connection.execute("PRAGMA query_only = ON")
    try:
        for table in ("state", "away", "records", "events", "writes", "changes"):
            wanted = migrations.columns_in(TABLES, table)
            connection.execute(f"SELECT {', '.join(wanted)} FROM {table} LIMIT 1")
    except sqlite3.OperationalError as error:
        raise StoreError(newer(path, version, VERSION)) from error
    return connection


def _copied_to_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of a store of an older arxtui that may only be read, brought up to date in memory."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.backup(copy)
    connection.close()
    with transaction(copy):
        _bring_up_to_date(copy)
    copy.execute("PRAGMA query_only = ON")
    return copy


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or change those of an older version, inside a transaction."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if version == VERSION and tables:
        return
    if tables:
        migrations.migrate(connection, version, TABLES)
    else:
        migrations.make_tables(connection, TABLES)
        become_new_device(connection)
    projection.learn(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


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
