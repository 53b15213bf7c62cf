"""Searches that take their time: the user is told, may give them up, and changes nothing by mistake meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.widgets import Static

from arxtui.library import Library

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Searches for knots, and orders by title, have no answer until this is set."""
    opened = threading.Event()
    search: Callable[..., Any] = Library.search

    def slowly(self: Library, query: Any = "", **options: Any) -> Any:
        if "knots" in str(query) or options.get("sort") == "title":
            assert opened.wait(20)
        return search(self, query, **options)

    monkeypatch.setattr(Library, "search", slowly)
    yield opened
    opened.set()


def post(r: Reader, *keys: str) -> None:
    for key in keys:
        r.app.post_message(events.Key(key, key if len(key) == 1 else None))


def status(r: Reader) -> str:
    return r.lines[-2].strip()


@pytest.mark.parametrize("columns", [60, 100])
async def test_keys_do_not_act_on_what_is_not_asked_for_any_more(
    reader: Open, gate: threading.Event, columns: int
):
    async with reader(size=(columns, 24)) as r:
        post(r, "slash", *"knots", "enter")
        await r.until(lambda: "Searching …" in status(r) and "esc gives it up" in status(r), "a word on it")
        first = r.key  # of what was found for the letters before the last
        post(r, "j", "b", "space")
        await r.until(
            lambda: "Still searching: the key did nothing; esc gives it up" in status(r), "a reason"
        )
        assert r.key == first
        assert r.main.view.query == "knots"
        assert not r.main.selection.words
        assert r.store.keys("bookmarks") == set()
        gate.set()
        await r.until(lambda: len(r.keys) == 1, "the answer")
        await r.press("b")
        assert r.store.keys("bookmarks") == set(r.keys)


async def test_escape_gives_a_search_up_and_keeps_what_is_listed(reader: Open, gate: threading.Event):
    async with reader() as r:
        await r.press("slash", *"cusp", "enter")
        before = r.keys
        post(r, "slash", *" knots", "enter")
        await r.until(lambda: "Searching …" in status(r), "a word on it")
        post(r, "escape")
        await r.until(lambda: "Searching" not in status(r), "the list as it was")
        gate.set()
        await r.settle()
        assert r.main.view.query == r.main.search_bar.value == "cusp"
        assert r.keys == before
        assert "failed" not in r.said
        await r.press("escape")
        assert len(r.keys) == 6


async def test_sorting_that_takes_long_says_so_and_can_be_given_up(reader: Open, gate: threading.Event):
    async with reader() as r:
        await r.press("slash", *"the", "enter")
        before = r.keys
        post(r, "s", "t")
        await r.until(lambda: "Sorting …" in status(r), "a word on it")
        post(r, "escape")
        await r.until(lambda: "Sorting" not in status(r), "the order as it was")
        assert r.main.view.sort is None
        gate.set()
        await r.settle()
        assert r.keys == before


async def test_the_order_in_use_is_not_given_up_by_what_is_typed(
    reader: Open, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
):
    kept: list[str | None] = []
    monkeypatch.setattr(Library, "give_up_ordering", lambda _, keep=None: kept.append(keep))
    async with reader() as r:
        post(r, "s", "t")
        await r.until(lambda: "Sorting …" in status(r), "a word on it")
        kept.clear()
        post(r, "slash", *"cusp")
        await r.until(lambda: r.main.view.query == "cusp", "the search")
        assert set(kept) == {"title"}
        gate.set()
        await r.until(lambda: not r.main.showing.asking, "the answer")
        r.main.showing.ask(r.main.view, again=True)
        assert kept[-1] is None, "the papers have changed: the order is of those before"


async def test_a_search_in_a_list_that_is_sorted_is_a_search_and_the_heading_that_of_the_list(
    reader: Open, gate: threading.Event
):
    def heading() -> str:
        return str(r.main.query_one("#list-title", Static).content)

    async with reader() as r:
        await r.press("slash", *"cusp", "enter", "s", "u")
        await r.until(lambda: "last updated first" in status(r), "the order")
        post(r, "slash", *"knots", "enter")
        await r.until(lambda: "Searching …" in status(r), "a word on it")
        assert r.main.search_bar.value == "knots"
        assert heading() == "Papers  “cusp”"
        gate.set()
        await r.until(lambda: heading() == "Papers  “knots”", "the answer")
        assert "last updated first" in status(r)


async def test_the_tree_can_be_used_meanwhile_and_asks_for_something_else(
    reader: Open, gate: threading.Event
):
    async with reader() as r:
        await r.press("slash", *"the", "enter")
        post(r, "s", "t")
        await r.until(lambda: "Sorting …" in status(r), "a word on it")
        post(r, "h", "j", "j", "s", "d")
        await r.until(lambda: r.main.view.place is not None and not r.main.showing.waiting, "the folder")
        assert "Sorting" not in status(r)


async def test_changes_of_the_files_do_not_begin_a_search_anew(reader: Open, gate: threading.Event):
    async with reader() as r:
        post(r, "slash", *"knots", "enter")
        await r.until(lambda: "Searching …" in status(r), "a word on it")
        asked = r.main.showing._generation
        for _ in range(3):
            r.main.ask(r.main.view, again=True)
        assert r.main.showing._generation == asked
        gate.set()
        await r.until(lambda: r.main.showing._generation > asked, "asked again, once it is there")
        await r.settle()
        assert len(r.keys) == 1
