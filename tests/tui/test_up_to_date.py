"""What is said of how far list, tree and counts keep up with the reading of the files."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arxtui.library import Library, Progress, Refreshed, open_library
from arxtui.library.catalogue import NAME
from arxtui.library.stopping import last_stopped, say_stopped
from arxtui.tui import following, showing
from arxtui.tui.views import View
from tests.tui.test_reading import many, note

if TYPE_CHECKING:
    from tests.tui.conftest import Open

Tell = Callable[[Progress], None]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Tell]]:
    """Refreshes that read nothing until the test ends; each adds how it tells of its progress."""
    tells: list[Tell] = []
    end = threading.Event()

    def refresh(_: Library, tell: Tell, stop: Callable[[], bool], pause: Callable[[], bool]) -> Refreshed:
        tells.append(tell)
        while not (stop() or end.wait(0.01)):
            pass
        return Refreshed(0, 0, 0, 0, 0, stopped=stop())

    with monkeypatch.context() as patched:
        patched.setattr(Library, "refresh", refresh)
        yield tells
    end.set()


def test_a_library_that_was_not_read_to_its_end_is_known(
    write_library: Callable[[dict[str, str | bytes]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("arxtui.library.refreshing._REPORT", 0.0)  # as often as it looks whether to stop
    folder = write_library(dict(many(2)))
    with open_library([folder], cache_dir=tmp_path / "cache") as library:
        assert not library.unfinished
        library.refresh(None, lambda: True)
        assert library.unfinished
        library.refresh()
        assert not library.unfinished


def test_a_known_library_of_which_a_change_was_not_read_is_known(
    write_library: Callable[[dict[str, str | bytes]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("arxtui.library.refreshing._REPORT", 0.0)
    folder = write_library(dict(many(2)))
    with open_library([folder], cache_dir=tmp_path / "cache") as library:
        library.refresh()
        path = next(folder.rglob("*.txt"))
        path.write_text(path.read_text() + "\n")
        library.refresh(None, lambda: True)
        assert library.unfinished


async def test_a_reader_that_was_stopped_follows_another_that_reads_on(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("arxtui.library.refreshing._REPORT", 0.0)
    monkeypatch.setattr("arxtui.tui.refreshing._OWN", 0.0)
    async with reader(many(2, 30)) as r:
        refresh = r.library.refresh
        monkeypatch.setattr(r.library, "refresh", lambda *_: Refreshed(0, 0, 0, 0, 0, stopped=True))
        await r.pilot.press("R")
        await r.until(lambda: "not all files are read: R reads on" in r.text)
        (r.library.roots[0] / "more.txt").write_text(note(12_000))
        with open_library(r.library.roots, cache_dir=r.library.folder.parents[1]) as other:
            other.refresh(None, lambda: True)
            await r.until(lambda: "another arxtui reads the files" in r.text)
            r.main.action_do("stop_reading")
            assert r.said == "Another arxtui reads the files; it can be stopped there"
            r.main.action_do("pause")
            assert r.said == "Another arxtui reads the files; it can be paused there"
            monkeypatch.setattr("arxtui.tui.refreshing._HEARD", 0.0)
            await r.until(lambda: "not all files are read: R reads on" in r.text, "it has not come further")
            monkeypatch.setattr(r.library, "refresh", refresh)
            other.refresh()
        await r.until(lambda: "61 papers" in r.text and "R reads on" not in r.text)
        assert not r.main.refreshing.stopped
        (r.library.roots[0] / "last.txt").write_text(note(12_001))
        await r.until(lambda: "62 papers" in r.text, "changes are read again")


async def test_what_was_not_read_to_its_end_is_not_shown_as_if_it_were(
    reader: Open,
    held: list[Tell],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(Library, "unfinished", True)
    monkeypatch.setattr("arxtui.tui.refreshing._SILENT", 1000.0)
    async with reader(settled=False) as r:
        await r.until(lambda: "not all files are read yet" in r.text)
        r.main.action_do("stop_reading")
        await r.until(lambda: "not all files are read: R reads on" in r.text)


async def test_an_index_found_damaged_at_the_start_is_made_again_as_at_a_first_opening(
    reader: Open,
    write_library: Callable[[dict[str, str | bytes]], Path],
    tmp_path: Path,
):
    texts = many(2, 100)
    with open_library([write_library(dict(texts))], cache_dir=tmp_path / "cache") as library:
        library.refresh()
        path = library.folder / NAME
    with closing(sqlite3.connect(path)) as db:
        pages = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name IN ('papers', 'papers_by_date', 'dates')"
        )
        roots = [page for (page,) in pages]
        ((size,),) = db.execute("PRAGMA page_size")
    with path.open("r+b") as file:
        for page in roots:
            file.seek((page - 1) * size)
            file.write(b"\xa7" * size)
    said = set[str]()
    async with reader(texts, settled=False) as r:

        def all_read() -> bool:
            said.add(r.said)
            return "200 papers" in r.text and not r.main.refreshing.running

        await r.until(all_read)
        await r.settle()
        assert r.library.notes[0].startswith("the index was damaged")
        assert not any("damaged" in each for each in said), said
        assert (r.main.paper_list.cursor, r.key) == (0, r.keys[0])
        assert r.main.paper_list.rests


async def test_a_list_that_does_not_keep_up_says_so(
    reader: Open,
    write_library: Callable[[dict[str, str | bytes]], Path],
    files: dict[str, str],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
):
    with open_library([write_library(dict(files))], cache_dir=tmp_path / "cache") as library:
        library.refresh()
    held: list[Tell] = request.getfixturevalue("held")
    monkeypatch.setattr(showing, "STANDS", 0.0)
    monkeypatch.setattr(following, "LOOK", 1000.0)  # nothing is listed anew
    async with reader(settled=False) as r:
        await r.until(lambda: held)
        held[0](Progress(1, 9, 10, 90, 300))
        await r.until(lambda: r.main.refreshing.papers == 300)
        r.main.ask(View(sort="title"))
        await r.until(lambda: not r.main.showing.asking)
        held[0](Progress(2, 9, 20, 90, 500))
        await r.until(lambda: "as of 300 papers" in r.text)
        r.main.ask(View(sort="id"))
        await r.until(lambda: "as of" not in r.text)
        held[0](Progress(3, 9, 30, 90, 600))
        await r.until(lambda: "as of 500 papers" in r.text)
        r.main.action_do("stop_reading")
        await r.until(lambda: "as of" not in r.text)


async def test_all_papers_and_the_root_are_counted_in_one_commit(reader: Open):
    async with reader(many(24), settled=False) as r:
        tree, seen = r.main.file_tree, set[int]()

        def both() -> bool:
            root = next((child.data for child in tree.root.children if child.data and child.data.place), None)
            whole = tree._all.data
            if root is not None and whole is not None:
                assert root.papers == whole.papers
                seen.add(root.papers)
            return 24 * 300 in seen

        await r.until(both)


async def test_another_reader_that_is_paused_is_told_of(reader: Open, held: list[Tell]):
    async with reader(settled=False) as r:
        await r.until(lambda: held)
        r.main.refreshing._waits_since = 1.0
        held[0](Progress(1, 9, 10, 90, 6, state="paused"))
        await r.until(lambda: r.main.refreshing.papers == 6)
        await r.pilot.press("R")
        await r.until(lambda: r.said == "Another arxtui reads the files and is paused; P goes on there")


async def test_what_another_reader_reads_is_not_stopped_here(reader: Open, held: list[Tell]):
    async with reader(settled=False) as r:
        await r.until(lambda: held)
        held[0](Progress(1, 9, 10, 90, 6, state="writing"))
        await r.until(lambda: r.main.refreshing.papers == 6)
        r.main.action_do("stop_reading")
        await r.until(lambda: r.said == "Another arxtui reads the files; it can be stopped there")
        assert r.main.refreshing.running
        assert not r.main.refreshing.stopped


async def test_what_is_stopped_in_another_reader_is_not_read_by_the_one_that_waits(
    reader: Open, held: list[Tell]
):
    async with reader(settled=False) as r:
        await r.until(lambda: held)
        held[0](Progress(1, 9, 10, 90, 6, state="writing"))
        await r.until(lambda: r.main.refreshing.papers == 6)
        say_stopped(r.library.folder)
        await r.until(lambda: "reading was stopped in another arxtui: R reads on" in r.text)
        assert r.main.refreshing.stopped
        await r.pilot.press("R")
        await r.until(lambda: len(held) == 2)
        held[1](Progress(1, 9, 10, 90, 7, state="writing"))
        await r.until(lambda: r.main.refreshing.papers == 7, "what was said before it began is past")
        held[1](Progress(1, 9, 10, 90, 8))
        await r.until(lambda: r.main.refreshing.papers == 8)
        say_stopped(r.library.folder)
        await r.pilot.pause(0.1)
        assert r.main.refreshing.running, "whoever reads is not who waits"


async def test_word_of_a_stop_is_left_by_who_stops_it_and_not_by_who_quits(reader: Open, held: list[Tell]):
    async with reader(settled=False) as r:
        await r.until(lambda: held)
        r.main.refreshing.leave()
        await r.until(lambda: not r.main.refreshing.running)
        assert last_stopped(r.library.folder) == 0
        await r.pilot.press("R")
        await r.until(lambda: len(held) == 2)
        r.main.action_do("stop_reading")
        await r.until(lambda: last_stopped(r.library.folder))


async def test_problems_are_of_what_has_been_read_so_far(reader: Open, held: list[Tell]):
    async with reader(settled=False) as r:
        await r.until(lambda: held)
        held[0](Progress(204, 601, 20, 90, 6))
        await r.until(lambda: r.main.refreshing.papers == 6)
        await r.pilot.press("!")
        await r.until(lambda: "No problems in what has been read so far (204 of 601 files)" in r.text)
