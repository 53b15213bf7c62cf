"""Files are read while the reader is used: paused, stopped, followed, watched, left."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arxtui.library import LibraryError, Refreshed, Row, open_library
from arxtui.tui.background import Background
from arxtui.tui.paper_list import PaperList
from arxtui.tui.views import View
from tests.tui.test_terminal import Terminal
from tests.tui.test_virtual_list import ListApp, Stub

if TYPE_CHECKING:
    import threading

    from tests.tui.conftest import Open, Reader

WORDS = "lamp kettle river stone paper ladder window salt thread copper valley hinge".split()


TEXTS = [
    " ".join(WORDS[(first + step * step // 7) % len(WORDS)] for step in range(900))
    for first in range(len(WORDS))
]


def note(number: int) -> str:
    """A paper of some 6,000 characters, the later ones newer."""
    year, month = 15 + number // 1200, 1 + number // 100 % 12
    title = f"On {WORDS[number % 12]} and {WORDS[number % 11]}, part {number}"
    return f"{title}\nAda Lind\n\n{TEXTS[number % 12]}.\n\narXiv:{year}{month:02d}.{number:05d}\nCreated: 20{year}-{month:02d}-01\n\n"


def many(files: int, papers: int = 300) -> dict[str, str]:
    """Files of some 1,800,000 bytes each."""
    return {
        f"part{file:02d}.txt": "".join(note(file * papers + number) for number in range(papers))
        for file in range(files)
    }


def children() -> set[str]:
    """The processes that read files for this test, told by their environment: other tests may run at the same time."""
    listed = subprocess.run(["ps", "axeww", "-o", "pid,command"], capture_output=True, check=True).stdout
    ours = f"ARXTUI_DATA_DIR={os.environ['ARXTUI_DATA_DIR']}"
    lines = listed.decode(errors="replace").splitlines()
    return {line.split()[0] for line in lines if "arxtui.library.indexer" in line and ours in line.split()}


@pytest.fixture
def no_child_left() -> Iterator[None]:
    yield
    end = time.monotonic() + 15
    while children():
        assert time.monotonic() < end, "a child process is left"
        time.sleep(0.1)


async def pressed(r: Reader, key: str) -> None:
    """A key, without waiting for rest: there is none while files are read."""
    await r.pilot.press(key)


async def test_reading_is_paused_stopped_and_goes_on(reader: Open, no_child_left: None):
    async with reader(many(50), settled=False) as r:
        await r.until(lambda: "files ▕" in r.text, "the progress bar")
        await pressed(r, "P")
        await r.until(lambda: "paused: P goes on" in r.text)
        await r.pilot.pause(1.0)
        papers = r.library.counts().papers
        await r.pilot.pause(1.0)
        assert r.library.counts().papers == papers < 50 * 300, "nothing is read meanwhile"
        if papers:
            await r.until(lambda: r.main.paper_list.total == papers, "what has been read is listed")
        await pressed(r, "P")
        await r.until(lambda: "reading" in r.main.refreshing.words[0])
        r.main.action_do("stop_reading")
        await r.until(lambda: "not all files are read: R reads on" in r.text)
        assert r.library.counts().papers < 50 * 300
        await pressed(r, "R")
        await r.until(lambda: not r.main.refreshing.running, "the end")
        await r.until(lambda: "15,000 papers, no repeats folded" in r.text)
        assert r.main.paper_list.total == 50 * 300


async def test_papers_appear_while_files_are_read_and_the_cursor_keeps_its_paper(reader: Open):
    async with reader(many(24), settled=False) as r:
        await r.until(lambda: r.main.paper_list.total, "the first papers")
        assert r.main.refreshing.running
        first = r.main.paper_list.total
        await r.until(lambda: r.key is not None)
        await pressed(r, "j")
        await pressed(r, "j")
        kept = r.key
        assert kept is not None
        r.main.ask(View(query="kettle"), top=True)
        await r.until(
            lambda: not r.main.refreshing.running or "searching what has been read so far" in r.text
        )
        r.main.ask(View(), key=kept)
        await r.until(lambda: not r.main.showing.asking)
        line = r.main.paper_list.screen_row
        await r.until(lambda: not r.main.refreshing.running, "the end")
        await r.settle()
        assert r.main.paper_list.total == 24 * 300 > first
        assert r.key == kept
        assert r.main.paper_list.cursor > 2, "newer papers stand above it now"
        assert line == r.main.paper_list.screen_row


async def test_another_program_s_commits_are_followed(reader: Open, tmp_path: Path):
    async with reader(many(1, 30)) as r:
        await r.until(lambda: r.main.paper_list.total == 30)
        folder = r.library.roots[0]
        r.main.following.leave()  # or the change would be seen on disk
        await r.pilot.pause(0.3)
        (folder / "later.txt").write_text(note(12_000))
        code = (
            "import sys, pathlib; from arxtui.library import open_library\n"
            "with open_library([sys.argv[1]], cache_dir=pathlib.Path(sys.argv[2])) as library: library.refresh()"
        )
        arguments = [sys.executable, "-c", code, str(folder), str(tmp_path / "cache")]
        assert await (await asyncio.create_subprocess_exec(*arguments)).wait() == 0
        await r.until(lambda: r.main.paper_list.total == 31, "what the other has read")
        await r.until(lambda: "31 papers" in r.text)


async def test_while_another_program_writes_it_says_so(reader: Open, tmp_path: Path):
    async with reader(many(1, 30)) as r:
        with open_library(r.library.roots, cache_dir=tmp_path / "cache") as other:
            writer = other._index.writer()
            (r.library.roots[0] / "later.txt").write_text(note(12_000))
            await r.until(lambda: "another arxtui is reading the files" in r.text)
            await pressed(r, "P")
            assert "it can be paused there" in r.said
            writer.close()
        await r.until(lambda: r.main.paper_list.total == 31)


async def test_what_changes_on_disk_is_read_by_itself(reader: Open):
    async with reader(many(1, 30)) as r:
        await r.press("/")
        await r.type("kettle")
        await r.press("enter", "j")
        kept, total, line = r.key, r.main.paper_list.total, r.main.paper_list.screen_row
        await r.pilot.pause(0.5)  # until it watches
        (r.library.roots[0] / "later.txt").write_text(note(12_000) + note(12_001))
        await r.until(lambda: r.main.paper_list.total > total)
        assert r.main.view.query == "kettle"
        assert (r.key, r.main.paper_list.screen_row) == (kept, line)


async def test_where_watching_is_not_possible_it_says_so_once(reader: Open, monkeypatch: pytest.MonkeyPatch):
    said = "changes are not seen by themselves (no watches left): R reads again"

    def none_left(*_: object) -> Iterator[None]:
        raise LibraryError(said)
        yield

    monkeypatch.setattr("arxtui.library.Library.watch", none_left)
    async with reader() as r:
        await r.until(lambda: r.said == said[:1].upper() + said[1:])
        r.main.status.hush()
        await r.press("R")
        assert r.said == "Nothing has changed in the files"


async def test_an_index_that_is_deleted_under_the_reader_is_made_again(reader: Open, tmp_path: Path):
    async with reader() as r:
        shutil.rmtree(tmp_path / "cache")
        await r.press("R")
        await r.until(lambda: r.said == "The files were read again")
        assert [note.message for note in r.app._notifications] == [
            "The index was deleted: it is made again from the files"
        ]
        await r.until(lambda: len(r.keys) == 6)
        (r.library.roots[0] / "later.txt").write_text(note(12_000))
        await r.press("R")
        await r.until(lambda: len(r.keys) == 7)


async def test_notes_on_the_index_are_told_once(reader: Open, monkeypatch: pytest.MonkeyPatch):
    async with reader() as r:
        r.library.notes.append("the index was damaged [x]: it is built again")
        await r.press("R")
        await r.until(lambda: len(r.app._notifications) == 1)
        (told,) = r.app._notifications
        assert (told.message, told.markup) == ("The index was damaged [x]: it is built again", False)
        await r.press("R")
        assert len(r.app._notifications) == 1


@pytest.mark.parametrize("keys", ["q", "\x11", "Pq"])
def test_quitting_while_files_are_read_is_quick(
    keys: str,
    write_library: Callable[[dict[str, str | bytes]], Path],
    no_child_left: None,
):
    folder = write_library(dict(many(24)))
    terminal = Terminal([str(folder)])
    try:
        terminal.wait("files ▕")
        began = time.monotonic()
        assert terminal.leave(keys) == 0
        assert time.monotonic() - began < 2
        assert b"\x1b[?1049l" in terminal.raw, "the terminal is as it was"
    finally:
        terminal.close()


SLOW_SEARCH = """
import sys, time
import arxtui.cli
from arxtui.library import Library
search = Library.search
def slow(self, query="", **options):
    if query:
        time.sleep(30)
    return search(self, query, **options)
