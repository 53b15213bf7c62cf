"""Stopping in the middle, going on later, and several programs at once."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.library import Library, LibraryError, Progress, child, refreshing
from arxtui.library import library as library_module
from arxtui.library.checking import check_index
from tests.library.texts import CLOCKS

from .conftest import PROGRAM
from .shelves import Shelf, check_right, shown_by_a_fresh_index

Opening = Callable[..., Library]
Start = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little is committed at a time, and it is asked often whether to stop."""
    monkeypatch.setattr(refreshing, "_FIRST_COMMIT", 0.01)
    monkeypatch.setattr(refreshing, "_COMMIT", 0.01)
    monkeypatch.setattr(refreshing, "_REPORT", 0.001)
    monkeypatch.setattr(refreshing, "_BREATH", 10)


@pytest.mark.usefixtures("often")
def test_what_was_read_before_a_stop_is_not_read_again(folder: Path, tmp_path: Path, open_here: Opening):
    Shelf(folder, 3000, 30)
    expected = shown_by_a_fresh_index(folder, tmp_path / "fresh")
    library = open_here()
    whole = sum(path.stat().st_size for path in folder.rglob("*.txt"))
    before, rounds = -1, 0
    while True:
        seen: list[Progress] = []

        def after_some(seen: list[Progress] = seen) -> bool:
            return bool(seen) and seen[-1].files_done >= seen[0].files_done + 4

        refreshed = library.refresh(seen.append, after_some)
        rounds += 1
        assert {(each.files_total, each.bytes_total) for each in seen} == {(30, whole)}, "it counts the whole"
        assert seen[0].bytes_before <= seen[0].bytes_done
        assert seen[0].bytes_before > before
        before = seen[0].bytes_before
        if not refreshed.stopped:
            break
        assert check_index(library.folder) == []
    assert rounds >= 4
    assert seen[-1][:4] == (30, 30, whole, whole)
    seen.clear()
    next(folder.rglob("*.txt")).write_text(CLOCKS.bare())
    library.refresh(seen.append)
    assert (seen[-1].files_total, seen[-1].bytes_before) == (1, 0), (
        "of one that was not cut off, only what is new"
    )
    Shelf(folder, 3000, 30)
    library.refresh()
    check_right(library, expected)


def test_a_stop_is_instant_while_a_child_reads(
    folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    """Who quits does not wait for the child, which goes on for a moment to commit what it has read."""
    children: list[subprocess.Popen[str]] = []
    original = subprocess.Popen

    def starting(*words: object, **options: object) -> subprocess.Popen[str]:
        children.append(original(*words, **options))  # type: ignore[call-overload]
        return children[-1]

    Shelf(folder, 15_000, 60)
    monkeypatch.setattr(library_module, "_IN_CHILD_FROM", 1)
    monkeypatch.setattr(child.subprocess, "Popen", starting)
    with open_here() as library:
        asked: list[float] = []

        def stop() -> bool:
            asked.append(time.monotonic())
            return len(asked) > 3

        assert library.refresh(should_stop=stop).stopped
        assert time.monotonic() - asked[-1] < 0.2
    with open_here() as library:  # waits for the first child, and reads what that has left
        library.refresh()
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))
    assert [process.wait(timeout=10) for process in children] == [0] * len(children)


