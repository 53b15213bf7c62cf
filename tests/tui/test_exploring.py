"""From the papers that are listed to others, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from arxtui.core.queries import parse
from arxtui.library import LibraryError
from arxtui.library.orders import Orders
from arxtui.tui.facets_screen import FacetsScreen
from arxtui.tui.views import View
from tests.tui.conftest import record

if TYPE_CHECKING:
    from tests.tui.conftest import Open

ALIKE = {
    f"{year}/{number}.txt": record(
        f"{year % 100}01.0000{number}",
        f"Measuring {thing} with lamps",
        "Ada Lind",
        f"We set lamps around {thing} and measure their shadows. The shadows of lamps tell how {thing} moves.",
        f"Created: {year}-01-0{number}",
    )
    for year in (2021, 2022)
    for number, thing in enumerate(("harbours", "glaciers"), 1)
} | {
    "other.txt": record(
        "2001.00009",
        "A soup of letters",
        "Bo Marsh",
        "Noodles are cooked and read aloud.",
        "Created: 2020-01-01",
    )
}


async def test_facets_count_what_is_listed_and_narrow_it(reader: Open):
    async with reader(ALIKE) as r:
        await r.press("/")
        await r.type("lamps")
        await r.press("enter", "f")
        assert isinstance(r.app.screen, FacetsScreen)
        for words in ("4 papers “lamps”", "Years", "Files", "2022/1.txt"):
            assert words in r.text
        assert "2020" not in r.text, "no paper that is listed is of that year"
        listed = [str(option.prompt).split() for option in r.app.screen.moved().options]
        assert [line[:2] for line in listed[1:3]] == [["2", "2022"], ["2", "2021"]]
        await r.press("j", "enter")
        assert r.main.view.query == "lamps date:2021"
        assert r.keys == ["2101.00002", "2101.00001"]
        assert "Papers  “lamps” dated 2021" in r.text
        await r.press("f", "j", "enter")
        assert len(r.keys) == 1
        await r.press("escape")
        assert r.main.view.query == "lamps date:2021"
        await r.press("escape")
        assert r.main.view.query == "lamps"
        assert r.main.search_bar.value == "lamps"
        assert len(r.keys) == 4
        await r.press("escape")
        assert r.main.view == View()


async def test_facets_put_nothing_in_order(reader: Open, monkeypatch: pytest.MonkeyPatch):
    """An order is given up with the next search, and so would be the counts."""

    def given_up(*_: object, **__: object) -> None:
        raise LibraryError("the papers were not put in order: another search came first")

    async with reader(ALIKE) as r:
        await r.press("s", "t", "/")
        await r.type("lamps")
        await r.press("enter")
        monkeypatch.setattr(Orders, "some", given_up)
        await r.press("f")
        assert "4 papers “lamps”" in r.text


async def test_facets_name_their_groups_and_go_to_them(reader: Open):
    many = {
        f"{year}.txt": record(
            f"{year % 100}01.00001", f"Notes of {year}", "Ada Lind", "A note.", f"Created: {year}-01-01"
        )
        for year in range(2015, 2027)
    }
    async with reader(many, size=(60, 16)) as r:
        r.store.add("bookmarks", [r.library.paper("2201.00001")])
        await r.press("f")
        assert "tab years, files, lists   enter only these   esc back" in r.text
        assert "Files" not in r.text.replace("years, files, lists", "")
        await r.press("tab")
        assert "Files" in r.text
        assert sum(".txt" in line for line in r.lines) > 5
        await r.press("tab", "enter")
        assert r.main.view.query == "list:bookmarks"
        await r.press("escape", "f", "shift+tab", "shift+tab", "shift+tab", "enter")
        assert r.main.view.query == "date:2026"


async def test_facets_know_the_reading_lists(reader: Open):
    async with reader(ALIKE) as r:
        r.store.create("to do")
        r.store.add("to do", [r.library.paper("2201.00001")])
        await r.until(lambda: "to do" in r.text)
        await r.press("f")
        assert "Lists" in r.text
        await r.press("G", "enter")
        assert r.keys == ["2201.00001"]
        assert parse(r.main.view.query).tree == parse('list:"to do"').tree
        assert "Papers  on the list to do" in r.text


async def test_facets_of_a_place_and_of_nothing(reader: Open):
    async with reader(ALIKE) as r:
        await r.press("]", "f")
        assert isinstance(r.app.screen, FacetsScreen)
        assert "1 paper in 2021/1.txt" in r.text
        assert "There is one paper only." in r.text
        await r.press("j", "enter", "escape", "escape")
        assert r.main.view == View()
        await r.press("/")
        await r.type("zebrafish")
        await r.press("enter", "f")
        assert "There are no papers to count." in r.text
        await r.press("escape")
        assert r.app.is_running


async def test_similar_papers_and_the_way_back(reader: Open):
    async with reader(ALIKE) as r:
        await r.press("/")
        await r.type("glaciers")
        await r.press("enter", "j")
        start = r.key
        assert start is not None
        await r.press("=")
        assert start not in r.keys
        assert {"2101.00001", "2201.00001", "2101.00002", "2201.00002"} - {start} >= set(r.keys[:2])
        assert "Papers  like “Measuring glaciers with lamps”" in r.text
        assert "most alike first" in r.text
        second = r.key
        await r.press("=")
        assert [r.main.view.like and r.main.view.like.key] == [second]
        await r.press("escape")
        assert [r.main.view.like and r.main.view.like.key] == [start]
        assert r.key == second
        await r.press("escape")
        assert r.main.view.query == "glaciers"
        assert r.key == start
        await r.press("escape")
        assert r.main.view == View()
        assert r.key == start


async def test_similar_papers_can_be_searched_sorted_and_left(reader: Open):
    async with reader(ALIKE) as r:
        await r.press("j", "=")
        alike = set(r.keys)
        await r.press("s", "t")
        assert set(r.keys) == alike
        await r.press("escape")
        assert r.main.view == View()
        await r.press("=", "/")
        await r.type("harbours")
        assert set(r.keys) < alike
        await r.press("enter", "escape")
        assert set(r.keys) == alike
        await r.press("h", "g", "g", "enter")
        assert r.main.view == View()


async def test_an_empty_list_has_nothing_similar(reader: Open):
    async with reader({"a.md": ""}) as r:
        await r.press("=")
        assert r.said == "No paper here"


async def test_similar_papers_are_listed_where_the_paper_alone_was_shown(reader: Open):
    async with reader(size=(60, 20)) as r:
        await r.press("enter", "=")
        assert r.main.pane == "list"
        assert r.app.focused is r.main.paper_list
        assert r.main.view.like is not None
