"""An open store: its two connections, whose turn it is, and how changes become events."""

from __future__ import annotations

import errno
import os
import secrets
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

from arxtui.reading import backups, projection, recovery
from arxtui.reading.devices import stay_at_home, this_device
from arxtui.reading.errors import Damaged, StoreError, explained, vanished
from arxtui.reading.events import Event, event_id, timestamp
from arxtui.reading.schema import connect, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    Identity = tuple[int, int]


class OpenedStore:
    """The file of a store and what all its parts do with it.

    Attributes:
        path: the file.
        notes: what to tell the user about opening it, each one or two sentences; empty as a rule.
        refusal: why nothing can be changed, None where it can as far as is known; one of the notes too.
    """

    refusal: str | None

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        """Open the store; make it where there is none, put it right where it is damaged.

        Args:
            path: the file, `reading.sqlite3` in the user's data directory.
            patience: seconds to wait while another program changes it.

        Raises:
            StoreError: it cannot be opened or made, or is another program's.
        """
        self.path = path
        self.notes: list[str] = []
        self._patience = patience
        self._session = secrets.token_hex(8)
        self._at_home = False
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()
        with self._explained_folder(path.parent):
            self._writer, self._written = self._first_connected()
            try:
                # One of its own for reading: who reads need not wait for a change that waits for its turn.
                self._reader, self._read = self._connected()
            except BaseException:
                self._writer.close()
                raise
        if self.refusal is not None:
            self.notes.append(self.refusal)

    @property
    def read_only(self) -> bool:
        """Whether every change will be refused, as a newer arxtui wrote the store or the file may not be written."""
        return self.refusal is not None or not os.access(self.path, os.W_OK)

    def close(self) -> None:
        """Close the file. The store is of no use afterwards."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def revision(self) -> int:
        """Return a number that grows whenever anybody, in whatever thread or process, changes the store.

        It costs some microseconds, so it can be polled. After a damaged store was put right it may be lower.
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
            return backups.damage_in(connection)

    def try_change(self) -> None:
        """See that a change can be made, for who is about to ask the user for something that would be lost else.

        Raises:
            StoreError: it cannot; says why.
        """
        with self._writing() as connection:
            # Written and committed, though it says the same as before: only that tells that there is room on the disk.
            connection.execute("UPDATE state SET value = value WHERE name = 'device'")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with explained(self.path, self._patience):
                yield
        except Damaged:
            # Whoever opens it next looks through all of it.
            with suppress(OSError):
                recovery.suspect(self.path).touch()
            raise

    @contextmanager
    def _explained_folder(self, folder: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreError(
                    f"the disk that holds {folder} is full; nothing was changed. Free some space and try again"
                ) from error
            raise StoreError(
                f"the folder of the reading lists, {folder}, cannot be made or read ({error.strerror}). "
                "Give another with --data-dir or ARXTUI_DATA_DIR"
            ) from error

    def _first_connected(self) -> tuple[sqlite3.Connection, Identity]:
        with explained(self.path, self._patience):
            try:
                opened = recovery.open_sound(self.path, self._patience)
            except Damaged as error:
                try:
                    self.notes += recovery.put_right(self.path, self._patience)
                except OSError as refusal:
                    raise StoreError(
                        f"{error}. That needs a folder that may be written and has space ({refusal.strerror})"
                    ) from refusal
                opened = recovery.open_sound(self.path, self._patience)
            self.refusal = opened.refusal
            return opened.connection, self._identity()

    def _connected(self) -> tuple[sqlite3.Connection, Identity]:
        with explained(self.path, self._patience):
            opened = connect(self.path, self._patience)
            self.refusal = opened.refusal
            return opened.connection, self._identity()

    def _identity(self) -> Identity:
        found = self.path.stat()
        return found.st_dev, found.st_ino

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._read_lock, self._explained():
            try:
                replaced = self._identity() != self._read
            except OSError:
                replaced = False  # what was read can be read on
            if replaced:
                self._reader.close()
                self._reader, self._read = self._connected()
            yield self._reader

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._write_lock, self._explained():
            if self.refusal is not None:
                raise StoreError(self.refusal)
            with ExitStack() as stack:
                stack.enter_context(transaction(self._writer))
                if self._moved():
                    # Asked only now: while this waited for its turn, another program may have put a damaged store right.
                    stack.close()
                    self._reconnect_writer()
                    stack.enter_context(transaction(self._writer))
                if not self._at_home:
                    stay_at_home(self._writer, self.path)
                yield self._writer
            self._at_home = True

    def _moved(self) -> bool:
        """Tell whether the file is another one than was opened.

        SQLite would go on writing into a file that was moved away, and the change would be on no disk.
        """
        try:
            return self._identity() != self._written
        except OSError as error:
            raise StoreError(vanished(self.path)) from error

    def _reconnect_writer(self) -> None:
        self._writer.close()
        self._writer, self._written = self._connected()

    def _record(
        self,
        connection: sqlite3.Connection,
        kind: str,
        payload: dict[str, Any],
        target: str | None = None,
        made: str | None = None,
    ) -> Event:
        """Append an event and show what follows from it, in the transaction that is open."""
        made = made or self._next_id(connection)
        event = Event(made, timestamp(), this_device(connection), kind, payload, target, self._session)
        projection.insert(connection, event)
        return event

    @staticmethod
    def _next_id(connection: sqlite3.Connection) -> str:
        """Return an id for the event that is about to be made."""
        return event_id(time.time_ns() // 1_000_000, projection.latest_id(connection))
