"""What is on screen at which size, by keys and by mouse, and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.pilot import Pilot

if TYPE_CHECKING:
    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.tui.app import ReaderApp
    from tests.tui.conftest import Open


async def test_three_panes_share_the_width(reader: Open):
    async with reader(size=(160, 48)) as r:
        widths = [r.main.query_one(f"#{pane}").outer_size.width for pane in ("tree", "list", "detail")]
        assert sum(widths) == 160
        assert widths == pytest.approx([35, 72, 53], abs=1)


async def test_two_panes_and_the_tree_when_it_is_wanted(reader: Open):
    async with reader(size=(100, 30)) as r:
        assert [r.main.shows(pane) for pane in ("tree", "list", "detail")] == [False, True, True]
        await r.press("h")
        assert [r.main.shows(pane) for pane in ("tree", "list", "detail")] == [True, True, False]
        assert r.app.focused is r.main.file_tree
        await r.press("escape")
        assert [r.main.shows(pane) for pane in ("tree", "list", "detail")] == [False, True, True]


@pytest.mark.parametrize("columns", [160, 100, 80, 60])
async def test_where_the_files_are_not_shown_the_key_for_them_is(reader: Open, columns: int):
    async with reader(size=(columns, 20)) as r:
        assert ("h tree" in r.lines[-1]) == (columns < 120)
        assert "? help  q quit" in r.lines[-1]
        await r.press("z")
        assert "h tree" in r.lines[-1]
        await r.press("h")
        assert r.main.shows("tree")
        assert "h tree" not in r.lines[-1]


async def test_one_pane_at_a_time(reader: Open):
    async with reader(size=(60, 20)) as r:
        shown = []
        for key in ("enter", "escape", "h", "l", "l", "tab"):
            await r.press(key)
            shown.append([pane for pane in ("tree", "list", "detail") if r.main.shows(pane)])
        assert shown == [["detail"], ["list"], ["tree"], ["list"], ["detail"], ["tree"]]


async def test_a_window_that_changes_its_size(reader: Open):
    async with reader(size=(160, 40)) as r:
        await r.press("G", "tab")
        key = r.key
        for size, panes in (
            ((60, 20), ["detail"]),
            ((100, 20), ["list", "detail"]),
            ((200, 12), ["tree", "list", "detail"]),
        ):
            await r.pilot.resize_terminal(*size)
            await r.settle()
            assert [pane for pane in ("tree", "list", "detail") if r.main.shows(pane)] == panes
            assert r.key == key
            assert r.app.focused is r.main.detail
            top = r.main.paper_list.screen_row
            assert panes == ["detail"] or 0 <= top < r.main.paper_list.size.height, "the cursor is in sight"


async def test_the_mouse_does_what_the_keys_do(reader: Open):
    async with reader(size=(160, 40)) as r:
        await r.pilot.click(r.main.paper_list, offset=(10, 5))
        await r.settle()
        assert r.main.paper_list.cursor == 2
        await r.pilot.click(r.main.file_tree, offset=(10, 4))
        await r.settle()
        assert r.main.view.place_name == "sand.txt"
        assert r.main.pane == "tree"
        help_at = r.lines[-1].index("? help")
        await r.pilot.click(offset=(help_at + 3, 39))
        await r.settle()
        assert "One line or paper down" in r.text


async def test_the_wheel_scrolls_and_leaves_the_cursor(reader: Open):
    async with reader(size=(100, 12)) as r:
        await r.pilot._post_mouse_events([events.MouseScrollDown], r.main.paper_list)
        await r.settle()
        assert r.main.paper_list.scroll_offset.y > 0
        assert r.main.paper_list.cursor == 0


async def test_the_differences_scroll_by_key(reader: Open):
    async with reader(size=(60, 16)) as r:
        await r.press("d")
        below = r.app.screen.query_one("#variants-scroll")
        await r.press("J")
        assert below.scroll_offset.y == min(3, below.max_scroll_y) > 0
        await r.press("K")
        assert below.scroll_offset.y == 0


async def test_an_unknown_second_key_is_explained(reader: Open):
    async with reader() as r:
        await r.press("y")
        assert "Copy: i identifier  u link  b BibTeX  t title  c citation  esc cancel" in r.lines[-1]
        await r.press("x")
        assert r.said == "y x is not a command; ? shows all keys"
        assert r.app.focused is r.main.paper_list
        await r.press("y", "escape")
        assert "Copy:" not in r.text
        await r.press("s", "j")
        assert r.main.paper_list.cursor == 0, "the second key is taken, whatever it is"


async def test_a_folder_without_papers_says_what_was_looked_for(reader: Open):
    async with reader({"readme.md": "nothing here"}) as r:
        assert "No papers in" in r.text
        assert ".txt" in r.text
        assert "press R" in r.text
        await r.press("j", "k", "G", "enter", "b", "o", "d", "y", "i", "n", "A", "J", "]", "s", "o")
        assert r.app.is_running


async def test_the_cursor_row_stands_out_in_every_theme(reader: Open):
    async with reader() as r:
        for theme in ("arxtui-dark", "arxtui-light", "ansi-dark", "ansi-light", "nord"):
            r.app.theme = theme
            await r.settle()
            here, there = (list(r.main.paper_list.render_line(y))[-1].style for y in (0, 2))
            assert here is not None
            assert there is not None
            assert (here.bgcolor, here.reverse) != (there.bgcolor, there.reverse), theme


Make = Callable[..., "tuple[ReaderApp, Library, ReadingStore]"]


def ready(*keys: str) -> Callable[[Pilot[Any]], Any]:
    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause(0.6)
        pilot.app.screen_stack[0].search_bar.cursor_blink = False  # type: ignore[attr-defined]
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        pilot.app.screen_stack[0].status.hush()  # type: ignore[attr-defined]
        await pilot.pause(0.3)

    return run


@pytest.mark.parametrize("size", [(160, 48), (100, 30), (60, 20)])
def test_the_look_of_the_reader(open_app: Make, snap_compare: Any, size: tuple[int, int]):
    app, _, _ = open_app()
    assert snap_compare(app, terminal_size=size, run_before=ready("b", "j", "slash", "w", "e"))


def test_the_look_of_the_light_theme(open_app: Make, snap_compare: Any):
    app, _, _ = open_app()
    app.theme = "arxtui-light"
    assert snap_compare(app, terminal_size=(130, 30), run_before=ready("j", "right_square_bracket"))


def test_the_look_of_what_is_offered(open_app: Make, snap_compare: Any):
    app, _, store = open_app()
    store.create("to read")
    store.save_search("clocks", "clock or sand", 1)
    store.save_search("letters", "letters")
    assert snap_compare(app, terminal_size=(130, 20), run_before=ready(*"/list:"))


def test_the_look_of_the_counts(open_app: Make, snap_compare: Any):
    app, _, _ = open_app()
    app.theme = "arxtui-light"
    assert snap_compare(app, terminal_size=(80, 24), run_before=ready("f", "j"))


def test_the_look_of_a_hit(open_app: Make, snap_compare: Any):
    app, _, _ = open_app()
    assert snap_compare(app, terminal_size=(100, 24), run_before=ready(*"/cusp", "enter", "n", "n"))
