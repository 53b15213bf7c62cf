"""Checks of the actions that change what the reader keeps: one a key. `test_keys` runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from arxtui.tui.confirm_screen import ConfirmScreen
from arxtui.tui.format_screen import FormatScreen
from arxtui.tui.history_screen import HistoryScreen
from arxtui.tui.note_screen import NoteScreen
from arxtui.tui.picker import Picker
from arxtui.tui.prompt_screen import PromptScreen
from arxtui.tui.views import BOOKMARKS, Shelf, View
from tests.tui.checks import CLOCK, COFFEE, CROWD, KNOTS, SAND, WIDTHS, check, press

if TYPE_CHECKING:
    from tests.tui.conftest import Reader


async def make_list(r: Reader, name: str, *keys: str) -> None:
    """A list with papers, the first on top, that the tree shows."""
    r.store.create(name)
    if keys:
        r.store.add(name, [r.library.paper(key) for key in keys])
    await r.until(lambda: r.main.keeping.list_named(name) is not None)
    await r.settle()


async def show_list(r: Reader, name: str) -> None:
    """The list in the paper list."""
    r.main.ask(View(shelf=Shelf("list", name)))
    await r.settle()


async def to_list_in_tree(r: Reader, name: str) -> None:
    """The cursor of the tree on a list."""
    await r.press("h", "G")
    for _ in range(20):
        branch = r.main.file_tree.branch
        if branch is not None and branch.shelf == Shelf("list", name):
            return
        await r.press("k")
    raise AssertionError(f"no {name} in the tree")


@check("sort_hand")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "This order is of reading lists" in r.said
    await make_list(r, "tea", CLOCK, COFFEE)
    r.store.sort_list("tea", "title")
    await show_list(r, "tea")
    await r.until(lambda: "sorted by title" in r.text)
    await press(r, key)
    assert "by hand" in r.text
    assert r.store.lists()[-1].sort == "hand"


@check("sort_added")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "tea", CLOCK)
    r.store.add("tea", [r.library.paper(COFFEE)])
    await show_list(r, "tea")
    await press(r, key)
    assert r.keys == [COFFEE, CLOCK]
    await press(r, key)
    assert r.keys == [CLOCK, COFFEE]
    assert "first added first" in r.text
    await r.press("u", "u")
    assert r.store.lists()[-1].sort == "hand"


@check("select")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "✓" in r.text
    assert "1 selected, 6 papers" in r.text
    assert r.key == CLOCK, "it goes on"
    await press(r, key)
    assert "2 selected" in r.text
    await r.press("k")
    await press(r, key)
    assert "1 selected" in r.text
    await r.press("escape")
    assert "selected" not in r.text
    assert "✓" not in r.text


@check("select_range")
async def _(r: Reader, key: str) -> None:
    await r.press("j")
    await press(r, key)
    await r.press("j", "j")
    r.main.status.hush()
    assert "3 in the range" in r.said
    await r.press("k")
    r.main.status.hush()
    assert "2 in the range" in r.said
    await press(r, key)
    assert "2 selected" in r.said
    await r.press("b")
    assert r.store.keys(BOOKMARKS) == {CLOCK, SAND}


@check("select_all")
async def _(r: Reader, key: str) -> None:
    await r.press("/", *"letters", "enter")
    found = set(r.keys)
    assert found
    assert len(found) < 6
    await press(r, key)
    assert r.said == f"Selected {len(found)} paper{'s' * (len(found) > 1)}; esc gives the selection up"
    await r.press("b")
    assert r.store.keys(BOOKMARKS) == found
    await press(r, key)
    assert "no longer selected" in r.said


@check("bookmark")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.store.keys(BOOKMARKS) == {COFFEE}
    assert "★●" in r.text
    assert r.said == "Put 2401.00011 on bookmarks; u undoes"
    assert r.store.entries(BOOKMARKS)[0].paper.title == "Cusp caustics in a cup of coffee"
    await press(r, key)
    assert r.store.keys(BOOKMARKS) == set()
    assert r.said == "Took 2401.00011 off bookmarks; u undoes"
    r.store.set_default_list("bookmarks")
    await r.press("space", "space")
    await press(r, key)
    assert r.said == "Put 2 papers on bookmarks; u undoes"
    await r.press("u")
    assert r.store.keys(BOOKMARKS) == set(), "one step for all"


@check("lists")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "flow matching", CLOCK)
    await press(r, key)
    assert isinstance(r.app.screen, Picker)
    await r.type("flm")
    assert "flow matching" in r.text
    await r.press("enter")
    assert r.store.keys("flow matching") == {CLOCK, COFFEE}
    assert "Put 2401.00011 on “flow matching”" in r.said
    assert r.app.screen is r.main


@check("undo")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.said == "Nothing to undo"
    await r.press("b")
    await press(r, key)
    assert r.store.keys(BOOKMARKS) == set()
    assert r.said == "Undone: added 2401.00011 to bookmarks; ctrl+r makes it again"
    assert "★ " not in r.main.paper_list._marks.of(COFFEE)


@check("redo")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.said == "Nothing to make again"
    await r.press("b", "u")
    await press(r, key)
    assert r.store.keys(BOOKMARKS) == {COFFEE}


@check("history")
async def _(r: Reader, key: str) -> None:
    await r.press("b", "j", "b", "r")
    await press(r, key)
    assert isinstance(r.app.screen, HistoryScreen)
    assert "added “Cusp caustics in a cup of coffee” to bookmarks" in r.text
    await r.press("G", "u")
    assert r.store.keys(BOOKMARKS) == {CLOCK}, "the oldest, while those after it stand"
    assert "(undone)" in r.text
    await r.press("ctrl+r")
    assert r.store.keys(BOOKMARKS) == {CLOCK, COFFEE}
    await r.press("q")
    assert r.app.screen is r.main


async def said_of(r: Reader, key: str, status: str | None, words: str) -> None:
    await r.press("space", "space", "k")
    await press(r, key)
    states = r.store.states([COFFEE, CLOCK])
    assert [states[each].status if each in states else None for each in (COFFEE, CLOCK)] == [status] * 2
    assert words in r.said


@check("read")
async def _(r: Reader, key: str) -> None:
    await said_of(r, key, "read", "2 papers are now read; u undoes")
    assert "status      read" in r.detail_text
    await press(r, key)
    assert r.store.states([COFFEE])[COFFEE].status == "unread"
    assert "●" in r.text


@check("is_read")
async def _(r: Reader, key: str) -> None:
    await said_of(r, key, "read", "2 papers are now read")


@check("is_unread")
async def _(r: Reader, key: str) -> None:
    await said_of(r, key, "unread", "2 papers are now unread")


@check("is_to_read")
async def _(r: Reader, key: str) -> None:
    await said_of(r, key, "to-read", "2 papers are now to read")
    await r.until(lambda: "Read state" in r.text)
    assert "to read" in r.text


@check("is_skimmed")
async def _(r: Reader, key: str) -> None:
    await said_of(r, key, "skimmed", "2 papers are now skimmed")


@check("is_nothing")
async def _(r: Reader, key: str) -> None:
    await r.press("r", "j", "r", "k")
    await said_of(r, key, None, "2 papers are now neither read nor unread")


@check("stars")
async def _(r: Reader, key: str) -> None:
    number = int(key[-1])
    r.store.set_stars([COFFEE], 5 if number != 5 else 1)
    await press(r, key)
    states = r.store.states([COFFEE])
    assert (states[COFFEE].stars if COFFEE in states else 0) == number
    assert f"now has {number or 'no'} star" in r.said
    assert not number or f"stars       {number} of 5" in r.detail_text


@check("tags")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    await r.type("optics, to cite")
    await r.press("enter")
    assert r.store.states([COFFEE])[COFFEE].tags == ("optics", "to cite")
    assert "tags        optics, to cite" in r.detail_text
    assert r.said == "Tagged 2401.00011: optics, “to cite”; u undoes"
    await r.press("u")
    assert r.store.tags() == [], "one step"
    await r.press("ctrl+r")
    await press(r, key)
    await r.type("opt")
    await r.press("enter")
    assert r.store.states([COFFEE])[COFFEE].tags == ("to cite",)
    assert "Took the tag optics off 2401.00011; u undoes" in r.said


@check("note")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert isinstance(r.app.screen, NoteScreen)
    await r.type("jq gd?")
    await r.press("enter")
    await r.type("two")
    await r.press("escape")
    assert r.store.note(COFFEE).text == "jq gd?\ntwo"
    assert "note        ¶ jq gd?\n            two" in r.detail_text
    assert "Saved the note on 2401.00011" in r.said
    await r.press("u")
    assert r.store.note(COFFEE).text == ""


@check("mark")
async def _(r: Reader, key: str) -> None:
    await press(r, key, "q")
    assert r.store.marks() == {"q": COFFEE}
    assert r.said == "q marks 2401.00011: ' q goes there"
    await press(r, key, "escape")
    await press(r, key, "q")
    assert r.store.marks() == {}


@check("jump")
async def _(r: Reader, key: str) -> None:
    await press(r, key, "a")
    assert "marks no paper" in r.said
    await r.press("G", "m", "a", "g", "g")
    await r.press(key)
    assert "Go to mark: a math/0309136" in r.lines[-1]
    await r.press("a")
    assert r.key == KNOTS
    await r.press("/", *"coffee", "enter")
    assert r.keys == [COFFEE]
    await press(r, key, "a")
    assert r.key == KNOTS
    assert r.main.view == View(), "it is not among what was listed"


@check("new_list")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.app.screen is r.main, "in the list the key does nothing"
    await r.press("h")
    await press(r, key)
    assert isinstance(r.app.screen, PromptScreen)
    await r.type("to do")
    await r.press("enter")
    assert [each.name for each in r.store.lists()] == ["bookmarks", "to do"]
    assert "to do" in r.text


@check("rename_list")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "tea", CLOCK)
    await to_list_in_tree(r, "tea")
    await r.press("enter", "h")
    await press(r, key)
    await r.type("coffee")
    await r.press("enter")
    assert [each.name for each in r.store.lists()] == ["bookmarks", "coffee"]
    assert r.main.view.reading_list == "coffee"
    assert r.keys == [CLOCK]
    assert "tea is named coffee now" in r.said


@check("describe_list")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "tea", CLOCK)
    await to_list_in_tree(r, "tea")
    await r.press("enter", "h")
    await press(r, key)
    await r.type("for the seminar")
    await r.press("enter")
    assert r.store.lists()[-1].description == "for the seminar"
    assert "Papers  in tea, 1 paper: for the seminar" in r.lines[0]


@check("archive_list")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "tea", CLOCK)
    await to_list_in_tree(r, "tea")
    await press(r, key)
    assert [each.name for each in r.store.lists()] == ["bookmarks"]
    assert "Archived lists" in r.text
    assert "u undoes" in r.said
    await r.press("u")
    await to_list_in_tree(r, "tea")


@check("default_list")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "tea")
    await to_list_in_tree(r, "tea")
    await press(r, key)
    assert r.store.default_list() == "tea"
    assert "★ tea" in r.text
    await r.press("l", "escape", "b")
    assert r.store.keys("tea") == {COFFEE}


@check("entry_down")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "choose one in the tree" in r.said
    await make_list(r, "tea", COFFEE, CLOCK, SAND, CROWD)
    await show_list(r, "tea")
    await r.press("g", "g")
    await press(r, key)
    assert r.keys == [CLOCK, COFFEE, SAND, CROWD]
    assert r.key == COFFEE, "the cursor goes along"
    await r.press("k", "space", "j", "space")
    await press(r, key)
    assert r.keys == [COFFEE, CLOCK, SAND, CROWD], "what is selected moves together"
    await press(r, key)
    assert r.keys == [COFFEE, CROWD, CLOCK, SAND]
    await press(r, key)
    assert "No further" in r.said
    await r.press("u", "u", "u")
    assert r.keys == [COFFEE, CLOCK, SAND, CROWD]


@check("entry_up")
async def _(r: Reader, key: str) -> None:
    await make_list(r, "tea", WIDTHS, KNOTS)
    await show_list(r, "tea")
    await r.press("G")
    await press(r, key)
    assert r.keys == [KNOTS, WIDTHS]
    assert r.key == KNOTS
    await press(r, key)
    assert "No further" in r.said
    await r.press("j")
    await press(r, key)
    assert "No further" not in r.said
    await press(r, "shift+down")
    assert r.keys == [KNOTS, WIDTHS]
    r.store.sort_list("tea", "title")
    await r.until(lambda: "sorted by title" in r.text)
    await press(r, key)
    assert "after s h papers can be moved" in r.said


@check("export")
async def _(r: Reader, key: str) -> None:
    folder = r.store.path.parent
    await r.press("b", "space", "t", *"optics", "enter")
    await press(r, key)
    assert isinstance(r.app.screen, FormatScreen)
    assert "Export 1 paper selected" in r.text
    await r.press("enter")
    assert isinstance(r.app.screen, PromptScreen)
    target = folder / "out.jsonl"
    r.app.screen.query_one("#prompt-line").value = str(target)  # type: ignore[attr-defined]
    await r.press("enter")
    await r.until(lambda: "Wrote 1 paper into" in r.said)
    written = [json.loads(line) for line in target.read_text().splitlines()]
    assert [each["id"] for each in written] == [COFFEE]
    await r.press("escape")
    await press(r, key, "j", "enter")
    r.app.screen.query_one("#prompt-line").value = str(target)  # type: ignore[attr-defined]
    await r.press("enter")
    assert isinstance(r.app.screen, ConfirmScreen)
    await r.press("n")
    assert r.said == "Nothing was written"
    await press(r, key, "j", "enter")
    r.app.screen.query_one("#prompt-line").value = str(target)  # type: ignore[attr-defined]
    await r.press("enter", "y")
    await r.until(lambda: "Wrote 6 papers into" in r.said)
    assert target.read_text().startswith("@")
    assert [path.name for path in folder.glob("*.part")] == []
