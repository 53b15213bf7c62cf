"""A program in a pseudo-terminal, and how long it takes until a person sees something."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

import pyte

_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+p?")
"""Questions and modes of newer terminals, which pyte would print."""

_PAUSE = 0.02
"""Seconds without output after which a paint is over. The detail pane follows the cursor later than that."""


class Terminal:
    """A process in a terminal of its own.

    Attributes:
        bytes: how many bytes it has written.
        pid: the process.
    """

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], columns: int = 160, lines: int = 48
    ) -> None:
        self.bytes = 0
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.begun = time.perf_counter()
        self._changed = self.begun
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(env, TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(argv[0], list(argv))  # noqa: S606  (a list, no shell)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def _pump(self, seconds: float) -> bool:
        """Take in what is written within so many seconds; returns whether there was anything."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        data = os.read(self._fd, 1 << 16)
        self.bytes += len(data)
        self._changed = time.perf_counter()
        self._stream.feed(_PRIVATE.sub(b"", data))
        return True

    def until(self, pattern: str, seconds: float = 60) -> float:
        """Wait until the screen matches; returns the seconds since the program was started.

        Raises:
            TimeoutError: it never did.
        """
        end = time.perf_counter() + seconds
        while not re.search(pattern, self.text):
            if time.perf_counter() > end:
                raise TimeoutError(f"{pattern} never came:\n{self.text}")
            self._pump(0.002)
        return time.perf_counter() - self.begun

    def settle(self, quiet: float = 0.15, seconds: float = 30) -> None:
        """Wait until nothing has been written for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() - self._changed < quiet and time.perf_counter() < end:
            self._pump(0.01)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def latency(self, keys: str, seconds: float = 5) -> float:
        """Type, and return the seconds until the screen shows something else; `seconds` where it never does."""
        while self._pump(0):
            pass
        before, begun = self.text, time.perf_counter()
        self.send(keys)
        while time.perf_counter() - begun < seconds:
            self._pump(0.001)
            if self._changed > begun and self.text != before:
                return self._changed - begun
        return seconds

    def paint(self, keys: str) -> tuple[float, int]:
        """Type when all is quiet, and see what comes of it at once; what follows when the cursor rests is not counted.

        Returns:
            Seconds until the paint has come, and its bytes.
        """
        self.settle()
        before, begun = self.bytes, time.perf_counter()
        self.send(keys)
        while self.bytes == before and time.perf_counter() - begun < 5:
            self._pump(0.001)
        while self._pump(_PAUSE):
            pass
        return self._changed - begun, self.bytes - before

    def shows(self, pattern: str) -> bool:
        """Whether the screen matches."""
        return re.search(pattern, self.text) is not None

    def ended(self, seconds: float) -> bool:
        """Wait until the process has ended; returns whether it has."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            try:
                self._pump(0.01)
            except OSError:
                return True  # the other end of the terminal is closed
        return False

    def anonymous_megabytes(self) -> float:
        """Memory of the process that no file stands behind (`Anonymous` in smaps_rollup)."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as file:
            return int(re.search(r"Anonymous:\s+(\d+)", file.read())[1]) / 1024  # type: ignore[index]

    def close(self) -> None:
        """End it, if it has not ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
            time.sleep(0.2)
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
