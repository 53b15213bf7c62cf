"""Backups, and damaged stores put right from them."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, StoreError, backups, recovery, schema
from arxtui.reading.pages import rows_in

from .operations import MANY, events_in, shown, shown_writes, written_plainly


def fill(path: Path, papers: int = 40, first: int = 0) -> None:
    with ReadingStore(path) as store:
        for number in range(first, first + papers):
            store.add("flow", [Paper(f"{number:03}", title=f"On {number}", abstract="A wall walks. " * 20)])


def aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("reading.damaged-*.sqlite3"))


def nothing_else(path: Path) -> None:
    left = {file.name for file in path.parent.iterdir()} - {file.name for file in aside(path)}
    assert left <= {
        "reading.sqlite3",
        "reading.sqlite3-wal",
        "reading.sqlite3-shm",
        "reading.sqlite3-lock",
        "backups",
    }


def no_database(data: bytes) -> bytes:
    return b"These are my notes, not a database.\n" * 100


def no_head(data: bytes) -> bytes:
    return b"\xaa" * 4096 + data[4096:]


def cut_short(data: bytes) -> bytes:
    return data[: len(data) // 4096 * 3 // 4 * 4096]


def cut_in_a_page(data: bytes) -> bytes:
    return data[:-1000]


def zeros_within(data: bytes) -> bytes:
    return data[: 12 * 4096] + bytes(6 * 4096) + data[18 * 4096 :]


def empty(data: bytes) -> bytes:
    return b""


DAMAGES = [no_database, no_head, cut_short, cut_in_a_page, zeros_within, empty]
Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_newest_sound_backup_is_restored_with_what_can_be_read(path: Path, damage: Damage) -> None:
    fill(path)
    with ReadingStore(path) as store:
        backup = store.backup()
        before = store.keys("flow")
    fill(path, 20, first=40)
    all_of_it = {f"{number:03}" for number in range(60)}
    data = damage(path.read_bytes())
    path.write_bytes(data)
    with ReadingStore(path) as store:
        note, *others = store.notes
        # Where an event lay on one page and the record it names on another.
        assert all("the records could not be read" in each for each in others)
        assert before <= store.keys("flow") <= all_of_it
        assert str(backup) in note
        assert store.check() == []
        assert store.entries("flow")[-1].paper.title == "On 0"
        assert store.add("flow", [Paper("new")]) == ["new"]
        if damage is no_head:
            # The first page is that of the backup; all events can be read.
            assert store.keys("flow") == all_of_it | {"new"}
    if damage is not empty:
        (kept,) = aside(path)
        assert kept.read_bytes() == data
        assert str(kept) in note
        assert kept.stat().st_mode & 0o777 == 0o600, (
            "as the store and its backups: what is in it is nobody else's"
        )
    nothing_else(path)
    assert shown_writes(path) == written_plainly(events_in(path))
    with ReadingStore(path) as store:
        assert store.notes == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_backup_what_can_be_read_is_kept(path: Path, damage: Damage) -> None:
    fill(path)
    data = damage(path.read_bytes())
    path.write_bytes(data)
    with ReadingStore(path) as store:
        kept = {info.name: info.size for info in store.lists()}
        assert store.add("flow", [Paper("new")]) == ["new"]
        if damage is empty:
            return  # an empty file is a new store, as nothing says that it was another
        note, *lost = store.notes
        assert bool(lost) == bool(store.lost_records())
    assert str(aside(path)[0]) in note
    if damage is no_database:
        assert "There was no backup and nothing could be read" in note
    else:
        assert kept["flow"] > (39 if damage is no_head else 0)
    nothing_else(path)


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return int(page)


def destroy(path: Path, *pages: int) -> None:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    path.write_bytes(data)


@pytest.mark.parametrize("table", ["events", "records", "writes"])
def test_what_stands_behind_the_first_page_of_a_table_is_kept(path: Path, table: str) -> None:
    fill(path)
    destroy(path, root_of(path, table))
    with ReadingStore(path) as store:
        (note,) = store.notes
        assert "40 changes could still be read. There are 40 changes now; none is lost" in note
        assert len(store.keys("flow")) == 40
        assert all(entry.paper.title for entry in store.entries("flow"))
        assert store.undo() == "added 039 to flow", "it was done here, and that is still known"
    assert shown_writes(path) == written_plainly(events_in(path))


def test_it_is_told_how_many_changes_are_lost(path: Path) -> None:
    fill(path, 60)
    whole = path.read_bytes()
    leaves = {}
    for page in range(2, len(whole) // 4096 + 1):
        read = list(rows_in(bytes(4096) + whole[(page - 1) * 4096 : page * 4096]))
        if read and all(row.number and len(row.values) == 8 for row in read):
            leaves[page] = len(read)
    assert sum(leaves.values()) == 60
    assert len(leaves) > 3
    first, *_, last = leaves
    destroy(path, first, last)
    lost = leaves[first] + leaves[last]
    with ReadingStore(path) as store:
        note = store.notes[0]
        assert f"{60 - lost} changes could still be read" in note
        assert f"There are {60 - lost} changes now; at least {lost} changes are lost" in note
        assert len(store.keys("flow")) == 60 - lost


def test_it_is_told_of_how_many_papers_the_records_are_lost(path: Path) -> None:
    fill(path, 5)
    with ReadingStore(path) as store:
        backup = store.backup()
        assert store.lost_records() == 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE records SET record = '{}' WHERE rowid <= 2")
    shutil.rmtree(backup.parent)
    path.write_bytes(no_head(path.read_bytes()))
    with ReadingStore(path) as store:
        assert "of 2 papers on the lists the records could not be read" in store.notes[1]
        assert store.lost_records() == 2
        assert len(store.keys("flow")) == 5


def test_pages_destroyed_at_random(path: Path) -> None:
    """Whatever is destroyed, the backup is there, and events outside the destroyed pages as a rule."""
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    fill(path, 60, first=40)
    whole = path.read_bytes()
    pages = len(whole) // 4096
    chance = random.Random(5)  # noqa: S311 - places, not secrets
    saved = 0
    for _ in range(300 if MANY else 25):
        data = bytearray(whole)
        page = chance.randrange(pages)
        data[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
        for file in (path, *aside(path)):
            file.unlink(missing_ok=True)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.write_bytes(data)
        with ReadingStore(path) as store:
            keys = store.keys("flow")
            assert {f"{number:03}" for number in range(40)} <= keys, page
            assert store.check() == [], page
            saved += len(keys)
        assert shown_writes(path) == written_plainly(events_in(path))
    # One page holds a few of a hundred events.
    assert saved > 80 * (300 if MANY else 25)


def test_damage_met_in_a_large_store_is_put_right_at_the_next_start(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    monkeypatch.setattr(recovery, "SMALL", 0)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'writes'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    path.write_bytes(data)
    with ReadingStore(path) as store:
        assert store.notes == []
        with pytest.raises(StoreError, match="Start arxtui again"):
            store.keys("flow")
    with ReadingStore(path) as store:
        assert len(store.notes) == 1
        assert len(store.keys("flow")) == 40


def test_the_look_after_finds_damage_and_puts_it_right_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path)
    with ReadingStore(path) as store:
        backup = store.backup()
        before = shown(store)
    backup.rename(backup.with_name("reading-2026-01-01.sqlite3"))
    monkeypatch.setattr(recovery, "SMALL", 0)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'writes_by_paper'"
        ).fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    path.write_bytes(data)
    with ReadingStore(path) as store, ReadingStore(path) as other:
        told = store.look_after()
        assert told is not None
        assert str(aside(path)[0]) in told
        assert shown(store) == before
        assert store.check() == []
        # A window that has the old file open goes over to the new one.
        assert other.add("flow", [Paper("new")]) == ["new"]
        assert "new" in store.keys("flow")


def test_a_store_that_is_gone_comes_back_from_its_backup(path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    path.unlink()
    with ReadingStore(path) as store:
        assert len(store.keys("flow")) == 40
        assert "gone" in store.notes[0]


def test_where_nothing_may_be_written_damage_is_told_of_and_nothing_changed(
    open_folder: Path, plain_user: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_folder / "reading.sqlite3"
    fill(path)
    path.write_bytes(no_head(path.read_bytes()))
    before = path.read_bytes()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with plain_user(), pytest.raises(StoreError, match=r"no sound reading-list store.*may be written"):
        ReadingStore(path)
    assert list(open_folder.iterdir()) == [path]
    assert path.read_bytes() == before


def test_damaged_backups_are_passed_over(path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store:
        sound = store.backup()
        sound.rename(sound.with_name("reading-2026-01-01.sqlite3"))
        newer = store.backup()
    newer.write_bytes(no_head(newer.read_bytes()))
    path.write_bytes(no_database(b""))
    with ReadingStore(path) as store:
        assert "reading-2026-01-01" in store.notes[0]
        assert len(store.keys("flow")) == 40


def of_a_newer_arxtui(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")


def test_a_backup_that_a_newer_arxtui_wrote_is_passed_over_and_told_of(path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store:
        sound = store.backup()
        sound.rename(sound.with_name("reading-2026-01-01.sqlite3"))
        newer = store.backup()
    of_a_newer_arxtui(newer)
    path.write_bytes(cut_short(path.read_bytes()))
    with ReadingStore(path) as store:
        assert "reading-2026-01-01" in store.notes[0]
        assert f"the backup {newer} was left out: a newer arxtui wrote it" in store.notes[-1]
        assert len(store.keys("flow")) == 40
    assert newer.exists()


@pytest.mark.parametrize("own", [False, True])
def test_what_only_a_newer_arxtui_can_put_right_is_left_to_it(path: Path, own: bool) -> None:
    fill(path)
    with ReadingStore(path) as store:
        of_a_newer_arxtui(store.backup())
    if own:
        of_a_newer_arxtui(path)
    path.write_bytes(cut_short(path.read_bytes()))
    before = path.read_bytes()
    wrote = "were written by a newer arxtui" if own else "a newer arxtui wrote the backup"
    with pytest.raises(
        StoreError, match=f"are damaged or gone, .*{wrote}.*nothing was changed. Update arxtui"
    ):
        ReadingStore(path)
    assert path.read_bytes() == before
    assert aside(path) == []
    path.unlink()
    with pytest.raises(StoreError, match="Update arxtui"):
        ReadingStore(path)


def test_a_crash_while_it_is_put_right_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    fill(path, 20, first=40)
    path.write_bytes(no_head(path.read_bytes()))

    class Power(BaseException):
        pass

    def fails(*_: object) -> None:
        raise Power

    for step in ("_set_aside", "_fill", "_told"):
        with monkeypatch.context() as patch:
            patch.setattr(recovery, step, fails)
            with pytest.raises(Power):
                ReadingStore(path)
    with ReadingStore(path) as store:
        assert len(store.keys("flow")) == 60


def test_the_log_of_the_damaged_store_is_not_that_of_the_new_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another window may have left one, which SQLite would take for the new file's."""
    with ReadingStore(path) as store:
        for number in range(40):
            store.add("old", [Paper(f"{number:03}")])
        log = path.with_name(path.name + "-wal").read_bytes()
        store.remove("old", [f"{number:03}" for number in range(40)])
        store.backup()
    assert log
    path.write_bytes(no_head(path.read_bytes()))
    whole = recovery._set_aside

    def another_window(damaged: Path) -> Path | None:
        kept = whole(damaged)
        path.with_name(path.name + "-wal").write_bytes(log)
        return kept

    monkeypatch.setattr(recovery, "_set_aside", another_window)
    with ReadingStore(path) as store:
        assert store.keys("old") == set()
        assert store.check() == []


