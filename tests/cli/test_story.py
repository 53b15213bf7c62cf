"""The commands as somebody uses them: processes of their own, joined by pipes, on two machines."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from arxtui.reading import ReadingStore
from tests.cli.conftest import INLINE, RECORDS

WALLS, POND, LAMPS, ELSEWHERE = "2403.01234", "math/0309136", "2501.00042", "hep-th/9901001"
ARXTUI = [sys.executable, "-c", "import sys; from arxtui.cli import main; sys.exit(main())"]


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Machine:
    """A machine: a folder of abstracts, a data folder and a cache of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "abstracts"
        self.folder.mkdir(parents=True)
        (home / "data_dir").mkdir()
        (self.folder / "records.txt").write_text(RECORDS)
        (self.folder / "inline.txt").write_text(INLINE)
        kept = {f"ARXTUI_{name}": str(home / name.lower()) for name in ("DATA_DIR", "CACHE_DIR", "CONFIG")}
        self.environment = os.environ | kept

    def pipe(self, *commands: list[str], stdin: str = "", **environment: str) -> Ended:
        """Run commands at the same time, each reading what the one before writes."""
        started: list[subprocess.Popen[bytes]] = []
        for words in commands:
            before = started[-1].stdout if started else None
            program = subprocess.Popen(
                [*ARXTUI, *words],
                stdin=before or subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self.folder,
                env=self.environment | environment,
            )
            if before is not None:
                before.close()  # so that the one before sees when this one ends
            started.append(program)
        first, last = started[0], started[-1]
        if first is last:
            out, err = first.communicate(stdin.encode(), timeout=60)
        else:
            assert first.stdin is not None
            first.stdin.close()
            out, err = last.communicate(timeout=60)
            for program in started[:-1]:
                assert program.stderr is not None
                assert (program.wait(60), program.stderr.read()) == (0, b"")
                program.stderr.close()
        return Ended(last.returncode, out.decode(), err.decode())

    def does(self, *words: str, stdin: str = "", **environment: str) -> str:
        """Run one command that must do what was asked."""
        ended = self.pipe(list(words), stdin=stdin, **environment)
        assert ended.code == 0, ended
        return ended.out

    def store(self) -> ReadingStore:
        return ReadingStore(Path(self.environment["ARXTUI_DATA_DIR"]) / "reading.sqlite3")

    def everything(self) -> object:
        """All that is shown, asked without starting a dozen processes."""
        with self.store() as store:
            lists = store.lists()
            entries = [[(entry.key, entry.paper) for entry in store.entries(info.name)] for info in lists]
            papers = sorted({key for each in entries for key, _ in each})
            return lists, entries, store.tags(), store.notes_of(), store.states(papers)


@pytest.fixture
def desk(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "desk")


def test_a_search_fills_a_list(desk: Machine) -> None:
    ended = desk.pipe(["search", "walls OR map OR lamps", "--format", "ids"], ["lists", "add", "found", "-"])
    assert (ended.code, ended.out, ended.err) == (
        0,
        "",
        "arxtui: made the list found and added 3 papers to it\n",
    )
    # The records came from the index of the current folder.
    kept = map(json.loads, desk.does("lists", "show", "found", "--format", "jsonl").splitlines())
    assert {paper["id"]: paper["created"] for paper in kept} == {
        WALLS: "2024-03-02",
        POND: "2003-09-08",
        LAMPS: None,
    }
    ended = desk.pipe(
        ["lists", "show", "found", "--format", "ids"],
        ["lists", "add", "copy", "-"],
    )
    assert ended.err == "arxtui: made the list copy and added 3 papers to it\n"
    assert desk.pipe(["lists", "show", "copy", "--format", "ids"], ["lists", "remove", "copy", "-"]).code == 0
    assert desk.does("lists", "show", "copy") == ""


def test_nothing_found_is_nothing_added(desk: Machine) -> None:
    first = desk.pipe(["search", "xylophone", "--format", "ids"])
    assert (first.code, first.out) == (0, "")
    assert (
        desk.pipe(["lists", "add", "none", "-"]).err
        == "arxtui: standard input named no papers; nothing was changed\n"
    )
    assert desk.does("lists") == "      0  bookmarks\n"


