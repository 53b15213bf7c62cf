"""Everything as lines, out of a store and into another; and lines from anywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtui.core.papers import Paper
from arxtui.reading import ListInfo, Loaded
from arxtui.reading.changes import Malformed
from arxtui.reading.lines import Newer, _sum, from_line

from .operations import MARKS, SHARED, Operation, do, shown
from .test_projection import EXAMPLES, stores


@given(st.lists(st.one_of(SHARED, MARKS), max_size=30))
@settings(max_examples=EXAMPLES, deadline=None)
def test_an_export_into_an_empty_store_shows_the_same(operations: list[Operation]) -> None:
    with stores(2) as (store, empty):
        for operation in operations:
            do(store, operation)
        lines = list(store.dump())
        assert empty.load(lines) == Loaded(len(lines), 0, 0)
        assert shown(empty) == shown(store)
        assert empty.marks() == store.marks()
        assert list(empty.dump()) == lines
        assert empty.load(lines) == Loaded(0, len(lines), 0)
        assert [past._replace(here=True) for past in empty.history(100)] == store.history(100)


def line_of(*operations: Operation) -> str:
    with stores(1) as (store,):
        for operation in operations:
            do(store, operation)
        return list(store.dump())[-1]


LINES = [
    line_of(("add", "flow", ["a", "b"])),
    line_of(("add", "flow", ["a"]), ("undo",)),
    line_of(("set_note", "a", "short")),
    line_of(("set_stars", ["a"], 3)),
]


@given(st.sampled_from(LINES), st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_line_is_none(line: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line) - 2))
    letter = data.draw(st.characters(max_codepoint=126))
    damaged = data.draw(st.sampled_from([line[:at], line[at + 1 :], line[:at] + letter + line[at + 1 :]]))
    if damaged.strip() != line.strip():
        with pytest.raises(Malformed):
            from_line(damaged)


def changed(line: str, **fields: Any) -> str:
    """The line with other values and the right sum: what somebody wrote who knows how."""
    body = json.loads(line) | fields
    del body["sum"]
    said = json.dumps(body)[:-1]
    return f'{said},"sum":"{_sum(said)}"}}'


HOSTILE = {
    "an id from beyond time": {"id": "f" * 12 + "7" + "0" * 3 + "8" + "0" * 15},
    "an id that is none": {"id": "first"},
    "a time that is none": {"time": "yesterday"},
    "a device that is a path": {"device": "../../etc/passwd"},
    "no payload": {"payload": None},
    "no entries": {"payload": {"list": "flow", "name": "flow"}},
    "a list whose name moves the cursor": {"payload": {"list": "a\x1b[2J", "name": "a", "entries": []}},
    "a list that is half a character": {"payload": {"list": "a#\udce9", "name": "a", "entries": []}},
    "a list that is a number": {"payload": {"list": 7, "name": "a", "entries": []}},
    "a list without end": {"payload": {"list": "a#" + "0" * 2000, "name": "a", "entries": []}},
    "one list with a word": {"payload": {"list": "a", "with": "b", "name": "a", "entries": []}},
    "a record that is none": {"kind": "fill", "payload": {"records": [["k", "../x"]]}},
    "no records": {"kind": "fill", "payload": {}},
    "a key that moves the cursor": {"payload": {"list": "a", "name": "a", "entries": [["\x1b[2J", ""]]}},
    "a key that is half a character": {"payload": {"list": "a", "name": "a", "entries": [["\udce9", ""]]}},
    "a digest that is none": {"payload": {"list": "a", "name": "a", "entries": [["k", "../x"]]}},
    "a digest that is a number": {"payload": {"list": "a", "name": "a", "entries": [["k", 7]]}},
    "entries that are words": {"payload": {"list": "a", "name": "a", "entries": ["k"]}},
    "records that are others": {"records": {"0" * 64: {"title": "x"}}},
    "a target for what has none": {"target": LINES[0][20:52]},
    "a kind that is a list": {"kind": ["add"]},
    "an undo of nothing": {"kind": "undo"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_says_what_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        from_line(changed(LINES[0], **HOSTILE[name]))


def test_what_json_allows_and_a_database_does_not() -> None:
    deep: list[Any] = []
    for _ in range(900):
        deep = [deep]
    for payload in ({"deep": deep}, {"number": float("nan")}):
        with pytest.raises(Malformed):
            from_line(changed(LINES[0], kind="unheard", payload=payload))
    with pytest.raises(Malformed):
        from_line("[" * 100_000)


@pytest.mark.parametrize("kind", ["rename", "archive"])
def test_no_line_takes_the_bookmarks_away(kind: str) -> None:
    payload = {"list": "bookmarks", "name": "mine now", "was": "bookmarks"}
    with stores(1) as (store,):
        assert store.load([changed(LINES[0], kind=kind, payload=payload)]).received == 1
        assert store.lists() == [ListInfo("bookmarks", 0)]
        assert store.default_list() == "bookmarks"


def test_a_newer_line_is_told_from_a_damaged_one() -> None:
    with pytest.raises(Newer):
        from_line('{"arxtui": 2}')


def test_what_is_no_event_is_counted_and_passed_over() -> None:
    with stores(2) as (store, other):
        store.add("flow", [Paper("a")])
        lines = ["", "garbage\n", *store.dump(), '{"a": 1}\n']
        assert other.load(lines) == Loaded(1, 0, 2)
        assert other.keys("flow") == {"a"}
