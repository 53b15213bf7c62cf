"""The word of a user who wants no file read: for the windows that wait to read them next, too.

It is a file in the folder of the index, and only its time counts: that it has changed while somebody waits. So it holds up
nobody later, and nothing is left to clear where the program that wrote it, or the one that waits, is killed.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

_NAME = "stopped"


def say_stopped(folder: Path) -> None:
    """Leave word. Where that cannot be written, on a full disk say, whoever waits reads on.

    Args:
        folder: of the index.
    """
    with contextlib.suppress(OSError):
        (folder / _NAME).touch()


def last_stopped(folder: Path) -> int:
    """When that was done last, in nanoseconds; 0 where it never was."""
    with contextlib.suppress(OSError):
        return (folder / _NAME).stat().st_mtime_ns
    return 0
