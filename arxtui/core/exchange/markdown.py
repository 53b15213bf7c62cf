r"""Markdown: a reading list to paste into notes, an issue or a mail.

An item a paper: its title, its authors, the year and a link. Text is escaped by the rules of CommonMark
(https://spec.commonmark.org/0.31.2/#backslash-escapes): any sign of ASCII may have a backslash before it. Formulas stay between dollar signs, for pandoc,
GitHub, GitLab and most editors set them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from arxtui.core.display import clean
from arxtui.core.exchange.names import OTHERS, names_of
from arxtui.core.exchange.plain import plain
from arxtui.core.exchange.references import Reference, with_line_feeds
from arxtui.core.exchange.tex import regions
from arxtui.core.papers import Paper

_NAMED = 3  # names before "et al."
_TAB = 4  # blanks that a tab stands for, as in Markdown itself
_SIGN = re.compile(r"[\\`*_{}\[\]<>#|~&^@$]|:(?=//)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])")
# What a reader without formulas would take for code, a link, a picture or HTML; and an index of nothing, for emphasis.
_OTHER_MARKUP = re.compile(r"`|\]\s*[(\[:]|!\[|&\S*;|\\\\|://|www\.|@|(?<![^\W_]|[})\]])_|_(?![^\W_]|[{\\])")


def write(references: Iterable[Reference]) -> Iterator[str]:
    """The text of a Markdown list, an item at a time."""
    for reference in references:
        yield _item(reference)


def _item(reference: Reference) -> str:
    paper = reference.paper
    title = escape(plain(clean(paper.title or "")))
    parts = [f"**{title}**" if title else "", escape(_names(paper)), escape(clean(paper.date[:4]))]
    if paper.abstract_url:
        parts.append(f"[arXiv:{paper.identifier}]({paper.abstract_url})")
    elif not any(parts):
        parts.append(escape(clean((paper.abstract or paper.key)[:100])))
    lines = ["- " + _begun(". ".join(part.rstrip(".") for part in parts if part))]
    if reference.tags:
        lines.append("  Tags: " + ", ".join(_escaped(clean(tag)) for tag in reference.tags))
    lines += [
        f"  {_indented(line)}" for line in with_line_feeds(reference.note or "").split("\n") if line.strip()
    ]
    # Two blanks at the end of a line break it.
    return "  \n".join(lines) + "\n"


def _names(paper: Paper) -> str:
    names = [
        " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))
        for name in names_of(paper)
    ]
    shown = names if len(names) <= _NAMED else [names[0], OTHERS]
    return ", ".join(map(plain, shown)).replace(f", {OTHERS}", f" {OTHERS}")


def escape(text: str) -> str:
    """Text that Markdown shows as it is inside of a line; formulas stay.

    Args:
        text: one line, without TeX outside of formulas.
    """
    pieces = []
    for region in regions(text):
        if not region.math:
            pieces.append(_escaped(region.text))
        elif _OTHER_MARKUP.search(region.text):
            pieces.append(_escaped(f"${region.text}$"))
        else:
            pieces.append(f"${_formula(region.text)}$")
    return "".join(pieces)


def _begun(line: str) -> str:
    """A line that begins no list and no heading: `2003.` would be a numbered one."""
    if _NUMBERED.match(line):
        return _NUMBERED.sub(r"\1\\\2", line, count=1)
    return "\\" + line if line[:1] in ("+", "-", "=") else line


def _indented(line: str) -> str:
    """A line of a note, with the blanks that it begins with.

    They are no-break spaces, for Markdown takes others for its own layout and shows none.
    """
    text = line.strip()
    indent = line[: len(line) - len(line.lstrip())].expandtabs(_TAB)
    return "\u00a0" * len(indent) + _begun(_escaped(text))


def _escaped(text: str) -> str:
    # An address in a text would become a link.
    return re.sub(r"www\.", r"www\\.", _SIGN.sub(lambda sign: "\\" + sign[0], text), flags=re.IGNORECASE)


def _formula(text: str) -> str:
    """A formula without signs that mean something where no formulas are set: two stars would be emphasis."""
    text = re.sub(r"(?<!\\)\*", r"\\ast ", " ".join(text.split()))
    return text.replace("<", "\\lt ").replace(">", "\\gt ")
