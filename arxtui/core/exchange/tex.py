r"""TeX in titles and names: made safe for LaTeX, read back, and made plain for what knows no TeX.

Titles in arXiv's records are TeX by habit, not by test: most are valid, some have a bare `&` or `L_p`, a few a brace or a
dollar sign without its partner. Mathematics is told from text first (`regions`), for a rule is right in one of them only.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from arxtui.core.exchange.symbols import SYMBOLS

_MATH_FUNCTIONS = (
    "mathbb mathcal mathfrak mathrm mathbf mathsf mathit mathscr boldsymbol sqrt frac bar hat tilde vec dot ddot widehat"
    " widetilde overline Bbb"
).split()
_SIGN = re.compile(r"\\(?:[A-Za-z]+|.|\Z)|.", re.DOTALL)
_MATH = re.compile(
    r"""\$\$(?P<display>(?:[^\\$]|\\.)+)\$\$ | \$(?P<inline>(?:[^\\$]|\\.)+)\$ | \\(?:[A-Za-z]+|.) | [^\\$]+ | .""",
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {r"\(": r"\)", r"\[": r"\]"}
_MONEY = re.compile(r"\d[\d.,]*(?:[kMBT]\b|\b)[^\\^_=<>]*\s\Z")
_FORMULA = re.compile(r"[\\^_]")
_FORBIDDEN_IN_TEXT = {
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "^": r"\^{}", "$": r"\$", "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}", "<": r"{\textless}", ">": r"{\textgreater}",
}  # fmt: skip
_FORBIDDEN_IN_MATH = {"%": r"\%", "&": r"\&", "#": r"\#", "{": r"\lbrace ", "}": r"\rbrace ", "$": r"\$"}
# LaTeX puts an accent on `i` as on `\i`; some readers of BibTeX, pandoc among them, make a letter of the one only.
_DOTLESS = re.compile(
    r"""(\\[`'^"~=.]|\\[uvHrkcdb](?=[\s{\\]))\s*(?:\{\s*\\([ij])\s*\}|\\([ij])(?![A-Za-z])\s?)"""
)
_BACKSLASH = r"\textbackslash{}"
_MATH_ALONE = re.compile(
    r"\\(?:(?:"
    + "|".join(_MATH_FUNCTIONS)
    + r")(?![A-Za-z])\s*(?:\{[^{}$\\]*\}|\\[A-Za-z]+|[A-Za-z0-9](?![A-Za-z]))"
    r"|(?:" + "|".join(sorted(SYMBOLS, key=len, reverse=True)) + r")(?![A-Za-z]))"
)


class Region(NamedTuple):
    """A stretch of text or of mathematics.

    Attributes:
        math: whether it is mathematics.
        text: what stands in it, without the signs that begin and end mathematics.
        display: whether it is mathematics on a line of its own.
    """

    math: bool
    text: str
    display: bool = False


def regions(text: str) -> list[Region]:
    """Divide TeX into text and mathematics.

    A dollar sign without a partner opens mathematics up to the end where a formula follows it, and is a currency's where
    none does. So are two of them around `5 and `.

    Args:
        text: any text.

    Returns:
        The stretches in order; those of text may hold a dollar sign, which then is one.
    """
    found: list[Region] = []
    plain: list[str] = []
    missing: set[str] = set()  # what a look to the end has not found, so that it is not looked for again
    at = 0
    while at < len(text):
        match = _MATH.match(text, at)
        assert match is not None  # the last alternative takes any character
        kind = match.lastgroup
        at = match.end()
        if (closing := _CLOSING.get(match[0])) and closing not in missing:
            end = text.find(closing, at)
            if end > at:
                found += [Region(False, "".join(plain)), Region(True, text[at:end], closing == r"\]")]
                plain, at = [], end + 2
                continue
            missing |= {closing} if end < 0 else set()
        if kind == "inline" and _MONEY.match(match["inline"]):
            plain.append("$")
            at = match.start() + 1
        elif kind is not None:
            found += [Region(False, "".join(plain)), Region(True, match[kind], kind == "display")]
            plain = []
        elif match[0] == "$" and text.find("$", at) < 0 and _FORMULA.search(text, at):
            found += [Region(False, "".join(plain)), Region(True, text[at:])]
            plain, at = [], len(text)
        else:
            plain.append(match[0])
    found.append(Region(False, "".join(plain)))
    return [region for region in found if region.text]


def tighten(text: str) -> str:
    r"""Make TeX that LaTeX and BibTeX can read of a title or a name.

    Valid TeX stays as it is. Text gets a backslash before `% & # _ $`, a command for `< >` and a circumflex; a brace without its
    partner becomes a command; a command of mathematics outside of it is put into it. Unknown commands stay.

    Args:
        text: one line without control characters.

    Returns:
        TeX whose braces are balanced as BibTeX counts them: it takes no notice of a backslash before a brace.
    """
    divided = regions(text)
    alone = _unmatched("".join(region.text for region in divided if not region.math))
    pieces = []
    offset = 0
    for region in divided:
        if region.math:
            # In a line: a bibliography has no room for a formula of its own.
            pieces.append(f"${_tight_math(region.text)}$")
        else:
            here = {place - offset for place in alone}
            # What stands before a tie tells what it means, be it a formula.
            pieces.append(_tight_text(region.text, here, before="$" if pieces else " "))
            offset += len(region.text)
    return _DOTLESS.sub(lambda accent: f"{accent[1]}{{{accent[2] or accent[3]}}}", "".join(pieces))


def _tight_math(text: str) -> str:
    kept = {"&"} if "\\begin" in text else set()
    alone = _unmatched(text)
    pieces = []
    for match in _SIGN.finditer(text):
        piece = match[0]
        brace = match.end() - 1
        if piece == "\\":
            pieces.append("\\backslash ")
        elif piece == "\\\\":
            pieces.append(
                "\\\\ "
            )  # never right before a brace, which some readers would take for one without meaning
        elif piece in "{}" or piece in ("\\{", "\\}"):
            pieces.append(_FORBIDDEN_IN_MATH[piece[-1]] if brace in alone else piece)
        else:
            pieces.append(piece if piece in kept else _FORBIDDEN_IN_MATH.get(piece, piece))
    if text[-1:] in "^_":
        pieces.append("{}")
    return "".join(pieces)


def _tight_text(text: str, alone: set[int], before: str) -> str:
    pieces = []
    at = 0
    while at < len(text):
        if formula := _MATH_ALONE.match(text, at):
            pieces.append(f"\\ensuremath{{{formula[0]}}}")
            at = formula.end()
            continue
        match = _SIGN.match(text, at)
        assert match is not None  # it takes any character
        piece, at = match[0], match.end()
        if piece == "\\":
            pieces.append(_BACKSLASH)
        elif piece == "\\\\":
            pieces.append(" ")  # a line break, for which a title in a list has no room
        elif piece[-1] in "{}":
            pieces.append(_FORBIDDEN_IN_TEXT[piece[-1]] if at - 1 in alone else piece)
        elif piece == "~" and is_about(pieces[-1][-1] if pieces else before):
            pieces.append(r"\textasciitilde{}")
        else:
            pieces.append(_FORBIDDEN_IN_TEXT.get(piece, piece))
    return "".join(pieces)


def is_about(before: str) -> bool:
    """Tell whether a tilde means "about", by the sign before it: a tie behind a blank ties nothing."""
    return before.isspace() or before == "("


def _unmatched(text: str) -> set[int]:
    r"""Where a brace stands without its partner.

    To BibTeX a brace behind a backslash is a brace too, to other readers it is not: `\{` goes with `\}` and `{` with `}`, so that both
    find them balanced.
    """
    opened: list[tuple[int, bool]] = []
    alone: set[int] = set()
    for match in re.finditer(r"\\[^{}]|\\?[{}]", text, re.DOTALL):
        place, escaped = match.end() - 1, match[0][0] == "\\"
        if text[place] == "{":
            opened.append((place, escaped))
        elif text[place] == "}":
            if opened and opened[-1][1] == escaped:
                opened.pop()
            else:
                alone.add(place)
    return alone.union(place for place, _ in opened)
