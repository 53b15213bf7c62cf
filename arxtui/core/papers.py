"""The values that the rest of arxtui speaks in: entries, problems, occurrences and papers.

An *entry* is what one file says of one paper, with the bytes it says it in. A *paper* is what all its
entries say together. Text in both is as it stands in the file, less the white space around a field.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from arxtui.core.authors import split_authors
from arxtui.core.identifiers import month_of

TEXT_KEY = "text:"
"""What the key of a paper begins with that has no arXiv identifier: `text:` and a digest of its abstract."""


class Separator(NamedTuple):
    """Bytes between entries that say nothing: blank lines, a byte order mark.

    Attributes:
        start: offset of the first byte in the file.
        end: offset behind the last byte.
    """

    start: int
    end: int


class Problem(NamedTuple):
    """Something in a file that could not be read, or not read as it stands.

    Attributes:
        start: offset of the first byte it concerns.
        end: offset behind the last.
        line: the line it begins in, counted from 1.
        kind: a short name, `truncated` say; `docs/problems.md` explains each.
        message: what is wrong and what to do about it, in one sentence or two.
    """

    start: int
    end: int
    line: int
    kind: str
    message: str


class Entry(NamedTuple):
    """What one place in one file says of one paper.

    Attributes:
        start: offset of its first byte in the file (as stored, whatever the encoding).
        end: offset behind its last byte.
        line: the line it begins in, counted from 1.
        layout: the name of the layout it is written in, `record` or `inline`.
        identifier: arXiv identifier without version and subject class, or None.
        version: the version number that stands behind the identifier, or None.
        title: None where the layout or the entry has none; likewise the fields below.
        authors: the author list as one string, as it stands.
        abstract: text; a paragraph break is a line feed followed by blanks.
        comments: the author's comments.
        created: ISO date of the first version.
        updated: ISO date of the last version.
        problems: what was odd about it; their spans lie within the entry's.
    """

    start: int
    end: int
    line: int
    layout: str
    identifier: str | None
    version: int | None
    title: str | None
    authors: str | None
    abstract: str | None
    comments: str | None
    created: str | None
    updated: str | None
    problems: tuple[Problem, ...] = ()


class Occurrence(NamedTuple):
    """One place where a paper stands.

    Attributes:
        root: absolute path of the folder or file that was opened.
        path: path of the file, relative to `root` (its name, where `root` is that file).
        line: the line the entry begins in, counted from 1.
        start: offset of the entry's first byte in the file.
        end: offset behind its last.
        layout: the name of the layout.
        matched_by_text: the entry has no identifier and belongs here because it repeats the text.
    """

    root: str
    path: str
    line: int
    start: int
    end: int
    layout: str
    matched_by_text: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper as all its occurrences give it.

    Attributes:
        key: the identifier, or `text:` and 16 hexadecimal digits for a paper without one.
        version: the highest version number that an occurrence names, or None.
        title, abstract, comments, created, updated: as in `Entry`, each from the occurrence that has it best.
        author_text: the author list as it stands.
        categories: arXiv categories, the primary one first; empty where no file tells.
        doi, journal_ref: where it was published, or None.
        occurrences: every place it stands in, in the order of root, path and line.
    """

    key: str
    version: int | None = None
    title: str | None = None
    author_text: str | None = None
    abstract: str | None = None
    comments: str | None = None
    categories: tuple[str, ...] = ()
    doi: str | None = None
    journal_ref: str | None = None
    created: str | None = None
    updated: str | None = None
    occurrences: tuple[Occurrence, ...] = ()

    @property
    def identifier(self) -> str | None:
        """The arXiv identifier without version, or None."""
        return None if self.key.startswith(TEXT_KEY) else self.key

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """The names in the author list, each with the affiliation that stands behind it."""
        return split_authors(self.author_text or "")

    @property
    def date(self) -> str:
        """The date it is listed by: `created`, else the month of its identifier as `YYYY-MM`, else empty."""
        return self.created or (month_of(self.key) if self.identifier else "") or ""

    @property
    def abstract_url(self) -> str | None:
        """Address of its page at arXiv, or None without an identifier."""
        return f"https://arxiv.org/abs/{self.key}" if self.identifier else None

    @property
    def pdf_url(self) -> str | None:
        """Address of its PDF at arXiv, or None without an identifier."""
        return f"https://arxiv.org/pdf/{self.key}" if self.identifier else None
