"""The command as a process: pipes, terminals, signals, locales, and what it imports."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest

from tests.own_disk import run_with_own_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Start = Callable[..., subprocess.Popen[bytes]]


def on_terminal(
    words: Sequence[object], *, stdout: bool = True, stderr: bool = True, code: int = 0, **environment: str
) -> str:
    """What the command shows on a terminal of 60 columns, which stands for the streams that are named."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    program = subprocess.Popen(
        [sys.executable, "-c", "import sys; from arxtui.cli import main; sys.exit(main())", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=theirs if stdout else subprocess.DEVNULL,
        stderr=theirs if stderr else subprocess.DEVNULL,
        env=os.environ | {"TERM": "xterm-256color"} | environment,
    )
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 4096):
            shown += block
    except OSError:  # Linux says so where the other end is closed.
        pass
    os.close(ours)
    assert program.wait(30) == code
    return shown.decode()


def modules_of(*words: object) -> set[str]:
    """Names of the top-level modules that a command has imported when it is done."""
    program = (
        "import sys; from arxtui.cli import main; code = main(sys.argv[1:]);"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program, *map(str, words)], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["search", "--help"], ["lists", "add", "--help"]]
)
def test_help_and_version_import_nothing_heavy(words: list[str]) -> None:
    modules = modules_of(*words)
    assert "argparse" in modules
    assert not modules & {"textual", "rich", "tantivy", "rapidfuzz", "sqlite3"}


@pytest.mark.parametrize(
    "words",
    ["search walk", "export", "show 2403.01234", "index", "check", "lists add x 2403.01234 --from"],
)
def test_no_command_imports_the_reader(library: Path, words: str) -> None:
    modules = modules_of(*words.split(), library)
    assert "sqlite3" in modules
    assert not modules & {"textual", "rich"}


