"""Where entries end: the identifier line, and what tells it from a citation.

Abstracts and comments cite `arXiv:ID` too, some at the beginning of a line. The rules below were measured
on 700,457 real records: a date line behind the identifier, or text glued to it, ends an entry; an
identifier alone on its line ends one only where neither layout could have a citation.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from arxtui.core.identifiers import IDENTIFIER, VERSION
from arxtui.core.layouts.record import LONGEST_COMMENT

PATTERN = re.compile(
    # A version is none where a decimal goes on: in `arXiv:ID` + `v2.0 of the code` the abstract begins with v.
    rf"\narXiv:(?:({IDENTIFIER})({VERSION}(?!\.?\d))?|(\S{{1,64}}))(?:[ \t]*\n(Created:[^\n]*)(?:\n[ \t]*(?:\n|\Z))?)?".encode()
)
"""Every place where an entry may end. It begins with a literal, which `re` finds at memory speed.
Groups: identifier, version, anything else that stands there, date line."""

LOOK_AHEAD = 4096
"""How many bytes behind a match `classify` wants to see."""

SPACE = b" \t\n\v\f\r"
"""The bytes that count as white space between entries."""
_NOT_GLUED = SPACE + b",;)]"
_SHAPED_LIKE_NEW = re.compile(rb"\d{4}\.\d{4,5}")
_SPOILED = re.compile(rb"(\S{1,64})[ \t]*\n(Created:[^\n]*)")
_HEADING_ONLY = re.compile(rb"\s*\S[^\n]*\n\S[^\n]*\s*\Z")


class Terminator(NamedTuple):
    """The end of an entry.

    Attributes:
        start: index of the line feed before the identifier line.
        end: index behind the entry's last byte.
        identifier: the identifier with its subject class, or None where it is malformed.
        version: the number behind `v`, or None.
        dates: the line that begins with `Created:`, or None.
        written: what stands behind `arXiv:`, for messages.
    """

    start: int
    end: int
    identifier: str | None
    version: int | None
    dates: bytes | None
    written: bytes


def classify(match: re.Match[bytes], text: bytes, entry: int) -> Terminator | None:
    """Decide whether a match of `PATTERN` ends an entry.

    Args:
        match: a match in `text`.
        text: the text, with `LOOK_AHEAD` bytes behind the match or up to the end of the file.
        entry: index in `text` where the entry begins that might end here.

    Returns:
        The terminator, or None for a citation.
    """
    identifier, version, other, dates = match.groups()
    start, end = match.span()
    if dates is not None:
        return _terminator(start, end, identifier, version, dates, other)
    if identifier is None:
        shaped = _SHAPED_LIKE_NEW.match(other)
        if shaped and _text_stands_directly_before(text, entry, start):
            return _terminator(start, match.start(3) + shaped.end(), None, None, None, shaped[0])
        return None
    after = text[end : end + 1]
    if after and after not in _NOT_GLUED:
        return _glued(match, text, entry)
    line_end = text.find(b"\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if text[end:line_end].strip(SPACE):
        # `arXiv:IDv2 ...`: a comment on a version, unless it is longer than any comment.
        if version and line_end - end > LONGEST_COMMENT and after == b" ":
            return _terminator(start, match.end(1), identifier, None, None, None)
        return None
    if _alone_on_its_line(text, entry, start, line_end):
        return _terminator(start, end, identifier, version, None, None)
    return None


def _terminator(
    start: int,
    end: int,
    identifier: bytes | None,
    version: bytes | None,
    dates: bytes | None,
    other: bytes | None,
) -> Terminator:
    return Terminator(
        start,
        end,
        identifier.decode() if identifier else None,
        int(version[1:]) if version else None,
        dates,
        identifier or other or b"",
    )


def _text_stands_directly_before(text: bytes, entry: int, start: int) -> bool:
    """Whether the line before `start` belongs to the same entry and is not blank."""
    line = max(text.rfind(b"\n", entry, start) + 1, entry)
    return bool(text[line:start].strip(SPACE))


def _glued(match: re.Match[bytes], text: bytes, entry: int) -> Terminator | None:
    """Text follows the identifier at once: the next abstract, or the rest of a comment."""
    identifier, version, _, _ = match.groups()
    start, end = match.span()
    if spoiled := _SPOILED.match(text, end):
        # Dates show an identifier line of the record layout, with a character too many.
        return _terminator(
            start, spoiled.end(), None, None, spoiled[2], text[match.start(1) : spoiled.end(1)]
        )
    if not _text_stands_directly_before(text, entry, start):
        return None  # a title, an abstract or a comment of the record layout that begins with a citation
    if version and text[end : end + 1] in b".:" and text[end + 1 : end + 2] in SPACE:
        return None  # "arXiv:1234.5678v1: accepted version" is a comment
    return _terminator(start, end, identifier, version, None, None)


def _alone_on_its_line(text: bytes, entry: int, start: int, line_end: int) -> bool:
    """Whether an identifier that has a line to itself, without dates, ends an entry."""
    rest = text[line_end : line_end + LOOK_AHEAD]
    following = rest.lstrip(SPACE)
    if not following:
        return True  # the end of the file
    if following.startswith(b"arXiv:"):
        return False  # it was a comment, and this is the identifier
    if _text_stands_directly_before(text, entry, start):
        # Comments of the inline layout stand directly before an identifier line, or go on with an indent.
        next_line = rest[1:].partition(b"\n")[0]
        return not next_line.strip() or next_line[:1] not in b" \t"
    # Behind a blank line: a record without dates, if it has an abstract already.
    body = text[entry:start]
    return bool(body.strip(SPACE)) and not _HEADING_ONLY.match(body)
