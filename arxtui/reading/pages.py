"""The rows that stand in an SQLite file, page by page: found also where the pages that lead to them are destroyed.

What is read of the format is described in https://sqlite.org/fileformat2.html (sections 1.6 and 2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = 4096
"""Bytes of a page, which is SQLite's own choice since 2016 (3.12)."""

_LEAF_OF_TABLE, _LEAF_OF_INDEX = 0x0D, 0x0A
_MOST_CELLS = (PAGE - 8) // 4
"""A cell takes four bytes at least, with its place in the head of the page."""

_INTEGERS = (0, 1, 2, 3, 4, 6, 8)
"""Bytes of an integer by its serial type."""

Value = int | bytes | str | None


class Row(NamedTuple):
    """A row of a table, or an entry of an index.

    Attributes:
        number: the row's number; None of an entry of an index, which has it among its values.
        values: what stands in it. Numbers with a fraction are not read, as no table here has any.
    """

    number: int | None
    values: list[Value]


class _Unreadable(Exception):
    """What stands there is no row."""


def rows_in(data: bytes) -> Iterator[Row]:
    """Read all rows of all tables and indexes, from whatever pages can be read.

    A page that is no longer in use may hold rows as they once were, and one that was overwritten may hold anything: what comes of them
    is for the caller to judge.

    Args:
        data: the database, with what was in its log.
    """
    pages = -(-len(data) // PAGE)
    # The first page holds where tables begin, and none of their rows.
    for number in range(2, pages + 1):
        page = _page(data, number)
        if page[:1] and page[0] in (_LEAF_OF_TABLE, _LEAF_OF_INDEX):
            for cell in range(min(int.from_bytes(page[3:5], "big"), _MOST_CELLS)):
                at = int.from_bytes(page[8 + 2 * cell : 10 + 2 * cell], "big")
                try:
                    yield _row(data, page, at)
                except (_Unreadable, IndexError, UnicodeDecodeError):
                    continue


def _page(data: bytes, number: int) -> bytes:
    return data[(number - 1) * PAGE : number * PAGE]


def _row(data: bytes, page: bytes, at: int) -> Row:
    of_table = page[0] == _LEAF_OF_TABLE
    size, at = _number(page, at)
    row = None
    if of_table:
        row, at = _number(page, at)
    return Row(row, _values(_payload(data, page, at, size, of_table=of_table)))


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of 1 to 9 bytes; return it and the place behind it."""
    number = 0
    for last in range(at, at + 8):
        number = number << 7 | data[last] & 0x7F
        if data[last] < 0x80:
            return number, last + 1
    return number << 8 | data[at + 8], at + 9


def _payload(data: bytes, page: bytes, at: int, size: int, *, of_table: bool) -> bytes:
    """Read what a cell holds: on its page, and what has no room there on a chain of others."""
    most = PAGE - 35 if of_table else (PAGE - 12) * 64 // 255 - 23
    if size <= most:
        return page[at : at + size]
    least = (PAGE - 12) * 32 // 255 - 23
    here = least + (size - least) % (PAGE - 4)
    here = here if here <= most else least
    pieces, left = [page[at : at + here]], size - here
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    seen = {0}
    while left > 0:
        more = b"" if following in seen else _page(data, following)
        if len(more) < PAGE:
            raise _Unreadable
        seen.add(following)
        following, piece = int.from_bytes(more[:4], "big"), more[4 : 4 + left]
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _values(payload: bytes) -> list[Value]:
    behind_head, at = _number(payload, 0)
    values: list[Value] = []
    place = behind_head
    while at < behind_head:
        kind, at = _number(payload, at)
        value: Value
        if kind == 0:
            value, length = None, 0
        elif kind < len(_INTEGERS):
            length = _INTEGERS[kind]
            value = int.from_bytes(payload[place : place + length], "big", signed=True)
        elif kind in (8, 9):
            value, length = kind - 8, 0
        elif kind >= 12:
            length = (kind - 12) // 2
            piece = payload[place : place + length]
            value = piece.decode() if kind % 2 else piece
        else:
            raise _Unreadable
        place += length
        if place > len(payload):
            raise _Unreadable
        values.append(value)
    return values
