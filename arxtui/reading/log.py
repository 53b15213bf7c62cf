"""A database with what its write-ahead log holds, put together without SQLite.

SQLite reads a log only where it can make a file beside it, which a full disk or a folder that may not be written refuses. The format is
described in https://sqlite.org/fileformat2.html, section 4.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HEAD, _FRAME_HEAD = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
"""How a log begins, by the order of bytes in which its sums are made."""


def with_log(path: Path) -> bytes:
    """Read a database as it stands, its log taken into account.

    Args:
        path: the file; its log may lie beside it.

    Returns:
        The database, marked as one that has no log.

    Raises:
        OSError: a file cannot be read.
    """
    data = bytearray(path.read_bytes())
    log = path.with_name(path.name + "-wal")
    if log.exists():
        _take_in(data, log.read_bytes())
    if len(data) >= 20:
        # Versions of the format for reading and for writing: 1 is without a log (section 1.3).
        data[18:20] = b"\1\1"
    return bytes(data)


def _take_in(data: bytearray, log: bytes) -> None:
    """Put the pages of all transactions that were completed into a database."""
    if len(log) < _HEAD:
        return
    magic, _, size, _, *salts, first, second = struct.unpack(">8I", log[:_HEAD])
    if magic not in (_LITTLE, _BIG):
        return
    order = "<" if magic == _LITTLE else ">"
    sums = _sums(log[:24], order, (0, 0))
    if sums != (first, second):
        return
    pages: dict[int, bytes] = {}
    for at in range(_HEAD, len(log) - _FRAME_HEAD - size + 1, _FRAME_HEAD + size):
        number, total, *frame_salts, first, second = struct.unpack(">6I", log[at : at + _FRAME_HEAD])
        page = log[at + _FRAME_HEAD : at + _FRAME_HEAD + size]
        sums = _sums(log[at : at + 8] + page, order, sums)
        if frame_salts != salts or sums != (first, second):
            return  # the rest is of an earlier round, or was not written to its end
        pages[number] = page
        if total:  # pages in the database after this transaction; 0 before its last page
            data.extend(bytes(max(0, total * size - len(data))))
            for each, content in pages.items():
                data[(each - 1) * size : each * size] = content
            del data[total * size :]
            pages.clear()


def _sums(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
