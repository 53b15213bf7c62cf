from __future__ import annotations

import errno
import resource
import shutil
import sqlite3
import stat
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, StoreError, recovery
from arxtui.reading.log import with_log
from arxtui.reading.schema import version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    PlainUser = Callable[[], AbstractContextManager[None]]


def filled(path: Path, papers: int = 3) -> dict[str, bytes]:
    """Makes a store with that many bookmarks; returns the bytes of each file in its folder."""
    with ReadingStore(path) as store:
        for number in range(papers):
            store.add("bookmarks", [Paper(f"2403.{number:05d}", abstract="A wall walks. " * 40)])
    return contents(path)


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def test_a_folder_that_may_not_be_written_is_read(open_folder: Path, plain_user: PlainUser) -> None:
    path = open_folder / "reading.sqlite3"
    before = filled(path)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with plain_user(), ReadingStore(path) as store:
        assert len(store.entries("bookmarks")) == 3
        for change in (
            lambda: store.add("bookmarks", [Paper("a")]),
            lambda: store.remove("bookmarks", ["2403.00000"]),
            lambda: store.create("x"),
            store.undo,
        ):
            with pytest.raises(StoreError, match="can be read but not changed") as caught:
                change()
            assert str(path) in str(caught.value)
        assert len(store.keys("bookmarks")) == 3
    assert contents(path) == before


def test_a_file_that_may_not_be_written_is_read(open_folder: Path, plain_user: PlainUser) -> None:
    path = open_folder / "reading.sqlite3"
    before = filled(path)[path.name]
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with plain_user(), ReadingStore(path) as store:
        assert len(store.entries("bookmarks")) == 3
        with pytest.raises(StoreError, match="can be read but not changed"):
            store.add("bookmarks", [Paper("a")])
    assert path.read_bytes() == before


def test_what_a_crash_left_in_the_log_is_read_where_nothing_may_be_written(
    open_folder: Path, plain_user: PlainUser
) -> None:
    path = open_folder / "reading.sqlite3"
    live = open_folder / "live" / "reading.sqlite3"
    with ReadingStore(live) as store:
        store.add("bookmarks", [Paper("in the log")])
        # What is on the disk at this moment is what a crash leaves behind.
        for file in live.parent.iterdir():
            shutil.copy(file, open_folder)
            (open_folder / file.name).chmod(0o444)
    open_folder.chmod(0o555)
    assert path.with_name("reading.sqlite3-wal").stat().st_size > 0
    with plain_user(), ReadingStore(path) as store:
        assert store.keys("bookmarks") == {"in the log"}


def test_no_store_can_be_made_where_nothing_may_be_written(open_folder: Path, plain_user: PlainUser) -> None:
    open_folder.chmod(0o555)
    for path in (open_folder / "reading.sqlite3", open_folder / "new" / "reading.sqlite3"):
        with plain_user(), pytest.raises(StoreError, match="ARXTUI_DATA_DIR") as caught:
            ReadingStore(path)
        assert str(path.parent) in str(caught.value)


