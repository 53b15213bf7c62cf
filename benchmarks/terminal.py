"""A program in a pseudo-terminal, and how long it takes until a person sees something."""

from __future__ import annotations

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

    def _pump(self, seconds: float) -> None:
        if select.select([self._fd], [], [], seconds)[0]:
            data = os.read(self._fd, 1 << 16)
            self.bytes += len(data)
            self._changed = time.perf_counter()
            self._stream.feed(_PRIVATE.sub(b"", data))

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

    def paint(self, keys: str, *, quiet: float = 0.15) -> tuple[float, float, int]:
        """Type, and see what comes of it.

        Returns:
            Seconds until the first and until the last byte before `quiet` seconds of rest, and the number of bytes.
        """
        self.settle()
        before, begun = self.bytes, time.perf_counter()
        self.send(keys)
        first = None
        while first is None and time.perf_counter() - begun < 5:
            self._pump(0.001)
            if self.bytes > before:
                first = time.perf_counter() - begun
        self.settle(quiet)
        return first or 5.0, self._changed - begun, self.bytes - before

    def anonymous_megabytes(self) -> float:
        """Memory of the process that no file stands behind (`Anonymous` in smaps_rollup)."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as file:
            return int(re.search(r"Anonymous:\s+(\d+)", file.read())[1]) / 1024  # type: ignore[index]

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGTERM)
        time.sleep(0.2)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
