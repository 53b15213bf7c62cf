from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from arxtui.library import open_library
from arxtui.library.textindex import TextIndex
from arxtui.library.textschema import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Run = Callable[..., Done]


@pytest.fixture
def indexes(own_folders: Path) -> Path:
    """The folder that has a folder for each index."""
    return own_folders / "cache" / "libraries"


def listed(run: Run) -> list[list[str]]:
    """Size, papers, last use and what it is of, for each line of `cache ls`."""
    done = run("cache", "ls")
    assert done.code == 0
    return [re.split(r"  +", line.strip()) for line in done.out.splitlines()]


def test_nothing_is_kept_at_first(run: Run, own_folders: Path) -> None:
    done = run("cache")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"arxtui: 0 indexes, 0 bytes, in {own_folders / 'cache'}\n"
    assert not (own_folders / "cache").exists()


def test_each_index_is_a_line_and_the_one_used_last_is_first(run: Run, library: Path, broken: Path) -> None:
    run("index", library)
    run("index", library, broken)
    ((one, papers, used, what), (_, _, _, other)) = reversed(listed(run))
    assert re.fullmatch(r"\d+\.\d kB", one)
    assert (papers, what) == ("3", str(library))
    assert used.startswith(time.strftime("%Y-"))
    assert other == f"{library}, {broken}"
    time.sleep(0.02)
    with open_library([library]):
        pass
    assert listed(run)[0][3] == str(library)


def test_looking_changes_nothing(run: Run, library: Path, indexes: Path) -> None:
    run("index", library)

    def state() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in sorted(indexes.rglob("*"))
        }

    before = state()
    listed(run)
    run("doctor", library)
    assert {name: kept for name, kept in state().items() if "lock" not in name} == {
        name: kept for name, kept in before.items() if "lock" not in name
    }


def test_names_that_are_no_utf_8(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / "a.txt").write_text("A wall walks.\n\narXiv:2403.01234\nCreated: 2024-03-02\n\n")
    run("index", folder)
    assert listed(run)[0][3] == f"{tmp_path}/caf\N{REPLACEMENT CHARACTER}"
    assert run("cache", "clear", folder).code == 0


def test_clearing_takes_what_was_named_and_no_more(
    run: Run, library: Path, broken: Path, indexes: Path, own_folders: Path
) -> None:
    run("lists", "add", "bookmarks", "2403.01234")
    for words in ([library], [broken], [library, broken]):
        run("index", *words)
    done = run("cache", "clear", library)
    assert (done.code, done.out) == (0, "")
    assert re.fullmatch(r"arxtui: deleted 1 index, \d+\.\d kB\n", done.err)
    assert {line[3] for line in listed(run)} == {str(broken), f"{library}, {broken}"}
    shutil.rmtree(broken)
    assert run("cache", "clear", broken, library).err.startswith("arxtui: deleted 2 indexes")
    assert list(indexes.iterdir()) == []
    assert run("lists", "show", "bookmarks", "--format", "ids").out == "2403.01234\n"


def test_clearing_the_current_folder(run: Run, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library)
    run("index")
    assert run("cache", "clear").code == 0
    done = run("cache", "clear")
    assert (done.code, done.err) == (1, "arxtui: no index of .: arxtui cache ls shows what there is\n")


def test_clearing_all(run: Run, library: Path, broken: Path, indexes: Path) -> None:
    for words in ([library], [broken]):
        run("index", *words)
    assert run("cache", "clear", "--all").err.startswith("arxtui: deleted 2 indexes")
    assert list(indexes.iterdir()) == []
    assert run("cache", "clear", "--all").code == 0


def test_what_was_set_aside_is_listed_and_cleared_with_its_library(
    run: Run, library: Path, indexes: Path
) -> None:
    run("index", library)
    (path,) = indexes.glob("*/catalogue.sqlite3")
    path.write_bytes(b"garbage" * 1000)
    run("index", library)
    assert {line[3] for line in listed(run)} == {
        str(library),
        f"{library} (set aside: it was damaged)",
    }
    assert run("cache", "clear", library).err.startswith("arxtui: deleted 2 indexes")
    assert list(indexes.iterdir()) == []


def test_an_index_of_nothing_is_listed_with_its_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run("index", tmp_path / "empty")
    ((_, papers, _, what),) = listed(run)
    assert (papers, what) == ("0", str(tmp_path / "empty"))
    assert run("cache", "clear", tmp_path / "empty").code == 0
    assert listed(run) == []


def test_an_index_that_is_being_written_is_left_alone(run: Run, library: Path, indexes: Path) -> None:
    run("index", library)
    (folder,) = indexes.iterdir()
    program = (
        "import sys; from pathlib import Path; from arxtui.library.textindex import TextIndex\n"
        f"writer = TextIndex(Path({str(folder / FOLDER)!r})).writer(); print('has it', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "has it\n"
        done = run("cache", "clear", library)
        assert done.code == 1
        assert f"the index of {library} is being written" in done.err
        assert "deleted 0 indexes" in done.err
        assert listed(run)[0][1] == "3"
        other.communicate("")
    assert run("cache", "clear", library).code == 0
    assert list(indexes.iterdir()) == []


def test_an_index_too_damaged_to_be_opened_is_cleared(run: Run, library: Path, indexes: Path) -> None:
    run("index", library)
    for path in indexes.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff" * 50)
    assert run("cache", "clear", library).code == 0
    assert list(indexes.iterdir()) == []


def test_a_reader_whose_index_is_cleared_can_still_be_closed(run: Run, library: Path) -> None:
    run("index", library)
    with open_library([library]) as open_:
        assert run("cache", "clear", library).code == 0
        assert open_.counts().papers == 3  # what is open stays readable
        assert not open_.follow()
    with open_library([library]) as again:
        assert again.counts().papers == 0


def test_the_writer_of_a_cleared_index_cannot_be_had(tmp_path: Path) -> None:
    from arxtui.library import LibraryError

    index = TextIndex(tmp_path / "text")
    shutil.rmtree(tmp_path / "text")
    with pytest.raises(
        LibraryError, match=r"text cannot be used: the folder of the index is gone: read the files again"
    ):
        index.writer()