def test_a_file_stands_where_the_folder_should(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made or read"):
        ReadingStore(tmp_path / "file" / "reading.sqlite3")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        ReadingStore(tmp_path / "folder")


def test_a_newer_store_is_read_and_left_alone(path: Path) -> None:
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = contents(path)
    with ReadingStore(path) as store:
        (note,) = store.notes
        assert "newer arxtui (version 7 of the store, this one knows 4)" in note
        assert store.read_only
        assert len(store.entries("bookmarks")) == 3
        with pytest.raises(StoreError, match="Update arxtui"):
            store.add("bookmarks", [Paper("a")])
    assert contents(path)[path.name] == before[path.name]


def test_a_newer_store_with_other_tables_is_refused(path: Path) -> None:
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE writes RENAME COLUMN detail TO details")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = contents(path)
    with pytest.raises(StoreError, match=r"newer arxtui \(version 7 .*Update arxtui"):
        ReadingStore(path)
    assert contents(path)[path.name] == before[path.name]


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()
    before = contents(path)
    with pytest.raises(StoreError, match="another program's database; it was left as it is"):
        ReadingStore(path)
    assert contents(path) == before


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with ReadingStore(path) as store:
        assert store.add("bookmarks", [Paper("a")]) == ["a"]


def test_odd_letters_in_the_path(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20d \udce9" / "reading.sqlite3"
    with ReadingStore(path) as store:
        store.add("bookmarks", [Paper("a")])
    with ReadingStore(path) as store:
        assert store.keys("bookmarks") == {"a"}


def test_a_store_that_stays_locked(path: Path) -> None:
    filled(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        # Opening and reading go on meanwhile; only the change is refused.
        with ReadingStore(path, patience=0.2) as store:
            assert len(store.keys("bookmarks")) == 3
            with pytest.raises(
                StoreError, match=r"locked by another program for 0\.2 seconds; nothing was changed"
            ):
                store.add("bookmarks", [Paper("a")])
            assert 0.2 <= time.monotonic() - began < 3
            other.execute("ROLLBACK")
            assert store.add("bookmarks", [Paper("a")]) == ["a"]
    finally:
        other.close()


def test_a_change_that_fails_leaves_nothing_behind(path: Path) -> None:
    filled(path)
    with ReadingStore(path) as store:
        before = store.revision()
        # SQLite's own bound on the size of the file: the same error as a full disk.
        pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
        store._writer.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match=r"disk that holds .* is full"):
            store.add("bookmarks", [Paper(str(number), abstract="x" * 1000) for number in range(100)])
        assert store.revision() == before
        assert len(store.keys("bookmarks")) == 3
        assert store.remove("bookmarks", ["2403.00000"]) == ["2403.00000"]


@contextmanager
def nothing_more_can_be_written() -> Iterator[None]:
    """A bound on the size of files: this process can write to none, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_store_on_a_full_disk_is_read(path: Path) -> None:
    before = filled(path)
    with nothing_more_can_be_written(), ReadingStore(path) as store:
        notes, read_only, keys = store.notes, store.read_only, store.keys("bookmarks")
        try:
            store.add("bookmarks", [Paper("a")])
            said = ""
        except StoreError as error:
            said = str(error)
    assert len(keys) == 3
    assert read_only
    assert "can be read but not changed: the disk is full" in said
    assert notes == [said]
    assert contents(path)[path.name] == before[path.name]
    with ReadingStore(path) as store:
        assert store.notes == []
        assert store.add("bookmarks", [Paper("a")]) == ["a"]


def test_a_damaged_store_on_a_full_disk_leaves_no_files_about(path: Path) -> None:
    filled(path)
    path.write_bytes(b"scribbled over" * 1000)
    for _ in range(2):
        with nothing_more_can_be_written(), pytest.raises(StoreError, match="has space"):
            ReadingStore(path)
    assert {file.name for file in path.parent.iterdir()} <= {path.name, f"{path.name}-lock"}


def test_a_damaged_store_that_has_no_room_for_a_new_one_is_set_aside_only_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    path.write_bytes(b"scribbled over" * 1000)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(recovery, "_put_in_place", full)
        for _ in range(2):
            with pytest.raises(StoreError, match="has space"):
                ReadingStore(path)
    assert {file.name for file in path.parent.iterdir()} <= {path.name, f"{path.name}-lock"}
    with ReadingStore(path) as store:
        assert "the damaged file is kept" in store.notes[0]


@pytest.fixture
def left_by_a_crash(path: Path) -> Path:
    """A store as a crash leaves it: the last changes are in its log."""
    path.parent.mkdir()
    live = path.parents[1] / "live" / path.name
    with ReadingStore(live) as store:
        store.add("bookmarks", [Paper("a")])
        with closing(sqlite3.connect(live)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        store.add("bookmarks", [Paper("in the log", abstract="x" * 9000)])
        store.remove("bookmarks", ["a"])
        for suffix in ("", "-wal"):
            shutil.copy(f"{live}{suffix}", f"{path}{suffix}")
    return path


def test_a_store_with_a_log_on_a_full_disk_is_read(left_by_a_crash: Path) -> None:
    path = left_by_a_crash
    before = contents(path)
    with nothing_more_can_be_written(), ReadingStore(path) as store:
        notes, keys, history = store.notes, store.keys("bookmarks"), store.history()
        with pytest.raises(StoreError) as refusal:
            store.add("bookmarks", [Paper("b")])
    assert keys == {"in the log"}
    assert len(history) == 3
    assert notes == [str(refusal.value)]
    assert "can be read but not changed: the disk is full" in notes[0]
    after = contents(path)
    assert [after[path.name + suffix] for suffix in ("", "-wal")] == [
        before[path.name + suffix] for suffix in ("", "-wal")
    ]
    with ReadingStore(path) as store:
        assert store.notes == []
        assert store.keys("bookmarks") == {"in the log"}
        assert store.add("bookmarks", [Paper("b")]) == ["b"]


def test_a_store_with_a_log_alone_where_nothing_may_be_written_is_read(
    left_by_a_crash: Path, open_folder: Path, plain_user: PlainUser
) -> None:
    path = open_folder / "reading.sqlite3"
    for suffix in ("", "-wal"):
        shutil.copy(f"{left_by_a_crash}{suffix}", f"{path}{suffix}")
        path.with_name(path.name + suffix).chmod(0o444)
    open_folder.chmod(0o555)
    with plain_user(), ReadingStore(path) as store:
        assert store.keys("bookmarks") == {"in the log"}
        with pytest.raises(StoreError, match="can be read but not changed"):
            store.add("bookmarks", [Paper("b")])


@pytest.mark.parametrize("cut", [0, 10, 3 * 4120, 4 * 4120 + 100])
def test_a_database_with_its_log_is_what_sqlite_makes_of_them(left_by_a_crash: Path, cut: int) -> None:
    log = left_by_a_crash.with_name(left_by_a_crash.name + "-wal")
    log.write_bytes(log.read_bytes()[: len(log.read_bytes()) - cut])
    with closing(sqlite3.connect(":memory:")) as ours:
        ours.deserialize(with_log(left_by_a_crash))
        read = list(ours.iterdump())
    with closing(sqlite3.connect(left_by_a_crash)) as theirs:
        assert read == list(theirs.iterdump())


def test_no_rollback_hides_what_is_wrong(path: Path) -> None:
    filled(path)

    class Full(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            if "application_id" in arguments[0]:
                super().execute("ROLLBACK")  # as SQLite does by itself
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(*arguments)

    with (
        closing(sqlite3.connect(path, isolation_level=None, factory=Full)) as connection,
        pytest.raises(sqlite3.OperationalError, match="disk is full"),
    ):
        version_of(connection, path)


def test_a_check_finds_what_nobody_has_met(path: Path) -> None:
    filled(path, 200)
    with ReadingStore(path) as store:
        assert store.check() == []
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM events WHERE seq = 3")
    connection.commit()
    connection.close()
    with ReadingStore(path) as store:
        assert all("events" in said for said in store.check())
        assert store.check()


def test_all_that_is_kept_is_its_owner_s_alone(path: Path, tmp_path: Path) -> None:
    filled(path)
    with ReadingStore(path) as store:
        store.create("one more")
        store.look_after()
        store.restore(store.backup(tmp_path / "elsewhere.sqlite3"))
        store.create("and another")
        files = [file for file in tmp_path.rglob("*.sqlite3*") if file.stat().st_size]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert len(files) >= 4


def test_a_full_disk_is_called_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with ReadingStore(path) as store:
        backup = store.backup()
        monkeypatch.setattr("arxtui.reading.recovery.shutil.copyfile", refuses)
        with pytest.raises(StoreError, match="is full; nothing was changed"):
            store.restore(backup)
