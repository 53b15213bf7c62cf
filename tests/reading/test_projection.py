"""What is shown is a function of the set of events, whatever the order in which they came."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore, changes, projection
from arxtui.reading.lines import to_line

from .operations import (
    MANY,
    MARKS,
    SCRATCH,
    SHARED,
    Operation,
    a_moment_later,
    do,
    events_in,
    lists_of,
    lists_plainly,
    shown,
    shown_writes,
    written_plainly,
)

EXAMPLES = 500 if MANY else 50


@contextmanager
def stores(count: int) -> Iterator[list[ReadingStore]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=SCRATCH)))
        yield [stack.enter_context(ReadingStore(folder / str(n) / "reading.sqlite3")) for n in range(count)]


@given(st.lists(st.one_of(SHARED, MARKS), max_size=30))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_quick_way_the_long_way_and_the_rules_agree(operations: list[Operation]) -> None:
    with stores(1) as (store,):
        for operation in operations:
            do(store, operation)
        plainly = written_plainly(events_in(store.path))
        assert shown_writes(store.path) == plainly
        assert lists_of(store) == lists_plainly(events_in(store.path))
        before = shown(store)
        with closing(sqlite3.connect(store.path)) as connection:
            projection.rebuild(connection)
            connection.commit()
        assert shown_writes(store.path) == plainly
        assert shown(store) == before


@given(
    st.lists(st.tuples(st.integers(0, 1), SHARED | st.just(("meet",))), max_size=25),
    st.randoms(use_true_random=False),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_order_of_arrival_gives_the_same(
    operations: list[tuple[int, Operation]], chance: random.Random
) -> None:
    with stores(4) as (*devices, late, later):
        for device, operation in operations:
            if operation == ("meet",):
                devices[device].load(devices[1 - device].dump())
            else:
                do(devices[device], operation)
        lines = [line for device in devices for line in device.dump()]
        for store in (late, later):
            chance.shuffle(lines)
            for line in lines:
                store.load([line])
        assert shown(late) == shown(later)
        assert shown_writes(late.path) == written_plainly(events_in(late.path))
        assert lists_of(late) == lists_plainly(events_in(late.path))
        for device in devices:
            device.load(lines)
            assert shown(device) == shown(late)


def test_two_devices_make_one_list_of_one_name() -> None:
    with stores(2) as (here, there):
        here.add("flow", [Paper("a")])
        there.add("flow", [Paper("b")])
        there.load(here.dump())
        assert {info.name: info.size for info in there.lists()} == {"bookmarks": 0, "flow": 2}


def test_lists_that_get_one_name_keep_apart() -> None:
    with stores(2) as (here, there):
        there.add("flow", [Paper("b")])
        here.create("one")
        a_moment_later()
        here.rename_list("one", "flow")
        here.add("flow", [Paper("a")])
        here.load(there.dump())
        there.load(here.dump())
        assert {info.name for info in here.lists()} == {"bookmarks", "flow", "flow (2)"}
        assert shown(here) == shown(there)
        # Who got the name later has the number.
        assert (here.keys("flow"), here.keys("flow (2)")) == ({"b"}, {"a"})


def test_a_list_made_elsewhere_by_the_new_name_of_one_is_that_one() -> None:
    with stores(2) as (here, there):
        here.add("one", [Paper("a")])
        here.rename_list("one", "flow")
        a_moment_later()
        there.add("flow", [Paper("b")])
        there.load(here.dump())
        assert {info.name: info.size for info in there.lists()} == {"bookmarks": 0, "flow": 2}


def test_a_renamed_list_leaves_its_name_free() -> None:
    with stores(1) as (store,):
        store.add("flow", [Paper("a")])
        store.rename_list("flow", "old flow")
        store.add("flow", [Paper("b")])
        assert (store.keys("flow"), store.keys("old flow")) == ({"b"}, {"a"})


def test_an_undo_that_comes_before_what_it_undoes() -> None:
    with stores(2) as (here, there):
        here.add("flow", [Paper("a")])
        here.undo()
        add, undo = here.dump()
        there.load([undo])
        there.load([add])
        assert [info.name for info in there.lists()] == ["bookmarks"]
        assert there.history()[0].undone


def test_two_notes_written_at_the_same_time_are_both_kept_until_one_is_made_of_them() -> None:
    with stores(2) as (here, there):
        here.set_note("a", "first")
        there.load(here.dump())
        here.set_note("a", "of here")
        a_moment_later()
        there.set_note("a", "of there")
        here.load(there.dump())
        there.load(here.dump())
        note = here.note("a")
        assert note.text.startswith("of here\n\n--- also written, ")
        assert note.text.endswith(" UTC ---\n\nof there")
        assert there.note("a") == note
        there.set_note("a", "of both")
        here.load(there.dump())
        assert here.note("a").text == "of both"


def test_a_note_removed_here_and_rewritten_there_stays() -> None:
    with stores(2) as (here, there):
        here.set_note("a", "first")
        there.load(here.dump())
        here.set_note("a", "")
        there.set_note("a", "second")
        here.load(there.dump())
        assert here.note("a").text == "second"


def test_a_kind_of_change_counts_once_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with stores(2) as (here, there):
        there.set_stars(["a", "b"], 3)
        there.tag("odd", ["a"])
        there.undo()
        lines = list(there.dump())
        event = events_in(there.path)[0]
        broken = event._replace(id="01ff" + event.id[4:], payload={"stars": 9, "keys": ["a"]})
        with monkeypatch.context() as older:
            older.delitem(changes.KINDS, "stars")
            lines.append(to_line(there._reader, broken))
            with ReadingStore(here.path) as store:
                assert store.load(lines).damaged == 0
                assert store.states("ab") == {}
                assert len(store.history()) == 3
        with ReadingStore(here.path) as store:
            assert store.states("ab") == there.states("ab")
            assert [past.text for past in store.history()] == [past.text for past in there.history()]
            revision = store.revision()
        with ReadingStore(here.path) as store:
            assert store.revision() == revision
        assert shown_writes(here.path) == written_plainly(events_in(here.path))


def test_a_kind_of_change_that_only_a_newer_arxtui_knows_is_kept_and_passed_on() -> None:
    with stores(2) as (here, there):
        here.add("flow", [Paper("a")])
        event = events_in(here.path)[0]._replace(kind="colour", id="f" * 3 + events_in(here.path)[0].id[3:])
        event = event._replace(id="01ff" + event.id[4:], payload={"colour": "red"})
        line = to_line(here._reader, event)
        assert there.load([line]).received == 1
        assert "newer arxtui" in there.history()[0].text
        assert line in list(there.dump())
