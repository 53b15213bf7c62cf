"""Saved searches: in the tree with what they find now, and on the keys 1 to 9."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from arxtui.tui.background import ASIDE, KEEP
from arxtui.tui.prompt_screen import PromptScreen
from arxtui.tui.views import View
from tests.tui.conftest import CLOCK, COFFEE, KNOTS, record

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader


async def look_for(r: Reader, words: str) -> None:
    await r.press("/")
    await r.type(words)
    await r.press("enter")


def saved(r: Reader) -> list[tuple[str, str, int | None]]:
    return [(each.name, each.query, each.key) for each in r.store.searches()]


async def test_a_search_is_saved_listed_renamed_and_removed(reader: Open):
    async with reader() as r:
        assert "Searches" not in r.text, "no heading without a search"
        await look_for(r, "knot")
        await r.press("S")
        assert isinstance(r.app.screen, PromptScreen)
        assert "on key 1" in r.text
        await r.press("s", "enter")
        await r.until(lambda: "1 knots" in r.text or "1 s " in r.text)
        assert saved(r) == [("s", "knot", 1)], "what is typed takes the place of the name that was proposed"
        await r.press("S", *"knots", "enter")
        await r.until(lambda: saved(r) == [("knots", "knot", 1)])
        await r.press("escape")
        assert r.main.view == View()
        await r.press("1")
        assert (r.keys, r.main.view.saved) == ([KNOTS], "knots")
        node = r.main.file_tree.cursor_node
        assert node is not None
        assert node.data is not None
        assert (node.data.name, node.data.papers) == ("knots", 1)
        await r.press("S", "backspace", "enter")
        await r.until(lambda: saved(r) == [])
        await r.until(lambda: "Searches" not in r.text)
        await r.press("u")
        await r.until(lambda: saved(r) == [("knots", "knot", 1)])


async def test_the_whole_query_is_proposed_as_a_name(reader: Open):
    async with reader() as r:
        await look_for(r, "is:bookmarked knot")
        await r.press("S")
        assert r.app.screen.query_one(Input).value == "is:bookmarked knot"


async def test_the_tree_counts_what_the_search_lists(reader: Open):
    async with reader() as r:
        await look_for(r, "title:clo")
        await r.press("S", *"c", "enter")
        await r.until(lambda: [each.query for each in r.store.searches()] == ["title:clo"])
        await r.press("escape")
        await r.press("1")
        node = r.main.file_tree.cursor_node
        assert node is not None
        assert node.data is not None
        assert (r.keys, node.data.papers) == ([CLOCK], 1)


async def test_the_tree_goes_from_search_to_search(reader: Open):
    async with reader() as r:
        r.store.save_search("clocks", "clock", 3)
        r.store.save_search("wide", "letters")
        await r.until(lambda: "3 clocks" in r.text and "wide" in r.text)
        await r.press("h", "G", "k", "k", "k", "enter")
        assert (r.main.view.saved, r.keys) == ("clocks", [CLOCK])
        assert r.main.search_bar.value == "clock"
        await r.press("h", "j", "enter")
        assert r.main.view.saved == "wide"
        await r.press("h", "g", "g", "j", "j", "enter")
        assert r.main.view.query == "", "a folder chosen next shows all its papers"
        assert r.main.view.place_name == "drinks/"
        await r.press("3", "/", "end", *" x", "backspace", "backspace", "enter")
        assert r.keys == [CLOCK]
        await r.press("escape")
        assert r.main.view == View()
        node = r.main.file_tree.cursor_node
        assert node is not None
        assert node.data is not None


async def test_searches_move_in_the_tree_and_the_keys_stay_in_order(reader: Open):
    async with reader() as r:
        for name, key in (("clocks", 1), ("knots", 2), ("wide", 0)):
            r.store.save_search(name, name[:-1], key)
        await r.until(lambda: "2 knots" in r.text and "wide" in r.text)
        await r.press("2", "h", "shift+up")
        assert saved(r) == [("knots", "knot", 1), ("clocks", "clock", 2), ("wide", "wid", None)]
        await r.until(lambda: "1 knots" in r.text and "2 clocks" in r.text)
        assert r.main.file_tree.branch is not None
        assert r.main.file_tree.branch.name == "knots", "the cursor goes along"
        await r.press("shift+up")
        assert r.said == "No further: this is the first saved search"
        await r.press("}", "}")
        assert saved(r) == [("clocks", "clock", 1), ("wide", "wid", 2), ("knots", "knot", None)]
        await r.press("}")
        assert r.said == "No further: this is the last saved search"
        await r.press("u", "2")
        assert r.main.view.saved == "knots", "one step was undone"
        r.store.remove_search("knots")
        await r.press("l", "shift+down")
        assert "Papers move in reading lists" in r.said


async def test_counts_are_of_now(reader: Open):
    async with reader() as r:
        r.store.save_search("mine", "is:bookmarked", 2)
        await r.until(lambda: "2 mine" in r.text)
        await r.until(lambda: any(line[:35].split() == ["2", "mine", "0"] for line in r.lines), "the count")
        await r.press("b")
        await r.until(lambda: any(line[:35].split() == ["2", "mine", "1"] for line in r.lines), "the count")
        (r.library.roots[0] / "new.txt").write_text(
            record("2501.00001", "A new knot", "Fay Ash", "It is tied.", "Created: 2025-01-01")
        )
        r.store.save_search("knots", "knot", 4)
        await r.press("R")
        await r.until(lambda: any(line[:35].split() == ["4", "knots", "2"] for line in r.lines), "the count")


async def test_the_tree_shows_what_is_saved_while_searches_are_counted(reader: Open):
    counted = threading.Event()
    async with reader() as r:
        r.main.working.background.submit(lambda: counted.wait(20), ASIDE)
        r.store.save_search("wide", "letters", 1)
        await r.until(lambda: any(line[:35].split() == ["1", "wide"] for line in r.lines))
        counted.set()


async def test_what_is_saved_is_the_whole_of_what_is_listed(reader: Open):
    async with reader() as r:
        await r.press("]")
        await look_for(r, "cusp")
        await r.press("S", *"here", "enter")
        await r.until(lambda: saved(r) == [("here", "cusp path:drinks/coffee.txt", 1)])
        await r.press("escape", "escape", "1")
        assert r.keys == [COFFEE]
        assert "“cusp” in drinks/coffee.txt" in r.lines[0]


async def test_a_tenth_search_has_no_key_and_the_palette_finds_it(reader: Open):
    async with reader() as r:
        for number in range(1, 10):
            r.store.save_search(f"search {number}", f"word{number}", number)
        await r.until(lambda: "9 search 9" in r.text)
        await look_for(r, "knot")
        await r.press("S")
        assert "1 to 9 are taken" in r.text
        assert "To free a key, list its search and press S: no name removes it" in r.text
        await r.press(*"last", "enter")
        await r.until(lambda: saved(r)[-1] == ("last", "knot", None))
        await r.press("escape", ":", *"Saved search: last")
        await r.until(lambda: "knot" in r.text)
        await r.press("enter", "enter")
        await r.until(lambda: r.main.view.saved == "last")


async def test_the_prompt_can_be_left(reader: Open):
    async with reader() as r:
        await look_for(r, "knot")
        await r.press("S", "escape")
        assert saved(r) == []
        assert r.main.view.query == "knot"
        await r.press("S", "backspace", "enter")
        await r.until(lambda: "Not saved: a saved search needs a name" in r.text)
        assert saved(r) == []
        await r.press(*"knots", "enter")
        await r.until(lambda: saved(r) == [("knots", "knot", 1)])


async def test_on_a_small_screen_it_is_said_in_full_why_a_key_does_nothing(reader: Open):
    async with reader(size=(60, 20)) as r:
        for keys in (("S",), ("s", "h"), ("}",)):
            await r.press("g", "g", *keys)
            assert len(r.said) > 20
            assert r.said in r.text, "no part of it is cut off"


async def test_a_query_with_a_mistake_is_not_saved(reader: Open):
    async with reader() as r:
        await look_for(r, "knot date:20xx")
        await r.press("S")
        assert r.app.screen is r.main
        assert "Not saved, for there is a mistake in it: date:20xx" in r.said
        await r.press("escape")
        await look_for(r, 'title:""')
        await r.press("S")
        assert "There is no search to save" in r.said
        assert saved(r) == []


@pytest.mark.parametrize("lane", [ASIDE, KEEP])
async def test_a_key_lists_what_was_saved_just_before(reader: Open, lane: str):
    """While searches are counted nobody has read which there are; and a slow disk may still be busy with the change."""
    held = threading.Event()
    async with reader() as r:
        await look_for(r, "knot")
        r.main.working.background.submit(lambda: held.wait(8), lane)
        for key in ("S", "enter", "escape", "1"):
            r.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await r.pilot.pause(0.05)
        if lane == KEEP:
            held.set()
        await r.until(lambda: r.main.view.saved == "knot" or "No search" in r.said, "what was saved")
        held.set()
        await r.settle()
        assert (r.main.view.saved, r.keys) == ("knot", [KNOTS])
        node = r.main.file_tree.cursor_node
        assert node is not None
        assert node.data is not None
        assert node.data.name == "knot"
        await r.press("2")
        assert "No search on 2" in r.said


async def test_what_is_done_in_the_dialog_is_done_to_the_search_it_was_opened_for(reader: Open):
    async with reader() as r:
        r.store.save_search("mine", "knot")
        await r.until(lambda: "mine" in r.text)
        await look_for(r, "knot")
        await r.press("S")
        assert "mine is saved" in r.text
        r.store.rename_search("mine", "mine (2)")
        r.store.save_search("mine", "clock")
        await r.press("ctrl+u", "enter")
        assert r.said == "Removed the search “mine (2)”; u undoes"
        assert saved(r) == [("mine", "clock", None)]
        await r.press("u")
        await r.until(lambda: "mine (2)" in r.text, "the search in the tree")
        await r.press("S")
        r.store.remove_search("mine (2)")
        await r.press("ctrl+u", *"knots", "enter")
        await r.until(lambda: "Not saved: the saved search 'mine (2)' is gone" in r.text)
        assert saved(r) == [("mine", "clock", None)]


async def test_a_key_that_was_taken_meanwhile_is_not_taken_away(reader: Open):
    async with reader() as r:
        await look_for(r, "knot")
        await r.press("S")
        assert "on key 1" in r.text
        r.store.save_search("other", "clock", 1)
        await r.press("enter")
        assert saved(r) == [("other", "clock", 1), ("knot", "knot", 2)]
        assert "2 lists it" in r.said
