"""Lists: names, descriptions, the archive, orders, the default one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtui.core.papers import Occurrence, Paper
from arxtui.reading import ListInfo, ReadingStore, StoreError, UnknownList
from arxtui.reading.places import between, inserted, is_place, place_of, spread

from .test_projection import stores

WALL = Paper(
    key="2403.01234",
    version=2,
    title="Domain walls  that remember",
    author_text="A. Writer, B. Reader",
    abstract="We let a wall walk.",
    categories=("cond-mat",),
    created="2024-03-02",
    occurrences=(Occurrence("/library", "a.txt", 1, 0, 10, "inline"),),
)


def order(store: ReadingStore, name: str = "flow", sort: str | None = None) -> str:
    return "".join(entry.key for entry in store.entries(name, sort))


@pytest.fixture
def flow(store: ReadingStore) -> ReadingStore:
    store.add("flow", [Paper(key) for key in "abcdef"])
    return store


def test_a_list_is_made_with_a_description_and_described_anew(store: ReadingStore) -> None:
    store.create("flow", "how to match")
    assert store.lists()[1] == ListInfo("flow", 0, "how to match")
    store.describe_list("flow", "what flows")
    assert store.lists()[1].description == "what flows"
    assert store.undo() == "described list flow"
    assert store.lists()[1].description == "how to match"
    assert store.undo() == "created list flow"
    assert store.lists() == [ListInfo("bookmarks", 0)]


def test_a_renamed_list_keeps_all_it_has(flow: ReadingStore) -> None:
    flow.rename_list("flow", "flow matching")
    assert order(flow, "flow matching") == "abcdef"
    flow.add("flow matching", [Paper("g")])
    with pytest.raises(UnknownList):
        flow.entries("flow")
    assert flow.undo() == "added g to “flow matching”"
    assert flow.undo() == "renamed list flow to “flow matching”"
    assert order(flow) == "abcdef"


def test_only_the_case_of_a_name_can_be_changed(flow: ReadingStore) -> None:
    flow.rename_list("flow", "Flow")
    assert [info.name for info in flow.lists()] == ["bookmarks", "Flow"]


def test_a_name_that_is_taken_is_refused(flow: ReadingStore) -> None:
    flow.create("other")
    flow.archive_list("other")
    with pytest.raises(StoreError, match="'other' already, in the archive"):
        flow.rename_list("flow", "Other")
    with pytest.raises(StoreError, match="'flow' already"):
        flow.create("FLOW")


def test_lists_are_found_without_regard_to_case_but_better_with(flow: ReadingStore) -> None:
    assert flow.keys("FLOW") == set("abcdef")
    assert flow.add("FLOW", [Paper("g")]) == ["g"]
    assert [info.name for info in flow.lists()] == ["bookmarks", "flow"]


def test_bookmarks_are_always_there(store: ReadingStore) -> None:
    with pytest.raises(StoreError, match="keeps its name"):
        store.rename_list("bookmarks", "flow")
    with pytest.raises(StoreError, match="cannot be archived"):
        store.archive_list("bookmarks")


def test_an_archived_list_is_out_of_sight_and_whole(flow: ReadingStore) -> None:
    flow.archive_list("flow")
    assert [info.name for info in flow.lists()] == ["bookmarks"]
    assert flow.lists(archived=True)[1] == ListInfo("flow", 6, archived=True)
    assert flow.lists_of("a") == []
    assert order(flow) == "abcdef"
    flow.add("flow", [Paper("g")])
    flow.unarchive_list("flow")
    assert flow.lists()[1] == ListInfo("flow", 7)
    assert flow.lists_of("a") == ["flow"]
    assert flow.undo() == "took list flow out of the archive"
    assert flow.undo() == "added g to flow"
    assert flow.undo() == "archived list flow"
    assert flow.lists()[1] == ListInfo("flow", 6)


def test_what_is_so_already_is_no_change(flow: ReadingStore) -> None:
    before = flow.revision()
    flow.rename_list("flow", "flow")
    flow.describe_list("flow", "")
    flow.unarchive_list("flow")
    flow.sort_list("flow", "hand")
    flow.set_default_list("bookmarks")
    assert not flow.move("flow", ["b", "c"], after="a")
    assert not flow.move("flow", ["c"], before="c")
    assert not flow.move("flow", ["c"], after="c")
    assert not flow.move("flow", [])
    assert flow.revision() == before


@pytest.mark.parametrize(
    ("keys", "before", "after", "expected"),
    [
        ("c", None, None, "cabdef"),
        ("f", "b", None, "afbcde"),
        ("a", None, "f", "bcdefa"),
        ("eb", "d", None, "acebdf"),
        ("ab", None, "d", "cdabef"),
        ("fedcba", None, None, "fedcba"),
        ("ca", None, None, "cabdef"),
        ("fc", "c", None, "abfcde"),
        ("cf", None, "c", "abcfde"),
    ],
)
def test_entries_are_moved_by_hand(
    flow: ReadingStore, keys: str, before: str | None, after: str | None, expected: str
) -> None:
    assert flow.move("flow", keys, before, after)
    assert order(flow) == expected
    flow.add("flow", [Paper("new")])
    assert order(flow) == "new" + expected
    flow.undo()
    assert flow.undo() == f"moved {keys if len(keys) == 1 else f'{len(keys)} papers'} within flow"
    assert order(flow) == "abcdef"


def test_an_entry_that_comes_back_stands_where_it_was_moved_and_a_new_one_on_top(flow: ReadingStore) -> None:
    flow.move("flow", ["f"], before="b")
    flow.remove("flow", ["f"])
    flow.undo()
    assert order(flow) == "afbcde"
    flow.remove("flow", ["f"])
    flow.add("flow", [Paper("f")])
    assert order(flow) == "fabcde"


def test_only_what_is_on_a_list_can_be_moved_there(flow: ReadingStore) -> None:
    for keys, before in ((["x"], None), (["a"], "x")):
        with pytest.raises(StoreError, match="x is not on flow"):
            flow.move("flow", keys, before)
    with pytest.raises(UnknownList):
        flow.move("nowhere", ["a"])


@given(
    st.lists(
        st.tuples(
            st.permutations("abcdef").flatmap(lambda keys: st.sampled_from([keys[:1], keys[:3]])),
            st.none() | st.sampled_from("abcdef"),
            st.booleans(),
        ),
        max_size=15,
    )
)
@settings(max_examples=60, deadline=None)
def test_moves_are_those_of_a_plain_list(moves: list[tuple[list[str], str | None, bool]]) -> None:
    with stores(1) as (store,):
        store.add("flow", [Paper(key) for key in "abcdef"])
        plain = list("abcdef")
        for keys, anchor, below in moves:
            if anchor in keys:
                continue
            rest = [key for key in plain if key not in keys]
            at = 0 if anchor is None else rest.index(anchor) + below
            plain = [*rest[:at], *keys, *rest[at:]]
            store.move("flow", keys, None if below else anchor, anchor if below else None)
            assert order(store) == "".join(plain)


def test_entries_moved_to_one_place_on_two_devices_can_be_told_apart_again() -> None:
    with stores(2) as (here, there):
        here.add("flow", [Paper(key) for key in "abcdef"])
        there.load(here.dump())
        here.move("flow", ["e"], before="b")
        there.move("flow", ["f"], before="b")
        here.load(there.dump())
        assert order(here) == "aefbcd"
        assert here.move("flow", ["d"], after="e")
        assert order(here) == "aedfbc"


@given(
    st.text("01f", max_size=4).filter(is_place) | st.none(),
    st.text("01f", max_size=4).filter(is_place) | st.none(),
    st.integers(0, 40),
)
def test_there_is_always_a_place_between(low: str | None, high: str | None, count: int) -> None:
    if low is not None and high is not None and low >= high:
        low, high = (high, low) if low > high else (None, high)
    made = spread(low, high, count)
    assert len(made) == count
    ends = [*([high] if high else []), *made, *([low] if low else [])]
    assert ends == sorted(set(ends), reverse=True)
    assert all(map(is_place, made))
    assert all(len(place) <= max(len(low or ""), len(high or "")) + 10 for place in made)


def test_places_of_events_fall_within_one_and_rise_from_one_to_the_next() -> None:
    first, second = "019a" + "0" * 28, "019b" + "0" * 28
    places = [
        place_of(second, 0),
        place_of(second, 1),
        place_of(first, 0),
        place_of(first, 70_000),
        between(None, None),
    ]
    assert places == sorted(places, reverse=True)
    # Two of one place are told apart: the lower one moves as well.
    assert [name for name, _ in inserted(["x"], [("a", "8"), ("b", "8"), ("c", "4")], 1)] == ["x", "b"]
    assert [name for name, _ in inserted(["x"], [("a", "8"), ("b", "7"), ("c", "4")], 1)] == ["x"]


def test_a_list_can_be_sorted(store: ReadingStore) -> None:
    old, new = (
        Paper("9901001", title="b", created="1999-01-01"),
        Paper("2403.1", title="A", created="2024-03-01"),
    )
    middle = Paper("1501.1", created="2015-01-01", updated="2025-01-01")
    store.add("flow", [middle])
    store.add("flow", [old, new])
    keys = {"o": old.key, "n": new.key, "m": middle.key}
    for sort, expected in {
        "hand": "onm",
        "-hand": "mno",
        "added": "onm",
        "date": "nmo",
        "-date": "omn",
        "updated": "mno",
        "title": "nom",
        "identifier": "mno",
    }.items():
        assert [entry.key for entry in store.entries("flow", sort)] == [
            keys[letter] for letter in expected
        ], sort
    store.sort_list("flow", "-date")
    assert store.lists()[1].sort == "-date"
    assert [entry.key for entry in store.entries("flow")] == [keys[letter] for letter in "omn"]
    assert store.undo() == "sorted list flow by -date"
    with pytest.raises(StoreError, match="cannot be sorted by 'colour'"):
        store.sort_list("flow", "colour")


def test_the_default_list(flow: ReadingStore) -> None:
    assert flow.default_list() == "bookmarks"
    flow.set_default_list("flow")
    flow.rename_list("flow", "new flow")
    assert flow.default_list() == "new flow"
    assert flow.lookup("is", "bookmarked") == set("abcdef")
    flow.archive_list("new flow")
    assert flow.default_list() == "bookmarks"
    with pytest.raises(UnknownList):
        flow.set_default_list("nowhere")


def test_what_has_changed_since_it_was_added(store: ReadingStore) -> None:
    store.add("flow", [WALL, Paper("bare")])
    wall, bare = store.entries("flow")
    assert wall.changed_since(WALL) == ()
    elsewhere = replace(WALL, title="Domain walls that\nremember", occurrences=())
    assert wall.changed_since(elsewhere) == ()
    assert wall.changed_since(replace(WALL, version=3, abstract="We stop.", doi="10.1/x")) == (
        "version",
        "abstract",
    )
    other = replace(WALL, author_text="A. Writer", categories=("math.CO",))
    assert wall.changed_since(other) == ("authors", "categories")
    # What the files of this machine do not tell has not changed.
    untold = replace(WALL, version=None, author_text="", categories=(), title=None, comments=None)
    assert wall.changed_since(untold) == ()
    assert bare.changed_since(WALL) == ()


def test_one_entry_is_that_of_all(flow: ReadingStore) -> None:
    for each in flow.entries("flow"):
        assert flow.entry("flow", each.key) == each
    assert flow.entry("FLOW", "nowhere") is None
    gone = flow.entries("flow")[0].key
    flow.remove("flow", [gone])
    assert flow.entry("flow", gone) is None
    with pytest.raises(UnknownList):
        flow.entry("nowhere", gone)


def test_identifiers_nobody_knows_are_welcome_and_what_is_none_is_not(store: ReadingStore) -> None:
    keys = ["10.1000/182", "isbn 978-3-16-148410-0", "https://example.org/a?b=c", "M\u00fcller 1999"]
    assert store.add("flow", [Paper(key) for key in keys]) == keys
    for key in ("", "two\nlines", "\x1b[2J", "half \udce9", "x" * 1001):
        with pytest.raises(StoreError, match="cannot be the identifier"):
            store.add("flow", [Paper(key)])


def test_names_that_look_the_same_are_one(store: ReadingStore):
    """What joins letters is part of how a name is written; a name that differs in nothing else is taken for it."""
    written, without = "می\u200cخواهم", "میخواهم"
    store.create(written)
    store.create("\U0001f468\u200d\U0001f52c science")
    assert store.add(without, [WALL]) == [WALL.key]
    assert [info.name for info in store.lists() if info.size] == [written]
    store.tag(written, [WALL.key])
    assert store.tag(without, [WALL.key]) == []
    assert store.lookup("tag", without) == store.lookup("list", without) == {WALL.key}
    for refused in ("a\u200db", "\u200dم", "می\u200c", "م\u200d\u200dم", "soft\u00adhyphen"):
        with pytest.raises(StoreError, match="characters that do not show"):
            store.create(refused)


def test_a_list_that_was_told_of_is_found_under_the_name_it_has_now(store: ReadingStore):
    store.add("flow", [Paper("p"), Paper("q")])
    flow = store.lists()[1]
    store.rename_list("flow", "flows")
    store.add("flow", [Paper("r")])
    store.add(flow, [Paper("s")])
    store.move(flow, ["q"])
    store.remove(flow, ["p"])
    store.sort_list(flow, "title")
    store.describe_list(flow, "how to match")
    store.set_default_list(flow)
    assert [entry.key for entry in store.entries(flow, "hand")] == ["q", "s"]
    assert store.keys("flow") == {"r"}
    assert store.lists()[1] == ListInfo("flows", 2, "how to match", sort="title")
    assert store.default_list() == store.list_name(flow) == "flows"
    store.archive_list(flow)
    assert [each.name for each in store.lists()] == ["bookmarks", "flow"]
    store.unarchive_list(flow)
    assert [each.name for each in store.lists()] == ["bookmarks", "flows", "flow"]


def test_a_list_that_was_told_of_and_is_gone_is_not_made_again(store: ReadingStore):
    store.create("flow")
    flow = store.lists()[1]
    store.undo()
    with pytest.raises(StoreError, match="the reading list 'flow' is gone"):
        store.add(flow, [Paper("p")])
    assert store.lists() == [ListInfo("bookmarks", 0)]
