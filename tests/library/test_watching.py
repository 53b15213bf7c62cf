"""Changes are seen by themselves, whatever files are called."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arxtui.library import LibraryError, open_library
from arxtui.library.watching import watch_roots

PATIENCE = 20


@pytest.fixture
def seen(folder: Path, cache: Path) -> Iterator[queue.Queue[str]]:
    """What watching the folder has yielded; it ends with the test."""
    events: queue.Queue[str] = queue.Queue()
    stop = threading.Event()

    def watch() -> None:
        with open_library([folder], cache_dir=cache) as library:
            for _ in library.watch(stop):
                events.put("changed")
        events.put("ended")

    thread = threading.Thread(target=watch)
    thread.start()
    yield events
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def until_seen(events: queue.Queue[str], folder: Path, name: bytes) -> None:
    """Writes a file until that is seen: it may not be watched yet."""
    for _ in range(PATIENCE):
        (folder / os.fsdecode(name)).write_text("salt")
        try:
            assert events.get(timeout=1) == "changed"
        except queue.Empty:
            continue
        return
    pytest.fail(f"{name!r} was not seen")


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_name_that_is_no_utf8_does_not_end_it(folder: Path, seen: queue.Queue[str]):
    until_seen(seen, folder, b"one.txt")
    for name in (b"bad\xff.txt", b"two.txt", b"bad\xff.txt", b"worse\xfe.txt", b"three.txt"):
        until_seen(seen, folder, name)


def test_a_folder_that_cannot_be_watched_is_told_of(tmp_path: Path):
    with pytest.raises(LibraryError, match=r"not seen by themselves \(a folder is gone\): R reads again"):
        list(watch_roots([tmp_path / "gone"], threading.Event()))
