"""How far the reading of the files has come, in words: pure."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from arxtui.library import Progress

READ_SO_FAR = "searching what has been read so far"
_SPAN = 30.0
"""Seconds over which the speed is taken: long enough to be calm, short enough to follow the size of the files."""
_TELLING = 2.0
"""Seconds after which the speed says something."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Speed(NamedTuple):
    """How fast it goes.

    Attributes:
        rate: bytes a second.
        left: seconds to the end.
    """

    rate: float
    left: float


class Pace:
    """Tells the speed from reports as they come."""

    def __init__(self) -> None:
        self._reports: deque[tuple[float, int]] = deque()

    def restart(self) -> None:
        """Forget what was: after a pause, the time since the last report says nothing."""
        self._reports.clear()

    def report(self, now: float, progress: Progress) -> Speed | None:
        """Take in a report.

        Args:
            now: seconds of any clock that does not jump.
            progress: how far it has come.

        Returns:
            The speed, or None as long as it can't be told.
        """
        reports = self._reports
        reports.append((now, progress.bytes_done))
        while now - reports[0][0] > _SPAN and len(reports) > 2:
            reports.popleft()
        seconds, read = now - reports[0][0], progress.bytes_done - reports[0][1]
        if seconds < _TELLING or read <= 0:
            return None
        rate = read / seconds
        return Speed(rate, (progress.bytes_total - progress.bytes_done) / rate)


def bar(done: int, total: int, cells: int) -> str:
    """A bar between two edges, in `cells` cells and two for the edges: `▕███▌░░▏`."""
    eighths = max(0, min(cells * 8, cells * 8 * done // max(total, 1)))
    full, part = divmod(eighths, 8)
    filled = "█" * full + (_EIGHTHS[part] if part else "")
    return f"▕{filled:░<{cells}}▏"


def rate_words(rate: float) -> str:
    """`31 MB/s`, `1.4 MB/s` or `80 kB/s`."""
    if rate < 999_500:
        return f"{max(1, round(rate / 1000))} kB/s"
    megabytes = rate / 1_000_000
    return f"{megabytes:.1f} MB/s" if megabytes < 9.95 else f"{megabytes:.0f} MB/s"


def left_words(seconds: float) -> str:
    """`20 s left`, `3 min left` or `2 h left`: no more exactly than it can be known."""
    if seconds < 57:
        return f"{max(5, 5 * round(seconds / 5))} s left"
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min left" if minutes < 90 else f"{round(minutes / 60)} h left"


def paused_words(progress: Progress) -> list[str]:
    """What the status line says while the user wants the files to wait, from long to short."""
    files, how_far = _files(progress), bar(progress.bytes_done, progress.bytes_total, 4)
    return [f"paused: P goes on, {files} {how_far}", f"paused: P goes on {how_far}"]


def reading_words(progress: Progress, speed: Speed | None, *, searching: bool) -> list[str]:
    """What the status line says while the files are read, by this program or by another.

    Args:
        progress: how far it has come.
        speed: None while it can't be told.
        searching: the list shows the answer to a search.

    Returns:
        The same from long to short, to choose what there is room for.
    """
    files, few = _files(progress), f"{progress.files_done:,}/{progress.files_total:,}"
    pace = f"{rate_words(speed.rate)}, {left_words(speed.left)}" if speed else ""
    left = left_words(speed.left) if speed else ""
    wide, narrow = (bar(progress.bytes_done, progress.bytes_total, cells) for cells in (12, 4))
    ways: list[tuple[str, ...]]
    if progress.waits:
        does = "is paused" if progress.state == "paused" else "is reading the files"
        ways = [(f"another arxtui {does}",)]
        if progress.files_total:
            paused = progress.state == "paused"
            does, shortly = ("is paused at", "is paused") if paused else ("is reading", "reads")
            ways = [
                (f"another arxtui {does} {files}", wide),
                (f"another arxtui {does} {files}", narrow),
                (f"another arxtui {shortly} {few}", narrow),
                (f"another arxtui {shortly}", narrow),
            ]
    elif progress.state == "repairing":
        ways = [("making the search index again", wide, left), ("making the search index again", narrow)]
    elif searching:
        ways = [(f"{READ_SO_FAR}: {files}", wide, pace), (READ_SO_FAR, wide, left), (READ_SO_FAR, narrow)]
    else:
        ways = [(f"reading {files}", wide, pace), (f"reading {files}", narrow, pace),
                (f"{few} files", narrow, pace), (f"{few} files", narrow, left), (few, narrow)]  # fmt: skip
    return [" ".join(filter(None, way)) for way in ways]


def _files(progress: Progress) -> str:
    return f"{progress.files_done:,} of {progress.files_total:,} files"
