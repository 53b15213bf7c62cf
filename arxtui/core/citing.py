"""Papers as others cite them."""

from __future__ import annotations

import re
import unicodedata

from arxtui.core.display import clean
from arxtui.core.papers import Paper

_BRACES = {"{": "{\\textbraceleft}", "}": "{\\textbraceright}"}
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

    Text stays TeX, as it is in arXiv's records. A brace without its partner, which would end the entry early or
    never, is written as a command.
    """
    names = _names(paper)
    fields = {
        "title": clean(paper.title or ""),
        "author": " and ".join(names),
        "year": paper.date[:4],
        "eprint": paper.identifier or "",
        "archivePrefix": "arXiv" if paper.identifier else "",
        "primaryClass": paper.categories[0] if paper.categories else "",
        "doi": clean(paper.doi or ""),
        "url": paper.abstract_url or "",
    }
    lines = [f"  {name} = {{{_balanced(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_citation_key(paper, names)},", *lines, "}"])


def _names(paper: Paper) -> list[str]:
    """The authors without the affiliations in parentheses behind them."""
    names = [cleaned for name in paper.authors if (cleaned := clean(name))]
    return [(name.partition("(")[0].rstrip() if name.endswith(")") else name) or name for name in names]


def _balanced(text: str) -> str:
    """Write each brace without a partner as a command. BibTeX counts a brace behind a backslash like any other."""
    opened: list[int] = []
    alone: list[int] = []
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            alone.append(brace.start())
    pieces, at = [], 0
    for place in sorted(alone + opened):
        pieces += [text[at:place].removesuffix("\\"), _BRACES[text[place]]]
        at = place + 1
    return "".join([*pieces, text[at:]])


def _citation_key(paper: Paper, names: list[str]) -> str:
    """First surname, year, first long word of the title; the identifier makes up for what is missing."""
    surname = names[0].split()[-1] if names else "arxiv"
    word = next((word for word in re.findall(r"\w+", paper.title or "") if len(word) > 3), paper.key)
    plain = (
        unicodedata.normalize("NFKD", f"{surname}{paper.date[:4]}{word}").encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^A-Za-z0-9]", "", plain).lower()
