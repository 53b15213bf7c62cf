from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from arxtui.core.papers import Paper
from arxtui.reading import ListInfo, ReadingStore, StoreError
from arxtui.tui.picker import Picker
from arxtui.tui.prompt_screen import PromptScreen
from arxtui.tui.views import BOOKMARKS
from tests.tui.checks import COFFEE, KNOTS
from tests.tui.keeping_checks import make_list, show_list, to_list_in_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Open, Reader


async def open_list(r: Reader, name: str) -> None:
    """As a user: to the tree, to its end, and up to the list."""
    await r.press("shift+tab", "G")
    node = r.main.file_tree.cursor_node
    for _ in range(20):
        node = r.main.file_tree.cursor_node
        if node is not None and node.data is not None and node.data.name == name:
            break
        await r.press("k")
    await r.press("enter")
    assert r.main.view.reading_list == name


async def test_an_empty_list_says_how_to_fill_it(reader: Open):
    async with reader() as r:
        await open_list(r, BOOKMARKS)
        assert "No bookmarks yet" in r.text
        assert "Press b on a paper" in r.text
        await r.press("escape")
        assert len(r.keys) == 6


async def test_a_list_shows_the_newest_added_first_and_loses_what_is_taken_off(reader: Open):
    async with reader() as r:
        await r.press("b", "j", "b")
        await open_list(r, BOOKMARKS)
        assert r.keys == ["2305.01234", "2401.00011"]
        assert "by hand, newest added first" in r.text
        await r.press("g", "g", "b")
        assert r.keys == ["2401.00011"]
        assert r.key == "2401.00011"
        await r.press("u")
        assert r.keys == ["2305.01234", "2401.00011"]


async def test_a_list_keeps_papers_whose_file_is_gone(reader: Open):
    async with reader() as r:
        r.store.add("far", [
            Paper(key="1901.00001", title="Far away mirrors", author_text="Ann Other", abstract="A mirror is far."),
            Paper(key="2401.00011"),
        ])  # fmt: skip
        await r.until(lambda: "far" in r.text, "the list in the tree")
        await open_list(r, "far")
        assert set(r.keys) == {"1901.00001", "2401.00011"}
        assert "Far away mirrors" in r.text
        assert "Cusp caustics" in r.text, "what the library knows is shown as it has it"
        await r.press("/")
        await r.type("mirror")
        assert r.keys == ["1901.00001"]
        await r.press("enter")
        assert "A mirror is far." in r.detail_text
        assert "In none of the open files" in r.detail_text


async def test_a_change_by_another_process_shows(reader: Open, tmp_path: Path):
    async with reader() as r:
        other = ReadingStore(tmp_path / "reading.sqlite3")
        other.add(BOOKMARKS, [Paper(key="2401.00011")])
        other.close()
        await r.until(lambda: "★●" in r.text, "the other's bookmark")


async def test_what_is_not_saved_is_not_shown(reader: Open, monkeypatch: pytest.MonkeyPatch):
    async with reader() as r:

        def full(*_: object) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(r.store, "add", full)
        await r.press("b")
        assert r.said == "Not saved: the disk is full"
        assert "★●" not in r.text


async def test_changes_made_quickly_keep_their_order(reader: Open):
    async with reader() as r:
        await r.press("b", "j", "b", "j", "b", "u", "b", "k", "b")
        assert r.store.keys(BOOKMARKS) == {"2401.00011", "2212.05555"}
        assert r.text.count("★●") == 2


async def test_quitting_waits_for_the_bookmark(reader: Open):
    async with reader() as r:
        await r.pilot.press("b", "q")
        await r.until(lambda: not r.app.is_running)
        assert r.store.keys(BOOKMARKS) == {"2401.00011"}


async def test_a_name_that_is_taken_can_be_mended(reader: Open):
    async with reader() as r:
        r.store.create("tea")
        await r.press("h", "c")
        await r.type("tea")
        await r.press("enter")
        await r.until(lambda: "Not saved: there is a reading list" in r.text)
        assert "enter make it   esc cancel" in r.text
        await r.press("end", "s", "enter")
        assert [each.name for each in r.store.lists()] == [BOOKMARKS, "tea", "teas"]
        await to_list_in_tree(r, "teas")
        await r.press("r")
        await r.type("tea")
        await r.press("enter")
        await r.until(lambda: "Not saved: there is a reading list" in r.text)
        assert "Another name for teas" in r.text
        await r.press("end", *" time", "enter")
        assert [each.name for each in r.store.lists()] == [BOOKMARKS, "tea", "tea time"]


