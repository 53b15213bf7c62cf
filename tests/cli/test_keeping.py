"""Tags, notes, what is read, undo and the history on the command line."""

from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.cli.arguments import COMMANDS
from arxtui.cli.groups import GROUPS
from arxtui.reading import ReadingStore
from tests.cli.conftest import Done

A, B, UNKNOWN = "2403.01234", "math/0309136", "2507.99999"

Run = Callable[..., Done]


@pytest.fixture
def listed(run: Run, library: Path) -> None:
    """Two papers on the list flow."""
    assert run("lists", "add", "flow", A, B, "--from", library).code == 0


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a program of Python the editor; it finds the file's name in `file`."""

    def set_editor(program: str) -> None:
        script = tmp_path / "my editor"
        head = f"#!{sys.executable}\nimport pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        script.write_text(head + program)
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{script}'")

    return set_editor


def test_tags_are_given_shown_and_taken_off(run: Run, listed: None, library: Path) -> None:
    assert run("tags") == (0, "", "")
    assert run("tags", "add", "to cite", A, f"https://arxiv.org/abs/{A}v2", UNKNOWN).err == (
        "arxtui: tagged 2 papers with “to cite”\n"
    )
    assert (
        run("tags", "add", "to cite", A, B).err == "arxtui: tagged 1 paper with “to cite”; 1 had it already\n"
    )
    assert run("tags").out == "      3  to cite\n"
    assert json.loads(run("tags", "--format", "jsonl").out) == {"name": "to cite", "size": 3}
    assert run("tags", "show", "to cite", "--format", "ids").out.split() == [A, UNKNOWN, B]
    shown = run("tags", "show", "To Cite").out.splitlines()
    assert shown[0].split() == ["2024-03-02", A, "Walls", "That", "Walk"]
    assert run("search", 'tag:"to cite" pond', library, "--format", "ids").out.split() == [B]
    unknown = run("search", "tag:nothing", library)
    assert (unknown.code, unknown.out) == (2, "")
    assert "no tag is named 'nothing': those there are: to cite\n" in unknown.err
    done = run("tags", "remove", "to cite", A, "hep-th/9901001")
    assert (done.code, done.out) == (1, "")
    assert "hep-th/9901001 did not have the tag" in done.err
    assert run("tags", "show", "nothing").code == 1


def test_papers_are_read_and_starred(run: Run, listed: None, library: Path) -> None:
    assert run("read") == (0, "", "")
    assert run("read", A).err == "arxtui: 1 paper is now counted as read\n"
    assert run("read", "--as", "to-read", A, B).err == "arxtui: 2 papers are now counted as to-read\n"
    assert run("read", "--stars", "4", B, UNKNOWN).err == "arxtui: gave 2 papers 4 stars\n"
    lines = run("read").out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["to-read", "2024-03-02", A],
        ["****", "2025-07", UNKNOWN],
        ["to-read", "****", "2003-09-08"],
    ]
    assert run("read", "--as", "to-read", "--format", "ids").out.split() == [A, B]
    first = json.loads(run("read", "--format", "jsonl").out.splitlines()[0])
    assert first == {
        "key": A,
        "title": "Walls That Walk",
        "status": "to-read",
        "stars": 0,
        "tags": [],
        "lists": ["flow"],
        "note": None,
    }
    assert run("search", "is:to-read", library, "--format", "ids").out.split() == [A, B]
    assert run("read", "--as", "none", A).err == "arxtui: 1 paper is now without a status\n"
    assert run("read", "--as", "none", A).err.endswith("; 1 had that already\n")
    # Of what stands on a list and of which nothing was said, it is said to be unread.
    assert run("read", "--as", "unread", "--format", "ids").out.split() == [A, B]
    assert run("search", "is:unread walls", library, "--format", "ids").out.split() == [A]


def test_ids_come_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["tags", "add", "x", "-"], ["read", "-"], ["notes", "remove", "-"]):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{A}v1\n\n  arXiv:{B}\n"))
        assert "2 papers" in run(*words).err or words[0] == "notes"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{A}\nA Map of the Pond\n"))
    done = run("tags", "add", "y", "-")
    assert done.code == 1
    assert done.err.startswith("arxtui: standard input, line 2: not an arXiv identifier: A Map of the Pond")
    assert "y" not in run("tags").out.split()


