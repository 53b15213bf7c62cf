"""A cursor that was never moved stays at the top of the list, whatever comes there; one that was moved keeps its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import CLOCK, COFFEE, KNOTS, record

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader

NEW = "2602.00001"


async def _newer_comes(r: Reader) -> None:
    """A file with a newer paper is read, and listed."""
    text = record(NEW, "A kettle that hums", "Fay Gull", "It hums at the boil.", "Created: 2026-02-01")
    (r.library.roots[0] / "new.txt").write_text(text)
    r.main.refreshing.files_changed()
    await r.until(lambda: NEW in r.keys)
    await r.settle()


async def test_the_top_of_a_list_that_was_only_opened_shows_what_comes(reader: Open):
    async with reader() as r:
        await _newer_comes(r)
        assert (r.key, r.main.paper_list.cursor) == (NEW, 0)
        assert "A kettle that hums" in r.detail_text


@pytest.mark.parametrize("keys", [["j"], ["k"], ["enter"], ["J"], ["b"]])
async def test_once_anything_was_done_with_a_paper_the_cursor_keeps_it(reader: Open, keys: list[str]):
    async with reader() as r:
        await r.press(*keys)
        before = r.key
        await _newer_comes(r)
        assert r.key == before
        assert r.main.paper_list.cursor == r.keys.index(before)


async def test_a_list_scrolled_by_the_mouse_keeps_its_paper(reader: Open):
    async with reader(size=(100, 12)) as r:
        r.main.paper_list.scroll_to(y=2, animate=False, force=True)
        await _newer_comes(r)
        assert r.key == COFFEE


async def test_a_search_that_only_sorts_goes_to_its_first_paper(reader: Open):
    async with reader() as r:
        await r.press("G", "/")
        await r.type("sort:title")
        assert r.keys[0] != KNOTS
        assert r.main.paper_list.cursor == 0


async def test_another_order_shows_its_top_until_the_cursor_was_moved(reader: Open):
    async with reader() as r:
        await r.press("s", "t")
        assert (r.key, r.main.paper_list.cursor) == (r.keys[0], 0)
        await r.press("j")
        moved = r.key
        await r.press("s", "d")
        assert r.key == moved


async def test_a_search_that_is_given_up_leads_back_to_the_top(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("clock")
        assert r.key == CLOCK
        await _newer_comes_unseen(r)
        await r.press("escape")
        assert (r.key, r.main.paper_list.cursor) == (NEW, 0)


async def _newer_comes_unseen(r: Reader) -> None:
    text = record(NEW, "A kettle that hums", "Fay Gull", "It hums at the boil.", "Created: 2026-02-01")
    (r.library.roots[0] / "new.txt").write_text(text)
    r.main.refreshing.files_changed()
    await r.until(lambda: r.library.counts().papers == 7)
    await r.settle()