async def test_what_cannot_be_kept_can_be_mended_where_it_was_typed(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader(size=(80, 24)) as r:

        def full(*_: object) -> None:
            raise StoreError("the disk is full")

        await make_list(r, "tea", COFFEE)
        await to_list_in_tree(r, "tea")
        for method in ("describe_list", "add", "tag_all"):
            monkeypatch.setattr(r.store, method, full)
        await r.press("e", *"green", "enter")
        await r.until(lambda: "Not saved: the disk is full" in r.text)
        assert isinstance(r.app.screen, PromptScreen)
        assert r.app.screen.query_one(Input).value == "green"
        await r.press("escape", "l")
        for key in ("B", "t"):
            await r.press(key, *"green", "tab")
            await r.until(lambda: "Not saved: the disk is full" in r.text)
            assert "esc close" in r.text
            await r.press("enter")
            await r.until(
                lambda: "Not saved: the disk is full" in r.text and isinstance(r.app.screen, Picker)
            )
            assert r.app.screen.query_one(Input).value == "green"
            await r.press("escape")
        monkeypatch.undo()
        await r.press("t", *"green", "enter")
        assert [tag.name for tag in r.store.tags()] == ["green"]


async def test_the_cursor_goes_to_a_list_that_was_made(reader: Open):
    async with reader(size=(80, 24)) as r:
        for number in range(30):
            r.store.create(f"list {number}")
        await r.until(lambda: r.main.keeping.list_named("list 29") is not None)
        await r.press("h", "g", "g", "c")
        await r.type("cafe\u0301")
        await r.press("enter")
        await r.until(lambda: r.main.view.reading_list == "caf\u00e9", "it is listed")
        assert "caf\u00e9" in r.text, "the tree has scrolled to it"
        assert "Made the list" in r.said
        await r.press("a")
        await r.until(lambda: "stands below Archived lists" in r.said)
        assert [each.name for each in r.store.lists(archived=True) if each.archived] == ["caf\u00e9"]


async def test_what_is_not_there_to_be_archived_is_no_change_that_failed(reader: Open):
    async with reader() as r:
        await to_list_in_tree(r, BOOKMARKS)
        await r.press("enter", "h", "a")
        assert r.said == "The list bookmarks is always there; c makes one that can be archived"
        assert r.store.history() == []


async def test_a_name_of_several_words_is_told_from_what_is_said_of_it(reader: Open):
    async with reader(size=(60, 20)) as r:
        r.store.create("all that was said of caustics in cups of coffee and tea")
        await r.press("h", "c")
        await r.type("brand new")
        await r.press("enter")
        assert r.said == "Made the list \u201cbrand new\u201d; B puts papers on it; u undoes"
        await r.press("U")
        assert "created list \u201cbrand new\u201d" in r.text
        await r.press("escape")
        r.store.add("all that was said of caustics in cups of coffee and tea", [Paper(COFFEE)])
        await r.press("l", "u")
        await r.until(lambda: r.said.startswith("Undone: added"))
        assert "\u2026; ctrl+r makes it again" in r.text, "what can be done is not cut off"


async def test_a_record_that_was_missing_is_kept_beside_files_that_have_it(reader: Open, tmp_path: Path):
    """Put there by a command that knew no files: before the reader was opened, and meanwhile."""
    with ReadingStore(tmp_path / "reading.sqlite3") as other:
        other.add("flow", [Paper(COFFEE), Paper("2507.99999")])
        async with reader() as r:
            await r.until(lambda: other.bare() == ["2507.99999"])
            other.add("flow", [Paper(KNOTS)])
            await r.until(lambda: other.bare() == ["2507.99999"])
        assert [entry.paper.title is None for entry in other.entries("flow")] == [False, False, True]


async def test_what_is_done_right_after_a_list_was_renamed_is_done_to_it(reader: Open):
    async with reader() as r:
        await make_list(r, "first name")
        await to_list_in_tree(r, "first name")
        for key in ("r", *["backspace"] * 10, *"second", "enter", "e", *"for tea", "enter", "a"):
            r.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await r.until(lambda: "stands below Archived lists" in r.said)
        assert r.store.lists(archived=True)[1:] == [ListInfo("second", 0, "for tea", archived=True)]


@pytest.mark.parametrize("width", [80, 200])
async def test_a_paper_known_by_its_identifier_alone_says_so(reader: Open, width: int):
    async with reader(size=(width, 24)) as r:
        r.store.add("far", [Paper("2507.99999")])
        await r.until(lambda: r.main.keeping.list_named("far") is not None)
        await show_list(r, "far")
        assert r.keys == ["2507.99999"]
        assert "neither title nor abstract is known" in r.text


def become_another(r: Reader, name: str) -> None:
    """As another process: the list of a name gets another one, which a new list has then."""
    r.store.rename_list(name, "moved")
    r.store.add(name, [Paper(KNOTS)])


@pytest.mark.parametrize(
    ("keys", "said", "lists"),
    [
        (
            ["r", "ctrl+u", *"final", "enter"],
            "moved is named final now; u undoes",
            [ListInfo("final", 1), ListInfo("tea", 1)],
        ),
        (
            ["e", "ctrl+u", *"for us", "enter"],
            "Described moved; u undoes",
            [ListInfo("moved", 1, "for us"), ListInfo("tea", 1)],
        ),
    ],
)
async def test_what_is_done_in_a_dialog_is_done_to_the_list_it_was_opened_for(
    reader: Open, keys: list[str], said: str, lists: list[ListInfo]
):
    async with reader() as r:
        await make_list(r, "tea", COFFEE)
        await to_list_in_tree(r, "tea")
        await r.press(keys[0])
        become_another(r, "tea")
        await r.press(*keys[1:])
        assert r.said == said
        assert r.store.lists()[1:] == lists


async def test_a_list_that_is_gone_when_its_dialog_is_answered_is_told(reader: Open):
    async with reader() as r:
        await make_list(r, "tea")
        await to_list_in_tree(r, "tea")
        await r.press("r")
        r.store.undo()
        r.store.create("tea")
        await r.press("ctrl+u", *"final", "enter")
        assert "Not saved: the reading list 'tea' is gone" in r.text
        assert r.store.lists()[1:] == [ListInfo("tea", 0)]


async def test_the_list_that_was_offered_is_filled_whatever_its_name_is_then(reader: Open):
    async with reader() as r:
        await make_list(r, "tea")
        await r.press("B")
        assert isinstance(r.app.screen, Picker)
        become_another(r, "tea")
        await r.press(*"tea", "enter")
        assert r.said == "Put 2401.00011 on moved; u undoes"
        assert (r.store.keys("moved"), r.store.keys("tea")) == ({COFFEE}, {KNOTS})
