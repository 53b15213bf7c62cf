"""BibTeX as arXiv gives it: `@misc` with eprint, archivePrefix and primaryClass.

The fields and their order are those of arXiv's own export (`arxiv_bibtex` in browse/formatting/cite.py of
https://github.com/arXiv/arxiv-browse), with three differences: names are written `Last, First`, for only so BibTeX parts them
rightly; a DOI is written bare, as styles that print one expect it; what keeps its capitals stands in braces. To it come the
month, the journal reference as `howpublished`, and what somebody noted as `keywords` and `annote`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from arxtui.core.display import clean
from arxtui.core.exchange.bibtex_text import protect
from arxtui.core.exchange.citekeys import CitationKeys, Claim
from arxtui.core.exchange.names import OTHERS, Name, names_of
from arxtui.core.exchange.plain_text import escape_keyword, escape_note
from arxtui.core.exchange.references import Reference, keyword
from arxtui.core.exchange.tex import tighten
from arxtui.core.identifiers import category_of
from arxtui.core.papers import Paper

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The names that every style defines."""

_ACCENT = re.compile(
    r"""\\[`'^"~=.]\s*(?:\{\\?[^\W\d_]\}|\\[ij](?![A-Za-z])|[^\W\d_])
      | \\[uvHrkcdb](?:\s*\{\\?[^\W\d_]\}|\s+[^\W\d_])
      | \\(?:ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j)(?![A-Za-z])(?:\{\}|\s+)?
      | [{}]""",
    re.VERBOSE,
)


def write(references: Iterable[Reference], keys: CitationKeys) -> Iterator[str]:
    """The text of a BibTeX file, an entry at a time.

    Args:
        references: what to write.
        keys: their citation keys.
    """
    for reference in references:
        yield _entry(reference, keys.of(reference.paper)) + "\n\n"


def bibtex(paper: Paper, claims: Iterable[Claim] = ()) -> str:
    """The BibTeX entry of one paper.

    Args:
        paper: the paper.
        claims: what gave the papers that are kept their citation keys.
    """
    return _entry(Reference(paper), CitationKeys([paper], claims=claims).of(paper))


def _entry(reference: Reference, key: str) -> str:
    paper = reference.paper
    month = paper.date[5:7]
    fields = {
        "title": protect(tighten(clean(paper.title or ""))),
        "author": " and ".join(map(_name, names_of(paper))),
        "year": tighten(clean(paper.date[:4])),
        "eprint": paper.identifier or "",
        "archivePrefix": "arXiv" if paper.identifier else "",
        "primaryClass": tighten(clean(next(iter(paper.categories), category_of(paper.key) or ""))),
        "doi": _verbatim(paper.doi or ""),
        "howpublished": tighten(clean(paper.journal_ref or "")),
        "url": paper.abstract_url or "",
        "keywords": ", ".join(escape_keyword(keyword(tag)) for tag in reference.tags),
        "annote": escape_note(reference.note or ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month.isdecimal() and 1 <= int(month) <= 12:
        after = next(place for place, line in enumerate(lines) if line.startswith("  year ="))
        lines.insert(after + 1, f"  month = {MONTHS[int(month) - 1]},")
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _name(name: Name) -> str:
    if name.whole:
        return "others" if name.family == OTHERS else f"{{{tighten(name.family)}}}"
    family = " ".join(_part(part) for part in (name.particle, name.family) if part)
    if not name.given and not name.suffix:
        return f"{{{family}}}" if " " in family else family
    return ", ".join([family, *([_part(name.suffix)] if name.suffix else []), _part(name.given)])


def _part(text: str) -> str:
    r"""A part of a name in which each letter with an accent is a group, `{\'E}`: else its initial would be a backslash."""
    tight = tighten(text)
    pieces, depth, at = [], 0, 0
    for match in _ACCENT.finditer(tight):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            pieces += [tight[at : match.start()], f"{{{match[0].strip()}}}"]
            at = match.end()
    return "".join([*pieces, tight[at:]])


def _verbatim(text: str) -> str:
    """A DOI, which styles take as it is; what would end the field stands as in an address, `%7D`."""
    return re.sub(r"[{}\\%\s]", lambda found: f"%{ord(found[0]):02X}", clean(text))
