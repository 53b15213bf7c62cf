"""Several folders are open, and they have the same name: wherever a file is named, one can tell which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.conftest import record

if TYPE_CHECKING:
    from tests.tui.conftest import Open

TWICE = record(
    "2401.00001", "Twice told", "Ada Lind", "A text that stands in two folders.", "Created: 2024-01-01"
)
FILES = {"p1/x/a.txt": TWICE, "p2/x/a.txt": TWICE + "This one breaks off", "p2/x/deep/b.txt": TWICE}
ROOTS = ("p1/x", "p2/x")


async def test_folders_of_the_same_name_are_told_apart_everywhere(reader: Open):
    async with reader(FILES, roots=ROOTS) as r:
        assert "▸ p1/x " in r.text
        assert "▸ p2/x " in r.text
        assert "p1/x/a.txt:1" in r.detail_text
        assert "p2/x/a.txt:1" in r.detail_text
        await r.press("d")
        assert "p1/x/a.txt:1" in r.text
        assert "p2/x/a.txt:1" in r.text
        await r.press("escape", "!")
        assert "p2/x/a.txt:" in r.text
        await r.press("escape", "]")
        assert "Papers  in p1/x/a.txt" in r.text
        assert "1 of 1 paper in p1/x/a.txt" in r.text
        await r.press("]", "]")
        assert "Papers  in p2/x/deep/b.txt" in r.text
        await r.press("h", "k")
        await r.settle()
        await r.until(lambda: "Papers  in p2/x/deep/" in r.text)


async def test_counts_and_saved_searches_name_the_folder(reader: Open):
    async with reader(FILES, roots=ROOTS) as r:
        await r.press("]", "S", "enter")
        await r.until(r.store.searches, "the search is saved")
        assert [each.query for each in r.store.searches()] == ["path:p1/x/a.txt"]
        await r.press("escape", "f")
        for name in ("p1/x/a.txt", "p2/x/a.txt", "p2/x/deep/b.txt"):
            assert name in r.text


async def test_one_folder_needs_no_name_before_its_files(reader: Open):
    async with reader({"2020/a.txt": TWICE}) as r:
        await r.press("]")
        assert "Papers  in 2020/a.txt" in r.text
        await r.press("h", "h", "enter")
        assert "Papers  in 2020/" in r.text
        await r.press("h", "h", "h", "enter")
        assert "Papers  in library/" in r.text
