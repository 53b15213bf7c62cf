"""Plain lists: an identifier a line going out; identifiers and links in any text coming in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from arxtui.core.display import clean
from arxtui.core.exchange.csv_table import HEAD
from arxtui.core.exchange.references import Reference, ReferenceProblem
from arxtui.core.identifiers import IDENTIFIER, VERSION, parse_identifier
from arxtui.core.papers import TEXT_KEY, Paper

_TEXT_KEY = re.compile(re.escape(TEXT_KEY) + r"[0-9a-f]{16}")
_PARTS = re.compile(r"[^\s,;|\"'<>()\[\]{}]+")
_ANYWHERE = re.compile(rf"(?<![\w.-]){IDENTIFIER}(?:{VERSION})?(?![\w/])")


def write(references: Iterable[Reference]) -> Iterator[str]:
    """The keys of papers, one a line: identifiers, and `text:` keys of papers that have none."""
    for reference in references:
        yield reference.paper.key + "\n"


def read(text: str) -> tuple[list[Reference], list[ReferenceProblem]]:
    """Read identifiers and links, however they are written.

    Where a line begins with identifiers, what stands behind them is a remark; else all that it holds are taken. Lines that begin
    with `#` are comments.

    Args:
        text: the file, with line feeds.

    Returns:
        The papers, and the lines in which there is no identifier.
    """
    references, problems = [], []
    for number, line in _lines(text):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = list(_papers_in(line))
        references += [Reference(paper, line=number) for paper in found]
        if not found:
            problems.append(
                ReferenceProblem(number, f"no arXiv identifier: {clean(line)[:60]!r} is left out")
            )
    return references, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; of our own CSV the first cells, for a note in it may have lines that name other papers."""
    if not text.startswith(",".join(HEAD) + "\n"):
        yield from enumerate(text.split("\n"), 1)
        return
    quoted = False
    for place, line in enumerate(text.split("\n"), 1):
        if not quoted and place > 1:
            yield place, line.partition(",")[0]
        quoted ^= line.count('"') % 2 == 1


def _papers_in(line: str) -> Iterator[Paper]:
    papers = [_paper(part) for part in _PARTS.findall(line)]
    if papers and papers[0] is not None:
        papers = papers[: next((place for place, paper in enumerate(papers) if paper is None), len(papers))]
    yield from {paper.key: paper for paper in papers if paper is not None}.values()


def _paper(part: str) -> Paper | None:
    if _TEXT_KEY.fullmatch(part):
        return Paper(part)
    found = parse_identifier(part.rstrip(".:"))
    if found is None and (inside := _ANYWHERE.search(part)):
        found = parse_identifier(inside[0])
    return Paper(found.key, version=found.version) if found else None
