from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Start = Callable[[str], subprocess.Popen[str]]

WRITE_200 = """
for number in range(200):
    assert store.add("bookmarks", [Paper(sys.argv[1] + "." + str(number))])
"""

WRITE_FOREVER = """
number = 0
while True:
    number += 1
    key = f"{ROUND}.{number}"
    store.add("bookmarks", [Paper(key, abstract="wall " * 200)])
    print(key, flush=True)
"""


def soundness(path: Path) -> str:
    connection = sqlite3.connect(path)
    answer: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return answer


def test_it_is_written_ahead_and_synced(store: ReadingStore, path: Path) -> None:
    for connection in (store._writer, store._reader):
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    tables = store._reader.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    assert {name for name, strict in tables if not strict} == {"sqlite_schema"}


def test_two_processes_lose_nothing(start: Start, store: ReadingStore) -> None:
    programs = [start(WRITE_200.replace("sys.argv[1]", repr(name))) for name in ("left", "right")]
    for program in programs:
        _, errors = program.communicate(timeout=60)
        assert (program.returncode, errors) == (0, "")
    expected = {f"{name}.{number}" for name in ("left", "right") for number in range(200)}
    assert store.keys("bookmarks") == expected
    assert store.revision() == 400


def test_six_processes_make_the_store_at_once(start: Start, path: Path) -> None:
    programs = [start(f"store.add('bookmarks', [Paper('{name}')])") for name in range(6)]
    for program in programs:
        _, errors = program.communicate(timeout=60)
        assert (program.returncode, errors) == (0, "")
    store = ReadingStore(path)
    assert store.keys("bookmarks") == {str(name) for name in range(6)}
    store.close()


def test_opening_while_another_process_makes_the_tables(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")

    class Interrupted:
        """Lets the other process finish between two questions to the file."""

        def execute(self, statement: str) -> sqlite3.Cursor:
            cursor = connection.execute(statement)
            if "application_id" in statement:
                ReadingStore(path).close()
            return cursor

    assert schema.version_of(Interrupted(), path) == 0  # type: ignore[arg-type]
    assert schema.version_of(connection, path) == 2
    connection.close()


def test_making_a_store_waits_for_whoever_holds_the_file(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, other.execute, ["ROLLBACK"])
    timer.start()
    with ReadingStore(path) as store:
        assert store.add("bookmarks", [Paper("a")]) == ["a"]
        assert store._writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    timer.join()
    other.close()


def test_a_killed_writer_loses_nothing_it_has_acknowledged(start: Start, path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    acknowledged: set[str] = set()
    began = time.monotonic()
    for number in range(25):
        program = start(WRITE_FOREVER.replace("ROUND", str(number)))
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        program.kill()
        # Not `communicate`: it reads past what `readline` has buffered.
        assert program.stderr is not None
        with program:
            rest, errors = program.stdout.read(), program.stderr.read()
        assert errors == ""
        # The last line may be cut short by the kill; then it was not acknowledged.
        lines = (first + rest).split("\n")[:-1]
        assert lines
        acknowledged.update(lines)
        assert soundness(path) == "ok"
        if time.monotonic() - began > 20:
            break
    store = ReadingStore(path)
    assert acknowledged <= store.keys("bookmarks")
    # No more than the one change a writer that was killed had made but not told of.
    assert len(store.keys("bookmarks")) <= len(acknowledged) + number + 1
    assert store.undo() is not None
    store.close()


def test_a_full_disk_refuses_the_change_and_harms_nothing(tmp_path: Path) -> None:
    """On a disk of its own of 1 MB, mounted in a name space of the test's own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    program = f"""
import itertools, sqlite3
from pathlib import Path
from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, StoreError
path = Path({str(disk)!r}) / "reading.sqlite3"
store = ReadingStore(path)
added = set()
try:
    for number in itertools.count():
        added.update(store.add("bookmarks", [Paper(str(number), abstract=str(number) * 4000)]))
except StoreError as error:
    print(error)
assert added and store.keys("bookmarks") == added
store.close()
print(sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone()[0])
"""
    mount = f'mount -t tmpfs -o size=1m none \'{disk}\' && exec "$0" -c "$1"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, sys.executable, program]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here: a small disk cannot be mounted")
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip("a small disk may not be mounted here")
    assert done.stderr == ""
    message, sound = done.stdout.splitlines()
    assert message.startswith(f"the disk that holds {disk}/reading.sqlite3 is full; nothing was changed")
    assert sound == "ok"
