"""What a word, a phrase or a regular expression means in a field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple, cast

from arxtui.core.folding import words_of
from arxtui.core.identifiers import key_of, parse_identifier
from arxtui.core.queries.dates import as_days, read_period
from arxtui.core.queries.lexing import Token
from arxtui.core.queries.pasted import identifier_within
from arxtui.core.queries.regexes import fault
from arxtui.core.queries.tree import (
    FIELDS,
    SIGN_FIELDS,
    STATES,
    TEXT_FIELDS,
    DateRange,
    Everything,
    In,
    Is,
    Node,
    PathGlob,
    Pattern,
    Phrase,
    Word,
    all_of,
)

_STAR = re.compile(r"(?<=[^\W_])\*\Z")
"""The star of `word*`. Behind a sign it is part of what TeX writes: `C^*`."""
_NAMED = re.compile(r"([A-Za-z][A-Za-z_-]*):(?=[^\W_])")
_BEGUN_PATTERN = re.compile(r"/[^/\s]{2,}")
_ADDRESS = re.compile(r"(?:(?:https?|ftp)://(?:www\.)?|doi:)(?=.)|(?=10\.\d{4,}/.)", re.IGNORECASE)
_CALLED = {
    "ti": "title",
    "au": "author",
    "abs": "abstract",
    "co": "comment",
    "cat": "category",
    "year": "date",
}
"""What people and the interface of arXiv call fields, too far from their names here to be guessed."""
_SIGNS = {"||": "or", "&&": "and"}
"""Operators of other languages -> those of this one."""
_BEGINNINGS, _ENDS = ("(", "["), (")", "]", "])", "))")
"""What begins a group or a set of letters in a regular expression; what may be missing at the end."""
_STAR_WITHIN = re.compile(r"([^\W\d_]{2,})\*([^\W\d_]+)")
"""Of `gra*ene`; what has a letter before it, `a*b`, is mathematics."""
_FAMILY_FIRST = re.compile(r"([^,]+), ?([^,]+)")
"""A name as references give it; arXiv has the given names first."""

_STAR_QUOTED = re.compile(r"[^\W\d_]{3,}\*(?=\s|\Z)")
_ESCAPE = re.compile(r'\\(["\\])')
_QUOTE = re.compile(r'(\\.)|"', re.DOTALL)
_ROUND_PATH = re.compile(r"\A(?:\./|\s)+|[/\s]+\Z")
_LINE = re.compile(r"(\.\w{1,8}):\d+\Z")  # as places are told: `2020/001.txt:339`
_SIGN = re.compile(r"[a-z0-9./:-]+")
_ROUND_SIGN = re.compile(r"\A(?:arxiv:|[/:-])+|[/:-]+\Z")
_WITH_CLASS = re.compile(r"[a-z-]+\.[a-z-]+/\d*")


class Meaning(NamedTuple):
    """What was understood.

    Attributes:
        node: what is asked for; None for nothing.
        message: what to say about it, or "".
        mistake: the message is one that a script should stop for.
    """

    node: Node | None
    message: str = ""
    mistake: bool = True


def meaning(field: str | None, token: Token, today: date) -> Meaning:
    """Understand one value.

    Args:
        field: the field it is typed for, other than `sort`; None for none.
        token: a word, a phrase or a regular expression.
        today: what relative dates are reckoned from.
    """
    if field is None or field in TEXT_FIELDS:
        if token.kind == "phrase":
            # Within “ ” a plain quote may stand; a backslash at the end would take the closing quote along.
            text = " ".join(_QUOTE.sub(r"\1", token.text).split()).rstrip("\\ ")
            if field == "author" and token.closed and (name := _FAMILY_FIRST.fullmatch(text)):
                text = f"{name[2]} {name[1]}"
            words = tuple(words_of(text))
            phrase = Phrase(words, text, field) if words else None
            return Meaning(phrase, _quoted_star(text, field) if token.closed else "", mistake=False)
        return _pattern(token, field) if token.kind == "pattern" else _text(token.text, field)
    if token.kind == "pattern" or (field in SIGN_FIELDS and re.fullmatch("/.+/", token.text)):
        where = ", ".join(f"{name}:" for name in TEXT_FIELDS)
        return Meaning(None, f"{field}: takes no regular expression: only {where} do")
    value = _ESCAPE.sub(r"\1", token.text).strip() if token.kind == "phrase" else token.text
    if field in SIGN_FIELDS:
        return _sign(value, field)
    if field == "is":
        state = value.lower()
        return Meaning(Is(state)) if state in STATES else Meaning(None, unknown("is:", value, STATES))
    if field in ("date", "updated"):
        return _dates(cast("Literal['date', 'updated']", field), value, today)
    if field == "path":
        path = _LINE.sub(r"\1", _ROUND_PATH.sub("", value))
        return Meaning(PathGlob(path) if path else None)
    return Meaning(In(cast("Literal['list', 'tag', 'note']", field), value) if value else None)


def unknown(before: str, typed: str, known: Iterable[str]) -> str:
    """What to say of a name that is not known: which one it may become, or is like, or which there are.

    Args:
        before: what stands before the name, `is:` say.
        typed: the name as typed.
        known: the names there are.
    """
    names = list(known)
    near = [name for name in names if typed and name.startswith(typed.lower())]
    near = near or difflib.get_close_matches(typed.lower(), names, n=1)
    remedy = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(names)}"
    return f"{before}{typed} is not known: {remedy}"


def is_unknown_field(typed: str) -> bool:
    """Whether a word is meant to begin with a field: titles have a name with a capital before a colon."""
    found = _NAMED.match(typed)
    return found is not None and found[1].islower() and len(found[1]) > 1


def _pattern(token: Token, field: str | None) -> Meaning:
    r"""A regular expression, in which `\/` stands for a slash."""
    text = re.sub(r"\\(.)", lambda found: "/" if found[1] == "/" else found[0], token.text, flags=re.DOTALL)
    wrong = fault(text)
    if wrong is None:
        return Meaning(Pattern(text, field))
    if not token.closed:
        # A parenthesis or a bracket has been opened: what stands in it is meant so far, or else before it.
        begun = (text[:end] for end in range(len(text) - 1, 0, -1))
        ended = (text + end for end in _ENDS if text and text[-1] not in _BEGINNINGS)
        if sound := next((part for part in (*ended, *begun) if fault(part) is None), ""):
            return Meaning(Pattern(sound, field))
    return Meaning(None, f"/{text}/: {wrong}" if text else wrong)


def _text(typed: str, field: str | None) -> Meaning:
    """Words, of which a star makes the last a prefix; without a field an identifier too."""
    if typed.strip("*") == "":
        return Meaning(Everything())
    if typed in _SIGNS:
        return Meaning(None, f"{typed} is no operator here: write {_SIGNS[typed]}", mistake=False)
    if typed in ("-", "!"):
        return Meaning(None, f"{typed} leaves out what stands right behind it: {typed}word", mistake=False)
    if star := _STAR_WITHIN.fullmatch(typed):
        before = f"{field}:" if field else ""
        remedy = f"write {before}{star[1]}* or {before}/{star[1]}\\w*{star[2]}/"
        message = f"a star stands for letters only at the end of a word: {remedy}"
        return Meaning(_words(typed, field), message, mistake=False)
    if field is not None:
        return Meaning(_words(typed, field))
    identifier = parse_identifier(typed.rstrip(".,;").strip("<>")) or identifier_within(typed)
    if identifier is not None:
        return Meaning(Word(identifier.key, field="id"))
    if _BEGUN_PATTERN.fullmatch(typed):
        message = "a regular expression ends with / as well: words are looked for"
        return Meaning(_words(typed, None), message, mistake=False)
    if address := _ADDRESS.match(typed):
        message = "only links and DOIs of arXiv lead to a paper: of this one the words are looked for"
        if "arxiv" in typed.lower():
            message = "this leads to no paper yet: write https://arxiv.org/abs/2507.19427, or 2507.19427"
        return Meaning(_words(typed[address.end() :], None), message, mistake=False)
    found = _NAMED.match(typed)
    if found is None:
        return Meaning(_words(typed, None))
    name = found[1].lower()
    near = [_CALLED[name]] if name in _CALLED else difflib.get_close_matches(name, FIELDS, n=1)
    remedy = f"did you mean {near[0]}:?" if near else f"fields are {', '.join(FIELDS)}"
    mistake = len(found[1]) > 1  # x:y is mathematics
    message = f"{found[1]}: is no field{'' if mistake else ', so it is looked for as a word'}: {remedy}"
    return Meaning(_words(typed, None), message, mistake)


def _quoted_star(text: str, field: str | None) -> str:
    """What to say of a star in quotes, where people mean the beginning of a word."""
    if not _STAR_QUOTED.search(text):
        return ""
    unquoted = f"({text})" if field and " " in text else text
    return f"in quotes a star stands for nothing: write {f'{field}:' if field else ''}{unquoted}"


def _words(typed: str, field: str | None) -> Node | None:
    """Words in a field, all of them."""
    words = [Word(word, field=field) for word in words_of(typed)]
    if words and _STAR.search(typed):
        words[-1] = Word(words[-1].text, prefix=True, field=field)
    return all_of(words) if words else None


def _sign(value: str, field: str) -> Meaning:
    """An identifier or the beginning of one; a category."""
    identifier = parse_identifier(value) if field == "id" else None
    if identifier is not None:
        return Meaning(Word(identifier.key, field=field))
    sign = _ROUND_SIGN.sub("", "".join(_SIGN.findall(value.lower())))
    if not sign:
        return Meaning(None, f"{field}:{value} is none: write id:2507.19427, category:hep-th")
    if field == "id" and _WITH_CLASS.fullmatch(sign):
        sign = key_of(sign)
    return Meaning(Word(sign, prefix=field == "id" or value.endswith("*"), field=field))


def _dates(field: Literal["date", "updated"], value: str, today: date) -> Meaning:
    """A range of dates."""
    period = read_period(value, today)
    first, last = as_days(period)
    message = f"{field}:{value}: {period.message}" if period.message else ""
    return Meaning(DateRange(field, first, last) if first or last else None, message, period.mistake)
