"""Devices that exchange events through folders that something carries, late, cut short, twice or not at all."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from arxtui.core.papers import Occurrence, Paper
from arxtui.reading import ListInfo, ReadingStore, StoreError, Synced, devices, syncing
from arxtui.reading.events import Event
from arxtui.reading.listing import known_lists

from .operations import (
    MANY,
    MARKS,
    SAME_NAMES,
    SCRATCH,
    SHARED,
    STEPS,
    Lists,
    Operation,
    a_moment_later,
    do,
    events_in,
    ids_in,
    lists_of,
    lists_plainly,
    said_of_lists,
    shown,
    shown_writes,
    written_plainly,
)

DEVICE = st.integers(0, 2)
YEARS = st.sampled_from([0, -100, -10, 10, 8000])
"""By which the clock of a device is wrong."""


def nanoseconds(years: int) -> int:
    return years * 365 * 86400 * 10**9


def copied(source: Path, target: Path, *, same_home: bool = False) -> None:
    """Copies a store, as an image of a machine would where it is told that it is at home."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        if same_home:
            new.execute("UPDATE state SET value = ? WHERE name = 'home'", (devices._home(target),))
            new.commit()


def untouched(store: ReadingStore, known: set[str], events: dict[str, Event]) -> Lists:
    """The lists of a store of which no other store says anything: a list that is made elsewhere changes no other one."""
    told: set[str] = set()
    for event in events.values():
        if event.id not in known:
            changed = events.get(event.target or "", event)
            for kind, said in said_of_lists(changed):
                if event.target or kind not in ("create", "add"):
                    told |= ids_in(said)
    with store._reading() as connection:
        named = {each.name for each in known_lists(connection) if not told & set(each.ids)}
    return [
        (re.sub(r" \(\d+\)$", "", each.name), each.archived, frozenset(store.keys(each.name)))
        for each in store.lists(archived=True)
        if each.name in named
    ]


