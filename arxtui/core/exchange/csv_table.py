"""CSV for spreadsheets: RFC 4180, with a head, in UTF-8.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula, and runs it
(https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets an apostrophe before it, which spreadsheets read as "this is
text". A cell that begins with an apostrophe gets one more, so that taking one away always gives the text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from arxtui.core.display import clean
from arxtui.core.exchange.names import without_affiliation
from arxtui.core.exchange.plain import plain
from arxtui.core.exchange.references import Reference, tag_text

HEAD = (
    "id", "title", "authors", "date", "updated", "categories", "doi", "journal_ref", "url", "comments", "abstract", "tags",
    "note",
)  # fmt: skip
"""The names of the columns. Several authors, categories or tags in a cell are divided by `; `; a semicolon or backslash of a tag has a backslash before it."""

# The last four are the wide forms that Excel takes for the first four. Some programs pass over blanks before them, and over what does not show.
_FORMULA = re.compile(r"[\t\r\n']|[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def write(references: Iterable[Reference]) -> Iterator[str]:
    """The text of a CSV file, a row at a time, the head first."""
    yield _row(HEAD)
    for reference in references:
        paper = reference.paper
        cells = (
            paper.key,
            paper.title,
            "; ".join(filter(None, (plain(without_affiliation(clean(name))) for name in paper.authors))),
            paper.date,
            paper.updated,
            "; ".join(paper.categories),
            paper.doi,
            paper.journal_ref,
            paper.abstract_url,
            paper.comments,
            paper.abstract,
        )
        # Plain text, not TeX. A semicolon within a tag is told from one between two.
        tags = (tag_text(tag).replace("\\", "\\\\").replace(";", "\\;") for tag in reference.tags)
        noted = ("; ".join(tags), reference.note or "")
        yield _row([*(plain(clean(cell or "")) for cell in cells), *noted])


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _row(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([guarded(cell) for cell in cells])
    return stream.getvalue()
