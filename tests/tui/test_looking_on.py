"""Searches through texts: the newest first, all others behind them, until somebody has seen enough."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from arxtui.core.marking import leaf_spans
from arxtui.library import Library, LibraryError
from arxtui.library.catalogue import Catalogue

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader


@pytest.fixture(autouse=True)
def _few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are looked through one by one, and a tenth of a second passes with each look at the clock."""
    for name in ("_TEXTS", "_ROWS", "_AT_ONCE", "_WINDOW"):
        monkeypatch.setattr(f"arxtui.library.verifying.{name}", 1)
    monkeypatch.setattr("arxtui.library.verifying.monotonic", map((0.1).__mul__, count()).__next__)
    monkeypatch.setattr("arxtui.tui.looking_on.REST", 0.001)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Semaphore]:
    """Each step after the first waits for a release."""
    released = threading.Semaphore(0)
    search: Callable[..., Any] = Library.search

    def step_by_step(self: Library, query: Any = "", **options: Any) -> Any:
        if options.get("looking") is not None and not options["looking"].done:
            assert released.acquire(timeout=20)
        return search(self, query, **options)

    monkeypatch.setattr(Library, "search", step_by_step)
    yield released
    released.release(1000)


def post(r: Reader, *keys: str) -> None:
    for key in keys:
        r.app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))


def foot(r: Reader) -> str:
    return r.lines[-2].strip()


async def ask(r: Reader, query: str) -> None:
    r.main.search_line.ask(query)
    await r.until(lambda: r.main.view.query == query and not r.main.showing.asking, "the first papers")
    await r.pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (160, 48)])
async def test_the_first_papers_come_at_once_and_the_others_when_they_are_found(
    reader: Open, gate: threading.Semaphore, size: tuple[int, int], newest: list[str]
):
    async with reader(size=size) as r:
        await ask(r, "abstract:/./")
        assert r.keys == newest[:1]
        await r.until(lambda: foot(r).startswith("at least 1") and "esc stops" in foot(r), "how far it is")
        post(r, "b")
        await r.until(lambda: r.store.keys("bookmarks") == {newest[0]}, "keys act meanwhile")
        gate.release()
        await r.until(lambda: len(r.keys) > 1, "more papers")
        assert r.key == newest[0], "the cursor stays on its paper"
        await r.until(lambda: "esc stops" in foot(r), "how far it is")
        gate.release(100)
        await r.until(lambda: not r.main.showing.looking_on.busy, "the last text")
        assert r.keys == newest
        r.main.status.hush()
        await r.until(lambda: foot(r).startswith("6"), "the exact number")
        await r.until(lambda: "looked through" not in foot(r), "and nothing of how far it is")
        assert r.key == newest[0]


async def test_escape_stops_it_and_the_next_one_goes_back(
    reader: Open, gate: threading.Semaphore, newest: list[str]
):
    async with reader() as r:
        await ask(r, "abstract:/./")
        post(r, "escape")
        told = "at least 1 paper matches, 1 of 6 texts were read"
        await r.until(lambda: foot(r).startswith(told), "how far it was")
        gate.release(100)
        await r.settle()
        assert r.keys == newest[:1]
        r.main.ask(r.main.view, again=True)  # files have changed
        await r.settle()
        assert r.keys == newest[:1]
        await r.press("f")
        await r.until(lambda: "The first 1 paper" in r.text, "what was counted")
        await r.press("escape", "escape")
        assert r.keys == newest


async def test_what_was_found_until_it_is_stopped_is_listed(
    reader: Open, monkeypatch: pytest.MonkeyPatch, newest: list[str]
):
    texts, opened = count(1), threading.Event()

    def fourth_waits(leaf: Any, text: str) -> Any:
        if next(texts) == 4:
            assert opened.wait(20)
        return leaf_spans(leaf, text)

    monkeypatch.setattr("arxtui.library.verifying.leaf_spans", fourth_waits)
    async with reader() as r:
        await ask(r, "abstract:/./")
        await r.until(lambda: "2 of 6 texts looked through" in foot(r), "two texts of one step")
        assert r.keys == newest[:1], "what was listed before it"
        post(r, "escape")
        told = "at least 3 papers match, 2 of 6 texts were read"
        await r.until(lambda: foot(r).startswith(told), "all that was found, and how far it was")
        assert len(r.keys) == 3
        assert r.key == newest[0]
        found = r.keys
        await r.press("f")
        await r.until(lambda: "The first 3 papers" in r.text, "what is listed is counted")
        await r.press("escape", "s", "d")
        await r.until(lambda: "oldest first" in foot(r), "the other order")
        assert r.keys == found[::-1], "of the same papers"
        opened.set()
        await r.settle()
        assert r.keys == found[::-1]
        assert foot(r).startswith(told), "nothing goes on"


