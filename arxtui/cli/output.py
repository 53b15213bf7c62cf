"""What goes to standard output and standard error, and comes in: encoding, colour, JSON, tables."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, TextIO

from arxtui.cli.errors import CommandError
from arxtui.core.display import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arxtui.core.highlighting import Highlights

_SURROGATES = re.compile("[\ud800-\udfff]")


def use_utf8() -> None:
    """Let standard output and error speak UTF-8 whatever the locale; odd file names pass as they are."""
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "surrogateescape"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def say(text: str) -> None:
    """Tell the user something, in one line on standard error.

    Args:
        text: the message; what cannot be shown safely is taken out.
    """
    print(f"arxtui: {safe(text)}", file=sys.stderr, flush=True)


def safe(text: str) -> str:
    """Make text from files fit for a terminal.

    Args:
        text: any text.

    Returns:
        The text in one line without control characters; a lozenge with a question mark stands for each byte of a
        file name that is no UTF-8.
    """
    return clean(_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text))


def whole(text: str, what: str) -> str:
    """Return text as it is, if all of it is text.

    Args:
        text: from a pipe, a file or the command line; bytes that are no UTF-8 are half characters in it.
        what: where it is from, for the message.

    Raises:
        CommandError: some of it is no UTF-8; to keep it would lose letters.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise CommandError(
            f"{what} is no UTF-8 (line {line}); nothing was changed. Convert it, with iconv -f LATIN1 -t UTF-8 say"
        ) from error
    return text


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: `1 file`, `2,000 files`.

    Args:
        number: how many.
        noun: a word that takes an s for more than one.
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(number: float) -> str:
    """Return a number of bytes as people read it: `512 bytes`, `1.2 MB`.

    Args:
        number: bytes; 1,000 make a kB, as the free space of a disk is counted.
    """
    if number < 1000:
        return counted(round(number), "byte")
    # A thousand of a unit is written in the next; 999.95 and more would be rounded to a thousand.
    kilo, mega = number / 1e3, number / 1e6
    if kilo < 999.95:
        return f"{kilo:.1f} kB"
    return f"{mega:.1f} MB" if mega < 999.95 else f"{mega / 1e3:,.1f} GB"


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person looks at a stream."""
    return stream is not None and stream.isatty()  # type: ignore[redundant-expr]  # None where it was closed


def is_plain() -> bool:
    """Tell whether the terminal should be spared escape sequences that move the cursor."""
    return os.environ.get("TERM", "") == "dumb"


def styled(text: str, style: str) -> str:
    """Set text apart on a terminal that shows colour.

    Args:
        text: text made safe already.
        style: `bold`, `dim` or `italic`.

    Returns:
        The text as it is where standard output is no terminal, or NO_COLOR is set (https://no-color.org).
    """
    if not is_terminal(sys.stdout) or os.environ.get("NO_COLOR") or is_plain():
        return text
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


_STYLES = {"bold": 1, "dim": 2, "italic": 3}
_AROUND = 36  # letters before and behind one that is pointed at
_MATCH = "4;33"  # underlined as well as coloured: who sees no yellow sees the line


def highlighted(text: str, style: str, spans: Sequence[tuple[int, int]]) -> str:
    """Set text apart as `styled` does, and parts of it once more.

    Args:
        text: text made safe already.
        style: `bold`, `dim` or `italic`.
        spans: where those parts begin and end, in order and apart.
    """
    plain = styled(text, style)
    if plain == text or not spans:
        return plain
    pieces, at = [], 0
    for start, end in spans:
        match = f"\x1b[{_STYLES[style]};{_MATCH}m{text[start:end]}\x1b[0m"
        pieces += [styled(text[at:start], style) if start > at else "", match]
        at = end
    return "".join(pieces) + (styled(text[at:], style) if at < len(text) else "")


def columns() -> int | None:
    """Return the width to print tables in, in cells, or None where lines need not fit a screen."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def paper_line(
    date: str,
    key: str,
    title: str | None,
    lead: str,
    highlights: Highlights | None = None,
    *,
    before: str = "",
    behind: str = "",
) -> str:
    """Return the line of a table that stands for one paper.

    Args:
        date: its date, or as much as is known of it.
        key: its key.
        title: its title, or None.
        lead: the first words of its abstract, shown where there is no title.
        highlights: what to set apart in it.
        before: columns that stand before it.
        behind: a remark that stands behind it.
    """
    # 16 letters hold the longest identifier of the old scheme, `cond-mat/0309136`.
    head = f"{before}{date:10}  {key:16}  "
    text = safe(title) if title is not None else f"{safe(lead)}\N{HORIZONTAL ELLIPSIS}" if lead else ""
    width = columns()
    if width is not None:
        text = fitted(text, max(width - len(head) - len(behind), 10))
    style = "bold" if title is not None else "italic"
    spans = highlights.spans(text, "title" if title is not None else "abstract") if highlights else []
    line = (styled(head, "dim") + highlighted(text, style, spans)).rstrip() if text else head.rstrip()
    return line + (styled(behind, "dim") if behind else "")


def pointed_at(text: str, column: int) -> str:
    """Return text in one line, and a second line with a caret below one of its characters.

    Args:
        text: what the user typed; of what does not fit a line, the part around that character is shown.
        column: of the character, counted from 0.
    """
    start, end = max(0, column - _AROUND), column + _AROUND
    if len(text) <= 2 * _AROUND:
        start, end = 0, len(text)
    lead, rest = "\N{HORIZONTAL ELLIPSIS}" * (start > 0), "\N{HORIZONTAL ELLIPSIS}" * (end < len(text))
    before = lead + safe(f"{text[start:column]}^")[:-1]  # alone, it might lose the blank at its end
    return f"  {lead}{safe(text[start:end])}{rest}\n  {' ' * cells(before)}^"


def fitted(text: str, width: int) -> str:
    """Cut text to a number of cells; an ellipsis stands for what is cut off.

    Args:
        text: text in one line.
        width: how many cells there are.
    """
    ends = list(accumulate(map(_letter_cells, text)))
    if not ends or ends[-1] <= width:
        return text
    return text[: bisect_right(ends, width - 1)] + "\N{HORIZONTAL ELLIPSIS}"


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    Args:
        text: text in one line.
    """
    return sum(map(_letter_cells, text))


def _letter_cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
