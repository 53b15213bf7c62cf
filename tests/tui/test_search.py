from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from arxtui.tui.views import View
from tests.tui.conftest import record

if TYPE_CHECKING:
    from tests.tui.conftest import Open


async def test_the_list_narrows_as_one_types(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("that")
        several = len(r.keys)
        assert several > 1
        seen = []
        for letter in " ticks":
            await r.type(letter)
            seen.append(len(r.keys))
        assert seen[-1] == 1
        assert seen == sorted(seen, reverse=True)
        assert r.key == "2305.01234"
        assert "A slow clock" in r.detail_text
        assert "Papers" not in r.lines[0]
        await r.press(*["backspace"] * 6)
        assert len(r.keys) == several


async def test_while_one_types_the_cursor_stands_on_the_best_match(reader: Open):
    papers = {
        "a.txt": record("2401.00003", "Ticks on ice", "Ada Lind", "No year here.", "Created: 2024-01-03")
        + record("1401.00002", "On ticks", "Bo Sand", "Nor here.", "Created: 2014-01-02")
    }
    async with reader(papers) as r:
        await r.press("/")
        await r.type("ticks")
        before = r.key
        assert before == r.keys[0]
        await r.type(" 2014" if before == "2401.00003" else " 2024")
        assert r.key == r.keys[0] != before, "the order has changed"
        await r.press("enter", "s", "d", "s", "d", "j", "s", "d")
        assert r.key == r.keys[0] == "2401.00003", "another order keeps the paper"


async def test_escape_gives_the_list_back_with_the_cursor_on_the_same_paper(reader: Open, newest: list[str]):
    for leave in ((), ("enter",), ("down",)):
        async with reader() as r:
            await r.press("j", "/")
            await r.type("polynomial")
            await r.press(*leave)
            assert r.keys == ["math/0309136"]
            await r.press("escape")
            assert r.keys == newest
            assert r.key == ("math/0309136" if leave else newest[1]), "what was not kept leaves no trace"
            assert r.main.pane == "list"
            assert r.main.view == View()


async def test_a_search_without_a_match_says_so_and_escape_returns(reader: Open, newest: list[str]):
    async with reader() as r:
        await r.press("j", "/")
        await r.type("zebrafish")
        assert r.keys == []
        assert "“zebrafish”" in r.text
        assert "esc ends the search" in r.text
        assert r.detail_text == ""
        await r.press("escape")
        assert r.keys == newest
        assert r.key == newest[1], "the paper the search began on"


async def test_matches_are_marked_in_list_and_detail(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("cusp")
        strips = r.app.screen._compositor.render_strips()
        marked = [
            segment.text for strip in strips for segment in strip if segment.style and segment.style.underline
        ]
        assert marked.count("Cusp") >= 2, "in the list's title and in the detail's"
        assert "cusp" in marked


async def test_the_search_stays_in_the_file_it_began_in(reader: Open):
    async with reader() as r:
        await r.press("]", "/")
        await r.type("knot")
        assert r.keys == []
        assert "No paper in drinks/coffee.txt matches" in r.text
        await r.press("escape", "]", "]", "/")
        await r.type("knot")
        assert r.keys == ["math/0309136"]
        await r.press("enter")
        assert "“knot” in older/knots.txt" in r.text
        assert "1 of 6 papers matches in older/knots.txt" in r.text


async def test_an_answer_that_comes_late_is_dropped(reader: Open):
    async with reader() as r:
        r.main.ask(View(query="knot"))
        r.main.ask(View(query="clock"))
        await r.settle()
        assert r.keys == ["2305.01234"]


async def test_the_cursor_follows_its_paper_through_sort_filter_and_reload(reader: Open, newest: list[str]):
    async with reader() as r:
        await r.press("j")
        kept = r.key
        await r.press("s", "t")
        assert r.key == kept
        await r.press("]")
        assert r.key == kept, "coffee.txt holds it"
        await r.press("escape")
        assert r.key == kept
        (r.library.roots[0] / "aaa.txt").write_text(
            "".join(
                f"Note {number} on ink.\n\narXiv:{year}06.{number:05d}\nCreated: 20{year}-06-01\n\n"
                for year in (24, 16)
                for number in range(1, 60)
            )
        )
        await r.press("s", "d")
        before = r.main.paper_list.screen_row
        await r.press("R")
        await r.until(lambda: len(r.keys) == len(newest) + 118)
        await r.settle()
        assert r.key == kept
        assert r.main.paper_list.screen_row == before, "it stands on the same line of the screen"


async def test_a_library_that_fails_is_a_sentence(reader: Open, monkeypatch: pytest.MonkeyPatch):
    async with reader() as r:

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("the index is torn")

        monkeypatch.setattr(r.library, "search", broken)
        await r.press("s", "t")
        assert "The search failed: the index is torn" in r.said
        assert r.app.is_running


async def test_a_sort_key_counts_more_than_an_order_typed_before(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("sort:title")
        await r.press("enter")
        assert "sorted by title" in r.text
        assert r.keys[0] == "2305.01234"
        await r.press("s", "t")
        assert "sorted by title, Z to A" in r.text
        assert r.keys[0] == "2101.00042"
        await r.press("s", "d")
        assert "newest first" in r.text
        assert r.main.search_bar.value == ""


async def test_the_search_line_says_where_it_looks(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("knot")
        assert "in " not in r.lines[0][36:106]
        await r.press("escape", "]", "/")
        assert "in drinks/coffee.txt" in r.lines[0]
        await r.press("escape", "escape", "b", "/")
        await r.type("is:bookmarked cup")
        await r.press("enter")
        assert "“cup” bookmarked" in r.lines[0]
        assert len(r.keys) == 1


async def test_escape_restores_the_lines_that_were_on_screen(reader: Open, newest: list[str]):
    async with reader(size=(100, 12)) as r:
        await r.press("G", "k")
        before = (r.key, r.main.paper_list.screen_row, r.main.paper_list.scroll_offset.y)
        for typed in (["c", "u", "s", "p"], ["c", "u", "s", "p", *["backspace"] * 4]):
            await r.press("/", *typed, "escape")
            assert (r.key, r.main.paper_list.screen_row, r.main.paper_list.scroll_offset.y) == before


async def test_enter_keeps_what_is_shown(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("title:clo")
        assert r.keys == ["2305.01234"], "the word may go on"
        await r.press("enter")
        assert r.keys == ["2305.01234"]
        await r.press("/")
        assert r.keys == ["2305.01234"]
        await r.press("enter", "s", "t")
        assert r.keys == ["2305.01234"], "also in another order"


async def test_a_message_does_not_hide_the_counts_of_something_else(reader: Open):
    async with reader() as r:
        await r.press("escape")
        assert "Nothing to go back from" in r.said
        await r.press("/", "c")
        assert "match" in r.said
        await r.press(*"usp", "enter", *"nnnnnnnnnn")
        assert "No more matches" in r.said
        await r.press("]")
        assert "drinks/coffee.txt" in r.said


async def test_the_order_of_keys_typed_ahead_is_kept(reader: Open):
    async with reader() as r:
        await r.press("/", *"cusp", "enter", "n", "n", "f", "enter", "escape", "escape")
        assert r.main.view == View()
        assert r.key == "2401.00011"
