"""Text that no identifier line ends: entries that lost theirs, a cut-off file, text that is no paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from arxtui.core.encoding import decode
from arxtui.core.entries import extra_lines, read_dates
from arxtui.core.identifiers import IDENTIFIER
from arxtui.core.layouts import inline, record
from arxtui.core.layouts.fields import DATE, Fields, tidy
from arxtui.core.papers import Entry, Problem
from arxtui.core.terminators import SPACE

SHORTEST_ABSTRACT = 60
"""Characters. Text without an identifier that is shorter is taken for a heading or a note, not for an abstract."""

# It begins with a line feed, not with white space: a search through a long run of blanks must not begin at each.
_SENTENCE_ENDS = (".", "!", "?", ")", "]", '"', "'", "$", "\N{RIGHT DOUBLE QUOTATION MARK}")
_LETTERS, _LONGEST_WORDS = 0.6, 14
"""Prose has at least this share of letters and blanks, and at most so many characters a word."""

_BLANK_LINES = re.compile(rb"\n[ \t]*+\n\s*+")
_DATED = re.compile(rb"\nCreated: " + DATE.encode() + rb"[ \t]*(?:Updated:|\n|\Z)")
_ALMOST = re.compile(
    # With a blank too many, in other letters, indented or quoted: almost an identifier line. As it should be, it is
    # a citation; else it would have been found.
    rb"^(?!(?-i:arXiv:)\S)[ \t>|*-]{0,8}(arxiv:[ \t]{0,8}" + IDENTIFIER.encode() + rb")",
    re.MULTILINE | re.IGNORECASE,
)


class _Block(NamedTuple):
    start: int
    end: int
    text: str
    bad_byte: bool


def read_loose(raw: bytes, *, ends_file: bool, whole_file: bool) -> Iterator[Entry | Problem]:
    """Read text that no identifier line ends.

    Args:
        raw: the bytes, without surrounding white space; at least one.
        ends_file: whether the file ends behind them.
        whole_file: whether nothing but white space stands before them either.

    Yields:
        Entries without an identifier, and problems for text that is no entry. Offsets count from the beginning
        of `raw`, and only white space lies between them; their lines are for the caller to fill in.
    """
    blocks = list(_blocks(raw))
    groups = list(_groups(blocks))
    almost = _ALMOST.search(raw) if whole_file else None
    hint = almost and (
        f"no identifier is written as arXiv:ID at the beginning of a line (but '{almost[1].decode()}' stands"
        " there): write them like that"
    )
    one_entry = len(groups) == 1 and _is_entry(groups[0]) and _is_prose(groups[0])
    if whole_file and not one_entry and not _DATED.search(raw):
        message = "no arXiv identifier stands in this file: move it out of the folder, or add the identifiers"
        yield Problem(0, len(raw), 0, "no-papers", hint or message)
        return
    for number, group in enumerate(groups):
        start, end = group[0].start, group[-1].end
        if not _is_entry(group):
            message = (
                "text that is no entry: remove it, or complete it with an abstract and an identifier line"
            )
            yield Problem(start, end, 0, "stray-text", message)
            continue
        last = ends_file and number == len(groups) - 1
        # A file that never had identifiers is not cut off; a single entry that ends in mid-sentence is.
        complete = whole_file and (len(groups) > 1 or bool(hint) or group[-1].text.endswith(_SENTENCE_ENDS))
        yield _entry(group, hint, truncated=last and not complete)


def _blocks(raw: bytes) -> Iterator[_Block]:
    start = 0
    for match in [*_BLANK_LINES.finditer(raw), None]:
        end = start + len(raw[start : match.start() if match else len(raw)].rstrip(SPACE))
        text, bad_byte = decode(raw[start:end])
        yield _Block(start, end, tidy(text) or "", bad_byte is not None)
        start = match.end() if match else end


def _groups(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Put blocks together that are one entry, or one stretch of something else."""
    group: list[_Block] = []
    for block in blocks:
        if group and not _goes_on(group, block):
            yield group
            group = []
        group.append(block)
    yield group


def _goes_on(group: list[_Block], block: _Block) -> bool:
    """Whether a block belongs to the entry before it."""
    if block.text.startswith("Created:"):
        return True
    if (
        group[-1].text.startswith("Created:")
        or "\nCreated:" in group[-1].text
        or record.is_heading(block.text)
    ):
        return False
    if len(group) == 1 and record.is_heading(group[0].text):
        return True
    return len(block.text) < SHORTEST_ABSTRACT  # comments, or more of what is no entry


def _is_entry(group: list[_Block]) -> bool:
    return any(len(block.text) >= SHORTEST_ABSTRACT for block in group)


def _is_prose(group: list[_Block]) -> bool:
    """Whether a text is made of words, unlike settings, tables and what was never text."""
    text = " ".join(block.text for block in group)
    words = text.split()
    letters = sum(character.isalpha() for character in text) + len(words)
    return letters >= _LETTERS * len(text) and len(text) <= _LONGEST_WORDS * len(words)


def _entry(group: list[_Block], hint: str | None, *, truncated: bool) -> Entry:
    texts = [block.text for block in group]
    dates: tuple[str | None, str | None] = (None, None)
    before, _, last_line = texts[-1].rpartition("\n")
    if last_line.startswith("Created:") and (before or len(texts) > 1):
        dates = read_dates(last_line.encode("utf-8", "surrogatepass"))[:2]
        texts[-1:] = [before] if before else []
    by_blocks = len(texts) > 1 or dates[0] is not None
    fields: Fields = record.fields(texts[:3]) if by_blocks else inline.fields(texts[0])
    start, end = group[0].start, group[-1].end
    kind, message = (
        (
            "truncated",
            "the file ends before the identifier of this entry: get the file again, or add the line arXiv:ID",
        )
        if truncated
        else ("no-identifier", hint or "the entry has no identifier: add the line arXiv:ID behind it")
    )
    problems = [Problem(start, end, 0, kind, message)]
    if fields.extra:
        problems.append(Problem(start, end, 0, "extra-lines", extra_lines(fields)))
    if any(block.bad_byte for block in group):
        message = "bytes that are no UTF-8 are read as Latin-1: save the file as UTF-8"
        problems.append(Problem(start, end, 0, "not-utf8", message))
    return Entry(
        start,
        end,
        0,
        record.NAME if by_blocks else inline.NAME,
        None,
        None,
        fields.title,
        fields.authors,
        fields.abstract,
        fields.comments,
        *dates,
        tuple(problems),
    )


def stripped_span(raw: bytes) -> tuple[int, int]:
    """Where the lines begin and end that hold more than white space; equal where there is none.

    A line keeps its indent: without it, a citation there could be taken for an identifier line.
    """
    end = len(raw.rstrip(SPACE))
    first = len(raw) - len(raw.lstrip(SPACE))
    return (raw.rfind(b"\n", 0, first) + 1, end) if first < end else (len(raw), len(raw))
