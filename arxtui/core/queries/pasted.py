"""Identifiers as they are pasted into a search line, with what stands around them where they were copied."""

from __future__ import annotations

import re
from functools import cache

from arxtui.core.identifiers import (
    BEGUN_IDENTIFIER,
    IDENTIFIER,
    VERSION,
    Identifier,
    key_of,
    parse_identifier,
)

_STAMP = re.compile(
    r"\s*(?:arxiv\b:?\s*)?(\S{9,40})(?:\s+\[[\w.-]{2,20}\])?(?:\s+\d{1,2} [a-z]{3,9} \d{4})?\s*",
    re.IGNORECASE,
)
"""What arXiv prints at the edge of a first page: `arXiv:2102.13258v2 [cs.CV] 26 Feb 2021`."""
_WRAPPED = re.compile(r"\s*(?:<([^<>\s]+)>|\[[^\[\]]*\]\(\s*<?([^()<>\s]+)>?\s*\))\s*")
"""A link as mail and Markdown have it: `<https://arxiv.org/abs/2507.19427>`, `[a title](https://arxiv.org/abs/2507.19427)`."""
_BIBTEX = re.compile(r"\s*(?:@\w+\s*\{|\w+\s*=\s*[{\"])")
"""How an entry of BibTeX begins, or a field of one."""
_EPRINT = re.compile(r"\b(?:eprint|arxivid)\s*=\s*[{\"]?([^{}\"\s,]+)", re.IGNORECASE)
_BETWEEN_VALUES = re.compile(r"[\s{}\"=,]+")
_LED = r"\s*(?:arxiv:\s*|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/)"
_BEGUN_BEHIND = re.compile(rf"{_LED}(\d{{1,4}}\.?)\s*", re.IGNORECASE)
"""Fewer digits are the beginning of one only where it is said that one comes."""
_BEGUN = re.compile(
    rf"""{_LED}?
         ({BEGUN_IDENTIFIER} | [a-z]{{2,}}(?:-[a-z]+)?(?:\.[a-z-]+)?/(?:9[1-9]|0[0-7])[01]\d{{0,4}})(?:v\d{{0,3}})?\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def pasted(text: str) -> Identifier | None:
    """The identifier that a whole text is, or that it was pasted for: a link, a stamp, an entry of BibTeX."""
    if found := parse_identifier(text):
        return found
    for shape in (_WRAPPED, _STAMP):
        match = shape.fullmatch(text)
        if match and (found := parse_identifier(next(filter(None, match.groups())))):
            return found
    return _of_entry(text) if _BIBTEX.match(text) else None


def _of_entry(text: str) -> Identifier | None:
    """The identifier that an entry of BibTeX gives; Google Scholar hides it in the name of a journal."""
    eprint = _EPRINT.search(text)
    if eprint and (found := parse_identifier(eprint[1])):
        return found
    named = {found for piece in _BETWEEN_VALUES.split(text) if (found := parse_identifier(piece))}
    return named.pop() if len(named) == 1 else None


def begun(text: str) -> str | None:
    """The beginning of an identifier that a whole text is; None for another."""
    match = _BEGUN.fullmatch(text) or _BEGUN_BEHIND.fullmatch(text)
    return key_of(match[1]) if match else None


def identifier_within(word: str) -> Identifier | None:
    """The identifier that a word holds between signs: `?q=2507.19427`, `[hep-th/0303123]`; not what a path ends with."""
    match = _within().search(word)
    return parse_identifier(match[0]) if match else None


@cache
def _within() -> re.Pattern[str]:
    bare = rf"(?<![A-Za-z0-9./-])(?:arxiv:)?{IDENTIFIER}(?:{VERSION})?(?![A-Za-z0-9/-]|\.\d)"
    return re.compile(bare, re.IGNORECASE)
