"""Entries read again from the files they stand in."""

from __future__ import annotations

import codecs
import os
import stat
from typing import NamedTuple

from arxtui.core.papers import Entry
from arxtui.core.parsing import parse_entry
from arxtui.library.errors import LibraryError

_BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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


def read_entry(path: str, start: int, end: int, seen: Seen) -> Entry:
    """Read the entry at a span of a file.

    Args:
        path: absolute path.
        start: offset of its first byte.
        end: offset behind its last.
        seen: what the file looked like when the span was found.

    Returns:
        The entry, with its span in the file; its `line` is 1.

    Raises:
        LibraryError: the file is gone, cannot be read, or has changed.
    """
    try:
        descriptor = open_regular(path)
        try:
            info = os.fstat(descriptor)
            raw = os.pread(descriptor, end - start, start)
            head = os.pread(descriptor, 2, 0)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise LibraryError(f"{path}: cannot be read ({(error.strerror or '').lower()})") from None
    if (info.st_size, info.st_mtime_ns) != seen:
        raise LibraryError(f"{path}: has changed since it was read: read the library again")
    entry = parse_entry(head + raw if head in _BOMS_16 else raw)
    if entry is None:
        raise LibraryError(f"{path}: bytes {start} to {end} are no entry any more: read the library again")
    return entry._replace(start=start, end=end)
