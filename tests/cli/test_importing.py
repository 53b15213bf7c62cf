"""`arxtui lists import`: what comes in, what is said of it, and that one undo takes all of it back."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done

A, B, NEW, LAMPS = "2403.01234", "math/0309136", "2507.99999", "2501.00042"

Run = Callable[..., Done]

BIBTEX = """\
@misc{walls,
  title = {Walls That {Walk}},
  author = {Example, Ada},
  eprint = {2403.01234}, archivePrefix = {arXiv},
  keywords = {to cite},
  annote = {Compare with the pond.},
}

@article{pond, title = {A Map of the Pond}, journal = {arXiv preprint arXiv:math/0309136}, year = 2003}
"""
RIS = """\
TY  - UNPB
TI  - Walls That Walk
UR  - https://arxiv.org/abs/2403.01234v2
KW  - to cite
N1  - Compare with the pond.
ER  -
TY  - UNPB
TI  - A Map of the Pond
UR  - http://arxiv.org/pdf/math.GT/0309136
ER  -
"""
CSL = json.dumps(
    [
        {
            "id": "walls",
            "type": "article",
            "title": "Walls That Walk",
            "URL": "https://arxiv.org/abs/2403.01234",
            "keyword": "to cite",
            "note": "Compare with the pond.",
        },
        {"id": "pond", "type": "article", "title": "A Map of the Pond", "number": "arXiv:math/0309136"},
    ]
)
LINES = """\
{"id": "2403.01234", "title": "Walls That Walk", "tags": ["to cite"], "note": "Compare with the pond."}
{"id": "math/0309136", "title": "A Map of the Pond"}
"""
VIEWER = json.dumps(
    {
        "format": "arxiv-browser-metadata",
        "paper_metadata": {
            A: {"notes": "Compare with the pond.", "tags": ["to cite"], "is_read": True, "starred": True}
        },
        "collections": [{"name": "flow", "description": "about flows", "paper_ids": [B, A]}],
    }
)


def everything(run: Run) -> str:
    """All that can be asked of the reading store."""
    words = ("lists ls --archived --format jsonl", "tags", "notes", "read --format jsonl", "backup dump")
    return "".join(run(*each.split()).out for each in words[:4])


@pytest.mark.parametrize(
    ("name", "text"),
    [("refs.bib", BIBTEX), ("refs.ris", RIS), ("refs.json", CSL), ("refs.jsonl", LINES)],
)
def test_a_file_of_another_program_fills_a_list_and_one_undo_empties_it(
    run: Run, tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    run("lists", "add", "other", NEW)
    before = everything(run)
    done = run("lists", "import", file)
    assert (done.code, done.out) == (0, ""), done.err
    keys = ", kept 2 citation keys" if name in ("refs.bib", "refs.json") else ""
    assert done.err.splitlines() == [
        "arxtui: made the list refs and added 2 papers to it",
        f"arxtui: tagged 1 paper, wrote 1 note{keys}",
    ]
    lines = run("lists", "show", "refs").out.splitlines()
    assert [line.split()[1:] for line in lines] == [
        [A, "Walls", "That", "Walk"],
        [B, "A", "Map", "of", "the", "Pond"],
    ]
    assert run("tags", "show", "to cite", "--format", "ids").out.split() == [A]
    assert run("notes", "show", A).out == "Compare with the pond.\n"
    again = run("lists", "import", file)
    assert (again.code, again.err) == (0, "arxtui: added 0 papers to refs; 2 there already\n")
    assert run("undo").err == f"arxtui: undo: imported 2 papers from {name}\n"
    assert everything(run) == before


def test_an_import_into_an_archived_list_says_that_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(BIBTEX)
    run("lists", "add", "Refs", NEW)
    run("lists", "delete", "Refs")
    told = run("lists", "import", file).err.splitlines()
    assert told[0] == "arxtui: added 2 papers to Refs"
    assert told[2:] == ["arxtui: Refs is archived: arxtui lists restore brings it back"]


def test_the_lists_of_the_subscription_viewer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    file.write_text(VIEWER)
    done = run("lists", "import", file)
    assert done.code == 0, done.err
    assert done.err.splitlines() == [
        "arxtui: made the list flow and added 2 papers to it",
        "arxtui: tagged 1 paper, wrote 1 note, counted 1 paper as read, gave 1 paper a star",
    ]
    assert run("lists", "show", "flow", "--format", "ids").out.split() == [B, A]
    assert run("lists").out.splitlines()[-1] == "      2  flow  about flows"
    assert run("read", "--as", "read", "--format", "ids").out.split() == [A]
    run("undo")
    assert run("lists", "import", file, "viewer").code == 0
    assert {line.split()[1] for line in run("lists").out.splitlines()} == {"bookmarks", "flow", "viewer"}
    assert set(run("lists", "show", "viewer", "--format", "ids").out.split()) == {A, B}


def test_identifiers_and_links_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"# to read\nhttps://arxiv.org/abs/{A}v2  this one first\narXiv:{B}\nno paper here\n"

    def stdin() -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    stdin()
    done = run("lists", "import", "-")
    assert (done.code, done.err) == (
        2,
        "arxtui: name the list for what stands in standard input: arxtui lists import - LIST\n",
    )
    assert run("lists").out == "      0  bookmarks\n"
    stdin()
    done = run("lists", "import", "-", "group")
    assert done.code == 1
    assert done.err.splitlines() == [
        "arxtui: made the list group and added 2 papers to it",
        "standard input:4: no arXiv identifier: 'no paper here' is left out",
        "arxtui: 1 line of standard input could not be used, or not as it stands; see above",
    ]
    assert run("history", "--limit", "1").out.rstrip().endswith("imported 2 papers from standard input")


def test_what_cannot_be_used_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.bib"
    file.write_text(BIBTEX + "\n@misc{nothing, year = 2001}\n\n@misc{cut, title = {Half an ent")
    done = run("lists", "import", file, "refs")
    assert done.code == 1
    assert "and added 2 papers to it" in done.err or "and added 3 papers to it" in done.err
    lines = [line for line in done.err.splitlines() if line.startswith(f"{file}:")]
    assert [line.removeprefix(f"{file}:").partition(":")[0] for line in lines] == ["11", "13", "13"]


def test_a_paper_that_stands_twice_is_told_and_no_failure(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "twice.ids"
    file.write_text(f"{A}\n{B}\n{A}\n")
    done = run("lists", "import", file, "refs")
    assert (done.code, "could not be used" in done.err) == (0, False)
    assert f"{file}:3: {A} stands already in line 1: taken as one paper" in done.err


@pytest.mark.parametrize("form", ["jsonl", "bibtex", "ris", "csl-json"])
def test_ones_own_export_adds_no_second_note(run: Run, tmp_path: Path, form: str) -> None:
    run("lists", "add", "flow", A)
    run("tags", "add", "a,b;  {c} hep-th", A)
    run("tags", "add", "می\u200cخواهم", A)
    invisible = "\U0001f469\u200d\U0001f467 soft\u00adhyphen \u202eabc page\x0cbreak line\u2028end\r\nnew "
    run("notes", "set", A, f"costs $5 or $10, see p_2\n\n  - a \\% b\nComments: my own\n{invisible}")
    file = tmp_path / "flow"
    run("lists", "export", "flow", "--format", form, "--notes", "-o", file)
    before = everything(run)
    done = run("lists", "import", file, "flow")
    assert (done.code, done.err) == (0, "arxtui: added 0 papers to flow; 1 there already\n")
    assert everything(run) == before


def test_a_file_without_papers_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear editor,\n\x1b[31mI agree.\n")
    done = run("lists", "import", file)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1] == f"arxtui: {file}: no paper in it; nothing was changed"
    assert "\x1b" not in done.err
    assert run("history").out == ""


@pytest.mark.parametrize(
    "data", [b"\x7fELF\0\0\1\2" * 50 + A.encode(), bytes(range(256)) * 4, b"\0" + A.encode()]
)
def test_what_is_no_text_is_refused_in_one_line(run: Run, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "program"
    file.write_bytes(data)
    done = run("lists", "import", file)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"arxtui: {file} is no text; nothing was changed.")
    assert done.err.count("\n") == 1
    assert run("history").out == ""


def test_a_stray_control_character_or_utf16_is_no_reason_to_refuse(run: Run, tmp_path: Path) -> None:
    for name, data in (("one", f"{A} \0\n" + "# words\n" * 20), ("two", f"{A}\n")):
        file = tmp_path / name
        file.write_bytes(data.encode("utf-16" if name == "two" else "utf-8"))
        assert "added 1 paper" in run("lists", "import", file).err


def test_of_many_lines_that_cannot_be_used_some_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(f"{A}\n" + "no paper here\n" * 700)
    done = run("lists", "import", file)
    assert done.code == 1
    lines = done.err.splitlines()
    assert len([line for line in lines if line.startswith(f"{file}:")]) == 10
    assert lines[-2:] == [
        "arxtui: and 690 more",
        f"arxtui: 700 lines of {file} could not be used, or not as it stands; see above",
    ]


def test_what_files_and_other_lists_know_is_kept_with_the_entry(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ids.txt"
    file.write_text(f"{A}\n{B}\n{NEW}\n")
    run("index", library)
    monkeypatch.chdir(library)
    assert run("lists", "import", file, "here").code == 0
    titles = [
        json.loads(line)["title"]
        for line in run("lists", "show", "here", "--format", "jsonl").out.splitlines()
    ]
    assert titles == ["Walls That Walk", "A Map of the Pond", None]
    monkeypatch.chdir(tmp_path)
    assert run("lists", "import", file, "there").code == 0
    assert run("lists", "show", "there").out == run("lists", "show", "here").out


def test_records_are_kept_by_the_index_of_the_current_folder(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", library)
    monkeypatch.chdir(library)
    done = run("lists", "add", "flow", A, NEW)
    assert done.err.splitlines() == [
        f"arxtui: warning: no paper {NEW} in .; kept by its identifier alone",
        "arxtui: made the list flow and added 2 papers to it",
    ]
    assert "Walls That Walk" in run("lists", "show", "flow").out
    many = [f"2507.{number:05d}" for number in range(1, 8)]
    assert (
        "warning: 7 papers are not in .; kept by their identifiers alone"
        in run("lists", "add", "x", *many).err
    )


def test_an_import_does_not_hide_the_fuller_record(run: Run, library: Path, tmp_path: Path) -> None:
    run("lists", "add", "flow", A, "--from", library)
    (tmp_path / "mine.bib").write_text(
        "@misc{x, title = {Some Other Name}, eprint = {2403.01234}, archivePrefix = {arXiv}}\n"
    )
    (tmp_path / "empty").mkdir()
    for file in ("mine.bib", "ours.bib"):
        run("lists", "export", "flow", "--format", "bibtex", "-o", tmp_path / "ours.bib")
        assert run("lists", "import", tmp_path / file).code == 0
        shown = run("show", A, tmp_path / "empty").out
        assert "Walls That Walk" in shown
        assert "watch it come back" in shown
    run("tags", "add", "to cite", A)
    assert "Walls That Walk" in run("tags", "show", "to cite").out
    assert "Some Other Name" in run("lists", "show", "mine").out


def test_an_index_that_is_of_no_use_hinders_nobody(
    run: Run, library: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", library)
    (index,) = (own_folders / "cache" / "libraries").iterdir()
    for file in index.rglob("*"):
        if file.is_file():
            file.write_bytes(b"no index " * 100)
    monkeypatch.chdir(library)
    assert run("lists", "add", "flow", A).code == 0
    assert run("lists", "show", "flow", "--format", "ids").out.split() == [A]


def test_a_file_that_has_changed_since_keeps_no_other_paper_from_being_known(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", library)
    (library / "more" / "inline.txt").write_text("Something else altogether.\narXiv:2501.00099")
    monkeypatch.chdir(library)
    done = run("lists", "add", "flow", A, B, LAMPS)
    assert done.code == 0
    assert f"warning: {LAMPS}: the files it stands in have changed" in done.err
    shown = run("lists", "show", "flow")
    titles = {line.split()[1]: "  ".join(line.split()[2:]) for line in shown.out.splitlines()}
    assert titles == {A: "Walls  That  Walk", B: "A  Map  of  the  Pond", LAMPS: ""}


@pytest.mark.parametrize("form", ["jsonl", "bibtex", "ris", "csl-json"])
def test_a_list_that_goes_out_comes_in_as_it_was(run: Run, library: Path, tmp_path: Path, form: str) -> None:
    run("lists", "add", "flow", A, B, NEW, "--from", library)
    run("tags", "add", "to cite", A, NEW)
    run("notes", "set", A, "100% sure & #1_a \\ ~ “yes”, $x^2$\nsecond")
    file = tmp_path / "flow"
    assert run("lists", "export", "flow", "--format", form, "--notes", "-o", file).code == 0
    mine = ["--data-dir", tmp_path / "new"]
    done = run(*mine, "lists", "import", file, "flow")
    assert done.code == 0, done.err

    def shown(*where: object) -> object:
        lines = run(*where, "lists", "show", "flow", "--format", "jsonl").out.splitlines()
        kept = ("id", "title", "created" if form != "bibtex" else "id", "tags", "note")
        return [[json.loads(line)[name] for name in kept] for line in lines]

    assert shown(*mine) == shown()


def test_a_dump_and_a_backup_are_no_list(run: Run, tmp_path: Path) -> None:
    run("lists", "add", "flow", A)
    run("backup", "dump", "-o", tmp_path / "all.jsonl")
    for file in (tmp_path / "all.jsonl", run("backup", "now").out.strip()):
        done = run("lists", "import", file)
        assert (done.code, done.err) == (
            1,
            f"arxtui: {file} holds everything of a reading store: arxtui backup load {file}\n",
        )


def test_what_the_viewer_has_besides_papers_comes_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    kept = {"bookmarks": [{"name": "mine", "query": "cat:cs.LG"}], "marks": {"a": A}}
    file.write_text(json.dumps({"paper_metadata": {}, "collections": [{"name": "empty"}], **kept}))
    done = run("lists", "import", file)
    assert (done.code, done.err.splitlines()) == (
        0,
        [
            "arxtui: made the list empty and added 0 papers to it",
            "arxtui: saved 1 search, marked 1 paper",
        ],
    )
    assert "empty" in run("lists", "ls").out
    assert run("lists", "import", file).err == "arxtui: added 0 papers to empty\n"


def test_a_title_that_is_known_otherwise_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    entry = "@misc{{a{}, title = {{{}}}, eprint = {{{}}}}}\n"
    file.write_text(entry.format(1, r"Schr{\"o}dinger's {Walls} in H$_2$O", A) + entry.format(2, "A Map", B))
    run("lists", "import", file)
    file.write_text(entry.format(1, "Schrödinger's walls in H₂O", A) + entry.format(2, "A map", B))
    assert "title" not in run("lists", "import", file).err, "only written otherwise"
    file.write_text(entry.format(1, "Walls, mended", A) + entry.format(2, "A Map", B))
    said = (
        f"arxtui: {A} is known with another title than here; what is in the files or was kept first counts\n"
    )
    assert run("lists", "import", file).err.endswith(said)
    file.write_text(entry.format(1, "Walls, mended", A) + entry.format(2, "Mended", B))
    assert "\narxtui: 2 papers are known with another title than here" in run("lists", "import", file).err
