"""A library may be closed while other threads ask it: they get an answer or an error, and the process lives."""

from __future__ import annotations

import gc
import sqlite3
import threading
import warnings
from pathlib import Path

import pytest

from arxtui.library import LibraryError
from arxtui.library.catalogue import Catalogue
from arxtui.library.connections import Connections

_THREADS = 4


def test_a_thread_that_asks_while_it_is_closed_gets_its_answer_or_an_error(tmp_path: Path):
    catalogue = Catalogue.in_folder(tmp_path)
    started = threading.Barrier(_THREADS + 1)
    ends: list[str] = []

    def ask() -> None:
        started.wait()
        try:
            while True:
                assert catalogue.counts().papers == 0
        except LibraryError as error:
            ends.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    started.wait()
    catalogue.close()
    for thread in threads:
        thread.join()
    assert ends == ["the library is closed"] * _THREADS


def test_every_connection_is_closed_also_one_that_is_asked_for_later(tmp_path: Path):
    catalogue = Catalogue.in_folder(tmp_path)
    catalogue.close()
    with pytest.raises(LibraryError, match="closed"):
        catalogue.counts()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Python 3.13 warns of a connection that nobody closed
        del catalogue
        gc.collect()
    assert not (tmp_path / "catalogue.sqlite3-wal").exists()  # the last one to leave puts the log away


def test_closing_waits_for_the_block_that_uses_one(tmp_path: Path):
    connections = Connections(lambda: sqlite3.connect(tmp_path / "some", check_same_thread=False), tmp_path)
    inside, closed = threading.Event(), threading.Event()

    def close() -> None:
        inside.wait()
        connections.close()
        closed.set()

    closer = threading.Thread(target=close)
    closer.start()
    with connections.use() as connection:
        inside.set()
        for _ in range(100):
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert not closed.is_set()
    closer.join()
    with pytest.raises(LibraryError, match="closed"), connections.use():
        pass
