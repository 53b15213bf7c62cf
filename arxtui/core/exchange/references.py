"""What goes out to other programs and comes in from them: a paper, and what somebody noted of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from arxtui.core.display import clean, without_controls
from arxtui.core.exporting import fold_space
from arxtui.core.identifiers import IDENTIFIER, OLD_SCHEME, UNDIVIDED, VERSION, Identifier, parse_identifier
from arxtui.core.merging import text_key
from arxtui.core.papers import Paper

_LABELLED = re.compile(
    rf"(?:arxiv\s*[:.]\s*|arxiv\.org/(?:abs|pdf|html|format|ps|src)/|\[)(?P<id>{IDENTIFIER}(?:{VERSION})?)(?![\w])",
    re.IGNORECASE,
)
_OLD = re.compile(rf"{OLD_SCHEME}(?:{VERSION})?")
COMMENT = re.compile(r"Comments?: ")
"""How a note begins that is the authors' comment."""
_BREAK = re.compile(r"[^\S ]")
_EMPTY_ABOVE = re.compile(r"\A(?:[ \t]*\n)+")
_ISO_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_CATEGORY = re.compile(
    r"(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z-]{2,17}"
    r"|cond-mat|" + "|".join(sorted(UNDIVIDED))
)


class Reference(NamedTuple):
    """A paper on its way out or in.

    Attributes:
        paper: the paper; its text is TeX, as everywhere in arxtui.
        tags: what somebody filed it under.
        note: what somebody wrote about it, or None.
        read: whether it has been read, None where nothing tells.
        starred: whether it was marked as important.
        line: the line of the file it begins in, counted from 1; 0 where it comes from no file.
        cited_as: the citation key that documents know it by, or None.
    """

    paper: Paper
    tags: tuple[str, ...] = ()
    note: str | None = None
    read: bool | None = None
    starred: bool = False
    line: int = 0
    cited_as: str | None = None


class ReferenceProblem(NamedTuple):
    """Something in a file that was not read, or not as it stands.

    Attributes:
        line: the line it concerns, counted from 1.
        message: what is wrong, and what was made of it.
        lost: whether anything was; not where a paper stands twice and is kept once.
    """

    line: int
    message: str
    lost: bool = True


class NamedList(NamedTuple):
    """A reading list of another program.

    Attributes:
        name: what it is called there.
        description: what is said of it there, may be empty.
        keys: the keys of its papers, in order.
    """

    name: str
    description: str
    keys: tuple[str, ...]


class Imported(NamedTuple):
    """What a file holds.

    Attributes:
        references: the papers in the order of the file, each key once.
        problems: what was not read or not as it stands, in the order of the lines.
        format: the name of the format, `bibtex` say.
        lists: the reading lists that the file divides the papers into; empty for most formats.
        searches: names and queries of saved searches, as arxtui writes them; likewise.
        marks: letters and the keys of the papers that they mark; likewise.
    """

    references: tuple[Reference, ...]
    problems: tuple[ReferenceProblem, ...]
    format: str
    lists: tuple[NamedList, ...] = ()
    searches: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it can be taken in."""
        return not (self.references or self.lists or self.searches or self.marks)


def find_identifier(*texts: str | None) -> Identifier | None:
    """The arXiv identifier in one of several fields, the first that holds one.

    Args:
        texts: fields; each may be an identifier, a link, or hold `arXiv:` and an identifier among other words.
    """
    for text in filter(None, texts):
        if found := parse_identifier(text):
            return found
        if labelled := _LABELLED.search(text):
            return parse_identifier(labelled["id"])
    return None


def find_old_identifier(number: str, category: str) -> Identifier | None:
    """The identifier of the old scheme that `9901001` and `hep-th` make together, or None."""
    written = f"{category.partition('.')[0]}/{number}"
    return parse_identifier(written) if _OLD.fullmatch(written) else None


def without_identifier(paper: Paper) -> Paper | None:
    """A paper that no arXiv identifier names, under a key made of what is known of it.

    Args:
        paper: its fields; whatever its key.

    Returns:
        The paper with the key of its abstract, as it has in a library, else of its title and authors; None where there
        is neither abstract nor title.
    """
    if abstract := fold_space(paper.abstract):
        return replace(paper, key=text_key(abstract))
    if title := fold_space(paper.title):
        # Titles such as "Introduction" are many; the names tell them apart.
        return replace(paper, key=text_key(f"{title}\n{fold_space(paper.author_text) or ''}".strip()))
    return None


def iso_date(text: str) -> str | None:
    """A date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as much as a text such as `2025/07/25/` or an ISO time tells."""
    match = _ISO_DATE.match(text.strip())
    if match is None or match[1] == "0000":
        return None
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year}-{month:02}"


def full_date(text: str) -> str | None:
    """A date as `YYYY-MM-DD`, or None where a text tells less than the day."""
    date = iso_date(text)
    return date if date and len(date) == 10 else None


def keyword(tag: str) -> str:
    r"""A tag as a keyword: one that looks like an arXiv category has a backslash before it, which `sort_keywords` takes away."""
    word = tag_text(tag)
    return "\\" + word if _CATEGORY.fullmatch(word.lstrip("\\")) else word


def sort_keywords(words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keywords as arXiv categories and as tags, each once and in order; tags may be written by `keyword`."""
    cleaned = dict.fromkeys(word for each in words if (word := tag_text(each)))
    categories = tuple(word for word in cleaned if _CATEGORY.fullmatch(word))
    tags = (
        word[1:] if word.startswith("\\") and _CATEGORY.fullmatch(word.lstrip("\\")) else word
        for word in cleaned
        if word not in categories
    )
    return categories, tuple(dict.fromkeys(tags))


