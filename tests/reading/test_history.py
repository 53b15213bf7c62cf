from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arxtui.core.papers import Paper
from arxtui.reading import Line, Past, ReadingStore, StoreError, UnknownList, projection, with_titles
from arxtui.reading.events import event_id, is_id

from .operations import SCRATCH

if TYPE_CHECKING:
    from collections.abc import Callable

State = dict[str, list[str]]


def papers(*keys: str) -> list[Paper]:
    return [Paper(key) for key in keys]


def state(store: ReadingStore) -> State:
    return {info.name: [entry.key for entry in store.entries(info.name)] for info in store.lists()}


def rebuilt(path: Path) -> list[object]:
    """What follows from the events alone."""
    connection = sqlite3.connect(path)
    projection.rebuild(connection)
    found = projected(connection)
    connection.rollback()
    connection.close()
    return found


def as_kept(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    found = projected(connection)
    connection.close()
    return found


def projected(connection: sqlite3.Connection) -> list[object]:
    return [
        connection.execute(query).fetchall()
        for query in (
            "SELECT * FROM writes ORDER BY kind, a, b, event",
            "SELECT * FROM changes ORDER BY seq",
        )
    ]


def test_undo_and_redo_name_what_they_did(store: ReadingStore) -> None:
    assert store.undo() is None
    assert store.redo() is None
    store.add("bookmarks", papers("2507.19427"))
    store.add("flow", papers("a", "b"))
    store.remove("flow", ["a"])
    store.create("empty")
    assert store.undo() == "created list empty"
    assert store.undo() == "removed a from flow"
    assert store.undo() == "added 2 papers to flow"
    assert store.undo() == "added 2507.19427 to bookmarks"
    assert store.undo() is None
    assert state(store) == {"bookmarks": []}
    assert store.redo() == "added 2507.19427 to bookmarks"
    assert store.redo() == "added 2 papers to flow"
    assert store.redo() == "removed a from flow"
    assert store.redo() == "created list empty"
    assert store.redo() is None
    assert state(store) == {"bookmarks": ["2507.19427"], "flow": ["b"], "empty": []}


def test_a_new_change_clears_what_could_be_redone(store: ReadingStore) -> None:
    store.add("bookmarks", papers("a"))
    store.undo()
    store.add("bookmarks", papers("b"))
    assert store.redo() is None
    assert store.undo() == "added b to bookmarks"
    assert store.undo() is None
    assert store.redo() == "added b to bookmarks"
    assert store.redo() is None


def test_undo_of_an_add_takes_only_what_it_added(store: ReadingStore) -> None:
    store.add("bookmarks", papers("b"))
    store.add("bookmarks", papers("a", "b", "c"))
    assert store.undo() == "added 2 papers to bookmarks"
    assert state(store) == {"bookmarks": ["b"]}


def test_undo_of_a_removal_puts_everything_back_in_its_place(store: ReadingStore) -> None:
    store.add("bookmarks", [Paper("a", title="First"), Paper("b", title="Second"), Paper("c", title="Third")])
    before = store.entries("bookmarks")
    store.remove("bookmarks", ["b", "a"])
    store.undo()
    assert store.entries("bookmarks") == before


def test_undo_lasts_over_a_restart(open_store: Callable[[], ReadingStore]) -> None:
    first = open_store()
    first.add("bookmarks", papers("a"))
    first.add("bookmarks", papers("b"))
    first.undo()
    first.close()
    second = open_store()
    assert second.redo() == "added b to bookmarks"
    assert second.undo() == "added b to bookmarks"
    assert second.undo() == "added a to bookmarks"


def test_one_window_undoes_its_own_change_first(open_store: Callable[[], ReadingStore]) -> None:
    here, there = open_store(), open_store()
    here.add("bookmarks", papers("a"))
    there.add("bookmarks", papers("b"))
    assert here.undo() == "added a to bookmarks"
    assert state(here) == {"bookmarks": ["b"]}
    # What happened in the other window is no change of this one: redo is still open.
    there.add("bookmarks", papers("c"))
    assert here.redo() == "added a to bookmarks"
    assert state(here) == {"bookmarks": ["c", "b", "a"]}


def test_undo_leaves_what_somebody_else_added_anew(open_store: Callable[[], ReadingStore]) -> None:
    here, there = open_store(), open_store()
    here.add("bookmarks", papers("a", "b", "c"))
    there.remove("bookmarks", ["a", "b"])
    there.add("bookmarks", papers("a"))
    assert here.undo() == "added c to bookmarks"
    assert state(here) == {"bookmarks": ["a"]}
    assert here.redo() == "added c to bookmarks"
    assert state(here) == {"bookmarks": ["a", "c"]}


def test_undo_of_a_removal_adds_nothing_twice(open_store: Callable[[], ReadingStore]) -> None:
    here, there = open_store(), open_store()
    here.add("bookmarks", papers("a", "b"))
    here.remove("bookmarks", ["a", "b"])
    there.add("bookmarks", papers("a"))
    assert here.undo() == "removed b from bookmarks"
    assert state(here) == {"bookmarks": ["a", "b"]}


def test_a_change_of_which_nothing_is_left_is_passed_over(open_store: Callable[[], ReadingStore]) -> None:
    here, there = open_store(), open_store()
    here.add("bookmarks", papers("a"))
    here.add("bookmarks", papers("b"))
    there.remove("bookmarks", ["b"])
    assert here.undo() == "added a to bookmarks"
    assert state(here) == {"bookmarks": []}


def test_a_list_goes_with_the_undo_that_made_it_unless_somebody_uses_it(
    open_store: Callable[[], ReadingStore],
) -> None:
    here, there = open_store(), open_store()
    here.add("flow", papers("a"))
    here.undo()
    assert state(here) == {"bookmarks": []}
    here.redo()
    there.add("flow", papers("b"))
    here.undo()
    assert state(here) == {"bookmarks": [], "flow": ["b"]}


def test_undo_of_creating_a_list_that_is_in_use_keeps_it(open_store: Callable[[], ReadingStore]) -> None:
    here, there = open_store(), open_store()
    here.create("flow")
    there.add("flow", papers("b"))
    there.close()
    assert here.undo() == "added b to flow"
    assert state(here) == {"bookmarks": [], "flow": []}


def test_every_step_is_an_event_that_names_what_it_undid(store: ReadingStore, path: Path) -> None:
    store.add("bookmarks", papers("a"))
    store.undo()
    store.redo()
    store.close()
    connection = sqlite3.connect(path)
    events = connection.execute("SELECT id, kind, target FROM events ORDER BY id").fetchall()
    first = events[0][0]
    assert [event[1:] for event in events] == [
        ("add", None),
        ("undo", first),
        ("redo", first),
    ]
    devices = connection.execute("SELECT count(DISTINCT device), min(length(device)) FROM events").fetchone()
    assert devices == (1, 16)
    connection.close()


def test_ids_sort_by_time_even_where_the_clock_was_set_back() -> None:
    now = 1_700_000_000_000
    earlier = event_id(now, None)
    assert earlier < event_id(now + 1, earlier)
    assert earlier < event_id(now - 86_400_000, earlier)
    assert int(earlier[:12], 16) == now
    assert (len(earlier), earlier[12]) == (32, "7")
    assert earlier[16] in "89ab"
    assert len({event_id(now, None) for _ in range(1000)}) == 1000


@pytest.mark.parametrize("milliseconds", [-3_000_000_000_000, 0, 250_000_000_000_000, 1 << 60])
def test_an_id_is_one_whatever_the_clock_says(milliseconds: int) -> None:
    first = event_id(milliseconds, None)
    later = event_id(1_700_000_000_000, first)
    assert is_id(first)
    assert is_id(later)
    assert first < later


NAMES = st.sampled_from(["bookmarks", "flow", "later"])
KEYS = st.lists(st.sampled_from("abcdef"), max_size=4)


class AgainstAPlainModel(RuleBasedStateMachine):
    """One user, restarts included: each undo gives the state before, each redo the state behind."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=SCRATCH)
        self.path = Path(self.folder.name) / "reading.sqlite3"
        self.store = ReadingStore(self.path)
        self.now: State = {"bookmarks": []}
        self.past: list[State] = []
        self.future: list[State] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            assert rebuilt(self.path) == as_kept(self.path)
            self.folder.cleanup()

    def change(self, new: State) -> None:
        if new != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = new

    @rule(name=NAMES, keys=KEYS)
    def add(self, name: str, keys: list[str]) -> None:
        old = self.now.get(name, [])
        fresh = [key for key in dict.fromkeys(keys) if key not in old]
        assert self.store.add(name, papers(*keys)) == fresh
        if fresh:
            self.change({**self.now, name: fresh + old})

    @rule(name=NAMES, keys=KEYS)
    def remove(self, name: str, keys: list[str]) -> None:
        if name not in self.now:
            try:
                self.store.remove(name, keys)
            except UnknownList:
                return
            raise AssertionError(name)
        gone = [key for key in self.now[name] if key in keys]
        assert self.store.remove(name, keys) == gone
        self.change({**self.now, name: [key for key in self.now[name] if key not in keys]})

    @rule(name=NAMES)
    def create(self, name: str) -> None:
        try:
            self.store.create(name)
        except StoreError:
            assert name in self.now
        else:
            assert name not in self.now
            self.change({**self.now, name: []})

    @rule()
    def undo(self) -> None:
        said = self.store.undo()
        assert (said is None) == (not self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self) -> None:
        said = self.store.redo()
        assert (said is None) == (not self.future)
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    @rule()
    @precondition(lambda self: self.past)
    def restart(self) -> None:
        self.store.close()
        self.store = ReadingStore(self.path)

    @invariant()
    def shows_what_the_model_holds(self) -> None:
        if hasattr(self, "store"):
            assert state(self.store) == self.now


AgainstAPlainModel.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAgainstAPlainModel = AgainstAPlainModel.TestCase


class TwoWindows(RuleBasedStateMachine):
    """Two sessions on one store: whatever both do, it is what its events say, and redo turns undo round."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=SCRATCH)
        self.path = Path(self.folder.name) / "reading.sqlite3"
        self.windows = [ReadingStore(self.path), ReadingStore(self.path)]

    def teardown(self) -> None:
        if not hasattr(self, "windows"):
            return
        for window in self.windows:
            window.close()
        assert rebuilt(self.path) == as_kept(self.path)
        self.folder.cleanup()

    @rule(window=st.integers(0, 1), name=NAMES, keys=KEYS)
    def add(self, window: int, name: str, keys: list[str]) -> None:
        self.windows[window].add(name, papers(*keys))
        assert name not in state(self.windows[1 - window]) or self.windows[1 - window].keys(name) >= set(keys)

    @rule(window=st.integers(0, 1), keys=KEYS)
    def remove(self, window: int, keys: list[str]) -> None:
        self.windows[window].remove("bookmarks", keys)
        assert not self.windows[1 - window].keys("bookmarks") & set(keys)

    @rule(window=st.integers(0, 1))
    def undo_and_back(self, window: int) -> None:
        before = state(self.windows[window])
        said = self.windows[window].undo()
        if said is not None:
            assert state(self.windows[window]) != before
            assert self.windows[window].redo() == said
        assert state(self.windows[window]) == before

    @rule(window=st.integers(0, 1), redo=st.booleans())
    def step(self, window: int, redo: bool) -> None:
        before = state(self.windows[window])
        said = self.windows[window].redo() if redo else self.windows[window].undo()
        assert (state(self.windows[window]) == before) == (said is None)


TwoWindows.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestTwoWindows = TwoWindows.TestCase


def test_the_history_tells_all_changes_page_by_page(store: ReadingStore) -> None:
    for number in range(7):
        store.add("flow", papers(str(number)))
    store.undo()
    store.tag("odd", ["a", "b"])
    told = store.history(3)
    assert [past.text for past in told] == ["tagged 2 papers with odd", "added 6 to flow", "added 5 to flow"]
    assert [past.undone for past in told] == [False, True, False]
    assert all(past.here and past.time.endswith("Z") for past in told)
    rest = store.history(100, before=told[-1].id)
    assert [past.text for past in rest] == [f"added {number} to flow" for number in (4, 3, 2, 1, 0)]
    assert store.history(100, before=rest[-1].id) == []


def test_a_change_can_be_undone_out_of_turn(store: ReadingStore) -> None:
    store.add("flow", papers("a", "b"))
    store.add("flow", papers("c"))
    store.remove("flow", ["b"])
    first = store.history()[-1].id
    assert store.undo(first) == "added a to flow"
    assert state(store)["flow"] == ["c"]
    assert store.undo(first) is None
    assert store.redo(first) == "added a to flow"
    assert state(store)["flow"] == ["c", "a"]
    assert store.redo(first) is None
    with pytest.raises(StoreError, match="there is no change"):
        store.undo("0" * 32)


def test_a_change_of_another_device_is_undone_only_by_its_id(store: ReadingStore, tmp_path: Path) -> None:
    with ReadingStore(tmp_path / "other.sqlite3") as other:
        other.add("flow", papers("a"))
        store.load(other.dump())
        assert store.undo() is None
        (past,) = store.history()
        assert not past.here
        assert store.undo(past.id) == "added a to flow"
        assert store.redo() == "added a to flow"
        other.load(store.dump())
        assert state(other) == state(store) == {"bookmarks": [], "flow": ["a"]}


def test_two_devices_that_undo_and_redo_one_change_agree(store: ReadingStore, tmp_path: Path) -> None:
    with ReadingStore(tmp_path / "other.sqlite3") as other:
        store.add("flow", papers("a"))
        other.load(store.dump())
        change = store.history()[0].id
        store.undo()
        other.undo(change)
        other.redo(change)
        store.load(other.dump())
        other.load(store.dump())
        assert state(store) == state(other) == {"bookmarks": [], "flow": ["a"]}


def test_papers_are_called_by_what_was_kept_of_them(store: ReadingStore) -> None:
    store.add("flow", [Paper("a", title="Old"), Paper("b", abstract="No title. " * 50), Paper("c")])
    store.remove("flow", ["a"])
    store.add("other", [Paper("a", title="New")])
    store.remove("other", ["a"])
    assert store.titles(["a", "b", "c", "d"]) == {"a": "New", "b": ("No title. " * 6).rstrip() + "…"}
    assert store.titles([]) == {}


def _line(width: int) -> Line:
    return Line(width, len, lambda text, most: text if len(text) <= most else f"{text[: most - 1]}…")


TITLES = {"a": "A Short One", "b": "A title that is longer by far than the others are", "c": "Another one"}


def test_changes_are_told_with_titles_as_far_as_they_fit(store: ReadingStore) -> None:
    store.add("flow", papers("a", "b", "c"))
    store.tag("fine", ["b"])
    store.decide("a", "b", "same")
    store.tag("many", ["a", "b", "c", "d"])
    store.set_mark("x", "c")
    store.sort_list("flow", "title")
    changes = [past.text for past in store.history()]
    assert [with_titles(past, {}) for past in store.history()] == changes
    assert [with_titles(past, TITLES) for past in store.history()] == [
        "sorted list flow by title",
        "set mark x on “Another one”",
        "tagged 4 papers with many",
        f"said that “A Short One” and “{TITLES['b']}” are one work",
        f"tagged “{TITLES['b']}” with fine",
        f"added “A Short One”, “{TITLES['b']}” and “Another one” to flow",
    ]
    of_all = store.history()[-1]
    cut = "added “A Short One”, “A title that is lon…” and “Another one” to flow"
    assert with_titles(of_all, TITLES, _line(len(cut))) == cut, "the short ones need no cutting"
    assert with_titles(of_all, TITLES, _line(40)) == "added 3 papers to flow"
    assert with_titles(of_all, TITLES, _line(9)) == "added 3 …"
    hostile = {"b": "\x1b[31mred\nand more"}
    assert with_titles(store.history()[-2], hostile, _line(60)) == "tagged “[31mred and more” with fine"


@given(
    titles=st.dictionaries(st.sampled_from("abc"), st.text(max_size=60)),
    width=st.integers(min_value=1, max_value=120),
    keys=st.permutations("abc").flatmap(lambda keys: st.integers(1, 3).map(lambda size: tuple(keys[:size]))),
)
def test_what_is_told_is_one_line_and_fits(titles: dict[str, str], width: int, keys: tuple[str, ...]) -> None:
    past = Past("0" * 32, "", True, "", ("removed ", keys, " from flow matching"), False)
    told = with_titles(past, titles, _line(width))
    assert len(told) <= width
    assert len(told.splitlines()) == 1
    if width >= len(past.text):
        assert told.startswith("removed ")
        assert told.endswith(" from flow matching"), "what was done is told whole"
