from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Static

from arxtui.library import Library, open_library
from arxtui.reading import ReadingStore, StoreError
from arxtui.settings import Loaded, Settings
from arxtui.tui.app import ReaderApp
from arxtui.tui.main_screen import MainScreen

COFFEE = "2401.00011"
CLOCK = "2305.01234"
KNOTS = "math/0309136"
CROWD = "2210.00777"
SAND = "2212.05555"
WIDTHS = "2101.00042"


def record(key: str, title: str | None, authors: str, abstract: str, dates: str, comments: str = "") -> str:
    head = f"{title}\n{authors}\n\n" if title else ""
    note = f"{comments}\n\n" if comments else ""
    return f"{head}{abstract}\n\n{note}arXiv:{key}\n{dates}\n\n"


COFFEE_ABSTRACT = (
    "Light that falls into a cup draws a bright curve on the coffee. We follow the rays through one reflection and "
    "find where the cusp caustic sits, how it moves with the lamp, and why a square mug has none. "
    + "A table lists forty mugs, each with its lamp and the time of day. " * 12
    + "At the end the cusp returns once more.\n  A second paragraph thanks the kitchen."
)
CROWD_AUTHORS = ", ".join(
    f"Person {letter}. Number{number:02d}" for number, letter in enumerate("ABCDEFGHIJKLMNOPQRST")
)

FILES = {
    "drinks/coffee.txt": record(
        COFFEE, "Cusp caustics in a cup of coffee", "Ada Lind, Bo Marsh", COFFEE_ABSTRACT,
        "Created: 2024-01-03 Updated: 2024-02-01", "9 pages, one spilled",
    )
    + record(
        CLOCK, "A slow clock for fast readers", "Cy Nook",
        "We build a clock that ticks once a page. Readers who skim make it late.", "Created: 2023-05-02",
    ),
    "drinks/more.txt": record(
        COFFEE, "Cusp caustics in a cup of coffee", "Ada Lind, Bo Marsh", COFFEE_ABSTRACT,
        "Created: 2024-01-03", "9 pages",
    )
    + record(
        CROWD, "Many hands weigh one stone", CROWD_AUTHORS,
        "Twenty people lift a stone and write down what they feel. The mean is right.", "Created: 2022-10-04",
    ),
    "older/knots.txt": record(
        KNOTS, "Knots that forget how they were tied", "Dee Oak",
        "A knot is described that loses its history when it is pulled. Its polynomial does not tell.",
        "Created: 2003-09-08",
    )
    + record(
        WIDTHS, "漢字の幅を測る: measuring wide letters", "Eri Tanaka",
        "Letters of two cells are set beside letters of one, and the columns still stand.", "Created: 2021-01-01",
    ),
    "sand.txt": f"Sand is poured until it slides. The angle is noted, and poured again. arXiv has it twice.\narXiv:{SAND}",
}  # fmt: skip
"""Six papers in four files; the first stands in two. Newest first: coffee, clock, sand, crowd, widths, knots."""
NEWEST = [COFFEE, CLOCK, SAND, CROWD, WIDTHS, KNOTS]


class Reader:
    """A running reader and what a test asks of it."""

    def __init__(self, app: ReaderApp, pilot: Pilot[int], library: Library, store: ReadingStore) -> None:
        self.app = app
        self.pilot = pilot
        self.library = library
        self.store = store

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        end = time.monotonic() + 8
        while not condition():
            assert time.monotonic() < end, f"never came: {what or condition}\n{self.text}"
            await self.pilot.pause(0.01)

    async def press(self, *keys: str) -> None:
        """As `Pilot.press`, which takes 170 ms a key."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            character = " " if key == "space" else key if len(key) == 1 else None
            self.app.post_message(events.Key(name, character))
            await self.pilot.pause(0.002)
        await self.settle()

    async def settle(self) -> None:
        """Until workers, debounces and messages are through."""
        quiet = 0
        end = time.monotonic() + 8
        while quiet < 2:  # each longer than the list's debounce of 60 ms would be too slow for 50 tests
            assert time.monotonic() < end, "the reader never came to rest"
            await self.pilot.pause(0.035)
            quiet = 0 if any(not worker.is_finished for worker in self.app.workers) else quiet + 1

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    @property
    def lines(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def keys(self) -> list[str]:
        papers = self.main.paper_list.papers
        assert papers is not None
        return [row.key for row in papers.rows(0, papers.total)]

    @property
    def key(self) -> str | None:
        return self.main.key

    @property
    def said(self) -> str:
        return self.main.status.text

    @property
    def detail_text(self) -> str:
        content = self.main.detail.query_one("#paper-text", Static).content
        return content.plain if hasattr(content, "plain") else str(content)


Open = Callable[..., AbstractAsyncContextManager[Reader]]


async def write_on_a_full_disk(r: Reader, monkeypatch: pytest.MonkeyPatch, *, drafts: bool = False) -> None:
    """Write "much work" into the note on the paper, which cannot be saved; nor its draft, unless `drafts` can.

    `monkeypatch.undo()` makes room again for the note.
    """

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    if not drafts:
        (r.store.path.parent / "drafts").write_text("in the way")
    monkeypatch.setattr(r.store, "set_note", full)
    await r.press("e")
    await r.type("much work")


@pytest.fixture
def files() -> dict[str, str]:
    return dict(FILES)


@pytest.fixture
def newest() -> list[str]:
    """The keys of `files`, in the order of the list."""
    return list(NEWEST)


@pytest.fixture
def open_app(
    tmp_path: Path, write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str]
) -> Iterator[Callable[..., tuple[ReaderApp, Library, ReadingStore]]]:
    """A function that makes an app over `files` (or others), with a store that outlives it.

    `roots` are opened instead of the folder that holds them all.
    """
    opened: list[Any] = []
    apps: list[ReaderApp] = []

    def make(
        other: dict[str, str] | None = None, *, roots: tuple[str, ...] = ("",), settings: Loaded | None = None
    ) -> tuple[ReaderApp, Library, ReadingStore]:
        folder = write_library(dict(files if other is None else other))
        library = open_library([folder / root for root in roots], cache_dir=tmp_path / "cache")
        store = ReadingStore(tmp_path / "reading.sqlite3")
        app = ReaderApp(library, store, settings or Loaded(Settings(), []))
        opened.extend((library, store))
        apps.append(app)
        return app, library, store

    yield make
    # As `run_reader` does it: a database that is closed while a thread asks it takes the process along.
    assert all(app.background.at_rest(20) for app in apps)
    for each in opened:
        each.close()


@pytest.fixture
def reader(open_app: Callable[..., tuple[ReaderApp, Library, ReadingStore]]) -> Open:
    """`async with reader(size=(160, 48)) as r`: a reader at rest over the papers of `files`, or of other files."""

    @asynccontextmanager
    async def start(
        other: dict[str, str] | None = None,
        *,
        size: tuple[int, int] = (160, 48),
        settled: bool = True,
        roots: tuple[str, ...] = ("",),
        settings: Loaded | None = None,
    ) -> AsyncIterator[Reader]:
        app, library, store = open_app(other, roots=roots, settings=settings)
        async with app.run_test(size=size) as pilot:
            started = Reader(app, pilot, library, store)
            if settled:
                await started.until(lambda: started.main.showing.counts is not None, "the first list")
                await started.settle()
            yield started
            await asyncio.sleep(0)

    return start
