r"""One spelling for all: lower case, accents, TeX and Unicode forms of a letter folded together.

`Schr\"odinger`, `Schrödinger` and `schrodinger` fold to the same letters, so do `$\alpha$`, `α` and `alpha`.
The index and the query go through the same fold, and so does what is highlighted.
"""

from __future__ import annotations

import re
import unicodedata
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
_LETTER_COMMANDS = {
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
    "dh": "d",
    "dj": "d",
    "th": "th",
    "ell": "l",
    "hbar": "h",
    "imath": "i",
    "jmath": "j",
}
"""Commands for single letters. They stand in the middle of words, and take the blank behind them: `\\L odz`."""
_NAMES = {
    **{name: name for name in _GREEK},
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varphi": "phi",
    "varrho": "rho",
    "varsigma": "sigma",
    "varpi": "pi",
    "varkappa": "kappa",
}
"""Commands for letters with names. Other commands are words of their own: `\\log\\log n`."""
_STYLES = (
    "emph textit textbf textrm textsc texttt textsf textup textnormal mathrm mathbf mathcal mathbb mathfrak mathsf"
    " mathit mathscr mathtt boldsymbol bm it bf rm em sl sc tt cal text operatorname ensuremath left right mbox hbox"
    " hat bar tilde vec dot ddot check breve acute grave widehat widetilde overline underline mathring"
).split()
"""Commands that change how letters look, not which they are."""
_SILENT = "{}$^_"
"""What TeX writes between letters that belong together: `H$_2$O`."""
_TEX = rf"""\\(?:(?:[`'^"~=.]\s*|[cuvHtdbkr](?![A-Za-z])\s*)\{{?\\?(?P<letter>[A-Za-z])(?:(?<=\\[ij])\s)?
          | (?P<plain>{"|".join(_LETTER_COMMANDS)})(?![A-Za-z])\s?
          | (?P<style>{"|".join(_STYLES)})(?![A-Za-z])\s?
          | (?P<command>[A-Za-z]+)
          | (?P<escaped>[^A-Za-z]))"""
_UNSEEN = f"{_SILENT}-"
"""What says nothing behind a backslash either; `\\\\-` is where a word may be broken."""
_COMMAND = re.compile(_TEX, re.VERBOSE)
_TOKEN = re.compile(rf"{_TEX} | (?P<silent>[{re.escape(_SILENT)}]) | (?P<wide>[^\x00-\x7f])", re.VERBOSE)
_WIDE = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = "".join(letter if letter.isalnum() else " " for letter in map(chr, range(128)))


def _cased_letter(character: str) -> str:
    """The fold of one character outside ASCII, in its case."""
    folded = _letter(character)
    return folded.capitalize() if character.isupper() else folded


@cache
def _letter(character: str) -> str:
    """The fold of one character outside ASCII."""
    lower = character.lower()
    if lower in _LETTERS:
        return _LETTERS[lower]
    apart = unicodedata.normalize(
        "NFKD", lower
    ).lower()  # a mathematical capital comes apart into a plain one
    kept = "".join(part for part in apart if not unicodedata.combining(part))
    return "".join(_LETTERS.get(part, part) for part in kept)


def _command(match: re.Match[str]) -> str:
    """The fold of a TeX command, which may still hold a character outside ASCII."""
    kind = match.lastgroup
    text = match[kind or 0]
    if kind == "letter":
        return text
    if kind == "command":
        # A name goes on where letters go on: `H$\\alpha$` is `Hα`. What is no letter ends the words beside it.
        name = _NAMES.get(text.lower())
        return f" {text} " if name is None else name.capitalize() if text[0].isupper() else name
    if kind == "plain":
        return _LETTER_COMMANDS[text]
    return "" if kind == "style" or text in _UNSEEN else text


def fold(text: str) -> str:
    """Fold a text for comparison: what a person would type to find it."""
    # Pass by pass, for each is quick where there is nothing for it to do: most text is plain ASCII.
    if "\\" in text:
        text = _COMMAND.sub(_command, text)
    if not text.isascii():
        text = _WIDE.sub(lambda match: _letter(match[0]), text)
    # Four times as fast as `translate`, which looks at every character of text that has none of these.
    for silent in _SILENT:
        if silent in text:
            text = text.replace(silent, "")
    return text.lower()


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    folded = fold(text)
    if folded.isascii():  # as most are: three times as fast
        return folded.translate(_ASCII_WORDS).split()
    return _WORD.findall(folded)


def fold_with_origin(text: str, *, cased: bool = False) -> tuple[str, list[int], list[int]]:
    """The fold of a text and, for each character of it, where what it stands for begins and ends.

    Args:
        text: any text.
        cased: keep capital letters.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in [*_TOKEN.finditer(text), None]:
        start = match.start() if match else len(text)
        pieces.append(text[at:start])  # all ASCII, so as long as before
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        if match:
            replacement = _token(match)
            pieces.append(replacement)
            starts.extend([start] * len(replacement))
            ends.extend([match.end()] * len(replacement))
            at = match.end()
    folded = "".join(pieces)
    return folded if cased else folded.lower(), starts, ends


def _token(match: re.Match[str]) -> str:
    """The fold of what `_TOKEN` found, in its case."""
    if match["silent"]:
        return ""
    folded = match["wide"] or _command(match)
    return "".join(map(_cased_letter, folded)) if not folded.isascii() else folded


def is_vanishing(letters: str) -> bool:
    """Whether folded letters may be part of a TeX command that the fold takes away, or makes something else of."""
    return any(letters in name.lower() for name in (*_STYLES, *_LETTER_COMMANDS, *_NAMES))
