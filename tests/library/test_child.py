"""Much text is read in a child process; what comes out is the same."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.library import Library, LibraryError, Progress, Refreshed, child, library

from .texts import CLOCKS, SAMPLES, SAND

Opening = Callable[..., Library]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Everything is much; returns the child processes that are started."""
    children: list[subprocess.Popen[str]] = []
    original = subprocess.Popen

    def starting(*args: object, **options: object) -> subprocess.Popen[str]:
        children.append(original(*args, **options))  # type: ignore[call-overload]
        return children[-1]

    monkeypatch.setattr(library, "_IN_CHILD_FROM", 1)
    monkeypatch.setattr(child.subprocess, "Popen", starting)
    return children


def write_many(folder: Path, files: int) -> None:
    for number in range(files):
        text = "".join(
            paper._replace(key=f"2507.{number:02d}{place:03d}").record()
            for place, paper in enumerate(SAMPLES * 40)
        )
        (folder / f"{number}.txt").write_text(text)


def test_a_little_is_read_without_one(folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(child.subprocess, "Popen", refused)
    write_many(folder, 3)
    assert open_here().refresh() == Refreshed(3, 0, 0, 0, 0)


def test_the_same_comes_out(
    folder: Path, tmp_path: Path, open_here: Opening, started: list[subprocess.Popen[str]]
):
    odd = folder / os.fsdecode(b"odd \xff name")
    odd.mkdir()
    write_many(odd, 3)
    (folder / "loose.txt").write_text(CLOCKS.bare() + "A note.")
    seen: list[Progress] = []
    by_child = open_here(odd.parent, odd)
    assert by_child.refresh(seen.append) == Refreshed(4, 0, 0, 0, 0)
    assert len(started) == 1
    assert seen[-1].bytes_done == seen[-1].bytes_total > 0
    assert seen[-1].papers <= by_child.counts().papers
    here = open_here(cache_dir=tmp_path / "other")
    library._IN_CHILD_FROM = 10**9  # the fixture takes it back
    here.refresh()
    assert len(started) == 1
    assert by_child.counts() == here.counts()
    assert list(by_child.search("sand", sort="id").keys()) == list(here.search("sand", sort="id").keys())
    assert by_child.problems() == here.problems()


def test_it_is_seen_at_once_by_who_had_the_library_open(
    folder: Path, open_here: Opening, started: list[subprocess.Popen[str]]
):
    other = open_here()
    one = open_here()
    (folder / "a.txt").write_text(SAND.record())
    one.refresh()
    assert one.search("sand").total == 1
    assert other.follow()
    assert other.search("sand").total == 1
    assert not other.follow()
    assert len(started) == 1


def test_stopping_it_keeps_the_index_sound(
    folder: Path, open_here: Opening, started: list[subprocess.Popen[str]]
):
    write_many(folder, 8)
    opened = open_here()
    assert opened.refresh(should_stop=lambda: True).stopped
    assert started[0].wait(timeout=30) == 0
    opened.refresh()
    assert opened.counts()[:3] == (1600, 1600, 8)
    assert opened.search("sand").total == 320


def test_a_child_that_dies_is_said_and_made_up_for(
    folder: Path, open_here: Opening, started: list[subprocess.Popen[str]]
):
    write_many(folder, 8)
    opened = open_here()

    def kill() -> bool:  # asked before the child can have said anything
        started[0].kill()
        return False

    with pytest.raises(
        LibraryError,
        match=r"cut short \(it was killed, SIGKILL\): what was read is kept, the next reading goes on",
    ) as raised:
        opened.refresh(should_stop=kill)
    assert raised.value.short == "reading was cut short"
    opened.refresh()
    assert opened.counts()[:3] == (1600, 1600, 8)
    assert opened.search("sand").total == 320