async def test_whoever_types_on_gives_it_up(reader: Open, gate: threading.Semaphore):
    async with reader() as r:
        await ask(r, "abstract:/e/")
        post(r, "slash", "end", "space", *"title:/^Knots/")
        await r.until(lambda: "Knots" in r.main.view.query, "the other search")
        gate.release(100)
        await r.until(lambda: not r.main.showing.looking_on.busy, "the last text")
        await r.settle()
        assert len(r.keys) == 1
        await r.until(lambda: "esc stops" not in foot(r), "the usual foot")
        assert "failed" not in r.said


async def test_without_a_match_so_far_the_list_says_so(reader: Open, gate: threading.Semaphore):
    async with reader() as r:
        await ask(r, "title:/^K.o/")
        await r.until(lambda: "matches “title:/^K.o/” so far" in r.text, "a word in the list")
        await r.until(lambda: foot(r).startswith("no match so far"), "and at the foot")
        gate.release(100)
        await r.until(lambda: len(r.keys) == 1, "the paper")


async def test_changes_of_the_files_do_not_begin_it_anew_and_what_is_listed_stays(
    reader: Open, gate: threading.Semaphore, newest: list[str]
):
    async with reader() as r:
        await ask(r, "abstract:/./")
        asked = r.main.showing._generation
        for _ in range(3):
            r.main.ask(r.main.view, again=True)
        assert r.main.showing._generation == asked
        while r.main.showing._generation == asked:  # it is asked again when it is done
            if not gate._value:
                gate.release()
            await r.pilot.pause(0.01)
        seen = set[int]()
        while r.main.showing.looking_on.busy or r.main.showing.asking:
            seen.add(len(r.keys))
            gate.release()
            await r.pilot.pause(0.01)
        assert seen == {6}, "all that were found before stay until all have been looked through again"
        assert r.keys == newest


async def test_another_order_of_what_was_found_looks_at_no_text_again(
    reader: Open, monkeypatch: pytest.MonkeyPatch, newest: list[str]
):
    async with reader() as r:
        await ask(r, "abstract:/./")
        await r.until(lambda: not r.main.showing.looking_on.busy, "the last text")
        read = []
        monkeypatch.setattr("arxtui.library.verifying.leaf_spans", lambda *_: read.append(1) or [])
        await r.press("s", "d")
        await r.until(lambda: r.keys == newest[::-1], "the other order")
        await r.press("f")
        await r.until(
            lambda: "2024" in r.text and "drinks/coffee.txt" in r.text, "the years and files of all"
        )
        assert not read


async def test_what_goes_wrong_is_told_and_ends_it(reader: Open, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise LibraryError("the disk is gone")

    async with reader() as r:
        monkeypatch.setattr(Catalogue, "last_number", broken)
        r.main.search_line.ask("-abstract:/./")
        await r.until(lambda: "the disk is gone" in r.text, "a word on it")
        await r.settle()
        assert not r.main.showing.looking_on.busy


async def test_a_saved_search_has_a_number_only_once_it_is_exact(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader() as r:
        monkeypatch.setattr("arxtui.tui.saved._PATIENCE", 1000.0)
        r.store.save_search("dots", "abstract:/./")
        r.main.saved.read()
        await r.until(lambda: any("dots" in line and " 6" in line for line in r.lines), "the exact number")
        monkeypatch.setattr("arxtui.tui.saved._PATIENCE", 0.0)
        r.main.saved.count()
        await r.until(
            lambda: any(line.strip().startswith("dots ") and " 6" not in line[:40] for line in r.lines)
        )
