"""Papers as others cite them."""

from __future__ import annotations

import re
import unicodedata

from arxtui.core.display import clean
from arxtui.core.papers import Paper

_NAMED = 3  # names in a citation before "et al."


def citation(paper: Paper) -> str:
    """One line of plain text: authors, title, identifier, year."""
    names = _names(paper)
    who = ", ".join(names) if len(names) <= _NAMED else f"{names[0]} et al."
    parts = [who, clean(paper.title or ""), f"arXiv:{paper.identifier}" if paper.identifier else ""]
    year = f" ({paper.date[:4]})" if paper.date else ""
    return ". ".join(part.rstrip(".") for part in parts if part) + year + "."


def bibtex(paper: Paper) -> str:
    """A BibTeX entry in arXiv's own form: `@misc` with eprint, archivePrefix and, where known, primaryClass.

    Text stays TeX, as it is in arXiv's records. A brace without its partner, which would end the entry early, is
    written as a command.
    """
    names = _names(paper)
    fields = {
        "title": clean(paper.title or ""),
        "author": " and ".join(names),
        "year": paper.date[:4],
        "eprint": paper.identifier or "",
        "archivePrefix": "arXiv" if paper.identifier else "",
        "primaryClass": paper.categories[0] if paper.categories else "",
        "doi": paper.doi or "",
        "url": paper.abstract_url or "",
    }
    lines = [f"  {name} = {{{_balanced(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_citation_key(paper, names)},", *lines, "}"])


def _names(paper: Paper) -> list[str]:
    """The authors without the affiliations in parentheses behind them."""
    names = [clean(name) for name in paper.authors]
    return [(name.partition("(")[0].rstrip() if name.endswith(")") else name) or name for name in names]


def _balanced(text: str) -> str:
    depth = 0
    for mark in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            break
    if depth:
        return re.sub(r"(?<!\\)[{}]", lambda brace: r"\{" if brace[0] == "{" else r"\}", text)
    return text


def _citation_key(paper: Paper, names: list[str]) -> str:
    """First surname, year, first long word of the title; the identifier makes up for what is missing."""
    surname = names[0].split()[-1] if names else "arxiv"
    word = next((word for word in re.findall(r"\w+", paper.title or "") if len(word) > 3), paper.key)
    plain = (
        unicodedata.normalize("NFKD", f"{surname}{paper.date[:4]}{word}").encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^A-Za-z0-9]", "", plain).lower()
