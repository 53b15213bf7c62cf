"""The list over three million papers asks for no more rows than are on screen."""

from __future__ import annotations

from textual.app import App, ComposeResult

from arxtui.core.highlighting import Highlights
from arxtui.library import Place, Row, TreeNode
from arxtui.tui.branches import Branch
from arxtui.tui.file_tree import FileTree
from arxtui.tui.messages import FolderRead
from arxtui.tui.paper_list import PaperList

TOTAL = 3_000_000


class Stub:
    """Counts what is asked of it."""

    total = TOTAL
    highlights = Highlights()
    note = None

    def __init__(self) -> None:
        self.asked = 0
        self.calls = 0

    def rows(self, start: int, stop: int) -> list[Row]:
        self.asked += stop - start
        self.calls += 1
        return [
            Row(f"2401.{at:07d}", "2024-01-03", f"Paper {at}", "", "Ada Lind", None, 1)
            for at in range(start, stop)
        ]

    def position(self, key: str) -> int | None:
        return int(key[5:])


class ListApp(App[None]):
    def compose(self) -> ComposeResult:
        yield PaperList()


async def test_after_the_mouse_has_scrolled_keys_go_on_from_what_is_in_sight():
    app, stub = ListApp(), Stub()
    async with app.run_test(size=(80, 40)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(stub, position=5)
        await pilot.pause()
        page = papers.page
        for lines, keys, expected in (
            (2_000_001, 1, 1_000_002),
            (1_000_000, -1, 500_000 + page - 2),
            (100, 19, 50 + page - 1 + 19),
        ):
            papers.scroll_to(y=lines, animate=False, force=True)
            cursor = papers.cursor
            await pilot.pause()
            assert papers.cursor == cursor, "to scroll moves nothing else"
            papers.step(keys)
            assert papers.cursor == expected
            assert 0 <= papers.screen_row < 40
        papers.scroll_to(y=1_000_000, animate=False, force=True)
        papers.step(-9, scroll=True)
        assert (papers.cursor, papers.screen_row) == (499_991, 0)
        papers.scroll_to(y=0, animate=False, force=True)
        papers.go_last()
        assert papers.cursor == TOTAL - 1


async def test_three_million_papers_cost_what_a_window_does():
    app, stub = ListApp(), Stub()
    async with app.run_test(size=(80, 40)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(stub, position=0)
        await pilot.pause()
        assert papers.virtual_size.height == 2 * TOTAL
        window = papers.page + 2
        assert 0 < stub.asked <= window

        before = stub.asked
        for _ in range(10):
            papers.step(1)
            await pilot.pause()
        assert stub.asked == before, "moving within the window asks for nothing"

        papers.go_last()
        await pilot.pause()
        assert papers.row is not None
        assert papers.row.key == f"2401.{TOTAL - 1:07d}"
        assert stub.asked <= before + 2 * window

        before = stub.asked
        papers.step(-papers.page, scroll=True)
        await pilot.pause()
        assert stub.asked <= before + window

        before = stub.calls
        papers.refresh()
        await pilot.pause()
        assert stub.calls == before, "a repaint draws what is at hand"


async def test_the_same_papers_again_ask_for_no_more_than_the_window_and_paint_nothing():
    app, stub = ListApp(), Stub()
    async with app.run_test(size=(80, 40)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(stub, position=1_000_000)
        await pilot.pause()
        papers.step(-5)
        papers.show(stub, position=papers.cursor, screen_row=papers.screen_row)
        await pilot.pause()
        drawn: list[int] = []
        draw = papers.render_line
        papers.render_line = lambda y: (drawn.append(y), draw(y))[1]  # type: ignore[method-assign]
        for _ in range(3):
            before = stub.asked
            stub.total += 500  # older papers, below
            papers.show(stub, position=papers.cursor, screen_row=papers.screen_row)
            await pilot.pause()
            assert stub.asked <= before + papers.page + 2
        assert drawn == []


async def test_at_the_edge_the_list_turns_the_page():
    app, stub = ListApp(), Stub()
    async with app.run_test(size=(80, 40)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(stub, position=0)
        await pilot.pause()
        tops = []
        for _ in range(3 * papers.page):
            papers.step(1)
            tops.append(papers.scroll_offset.y)
            assert 0 <= papers.screen_row <= 38, "the cursor is in sight"
        assert len(set(tops)) <= 4
        for _ in range(3 * papers.page):
            papers.step(-1)
            assert 0 <= papers.screen_row <= 38
        assert papers.scroll_offset.y == 0


async def test_a_cursor_move_repaints_two_rows():
    app, stub = ListApp(), Stub()
    async with app.run_test(size=(80, 40)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(stub, position=0)
        await pilot.pause()
        drawn: list[int] = []
        draw = papers.render_line
        papers.render_line = lambda y: (drawn.append(y), draw(y))[1]  # type: ignore[method-assign]
        papers.step(1)
        await pilot.pause()
        assert sorted(set(drawn)) == [0, 1, 2, 3]


class TreeApp(App[None]):
    def compose(self) -> ComposeResult:
        yield FileTree()


async def test_a_folder_of_a_hundred_thousand_files_shows_some_around_the_one_looked_at():
    app = TreeApp()
    async with app.run_test(size=(60, 40)) as pilot:
        tree, top = app.query_one(FileTree), Place(0, "")
        roots = [TreeNode(top, "papers", True, 1, 0)]
        files = [TreeNode(Place(0, f"{at:06d}"), f"{at:06d}", False, 1, 0) for at in range(100_000)]
        tree.show_children(None, roots)
        tree.show_children(top, files)
        await pilot.pause()
        assert len(tree._places) < 2000
        far = files[70_000].place
        found = tree.reveal([FolderRead(None, roots), FolderRead(top, files)], far)
        assert found is not None
        assert found.place == far
        await pilot.pause()
        tree.show_children(top, [node._replace(papers=2) for node in files])
        assert tree.cursor_node is not None
        assert tree.cursor_node.data == Branch("place", "070000", far, False, 2, 0), "it stays where it was"
        assert len(tree._places) < 2000
        assert "99,000 more" in str(
            [node.data.name for node in tree.cursor_node.parent.children if node.data]
        )  # type: ignore[union-attr]
