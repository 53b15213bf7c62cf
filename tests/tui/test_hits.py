"""`n` and `N` go from match to match, and what matched is marked, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from tests.tui.conftest import record

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader

PAPERS = {
    "a.txt": record(
        "2401.00003", 'Schr\\"odinger on ice', "Ada Lind",
        "The $\\alpha$-stable cat of Schrödinger sleeps. " + "Filler goes here. " * 60 + 'Schr\\"odinger again.',
        "Created: 2024-01-03",
    )
    + record("2401.00002", "Nothing of note", "Bo Schroedinger", "Plain words about tea.", "Created: 2024-01-02")
    + record("2401.00001", "The cat sits", "Cy Nook", "Schrodinger looked at it once.", "Created: 2024-01-01")
}  # fmt: skip


def title(r: Reader) -> str:
    content = r.main.query_one("#detail-title", Static).content
    return content.plain if hasattr(content, "plain") else str(content)


def marked(r: Reader, *, reverse: bool = False) -> list[str]:
    strips = r.app.screen._compositor.render_strips()
    return [
        segment.text
        for strip in strips
        for segment in strip
        if segment.style and segment.style.underline and (segment.style.reverse or not reverse)
    ]


async def look_for(r: Reader, words: str) -> None:
    await r.press("/")
    await r.type(words)
    await r.press("enter")


async def test_hits_are_counted_and_gone_to_one_by_one(reader: Open):
    async with reader(PAPERS, size=(160, 24)) as r:
        await look_for(r, "schrodinger")
        await r.press("s", "d")
        first = r.keys[0]
        assert (r.key, title(r)) == (first, "Paper  3 hits")
        await r.press("n")
        assert title(r) == "Paper  hit 1 of 3"
        assert marked(r, reverse=True) == ['Schr\\"odinger']
        await r.press("n", "n")
        assert title(r) == "Paper  hit 3 of 3"
        assert r.main.detail.scroll_offset.y > 0, "it is scrolled to"
        assert marked(r, reverse=True) == ['Schr\\"odinger']
        await r.press("n")
        assert r.key == r.keys[1]
        assert title(r).startswith("Paper  hit 1 of")
        await r.press("N")
        assert (r.key, title(r)) == (first, "Paper  hit 3 of 3"), "back to the last one of the paper before"


async def test_who_is_found_behind_many_names_is_shown_and_gone_to(reader: Open):
    crowd = ", ".join(f"Person{number:02d} Group" for number in range(40))
    files = {
        "a.txt": record("2401.00001", "Many hands", f"{crowd}, Kondo Gnanvo", "Text.", "Created: 2024-01-01")
    }
    async with reader(files, size=(160, 24)) as r:
        assert "Gnanvo" not in r.detail_text
        await look_for(r, "gnanvo")
        assert "Group, …, Kondo" in " ".join(r.detail_text.split())
        assert title(r) == "Paper  1 hit"
        await r.press("n")
        assert marked(r, reverse=True) == ["Gnanvo"]
        await r.press("A")
        assert title(r) == "Paper  hit 1 of 1"
        assert "Person39" in r.detail_text


async def test_hits_are_marked_as_they_are_written(reader: Open):
    async with reader(PAPERS) as r:
        await look_for(r, "schrodinger")
        assert {'Schr\\"odinger', "Schrödinger"} <= set(marked(r))
        await look_for_again(r, "alpha")
        assert any("alpha" in text for text in marked(r))


async def look_for_again(r: Reader, words: str) -> None:
    await r.press("/")
    r.main.search_bar.value = ""
    await r.type(words)
    await r.press("enter")


async def test_what_a_typo_matched_is_marked_and_said(reader: Open):
    async with reader(PAPERS) as r:
        await look_for(r, "schrodingre")
        assert r.keys
        assert "also matches with typos" in r.text
        assert {'Schr\\"odinger', "Schrödinger"} & set(marked(r))


async def test_a_field_marks_only_its_field(reader: Open):
    async with reader(PAPERS) as r:
        await look_for(r, "title:cat")
        assert r.keys == ["2401.00001"]
        assert set(marked(r)) == {"cat"}
        await look_for_again(r, "author:nook")
        assert set(marked(r)) == {"Nook"}


async def test_papers_without_a_hit_to_show_are_passed_over_only_where_there_are_words(reader: Open):
    async with reader(PAPERS) as r:
        await look_for(r, "is:unread or date:2024")
        first = r.key
        assert title(r) == "Paper"
        await r.press("n")
        assert r.key != first
        assert r.main.paper_list.cursor == 1, "one paper on, for there is nothing to look for in it"


async def test_where_one_pane_fits_n_shows_the_paper(reader: Open):
    async with reader(PAPERS, size=(60, 20)) as r:
        await look_for(r, "schrodinger")
        await r.press("n")
        assert r.main.pane == "detail"
        assert title(r).startswith("Paper  hit 1 of")
        await r.until(lambda: marked(r, reverse=True) == ['Schr\\"odinger'], "it is in sight")
        assert r.main.detail.scroll_offset.y == 0, "it stands at the top: nothing is scrolled"
        await r.press("n", "n", "h", "N")
        assert title(r).startswith("Paper  hit 2 of")
        await r.until(lambda: marked(r, reverse=True) == ["Schrödinger"], "on the way back too")


async def test_keys_typed_ahead_find_the_hits_of_the_search(reader: Open):
    async with reader(PAPERS) as r:
        await r.press("/", *"schrodinger", "enter", "n", "n")
        assert title(r).startswith("Paper  hit 2 of")
        r.main.paper_list.move_to(r.main.paper_list.cursor + 1)
        await r.press("n")
        assert title(r).startswith("Paper  hit 1 of")
        assert r.main.paper_list.cursor == 1
