"""Files as entries, separators and problems.

`segments` divides a file so that every byte belongs to exactly one entry, separator or problem. It reads
the file piece by piece: memory depends on the longest entry, not on the file.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

from arxtui.core.encoding import Readable, Source, open_source
from arxtui.core.entries import make_entry, read_body
from arxtui.core.loose import read_loose, stripped_span
from arxtui.core.papers import Entry, Problem, Separator
from arxtui.core.terminators import LOOK_AHEAD, PATTERN, SPACE, Terminator, classify
from arxtui.core.well_formed import read_well_formed

Segment = Entry | Separator | Problem

LONGEST_ENTRY = 1 << 20
"""Bytes. The longest of 700,457 real entries has about 55,000."""


def parse(source: bytes | str | os.PathLike[str]) -> Iterator[Entry | Problem]:
    """Read the entries and the problems of a file.

    Args:
        source: the bytes of a file, or its path.

    Yields:
        Entries in the order of the file, each followed by its own problems, and problems that lie between.

    Raises:
        OSError: the file cannot be opened or read.
    """
    with io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb") as file:
        for segment in segments(file):
            if not isinstance(segment, Separator):
                yield segment
            if isinstance(segment, Entry):
                yield from segment.problems


def segments(file: Readable) -> Iterator[Segment]:
    """Divide a file.

    Args:
        file: a binary file at its beginning.

    Yields:
        Entries, separators and problems whose spans follow one another from 0 to the length of the file.

    Raises:
        OSError: the file cannot be read.
    """
    return _Parser(open_source(file)).run()


def parse_entry(raw: bytes) -> Entry | None:
    """Read the one entry that a span of a file holds.

    Args:
        raw: the bytes of the span; where the file is UTF-16, with its byte order mark before them.

    Returns:
        The entry, with offsets and line counted from the beginning of `raw`; None where there is not exactly one.
    """
    if b"\r" not in raw:
        # Almost always one well-formed entry. The letter stands for what was glued to the identifier.
        found, end, _ = read_well_formed(raw + b"X", 0, len(raw), 0, 1)
        if end == len(raw) and len(found) == 1 and isinstance(found[0], Entry):
            return found[0]
    entries = [segment for segment in segments(io.BytesIO(raw)) if isinstance(segment, Entry)]
    return entries[0] if len(entries) == 1 else None


class _Parser:
    """One pass over one file.

    `_text` is what is in memory of it; everything before index `_at` has been dealt with.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ended = False
        # A line feed before the first byte lets an identifier in the first line be found like any other.
        self._text = b"\n"
        self._at = 1
        self._line = 1
        self._offset = source.bom  # of `_at`, in the file
        self._found_any = False

    def run(self) -> Iterator[Segment]:
        """See `segments`."""
        if self._source.bom:
            yield Separator(0, self._source.bom)
        if self._source.binary:
            yield from self._pass_over_file(
                "not-text", "zero bytes, so no text: move the file out of the folder"
            )
            return
        while not self._ended:
            self._fill()
            yield from self._entries()
            while len(self._text) - self._at > LONGEST_ENTRY and not self._ended:
                yield from self._too_long()
                yield from self._entries()
        yield from self._loose(len(self._text), ends_file=True)
        if self._source.rest:
            message = "the file ends in the middle of a character: get it again"
            end = self._offset + self._source.rest
            yield Problem(self._offset, end, self._line, "truncated", message)

    def _fill(self) -> None:
        """Read on, and let go of what has been dealt with."""
        piece = self._source.read()
        self._ended = not piece
        # The byte before the entry stays: it may be the line feed that begins an identifier line.
        self._text = self._text[self._at - 1 :] + piece
        self._at = 1

    def _take(self, end: int) -> tuple[int, int, int]:
        """Go on to index `end`; returns the span in the file that this passes, and the line it begins in."""
        start, line = self._offset, self._line
        passed = self._text[self._at : end]
        self._offset += self._source.raw_length(passed)
        self._line += passed.count(b"\n")
        self._at = end
        return start, self._offset, line

    def _entries(self) -> Iterator[Segment]:
        """Every entry that is whole in `_text`."""
        limit = len(self._text) if self._ended else len(self._text) - LOOK_AHEAD
        while True:
            if self._source.same_offsets:
                base = self._offset - self._at
                found, self._at, self._line = read_well_formed(self._text, self._at, limit, base, self._line)
                self._offset = base + self._at
                self._found_any |= bool(found)
                yield from found
            terminator = self._next_terminator(limit)
            if terminator is None:
                return
            yield from self._entry(terminator)

    def _entry(self, terminator: Terminator) -> Iterator[Segment]:
        """What lies between the end of the last entry and the end of this one."""
        text, at = self._text, self._at
        # Where nothing stands before it, the line feed of the identifier line may lie before `at`.
        before = text[at : max(terminator.start, at)]
        start, end = stripped_span(before)
        blank_line_before = (
            text[terminator.start - 1 : terminator.start] in b"\n \t" and b"\n" in before[end:]
        )
        raw = before[start:end].lstrip(SPACE)
        body = read_body(raw, terminator, blank_line_before=blank_line_before)
        begin = at + start if raw else max(terminator.start + 1, at)
        if body.lost:
            begin = at + end - len(raw) + body.lost
            yield from self._loose(begin, ends_file=False)
        if begin > self._at:
            yield Separator(*self._take(begin)[:2])
        self._found_any = True
        identifier_line = self._line + text.count(b"\n", begin, terminator.start + 1)
        raw_start, raw_end, line = self._take(terminator.end)
        yield make_entry((raw_start, raw_end), (line, identifier_line), body, terminator)

    def _loose(self, end: int, *, ends_file: bool) -> Iterator[Segment]:
        """What lies from here to `end`, which no identifier line ends."""
        stretch = self._text[self._at : end]
        start, stop = stripped_span(stretch)
        base = self._at + start
        if start < stop:
            whole_file = ends_file and not self._found_any
            for found in read_loose(stretch[start:stop], ends_file=ends_file, whole_file=whole_file):
                if base + found.start > self._at:
                    yield Separator(*self._take(base + found.start)[:2])
                item = found
                if (found.start, found.end) != (0, stop - start) or not whole_file:
                    item = _as_if_alone(found, self._text[base + found.start : base + found.end])
                yield _placed(item, *self._take(base + found.end))
        if end > self._at:
            yield Separator(*self._take(end)[:2])

    def _too_long(self) -> Iterator[Segment]:
        """Pass over a stretch that is too long for an entry, up to the next identifier line."""
        start, line = self._offset, self._line
        if not self._text[self._at :].strip(SPACE):
            # Blank lines by the million: only a line feed stays, which may begin an identifier line.
            yield Separator(*self._take(len(self._text) - 1)[:2])
            return
        while True:
            # Keep what may be the beginning of an identifier line.
            self._take(max(self._at, len(self._text) - LOOK_AHEAD))
            self._fill()
            limit = len(self._text) if self._ended else len(self._text) - LOOK_AHEAD
            found = self._next_terminator(limit)
            if found is not None or self._ended:
                self._take(found.end if found else len(self._text))
                break
        message = (
            f"more than {LONGEST_ENTRY:,} bytes without an identifier line: passed over; "
            "if there are papers in it, put their arXiv:ID lines in"
        )
        yield Problem(start, self._offset, line, "too-long", message)

    def _next_terminator(self, limit: int) -> Terminator | None:
        """The next one that ends before index `limit`."""
        for match in PATTERN.finditer(self._text, self._at - 1):
            if match.end() > limit:
                return None
            # What was passed may end with a line feed that seems to begin the same line again.
            if match.end() > self._at and (terminator := classify(match, self._text, self._at)) is not None:
                return terminator
        return None

    def _pass_over_file(self, kind: str, message: str) -> Iterator[Problem]:
        """Read to the end, only to know where it is."""
        while not self._ended:
            self._take(len(self._text))
            self._fill()
        self._take(len(self._text))
        yield Problem(self._source.bom, self._offset, 1, kind, message)


def _as_if_alone(item: Entry | Problem, raw: bytes) -> Entry | Problem:
    """An item of `read_loose`, read so that its bytes alone would be read likewise.

    What looked like a citation among what is around it may be an identifier line without that.

    Args:
        item: the item.
        raw: its bytes.
    """
    if isinstance(item, Problem):
        return item
    alone = parse_entry(raw)
    if alone is None:
        message = "several entries and citations run into one another: put blank lines between entries"
        return Problem(item.start, item.end, item.line, "stray-text", message)
    return item if alone.identifier is None else alone


def _placed(item: Entry | Problem, start: int, end: int, line: int) -> Entry | Problem:
    """An item of `read_loose` with its place in the file."""
    placed = item._replace(start=start, end=end, line=line)
    if isinstance(placed, Entry):
        problems = tuple(problem._replace(start=start, end=end, line=line) for problem in placed.problems)
        return placed._replace(problems=problems)
    return placed
