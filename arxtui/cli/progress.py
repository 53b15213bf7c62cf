"""A progress bar of one line, for standard error."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING, Self

from arxtui.cli.output import is_plain, is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from arxtui.library import Progress

SMALL = 2_000_000
"""Bytes that are read in a moment; less needs no bar."""

INTERVAL = 0.1
"""Seconds between two drawings."""

BAR = 16
"""Cells of the bar itself."""


class ProgressBar:
    """Shows how far reading has come; as a context manager it takes its line away at the end.

    Draws nothing where standard error is no terminal.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count the time.

        Args:
            clock: gives the seconds.
        """
        self._clock = clock
        self._began = self._due = clock()
        self._drawn = False
        self._wanted = is_terminal(sys.stderr) and not is_plain()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def update(self, progress: Progress) -> None:
        """Show a new state, unless the last one is too fresh.

        Args:
            progress: how far it has come.
        """
        now = self._clock()
        # The last one is always drawn: it stands while the index is made of what was read.
        fresh = now < self._due and progress.files_done < progress.files_total
        if not self._wanted or fresh or progress.bytes_total < SMALL:
            return
        self._due = now + INTERVAL
        self._drawn = True
        line = progress_line(progress, now - self._began)[: shutil.get_terminal_size().columns - 1]
        print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)


def progress_line(progress: Progress, seconds: float) -> str:
    """Say how far reading has come.

    Args:
        progress: files, bytes and papers so far.
        seconds: how long it took.

    Returns:
        Bar, files, papers, megabytes a second and the time that reading will take yet, in one line.
    """
    share = progress.bytes_done / progress.bytes_total if progress.bytes_total else 0.0
    bar = ("#" * round(BAR * share)).ljust(BAR, ".")
    rate = progress.bytes_done / seconds if seconds > 0 else 0.0
    left = f"{_minutes((progress.bytes_total - progress.bytes_done) / rate)} left" if rate else ""
    if progress.files_done == progress.files_total:
        left = "making the index"
    return (
        f"reading [{bar}] {share:4.0%}  {progress.files_done:,}/{progress.files_total:,} files  "
        f"{progress.papers:,} papers  {rate / 1e6:.1f} MB/s  {left}"
    ).rstrip()


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
