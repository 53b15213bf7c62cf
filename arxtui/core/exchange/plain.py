r"""TeX as plain Unicode, for formats and programs that know no TeX.

Only what is known is changed: accents, letters, quotes, dashes, styles, braces that only group. An unknown command stays, and
so does mathematics that Unicode cannot write in a line. Nothing is dropped that a reader would miss.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from arxtui.core.exchange.symbols import ACCENTS, LETTERS, SYMBOLS
from arxtui.core.exchange.tex import Region, is_about, regions

_STYLES = frozenset(
    "emph textit textbf textrm textsc texttt textsf textsl textup textnormal underline mbox text ensuremath".split()
)
_SWITCHES = frozenset(
    "it bf rm em sl sc tt cal sf bfseries itshape boldmath protect relax large Large LARGE small".split()
)
_CHARACTERS = {
    "&": "&", "%": "%", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ", ":": " ",
    "/": "", "\\": " ", "-": "", "!": "", "@": "", "\n": " ",
}  # fmt: skip
"""What a backslash and one of these characters shows."""

_TOKEN = re.compile(
    r"""\\(?P<accent>[`'^"~=.])\s*(?:\{\s*(?P<a1>[^\W\d_]|\\[ij](?![A-Za-z]))\s*\}|(?P<a2>[^\W\d_]|\\[ij](?![A-Za-z])\s?))
      | \\(?P<letter_accent>[uvHrkcdb])(?:\s*\{\s*(?P<b1>[^\W\d_]|\\[ij](?![A-Za-z]))\s*\}
                                         |\s+(?P<b2>[^\W\d_])|(?P<b3>\\[ij](?![A-Za-z])\s?))
      | \\(?P<command>[A-Za-z]+)(?P<behind>\s*\{\}|\s*)
      | \\(?P<character>.) | (?P<open>\{) | (?P<close>\})
      | (?P<mark>``|''|---|--|~) | [^\\{}`'~-]+ | .""",
    re.VERBOSE | re.DOTALL,
)
# Two accents on one letter, as Vietnamese has them: `\~{\^e}`.
_NESTED = re.compile(
    r"""(?P<outer>\\(?:[`'^"~=.]|[uvHrkcdb](?![A-Za-z])))\s*\{\s*(?P<inner>\{?\\(?:[`'^"~=.]|[uvHrkcdb](?![A-Za-z]))\s*
        (?:\{\s*(?:[^\W\d_]|\\[ij])\s*\}|[^\W\d_]|\\[ij](?![A-Za-z]))\}?)\s*\}""",
    re.VERBOSE,
)
_MARKS = {"``": "“", "''": "”", "---": "—", "--": "–"}
_SCRIPTS = {
    "_": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "^": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
}
_SIMPLE = re.compile(
    r"""\\(?P<command>[A-Za-z]+)\s? | \\(?P<character>[,;: !%#&]) | (?P<script>[_^])(?:(?P<one>\d)|\{(?P<many>[0-9+=()-]+)\})
      | (?P<plain>[^\\{}$^_~]) | (?P<tie>~) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)

_BLANKS = re.compile(r"\s+")
_TEX = re.compile(r"[\\{}$~]|``|''|--")
"""What there is of TeX in any text that this module writes otherwise; most names and many titles have none."""


class Part(NamedTuple):
    """A stretch of plain text.

    Attributes:
        math: whether it was a formula.
        text: what is shown of it.
    """

    math: bool
    text: str


def plain(text: str) -> str:
    r"""Write TeX as a person would read it: `Schr\"odinger` as `Schrödinger`, `H$_2$O` as `H₂O`.

    Args:
        text: one line of TeX, valid or not.

    Returns:
        Unicode with single blanks. Formulas that need TeX stand between dollar signs, a lone dollar sign is one.
    """
    if _TEX.search(text):
        return "".join(part.text for part in plain_parts(text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_parts(text: str) -> list[Part]:
    """The same, divided where formulas begin and end."""
    parts: list[Part] = []
    before = " "
    for region in regions(text):
        # What stands before a tie tells what it means, be it a formula.
        shown = _formula(region) if region.math else _text(region.text, "$" if parts else " ")
        shown = _BLANKS.sub(" ", unicodedata.normalize("NFC", shown))
        shown = shown.lstrip(" ") if before == " " else shown
        before = shown[-1:] or before
        parts.append(Part(region.math, shown))
    while parts and not parts[-1].text.strip():
        parts.pop()
    return [*parts[:-1], *(Part(last.math, last.text.rstrip()) for last in parts[-1:])]


def _formula(region: Region) -> str:
    mark = "$$" if region.display else "$"
    return _simple(region.text) or f"{mark}{region.text.strip()}{mark}"


def _simple(formula: str) -> str | None:
    """A formula in Unicode, or None where that would lose something."""
    pieces: list[str] = []
    for match in _SIMPLE.finditer(formula):
        if match["other"]:
            return None
        if command := match["command"]:
            if command not in SYMBOLS:
                return None
            pieces.append(SYMBOLS[command])
        elif script := match["script"]:
            pieces.append((match["one"] or match["many"]).translate(_SCRIPTS[script]))
        elif match["tie"]:
            pieces.append(" ")
        else:
            pieces.append(
                match["plain"] or {"!": ""}.get(match["character"], match["character"]).strip(",;:") or " "
            )
    return "".join(pieces)


def _text(text: str, before: str) -> str:
    text = _NESTED.sub(lambda accent: f"{accent['outer']}{{{_text(accent['inner'], before)}}}", text)
    out: list[str] = []
    opened: list[tuple[int, bool]] = []
    arguments = False  # whether a group that opens here belongs to a command that stays
    for match in _TOKEN.finditer(text):
        follows, arguments = arguments, False
        if match["open"]:
            opened.append((len(out), follows))
            out.append("{")
        elif match["close"]:
            if not opened:
                out.append("}")
                continue
            place, keep = opened.pop()
            if keep:
                out.append("}")
                arguments = True
            else:
                out[place] = ""
        elif command := match["command"]:
            # What follows an unknown command may be its argument: `\\bar\\omega`.
            shown = None if follows else _command(command, match["behind"])
            arguments = shown is None
            out.append(match[0] if shown is None else shown)
        else:
            out.append(_character(match, out, before))
    return "".join(out)


def _command(name: str, behind: str) -> str | None:
    """What a command shows with the blanks or the empty group behind it; None where it is not known."""
    if name in _STYLES or name in _SWITCHES:
        return ""
    if name in LETTERS:
        # TeX takes no notice of blanks behind the name of a command.
        return LETTERS[name]
    if name in SYMBOLS:
        return SYMBOLS[name] + ("" if behind.strip() else behind)
    return None


def _character(match: re.Match[str], out: list[str], before: str) -> str:
    if accent := match["accent"] or match["letter_accent"]:
        letter = next(filter(None, match.group("a1", "a2", "b1", "b2", "b3"))).strip().lstrip("\\")
        return unicodedata.normalize("NFC", letter + ACCENTS[accent])
    if (character := match["character"]) is not None:
        return _CHARACTERS.get(character, match[0])
    if match["mark"] == "~":
        last = next((piece for piece in reversed(out) if piece), before)
        return "~" if is_about(last[-1]) else " "
    return _MARKS.get(match[0], match[0])
