"""Everything the user made, on its way: dumps, backups and syncs of two machines, which are two data folders here."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done

A, B, C = "2403.01234", "math/0309136", "2507.19427"

Run = Callable[..., Done]
Machine = Callable[..., Done]


@pytest.fixture
def machine(run: Run, tmp_path: Path) -> Callable[[str], Machine]:
    """Makes a machine of a name: what runs a command there."""

    def make(name: str) -> Machine:
        (tmp_path / name).mkdir(exist_ok=True)
        return lambda *words: run("--data-dir", tmp_path / name, *words)

    return make


def everything(on: Machine) -> str:
    """All that can be asked of the reading store of a machine."""
    words = ("lists ls --archived --format jsonl", "tags", "notes --format jsonl", "read --format jsonl")
    names = [json.loads(line)["name"] for line in on(*words[0].split()).out.splitlines()]
    return "".join(on(*each.split()).out for each in words) + "".join(
        on("lists", "show", name, "--format", "jsonl").out for name in names
    )


def fill(on: Machine, library: Path) -> None:
    on("lists", "add", "flow", A, B, C, "--from", library)
    on("lists", "move", "flow", C)
    on("lists", "create", "empty", "--description", "für später")
    on("lists", "add", "gone", A)
    on("lists", "delete", "gone")
    on("tags", "add", "to cite", A, C)
    on("notes", "set", A, "first")
    on("notes", "set", A, "Zwei\nZeilen \N{GREEK SMALL LETTER ALPHA}")
    on("read", "--stars", "5", B)
    on("read", C)
    on("undo")


def test_a_dump_makes_an_empty_store_the_same(
    machine: Callable[[str], Machine], library: Path, tmp_path: Path
) -> None:
    here, there = machine("here"), machine("there")
    fill(here, library)
    file = tmp_path / "all.jsonl"
    assert here("backup", "dump", "-o", file) == (0, "", "")
    assert here("backup", "dump").out == file.read_text(encoding="utf-8")
    changes = len(file.read_text(encoding="utf-8").splitlines())
    assert there("backup", "load", file).err == f"arxtui: added {changes} changes\n"
    assert everything(there) == everything(here)
    assert there("history").out.count("(on another machine)") == here("history").out.count("\n")
    assert there("backup", "dump").out == here("backup", "dump").out
    assert there("backup", "load", file).err == f"arxtui: added 0 changes; {changes} were here already\n"


def test_a_backup_is_read_as_a_dump_is_and_stays_as_it_was(
    machine: Callable[[str], Machine], library: Path, tmp_path: Path
) -> None:
    here, there = machine("here"), machine("there")
    fill(here, library)
    file = tmp_path / "stick" / "copy.sqlite3"
    file.parent.mkdir()
    assert here("backup", "now", file) == (0, f"{file}\n", "")
    before = file.read_bytes()
    there("lists", "add", "mine", B)
    assert there("backup", "load", file).code == 0
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
    assert there("lists", "show", "flow").out == here("lists", "show", "flow").out
    assert there("lists", "show", "mine", "--format", "ids").out.split() == [B]


@pytest.mark.parametrize("word", ["-", "/dev/stdin"])
@pytest.mark.parametrize("kind", ["dump", "backup"])
def test_a_dump_or_a_backup_comes_out_of_a_pipe(
    start: Callable[..., subprocess.Popen[bytes]],
    machine: Callable[[str], Machine],
    tmp_path: Path,
    word: str,
    kind: str,
) -> None:
    here, there = machine("here"), machine("there")
    here("lists", "add", "flow", "2403.01234")
    file = tmp_path / "file"
    file.write_text(here("backup", "dump").out) if kind == "dump" else here("backup", "now", file)
    with start(["backup", "load", word, "--data-dir", tmp_path / "there"]) as process:
        _, told = process.communicate(file.read_bytes())
    assert (process.returncode, told.splitlines()[-1]) == (0, b"arxtui: added 1 change")
    assert there("lists", "show", "flow", "--format", "ids").out == "2403.01234\n"


def test_damage_and_other_files_are_told(machine: Callable[[str], Machine], tmp_path: Path) -> None:
    here, there = machine("here"), machine("there")
    here("lists", "add", "flow", A)
    here("tags", "add", "x", A)
    first, second = here("backup", "dump").out.splitlines()
    file = tmp_path / "cut.jsonl"
    file.write_text(f"{first}\n{second[:-20]}")
    done = there("backup", "load", file)
    assert (done.code, done.err) == (
        1,
        f"arxtui: added 1 change\narxtui: 1 line of {file} could not be read\n",
    )
    file.write_text("@misc{a, title = {B}}\n")
    done = there("backup", "load", file)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "neither a dump nor a backup" in done.err
    with sqlite3.connect(tmp_path / "other.sqlite3") as other:
        other.execute("CREATE TABLE birds (name TEXT)")
    other.close()
    done = there("backup", "load", tmp_path / "other.sqlite3")
    assert done.code == 1
    assert "another program's database" in done.err
    done = there("backup", "now", tmp_path / "there" / "reading.sqlite3")
    assert done.code == 2
    assert there("lists", "show", "flow", "--format", "ids").out.split() == [A]


def test_backups_are_listed_with_size_and_time(machine: Callable[[str], Machine], tmp_path: Path) -> None:
    here = machine("here")
    here("lists", "add", "flow", A)
    made = here("backup", "now").out.strip()
    again = here("backup", "now").out.strip()
    here("lists", "add", "flow", B)
    listed = [json.loads(line) for line in here("backup", "ls", "--format", "jsonl").out.splitlines()]
    daily, *asked = sorted(listed, key=lambda each: len(each["path"]))
    assert sorted(each["path"] for each in asked) == sorted([made, again])
    assert {each["bytes"] for each in asked} == {Path(made).stat().st_size}
    assert here("backup", "restore", Path(made).stem.removeprefix("reading-")).code == 0
    assert here("lists", "show", "flow", "--format", "ids").out.split() == [A]
    here("lists", "add", "flow", B)
    date = Path(daily["path"]).stem.removeprefix("reading-")
    refused = here("backup", "restore", date)
    assert refused.code == 2
    assert f"several backups are of {date}; name one of them: " in refused.err
    names = refused.err.rpartition(": ")[2].strip().split(", ")
    assert {Path(made).name, Path(again).name, Path(daily["path"]).name} <= set(names)
    assert here("backup", "restore", Path(made).name).code == 0
    assert here("lists", "show", "flow", "--format", "ids").out.split() == [A]
    shutil.rmtree(tmp_path / "here" / "backups")
    (tmp_path / "here" / "backups").write_text("in the way")
    done = here("backup", "now")
    assert (done.code, done.out) == (1, "")
    assert str(tmp_path / "here" / "backups") in done.err


def test_two_machines_that_both_changed_show_the_same_after_a_sync(
    machine: Callable[[str], Machine], library: Path, tmp_path: Path
) -> None:
    here, there = machine("here"), machine("there")
    folder = tmp_path / "carried"
    folder.mkdir()
    fill(here, library)
    assert here("sync", folder).err.startswith(f"arxtui: sent 11 changes to {folder}, received 0\n")
    done = there("sync", folder, "--format", "json")
    assert (json.loads(done.out)["received"], done.err) == (11, "")
    assert everything(there) == everything(here)
    there("lists", "remove", "flow", B)
    there("notes", "set", A, "there")
    here("notes", "set", A, "here")
    here("lists", "add", "flow", "hep-th/9901001")
    for on in (here, there, here):
        assert on("sync", folder).code == 0
    assert everything(there) == everything(here)
    assert set(here("lists", "show", "flow", "--format", "ids").out.split()) == {A, C, "hep-th/9901001"}
    note = here("notes", "show", A).out
    assert "here\n" in note
    assert "there\n" in note
    # Undo takes back what was done on this machine, and nothing of the other one.
    assert there("undo").err == f"arxtui: undo: wrote the note on {A}\n"
    assert here("sync", folder, "--format", "json").code == 0


def test_a_folder_that_is_no_use_is_told(machine: Callable[[str], Machine], tmp_path: Path) -> None:
    here = machine("here")
    done = here("sync", tmp_path / "nowhere")
    assert (done.code, done.err) == (
        1,
        f"arxtui: there is no folder {tmp_path / 'nowhere'} to sync with. Make it, or connect its drive\n",
    )
    assert here("sync").code == 2


def test_damaged_lines_of_a_synced_file_are_told(machine: Callable[[str], Machine], tmp_path: Path) -> None:
    here, there = machine("here"), machine("there")
    folder = tmp_path / "carried"
    folder.mkdir()
    here("lists", "add", "flow", A)
    here("lists", "add", "flow", B)
    here("sync", folder)
    (file,) = folder.iterdir()
    first, _, second = file.read_text().partition("\n")
    file.write_text(f"{first[:50]}#{first[51:]}\n{second}")
    done = there("sync", folder)
    assert done.code == 1
    assert "1 line could not be read" in done.err
    assert there("lists", "show", "flow", "--format", "ids").out.split() == [B]


def test_a_backup_is_restored_by_its_date_or_file(machine: Callable[[str], Machine], tmp_path: Path) -> None:
    here = machine("here")
    here("lists", "add", "flow", "2403.01234")
    (backup,) = [
        json.loads(line)["path"] for line in here("backup", "ls", "--format", "jsonl").out.splitlines()
    ]
    before = Path(backup).read_bytes()
    here("lists", "add", "flow", "2403.01235")
    # As it is when it was made yesterday: that of today is made anew with each change.
    old = Path(backup).with_name("reading-2025-03-04.sqlite3")
    old.write_bytes(before)
    done = here("backup", "restore", "2025-03-04")
    assert done.code == 0
    assert here("lists", "show", "flow", "--format", "ids").out == "2403.01234\n"
    command = shlex.split(done.err.rpartition("is kept: arxtui ")[2])
    listed = [json.loads(line)["path"] for line in here("backup", "ls", "--format", "jsonl").out.splitlines()]
    assert listed == [backup, str(old), command[-1]]
    assert here(*command).code == 0
    assert here("lists", "show", "flow", "--format", "ids").out == "2403.01235\n2403.01234\n"
    for words, why in (
        ("1999-01-01", "there is no file and no backup of 1999-01-01 (see arxtui backup ls)"),
        (str(Path(backup).parents[1] / "reading.sqlite3"), "is the file that backups are of"),
        (__file__, "is no backup; what a dump holds is added by arxtui backup load"),
    ):
        refused = here("backup", "restore", words)
        assert refused.code == 2
        assert why in refused.err


def test_restoring_says_what_the_next_sync_brings_back(
    machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    here, folder = machine("here"), tmp_path / "synced"
    folder.mkdir()
    here("lists", "add", "flow", A)
    here("sync", folder)
    old = here("backup", "now", tmp_path / "old.sqlite3").out.strip()
    assert "sync" not in here("backup", "restore", old).err, "nothing that came later was synced"
    here("lists", "add", "flow", B)
    here("tags", "add", "odd", B)
    here("sync", folder)
    here("lists", "add", "flow", "2507.04348")
    done = here("backup", "restore", old)
    assert f"the next sync with {folder} brings back 2 changes that this backup lacks" in done.err
    assert "arxtui undo CHANGE" in done.err
    here("sync", folder)
    assert set(here("lists", "show", "flow", "--format", "ids").out.split()) == {A, B}
    again = here("backup", "restore", old, "--format", "json")
    assert json.loads(again.out)["coming"] == 2


def test_the_backup_of_today_is_no_way_back_to_this_morning(
    machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    here = machine("here")
    here("lists", "add", "flow", A)
    (daily,) = (tmp_path / "here" / "backups").iterdir()
    done = here("backup", "restore", daily.stem.removeprefix("reading-"))
    assert f"restored {daily}" in done.err
    assert "follows each change of today" in done.err


def test_a_backup_goes_into_a_folder_that_is_there_and_makes_none(
    machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    here = machine("here")
    here("lists", "add", "flow", A)
    missing = tmp_path / "stick" / "mine.sqlite3"
    done = here("backup", "now", missing)
    assert (done.code, done.out) == (1, "")
    assert f"{missing} cannot be written: there is no folder {missing.parent}" in done.err
    assert not missing.parent.exists()
    missing.parent.mkdir()
    first, second = (Path(here("backup", "now", missing.parent).out.strip()) for _ in range(2))
    assert sorted(missing.parent.iterdir()) == sorted([first, second])
    assert re.fullmatch(r"reading-\d{4}-\d\d-\d\d-\d{6}(-2)?\.sqlite3", first.name)
    there = machine("there")
    assert there("backup", "load", first).code == 0
    assert there("lists", "show", "flow", "--format", "ids").out.split() == [A]


def test_a_dump_of_which_nothing_came_is_no_success(run: Run, tmp_path: Path) -> None:
    """As where the other end of a pipe has failed."""
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert run("backup", "load", empty) == (1, "", f"arxtui: {empty} is empty; nothing was added\n")