def test_comments_are_no_ids_and_an_empty_pipe_is_no_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("# from the seminar\n2403.01234\n  # and\n\n"))
    assert "made the list flow and added 1 paper to it" in run("lists", "add", "flow", "-").err
    for words in (
        ["lists", "add", "none", "-"],
        ["tags", "add", "odd", "-"],
        ["read", "-"],
        ["notes", "remove", "-"],
    ):
        for piped in ("", "\n# nothing found\n"):
            monkeypatch.setattr("sys.stdin", io.StringIO(piped))
            assert run(*words) == (0, "", "arxtui: standard input named no papers; nothing was changed\n")
    assert "none" not in run("lists", "ls").out
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("read", "2403.01234", "-").code == 0


def test_what_is_no_utf8_is_not_kept(
    run: Run, start: Callable[..., subprocess.Popen[bytes]], editor: Callable[[str], None]
) -> None:
    run("notes", "set", "2403.01234", "as it was")
    with start(["notes", "set", "2403.01234", "-"]) as process:
        _, told = process.communicate(b"fine\ncaf\xe9\n")
    assert process.returncode == 1
    assert told.startswith(
        b"arxtui: standard input is no UTF-8 (line 2); nothing was changed. Convert it, with iconv"
    )
    assert "the note is no UTF-8" in run("notes", "set", "2403.01234", "caf\udce9").err
    assert "the description is no UTF-8" in run("lists", "describe", "bookmarks", "caf\udce9").err
    assert "the description is no UTF-8" in run("lists", "create", "x", "--description", "caf\udce9").err
    editor("file.write_bytes(b'caf\\xe9')")
    done = run("notes", "edit", "2403.01234")
    assert done.code == 1
    assert "what the editor wrote is no UTF-8" in done.err
    kept = Path(done.err.rpartition("What you wrote is in ")[2].strip())
    assert kept.read_bytes() == b"caf\xe9"
    assert run("notes", "show", "2403.01234").out == "as it was\n"
    assert len(run("history").out.splitlines()) == 1


