"""One entry: from the bytes before a terminator to its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from arxtui.core.encoding import decode
from arxtui.core.identifiers import key_of
from arxtui.core.layouts import inline, record
from arxtui.core.layouts.fields import DATE, Fields, blocks_of
from arxtui.core.papers import Entry, Problem
from arxtui.core.terminators import Terminator

_BLANK_LINES = re.compile(rb"\n(?:[ \t]*\n)+")
_DATES = re.compile(rb"Created:[ \t]*(\S*)(?:[ \t]+Updated:[ \t]*(\S*))?[ \t]*\Z")
_DATE = re.compile(DATE.encode() + rb"\Z")
_DATE_LINE = re.compile(rb"Created:[ \t]*" + DATE.encode() + rb"[^\n]{0,40}\n[ \t]*\n")
_NOTHING = Fields(None, None, None, None)


class Body(NamedTuple):
    """What stands before an identifier line.

    Attributes:
        lost: how many bytes at its beginning belong to entries whose identifiers were lost.
        fields: the fields of the entry behind those.
        bad_byte: offset of the first byte that is no UTF-8, or None.
        layout: name of the layout.
    """

    lost: int
    fields: Fields
    bad_byte: int | None
    layout: str


def read_body(body: bytes, terminator: Terminator, *, blank_line_before: bool) -> Body:
    """Read what stands before an identifier line.

    Args:
        body: the bytes, without surrounding white space.
        terminator: the identifier line.
        blank_line_before: whether a blank line parts them, as in the record layout.
    """
    layout = record.NAME if blank_line_before or terminator.dates is not None else inline.NAME
    if not body:
        return Body(0, _NOTHING, None, layout)
    text, bad_byte = decode(body)
    blocks = blocks_of(text)
    first = record.first_block(blocks) if blank_line_before else len(blocks) - 1
    if first or "\nCreated:" in text or _DATE_LINE.match(body):
        lost = _length_of_lost(body, first)
        if lost:
            rest = read_body(body[lost:], terminator, blank_line_before=blank_line_before)
            return rest._replace(lost=lost + rest.lost)
    fields = record.fields(blocks) if blank_line_before else inline.fields(text)
    return Body(0, fields, bad_byte, layout)


def _length_of_lost(body: bytes, first: int) -> int:
    """How many bytes stand before block number `first`, or before what follows the last date line."""
    starts = [0, *(match.end() for match in _BLANK_LINES.finditer(body))]
    dates = body.rfind(b"\nCreated:") + 1
    behind_dates = (
        next((start for start in starts if start > dates), 0) if dates or _DATE_LINE.match(body) else 0
    )
    return max(starts[first], behind_dates)


def read_dates(line: bytes) -> tuple[str | None, str | None, bool]:
    """Read `Created: DATE Updated: DATE`.

    Returns:
        The two dates, None where there is none or where it is no date; and whether the line was sound.
    """
    match = _DATES.match(line)
    if match is None:
        return None, None, False
    created, updated = match.groups()
    good_created, good_updated = _DATE.match(created), updated is None or _DATE.match(updated)
    return (
        created.decode() if good_created else None,
        updated.decode() if updated is not None and good_updated else None,
        bool(good_created and good_updated),
    )


def make_entry(span: tuple[int, int], lines: tuple[int, int], body: Body, terminator: Terminator) -> Entry:
    """Put an entry together, with all that is odd about it.

    Args:
        span: where it begins and ends in the file.
        lines: the line it begins in, and the line of its identifier.
        body: what stands before the identifier line.
        terminator: the identifier line.
    """
    fields = body.fields
    created = updated = None
    sound = True
    if terminator.dates is not None:
        created, updated, sound = read_dates(terminator.dates)
    problems: tuple[Problem, ...] = ()
    identifier = terminator.identifier
    if (
        not sound
        or identifier is None
        or fields.abstract is None
        or fields.extra
        or body.bad_byte is not None
    ):
        found = _what_is_odd(body, terminator, sound_dates=sound)
        problems = tuple(Problem(*span, lines[at_end], kind, message) for at_end, kind, message in found)
    return Entry(
        span[0],
        span[1],
        lines[0],
        body.layout,
        key_of(identifier) if identifier else None,
        terminator.version,
        fields.title,
        fields.authors,
        fields.abstract,
        fields.comments,
        created,
        updated,
        problems,
    )


def extra_lines(fields: Fields) -> str:
    """The message for an entry with more lines than its layout knows."""
    lines = "1 line" if fields.extra == 1 else f"{fields.extra} lines"
    if fields.title is not None:
        return (
            f"{lines} more than a title and authors have: where the title ends is a guess;"
            " put the title on one line and the authors on the next"
        )
    return (
        f"{lines} more than an abstract and comments have: they are read as the abstract;"
        " join its lines, or put a missing identifier line in"
    )


def _what_is_odd(body: Body, terminator: Terminator, *, sound_dates: bool) -> Iterator[tuple[bool, str, str]]:
    """Yields whether it concerns the identifier line (else the first), the kind and the message."""
    if terminator.identifier is None:
        written = decode(terminator.written)[0]
        message = f"arXiv:{written} is no arXiv identifier: correct the line; until then the entry has none"
        yield True, "bad-identifier", message
    if not sound_dates:
        written = decode(terminator.dates or b"")[0].strip()
        yield (
            True,
            "bad-date",
            f"'{written}' is no line of dates: write them as Created: YYYY-MM-DD Updated: YYYY-MM-DD",
        )
    if body.fields.abstract is None:
        yield False, "no-abstract", "the entry has no abstract: add it before the identifier line"
    if body.fields.extra:
        yield False, "extra-lines", extra_lines(body.fields)
    if body.bad_byte is not None:
        yield False, "not-utf8", "bytes that are no UTF-8 are read as Latin-1: save the file as UTF-8"