def test_a_child_that_is_paused_waits_and_goes_on(
    folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    Shelf(folder, 15_000, 60)
    monkeypatch.setattr(library_module, "_IN_CHILD_FROM", 1)
    began = time.monotonic()
    seen: list[tuple[float, Progress]] = []

    def paused() -> bool:
        return time.monotonic() - began < 1.5

    with open_here() as library:
        library.refresh(
            lambda progress: seen.append((time.monotonic() - began, progress)), should_pause=paused
        )
        assert library.search("edition").total == 15_000
    waited = [progress for when, progress in seen if 0.9 < when < 1.5]
    assert len({progress.bytes_done for progress in waited}) <= 1
    assert seen[-1][1].bytes_done == seen[-1][1].bytes_total


def test_a_wait_for_another_writer_can_be_stopped(folder: Path, open_here: Opening):
    Shelf(folder, 20, 2)
    library = open_here()
    library.refresh()
    writer = library._index.writer()
    try:
        Shelf(folder, 30, 2)
        began = time.monotonic()
        assert library.refresh(should_stop=lambda: time.monotonic() - began > 0.1).stopped
        assert time.monotonic() - began < 2
    finally:
        writer.close()
    library.refresh()
    assert library.search("edition").total == 30


def test_who_waits_is_told_how_far_the_other_program_is(folder: Path, open_here: Opening, start: Start):
    Shelf(folder, 15_000, 60)
    other = start(
        "import time; often(); paused = [True]\n"
        "module._IN_CHILD_FROM = 1; papers = [0]\n"
        "child.subprocess = SimpleNamespace(PIPE=subprocess.PIPE, Popen=lambda command, **options:"
        f" subprocess.Popen([sys.executable, '-c', {PROGRAM + 'often(); indexer.main()'!r}], **options))\n"
        "import threading; threading.Thread(target=lambda: (sys.stdin.readline(), paused.clear()), daemon=True).start()\n"
        "def look(progress): papers.append(progress.papers)\n"
        "library().refresh(look, should_pause=lambda: papers[-1] > 0 and bool(paused)); print('done')"
    )
    library, deadline = open_here(), time.monotonic() + 60
    while not library.counts().papers:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    seen: list[Progress] = []

    def told() -> bool:
        assert time.monotonic() < deadline, seen[-1]
        return bool(seen) and seen[-1].state == "paused"

    assert library.refresh(seen.append, told).stopped
    assert seen[-1].waits
    assert 0 < seen[-1].bytes_done < seen[-1].bytes_total
    assert seen[-1].papers == library.counts().papers, "all that the other has read is there while it waits"
    assert other.communicate("on\n", timeout=60) == ("done\n", "")
    library.refresh(seen.append)
    assert library.search("edition").total == 15_000


def test_processes_that_refresh_the_same_library_at_once(
    folder: Path, tmp_path: Path, open_here: Opening, start: Start
):
    shelf = Shelf(folder, 2000, 20)
    for number in range(2):
        program = "often(); opened = library(); opened.refresh(); print(opened.search('edition').total); opened.close()"
        processes = [start(program) for _ in range(3)]
        answers = [process.communicate(timeout=60) for process in processes]
        expected = shown_by_a_fresh_index(folder, tmp_path / f"fresh {number}")
        total = expected["totals"]["edition"]
        assert answers == [(f"{total}\n", "")] * 3
        check_right(open_here(), expected)
        shelf.change()


def test_who_only_reads_sees_the_papers_grow(folder: Path, tmp_path: Path, open_here: Opening, start: Start):
    Shelf(folder, 3000, 30)
    library = open_here()
    writer = start("often(); library().refresh(); print('done')")
    sizes, deadline = [0], time.monotonic() + 60
    while writer.poll() is None:
        assert time.monotonic() < deadline
        if library.follow():
            # Two answers may be from before and after a commit; each by itself is whole.
            keys = [key for key in library.search().keys() if not key.startswith("text:")]  # noqa: SIM118
            assert len(keys) == len(set(keys))
            assert len(keys) >= sizes[-1]
            sizes.append(len(keys))
            assert library.search("edition").total <= library.counts().papers
            list(library.search("delta").rows(0, 30))
        time.sleep(0.005)
    assert writer.communicate() == ("done\n", "")
    assert len(set(sizes)) > 3
    library.follow()
    assert not library.follow()
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


def test_a_search_in_one_thread_while_another_refreshes(
    folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(refreshing, "_COMMIT", 0.01)
    shelf = Shelf(folder, 1500, 15)
    library = open_here()
    done = threading.Event()
    failures: list[BaseException] = []

    def look() -> None:
        try:
            while not done.is_set():
                for row in library.search("delta").rows(0, 5):
                    try:
                        library.paper(row.key)
                    except (LibraryError, KeyError):
                        continue  # it has changed or gone since
                library.children()
                library.problems()
                library.search().rows(0, 50)
        except BaseException as error:  # noqa: BLE001  whatever it is, the test fails with it
            failures.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for _ in range(5):
            library.refresh()
            shelf.change()
    finally:
        done.set()
        reader.join()
    assert failures == []
    library.refresh()
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


@pytest.mark.usefixtures("often")
def test_a_stop_behind_the_very_last_file(
    folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(refreshing, "_BREATH", 10**9)  # asked at the end of each file only
    monkeypatch.setattr(refreshing, "_REPORT", 0)
    Shelf(folder, 300, 6)
    library = open_here()
    seen: list[Progress] = []
    assert library.refresh(seen.append, lambda: bool(seen) and seen[-1].files_done == 5).stopped
    library.refresh()
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


def test_a_repair_says_how_far_it_is_and_can_be_stopped(
    folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(refreshing, "_REPAIRED", 50)
    Shelf(folder, 300, 6)
    library = open_here()
    library.refresh()
    with library._catalogue.connection() as db:
        db.execute("UPDATE facts SET value = 'torn' WHERE name = 'stamp'")
    seen: list[Progress] = []
    assert library.refresh(seen.append, lambda: len(seen) > 2).stopped
    assert [each.state for each in seen] == ["repairing"] * 3
    assert 0 == seen[0].bytes_done < seen[1].bytes_done < seen[2].bytes_done < seen[2].bytes_total
    library.refresh(seen.append)
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))
