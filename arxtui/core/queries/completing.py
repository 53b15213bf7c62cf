"""What is being typed at the cursor, so that it can be completed."""

from __future__ import annotations

from typing import NamedTuple

from arxtui.core.queries.lexing import OPERATORS, Token, lex
from arxtui.core.queries.tree import FIELDS, SORTS, STATES
from arxtui.core.queries.writing import write_value


class Completing(NamedTuple):
    """A beginning of something.

    Attributes:
        kind: the name of the field whose value is being typed; `word` for what may become a word, an operator or
            the name of a field; empty where nothing can be completed.
        beginning: what has been typed of it.
        start: where in the query it begins; what completes it takes the place of all from there to the cursor.
    """

    kind: str
    beginning: str
    start: int


def completing(text: str, cursor: int) -> Completing:
    """Tell what is being typed at a place of a query, whatever stands behind it."""
    text = text[:cursor]
    tokens = list(lex(text))
    fields: list[str] = []  # for every open parenthesis, what stands in it by default
    for previous, token in zip([None, *tokens], tokens, strict=False):
        if token.kind == "open":
            fields.append(_field(previous) or (fields[-1] if fields else ""))
        elif token.kind == "close" and fields:
            fields.pop()
    last = tokens[-1] if tokens else None
    kind = (fields[-1] if fields else "") or "word"
    before = _field(tokens[-2] if len(tokens) > 1 else None)
    sign = last is not None and last.text in ("-", "!") and not before
    if last is None or last.end < len(text) or last.kind in ("open", "field") or sign:
        return Completing(_field(last) or kind, "", len(text))
    kind = before or kind
    if last.kind in ("close", "pattern") or (last.kind == "phrase" and (last.closed or kind == "word")):
        return Completing("", "", len(text))
    if last.kind in OPERATORS and kind != "word":
        return Completing("", "", len(text))  # what stands there is said already, and means no value
    return Completing(kind, last.text, last.start)


def _field(token: Token | None) -> str:
    """The field that a token names."""
    return token.text if token is not None and token.kind == "field" else ""


def choices(what: Completing) -> list[str]:
    """What the language itself knows to complete a beginning with; values of other fields are for others to know."""
    known: dict[str, list[str]] = {
        "word": [*(f"{name}:" for name in FIELDS), *OPERATORS] if what.beginning else [],
        "is": list(STATES),
        "sort": [*SORTS, *(f"-{name}" for name in SORTS)],
    }
    beginning = what.beginning.lower()
    return [name for name in known.get(what.kind, []) if name.startswith(beginning) and name != beginning]


def completed(text: str, cursor: int, value: str) -> tuple[str, int]:
    """Complete what is being typed.

    Args:
        text: the query.
        cursor: a place in it.
        value: one of `choices`, or a value of the field: a name of a list, an author, a path; quoted where it must be.

    Returns:
        The new query and where the cursor stands in it, behind the value.
    """
    what = completing(text, cursor)
    written = value if what.kind == "word" else write_value(what.kind, value)
    return text[: what.start] + written + text[cursor:], what.start + len(written)
