"""What the line below the search line says where nothing is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.library import Results
from tests.tui.conftest import record

if TYPE_CHECKING:
    import pytest

    from tests.tui.conftest import Open, Reader


def hint(r: Reader) -> str:
    """The line below the search line."""
    shown = r.main.query_one("#search-hint")
    return " ".join(
        " ".join(str(strip.text) for strip in shown.render_lines(shown.region.reset_offset)).split()
    )


async def test_why_nothing_is_found_stands_below_the_line(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("title:kusp date:2024")
        await r.until(lambda: hint(r) == "no title holds kusp; like it: cusp", hint(r))
        await r.press("backspace")
        await r.until(lambda: "no title holds" not in hint(r) or "date:202" in hint(r))
        await r.press("4", "enter")
        await r.until(lambda: hint(r) == "no title holds kusp; like it: cusp", "also once the line is left")
        await r.press("escape")
        assert hint(r) == ""
        assert r.keys


async def test_a_reason_goes_where_papers_come(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("title:zebra date:2024")
        await r.press("enter")
        await r.until(lambda: hint(r) == "no title holds zebra")
        new = record("2402.00001", "A zebra", "Ada Lind", "It has stripes.", "Created: 2024-02-01")
        (r.library.roots[0] / "new.txt").write_text(new)
        await r.press("R")
        await r.until(lambda: r.keys == ["2402.00001"])
        await r.until(lambda: hint(r) == "")


async def test_who_types_on_is_not_told_why(reader: Open, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(Results, "why", lambda results: asked.append(str(results.highlights)) or "because")
    monkeypatch.setattr("arxtui.tui.search_line.STILL", 60.0)
    async with reader() as r:
        await r.press("/")
        await r.type("title:zebrafish")
        assert not asked, "not for each letter"
        monkeypatch.setattr("arxtui.tui.search_line.STILL", 0.01)
        await r.type("x")
        await r.until(lambda: hint(r) == "because")
        assert len(asked) == 1
        await r.press("enter", "escape")
        r.main.search_line.ask("title:cusp")
        await r.settle()
        assert len(asked) == 1, "not where there are papers"
        assert r.keys


async def test_where_there_are_no_papers_a_search_says_that(reader: Open):
    async with reader({"a.txt": ""}) as r:
        await r.until(lambda: "no papers" in r.said)
        await r.press("/")
        await r.type("cusp")
        assert "No papers in " in r.text
        assert "No paper matches" not in r.text
        assert "no papers to search" in r.said
