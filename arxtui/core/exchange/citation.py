"""A paper as one line of plain text cites it."""

from __future__ import annotations

from arxtui.core.display import clean
from arxtui.core.exchange.names import without_affiliation
from arxtui.core.papers import Paper

_NAMED = 3  # names in a citation before "et al."


def citation(paper: Paper) -> str:
    """One line of plain text: authors, title, identifier, year; as they stand in the file, so that a TeX document can have it."""
    names = [without_affiliation(name) for text in paper.authors if (name := clean(text))]
    who = ", ".join(names) if len(names) <= _NAMED else f"{names[0]} et al."
    parts = [who, clean(paper.title or ""), f"arXiv:{paper.identifier}" if paper.identifier else ""]
    year = f" ({paper.date[:4]})" if paper.date else ""
    return ". ".join(part.rstrip(".") for part in parts if part) + year + "."
