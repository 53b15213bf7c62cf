from __future__ import annotations

import random
import sqlite3
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import pytest

from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, StoreError, schema
from tests.own_disk import run_with_own_disk

from .operations import MANY, events_in, shown_writes, written_plainly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Start = Callable[[str], subprocess.Popen[str]]

KILLS, CHANGES = (300, 1000) if MANY else (25, 200)

WRITE_MANY = """
for number in range(CHANGES):
    key = NAME + "." + str(number)
    assert store.add("bookmarks", [Paper(key)]) if number % 2 else store.tag("odd", [key])
"""

WRITE_FOREVER = """
number = 0
while True:
    number += 1
    key = f"{ROUND}.{number}"
    if number % 3:
        store.add("bookmarks", [Paper(key, abstract="wall " * 200)])
    else:
        store.set_note(key, "wall " * 200)
        store.tag("odd", [key])
        store.undo()
        store.redo()
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
        assert connection.execute("PRAGMA user_version").fetchone() == (4,)
    tables = store._reader.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    assert {name for name, strict in tables if not strict} == {"sqlite_schema"}


def test_two_processes_lose_nothing(start: Start, store: ReadingStore) -> None:
    program = f"CHANGES = {CHANGES}\n{WRITE_MANY}"
    programs = [start(f"NAME = {name!r}\n{program}") for name in ("left", "right")]
    for process in programs:
        _, errors = process.communicate(timeout=600)
        assert (process.returncode, errors) == (0, "")
    expected = {f"{name}.{number}" for name in ("left", "right") for number in range(CHANGES)}
    assert store.keys("bookmarks") | store.lookup("tag", "odd") == expected
    assert store.revision() == 2 * CHANGES


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

        @property
        def in_transaction(self) -> bool:
            return connection.in_transaction

    assert schema.version_of(Interrupted(), path) == 0  # type: ignore[arg-type]
    assert schema.version_of(connection, path) == schema.VERSION
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
    for number in range(KILLS):
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
        if not MANY and time.monotonic() - began > 20:
            break
    store = ReadingStore(path)
    there = store.keys("bookmarks") | store.lookup("tag", "odd")
    assert acknowledged <= there
    # No more than the one change a writer that was killed had made but not told of.
    assert len(there) <= len(acknowledged) + number + 1
    assert store.undo() is not None
    assert store.notes == []
    store.close()
    assert shown_writes(path) == written_plainly(events_in(path))


def test_a_killed_sync_loses_nothing_and_breaks_no_file(start: Start, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "carried"
    folder.mkdir()
    chance = random.Random(8)  # noqa: S311 - moments, not secrets
    for number in range(KILLS // 5):
        program = start(
            f"""
for number in range(1000):
    store.add("bookmarks", [Paper(f"{number}.{{number}}", abstract="wall " * 200)])
    store.sync({str(folder)!r})
    print("synced", flush=True)
"""
        )
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "synced\n"
        time.sleep(chance.uniform(0, 0.1))
        program.kill()
        with program:
            assert program.stderr.read() == ""
    with ReadingStore(path) as store, ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        store.sync(folder)
        done = other.sync(folder)
        assert other.keys("bookmarks") == store.keys("bookmarks")
        # What was cut short in the middle of a line was taken for what it is, and written again.
        assert done.damaged <= KILLS // 5
        assert store.sync(folder).sent == 0


def on_a_small_disk(disk: Path, program: str) -> list[str]:
    """What a program prints that runs where a disk of 1 MB is mounted, in a name space of its own."""
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=1m none \'{disk}\' && exec "$0" -c "$1"'
    done = run_with_own_disk(mount, program, seconds=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_full_disk_refuses_the_change_and_harms_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
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
try:
    store.look_after()
except StoreError as error:
    print(error)
assert not store.backups() and not list((path.parent / "backups").iterdir())
store.close()
print(sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone()[0])
"""
    message, backup, sound = on_a_small_disk(disk, program)
    for said in (message, backup):
        assert said.startswith(f"the disk that holds {disk}/reading.sqlite3 is full; nothing was changed")
    assert sound == "ok"


def test_a_full_disk_in_a_synced_folder_leaves_whole_lines(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    program = f"""
from pathlib import Path
from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, StoreError
disk = Path({str(disk)!r})
with ReadingStore(disk.with_name("here") / "reading.sqlite3") as store:
    store.add("bookmarks", [Paper("first")])
    store.sync(disk)
    (file,) = disk.iterdir()
    whole = file.read_bytes()
    store.add("bookmarks", [Paper(str(number), abstract=str(number) * 3000) for number in range(200)])
    try:
        store.sync(disk)
    except StoreError as error:
        print(error)
    assert file.read_bytes() == whole
    assert len(store.keys("bookmarks")) == 201
"""
    (message,) = on_a_small_disk(disk, program)
    assert message.startswith(f"{disk} cannot be synced with (No space left on device)")


def test_a_folder_that_vanishes_and_comes_back(store: ReadingStore, path: Path) -> None:
    store.add("bookmarks", [Paper("a")])
    away = path.parent.with_name("away")
    path.parent.rename(away)
    with pytest.raises(StoreError, match=r"no longer there.*nothing was changed"):
        store.add("bookmarks", [Paper("b")])
    assert store.keys("bookmarks") == {"a"}
    away.rename(path.parent)
    assert store.add("bookmarks", [Paper("b")]) == ["b"]
    assert store.keys("bookmarks") == {"a", "b"}


def test_a_file_that_is_replaced_is_seen(store: ReadingStore, path: Path, tmp_path: Path) -> None:
    """SQLite would go on with the old file, which has no name any more."""
    with ReadingStore(tmp_path / "other" / path.name) as other:
        other.add("flow", [Paper("of the other")])
    store.add("bookmarks", [Paper("a")])
    (tmp_path / "other" / path.name).replace(path)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    assert store.keys("flow") == {"of the other"}
    assert store.add("flow", [Paper("b")]) == ["b"]
    with ReadingStore(path) as fresh:
        assert fresh.keys("flow") == {"of the other", "b"}