@pytest.mark.parametrize(
    "words", [["lists", "show", "many"], ["history", "--limit", "9999"], ["backup", "dump"]]
)
def test_whoever_reads_may_stop(desk: Machine, words: list[str]) -> None:
    # More than a pipe holds.
    identifiers = "".join(f"2403.{number:05d}\n" for number in range(1, 5001))
    desk.does("lists", "add", "many", "-", stdin=identifiers)
    if words[0] == "history":
        text = "A long tag for a short paper " * 30
        with desk.store() as store:
            for number in range(90):
                store.tag(f"{text}{number}", [WALLS])
    program = subprocess.Popen(
        [*ARXTUI, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=desk.folder,
        env=desk.environment,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    assert program.stdout.read(10)
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(60) == 0


def test_reading_lists_from_the_first_search_to_the_second_machine(desk: Machine, tmp_path: Path) -> None:
    # Three lists from a search.
    for name, query in (("walking", "wall"), ("ponds", "pond"), ("all", "*")):
        ended = desk.pipe(["search", query, "--format", "ids"], ["lists", "add", name, "-"])
        assert ended.code == 0, ended
    desk.does("lists", "add", "all", f"https://arxiv.org/abs/{ELSEWHERE}v2")
    assert desk.does("lists").split() == ["0", "bookmarks", "1", "walking", "1", "ponds", "4", "all"]

    # Reordered, tagged, annotated.
    desk.does("lists", "move", "all", WALLS)
    desk.does("lists", "move", "all", POND, "--after", WALLS)
    ordered = desk.does("lists", "show", "all", "--format", "ids").split()
    assert ordered == [WALLS, POND, ELSEWHERE, LAMPS]
    desk.does("tags", "add", "to cite", WALLS, POND)
    desk.does("notes", "set", WALLS, "-", stdin="The proof of 50% & more is in § 3.\n")
    desk.does("read", "--as", "to-read", LAMPS)

    # One deleted by mistake.
    before = desk.everything()
    desk.does("lists", "delete", "all")
    assert "all" not in desk.does("lists")
    assert desk.pipe(["undo"]).err == "arxtui: undo: archived list all\n"
    assert desk.everything() == before
    assert (
        desk.does("search", 'list:all tag:"to cite" -is:to-read note:proof', "--format", "ids")
        == f"{WALLS}\n"
    )

    # Copied to another machine, where both change. Neither copy is told that it is one.
    laptop = Machine(tmp_path / "laptop")
    shutil.copytree(
        desk.environment["ARXTUI_DATA_DIR"], laptop.environment["ARXTUI_DATA_DIR"], dirs_exist_ok=True
    )
    desk.does("lists", "remove", "all", ELSEWHERE)
    desk.does("notes", "set", POND, "at the desk")
    laptop.does("lists", "add", "all", "2507.19427")
    laptop.does("notes", "set", POND, "on the train")
    laptop.does("lists", "rename", "ponds", "still waters")

    # Synced.
    stick = tmp_path / "stick"
    stick.mkdir()
    for machine in (desk, laptop, desk, laptop):
        machine.does("sync", str(stick))
    assert desk.everything() == laptop.everything()
    assert set(desk.does("lists", "show", "all", "--format", "ids").split()) == {
        WALLS,
        POND,
        LAMPS,
        "2507.19427",
    }
    assert "still waters" in desk.does("lists")
    note = desk.does("notes", "show", POND)
    assert "at the desk" in note
    assert "on the train" in note
    assert desk.does("backup").rstrip().endswith(".sqlite3")


def test_what_was_exported_is_cited_with_pandoc(desk: Machine, tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed (apt-get install pandoc)")
    desk.pipe(["search", "wall OR pond", "--format", "ids"], ["lists", "add", "thesis", "-"])
    desk.does("tags", "add", "50% & more", WALLS)
    desk.does("notes", "set", WALLS, "not for print: {#_^~\\")
    for form, name in (("bibtex", "thesis.bib"), ("csl-json", "thesis.json")):
        file = tmp_path / name
        desk.does("lists", "export", "thesis", "--format", form, "--keys", "{author}{year}", "-o", str(file))
        cited = subprocess.run(
            ["pandoc", "--citeproc", f"--bibliography={file}", "--to=plain", "--wrap=none"],
            input="As shown by @example2024 and before [@author2003].\n",
            capture_output=True,
            text=True,
            check=True,
        )
        assert cited.stderr == ""
        assert cited.stdout.startswith("As shown by Example and Sample (2024) and before (Author 2003).")
        assert "Walls That Walk" in cited.stdout
        assert "A Map of the Pond" in cited.stdout
        assert "not for print" not in cited.stdout
