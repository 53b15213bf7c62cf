"""The files that entries stand in, opened without waiting for what is no file."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple


class Seen(NamedTuple):
    """What a file looked like when it was read.

    Attributes:
        size: bytes.
        mtime_ns: nanoseconds since 1970.
    """

    size: int
    mtime_ns: int


def open_regular(path: str) -> int:
    """Open a file for reading, but nothing that would make the reader wait: no pipe, no device.

    Returns:
        A file descriptor.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "no regular file", path)
    return descriptor


def look(descriptor: int) -> Seen:
    """What an open file looks like.

    Raises:
        OSError: it cannot be looked at.
    """
    info = os.fstat(descriptor)
    return Seen(info.st_size, info.st_mtime_ns)
