"""Lays a row of the paper list out in cells: pure, from a `Row` and a width to runs of text with a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from arxtui.core.display import clean
from arxtui.core.highlighting import Highlights
from arxtui.core.papers import TEXT_KEY

if TYPE_CHECKING:
    from arxtui.library import Row

GUTTER = 6
"""Cells at the left of a row: one for the cursor, four for the marks, one blank."""
_TIMES = 6
ONE_LINE_FROM = 110
"""Cells from which date, identifier, title and authors stand side by side."""
_DATE = 10
_IDENTIFIER = 16  # the longest: alg-geom/9702001
NO_IDENTIFIER = "no identifier"
NOTHING_KNOWN = "neither title nor abstract is known"
"""Stands for the title of a paper that a list holds by its identifier alone."""


class Run(NamedTuple):
    """Text in one look.

    Attributes:
        text: already cleaned.
        role: `title`, `lead`, `dim`, `mark`, `match` or `plain`: the name of a component class.
        base: for a match, the role of the text it stands in.
    """

    text: str
    role: str
    base: str = ""


def lines_per_row(width: int) -> int:
    """How many lines a row takes at a width in cells: two, or one where there is room."""
    return 1 if width >= ONE_LINE_FROM else 2


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: padded with blanks, or cut with an ellipsis."""
    if width <= 0:
        return ""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` cells, cut with an ellipsis."""
    return fit(text, width) if cell_len(text) > width else text


def shown_identifier(key: str) -> str:
    """A paper's key as people read it."""
    return NO_IDENTIFIER if key.startswith(TEXT_KEY) else clean(key)


def called(key: str) -> str:
    """A paper in a sentence: by its identifier, or as the one that is looked at."""
    return "this paper" if key.startswith(TEXT_KEY) else clean(key)


def occurrence_mark(number: int) -> str:
    """`×5` for a paper that stands in five places, empty for one; `×999+` would be wider than the gutter."""
    return "" if number < 2 else f"×{number}" if number < 1000 else "×1k+"


def marked_up(text: str, highlights: Highlights, field: str, role: str, width: int) -> list[Run]:
    """Text in exactly `width` cells, with what matches apart.

    Args:
        text: as the file has it; it is cleaned here.
        highlights: what to mark.
        field: the field of the search language that the text is.
        role: the look of what does not match.
        width: cells.
    """
    shown = shorten(clean(text), width)
    runs: list[Run] = []
    at = 0
    for start, end in highlights.spans(shown, field) if highlights else ():
        runs += [Run(shown[at:start], role), Run(shown[start:end], "match", role)]
        at = end
    runs.append(Run(shown[at:], role))
    runs.append(Run(" " * (width - cell_len(shown)), "plain"))
    return [run for run in runs if run.text]


def row_lines(row: Row, width: int, highlights: Highlights, *, marks: str, lines: int) -> list[list[Run]]:
    """The lines of a row, each `width` cells less the cursor's one and a blank at the right edge.

    Args:
        row: what to lay out.
        width: cells of the list.
        highlights: what to mark.
        marks: what stands in front of it, one cell each; see `marks`.
        lines: one or two; see `lines_per_row`.

    In two lines the title stands above; the date, the authors and, at the right edge, the identifier below.
    """
    body = max(0, width - GUTTER - 1)  # a blank at the right edge, where the scroll bar or the rule follows
    mark = Run(fit(marks, GUTTER - 1), "mark")
    times = Run(fit(occurrence_mark(row.occurrences), GUTTER - 1), "dim")
    title, field, role = (row.title, "title", "title") if row.title else (row.lead, "abstract", "lead")
    if not title:
        title, highlights, role = NOTHING_KNOWN, Highlights(), "dim"
    identifier = shown_identifier(row.key)
    date = Run(fit(clean(row.date), _DATE) + "  ", "dim")
    if lines == 1:
        rest = body - _TIMES - _DATE - _IDENTIFIER - 6
        first = rest * 3 // 5
        return [
            [
                mark,
                Run(fit(occurrence_mark(row.occurrences), _TIMES), "dim"),
                date,
                Run(fit(identifier, _IDENTIFIER) + "  ", "dim"),
                *marked_up(title, highlights, field, role, first),
                Run("  ", "plain"),
                *marked_up(row.authors or "", highlights, "author", "dim", rest - first),
            ]
        ]
    identifier = shorten(identifier, max(0, body - _DATE - 2))
    rest = body - _DATE - 2 - cell_len(identifier)
    between = "  " if rest >= 2 else " " * max(0, rest)
    return [
        [mark, *marked_up(title, highlights, field, role, body)],
        [
            times,
            date,
            *marked_up(row.authors or "", highlights, "author", "dim", max(0, rest - len(between))),
            Run(between, "plain"),
            Run(identifier, "dim"),
        ],
    ]
