"""What can be opened or copied of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from arxtui.core.display import clean
from arxtui.core.exchange.bibtex import bibtex
from arxtui.core.exchange.citation import citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from arxtui.core.papers import Paper
    from arxtui.reading import ReadingStore


class Copy(NamedTuple):
    """One thing to copy: what it is called, and how it is made (None: this paper has none)."""

    what: str
    make: Callable[[Paper, ReadingStore], str | None]


COPIES: Final = {
    "copy_id": Copy("identifier", lambda paper, _: paper.identifier),
    "copy_link": Copy("link", lambda paper, _: paper.abstract_url),
    "copy_bibtex": Copy("BibTeX entry", lambda paper, store: bibtex(paper, store.claims())),
    "copy_title": Copy("title", lambda paper, _: clean(paper.title) if paper.title else None),
    "copy_citation": Copy("citation", lambda paper, _: citation(paper)),
}
"""By action."""
