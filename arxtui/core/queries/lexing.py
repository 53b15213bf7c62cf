r"""The pieces of a query.

What looks like syntax is syntax only where a term begins: behind a blank, a parenthesis, a sign or a field. Within a
word it is part of the word, so that what people paste stays what it is: `Schr\"odinger`, `H$_2$O`, `SU(2)`, `C*-algebra`,
`3d/2d`, `self-supervised`, `and/or`. Behind a backslash nothing is syntax at all, for that is how TeX writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from arxtui.core.queries.tree import FIELDS, TEXT_FIELDS

Kind = Literal["open", "close", "and", "or", "not", "field", "word", "phrase", "pattern"]

OPERATORS: tuple[Literal["and", "or", "not"], ...] = ("and", "or", "not")

_RECORDED = {"comments": "comment", "authors": "author"}
"""Fields as the layouts and `arxtui export` call them -> as they are called here."""
_FIELD = re.compile(rf"({'|'.join((*FIELDS, *_RECORDED))}):", re.IGNORECASE)
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
"""What begins a phrase -> what ends it: keyboards and word processors make these of `"`."""
_PHRASES = {
    begin: re.compile(rf"{begin}((?:\\.|[^{end}\\])*)([{end}]?)", re.DOTALL) for begin, end in _QUOTES.items()
}
_PATTERN = r"/((?:\\.|(?!/(?:[\s)]|\Z))[^\\]){0,%s})(/?)"
_FIELD_PATTERN = re.compile(_PATTERN % "", re.DOTALL)
_BARE_PATTERN = re.compile(_PATTERN % "200", re.DOTALL)  # a limit, or many lone slashes would take long
_WORD_IN_PARENTHESES = re.compile(r"\((?:\w[^\s()\"/:]*\)-?[^\W_]|(?:19|20)\d\d[a-z]?\))")
"""How a word begins as titles have it, `(2+1)-dimensional`, `(non)integrability`; and the year of a reference, `(2004)`."""
_INITIAL, _DIGIT = re.compile(r"[^\W\d_]\."), re.compile(r"\d")
_LISTED = re.compile(r"(?:,|(?<![^\W_])[^\W\d_]\.)\s+\Z")
"""What an initial or a number goes on: another initial, or a comma."""
_PIECE_OF_WORD = re.compile(
    r"""\\(?:[`'^"~=.]|[cuvHtdbkr](?![A-Za-z]))\s+(?=[A-Za-z\\{])  # a TeX accent and its letter: Erd\H os
      | \\(?:[ijoOlL]|ss|ae|AE|oe|OE|aa|AA)\s+(?=[a-z])  # a TeX letter, and the blank that ends its name: S\o rensen
      | \\\S | [^\s()\\]+ | [()\\]""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a query.

    Attributes:
        kind: what it is.
        text: the name of a field in lower case; what stands within the quotes or slashes; else what was typed.
        start: where it begins in the query.
        end: where it ends.
        closed: the quote or slash at its end was typed.
    """

    kind: Kind
    text: str
    start: int
    end: int
    closed: bool = True


def lex(text: str) -> Iterator[Token]:
    """Divide a query into its pieces, in order."""
    at = 0
    loose = [0]  # for every open parenthesis, how many more its words have opened and not closed: O(n log n)
    field: str | None = None  # the one that ends right here
    while at < len(text):
        if text[at].isspace():
            at += 1
            field = None
            continue
        if text[at] == ")" and loose[-1]:
            loose[-1] -= 1
            at += 1
            continue
        token = _sign(text, at, field) or _quoted(text, at, field)
        if token is None:
            token, loose[-1] = _word(text, at, field, loose[-1])
        elif token.kind == "open":
            loose.append(0)
        elif token.kind == "close" and len(loose) > 1:
            loose.pop()
        yield token
        at = token.end
        field = token.text if token.kind == "field" else None


def _sign(text: str, at: int, field: str | None) -> Token | None:
    """A parenthesis, `-` or `!` before a term, or the name of a field."""
    character = text[at]
    if character == ")" or (character == "(" and not _WORD_IN_PARENTHESES.match(text, at)):
        return Token("open" if character == "(" else "close", character, at, at + 1)
    if field is not None:
        return None
    if character in "-!" and _begins_term(text, at):
        following = text[at + 1 : at + 2]
        if following and not following.isspace() and following not in "-!)>=<":
            return Token("not", character, at, at + 1)
    if found := _FIELD.match(text, at):
        name = found[1].lower()
        return Token("field", _RECORDED.get(name, name), at, found.end())
    return None


def _begins_term(text: str, at: int) -> bool:
    """Whether a sign may leave something out: not within a name or among numbers, `Z. -C. Yan`, `2, -2`."""
    if at and not (text[at - 1].isspace() or text[at - 1] == "("):
        return False
    return not (_INITIAL.match(text, at + 1) or _DIGIT.match(text, at + 1)) or not _LISTED.search(
        text[:at][-9:]
    )


def _quoted(text: str, at: int, field: str | None) -> Token | None:
    """A phrase or a regular expression."""
    if text[at] in _PHRASES and (found := _PHRASES[text[at]].match(text, at)):
        return Token("phrase", found[1], at, found.end(), closed=bool(found[2]))
    if text[at] != "/":
        return None
    if field in TEXT_FIELDS and (found := _FIELD_PATTERN.match(text, at)):
        return Token("pattern", found[1], at, found.end(), closed=bool(found[2]))
    found = _BARE_PATTERN.match(text, at) if field is None else None
    # "km / s / Mpc" holds none: without a field, only what looks like one from both ends is a regular expression.
    if found and found[1] and found[2] and found[1] == found[1].strip():
        return Token("pattern", found[1], at, found.end())
    return None


def _word(text: str, at: int, field: str | None, loose: int) -> tuple[Token, int]:
    """What goes on to the next blank, or to a parenthesis that neither it nor one of the loose ones opened."""
    start = at
    depth = 0
    while piece := _PIECE_OF_WORD.match(text, at):
        if piece[0] == "(":
            depth += 1
        elif piece[0] == ")" and depth:
            depth -= 1
        elif piece[0] == ")" and loose:
            loose -= 1
        elif piece[0] == ")":
            break
        at = piece.end()
    typed = text[start:at]
    for operator in OPERATORS:
        if field is None and typed in (operator, operator.upper()):
            return Token(operator, typed, start, at), loose
    return Token("word", typed, start, at), loose + depth