class ThreeDevices(RuleBasedStateMachine):
    """Three devices, each with its own copy of the folder. In the end all that any of them has is on all."""

    @initialize(years=st.tuples(YEARS, YEARS, YEARS))
    def start(self, years: tuple[int, ...]) -> None:
        self.temporary = tempfile.TemporaryDirectory(dir=SCRATCH)
        self.root = Path(self.temporary.name)
        self.number = 0
        self.ahead = list(map(nanoseconds, years))
        self.folders = [self.root / f"folder{device}" for device in range(3)]
        for folder in self.folders:
            folder.mkdir()
        self.stores = [ReadingStore(self.fresh()) for _ in range(3)]
        self.backups = [self.fresh() for _ in range(3)]
        for store, backup in zip(self.stores, self.backups, strict=True):
            copied(store.path, backup)

    def fresh(self) -> Path:
        self.number += 1
        path = self.root / f"store{self.number}" / "reading.sqlite3"
        path.parent.mkdir()
        return path

    @rule(device=DEVICE, years=YEARS)
    def set_the_clock(self, device: int, years: int) -> None:
        self.ahead[device] = nanoseconds(years)

    @rule(device=DEVICE, operation=st.one_of(SHARED, SHARED, MARKS))
    def change_anything(self, device: int, operation: Operation) -> None:
        self.change(device, operation)

    def change(self, device: int, operation: Operation) -> None:
        now = time.time_ns() + self.ahead[device]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(time, "time_ns", lambda: now)
            do(self.stores[device], operation)

    @rule(device=DEVICE, operation=st.one_of(SAME_NAMES, SAME_NAMES, SAME_NAMES, STEPS))
    def change_lists(self, device: int, operation: Operation) -> None:
        self.change(device, operation)

    @rule(device=DEVICE)
    def sync(self, device: int) -> None:
        self.stores[device].sync(self.folders[device])

    @rule(
        source=DEVICE,
        onto=DEVICE,
        which=st.integers(0, 5),
        share=st.sampled_from([1.0, 1.0, 0.97, 0.5, 0.0]),
    )
    def carry(self, source: int, onto: int, which: int, share: float) -> None:
        """One file, whole or cut short, whatever stands there already, be it newer."""
        files = sorted(self.folders[source].iterdir())
        if files and source != onto:
            file = files[which % len(files)]
            data = file.read_bytes()
            (self.folders[onto] / file.name).write_bytes(data[: int(len(data) * share)])

    @rule(device=DEVICE, which=st.integers(0, 5))
    def carry_twice(self, device: int, which: int) -> None:
        files = sorted(self.folders[device].iterdir())
        if files:
            file = files[which % len(files)]
            shutil.copy(file, file.with_name(f"{file.stem} (conflicted copy).jsonl"))

    @rule(device=DEVICE, which=st.integers(0, 5), place=st.floats(0, 1, exclude_max=True))
    def damage_a_file(self, device: int, which: int, place: float) -> None:
        files = sorted(self.folders[device].iterdir())
        if files:
            file = files[which % len(files)]
            data = bytearray(file.read_bytes())
            if data:
                data[int(place * len(data))] ^= 1
                file.write_bytes(data)

    @rule(device=DEVICE, which=st.integers(0, 5))
    def lose_a_file(self, device: int, which: int) -> None:
        files = sorted(self.folders[device].iterdir())
        if files:
            files[which % len(files)].unlink()

    @rule(device=DEVICE)
    def back_up(self, device: int) -> None:
        self.backups[device] = self.fresh()
        copied(self.stores[device].path, self.backups[device])

    @rule(device=DEVICE)
    def restore(self, device: int) -> None:
        self.replace(device, self.backups[device], same_home=True)

    @rule(source=DEVICE, onto=DEVICE, same_home=st.booleans())
    def copy_to_another_machine(self, source: int, onto: int, same_home: bool) -> None:
        if source != onto:
            self.replace(onto, self.stores[source].path, same_home=same_home)

    def replace(self, device: int, source: Path, *, same_home: bool) -> None:
        path = self.fresh()
        copied(source, path, same_home=same_home)
        self.stores[device].close()
        self.stores[device] = ReadingStore(path)

    def carry_everything(self) -> None:
        for source in self.folders:
            for target in self.folders:
                if source == target:
                    continue
                for file in sorted(source.iterdir()):
                    there, data = target / file.name, file.read_bytes()
                    old = there.read_bytes() if there.exists() else b""
                    if data.startswith(old):
                        there.write_bytes(data)
                    elif not old.startswith(data):
                        self.number += 1
                        there.with_name(f"{there.stem}.sync-conflict-{self.number}.jsonl").write_bytes(data)

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        there = [events_in(store.path) for store in self.stores]
        marks = {event.id for events in there for event in events if event.kind == "mark"}
        wanted = {event.id for events in there for event in events if not {event.id, event.target} & marks}
        kept = [
            each
            for store, events in zip(self.stores, there, strict=True)
            for each in untouched(
                store, {event.id for event in events}, {e.id: e for each in there for e in each}
            )
        ]
        for _ in range(2):
            for store, folder in zip(self.stores, self.folders, strict=True):
                store.sync(folder)
            self.carry_everything()
        for store, folder in zip(self.stores, self.folders, strict=True):
            store.sync(folder)
        first = shown(self.stores[0])
        for store, folder in zip(self.stores, self.folders, strict=True):
            assert wanted <= {event.id for event in events_in(store.path)}
            assert shown(store) == first
            assert shown_writes(store.path) == written_plainly(events_in(store.path))
            assert lists_of(store) == lists_plainly(events_in(store.path))
            for name, archived, keys in kept:
                assert any(each[:2] == (name, archived) and each[2] >= keys for each in lists_of(store))
            # Nothing is sent for ever.
            assert store.sync(folder).sent == 0
        for store in self.stores:
            store.close()
        self.temporary.cleanup()


ThreeDevices.TestCase.settings = settings(
    max_examples=400 if MANY else 40, stateful_step_count=40 if MANY else 25, deadline=None
)
TestThreeDevices = ThreeDevices.TestCase


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "carried").mkdir()
    return tmp_path / "carried"