def test_notes_are_set_shown_and_removed(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = run("notes", "show", A)
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith(f"arxtui: there is no note on {A}\n")
    assert run("notes", "set", f"arXiv:{A}v1", "Compare with § 3.").err == f"arxtui: wrote the note on {A}\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("First line\n\n\t\x1b[31mlast  word\n"))
    assert run("notes", "set", B, "-").code == 0
    assert run("notes", "show", A).out == "Compare with § 3.\n"
    assert run("notes", "show", B).out == "First line\n\n\t[31mlast  word\n", "as it was laid out"
    assert (
        json.loads(run("notes", "show", B, "--format", "json").out)["note"]
        == "First line\n\n\t\x1b[31mlast  word"
    )
    assert run("notes").out.splitlines() == [
        f"{A}        Compare with § 3.",
        f"{B}      First line [31mlast word",
    ]
    assert run("notes", "ls", "--format", "ids").out.split() == [A, B]
    assert run("search", "note:compare", library, "--format", "ids").out.split() == [A]
    assert run("notes", "set", A, "Compare with § 3.").err.endswith("says that already\n")
    done = run("notes", "remove", A, UNKNOWN)
    assert (done.code, done.err) == (1, f"arxtui: removed 1 note\narxtui: there is no note on {UNKNOWN}\n")
    assert run("undo").err == f"arxtui: undo: removed the note on {A}\n"
    assert run("notes", "show", A).out == "Compare with § 3.\n"


@pytest.mark.parametrize(("words", "piped"), [("-", ""), ("-", " \n\n"), ("", ""), (" \t", "")])
def test_an_empty_text_removes_no_note(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: str, piped: str
) -> None:
    run("notes", "set", A, "mine")
    monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
    done = run("notes", "set", A, words)
    assert done.code == 1
    assert done.err.endswith(f"is empty; nothing was changed. arxtui notes remove {A} removes a note\n")
    assert run("notes", "show", A).out == "mine\n"


@pytest.mark.parametrize("place", ["index", "--from"])
def test_what_is_said_of_a_paper_keeps_its_title(
    run: Run, library: Path, editor: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    run("index", library)
    if place == "index":
        monkeypatch.chdir(library)
    where = [] if place == "index" else ["--from", library]
    editor("file.write_text('by the editor')")
    for said in (
        ["read", A, "--as", "to-read"],
        ["read", A, "--stars", "4"],
        ["tags", "add", "odd", A],
        ["notes", "set", A, "mine"],
        ["notes", "edit", A],
    ):
        done = run(*said, *where)
        assert (done.code, "warning" in done.err) == (0, False), said
        monkeypatch.chdir(library.parent)
        shown = run(
            *{"read": ["read"], "tags": ["tags", "show", "odd"], "notes": ["notes", "ls"]}[said[0]]
        ).out
        assert "Walls That Walk" in shown, said
        assert run("undo").code == 0
        monkeypatch.chdir(library if place == "index" else library.parent)
    assert "kept by its identifier alone" in run("tags", "add", "odd", UNKNOWN, "--from", library).err
    assert "name the papers" in run("read", "--from", library).err


def test_notes_are_shown_with_as_much_of_a_title_as_there_is_room_for(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("notes", "set", A, "Compare with section 3.", "--from", library)
    run("notes", "set", UNKNOWN, "Nothing known.")
    assert run("notes").out.splitlines() == [
        f"{A}        “Walls That Walk”  Compare with section 3.",
        f"{UNKNOWN}        Nothing known.",
    ]
    monkeypatch.setattr("arxtui.cli.commands.notes.columns", lambda: 43)
    assert run("notes").out.splitlines()[0] == f"{A}        “Walls That Walk”  Compa…"
    lines = run("notes", "ls", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["Walls That Walk", None]


def test_a_note_is_edited_in_the_editor(run: Run, editor: Callable[[str], None]) -> None:
    editor("file.write_text(file.read_text() + 'one\\n')")
    assert run("notes", "edit", "math.GT/0309136").err == f"arxtui: wrote the note on {B}\n"
    assert run("notes", "show", B).out == "one\n"
    editor("assert file.read_text() == 'one\\n'; file.write_text('two\\nlines\\n\\n')")
    assert run("notes", "edit", B).code == 0
    assert run("notes", "show", B).out == "two\nlines\n"
    editor("")
    assert run("notes", "edit", B).err == f"arxtui: the note on {B} was not changed\n"
    editor("file.write_text('')")
    assert run("notes", "edit", B).err == f"arxtui: removed the note on {B}\n"


def test_an_editor_that_fails_changes_nothing(
    run: Run, editor: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    run("notes", "set", A, "mine")
    editor("sys.exit(3)")
    done = run("notes", "edit", A)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "ended with code 3; the note was not changed" in done.err
    assert not list(tmp_path.glob("arxtui-*"))
    editor("file.write_text('much work'); sys.exit(3)")
    done = run("notes", "edit", A)
    (kept,) = tmp_path.glob("arxtui-*/*.txt")
    assert f"What you wrote is in {kept}" in done.err
    assert kept.read_text() == "much work"
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "cannot be started" in run("notes", "edit", A).err
    assert run("notes", "show", A).out == "mine\n"


def test_a_note_that_changed_while_it_was_edited_is_kept_beside(
    run: Run, editor: Callable[[str], None], own_folders: Path
) -> None:
    run("notes", "set", A, "before")
    store = own_folders / "data" / "reading.sqlite3"
    editor(
        "from arxtui.reading import ReadingStore\n"
        f"with ReadingStore(pathlib.Path({str(store)!r})) as store: store.set_note({A!r}, 'by another window')\n"
        "file.write_text('by the editor')"
    )
    done = run("notes", "edit", A)
    assert (done.code, done.err) == (
        0,
        f"arxtui: wrote the note on {A}; it was changed elsewhere meanwhile: both versions are kept in it\n",
    )
    shown = run("notes", "show", A).out
    assert "by another window" in shown
    assert "by the editor" in shown


def test_a_note_that_cannot_be_kept_stays_in_its_file(
    run: Run,
    editor: Callable[[str], None],
    own_folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run("notes", "set", A, "mine")
    store = own_folders / "data" / "reading.sqlite3"
    editor(f"pathlib.Path({str(store)!r}).rename({str(tmp_path / 'gone')!r}); file.write_text('much work')")
    done = run("notes", "edit", A)
    (kept,) = tmp_path.glob("arxtui-*/*.txt")
    assert done.code == 1
    assert "no longer there" in done.err
    assert done.err.endswith(f"What you wrote is in {kept}\n")
    assert kept.read_text() == "much work"


def test_every_change_is_undone_and_made_again(run: Run, library: Path) -> None:
    steps = [
        ["lists", "add", "flow", A, B, "--from", library],
        ["lists", "move", "flow", B],
        ["lists", "sort", "flow", "-date"],
        ["lists", "describe", "flow", "to read"],
        ["lists", "rename", "flow", "flows"],
        ["lists", "default", "flows"],
        ["tags", "add", "to cite", A],
        ["tags", "remove", "to cite", A],
        ["notes", "set", A, "one"],
        ["notes", "set", A, "two"],
        ["read", "--stars", "3", A],
        ["read", "--as", "skimmed", B],
        ["lists", "delete", "flows"],
        ["lists", "restore", "flows"],
        ["lists", "remove", "flows", A],
    ]

    def shown() -> list[str]:
        commands = ("lists ls --archived --format jsonl", "tags", "notes", "read", "search list:flows")
        entries = [run("lists", "show", name, "--format", "ids").out for name in ("flow", "flows")]
        return [run(*words.split()).out for words in commands[:4]] + entries

    states = [shown()]
    for step in steps:
        done = run(*step)
        assert done.code == 0, done
        states.append(shown())
        assert states[-1] != states[-2], step
    for number in range(len(steps), 0, -1):
        assert run("undo").err.startswith("arxtui: undo: ")
        assert shown() == states[number - 1]
    assert run("undo") == (1, "", "arxtui: nothing to undo\n")
    for state in states[1:]:
        assert run("redo").code == 0
        assert shown() == state
    assert run("redo") == (1, "", "arxtui: nothing to redo\n")


def test_a_script_is_told_what_was_undone(run: Run) -> None:
    run("tags", "add", "to cite", A, B)
    assert run("undo", "--format", "json") == (0, '{"undo": "tagged 2 papers with “to cite”"}\n', "")
    assert run("redo", "--format", "json").out == '{"redo": "tagged 2 papers with “to cite”"}\n'
    assert run("redo", "--format", "json") == (1, '{"redo": null}\n', "arxtui: nothing to redo\n")


def test_the_history_names_changes_and_any_can_be_undone(run: Run) -> None:
    run("lists", "add", "flow", A)
    run("tags", "add", "to cite", A, B)
    run("notes", "set", A, "text")
    lines = run("history").out.splitlines()
    assert [line.split("  ", 2)[2] for line in lines] == [
        f"wrote the note on {A}",
        "tagged 2 papers with “to cite”",
        f"added {A} to flow",
    ]
    assert len(run("history", "--limit", "2").out.splitlines()) == 2
    tagging = lines[1].split()[0]
    assert run("undo", tagging).err == "arxtui: undo: tagged 2 papers with “to cite”\n"
    assert run("tags").out == ""
    assert run("history").out.splitlines()[1].endswith("tagged 2 papers with “to cite” (undone)")
    assert run("undo", tagging) == (1, "", f"arxtui: nothing of {tagging} is left to undo\n")
    assert run("redo", tagging).code == 0
    assert run("tags").out == "      2  to cite\n"
    newest = json.loads(run("history", "--format", "jsonl").out.splitlines()[0])
    assert (newest["text"], newest["here"], newest["undone"]) == (f"wrote the note on {A}", True, False)
    assert run("undo", "sheep").err == "arxtui: there is no change sheep (see arxtui history)\n"
    assert "several changes begin with 0" in run("undo", "0").err


def test_the_history_names_papers_by_their_titles(
    run: Run, listed: None, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("lists", "remove", "flow", B)
    run("read", A, "2501.00042")
    run("lists", "add", "flow", UNKNOWN, "2507.99998", B, A)
    run("lists", "remove", "flow", A, B, UNKNOWN, "2507.99998")

    def told() -> list[str]:
        return [line.split("  ", 2)[2] for line in run("history").out.splitlines()]

    run("lists", "add", "flow", B, A)
    assert told()[0] == "added “A Map of the Pond” and “Walls That Walk” to flow"
    assert told()[1:] == [
        "removed 4 papers from flow",
        f"added {UNKNOWN}, 2507.99998 and “A Map of the Pond” to flow",
        "said that “Walls That Walk” and “Lamps hum. We count how often, and find no rule [31mred[0m…” are read",
        "removed “A Map of the Pond” from flow",
        "added “Walls That Walk” and “A Map of the Pond” to flow",
    ]
    # One that is on no list has a title, or a beginning, where there is an index of the folder.
    monkeypatch.chdir(library)
    run("index")
    assert told()[3].startswith("said that “Walls That Walk” and “Lamps hum. We count how often, and find no")
    # They fit the line: the titles give way, what was done does not.
    head = len("01a2035330c4  2026-11-20 10:00  ")
    cut = "said that “Walls That Walk” and “Lamps hum. We count…” are read"
    monkeypatch.setattr("arxtui.cli.commands.history.columns", lambda: head + len(cut))
    assert told()[3] == cut
    monkeypatch.setattr("arxtui.cli.commands.history.columns", lambda: 60)
    assert told()[3] == "said that 2 papers are read"
    assert told()[4] == "removed “A Map o…” from flow"
    raw = json.loads(run("history", "--format", "jsonl").out.splitlines()[4])
    assert raw["text"] == f"removed {B} from flow"
    assert list(raw) == ["id", "time", "here", "device", "text", "undone"]


def test_a_store_that_cannot_be_written_is_told_once_and_can_be_read(
    run: Run, own_folders: Path, editor: Callable[[str], None]
) -> None:
    run("lists", "add", "flow", A)
    started = own_folders / "editor started"
    editor(f"pathlib.Path({str(started)!r}).touch(); file.write_text('much work')")
    with ReadingStore(own_folders / "data" / "reading.sqlite3") as store:
        store._writer.execute("PRAGMA user_version = 1000")
    for words in (
        ["lists", "add", "flow", B], ["tags", "add", "x", A], ["undo"], ["notes", "set", A, "x"], ["notes", "edit", A]
    ):  # fmt: skip
        done = run(*words)
        assert (done.code, done.out) == (1, ""), words
        assert "newer arxtui" in done.err
        assert len(done.err.splitlines()) == 1, words
    assert not started.exists(), "nobody should write what cannot be kept"
    for words in (
        ["lists", "show", "flow", "--format", "ids"],
        ["lists", "show", "nowhere"],
        ["undo", "sheep"],
    ):
        done = run(*words)
        assert done.err.count("newer arxtui") == 1, "also where something else is wrong, or nothing"
        assert done.out.split() == ([A] if "flow" in words else [])


def test_the_backup_of_the_day_follows_the_first_change(run: Run, own_folders: Path) -> None:
    run("lists")
    assert "arxtui: no backups yet" in run("backup").err
    run("lists", "add", "flow", A)
    (line,) = run("backup").out.splitlines()
    (file,) = (own_folders / "data" / "backups").iterdir()
    assert line.endswith(f"  {file}")


def test_a_backup_that_cannot_be_made_is_no_failure(run: Run, own_folders: Path) -> None:
    (own_folders / "data" / "backups").write_text("in the way")
    done = run("lists", "add", "flow", A)
    assert done.code == 0
    assert "made the list flow and added 1 paper to it" in done.err
    assert "arxtui: warning: " in done.err
    assert run("lists", "show", "flow", "--format", "ids").out.split() == [A]


@pytest.mark.parametrize(
    "words",
    ["lists ls", "lists show bookmarks", "tags", "tags show x", "notes", "notes show 2403.01234", "read", "history", "undo", "redo",
     "backup", "backup dump", "export --list bookmarks", "search list:bookmarks"],
)  # fmt: skip
def test_who_only_reads_makes_no_store_and_is_told_that_there_is_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    gone = tmp_path / "mnt" / "gone"
    monkeypatch.setenv("ARXTUI_DATA_DIR", str(gone))
    done = run(*words.split())
    what = {"tags": "tags", "notes": "notes", "history": "changes"}.get(
        words.split(maxsplit=1)[0], "reading lists"
    )
    assert f"there are no {what} in {gone} yet" in done.err
    assert not gone.parent.exists()


def test_a_folder_that_had_to_be_made_is_told_of(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "mnt" / "gone"
    monkeypatch.setenv("ARXTUI_DATA_DIR", str(gone))
    told = f"note: made {gone} for your lists; if it should be on a drive, connect that and try again"
    assert told in run("lists", "add", "flow", "2403.01234").err
    assert "note: made" not in run("lists", "add", "flow", "2403.01235").err
    # That of the platform is made as a matter of course.
    monkeypatch.delenv("ARXTUI_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert "note: made" not in run("lists", "add", "flow", "2403.01234").err


def test_a_store_that_is_gone_but_has_backups_is_restored_by_who_reads(run: Run, own_folders: Path) -> None:
    run("lists", "add", "flow", "2403.01234")
    for file in (own_folders / "data").glob("reading.sqlite3*"):
        file.unlink()
    done = run("lists", "show", "flow", "--format", "ids")
    assert done.out == "2403.01234\n"
    assert "Restored from the backup" in done.err


def test_programs_are_told_what_was_changed(
    run: Run, editor: Callable[[str], None], library: Path, tmp_path: Path
) -> None:
    def done(words: str, *more: object, code: int = 0, err: str = "") -> dict[str, object]:
        told = run(*words.split(), *more, "--format", "json")
        assert told.code == code, told
        assert err in told.err if err else not told.err, told
        (line,) = told.out.splitlines()
        said = json.loads(line)
        # The first field tells which command it was, as with undo and redo.
        first, *behind = words.split()
        assert next(iter(said)) == (behind[0] if first in GROUPS else first)
        return said

    assert done("lists create flow") == {"create": "created list flow", "list": "flow"}
    assert done("lists add flows", A, B, "--from", library) == {
        "add": "made the list flows and added 2 papers to it",
        "list": "flows",
        "new": True,
        "papers": [A, B],
        "others": [],
    }
    assert done("lists add flows", A, err="added 0 papers to flows; 1 there already")["add"] is None
    bare = f"{UNKNOWN} is kept by its identifier alone"
    assert done("lists add flows", B, UNKNOWN, err=bare)["others"] == [B]
    moved = done("lists move flows", B)
    assert (moved["move"], moved["papers"]) == ("moved 1 paper", [B])
    assert done("lists move flows", B, err="it stands there already") == {
        "move": None,
        "list": "flows",
        "papers": [],
    }
    removed = done(
        "lists remove flows", UNKNOWN, "hep-th/9901001", code=1, err="hep-th/9901001 is not on flows"
    )
    assert (removed["papers"], removed["others"]) == ([UNKNOWN], ["hep-th/9901001"])
    assert done("lists sort flows -date")["sort"] == "-date"
    assert done("lists describe flows", "what flows")["describe"] == "described list flows"
    assert done("lists rename flows tides") == {"rename": "renamed list flows to tides", "list": "tides"}
    assert done("lists default tides")["list"] == "tides"
    assert str(done("lists delete tides")["delete"]).startswith("archived list tides")
    assert done("lists restore tides")["restore"] == "list tides is back"
    (tmp_path / "refs.txt").write_text(f"{A}\n{UNKNOWN}\n")
    imported = done("lists import", tmp_path / "refs.txt")
    assert imported["import"] == "made the list refs and added 2 papers to it"
    assert imported["lists"] == [{"name": "refs", "added": 2, "there": 0, "new": True}]
    assert done("lists import", tmp_path / "refs.txt", err="added 0 papers")["import"] is None

    assert done("tags add mine", A, B)["papers"] == [A, B]
    assert done("tags add mine", A, err="1 had it already")["add"] is None
    untagged = done("tags remove mine", A, UNKNOWN, code=1, err=f"{UNKNOWN} did not have the tag")
    assert (untagged["tag"], untagged["papers"], untagged["others"]) == ("mine", [A], [UNKNOWN])

    assert done("notes set", A, "see page 3") == {
        "set": f"wrote the note on {A}",
        "key": A,
        "note": "see page 3",
    }
    assert done("notes set", A, "see page 3", err="says that already")["set"] is None
    editor("file.write_text('edited')")
    assert done("notes edit", A)["note"] == "edited"
    assert done("notes remove", A, B, code=1, err=f"there is no note on {B}")["papers"] == [A]

    assert done("read", A, B)["read"] == "2 papers are now counted as read"
    assert done("read", A, UNKNOWN) == {
        "read": "1 paper is now counted as read; 1 had that already",
        "papers": [UNKNOWN],
        "others": [A],
    }
    assert done("read --stars 4", A)["read"] == "gave 1 paper 4 stars"
    assert done("undo")["undo"] == f"gave {A} 4 stars"
    assert done("redo")["redo"] == f"gave {A} 4 stars"

    made = done("backup now", tmp_path / "copy.sqlite3")
    assert made["path"] == str(tmp_path / "copy.sqlite3")
    assert made["bytes"] == (tmp_path / "copy.sqlite3").stat().st_size
    assert done("backup load", tmp_path / "copy.sqlite3", err="added 0 changes")["load"] is None
    (tmp_path / "carried").mkdir()
    assert str(done("sync", tmp_path / "carried")["sync"]).endswith("received 0")
    assert done("sync", tmp_path / "carried", err="sent 0 changes")["sync"] is None
    kept = done("backup restore", tmp_path / "copy.sqlite3", err="what was there until now is kept")["kept"]
    assert Path(str(kept)).exists()


def test_every_command_that_changes_something_can_tell_programs_of_it() -> None:
    looking = {"ls", "show", "export", "dump"}  # these have formats of their own
    parsers = {
        f"{group} {name}": make()
        for group in ("lists", "tags", "notes", "backup")
        for name, make in GROUPS[group].items()
        if name not in looking
    }
    parsers |= {name: COMMANDS[name]() for name in ("read", "undo", "redo", "sync")}
    for name, parser in parsers.items():
        (choices,) = (action.choices for action in parser._actions if action.dest == "format")
        assert {"text", "json"} <= set(choices or ()), name


def test_a_tag_is_told_of_as_it_is_kept(run: Run) -> None:
    run("tags", "add", "to cite", A)
    assert run("tags", "add", "To Cite", B).err == "arxtui: tagged 1 paper with “to cite”\n"
    assert json.loads(run("tags", "remove", "TO CITE", A, "--format", "json").out)["tag"] == "to cite"
    assert run("tags", "remove", "To Cite", B).err == "arxtui: took tag “to cite” off 1 paper\n"


def test_a_comma_is_in_no_tag(run: Run) -> None:
    done = run("tags", "add", "a, b", A)
    assert (done.code, done.err) == (2, "arxtui: a tag has no comma; give a and b one after the other\n")
    assert run("tags", "add", ",", A).code == 2
    assert run("tags").out == ""


def test_a_word_with_a_dash_is_named_where_another_is_lacking(run: Run) -> None:
    done = run("tags", "add", "-neg", A)
    assert done.code == 2
    assert "required: ID: write -- before -neg, if it is no option" in done.err
    assert run("tags", "add", "--", "-neg", A).code == 0
    assert "write --" not in run("tags", "add", "neg").err