Library.search = slow
sys.exit(arxtui.cli.main(sys.argv[1:]))
"""


def test_quitting_does_not_wait_for_a_search(
    write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str]
):
    terminal = Terminal([str(write_library(dict(files)))], program=["-c", SLOW_SEARCH])
    try:
        terminal.wait("6 papers")
        terminal.send("b")
        terminal.wait("★●")
        terminal.send("/cup")
        terminal.wait("/ cup")
        time.sleep(0.3)
        began = time.monotonic()
        assert terminal.leave("\x11") == 0
        assert time.monotonic() - began < 3
        assert b"\x1b[?1049l" in terminal.raw
    finally:
        terminal.close()
    for left in Path(os.environ["ARXTUI_DATA_DIR"]).glob("*-wal"):
        pytest.fail(f"the store was not closed: {left}")


class SlowStub(Stub):
    """Rows that are far down take long."""

    def __init__(self, gate: threading.Event) -> None:
        super().__init__()
        self._gate = gate

    def rows(self, start: int, stop: int) -> list[Row]:
        if start > 1000:
            self._gate.wait(10)
        return super().rows(start, stop)


async def test_rows_that_take_long_are_not_waited_for():
    import threading

    gate, background = threading.Event(), Background()

    class SlowApp(ListApp):
        def compose(self) -> Iterator[PaperList]:  # type: ignore[override]
            yield PaperList(lambda work: background.submit(work, "rows"))

    app, stub = SlowApp(), SlowStub(gate)
    async with app.run_test(size=(80, 40)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(stub, position=0)
        await pilot.pause()
        assert papers.row is not None
        began = time.monotonic()
        papers.go_last()
        papers.step(-1)
        await pilot.pause()
        assert time.monotonic() - began < 1
        assert papers.row is None
        strips = ["".join(segment.text for segment in papers.render_line(y)) for y in range(4)]
        assert any(strip.strip() == "…" for strip in strips)
        gate.set()
        for _ in range(100):
            await pilot.pause(0.02)
            if papers.row is not None:
                break
        assert papers.row is not None
        assert papers.row.title == "Paper 2999998"
        await pilot.pause(0.1)
        drawn = "".join(segment.text for strip in app.screen._compositor.render_strips() for segment in strip)
        assert "Paper 2999998" in drawn
        assert stub.asked < 500
    assert background.at_rest(5)


@pytest.mark.parametrize(
    ("short", "status"),
    [("", "not all files are read: R reads on"), ("the disk is full", "the disk is full: R tries again")],
)
async def test_what_goes_wrong_while_files_are_read_is_told_in_full(
    reader: Open, monkeypatch: pytest.MonkeyPatch, short: str, status: str
):
    """Too long for a line of 80 cells, it stands in a box of its own; the line says it in a few words, and what to do."""
    why = "the index in /somewhere/far/away cannot be used: the disk is full: free some space [x]"

    def full(*_: object, **__: object) -> Refreshed:
        raise LibraryError(why, short)

    async with reader(size=(80, 24)) as r:
        refresh = r.library.refresh
        monkeypatch.setattr(r.library, "refresh", full)
        await r.press("R")
        await r.until(lambda: status in r.text)
        (told,) = r.app._notifications
        assert told.message == f"The{why[3:]}; R tries again"
        monkeypatch.setattr(r.library, "refresh", refresh)
        await r.press("R")
        await r.until(lambda: not r.main.refreshing.running)
        assert len(r.app._notifications) == 0
        await r.until(lambda: status not in r.text)
