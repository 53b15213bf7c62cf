"""What the commands say while they read, and while another program does."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from arxtui.cli import opening, progress
from arxtui.cli.progress import ProgressBar, progress_line, what_is_done
from arxtui.library import Library, Progress, open_library
from arxtui.reading import ListEntry, ReadingStore
from tests.cli.conftest import BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Done

    Run = Callable[..., Done]

STATE = Progress(120, 601, 300_000_000, 1_000_000_000, 120_000, 100_000_000)


@pytest.fixture
def busy(library: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library that has been read and has a new file, whose index another program is writing."""
    assert run("index", library).code == 0
    (library / "new.txt").write_text(BROKEN)
    monkeypatch.setattr(opening, "PATIENCE", 0.3)
    with open_library([library]) as other:
        writer = other._index.writer()
        yield library
        writer.close()


@pytest.mark.parametrize(
    ("words", "out"),
    [(("search", "lamps", "--format", "ids"), "2501.00042"), (("show", "2403.01234"), "Walls That Walk")],
)
def test_where_another_program_writes_what_is_there_is_shown(
    words: tuple[str, ...], out: str, busy: Path, run: Run
) -> None:
    done = run(*words, busy)
    assert done.code == 0
    assert out in done.out
    assert (
        done.err == "arxtui: another arxtui is reading the files; this is what it has read so far, 3 papers\n"
    )


def test_once_the_other_program_is_done_nothing_is_said(library: Path, run: Run) -> None:
    run("index", library)
    (library / "new.txt").write_text(BROKEN)
    done = run("search", "lamps", library, "--format", "ids")
    assert "2501.00043" in done.out
    assert done.err == ""


def test_a_damaged_index_is_told_of(library: Path, run: Run) -> None:
    run("index", library)
    (catalogue,) = Path(os.environ["ARXTUI_CACHE_DIR"]).rglob("catalogue.sqlite3")
    for path in catalogue.parent.glob("catalogue.sqlite3*"):
        path.write_bytes(b"no database" * 1000)
    done = run("search", "lamps", library)
    assert done.code == 0
    assert "the index was damaged" in done.err
    assert "it is built again" in done.err


def test_a_bar_counts_what_was_read_before_but_not_its_time() -> None:
    assert progress_line(STATE, 10) == (
        "reading [#####...........]  30%  120/601 files  120,000 papers  20.0 MB/s  0:35 left"
    )


def test_what_another_program_does_is_told() -> None:
    paused = STATE._replace(state="paused")
    assert progress_line(paused, 10) == "another arxtui is paused [#####...........]  30%  120/601 files"
    assert what_is_done(paused) == "waiting for another arxtui, which is paused"
    nothing = Progress(0, 0, 0, 0, 0, state="writing")
    assert progress_line(nothing, 10) == "waiting for another arxtui, which is reading the files"
    gone = Progress(0, 0, 0, 0, 120_000)
    assert what_is_done(gone) == "bringing the index up to date"
    assert progress_line(gone, 10) == "bringing the index up to date"
    repair = STATE._replace(state="repairing")
    assert progress_line(repair, 10).startswith(
        "making the search index again [#####...........]  30%  120,000"
    )
    assert what_is_done(repair) == "making the search index of 120,000 papers again"


def test_in_a_pipe_each_thing_is_said_once_and_not_before_a_second(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SILENT", 1.0)
    now = 100.0
    with ProgressBar(clock=lambda: now) as bar:
        for seconds in range(20):
            now = 100 + seconds / 10
            bar.update(STATE)
            assert (capsys.readouterr().err != "") == (seconds == 10), seconds
        for _ in range(3):
            now += 1
            bar.update(STATE._replace(state="writing"))
    assert capsys.readouterr().err == "arxtui: waiting for another arxtui, which is reading the files\n"


@pytest.mark.parametrize(("size", "shown"), [(progress.MUCH, True), (progress.MUCH - 1, False)])
def test_what_is_read_before_a_bar_could_be_seen_has_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, size: int, shown: bool
) -> None:
    monkeypatch.setattr(progress, "is_terminal", lambda _: True)
    monkeypatch.setattr(progress, "is_plain", lambda: False)
    with ProgressBar(clock=lambda: 100.0) as bar:
        bar.update(Progress(0, 1, 0, size, 0))
        assert ("reading [" in capsys.readouterr().err) == shown


def test_in_a_pipe_it_is_said_again_that_another_program_is_waited_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SILENT", 1.0)
    now = 100.0
    with ProgressBar(clock=lambda: now) as bar:
        for seconds in range(200):
            now = 100.0 + seconds
            bar.update(STATE._replace(state="writing"))
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "arxtui: waiting for another arxtui, which is reading the files"
    assert (
        said[1:] == ["arxtui: another arxtui is reading the files [#####...........] 30% 120/601 files"] * 3
    )


def test_a_long_look_at_the_files_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SILENT", 0.01)
    with ProgressBar() as bar:
        bar._looking.join(20)
    assert capsys.readouterr().err == "arxtui: looking for changed files\n"


@pytest.mark.parametrize(
    ("query", "options", "said"),
    [
        ("*", ["--sort", "title"], "sorting the papers"),
        ("walls sort:-id", [], "sorting the papers"),
        ("walls", [], "searching"),
    ],
)
def test_a_search_that_takes_long_says_what_it_does(
    library: Path, run: Run, monkeypatch: pytest.MonkeyPatch, query: str, options: list[str], said: str
) -> None:
    assert run("index", library).code == 0
    monkeypatch.setattr(progress, "SILENT", 0.01)
    search: Callable[..., Any] = Library.search

    def slowly(*arguments: Any, **named: Any) -> Any:
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join(20)
        return search(*arguments, **named)

    monkeypatch.setattr(Library, "search", slowly)
    done = run("search", query, library, *options)
    assert done.code == 0
    assert f"arxtui: {said}" in done.err.splitlines()


@pytest.mark.parametrize(
    ("words", "slow", "said"),
    [
        ("lists show flow --from {library}", (Library, "papers"), "looking 2 papers up in the files"),
        (
            "lists add flow 2403.01234 --from {library}",
            (Library, "papers"),
            "looking 1 paper up in the files",
        ),
        ("lists export flow -o {folder}/flow.bib", (ListEntry, "paper"), "writing {folder}/flow.bib"),
        ("lists import {folder}/ids.txt", (ReadingStore, "take_in"), "adding 2 papers"),
        ("sync {folder}", (ReadingStore, "sync"), "exchanging changes with {folder}"),
        ("backup load {folder}/dump", (ReadingStore, "load"), "adding what {folder}/dump holds"),
    ],
)
def test_what_takes_long_says_what_it_does(
    words: str,
    slow: tuple[type, str],
    said: str,
    library: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    run("lists", "add", "flow", "2403.01234", "math/0309136", "--from", library)
    (folder / "ids.txt").write_text("2403.01234\n2501.00042\n")
    run("backup", "dump", "-o", folder / "dump")
    monkeypatch.setattr(progress, "SILENT", 0.01)
    where, name = slow
    original = getattr(where, name)

    def slowly(*args: Any, **kwargs: Any) -> Any:
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join(20)
        return original(*args, **kwargs) if callable(original) else original.func(*args)

    monkeypatch.setattr(where, name, slowly if callable(original) else property(slowly))
    places = {"library": library, "folder": folder}
    done = run(*words.format(**places).split())
    assert done.code == 0
    assert f"arxtui: {said.format(**places)}\n" in done.err
