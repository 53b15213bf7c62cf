"""What takes longer than a moment is said on standard error: a line that changes on a terminal, else one that stays."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

from arxtui.cli.output import counted, is_plain, is_terminal, say, size

if TYPE_CHECKING:
    from collections.abc import Callable

    from arxtui.library import Progress

SILENT = 1.0
"""Seconds after which something is said; most often all is done by then."""

MUCH = 2_000_000
"""Bytes that take a moment to read: a bar shows from the start."""

INTERVAL = 0.1
"""Seconds between two drawings."""

REMIND = 60.0
"""Seconds after which a line is followed by another where none can be drawn anew, as long as another program is waited for."""

BAR = 16
"""Cells of the bar itself."""

LOOKING = "looking for changed files"


class ProgressBar:
    """Shows how far reading has come; as a context manager it takes its line away at the end.

    Where standard error is no terminal, or one that can only print, each thing that is done is told once, in a line
    of its own; that another program is waited for, and how far that one is, once a minute.
    """

    def __init__(self, doing: str = LOOKING, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count the time.

        Args:
            doing: what is done until the first report comes, which may be never.
            clock: gives the seconds.
        """
        self._doing, self._clock = doing, clock
        self._opened = self._began = self._due = self._remind = clock()
        self._state = ""
        self._shown = ""
        self._draws = is_terminal(sys.stderr) and not is_plain()
        self._lock = threading.Lock()
        # Until the first report comes, files are looked at, say, which takes a while on a slow disk.
        self._looking = threading.Timer(SILENT, self._look)
        self._looking.daemon = True

    def __enter__(self) -> Self:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._looking.cancel()
        with self._lock:
            self._state = "done"
            if self._shown and self._draws:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _look(self) -> None:
        with self._lock:
            if not self._state:
                self._show(self._doing, self._doing)

    def update(self, progress: Progress) -> None:
        """Show a new state, unless the last one is too fresh.

        Args:
            progress: how far it has come.
        """
        now = self._clock()
        with self._lock:
            if progress.state != self._state:
                self._state, self._began = progress.state, now
            # The last one is always drawn: it stands while the index is made of what was read.
            fresh = now < self._due and progress.files_done < progress.files_total
            much = self._draws and not progress.waits and _to_read(progress) >= MUCH
            if fresh or (now - self._opened < SILENT and not much):
                return
            self._due = now + INTERVAL
            self._show(
                progress_line(progress, now - self._began), what_is_done(progress), waits=progress.waits
            )

    def _show(self, line: str, once: str, *, waits: bool = False) -> None:
        if self._draws:
            self._shown = line[: shutil.get_terminal_size().columns - 1]
            print(f"\r{self._shown}\x1b[K", end="", file=sys.stderr, flush=True)
        elif once != self._shown:
            self._shown, self._remind = once, self._clock() + REMIND
            say(once)
        elif waits and self._clock() >= self._remind:
            self._remind = self._clock() + REMIND
            say(line)


def what_is_done(progress: Progress) -> str:
    """Say what is being done, in words that stay the same as long as it is."""
    if progress.waits:
        return f"waiting for another arxtui, which {_other(progress)}"
    if progress.state == "repairing":
        return f"making the search index of {counted(progress.papers, 'paper')} again"
    if not _to_read(progress):
        return "bringing the index up to date"  # for files that are gone, or have another name or time
    return f"reading what is new or changed, {size(_to_read(progress))}"


def _to_read(progress: Progress) -> int:
    return progress.bytes_total - progress.bytes_before


def _other(progress: Progress) -> str:
    return "is paused" if progress.state == "paused" else "is reading the files"


def progress_line(progress: Progress, seconds: float) -> str:
    """Say how far reading has come.

    Args:
        progress: files, bytes and papers so far.
        seconds: how long it took.

    Returns:
        What is done, bar, files, papers, megabytes a second and the time that it will take yet, in one line. Of a
        program that is waited for, how far that one has come.
    """
    if not progress.files_total:
        return what_is_done(progress)
    share = progress.bytes_done / progress.bytes_total if progress.bytes_total else 0.0
    bar = ("#" * round(BAR * share)).ljust(BAR, ".")
    rate = (progress.bytes_done - progress.bytes_before) / seconds if seconds > 0 else 0.0
    left = f"{_minutes((progress.bytes_total - progress.bytes_done) / rate)} left" if rate else ""
    files = f"{progress.files_done:,}/{progress.files_total:,} files"
    if progress.waits:
        return f"another arxtui {_other(progress)} [{bar}] {share:4.0%}  {files}"
    if progress.state == "repairing":
        return (
            f"making the search index again [{bar}] {share:4.0%}  {progress.papers:,} papers  {left}".rstrip()
        )
    if progress.files_done == progress.files_total:
        left = "making the index"
    return (
        f"reading [{bar}] {share:4.0%}  {files}  {progress.papers:,} papers  {rate / 1e6:.1f} MB/s  {left}"
    ).rstrip()


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
