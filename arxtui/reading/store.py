"""Reading lists: what the program and the command line do to them."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Self

from arxtui.core.exporting import from_json, to_json
from arxtui.reading import projection
from arxtui.reading.errors import StoreError, UnknownList, explained
from arxtui.reading.events import DEFAULT_LIST, Change, Kept, event_id, list_name, timestamp
from arxtui.reading.schema import connect, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from arxtui.core.papers import Paper


class ListInfo(NamedTuple):
    """A reading list.

    Attributes:
        name: its name.
        size: the number of its entries.
    """

    name: str
    size: int


class ListEntry(NamedTuple):
    """An entry of a reading list.

    Attributes:
        key: key of the paper.
        added: when it was added, as ISO date and time in UTC.
        paper: the paper as it was then; only its key is set where it was added by that alone.
    """

    key: str
    added: str
    paper: Paper


class ReadingStore:
    """The reading lists in one file.

    Usable from several threads and several processes at once. Every change is on the disk before its method returns.
    Where the file or its folder may only be read, the lists can be read and each change raises a `StoreError`.
    All methods raise `StoreError` with a message for the user where the file cannot be used.
    """

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        """Open the store; make it where there is none.

        Args:
            path: the file, `reading.sqlite3` in the user's data directory.
            patience: seconds to wait while another program changes it.

        Raises:
            StoreError: it cannot be opened or made, is damaged, or was written by a newer arxtui.
        """
        self.path = path
        self._patience = patience
        self._session = secrets.token_hex(8)
        try:
            with explained(path, patience):
                self._writer = connect(path, patience)
                try:
                    # One of its own for reading: who reads need not wait for a change that waits for its turn.
                    self._reader = connect(path, patience)
                except BaseException:
                    self._writer.close()
                    raise
        except OSError as error:
            raise StoreError(
                f"the folder of the reading lists, {path.parent}, cannot be made or read ({error.strerror}). "
                "Give another with --data-dir or ARXTUI_DATA_DIR"
            ) from error
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()

    def close(self) -> None:
        """Close the file. The store is of no use afterwards."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lists(self) -> list[ListInfo]:
        """Return all lists, `bookmarks` first, then in the order of their making."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT name, (SELECT count(*) FROM entries WHERE list = lists.id) FROM lists ORDER BY name <> ?, id",
                (DEFAULT_LIST,),
            )
            return [ListInfo(*row) for row in rows]

    def entries(self, name: str) -> list[ListEntry]:
        """Return the entries of a list, the newest first; what was added together keeps its order.

        Args:
            name: the list.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._reading() as connection:
            row = _known_list(connection, name)
            found = connection.execute(
                "SELECT key, added, record FROM entries JOIN records USING (digest)"
                " WHERE list = ? ORDER BY position DESC, key",
                (row,),
            ).fetchall()
        return [ListEntry(key, added, from_json(json.loads(record), key)) for key, added, record in found]

    def keys(self, name: str) -> set[str]:
        """Return the keys of a list.

        Args:
            name: the list.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._reading() as connection:
            row = _known_list(connection, name)
            return {key for (key,) in connection.execute("SELECT key FROM entries WHERE list = ?", (row,))}

    def paper(self, key: str) -> Paper | None:
        """Return the record kept of a paper, the one kept last, or None where no list holds it.

        Args:
            key: key of the paper.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT record FROM entries JOIN records USING (digest) WHERE key = ?"
                " ORDER BY added DESC LIMIT 1",
                (key,),
            ).fetchone()
        return None if row is None else from_json(json.loads(row[0]), key)

    def revision(self) -> int:
        """Return a number that grows whenever anybody, in whatever thread or process, changes the store.

        It costs some microseconds, so it can be polled.
        """
        # The newest event rather than PRAGMA data_version: that one says nothing of this store's own changes, and
        # something else on each connection.
        with self._reading() as connection:
            latest: int | None = connection.execute("SELECT max(seq) FROM events").fetchone()[0]
        return latest or 0

    def check(self) -> list[str]:
        """Look through the whole file for damage.

        Returns:
            What is wrong with it, in the words of SQLite; nothing where it is sound.
        """
        with self._reading() as connection:
            said = [text for (text,) in connection.execute("PRAGMA integrity_check(5)")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchall()
        return [text for text in said if text != "ok"] + [
            f"row {row} of {table} refers to {parent}, where there is none" for table, row, parent, _ in loose
        ]

    def create(self, name: str) -> None:
        """Make an empty list.

        Args:
            name: its name.

        Raises:
            StoreError: there is one of that name, or the name is empty or cannot be printed.
        """
        name = list_name(name)
        with self._writing() as connection:
            if projection.list_id(connection, name) is not None:
                raise StoreError(f"there is a reading list named {name!r} already")
            self._record(connection, Change(True, name, whole_list=True))

    def add(self, name: str, papers: Sequence[Paper]) -> list[str]:
        """Put papers at the top of a list, in their order, and keep their records as they are now.

        Args:
            name: the list; it is made where there is none.
            papers: the papers; `Paper(key=...)` alone will do.

        Returns:
            The keys really added: those that the list did not hold.

        Raises:
            StoreError: the name is empty or cannot be printed.
        """
        name = list_name(name)
        # Written out before the lock is taken: of a thousand papers that takes a while, in which others can go on.
        records: dict[str, tuple[str, str]] = {}
        for paper in papers:
            if paper.key not in records:
                records[paper.key] = _record_of(paper)
        now = timestamp()
        with self._writing() as connection:
            present = projection.present(connection, name)
            fresh = [key for key in records if key not in present]
            connection.executemany(
                "INSERT INTO records VALUES (?, ?) ON CONFLICT DO NOTHING", (records[key] for key in fresh)
            )
            # The first one gets the highest position, which is the top.
            top = projection.next_position(connection) + len(fresh) - 1
            entries = tuple(
                Kept(key, top - place, now, digest=records[key][0]) for place, key in enumerate(fresh)
            )
            if entries:
                self._record(connection, projection.narrowed(connection, Change(True, name, entries)))
        return [entry.key for entry in entries]

    def remove(self, name: str, keys: Sequence[str]) -> list[str]:
        """Take papers out of a list.

        Args:
            name: the list.
            keys: keys of the papers.

        Returns:
            The keys really removed: those that the list held.

        Raises:
            UnknownList: there is no list of that name.
        """
        with self._writing() as connection:
            row = _known_list(connection, name)
            wanted = set(keys)
            found = connection.execute(
                "SELECT key, position, added, digest FROM entries WHERE list = ? ORDER BY position DESC, key",
                (row,),
            )
            entries = tuple(Kept(*entry) for entry in found if entry[0] in wanted)
            if entries:
                self._record(connection, Change(False, list_name(name), entries))
        return [entry.key for entry in entries]

    def undo(self) -> str | None:
        """Take back the latest change of this session that still stands, else the latest of any.

        Only what the change really did is taken back, and only where it still is so.

        Returns:
            What was undone, `added 2507.19427 to bookmarks`, or None where there is nothing to undo.
        """
        undone = self._step(undo=True)
        return None if undone is None else str(undone.inverse())

    def redo(self) -> str | None:
        """Make the change again that was undone last, unless another was made since.

        Returns:
            What was done again, or None where there is nothing to redo.
        """
        redone = self._step(undo=False)
        return None if redone is None else str(redone)

    def _step(self, undo: bool) -> Change | None:
        with self._writing() as connection:
            # A change of which nothing is left, because another program took it back by hand, is passed over.
            while (step := projection.next_step(connection, self._session, undo)) is not None:
                change = projection.narrowed(connection, step.latest.inverse())
                self._record(connection, change, step, undo)
                if change:
                    return change
        return None

    def _record(
        self,
        connection: sqlite3.Connection,
        change: Change,
        step: projection.Step | None = None,
        undo: bool = False,
    ) -> None:
        """Append the event of a change and make the change, in the transaction that is open."""
        latest = connection.execute("SELECT id FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        seq: int = connection.execute(
            "INSERT INTO events (id, time, device, session, kind, payload, undoes, redoes)"
            " VALUES (?, ?, (SELECT device FROM state), ?, ?, ?, ?, ?) RETURNING seq",
            (
                event_id(time.time_ns() // 1_000_000, latest and latest[0]),
                timestamp(),
                self._session,
                change.kind,
                change.to_json(),
                step.first_id if step and undo else None,
                step.first_id if step and not undo else None,
            ),
        ).fetchone()[0]
        projection.apply(connection, change)
        projection.record_step(connection, seq, self._session, step, undo)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._read_lock, explained(self.path, self._patience):
            yield self._reader

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._write_lock, explained(self.path, self._patience), transaction(self._writer):
            yield self._writer


def _known_list(connection: sqlite3.Connection, name: str) -> int:
    row = projection.list_id(connection, list_name(name))
    if row is None:
        raise UnknownList(name)
    return row


def _record_of(paper: Paper) -> tuple[str, str]:
    """Return the digest and the text of a record: the digest names it, so that each text is kept once."""
    # ASCII: file names that are no UTF-8 hold lone surrogates, which SQLite cannot store.
    record = json.dumps(to_json(paper), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(record.encode()).hexdigest(), record
