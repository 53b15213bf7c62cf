r"""Titles in a BibTeX field: what keeps its capitals there, and how it is read back.

BibTeX's styles put titles in lower case, all but what stands in braces; that takes `$\Lambda$` for `$\lambda$`. A group whose first
sign is a backslash is one letter to them (`{\"O}`), and loses its case too. See "BibTeXing" by O. Patashnik, sections 3 and 4.
"""

from __future__ import annotations

import re

from arxtui.core.exchange.symbols import TEXT
from arxtui.core.exchange.tex import is_about, regions

_PIECE = re.compile(r"\\(?:[A-Za-z]+\s*|.|\Z)|\s+|.", re.DOTALL)  # blanks behind a command part nothing
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{4,}")
_BEFORE_ARGUMENT = re.compile(r"(?:\\(?:[A-Za-z]+\s*|[^A-Za-z\s])|[\]^_])\Z")
_LOOSE = {
    r"\&": "&", r"\%": "%", r"\#": "#", r"\_": "_", r"\^{}": "^", r"{\&}": "&", r"{\%}": "%", r"{\#}": "#", r"{\_}": "_",
}  # fmt: skip
_SHOWN = "|".join(TEXT)
_ESCAPED = re.compile(
    "|".join(re.escape(escaped) for escaped in sorted(_LOOSE, key=len, reverse=True))
    + r"|\\ensuremath\{(?P<formula>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
    + rf"|\{{\\(?P<grouped>{_SHOWN})\s*(?:\{{\}})?\}}|\\(?P<shown>{_SHOWN})(?![A-Za-z])(?:\{{\}}|\s+)?"
    + r"|\\text(?P<script>sub|super)script\{(?P<scripted>[^{}\\$]*)\}|(?P<other>\\.)",
    re.DOTALL,
)


def protect(text: str) -> str:
    """Put braces around what must keep its capitals: acronyms, formulas, and names where the title is in lower case.

    Args:
        text: TeX in which dollar signs and braces are balanced.
    """
    words = _chunks(text)
    # In a title that is written like a sentence a capital is a name's; where most words have one it says nothing.
    written = [
        word for chunk in words[1:] for word in _WORD.findall(_COMMAND.sub("", chunk)) if word[1:].islower()
    ]
    small = sum(word[0].islower() for word in written)
    sentence = 2 * small >= len(written)
    return "".join(_protected(chunk, first=not place, sentence=sentence) for place, chunk in enumerate(words))


def _chunks(text: str) -> list[str]:
    """A text cut behind each blank that is in neither braces nor a formula."""
    chunks, depth, formula, start = [], 0, False, 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece[-1] in "{}":  # with a backslash too, as BibTeX counts
            depth += 1 if piece[-1] == "{" else -1
        elif piece == "$":
            formula = not formula
        elif piece.isspace() and not depth and not formula:
            chunks.append(text[start : match.end()])
            start = match.end()
    return [*chunks, text[start:]]


def _protected(chunk: str, *, first: bool, sentence: bool) -> str:
    word = chunk.rstrip()
    # What stands outside of braces: inside, capitals are safe already, but for a group that is one letter.
    bare, depth, letter = [], 0, False
    for match in _PIECE.finditer(word):
        piece = match[0]
        if piece[-1] in "{}":
            depth += 1 if piece[-1] == "{" else -1
            letter = (
                depth == 1 and word.startswith("{\\", match.start()) if piece == "{" else letter and depth > 0
            )
        elif not depth or letter:
            bare.append(piece)
    outside = "".join(bare)
    # BibTeX leaves the first letter of the title alone, and a letter behind a colon and a blank.
    letters = _COMMAND.sub("", outside)
    capitals = [place for place, sign in enumerate(letters) if sign.isupper()]
    at_start = capitals == [0] or (
        bool(capitals) and capitals == [len(letters) - len(letters.lstrip("\"'(`[“"))]
    )
    formula = any(sign in outside for sign in "$_^") and any(sign.isupper() for sign in outside)
    command = any(sign.isupper() for piece in _COMMAND.findall(outside) for sign in piece)
    if not formula and not command:
        if not capitals:
            return chunk
        alone = len([sign for sign in letters if sign.isalpha()]) == 1 and letters.strip("\"'(),.") != "A"
        if at_start and (first or not (sentence or alone)):
            return chunk
    wrapped = f"{{{word}}}" if not word.startswith("\\") else f"{{{{{word}}}}}"
    return wrapped + chunk[len(word) :]


def loosen(text: str) -> str:
    r"""Read a title or a name from BibTeX: without the braces that keep capitals, and without needless backslashes.

    Args:
        text: the value of a field.

    Returns:
        TeX as arXiv's records have it: `R\&D {LaTeX}` becomes `R&D LaTeX`, `{\"o}` stays.
    """
    pieces: list[str] = []
    for region in regions(_ungrouped(text)):
        if region.math:
            pieces.append(_between(region.text, "$$" if region.display else "$"))
        else:
            pieces.append(_unescaped(region.text, before="$" if pieces else " "))
    return "".join(pieces)


def _between(formula: str, mark: str) -> str:
    return mark + re.sub(r"\\([%#])", r"\1", formula) + mark


def _unescaped(text: str, before: str) -> str:
    def loose(match: re.Match[str]) -> str:
        if match["other"]:
            return match["other"]
        if match["formula"] is not None:
            return match["formula"]
        if match["script"]:
            return f"${'_' if match['script'] == 'sub' else '^'}{{{match['scripted']}}}$"
        if name := match["grouped"] or match["shown"]:
            about = is_about((before + text[: match.start()])[-1])
            # Some of these are commands of TeX's where they stand for themselves, but for a tilde that ties nothing and a last backslash.
            if name == "textdollar":
                return r"\$"
            if (name == "textasciitilde" and not about) or (
                name == "textbackslash" and match.end() < len(text)
            ):
                return f"\\{name}{{}}"
            return TEXT[name]
        return _LOOSE[match[0]]

    return _ESCAPED.sub(loose, text)


def _ungrouped(text: str) -> str:
    """A text without the groups that belong to no command."""
    opened: list[tuple[int, bool]] = []
    dropped: list[int] = []
    formula = False
    argument = -1  # where the argument of a command ended, for another may follow
    for match in _PIECE.finditer(text):
        piece, at = match[0], match.end() - 1
        if piece == "$":
            formula = not formula
        elif piece == "{":
            belongs = formula or argument == at or bool(_BEFORE_ARGUMENT.search(text, max(at - 40, 0), at))
            opened.append((at, belongs))
        elif piece == "}" and opened:
            start, belongs = opened.pop()
            if belongs:
                argument = at + 1
            elif not _is_one_letter(text, start, at):
                dropped += [start, at]
    gone = set(dropped)
    return "".join(letter for place, letter in enumerate(text) if place not in gone)


def _is_one_letter(text: str, start: int, end: int) -> bool:
    r"""Tell whether a group is `{\"o}` or `{\it ...}`, or nothing: those mean something where they stand."""
    if end == start + 1:
        return True
    doubled = start > 0 and text[start - 1] == "{" and text[end + 1 : end + 2] == "}"
    return text[start + 1] == "\\" and not doubled
