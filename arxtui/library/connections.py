"""Connections to a SQLite file that many threads ask, and that may be closed under them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from arxtui.library.errors import LibraryError
from arxtui.library.soundness import Soundness


class _Own(NamedTuple):
    """The connection of one thread, and who holds it: to close one under a thread that reads from it ends the process."""

    connection: sqlite3.Connection
    turn: threading.RLock


class Connections:
    """A connection for each thread that asks.

    Args:
        connect: opens one; it must let other threads close it.
        folder: of the index that the file belongs to.

    Raises:
        DamagedError: that was found to be damaged before.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], folder: Path) -> None:
        self._connect = connect
        self._soundness = Soundness(folder)
        self._local = threading.local()
        self._all: list[_Own] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """The connection of the calling thread, for a block; `close` waits for its end.

        Raises:
            LibraryError: it was closed.
            DamagedError: what it holds makes no sense.
            sqlite3.Error: the file cannot be opened.
        """
        with self._soundness.of_catalogue():
            own: _Own | None = getattr(self._local, "own", None)
            if own is None:
                own = self._local.own = self._open()
            with own.turn:
                if self._closed:
                    raise LibraryError("the library is closed")
                yield own.connection

    def _open(self) -> _Own:
        own = _Own(self._connect(), threading.RLock())
        with self._lock:
            self._all.append(own)
            if self._closed:  # while this one was opened
                own.connection.close()
        return own

    def close(self) -> None:
        """Close every connection, each as soon as its thread does not use it. None can be had afterwards."""
        with self._lock:
            self._closed = True
            for own in self._all:
                with own.turn:
                    own.connection.close()
            self._all.clear()
