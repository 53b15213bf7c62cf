"""The whole reader in a real pseudo-terminal, as a person meets it."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from arxtui.paths import STORE_NAME, cache_dir, data_dir
from arxtui.reading import ReadingStore, backups

_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+p?")
"""Questions and modes of newer terminals, which pyte would print."""


class Terminal:
    """A process in a terminal: what it shows, and keys for it."""

    def __init__(
        self, arguments: list[str], columns: int = 110, lines: int = 30, program: list[str] | None = None
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            for name in ("COLUMNS", "LINES"):
                os.unsetenv(name)  # readline sets them behind Python's back, and Textual would believe them
            command = [sys.executable, *(program or ["-m", "arxtui"]), *arguments]
            os.execv(sys.executable, command)  # noqa: S606  (a list, no shell)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def _read(self) -> bool:
        """Reads what there is; False at the end."""
        ready, _, _ = select.select([self.fd], [], [], 0.05)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(_PRIVATE.sub(b"", data))
        return bool(data)

    def wait(self, pattern: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text):
            assert time.monotonic() < end, f"{pattern} never came:\n{self.text}"
            assert self._read(), f"it ended before {pattern}:\n{self.text}"

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def send(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def leave(self, keys: str = "q") -> int:
        """Quits and returns the exit code."""
        self.send(keys)
        return self.ended()

    def ended(self) -> int:
        """Waits for the end and returns the exit code."""
        end = time.monotonic() + 20
        while self._read():
            assert time.monotonic() < end, f"it does not quit:\n{self.text}"
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)


@pytest.fixture
def start() -> Iterator[Callable[[Path], Terminal]]:
    opened: list[Terminal] = []

    def run(folder: Path) -> Terminal:
        opened.append(Terminal([str(folder)]))
        return opened[-1]

    yield run
    for terminal in opened:
        terminal.close()


def test_search_bookmark_quit_and_find_it_again(
    start: Callable[[Path], Terminal],
    write_library: Callable[[dict[str, str | bytes]], Path],
    files: dict[str, str],
):
    folder = write_library(dict(files))
    first = start(folder)
    first.wait(r"6 papers, 1 repeat folded, no problems")
    # All at once, as a slow line delivers it: each key acts on what the one before it brought.
    first.send("/polynomial\rb")
    first.wait("★●")
    assert "Knots that forget" in first.text
    assert first.leave() == 0
    store = data_dir() / STORE_NAME
    assert backups.latest_in(backups.today(store)) is not None, "the backup of the day has it"

    second = start(folder)
    second.wait(r"★● +Knots that forget")
    second.wait(r"6 papers, 1 repeat folded")
    assert second.leave("\x11") == 0, "ctrl+q"


def test_arrows_between_letters_keep_their_place_over_a_slow_line(
    start: Callable[[Path], Terminal],
    write_library: Callable[[dict[str, str | bytes]], Path],
    files: dict[str, str],
):
    terminal = start(write_library(dict(files)))
    terminal.wait(r"6 papers, 1 repeat folded, no problems")
    left, right, end = "\x1b[D", "\x1b[C", "\x1b[F"
    terminal.send(f"/plymial{left * 6}o{right * 2}no{end}x\x7f\r")
    terminal.wait("Papers  “polynomial”")
    assert terminal.leave() == 0


def test_nothing_of_a_file_is_an_escape_sequence(
    start: Callable[[Path], Terminal], write_library: Callable[[dict[str, str | bytes]], Path]
):
    evil = "[red]x[/red] \x1b]0;evil\x07\u202eabc\x9b31m"
    folder = write_library(
        {
            f"odd {evil[:20].replace('/', '|')}.txt": f"{evil}\n{evil}, Bo Marsh\n\nText {evil}.\n\n{evil}\n\n"
            "arXiv:2401.00001\nCreated: 2024-01-01\n\n"
        }
    )
    terminal = start(folder)
    terminal.wait(r"\[red\]x\[/red\] \]0;evil")
    terminal.send("/evil\rnd")
    terminal.wait("go to the file")
    terminal.send("\rb")
    terminal.wait("★●")
    assert terminal.leave() == 0
    for forbidden in (b"\x1b]0;evil", "\u202e".encode(), "\x9b31m".encode(), b"\x9b31m"):
        assert forbidden not in terminal.raw


def test_to_open_it_takes_one_screen_of_bytes(
    write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str]
):
    """Over a slow line each part is painted once: the frame, list and paper, the numbers."""
    terminal = Terminal([str(write_library(dict(files)))], columns=100)
    try:
        terminal.wait("6 papers, 1 repeat folded, no problems")
        terminal.wait("forty mugs")
        assert len(terminal.raw) < 9_000
        before = len(terminal.raw)
        terminal.send("/")
        terminal.wait("enter keep the search")
        terminal.send("clock")
        terminal.wait("1 of 6 papers matches")
        assert len(terminal.raw) - before < 6_000
    finally:
        terminal.close()


def test_another_size_is_painted_as_a_whole(
    write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str]
):
    terminal = Terminal([str(write_library(dict(files)))], columns=100)
    try:
        terminal.wait("6 papers, 1 repeat folded, no problems")
        terminal.screen.reset()  # nobody knows what a terminal leaves of the text
        terminal.resize(99, 30)
        terminal.wait("Knots that forget(.|\n)*6 papers, 1 repeat folded(.|\n)*help")
    finally:
        terminal.close()


def test_the_reader_ends_without_a_traceback_whatever_is_typed_behind_q(
    start: Callable[[Path], Terminal],
    write_library: Callable[[dict[str, str | bytes]], Path],
    files: dict[str, str],
):
    folder = write_library(dict(files))
    for burst in ("qt", "qB", "qb", "qu"):
        terminal = start(folder)
        terminal.wait(r"6 papers, 1 repeat folded, no problems")
        assert terminal.leave(burst) == 0
        assert b"Traceback" not in terminal.raw
        assert b"NoMatches" not in terminal.raw
    with ReadingStore(data_dir() / STORE_NAME) as store:
        assert store.history() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_as_q_does_and_keeps_what_is_being_written(
    start: Callable[[Path], Terminal],
    write_library: Callable[[dict[str, str | bytes]], Path],
    files: dict[str, str],
    number: signal.Signals,
):
    folder = write_library(dict(files))
    terminal = start(folder)
    terminal.wait(r"6 papers, 1 repeat folded, no problems")
    before = termios.tcgetattr(terminal.fd)
    terminal.send("e")
    terminal.wait("Note on")
    terminal.send("only a mug")
    terminal.wait("only a mug")
    os.kill(terminal.pid, number)
    assert terminal.ended() == 128 + number
    for mode in (b"?1049", b"?1000", b"?1003", b"?1006", b"?2004"):
        assert terminal.raw.rfind(mode + b"l") > terminal.raw.rfind(mode + b"h") > 0, mode
    assert terminal.raw.rfind(b"?25h") > terminal.raw.rfind(b"?25l"), "the cursor is there again"
    assert b"Traceback" not in terminal.raw
    assert before[3] & termios.ECHO == 0, "it was taken"

    second = start(folder)
    second.wait("A note was not saved")
    assert second.leave() == 0


@pytest.mark.parametrize("columns", [100, 60])
def test_an_index_that_is_damaged_while_it_is_read_is_told_of_and_made_again(
    write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str], columns: int
):
    terminal = Terminal([str(write_library(dict(files)))], columns=columns)
    try:
        terminal.wait(r"6 papers|no problems")
        terminal.send("/clock\r")
        terminal.wait("slow clock")
        terminal.send("\x1b")
        terminal.wait("Cusp caustics")
        chance = random.Random(3)  # noqa: S311  damage, not secrets
        for path in cache_dir().rglob("text-*/*.*"):
            with path.open("r+b") as file:
                file.write(chance.randbytes(path.stat().st_size))
        terminal.send("/polynomial\r")
        terminal.wait("the index is damaged: the next start, or R, makes it again")
        terminal.send("\x1b[27uR")  # esc as newer terminals send it: the bare one and a letter make alt
        terminal.wait("The index was damaged")
        terminal.wait("6 papers.*newest first")
        assert "the next start" not in terminal.text
        terminal.send("/polynomial\r")
        terminal.wait("Knots that forget")
        assert terminal.leave() == 0
        assert b"panicked" not in terminal.raw
        assert b"backtrace" not in terminal.raw
    finally:
        terminal.close()


def test_what_rust_prints_is_not_on_the_screen(
    write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str]
):
    program = (
        "import os, sys; from arxtui.library import Library; before = Library.counts\n"
        "def counts(self):\n    os.write(2, b'thread panicked')\n    return before(self)\n"
        "Library.counts = counts\n"
        "from arxtui.cli import main; code = main(sys.argv[1:]); os.write(2, b'seen again'); sys.exit(code)"
    )
    terminal = Terminal([str(write_library(dict(files)))], program=["-c", program])
    try:
        terminal.wait("6 papers, 1 repeat folded, no problems")
        assert terminal.leave() == 0
        assert b"panicked" not in terminal.raw
        assert terminal.raw.endswith(b"seen again")
    finally:
        terminal.close()


def test_the_reader_ends_when_its_terminal_is_gone(
    write_library: Callable[[dict[str, str | bytes]], Path], files: dict[str, str]
):
    terminal = Terminal([str(write_library(dict(files)))])
    terminal.wait(r"6 papers, 1 repeat folded, no problems")
    os.close(terminal.fd)  # the kernel sends the hangup
    end = time.monotonic() + 20
    while not (ended := os.waitpid(terminal.pid, os.WNOHANG))[0]:
        assert time.monotonic() < end, "it lives on"
        time.sleep(0.05)
    assert os.waitstatus_to_exitcode(ended[1]) == 128 + signal.SIGHUP
