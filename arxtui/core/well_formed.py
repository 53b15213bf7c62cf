"""The quick way through well-formed text.

All but a few in a thousand entries are written just as their layout says. For those it is enough to find
the identifier lines, and a line feed or two between them. This reads nothing that the slow way
(`terminators`, `entries`) would read differently: where anything is odd it stops, and the slow way takes
that entry. A test holds the two together.

These are the inner loops of an index of 3 M papers. So they call little, and build tuples directly: a
NamedTuple's own constructor takes twice as long.
"""

from __future__ import annotations

import re

from arxtui.core.identifiers import IDENTIFIER, VERSION, key_of
from arxtui.core.layouts import inline, record
from arxtui.core.layouts.fields import DATE, TEXT, tidy
from arxtui.core.papers import Entry, Separator
from arxtui.core.terminators import SPACE

Found = list[Entry | Separator]

_RECORD_END = re.compile(
    rf"\n\narXiv:({IDENTIFIER})({VERSION})?\nCreated: ({DATE})(?: Updated: ({DATE}))?(?:\n\n|\n?\Z)", re.ASCII
)
_INLINE_END = re.compile(
    # Text is glued to the identifier. `v2.0`, `v1: ` and an identifier line of the record layout are not for here.
    rf"\narXiv:({IDENTIFIER})(?:({VERSION})(?![\d.:]))?(?![\s,;)\]])(?!v\d)(?!\S{{1,64}}[ \t]*\nCreated:)(?=.)",
    re.ASCII,
)
_TWO_FIELDS = re.compile(rf"({TEXT})(?:\n({TEXT}))?")
_RECORD_BODY = re.compile(rf"(?:([^\s][^\n]*)\n([^\s][^\n]*)\n\n)?({TEXT})(?:\n\n({TEXT}))?")
_SPACE = re.compile(rb"[%b]*+" % SPACE)
_LABELS = ("arXiv:", "Created:")
_FIRST = 1 << 14
"""Bytes in which the first entry of a layout must end; longer ones are rare enough for the slow way."""
_LINE_FEED = ord("\n")
_BLANK = " \t\v\f\n"


def read_well_formed(text: bytes, at: int, limit: int, base: int, line: int) -> tuple[Found, int, int]:
    """Read as many well-formed entries as follow one another.

    Args:
        text: UTF-8 with line feeds, byte for byte the file's.
        at: index in `text` where to begin.
        limit: index in `text` where an entry must end at the latest: the end of the file, or far enough before the
            end of `text` for what follows an entry to be seen.
        base: where index 0 of `text` is in the file.
        line: the line that `at` is in, counted from 1.

    Returns:
        The entries and the white space between them, the index behind the last of them, and its line.
    """
    found: Found = []
    # A character a byte, so that indexes stay. Most fields are ASCII, and need no decoding of their own.
    characters = text.decode("latin-1")
    readers = [(_RECORD_END, _read_records), (_INLINE_END, _read_inlines)]
    failures = 0
    while failures < len(readers):
        space = _SPACE.match(text, at, limit)
        start = space.end() if space else at
        end_of_entry, read = readers[failures]
        known = len(found)
        # A file of the other layout holds none, and a search for one would go through all of it.
        # An indented first line is part of the entry, and odd enough for the slow way.
        flush_left = start == at or text[start - 1] == _LINE_FEED
        end, end_line = start, line
        if flush_left and end_of_entry.search(characters, start, start + _FIRST):
            end, end_line = read(found, characters, start, limit, base, line + text.count(b"\n", at, start))
        if end == start:
            failures += 1
            continue
        if start > at:
            found.insert(known, Separator(base + at, base + start))
        at, line, failures = end, end_line, 0
    return found, at, line


def _read_records(found: Found, text: str, at: int, limit: int, base: int, line: int) -> tuple[int, int]:
    new, append, layout = tuple.__new__, found.append, record.NAME
    for match in _RECORD_END.finditer(text, at):
        start, end = match.span()
        if end > limit:
            break
        body = text[at:start]
        if not body.isascii() and (body := _as_utf8(body)) == "":
            break
        title = authors = comments = None
        lines = body.split("\n")
        count = len(lines)
        if count == 4:
            title, authors, blank, abstract = lines
        elif count == 6:
            title, authors, blank, abstract, second_blank, comments = lines
            blank += second_blank
        elif count == 1:
            abstract, blank = body, ""
        elif count == 3:
            abstract, blank, comments = lines
        else:
            blank = "more"
        if blank or (authors is not None and authors[:1] in " \t"):
            # Some field runs over several lines.
            if (fields := _RECORD_BODY.fullmatch(body)) is None:
                break
            title, authors, abstract, comments = fields.groups()
            abstract, comments = tidy(abstract) or "", comments and tidy(comments)
        abstract = abstract.strip()
        if not abstract or abstract[:8] == "Created:":
            break
        if title is not None and authors is not None:
            title, authors = title.strip(), authors.strip()
            if not title or not authors or (authors[0] in "aC" and authors.startswith(_LABELS)):
                break
        if comments is not None:
            comments = comments.strip()
            if (
                not comments
                or comments[:8] == "Created:"
                or (title is None and not record.is_comment(comments))
            ):
                break
        key, version, created, updated = match.groups()
        if "/" in key:
            key = key_of(key)
        if version is not None:
            version = int(version[1:])
        # One long line, for a tuple built of parts costs half as much again.
        append(new(Entry, (base + at, base + end, line, layout, key, version, title, authors, abstract, comments, created, updated, ())))  # fmt: skip
        line += count + 4
        at = end
    return at, line


def _read_inlines(found: Found, text: str, at: int, limit: int, base: int, line: int) -> tuple[int, int]:
    new, append, layout = tuple.__new__, found.append, inline.NAME
    for match in _INLINE_END.finditer(text, at):
        start, end = match.span()
        if end > limit:
            break
        body = text[at:start]
        if not body.isascii() and (body := _as_utf8(body)) == "":
            break
        comments = None
        breaks = 1
        first = body.find("\n")
        if first < 0:
            abstract = body
        else:
            abstract, comments = body[:first], body[first + 1 :]
            breaks = 2
            if "\n" in comments or comments[:1] in " \t":
                if (fields := _TWO_FIELDS.fullmatch(body)) is None:
                    break
                breaks += body.count("\n", first + 1)
                abstract, comments = tidy(fields[1]) or "", fields[2] and tidy(fields[2])
            if comments is not None and (not (comments := comments.strip()) or comments.startswith(_LABELS)):
                break
        if body[:1] in _BLANK or not (abstract := abstract.strip()):
            break
        key, version = match.groups()
        if "/" in key:
            key = key_of(key)
        if version is not None:
            version = int(version[1:])
        append(new(Entry, (base + at, base + end, line, layout, key, version, None, None, abstract, comments, None, None, ())))  # fmt: skip
        line += breaks
        at = end
    return at, line


def _as_utf8(characters: str) -> str:
    """What bytes that were read a character a byte say in UTF-8; empty where they are none."""
    try:
        return characters.encode("latin-1").decode()
    except UnicodeDecodeError:
        return ""