@pytest.mark.parametrize(
    "words",
    [
        "lists",
        "lists add bookmarks 2403.01234",
        "lists import ids.txt",
        "lists export bookmarks --format bibtex",
        "tags add x 2403.01234",
        "notes set 2403.01234 x",
        "read 2403.01234",
        "undo",
        "history",
        "sync .",
        "backup now",
        "backup dump",
    ],
)
def test_reading_lists_need_no_index(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ids.txt").write_text("2403.01234\n")
    modules = modules_of(*words.split())
    assert "sqlite3" in modules
    assert not modules & {"textual", "rich", "tantivy", "rapidfuzz", "watchfiles"}


def test_tables_of_what_is_kept_fit_the_terminal(library: Path) -> None:
    for words in (
        ["lists", "add", "flow", "2403.01234", "2507.19427", "--from", library],
        ["lists", "describe", "flow", "a description that is far wider than a terminal of sixty columns"],
        ["notes", "set", "2403.01234", "A note that is far wider than a terminal of sixty columns is cut."],
        ["tags", "add", "a tag whose name makes the history wider than it can be shown", "2403.01234"],
        ["read", "--stars", "5", "2403.01234"],
    ):
        on_terminal(words, stderr=False)
    for command in ("lists", "lists show flow", "notes", "read", "history"):
        coloured, plain = (
            on_terminal(command.split(), stderr=False, **environment)
            for environment in ({}, {"NO_COLOR": "1"})
        )
        assert "\x1b" not in plain
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
        assert all(len(line) <= 60 for line in plain.splitlines()), plain
        assert len(plain.splitlines()) >= 1


def test_output_is_utf8_in_any_locale(start: Start, library: Path) -> None:
    for command in (["export", library], ["search", "lamps", library], ["show", "2501.00042", library]):
        program = start(command, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        out, err = program.communicate(timeout=30)
        assert (program.returncode, err) == (0, b"")
        assert "caf\u00e9" in out.decode("utf-8")


def test_odd_file_names_are_told_apart_on_a_line_each(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("Too short a note.\n")
    (folder / "two\nlines.txt").write_text("Too short a note.\n")
    program = start(["check", folder])
    out, _ = program.communicate(timeout=30)
    assert program.returncode == 1
    first, second = out.splitlines()
    assert first.startswith(os.fsencode(folder) + rb"/caf\xe9.txt:1: no-papers: ")
    assert second.startswith(os.fsencode(folder) + rb"/two\nlines.txt:1: no-papers: ")


def test_a_broken_pipe_ends_quietly(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    # More than a pipe holds, so that the command still writes when nobody reads any more.
    text = "A wall walks. " * 60
    entries = (f"{text}\n\narXiv:2403.{number:05d}\nCreated: 2024-03-02\n\n" for number in range(1, 301))
    (folder / "many.txt").write_text("".join(entries))
    program = start(["export", folder])
    assert program.stdout is not None
    assert program.stderr is not None
    assert json.loads(program.stdout.readline())["created"] == "2024-03-02"
    program.stdout.close()
    assert program.stderr.read() == b""
    assert program.wait(30) == 0
    program.stderr.close()
    assert program.stdin is not None
    program.stdin.close()


def test_control_c_is_one_line(start: Start, library: Path) -> None:
    program = start(["search", "--queries", "-", library])
    assert program.stdin is not None
    assert program.stdout is not None
    # An answer says that it is up and waits for the next query; and that each answer is sent at once.
    program.stdin.write(b"walk\n")
    program.stdin.flush()
    assert json.loads(program.stdout.readline())["total"] == 1
    program.send_signal(signal.SIGINT)
    _, err = program.communicate(timeout=30)
    assert (program.returncode, err) == (130, b"arxtui: interrupted\n")


def test_ids_go_from_a_search_to_a_list(start: Start, library: Path) -> None:
    found, _ = start(["search", "*", library, "--format", "ids"]).communicate(timeout=30)
    program = start(["lists", "add", "all", "-"])
    program.communicate(found, timeout=30)
    assert program.returncode == 0
    shown, _ = start(["lists", "show", "all", "--format", "ids"]).communicate(timeout=30)
    assert shown == found
    assert len(found.split()) == 3


def test_a_full_device_is_one_line(library: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from arxtui.cli import main; sys.exit(main())",
        "export",
        str(library),
    ]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b"arxtui: standard output: No space left on device\n"
    assert done.returncode == 1


def test_the_reader_refuses_a_pipe(start: Start, library: Path) -> None:
    program = start([library])
    out, err = program.communicate(timeout=30)
    assert (program.returncode, out) == (2, b"")
    assert err.startswith(b"arxtui: the reader needs a terminal")
    assert err.count(b"\n") == 1


def test_the_reader_says_that_standard_error_is_the_reason(library: Path) -> None:
    outer, inner = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "arxtui", str(library)],
            stdin=inner,
            stdout=inner,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(outer)
        os.close(inner)
    assert done.returncode == 2
    assert b"standard error" in done.stderr


def test_an_export_that_is_killed_leaves_no_half_file(start: Start, library: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "papers.jsonl"
    target.parent.mkdir()
    target.write_text("what was there before\n")
    for number in range(5):
        program = start(["export", library, "-o", target])
        time.sleep(0.05 * number)
        program.kill()
        program.communicate(timeout=30)
        text = target.read_text(encoding="utf-8")
        assert text == "what was there before\n" or len([json.loads(line) for line in text.splitlines()]) == 3


def test_colour_and_width_on_a_terminal(library: Path) -> None:
    shown = on_terminal(["search", "*", library])
    lines = shown.splitlines()
    assert lines[1] == "\x1b[2m2024-03-02  2403.01234        \x1b[0m\x1b[1mWalls That Walk\x1b[0m"
    assert "\x1b[3mLamps hum." in lines[0]
    plain = re.sub(r"\x1b\[\d+m", "", lines[0])
    assert len(plain) == 60
    assert plain.endswith("\u2026")


def test_no_colour_where_it_is_not_wanted(library: Path) -> None:
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        for words in (["search", "*", library], ["show", "2403.01234", library]):
            assert "\x1b" not in on_terminal(words, **environment)


def test_what_files_say_never_moves_the_cursor(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    odd = "Lamps \x1b[2J\x07 \x9b31m \u202e and \x7f hum.\n\narXiv:2501.00042\nCreated: 2025-01-02\n\n"
    (folder / "a\x1b[31mb.txt").write_text(odd, encoding="utf-8")
    (folder / "note\x1b[31m.txt").write_text("Too short a note.\n")
    for words in (
        ["search", "*", folder],
        ["search", "*", folder, "--format", "jsonl"],
        ["export", folder],
        ["show", "2501.00042", folder],
    ):
        shown = re.sub(r"\x1b\[[0-3]m", "", on_terminal(words, stderr=False))
        assert "2501.00042" in shown
        assert not set(shown) & set("\x1b\x07\x9b\u202e\x7f")
    shown = on_terminal(["check", folder], code=1)
    assert r"/note\x1b[31m.txt:1: no-papers: " in shown
    assert "\x1b" not in shown


def test_a_progress_bar_shows_on_a_terminal_only(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    text = "A wall walks and comes back. " * 40
    for file in range(30):
        entries = (
            f"{text}\n\narXiv:24{file % 12 + 1:02d}.{file:02d}{number:03d}\nCreated: 2024-03-02\n\n"
            for number in range(80)
        )
        (folder / f"{file}.txt").write_text("".join(entries))
    shown = on_terminal(["index", folder, "--rebuild"])
    drawn = [part for part in re.split(r"[\r\n]+", shown) if part.startswith("reading [")]
    assert drawn, shown
    assert "100%" in drawn[-1]
    assert all(re.match(r"reading \[#*\.*\] +\d+%  [\d,]+/30 files", part) for part in drawn)
    assert all(len(part.replace("\x1b[K", "")) < 60 for part in drawn)
    assert shown.splitlines()[-1].startswith("\x1b[Karxtui: 2,400 papers")
    assert "reading [" not in on_terminal(["index", folder, "--rebuild"], stderr=False)
    assert "reading [" not in on_terminal(["index", folder, "--rebuild"], TERM="dumb")


def test_where_the_disk_of_the_cache_is_full_what_was_read_before_is_searched(
    library: Path, tmp_path: Path
) -> None:
    """On a disk of its own, mounted in a name space of the test's own."""
    cache = tmp_path / "disk"
    cache.mkdir()
    script = (
        'mount -t tmpfs -o size=2m none "$2" && "$0" -m arxtui index "$1" --cache-dir "$2" && '
        '{ cat /dev/zero > "$2/ballast" 2>/dev/null; truncate -s -80000 "$2/ballast"; cp "$3" "$1/new.txt"; } && '
        'exec "$0" -m arxtui search pond "$1" --cache-dir "$2" --format ids'
    )
    many = "".join(
        f"Wall {number} walks on\nA. Author\n\nIt takes its time.\n\narXiv:2405.{number:05d}\n\n"
        for number in range(9000)
    )
    (tmp_path / "many.txt").write_text(many)
    places = (str(library), str(cache), str(tmp_path / "many.txt"))
    done = run_with_own_disk(script, *places)
    assert (done.returncode, done.stdout) == (0, "math/0309136\n"), done.stderr
    assert "warning: " in done.stderr
    assert "the disk is full: free some space" in done.stderr
    assert "this is what was read before, 3 papers" in done.stderr


def test_where_the_disk_of_the_lists_is_full_no_editor_is_started(tmp_path: Path) -> None:
    disk, editor = tmp_path / "disk", tmp_path / "editor"
    disk.mkdir()
    editor.write_text(f'#!/bin/sh\necho written > "$1"\ntouch {tmp_path}/started\n')
    editor.chmod(0o755)
    script = (
        'mount -t tmpfs -o size=2m none "$1" && "$0" -m arxtui notes set 2403.01234 mine --data-dir "$1" && '
        '{ cat /dev/zero > "$1/ballast" 2>/dev/null; VISUAL= EDITOR="$2" "$0" -m arxtui notes edit 2403.01234 --data-dir "$1"; '
        'echo "code $?"; exec "$0" -m arxtui notes show 2403.01234 --data-dir "$1"; }'
    )
    done = run_with_own_disk(script, str(disk), str(editor))
    assert done.stdout == "code 1\nmine\n", done.stderr
    assert "full" in done.stderr
    assert not (tmp_path / "started").exists()
