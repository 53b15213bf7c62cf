"""The list over three million papers asks for no more rows than are on screen."""

from __future__ import annotations

from textual.app import App, ComposeResult

from arxtui.library import Row
from arxtui.tui.paper_list import PaperList

TOTAL = 3_000_000


class Stub:
    """Counts what is asked of it."""

    total = TOTAL
    words: tuple[str, ...] = ()
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