def tag_text(tag: str) -> str:
    """A tag as somebody wrote it, with all its blanks; but with one for line breaks and tabs, which no tag has."""
    return clean(tag) if _BREAK.search(tag) else without_controls(tag).strip()


def with_line_feeds(text: str) -> str:
    """A text in which every line ends as `read` wants it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def note_text(note: str) -> str:
    """A note without what programs set around one: empty lines above, and blanks and line ends below; with line feeds.

    Blanks before its first words stay, for they may indent them.
    """
    text = _EMPTY_ABOVE.sub("", with_line_feeds(note).rstrip(" \t\n"))
    return text if text.strip() else ""


def comment_of(note: str) -> str | None:
    """The authors' comment that a note is, as Zotero keeps what arXiv has of one; None for any other note."""
    return note.strip()[len(match[0]) :] if (match := COMMENT.match(note.strip())) else None


def merge_repeated(
    references: Iterable[Reference],
) -> tuple[tuple[Reference, ...], list[ReferenceProblem]]:
    """Each key once: what is said of a paper a second time is added to the first.

    Returns:
        The references in the order of their first mention, and a problem for each that stood there before.
    """
    kept: dict[str, Reference] = {}
    problems = []
    for reference in references:
        first = kept.setdefault(reference.paper.key, reference)
        if first is reference:
            continue
        name = reference.paper.identifier or clean(reference.paper.title or "a paper without a title")
        where = f" in line {first.line}" if first.line else ""
        problems.append(
            ReferenceProblem(reference.line, f"{name} stands already{where}: taken as one paper", lost=False)
        )
        kept[reference.paper.key] = _together(first, reference)
    return tuple(kept.values()), problems


def _together(first: Reference, second: Reference) -> Reference:
    fields = ("title", "author_text", "abstract", "comments", "doi", "journal_ref", "created", "updated")
    missing = {name: getattr(second.paper, name) for name in fields if getattr(first.paper, name) is None}
    paper = replace(
        first.paper,
        version=max(filter(None, (first.paper.version, second.paper.version)), default=None),
        categories=first.paper.categories or second.paper.categories,
        **missing,
    )
    notes = dict.fromkeys(note for note in (first.note, second.note) if note)
    return first._replace(
        paper=paper,
        tags=tuple(dict.fromkeys(first.tags + second.tags)),
        note="\n".join(notes) or None,
        read=first.read or second.read,
        starred=first.starred or second.starred,
        cited_as=first.cited_as or second.cited_as,
    )
