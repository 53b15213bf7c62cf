"""Titles, references and sentences that are typed or pasted as queries, with `and`, `not`, quotes and parentheses in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from arxtui.core.folding import words_of
from arxtui.core.queries.lexing import OPERATORS, Token
from arxtui.core.queries.plain import MANY_IN_A_ROW
from arxtui.core.queries.values import is_unknown_field

_REFERENCE = 6
"""Words. In a text of so many, quotes, parentheses and `not` may stand as in any text."""
_SENTENCE = 10
"""Words. In so many, `NOT` too: nobody types such a query."""


def words_typed(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words that a query consists of, operators in small letters among them; none where it is more than that.

    Nobody writes `and not` but who means it. Titles begin with `Comment: `, where a field would stand right before a value.
    """
    capitals = _all_in_capitals(tokens)
    plain = all(_is_small(token, capitals) or _is_word(token, after) for token, after in _followed(tokens))
    meant = any(pair == ("and", "not") for pair in pairwise(token.kind for token in tokens))
    return tuple(word for token in tokens for word in words_of(token.text)) if plain and not meant else ()


def loose_words(tokens: Sequence[Token], *, mistaken: bool) -> tuple[str, ...]:
    """The words of what may be a title, a reference or a sentence rather than a query; else none.

    A title has `MANY_IN_A_ROW` words or more, of which two stand beside each other: `sheep and goats and cows` is a query.

    Args:
        tokens: of what was typed.
        mistaken: it is a mistake as a query, so that its signs are more likely part of a text.
    """
    words = sum(
        len(words_of(token.text)) if token.kind == "phrase" else token.kind == "word" for token in tokens
    )
    long = mistaken or words >= _REFERENCE
    capitals = _all_in_capitals(tokens) or words >= _SENTENCE
    operators = OPERATORS if long else ("and", "or")
    for token, after in _followed(tokens):
        sign = token.kind in ("open", "close", "phrase") and long
        operator = token.kind in operators and _is_small(token, capitals)
        if not (sign or operator or _is_word(token, after)) or is_unknown_field(token.text):
            return ()
    kinds = [token.kind for token in tokens if token.kind not in ("open", "close")]
    beside = any(not set(pair) & set(OPERATORS) for pair in pairwise(kinds))
    operated = sum(kind in OPERATORS for kind in kinds)
    if words + operated < MANY_IN_A_ROW or set(kinds) == {"phrase"} or not (mistaken or beside):
        return ()
    return tuple(word for token in tokens if token.kind not in operators for word in words_of(token.text))


def _followed(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token | None]]:
    return zip(tokens, [*tokens[1:], None], strict=False)


def _is_word(token: Token, after: Token | None) -> bool:
    return token.kind == "word" or (token.kind == "field" and after is not None and after.start > token.end)


def _is_small(token: Token, capitals: bool) -> bool:
    """Whether an operator stands as in a text: in small letters, or in capitals among such."""
    return token.kind == (token.text.lower() if capitals else token.text)


def _all_in_capitals(tokens: Sequence[Token]) -> bool:
    return not any(map(str.islower, "".join(token.text for token in tokens if token.kind == "word")))
