"""The catalogue: which files, which papers, where each occurs. One SQLite database, and the truth of the index."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from arxtui.library.clauses import below, json_list
from arxtui.library.connections import Connections
from arxtui.library.errors import DamagedError, unusable
from arxtui.library.orders import Orders
from arxtui.library.values import Counts, Place, Row

NAME = "catalogue.sqlite3"
"""Of the file, within the folder of an index."""

VERSION = 2
"""Of the schema. A catalogue of another version is built again from the files: all that is in it stands there."""

_SCHEMA = """
CREATE TABLE files (
    file INTEGER PRIMARY KEY, root INTEGER NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL, UNIQUE (root, path)
) STRICT;
CREATE TABLE papers (
    paper INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, date TEXT NOT NULL, updated TEXT, title TEXT,
    lead TEXT NOT NULL, authors TEXT, occurrences INTEGER NOT NULL
) STRICT;
CREATE INDEX papers_by_date ON papers (date DESC, key DESC);
CREATE TABLE occurrences (
    file INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL,
    layout TEXT NOT NULL, paper INTEGER NOT NULL, text_key TEXT, PRIMARY KEY (file, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrences_by_paper ON occurrences (paper);
CREATE INDEX occurrences_by_text_key ON occurrences (text_key) WHERE text_key IS NOT NULL;
CREATE TABLE problems (
    file INTEGER, root INTEGER NOT NULL, path BLOB NOT NULL, line INTEGER NOT NULL, kind TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX problems_by_file ON problems (file);
CREATE TABLE dates (date TEXT PRIMARY KEY, papers INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO totals VALUES ('papers', 0), ('occurrences', 0);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

LINKING = "linking by text"
"""A fact: `due` from the first commit of a refresh to its last, so that one that was cut off after all files were read is
taken up again."""

_FILE_FIELDS = "file, root, path, size, mtime_ns, digest"
_FIELDS = "key, date, title, lead, authors, updated, occurrences"


class FileRow(NamedTuple):
    """A file as the catalogue knows it.

    Attributes:
        file: its number.
        root, path, size, mtime_ns: as in `arxtui.library.scanning.FoundFile`.
        digest: of its bytes; empty where it was not read to its end, or was written to meanwhile.
    """

    file: int
    root: int
    path: str
    size: int
    mtime_ns: int
    digest: bytes


class PlaceRow(NamedTuple):
    """An occurrence as the catalogue knows it.

    Attributes:
        file: number of the file.
        start, end: the span in bytes.
        line: counted from 1.
        layout: name of the layout.
        paper: number of the paper.
        text_key: the key of its own text, where it has no identifier; it may belong to a paper with another key.
    """

    file: int
    start: int
    end: int
    line: int
    layout: str
    paper: int
    text_key: str | None


class Catalogue:
    """The database, with a connection for each thread that asks.

    Args:
        path: the file; it is created where there is none, and built anew where it is of another version.

    Attributes:
        folder: where it is.
        orders: puts papers in order.

    Raises:
        LibraryError: it cannot be opened or created.
        DamagedError: the file is no sound database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.parent
        if is_emptied(self.folder):
            raise DamagedError("the catalogue is empty")
        self._connections = Connections(self._connect, self.folder)
        self.orders = Orders(self._connections, self.folder)
        try:
            self._prepare()
            self.fact("stamp")
        except sqlite3.OperationalError as error:
            self.close()
            raise unusable(error, self.folder) from None
        except DamagedError:
            self.close()
            raise

    @classmethod
    def in_folder(cls, folder: Path) -> Catalogue:
        """The catalogue of the index in a folder."""
        return cls(folder / NAME)

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self._path, isolation_level=None, timeout=10, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise unusable(error, self.folder) from None
        try:
            # A cache may lose its last second in a power cut, but must not be torn: WAL without an fsync a commit.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 8000")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _prepare(self) -> None:
        with self.connection() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == VERSION:
                return
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != VERSION:  # else another program was quicker
                names = connection.execute(
                    "SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL"
                ).fetchall()
                for kind, name in names:
                    if kind == "table":
                        connection.execute(f'DROP TABLE "{name}"')
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")

    def connection(self) -> AbstractContextManager[sqlite3.Connection]:
        """The connection of the calling thread, for a block. `close` waits for its end.

        Raises:
            LibraryError: the file cannot be opened any more, or was closed.
        """
        return self._connections.use()

    def _ask(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._connections.use() as connection:
            return connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Close every connection, each as soon as its thread has its answer. The catalogue cannot be used afterwards."""
        self.orders.give_up()
        self._connections.close()

    def checkpoint(self, longer_than: int) -> None:
        """Empty the log of changes where it has more than so many bytes.

        SQLite does so by itself, but not while somebody reads, and somebody who counts a big library always reads.
        Called outside a transaction; waits for readers.
        """
        log = self._path.with_name(self._path.name + "-wal")
        if log.exists() and log.stat().st_size > longer_than:
            self._ask("PRAGMA wal_checkpoint(TRUNCATE)")

    def fact(self, name: str) -> str | None:
        """Something noted of the whole library, or None."""
        rows = self._ask("SELECT value FROM facts WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def files(self) -> Iterator[FileRow]:
        """Every file that was read."""
        return map(_file_row, self._ask(f"SELECT {_FILE_FIELDS} FROM files"))

    def file(self, number: int) -> FileRow | None:
        """One file by its number."""
        sql = f"SELECT {_FILE_FIELDS} FROM files WHERE file = ?"
        rows = self._ask(sql, (number,))
        return _file_row(rows[0]) if rows else None

    def file_at(self, place: Place) -> FileRow | None:
        """One file by its place."""
        sql = f"SELECT {_FILE_FIELDS} FROM files WHERE root = ? AND path = ?"
        rows = self._ask(sql, (place.root, os.fsencode(place.path)))
        return _file_row(rows[0]) if rows else None

    def files_below(self, place: Place) -> list[int]:
        """The numbers of the files in a folder, at any depth; of one file, its own."""
        where, values = below(place)
        return [number for (number,) in self._ask(f"SELECT file FROM files WHERE {where}", values)]

    def counts(self) -> Counts:
        """How much there is."""
        (row,) = self._ask(
            "SELECT (SELECT value FROM totals WHERE name = 'papers'),"
            " (SELECT value FROM totals WHERE name = 'occurrences'), count(*),"
            " (SELECT count(*) FROM problems),"
            " (SELECT count(*) FROM papers WHERE key >= 'text:' AND key < 'text;'), coalesce(sum(size), 0) FROM files"
        )
        return Counts(*row)

    def rows(self, numbers: Iterable[int]) -> dict[int, Row]:
        """The list rows of some papers, by number."""
        wanted = json_list(numbers)
        sql = f"SELECT paper, {_FIELDS} FROM papers WHERE paper IN (SELECT value FROM json_each(?))"
        return {row[0]: Row(*row[1:]) for row in self._ask(sql, (wanted,))}

    def papers_by_date(self) -> list[tuple[str, int]]:
        """How many papers each date has, newest first; those without a date last."""
        return self._ask("SELECT date, papers FROM dates WHERE papers > 0 ORDER BY date DESC")

    def rows_from_date(self, date: str, skip: int, count: int) -> list[Row]:
        """List rows, newest first, beginning so many papers behind the first one of a date."""
        sql = f"SELECT {_FIELDS} FROM papers WHERE date <= ? ORDER BY date DESC, key DESC LIMIT ? OFFSET ?"
        return [Row(*row) for row in self._ask(sql, (date, count, skip))]

    def rows_behind(self, row: Row, count: int, *, newer: bool) -> list[Row]:
        """The list rows next to one in the order of dates, on its older or its newer side."""
        sign, order = (">", "ASC") if newer else ("<", "DESC")
        sql = f"SELECT {_FIELDS} FROM papers WHERE (date, key) {sign} (?, ?) ORDER BY date {order}, key {order} LIMIT ?"
        return [Row(*found) for found in self._ask(sql, (row.date, row.key, count))]

    def place_in_date(self, key: str) -> tuple[str, int] | None:
        """The date of a paper, and how many papers of that date stand before it; None where there is no such paper."""
        rows = self._ask("SELECT date FROM papers WHERE key = ?", (key,))
        if not rows:
            return None
        ((date,),) = rows
        ((before,),) = self._ask("SELECT count(*) FROM papers WHERE date = ? AND key > ?", (date, key))
        return date, before

    def numbers(self, keys: Iterable[str]) -> dict[str, int]:
        """The numbers of the papers that have these keys; unknown keys are left out."""
        sql = "SELECT key, paper FROM papers WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self._ask(sql, (json.dumps(list(keys)),)))

    def numbers_by_key(self, text: str, *, beginning: bool) -> list[int]:
        """The numbers of the papers that have a key, or whose keys begin with it."""
        sql = "SELECT paper FROM papers WHERE key >= ? AND key <= ?"
        last = text + chr(sys.maxunicode) if beginning else text
        return [number for (number,) in self._ask(sql, (text, last))]

    def occurrences(self, papers: Iterable[int]) -> list[PlaceRow]:
        """Every place some papers stand in, file by file."""
        fields = 'file, start, "end", line, layout, paper, text_key'
        among = "paper IN (SELECT value FROM json_each(?)) ORDER BY file, start"
        rows = self._ask(f"SELECT {fields} FROM occurrences WHERE {among}", (json_list(papers),))
        return [PlaceRow(*row) for row in rows]

    def last_number(self) -> int:
        """The highest number of a paper; 0 where there is none."""
        return int(self._ask("SELECT coalesce(max(paper), 0) FROM papers")[0][0])

    def problems(self, place: Place | None = None) -> list[tuple[int, str, int, str, str]]:
        """Root, path, line, kind and message of every problem, or of those in a folder or file."""
        where, values = below(place) if place is not None else ("1", [])
        sql = f"SELECT root, path, line, kind, message FROM problems WHERE {where} ORDER BY root, path, line"
        return [(row[0], os.fsdecode(row[1]), *row[2:]) for row in self._ask(sql, values)]

    def unreadable(self) -> set[tuple[int, str]]:
        """Root and path of what could not be looked at or opened last time."""
        rows = self._ask("SELECT root, path FROM problems WHERE file IS NULL")
        return {(root, os.fsdecode(path)) for root, path in rows}

    def paths_below(self, place: Place) -> Iterator[tuple[int, str]]:
        """Number and path of every file in a folder, at any depth, in the order of paths."""
        where, values = below(place)
        rows = self._ask(f"SELECT file, path FROM files WHERE {where} ORDER BY path", values)
        return ((number, os.fsdecode(path)) for number, path in rows)

    def paths_beginning(self, text: str) -> Iterator[str]:
        """The paths of the files below any root that begin so, in order."""
        path = os.fsencode(text)
        sql = "SELECT DISTINCT path FROM files WHERE path >= ? AND substr(path, 1, ?) = ? ORDER BY path"
        return (os.fsdecode(path) for (path,) in self._ask(sql, (path, len(path), path)))

    def counts_by_file(self, files: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
        """How many distinct papers, and how many problems, each of some files has; files without are left out."""
        wanted = json_list(files)
        among = "WHERE file IN (SELECT value FROM json_each(?)) GROUP BY file"
        papers = self._ask(f"SELECT file, count(DISTINCT paper) FROM occurrences {among}", (wanted,))
        problems = self._ask(f"SELECT file, count(*) FROM problems {among}", (wanted,))
        return dict(papers), dict(problems)

    def papers_in(self, place: Place) -> int:
        """How many distinct papers stand in a folder or file."""
        where, values = below(place)
        sql = f"SELECT count(DISTINCT paper) FROM occurrences WHERE file IN (SELECT file FROM files WHERE {where})"
        ((count,),) = self._ask(sql, values)
        return int(count)

    def problems_in(self, place: Place) -> int:
        """How many problems a folder or file has."""
        where, values = below(place)
        ((count,),) = self._ask(f"SELECT count(*) FROM problems WHERE {where}", values)
        return int(count)


def is_emptied(folder: Path) -> bool:
    """Whether the catalogue of an index has lost all it had: there is a text index only where it was once begun.

    Args:
        folder: where the index is.
    """
    try:
        if os.path.getsize(folder / NAME):
            return False
    except OSError:
        return False  # there is none, or it cannot be seen, which whoever opens it tells
    from arxtui.library.textschema import OF_ANY_VERSION  # hardly ever, and it imports tantivy

    return any(folder.glob(OF_ANY_VERSION))


def _file_row(row: tuple[int, int, bytes, int, int, bytes]) -> FileRow:
    return FileRow(row[0], row[1], os.fsdecode(row[2]), *row[3:])
