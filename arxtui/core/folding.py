r"""One spelling for all: lower case, accents, TeX and Unicode forms of a letter folded together.

`Schr\"odinger`, `Schrödinger` and `schrodinger` fold to the same letters, so do `$\alpha$`, `α` and `alpha`.
The index and the query go through the same fold, and so does what is highlighted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi"
    " psi omega"
).split()
_LETTERS = {
    **{
        unicodedata.lookup(f"GREEK SMALL LETTER {'LAMDA' if name == 'lambda' else name.upper()}"): name
        for name in _GREEK
    },
    "ς": "sigma",
    "ϵ": "epsilon",
    "ϕ": "phi",
    "ϑ": "theta",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ł": "l",
    "ı": "i",
    "ŋ": "n",
    "þ": "th",
    "’": "'",
    "‘": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
}
_COMMANDS = {
    "l": "l",
    "L": "l",
    "o": "o",
    "O": "o",
    "i": "i",
    "j": "j",
    "ss": "ss",
    "ae": "ae",
    "AE": "ae",
    "oe": "oe",
    "OE": "oe",
    "aa": "a",
    "AA": "a",
    "ell": "l",
    "hbar": "h",
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varphi": "phi",
    "varrho": "rho",
    "varsigma": "sigma",
    "varpi": "pi",
}
_STYLES = (
    "emph textit textbf textrm textsc texttt textsf mathrm mathbf mathcal mathbb mathfrak mathsf mathit mathscr boldsymbol"
    " bm it bf rm em sl sc tt cal text operatorname ensuremath left right"
).split()
_TOKEN = re.compile(
    r"""\\(?:[`'^"~=.]\s*|[cuvHtdbkr](?![A-Za-z])\s*)\{?\\?(?P<letter>[A-Za-z])
      | \\(?P<command>[A-Za-z]+)\s?
      | \\(?P<escaped>[^A-Za-z])
      | (?P<silent>[{}$^_])
      | (?P<wide>[^\x00-\x7f])
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\\(?P<accent>[`'^\"~=.])\s*\{?\\?(?P<letter>[A-Za-z])(?P<closed>\s*\})?")
_WORD = re.compile(r"\w+")


@cache
def _letter(character: str) -> str:
    """The fold of one character outside ASCII."""
    lower = character.lower()
    if lower in _LETTERS:
        return _LETTERS[lower]
    apart = unicodedata.normalize("NFKD", lower)
    kept = "".join(part for part in apart if not unicodedata.combining(part))
    return "".join(_LETTERS.get(part, part) for part in kept)


def _replacement(match: re.Match[str]) -> str:
    if match["letter"]:
        return match["letter"]
    if (command := match["command"]) is not None:
        if command in _STYLES:
            return ""
        return _COMMANDS.get(command, command)
    if match["wide"]:
        return _letter(match["wide"])
    return match["escaped"] or ""


def fold(text: str) -> str:
    """Fold a text for comparison: what a person would type to find it."""
    if text.isascii() and "\\" not in text and "$" not in text and "{" not in text and "_" not in text:
        return text.lower()
    return _TOKEN.sub(_replacement, text).lower()


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def find_words(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text.

    Args:
        text: any text.
        words: folded words; each also matches the beginning of a longer word.

    Returns:
        Spans in `text` as (start, end), offsets in code points, in order and without overlap.
    """
    if not words or not text:
        return []
    folded, starts, ends = _fold_with_origin(text)
    pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in sorted(words, key=len, reverse=True)))
    return [(starts[match.start()], ends[match.end() - 1]) for match in pattern.finditer(folded)]


def _fold_with_origin(text: str) -> tuple[str, list[int], list[int]]:
    """The fold of a text and, for each character of it, where what it stands for begins and ends."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in [*_TOKEN.finditer(text), None]:
        start = match.start() if match else len(text)
        pieces.append(text[at:start].lower())  # all ASCII, so as long as before
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        if match:
            replacement = _replacement(match).lower()
            pieces.append(replacement)
            starts.extend([start] * len(replacement))
            ends.extend([match.end()] * len(replacement))
            at = match.end()
    return "".join(pieces), starts, ends