@pytest.fixture
def device(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], ReadingStore]:
    def once(name: str) -> ReadingStore:
        store = ReadingStore(tmp_path / name / "reading.sqlite3")
        request.addfinalizer(store.close)
        return store

    return once


Device = Callable[[str], ReadingStore]


def test_it_says_what_was_exchanged(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.add("flow", [Paper("a", title="On a")])
    here.tag("odd", ["a"])
    a_moment_later()
    there.add("flow", [Paper("b")])
    assert here.sync(folder) == Synced(sent=2, received=0, files=0, damaged=0)
    assert there.sync(folder) == Synced(sent=1, received=2, files=1, damaged=0)
    assert here.sync(folder) == Synced(sent=0, received=1, files=2, damaged=0)
    assert here.sync(folder) == Synced(sent=0, received=0, files=2, damaged=0)
    assert [entry.key for entry in here.entries("flow")] == ["b", "a"]
    assert shown(here) == shown(there)
    assert there.entries("flow")[1].paper.title == "On a"
    assert not there.undo() or there.keys("flow") == {
        "a"
    }  # undo comes to what was done here, not to what came


def test_nothing_of_this_machine_is_in_it(device: Device, folder: Path) -> None:
    here = device("here")
    place = Occurrence("/secret/place", "secret.txt", 1, 0, 10, "inline")
    here.add("flow", [Paper("a", title="On a", occurrences=(place,))])
    here.set_mark("x", "a")
    here.undo()
    here.redo()
    here.sync(folder)
    (file,) = folder.iterdir()
    lines = file.read_text()
    assert lines.count("\n") == 1
    for word in ("secret", "mark", os.uname().nodename):
        assert word not in lines


def test_only_what_is_new_is_read(device: Device, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = device("here"), device("there")
    for number in range(50):
        here.add("flow", [Paper(str(number))])
    here.sync(folder)
    there.sync(folder)
    here.add("flow", [Paper("new")])
    here.sync(folder)
    read = []
    whole = syncing.from_line
    monkeypatch.setattr(syncing, "from_line", lambda line: read.append(line) or whole(line))
    assert there.sync(folder).received == 1
    assert len(read) == 1


def test_a_line_that_is_still_being_carried_is_read_when_it_is_whole(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.add("flow", [Paper("a")])
    here.add("flow", [Paper("b")])
    here.sync(folder)
    (file,) = folder.iterdir()
    data = file.read_bytes()
    file.write_bytes(data[:-1])
    assert there.sync(folder)[:2] == (0, 1)
    file.write_bytes(data)
    assert there.sync(folder)[:2] == (0, 1)
    assert there.keys("flow") == {"a", "b"}


def test_a_lost_own_file_is_written_again(device: Device, folder: Path) -> None:
    here = device("here")
    here.add("flow", [Paper("a")])
    here.sync(folder)
    (file,) = folder.iterdir()
    file.unlink()
    assert here.sync(folder).sent == 1
    assert file.exists()


def test_an_own_file_cut_short_is_made_whole(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.add("flow", [Paper("a")])
    here.add("flow", [Paper("b")])
    here.sync(folder)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-20])
    assert here.sync(folder).sent == 1
    assert there.sync(folder).received == 2
    assert there.sync(folder).damaged == 0


def test_damaged_lines_are_counted_and_the_rest_is_read(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    for key in "abc":
        here.add("flow", [Paper(key)])
    here.sync(folder)
    (file,) = folder.iterdir()
    lines = file.read_text().splitlines()
    lines[1] = lines[1].replace('"b"', '"d"')
    file.write_text("\n".join([*lines, "no line of ours", ""]))
    for _ in range(2):
        done = there.sync(folder)
        assert done.damaged == 2
        assert done.notes[0].startswith(f"{file.name}, lines 2, 4: damaged, and mended by the next sync"), (
            "as long as it is there"
        )
    assert there.keys("flow") == {"a", "c"}
    done = here.sync(folder)
    assert (done.sent, done.damaged) == (1, 0)
    assert done.notes == (
        f"{file.name}, lines 2, 4: damaged; the file is this machine's own and was made right",
    )
    assert list(folder.iterdir()) == [file]
    assert there.sync(folder) == Synced(sent=0, received=1, files=1, damaged=0)
    assert there.keys("flow") == {"a", "b", "c"}


@pytest.mark.parametrize("seen", [False, True])
def test_a_line_that_goes_bad_far_from_the_end_is_written_anew(
    device: Device, folder: Path, seen: bool
) -> None:
    """Nobody reads that part again by himself, and a device that comes later would miss what it says."""
    here, there = device("here"), device("there")
    for number in range(60):
        here.add("flow", [Paper(str(number), title=f"On {number}")])
    here.sync(folder)
    (file,) = folder.iterdir()
    if seen:
        there.sync(folder)
    lines = file.read_bytes().splitlines(keepends=True)
    assert sum(map(len, lines[10:])) > 2 * syncing._TAIL
    lines[9] = lines[9].replace(b"On 9", b"On 8")
    file.write_bytes(b"".join(lines))
    if not seen:
        assert there.sync(folder).damaged == 1, "it reads on without that line"
        assert len(there.keys("flow")) == 59
    done = here.sync(folder)
    assert done.sent == 1
    assert f"{file.name}, line 10: damaged" in done.notes[0]
    late = device("late")
    for other in (there, late):
        assert other.sync(folder).damaged == 0
        assert len(other.keys("flow")) == 60
        assert shown(other) == shown(here)
    assert here.sync(folder) == Synced(sent=0, received=0, files=1, damaged=0)


def test_a_line_is_located_also_where_only_what_is_new_was_read(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.add("flow", [Paper("a")])
    here.add("flow", [Paper("b")])
    here.sync(folder)
    there.sync(folder)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole + b"x" * 30 + b"\n")
    assert there.sync(folder).notes[0].startswith(f"{file.name}, line 3: damaged")
    # What carries it brings the rest, in the place of what was damaged.
    here.add("flow", [Paper("c")])
    here.sync(folder)
    assert there.sync(folder)[:4] == (0, 1, 1, 0)


def test_a_file_that_is_none_of_ours_is_told_by_its_name(device: Device, folder: Path) -> None:
    (folder / "arxtui-notes.jsonl").write_text("to do\n" * 9)
    (done,) = device("here").sync(folder).notes
    assert done.startswith("arxtui-notes.jsonl holds nothing of arxtui: move it elsewhere")
    many = folder / "arxtui-0123456789abcdef.jsonl"
    there = device("there")
    there.add("flow", [Paper("a")])
    many.write_text(next(iter(there.dump())) + "no line\n" * 9)
    assert f"{many.name}, lines 2, 3, 4, 5, 6 and 4 more: damaged" in device("late").sync(folder).notes[0]


def test_the_own_file_keeps_lines_of_a_newer_arxtui(device: Device, folder: Path) -> None:
    here = device("here")
    here.add("flow", [Paper("a")])
    here.sync(folder)
    (file,) = folder.iterdir()
    newer = '{"arxtui": 2, "something": "else"}\n'
    file.write_text(f"no line\n{newer}{file.read_text()}cut sho")
    assert here.sync(folder).sent == 0
    assert file.read_text().startswith(newer)
    assert file.read_text().count("\n") == 2


def test_the_folder_of_the_store_is_none_to_sync_with(device: Device) -> None:
    here = device("here")
    here.add("flow", [Paper("a")])
    with pytest.raises(StoreError, match="holds the reading lists themselves"):
        here.sync(here.path.parent)
    assert not list(here.path.parent.glob("*.jsonl"))


def test_a_copy_of_the_store_becomes_a_device_of_its_own(
    device: Device, folder: Path, tmp_path: Path
) -> None:
    here = device("here")
    here.add("flow", [Paper("a")])
    here.sync(folder)
    for name, same_home in (("moved", False), ("image", True)):
        copied(here.path, tmp_path / name / "reading.sqlite3", same_home=same_home)
        here.add("flow", [Paper(f"here {name}")])
        here.sync(folder)
        there = device(name)
        there.add("flow", [Paper(f"there {name}")])
        there.sync(folder)
        here.sync(folder)
        assert here.keys("flow") == there.keys("flow")
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("same_home", [False, True])
def test_what_the_other_does_after_a_copy_is_not_of_this_machine(
    device: Device, folder: Path, tmp_path: Path, same_home: bool
) -> None:
    """Also where the copy had not noticed yet that it is one, and both were one device."""
    here = device("here")
    here.add("flow", [Paper("before")])
    copied(here.path, tmp_path / "copy" / "reading.sqlite3", same_home=same_home)
    copy = device("copy")
    copy.add("flow", [Paper("copy")])
    a_moment_later()
    here.add("flow", [Paper("here")])
    for store in (here, copy, here):
        store.sync(folder)
    assert {past.text: past.here for past in copy.history()} == {
        "added here to flow": False,
        "added copy to flow": True,
        "added before to flow": True,
    }
    assert [past.here for past in here.history()] == [True, False, True]
    # A copy of the copy has made what that one had made, and no more.
    copied(copy.path, tmp_path / "third" / "reading.sqlite3", same_home=same_home)
    third = device("third")
    third.tag("odd", ["third"])
    copy.tag("odd", ["copy"])
    for store in (copy, third, here):
        store.sync(folder)
    assert third.undo() == "tagged third with odd"
    assert third.undo() == "added copy to flow"
    assert third.undo() == "added before to flow"
    assert third.undo() is None
    assert copy.undo() == "tagged copy with odd"
    assert here.undo() == "added here to flow"
    for store in (here, copy, third, here, copy):
        store.sync(folder)
    assert shown(here) == shown(copy) == shown(third)


def test_a_file_that_cannot_be_read_is_left_out_and_told_of(device: Device, folder: Path) -> None:
    here = device("here")
    here.add("flow", [Paper("a")])
    (folder / "arxtui-broken.jsonl").symlink_to(folder / "arxtui-broken.jsonl")
    (folder / "arxtui-pipe.jsonl").mkdir()
    (folder / "notes.jsonl").write_text("not ours\n")
    assert here.sync(folder)[:4] == (1, 0, 0, 0)


def test_lines_of_a_newer_arxtui_are_left_and_told_of(device: Device, folder: Path) -> None:
    (folder / "arxtui-0123456789abcdef.jsonl").write_text('{"arxtui": 2, "something": "else"}\n')
    done = device("here").sync(folder)
    assert done.damaged == 0
    assert "newer arxtui" in done.notes[0]


def test_a_folder_that_is_not_there(device: Device, folder: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        device("here").sync(folder / "missing")


def test_a_file_that_cannot_be_written(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    there.add("flow", [Paper("b")])
    there.sync(folder)
    here.add("flow", [Paper("a")])
    syncing.own_file(folder, devices.this_device(here._reader)).mkdir()
    with pytest.raises(StoreError, match=r"cannot be synced with .*What was received is kept"):
        here.sync(folder)
    assert here.keys("flow") == {"a", "b"}


def test_marks_of_another_device_are_not_its_own(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.set_mark("x", "a")
    here.tag("odd", ["a"])
    here.sync(folder)
    there.sync(folder)
    assert there.marks() == {}
    assert there.lookup("tag", "odd") == {"a"}


def test_an_own_file_of_which_nothing_is_left_is_written_anew(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.tag("odd", ["a"])
    here.sync(folder)
    (file,) = folder.iterdir()
    file.write_bytes(b"z" + file.read_bytes()[1:])
    file.chmod(0o640)
    assert here.sync(folder).sent == 1
    assert file.stat().st_mode & 0o777 == 0o640
    assert there.sync(folder).received == 1


def exchanged(folder: Path, *stores: ReadingStore) -> list[dict[str, set[str]]]:
    """The lists that each store shows, by name, once all have synced."""
    for store in (*stores, *stores):
        store.sync(folder)
    assert all(shown(store) == shown(stores[0]) for store in stores)
    return [{each.name: store.keys(each.name) for each in store.lists() if each.size} for store in stores]


def test_a_list_is_not_put_away_with_one_of_its_name_that_was_before(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.add("old", [Paper("p")])
    here.archive_list("old")
    here.sync(folder)
    a_moment_later()
    there.add("old", [Paper("q"), Paper("r")])
    there.sync(folder)
    assert here.sync(folder).notes == ("the list old is called “old (2)” now",)
    assert exchanged(folder, here, there)[0] == {"old": {"q", "r"}}
    # The one that was put away gets the number, which is told, and can be brought back.
    here.unarchive_list("old (2)")
    assert exchanged(folder, here, there)[1] == {"old": {"q", "r"}, "old (2)": {"p"}}


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_a_new_name_is_neither_undone_nor_given_to_a_list_made_elsewhere(
    device: Device, folder: Path, when: str
) -> None:
    here, there = device("here"), device("there")

    def make(moment: str) -> None:
        if moment == when:
            there.add("reading", [Paper("p3")])
            a_moment_later()

    make("before")
    here.add("reading", [Paper("p1")])
    a_moment_later()
    make("between")
    here.rename_list("reading", "thesis 2023")
    here.add("reading", [Paper("p2")])
    a_moment_later()
    make("after")
    assert exchanged(folder, here, there)[0] == {"thesis 2023": {"p1"}, "reading": {"p2", "p3"}}


def test_the_last_of_two_new_names_holds(device: Device, folder: Path) -> None:
    first, second, third = device("first"), device("second"), device("third")
    first.add("reading", [Paper("p")])
    exchanged(folder, first, second)
    first.rename_list("reading", "reading A")
    a_moment_later()
    second.rename_list("reading", "reading B")
    a_moment_later()
    third.add("reading", [Paper("q")])
    assert exchanged(folder, first, second, third)[2] == {"reading B": {"p"}, "reading": {"q"}}


def test_a_list_of_two_devices_is_one_whatever_is_done_with_it_then(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.add("flow", [Paper("a", title="On a"), Paper("b")])
    a_moment_later()
    there.add("flow", [Paper("b"), Paper("c")])
    there.set_default_list("flow")
    exchanged(folder, here, there)
    assert here.default_list() == "flow"
    assert [(info.name, info.size) for info in here.lists()] == [("bookmarks", 0), ("flow", 3)]
    assert here.lookup("is", "listed") == here.lookup("list", "flow") == {"a", "b", "c"}
    assert here.states("ab")["b"].lists == ("flow",)
    assert here.lists_of("b") == ["flow"]
    here.move("flow", ["a"], before="b")
    assert [entry.key for entry in here.entries("flow")] == ["a", "b", "c"]
    here.remove("flow", ["b"])
    here.describe_list("flow", "to read")
    here.rename_list("flow", "flows")
    here.archive_list("flows")
    assert exchanged(folder, here, there)[1] == {}
    assert there.lists(archived=True)[1:] == [ListInfo("flows", 2, "to read", archived=True)]
    here.undo()
    here.undo()
    assert exchanged(folder, here, there)[1] == {"flow": {"a", "c"}}


def test_undo_passes_over_what_another_device_has_done_too(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.tag("odd", ["a"])
    here.add("flow", [Paper("a")])
    there.add("flow", [Paper("a"), Paper("b")])
    exchanged(folder, here, there)
    # Without it the list and the paper on it are there as before.
    assert here.undo() == "tagged a with odd"
    assert here.undo() is None
    assert there.undo() == "added b to flow"
    assert exchanged(folder, here, there)[0] == {"flow": {"a"}}


def test_undo_of_making_and_renaming_a_list(device: Device, folder: Path) -> None:
    here, there = device("here"), device("there")
    here.create("flow")
    a_moment_later()
    there.create("flow")
    there.rename_list("flow", "later")
    exchanged(folder, here, there)
    assert [info.name for info in here.lists()] == ["bookmarks", "flow", "later"]
    assert there.undo() == "renamed list flow to later"
    exchanged(folder, here, there)
    assert [info.name for info in here.lists()] == ["bookmarks", "flow"]
    assert there.redo() == "renamed list flow to later"
    assert here.undo() is None, "the other one has made it too, as far as is known here"
    exchanged(folder, here, there)
    assert here.undo() == "created list flow"
    exchanged(folder, here, there)
    assert [info.name for info in here.lists()] == ["bookmarks", "later"]
