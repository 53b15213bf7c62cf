"""Every action of the table does what it says. A new action without a test here fails."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette

from arxtui.core.papers import Paper
from arxtui.library import Progress, Refreshed
from arxtui.tui.actions import ACTIONS, BY_ID, single_keys
from arxtui.tui.facets_screen import FacetsScreen
from arxtui.tui.help_screen import HelpScreen
from arxtui.tui.occurrences_screen import OccurrencesScreen
from arxtui.tui.problems_screen import ProblemsScreen
from arxtui.tui.prompt_screen import PromptScreen
from tests.tui import keeping_checks
from tests.tui.checks import (
    CHECKS,
    CLOCK,
    COFFEE,
    CROWD,
    KNOTS,
    SAND,
    SIZES,
    SMALL,
    WIDTHS,
    check,
    cursor,
    press,
)

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader


def test_every_action_has_a_check():
    assert keeping_checks.__doc__, "what is kept has its checks there"
    assert set(CHECKS) == set(BY_ID)


@pytest.mark.parametrize("action", [action.id for action in ACTIONS])
async def test_the_key_does_what_the_table_says(reader: Open, action: str):
    # A second single key is the same binding, as test_actions.py holds; what two keys do comes another way.
    singles, sequences = single_keys(BY_ID[action]), [key for key in BY_ID[action].keys if " " in key]
    for key in [*singles[:1], *sequences] or [""]:
        async with reader(size=SIZES[action]) as r:
            await CHECKS[action](r, key)


async def test_the_other_keys_do_the_same(reader: Open):
    async with reader(size=SMALL) as r:
        page = r.main.paper_list.page
        for key, position in (
            ("down", 1),
            ("up", 0),
            ("pagedown", page),
            ("pageup", 0),
            ("end", 5),
            ("home", 0),
        ):
            await r.press(key)
            assert cursor(r) == position, key
        for key, pane in (("right", "detail"), ("left", "list"), ("left", "tree"), ("right", "list")):
            await r.press(key)
            assert r.main.pane == pane, key
        await r.press("ctrl+p")
        assert isinstance(r.app.screen, CommandPalette)
        await r.press("escape")
        await r.pilot.press("ctrl+c")
        await r.until(lambda: not r.app.is_running)


# moving


@check("down")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert cursor(r) == 1
    await r.press("l", key)
    assert cursor(r) == 1, "in the detail it scrolls"


@check("up")
async def _(r: Reader, key: str) -> None:
    await r.press("j", "j")
    await press(r, key)
    assert cursor(r) == 1


@check("half_down", SMALL)
async def _(r: Reader, key: str) -> None:
    page = r.main.paper_list.page
    await press(r, key)
    assert cursor(r) == page // 2 >= 1
    await r.press("l", *key.split())
    assert r.main.detail.scroll_offset.y == r.main.detail.page // 2


@check("half_up", SMALL)
async def _(r: Reader, key: str) -> None:
    await r.press("G")
    await press(r, key)
    assert cursor(r) == 5 - r.main.paper_list.page // 2


@check("page_down", SMALL)
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert cursor(r) == r.main.paper_list.page > 1


@check("page_up", SMALL)
async def _(r: Reader, key: str) -> None:
    await r.press("G")
    await press(r, key)
    assert cursor(r) == 5 - r.main.paper_list.page


@check("first", SMALL)
async def _(r: Reader, key: str) -> None:
    await r.press("G")
    await press(r, key)
    assert cursor(r) == 0
    assert r.main.paper_list.scroll_offset.y == 0


@check("last", SMALL)
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert cursor(r) == 5
    await r.press("l", "J", key)
    assert r.main.detail.scroll_offset.y == r.main.detail.max_scroll_y


@check("open")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.main.pane == "detail"
    await r.press("tab", "j", "j")
    assert r.main.pane == "tree"
    await press(r, key)
    assert r.main.pane == "list"
    assert r.main.view.place_name == "drinks/"


@check("fold")
async def _(r: Reader, key: str) -> None:
    await r.press("shift+tab", "j", "j")
    assert "coffee.txt" not in r.text
    await press(r, key)
    assert "coffee.txt" in r.text
    await press(r, key)
    assert "coffee.txt" not in r.text


@check("next_pane")
async def _(r: Reader, key: str) -> None:
    seen = []
    for _ in range(3):
        await press(r, key)
        seen.append(r.main.pane)
    assert seen == ["detail", "tree", "list"]


@check("previous_pane")
async def _(r: Reader, key: str) -> None:
    seen = []
    for _ in range(3):
        await press(r, key)
        seen.append(r.main.pane)
    assert seen == ["tree", "detail", "list"]


@check("left")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.main.pane == "tree"
    await r.press("j", "j", "j")
    node = r.main.file_tree.cursor_node
    assert node is not None
    await press(r, key)
    assert r.main.file_tree.cursor_node is node.parent, "in the tree it goes to the folder above"
    await press(r, key)
    assert not r.main.file_tree.cursor_node.is_expanded


@check("right")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.main.pane == "detail"
    await press(r, key)
    assert r.main.pane == "detail"


@check("detail_down", SMALL)
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.main.detail.scroll_offset.y > 0
    assert r.main.pane == "list"


@check("detail_up", SMALL)
async def _(r: Reader, key: str) -> None:
    await r.press("J", "J")
    before = r.main.detail.scroll_offset.y
    await press(r, key)
    assert r.main.detail.scroll_offset.y < before


@check("next_file")
async def _(r: Reader, key: str) -> None:
    seen = []
    for _ in range(5):
        await press(r, key)
        seen.append((r.main.view.place_name, len(r.keys)))
    assert seen == [
        ("drinks/coffee.txt", 2),
        ("drinks/more.txt", 2),
        ("older/knots.txt", 2),
        ("sand.txt", 1),
        ("sand.txt", 1),
    ]
    assert r.said == "No more files in this direction"
    node = r.main.file_tree.cursor_node
    assert node is not None
    assert node.data is not None
    assert node.data.name == "sand.txt"


@check("previous_file")
async def _(r: Reader, key: str) -> None:
    await r.press("]", "]", "]")
    seen = []
    for _ in range(3):
        await press(r, key)
        seen.append(r.main.view.place_name)
    assert seen == ["drinks/more.txt", "drinks/coffee.txt", "drinks/coffee.txt"]


# finding


@check("search")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    await r.type("cusp")
    assert len(r.keys) == 1
    assert "1 of 6 papers matches" in r.text


@check("facets")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert isinstance(r.app.screen, FacetsScreen)
    await r.press("enter")
    assert r.keys == [COFFEE], "the newest year"
    assert r.main.view.query == "date:2024"
    await r.press("escape")
    assert len(r.keys) == 6


@check("similar")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.main.view.like is not None
    assert r.main.view.like.key == COFFEE
    assert COFFEE not in r.keys
    await r.press("escape")
    assert r.key == COFFEE


@check("save_search")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "There is no search to save" in r.said
    await r.press("/", *"cusp", "enter")
    await press(r, key)
    assert isinstance(r.app.screen, PromptScreen)
    await r.press("enter")
    await r.until(
        lambda: [(each.name, each.query, each.key) for each in r.store.searches()] == [("cusp", "cusp", 1)]
    )


@check("saved")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "No search on 1" in r.said
    r.store.save_search("knots", "knot", 1)
    await r.until(lambda: "1 knots" in r.text)
    await press(r, key)
    assert r.keys == [KNOTS]
    assert "“knot”" in r.lines[0]


@check("next_hit")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "Nothing is looked for" in r.said
    await r.press("/")
    await r.type("letters")
    await r.press("enter")
    hits = len(r.main.detail._hits)
    assert hits >= 2
    for number in range(hits):
        await press(r, key)
        assert r.main.detail._current == number
    await press(r, key)
    assert r.said == "No more matches"


@check("previous_hit", SMALL)
async def _(r: Reader, key: str) -> None:
    await r.press("/")
    await r.type("cusp")
    await r.press("enter")
    await press(r, key)
    assert r.main.detail._current == len(r.main.detail._hits) - 1
    line = r.main.detail._hits[-1]
    top = r.main.detail.scroll_offset.y
    assert top <= line < top + r.main.detail.size.height, "the match is in sight"
    assert top > 0


@check("back")
async def _(r: Reader, key: str) -> None:
    await r.press("]", "/")
    await r.type("clock")
    await r.press("enter", "z")
    for state in (
        ("clock", "drinks/coffee.txt", False),
        ("", "drinks/coffee.txt", False),
        ("", "", False),
        ("", "", False),
    ):
        await press(r, key)
        assert (r.main.view.query, r.main.view.place_name, r.main.zoomed) == state
    assert "q quits" in r.said
    assert r.app.is_running


async def sorted_by(r: Reader, key: str, expected: list[str], words: str) -> None:
    before = r.key
    await press(r, key)
    assert r.keys == expected
    assert words in r.text
    assert r.key == before, "the cursor stays on its paper"
    await press(r, key)
    assert r.keys != expected


@check("sort_date")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.keys == [KNOTS, WIDTHS, CROWD, SAND, CLOCK, COFFEE], "it was the order already: reversed"
    assert "oldest first" in r.text
    assert r.key == KNOTS, "a cursor that was never moved stays at the top"
    await press(r, key)
    assert r.keys == [COFFEE, CLOCK, SAND, CROWD, WIDTHS, KNOTS]


@check("sort_updated")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.keys[0] == COFFEE
    assert "last updated first" in r.text
    await press(r, key)
    assert "last updated last" in r.text


@check("sort_title")
async def _(r: Reader, key: str) -> None:
    await press(r, "j", "k")
    before = r.key
    await press(r, key)
    with_title = [key for key in r.keys if key != SAND]
    assert with_title == [CLOCK, COFFEE, KNOTS, CROWD, WIDTHS]
    assert "sorted by title" in r.text
    assert r.key == before
    await press(r, key)
    assert [key for key in r.keys if key != SAND] == with_title[::-1]


@check("sort_id")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    first = r.keys
    assert first[:5] in ([WIDTHS, CROWD, SAND, CLOCK, COFFEE], [KNOTS, WIDTHS, CROWD, SAND, CLOCK])
    assert "sorted by identifier" in r.text
    await press(r, key)
    assert r.keys == first[::-1]


@check("sort_occurrences")
async def _(r: Reader, key: str) -> None:
    await r.press("G")
    await press(r, key)
    assert r.keys[0] == COFFEE
    assert "most occurrences first" in r.text
    await press(r, key)
    assert r.keys[-1] == COFFEE


@check("sort_relevance")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert "needs a search" in r.said
    await r.press("/")
    await r.type("read")
    await r.press("enter", "s", "t")
    assert "sorted by title" in r.text
    await press(r, key)
    assert "best match first" in r.text


# the paper


@check("all_authors")
async def _(r: Reader, key: str) -> None:
    await r.press("j", "j", "j")
    assert r.key == CROWD
    assert "and 8 more (A shows all)" in " ".join(r.detail_text.split())
    assert "Number19" not in r.detail_text
    await press(r, key)
    assert "Number19" in r.detail_text
    await press(r, key)
    assert "Number19" not in r.detail_text


@check("occurrences")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert isinstance(r.app.screen, OccurrencesScreen)
    for words in (
        "drinks/coffee.txt:1",
        "drinks/more.txt:1",
        "They differ in the comments",
        "9 pages, one spilled",
    ):
        assert words in r.text
    await r.press("j", "enter")
    assert r.main.view.place_name == "drinks/more.txt"
    assert r.key == COFFEE
    assert r.main.pane == "list"


@check("open_page")
async def _(r: Reader, key: str) -> None:
    opened: list[str] = []
    webbrowser.register("none", None, webbrowser.GenericBrowser("true"))
    r.app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign]
    await press(r, key)
    assert opened == ["https://arxiv.org/abs/2401.00011"]


@check("open_pdf")
async def _(r: Reader, key: str) -> None:
    opened: list[str] = []
    webbrowser.register("none", None, webbrowser.GenericBrowser("true"))
    r.app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign]
    await press(r, key)
    assert opened == ["https://arxiv.org/pdf/2401.00011"]


async def copied(r: Reader, key: str) -> str:
    await press(r, key)
    assert "sent to the terminal's clipboard" in r.said
    return r.app.clipboard


@check("copy_id")
async def _(r: Reader, key: str) -> None:
    assert await copied(r, key) == COFFEE


@check("copy_link")
async def _(r: Reader, key: str) -> None:
    assert await copied(r, key) == "https://arxiv.org/abs/2401.00011"


@check("copy_bibtex")
async def _(r: Reader, key: str) -> None:
    text = await copied(r, key)
    assert text.startswith("@misc{lind2024cusp,\n")
    assert "Cusp caustics in a cup of coffee" in text
    # As in exports, the key of a paper that is kept is no other one's.
    r.store.add("tea", [Paper("2401.99999", title="Cusp", author_text="Bo Lind", created="2024-01-31")])
    assert (await copied(r, key)).startswith(f"@misc{{lind2024cusp-{COFFEE},\n")


@check("copy_title")
async def _(r: Reader, key: str) -> None:
    assert await copied(r, key) == "Cusp caustics in a cup of coffee"
    await r.press("j", "j")
    await press(r, key)
    assert r.said == "This paper has no title"


@check("copy_citation")
async def _(r: Reader, key: str) -> None:
    text = await copied(r, key)
    assert "Ada Lind" in text
    assert "\n" not in text


# windows


@check("zoom")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert [r.main.shows(pane) for pane in ("tree", "list", "detail")] == [False, True, False]
    await press(r, key)
    assert [r.main.shows(pane) for pane in ("tree", "list", "detail")] == [True, True, True]


@check("problems")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert isinstance(r.app.screen, ProblemsScreen)
    assert "Everything in the files could be read." in r.text
    await r.press("escape")
    assert r.app.screen is r.main


@check("reread")
async def _(r: Reader, key: str) -> None:
    await press(r, "j")
    before = r.key
    await press(r, key)
    assert r.said == "Nothing has changed in the files"
    folder = r.library.roots[0]
    (folder / "new.txt").write_text("Fresh ink is wet.\n\narXiv:2402.00001\nCreated: 2024-02-01\n\n")
    await press(r, key)
    assert r.said == "The files were read again"
    assert r.keys[0] == "2402.00001"
    assert r.key == before, "the cursor stays on its paper"
    assert "new.txt" in r.text


def reads_for_ever(r: Reader) -> list[str]:
    """Has the next refresh go on until it is stopped; returns what it does."""
    did: list[str] = []

    def refresh(
        on_progress: Callable[[Progress], None], stop: Callable[[], bool], pause: Callable[[], bool]
    ) -> Refreshed:
        while not stop():
            did.append("waits" if pause() else "reads")
            on_progress(Progress(2, 9, 20_000_000, 90_000_000, 6))
            time.sleep(0.02)
        return Refreshed(0, 0, 0, 0, 0, stopped=True)

    r.library.refresh = refresh  # type: ignore[method-assign,assignment]
    r.main.refreshing.start()
    return did


@check("pause")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert r.said == "Nothing is being read"
    did = reads_for_ever(r)
    await r.until(lambda: "reading 2 of 9 files ▕" in r.text)
    await r.pilot.press(key)
    await r.until(lambda: "paused: P goes on" in r.text)
    assert did[-1] == "waits"
    await r.pilot.press(key)
    await r.until(lambda: did[-1] == "reads" and "reading 2 of 9 files ▕" in r.text)


@check("stop_reading")
async def _(r: Reader, key: str) -> None:
    r.main.action_do("stop_reading")
    assert r.said == "Nothing is being read"
    reads_for_ever(r)
    await r.until(lambda: "reading 2 of 9 files ▕" in r.text)
    r.main.action_do("stop_reading")
    await r.until(lambda: "not all files are read: R reads on" in r.text)
    assert r.said == "Reading was stopped; R reads on"
    await r.pilot.press("R")
    await r.until(lambda: "reading 2 of 9 files ▕" in r.text)


@check("theme")
async def _(r: Reader, key: str) -> None:
    r.main.action_do("theme")
    await r.settle()
    assert isinstance(r.app.screen, CommandPalette)
    assert "arxtui-light" in r.text


@check("palette")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert isinstance(r.app.screen, CommandPalette)
    await r.type("by title")
    await r.press("enter")
    await r.until(lambda: r.main.view.sort == "title")


@check("help")
async def _(r: Reader, key: str) -> None:
    await press(r, key)
    assert isinstance(r.app.screen, HelpScreen)
    await r.press("G")
    assert "Search" in r.text
    await r.press("q")
    assert r.app.screen is r.main


@check("quit")
async def _(r: Reader, key: str) -> None:
    await r.press("?")
    await r.press(key)
    assert r.app.screen is r.main
    await r.pilot.press(key)
    await r.until(lambda: not r.app.is_running)
    assert r.app.return_value == 0


@check("quit_now")
async def _(r: Reader, key: str) -> None:
    await r.press("?")
    await r.pilot.press(key)
    await r.until(lambda: not r.app.is_running)
    assert r.app.return_value == 0
