"""The fields that a format tells of a paper, made a reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxtui.core.display import clean
from arxtui.core.exchange.citekeys import own_key
from arxtui.core.exchange.references import Reference, ReferenceProblem, without_identifier
from arxtui.core.identifiers import Identifier
from arxtui.core.papers import Paper

_DOI_LINK = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)


@dataclass
class Fields:
    """What one entry of a file tells; the text is TeX or plain.

    Attributes:
        identifier: the arXiv identifier, or None.
        authors: names as arXiv writes them.
        doi: with or without the address before it.
        title, abstract, comments, categories, journal_ref, created, updated: as in `Paper`.
        tags, note, read, starred: as in `Reference`.
        cited_as: the name of the entry in its file, whether or not documents can cite it.
    """

    identifier: Identifier | None
    title: str | None = None
    authors: Sequence[str] = ()
    abstract: str | None = None
    comments: str | None = None
    categories: tuple[str, ...] = ()
    doi: str | None = None
    journal_ref: str | None = None
    created: str | None = None
    updated: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    read: bool | None = None
    starred: bool = False
    cited_as: str = ""


def build(fields: Fields, name: str, line: int) -> tuple[list[Reference], list[ReferenceProblem]]:
    """Make a reference of what an entry tells.

    Args:
        fields: what it tells.
        name: how the file calls it, for a message.
        line: where it begins, counted from 1.

    Returns:
        The reference, none where there is nothing to know a paper by; and what is to be said of it.
    """
    doi = clean(_DOI_LINK.sub("", fields.doi or ""))
    paper = Paper(
        key=fields.identifier.key if fields.identifier else "",
        version=fields.identifier.version if fields.identifier else None,
        title=clean(fields.title or "") or None,
        author_text=clean(", ".join(fields.authors)) or None,
        abstract=clean(fields.abstract or "") or None,
        comments=clean(fields.comments or "") or None,
        categories=fields.categories,
        # arXiv's own DOI of a paper says no more than its identifier.
        doi=doi if doi and not _ARXIV_DOI.match(doi) else None,
        journal_ref=clean(fields.journal_ref or "") or None,
        created=fields.created,
        updated=fields.updated,
    )
    problems = []
    if fields.identifier is None:
        named = clean(name)
        kept = without_identifier(paper)
        if kept is None:
            message = f"no arXiv identifier and no title: {named} is left out; add an eprint or a title"
            return [], [ReferenceProblem(line, message)]
        paper = kept
        problems.append(ReferenceProblem(line, f"no arXiv identifier: {named} is kept by its title"))
    cited_as = own_key(fields.cited_as)
    if fields.cited_as.strip() and cited_as is None:
        message = f"the citation key {clean(fields.cited_as)} is not kept, for not every program reads it: the paper gets one of its own"
        problems.append(ReferenceProblem(line, message, lost=False))
    # What must not reach a terminal stays in a note as well: who shows it takes that out.
    note = fields.note if (fields.note or "").strip() else None
    return [Reference(paper, fields.tags, note, fields.read, fields.starred, line, cited_as)], problems