def test_a_window_that_writes_meanwhile_writes_into_the_new_store(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    data = bytearray(path.read_bytes())
    page = data.index(b'"On 5"') // 4096 * 4096  # a page of records, which the other window does not meet
    data[page] = 0xAA
    path.write_bytes(data)
    monkeypatch.setattr(recovery, "SMALL", 0)
    added: list[str] = []
    with ReadingStore(path) as other:
        thread = threading.Thread(target=lambda: added.extend(other.add("flow", [Paper("meanwhile")])))
        fill_it = recovery._fill

        def slowly(*arguments: Any) -> tuple[int, int]:
            thread.start()
            thread.join(0.3)
            return fill_it(*arguments)

        monkeypatch.setattr(recovery, "_fill", slowly)
        recovery.suspect(path).touch()
        with ReadingStore(path) as store:
            thread.join()
            assert len(store.notes) == 1
            assert added == ["meanwhile"]
            assert "meanwhile" in store.keys("flow")


def test_six_programs_find_the_damage_at_once(
    start: Callable[[str], subprocess.Popen[str]], path: Path
) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    path.write_bytes(no_head(path.read_bytes()))
    programs = [
        start(f"print(len(store.notes)); store.add('flow', [Paper('new {name}')])") for name in range(6)
    ]
    notes = 0
    for program in programs:
        said, errors = program.communicate(timeout=60)
        assert (program.returncode, errors) == (0, "")
        notes += int(said)
    assert notes == 1
    assert len(aside(path)) == 1
    with ReadingStore(path) as store:
        assert len(store.keys("flow")) == 46


def test_a_backup_is_one_sound_file_with_all_that_was_there(path: Path, tmp_path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store:
        before = shown(store)
        (tmp_path / "elsewhere").mkdir()
        made = store.backup(tmp_path / "elsewhere" / "mine.sqlite3")
        store.add("flow", [Paper("later")])
    assert list(made.parent.iterdir()) == [made]
    with ReadingStore(made) as copy:
        assert shown(copy) == before


def test_a_backup_where_nothing_may_be_written(
    open_folder: Path, plain_user: Callable[[], AbstractContextManager[None]]
) -> None:
    (open_folder / "data").mkdir(mode=0o777)
    (open_folder / "data").chmod(0o777)
    (open_folder / "stick").mkdir(mode=0o555)
    with (
        plain_user(),
        ReadingStore(open_folder / "data" / "reading.sqlite3") as store,
        pytest.raises(StoreError, match=r"the folder .*/stick does not allow it"),
    ):
        store.backup(open_folder / "stick")


def test_a_backup_replaces_a_backup_and_nothing_else(path: Path, tmp_path: Path) -> None:
    fill(path, 3)
    with ReadingStore(path) as store:
        thesis, other = tmp_path / "thesis.tex", tmp_path / "other.sqlite3"
        thesis.write_text("years of work")
        with closing(sqlite3.connect(other)) as birds:
            birds.execute("CREATE TABLE birds (name TEXT)")
        for target in (thesis, other):
            with pytest.raises(StoreError, match="it was left as it is"):
                store.backup(target)
        assert thesis.read_text() == "years of work"
        store.backup(tmp_path / "copy.sqlite3")
        store.add("flow", [Paper("new")])
        store.backup(tmp_path / "copy.sqlite3")
        asked = [store.backup(), store.backup()]
        store.look_after()
        assert set(store.backups()) == {*asked, backups.today(path)}, "those that were asked for stay"
    with ReadingStore(tmp_path / "copy.sqlite3") as copy:
        assert len(copy.keys("flow")) == 4


def test_no_backup_is_made_of_a_damaged_store(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM events WHERE seq = 3")
        connection.commit()
    with ReadingStore(path) as store:
        with pytest.raises(StoreError, match="no sound reading-list store"):
            store.backup()
        assert list(backups.folder_of(path).iterdir()) == []
        # The one event is lost, as there was no backup yet; what it did is told of no more.
        assert "the damaged file is kept" in (store.look_after() or "")
        assert len(store.keys("flow")) == 39
        assert store.check() == []


def test_a_backup_waits_for_nobody_and_nobody_for_it(path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store, store._writing():
        # Somebody is in the middle of a change.
        backups.copy(store._reader, path, path.with_name("copy.sqlite3"))
    with ReadingStore(path.with_name("copy.sqlite3")) as copy:
        assert len(copy.keys("flow")) == 40


def test_the_backup_of_the_day_holds_all_that_was_changed_on_it(path: Path) -> None:
    with ReadingStore(path) as store:
        assert store.backups() == []
        store.look_after()
        (made,) = store.backups()
        for name in ("a", "b"):
            store.add("flow", [Paper(name)])
            store.look_after()
            assert store.backups() == [made]
        stamp = made.stat().st_mtime_ns
        store.look_after()
        assert made.stat().st_mtime_ns == stamp, "nothing is new"
    path.write_bytes(b"scribbled over" * 1000)
    with ReadingStore(path) as store:
        assert store.keys("flow") == {"a", "b"}


def test_the_backup_of_a_large_store_is_made_anew_now_and_then(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "QUICK", 0)
    with ReadingStore(path) as store:
        store.look_after()
        (made,) = store.backups()
        before = backups.latest_in(made)
        store.add("flow", [Paper("a")])
        store.look_after()
        assert backups.latest_in(made) == before
        earlier = time.time() - backups.RENEWED_AFTER
        os.utime(made, (earlier, earlier))
        store.look_after()
        assert backups.latest_in(made) != before


def test_a_damaged_store_replaces_no_backup(path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.look_after()
        (made,) = store.backups()
        before = made.read_bytes()
        store.add("flow", [Paper("late")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM events WHERE seq = 3")
        connection.commit()
    with ReadingStore(path) as store:
        assert "were damaged" in (store.look_after() or "")
        assert made.read_bytes() == before
        assert len(store.keys("flow")) == 41
        store.look_after()
        assert backups.newest_sound(path, schema.VERSION) == (made, None)
    with ReadingStore(made) as copy:
        assert len(copy.keys("flow")) == 41


def test_a_backup_with_more_than_the_store_is_kept(path: Path) -> None:
    """Something that syncs files brings an older one back."""
    fill(path, 1)
    older = path.read_bytes()
    with ReadingStore(path) as store:
        store.add("flow", [Paper("late")])
        store.look_after()
    path.write_bytes(older)
    with ReadingStore(path) as store:
        store.add("flow", [Paper("other")])
        store.look_after()
        today, kept = store.backups()
        assert today == backups.today(path)
        store.look_after()
        assert store.backups() == [today, kept]
    with ReadingStore(kept) as copy:
        assert "late" in copy.keys("flow")


def test_ten_days_and_twelve_months_are_kept(path: Path) -> None:
    fill(path, 1)
    folder = backups.folder_of(path)
    folder.mkdir()
    days = [
        f"{year}-{month:02}-{day:02}"
        for year in (2024, 2025)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    for day in days:
        (folder / f"reading-{day}.sqlite3").touch()
    for other in ("reading-before-version-2.sqlite3", "my notes.txt", "reading-mine.sqlite3"):
        (folder / other).touch()
    backups.remove_old(path)
    kept = [file.stem.removeprefix("reading-") for file in backups.dated(path)]
    assert kept[:10] == [f"2025-12-{day:02}" for day in range(28, 18, -1)]
    assert kept[10:] == [f"2025-{month:02}-28" for month in range(11, 0, -1)]
    assert len(list(folder.iterdir())) == len(kept) + 3


def test_backups_of_days_to_come_hide_no_newer_one(path: Path) -> None:
    """The clock was ten years ahead for a while, and was then put right."""
    fill(path, 3)
    with ReadingStore(path) as store:
        ahead = store.backup()
        for day in range(1, 20):
            shutil.copy(ahead, ahead.with_name(f"reading-2126-01-{day:02}.sqlite3"))
        ahead.unlink()
    fill(path, 20)
    with ReadingStore(path) as store:
        store.look_after()
    assert backups.dated(path)[0] == backups.today(path)
    assert len(backups.dated(path)) == 10
    path.unlink()
    with ReadingStore(path) as store:
        assert str(backups.today(path)) in store.notes[0]
        assert len(store.keys("flow")) == 20


def test_a_backup_that_cannot_be_written_is_told_of(path: Path) -> None:
    with ReadingStore(path) as store:
        store.add("flow", [Paper("a")])
        backups.folder_of(path).write_text("a file stands where the folder should")
        with pytest.raises(StoreError, match="backups"):
            store.look_after()
        assert store.keys("flow") == {"a"}


def test_what_is_left_of_a_log_is_kept_with_the_damaged_file(path: Path) -> None:
    """A crash leaves the log; then the file is damaged."""
    with ReadingStore(path) as store:
        for number in range(30):
            store.add("flow", [Paper(f"{number:03}")])
        folder = path.parent.with_name("crashed")
        shutil.copytree(path.parent, folder)
    crashed = folder / path.name
    data = bytearray(crashed.read_bytes())
    crashed.write_bytes(b"\xaa" * min(len(data), 4096) + data[4096:])
    with ReadingStore(crashed) as store:
        # The first page stands in the log as well.
        assert len(store.keys("flow")) == 30


def test_a_restored_store_is_owned_as_before(path: Path) -> None:
    fill(path)
    with ReadingStore(path) as store:
        store.backup()
    path.write_bytes(b"")
    with ReadingStore(path) as store:
        assert store.history(1)[0].here
        assert store.undo() == "added 039 to flow"
    assert path.stat().st_size > 0


def test_a_backup_is_gone_back_to_and_that_is_undone(path: Path, tmp_path: Path) -> None:
    fill(path, 3)
    with ReadingStore(path) as store, ReadingStore(path) as window:
        (tmp_path / "elsewhere").mkdir()
        backup = store.backup(tmp_path / "elsewhere" / "mine.sqlite3")
        before = backup.read_bytes()
        store.add("flow", [Paper("later")])
        assert "later" in window.keys("flow")
        kept = store.restore(backup).kept
        assert kept.parent == path.parent / "backups"
        assert store.keys("flow") == window.keys("flow") == {"000", "001", "002"}
        assert window.add("flow", [Paper("new")]) == ["new"]
        assert "new" in store.keys("flow"), "who had it open goes on with what was restored"
        assert store.undo(store.history()[0].id) == "added new to flow"
        again = store.restore(kept).kept
        assert store.keys("flow") == {"000", "001", "002", "later"}
        assert again != kept
        assert store.check() == []
    assert backup.read_bytes() == before
    nothing_else(path)
    with ReadingStore(path) as store:
        assert store.notes == []
        assert store.undo() == "added later to flow"


def test_a_copy_with_its_log_is_gone_back_to(path: Path, tmp_path: Path) -> None:
    fill(path, 1)
    with ReadingStore(path) as store:
        store.add("flow", [Paper("in the log")])
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", tmp_path / f"copy.sqlite3{suffix}")
        store.undo()
        store.restore(tmp_path / "copy.sqlite3")
        assert store.keys("flow") == {"000", "in the log"}


def test_what_is_no_sound_backup_is_not_gone_back_to(path: Path, tmp_path: Path) -> None:
    fill(path)
    (tmp_path / "text.sqlite3").write_text("no backup")
    torn, newer = tmp_path / "torn.sqlite3", tmp_path / "newer.sqlite3"
    with ReadingStore(path) as store:
        store.backup(torn)
        store.backup(newer)
    torn.write_bytes(zeros_within(torn.read_bytes()))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with ReadingStore(path) as store:
        for file, why in (
            (tmp_path / "text.sqlite3", "is no backup of reading lists"),
            (tmp_path / "nowhere", "is no backup of reading lists"),
            (torn, "cannot be restored, and nothing was changed: it is damaged"),
            (newer, "a newer arxtui wrote it"),
        ):
            with pytest.raises(StoreError, match=why):
                store.restore(file)
            assert len(store.keys("flow")) == 40
        assert store.add("flow", [Paper("new")]) == ["new"]
    nothing_else(path)
    assert not list((path.parent / "backups").glob("*before-restore*"))


def test_what_comes_back_after_two_restores_was_done_here(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "synced"
    folder.mkdir()
    with ReadingStore(path) as store:
        backups = []
        for key in "abc":
            backups.append(store.backup(tmp_path / f"{key}.sqlite3"))
            store.add("flow", [Paper(key)])
        store.sync(folder)
        store.restore(backups[2])
        store.restore(backups[0])
        with ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
            other.sync(folder)
            other.add("flow", [Paper("d")])
            other.sync(folder)
        store.sync(folder)
        assert store.keys("flow") == set("abcd")
        assert [past.here for past in store.history()] == [False, True, True, True]


def test_what_is_restored_and_synced_again_is_one_history(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "synced"
    folder.mkdir()
    fill(path, 2)
    with ReadingStore(path) as store:
        backup = store.backup(tmp_path / "b.sqlite3")
        store.add("flow", [Paper("later")])
        store.sync(folder)
        store.restore(backup)
        assert store.keys("flow") == {"000", "001"}
        store.sync(folder)
        assert store.keys("flow") == {"000", "001", "later"}, "as docs/reading-store.md says"
        assert [past.here for past in store.history()] == [True, True, True], "and it was done here"
        assert store.undo() == "added later to flow"
        assert store.redo() == "added later to flow"
        store.add("flow", [Paper("new")])
        store.sync(folder)
    with ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        assert other.sync(folder).damaged == 0
        assert other.keys("flow") == {"000", "001", "later", "new"}
