"""Titles that are typed or pasted as queries. They hold `and`, `or`, `not`, parentheses and names before colons as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from arxtui.core.folding import words_of
from arxtui.core.queries.lexing import OPERATORS, Token
from arxtui.core.queries.plain import MANY_IN_A_ROW
from arxtui.core.queries.values import is_unknown_field


def words_typed(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words that a query consists of, operators in small letters among them; none where it is more than that.

    Nobody writes `and not` but who means it. Titles begin with `Comment: `, where a field would stand right before a value.
    """
    plain = all(token.kind == token.text or _is_word(token, after) for token, after in _followed(tokens))
    meant = any(pair == ("and", "not") for pair in pairwise(token.kind for token in tokens))
    return tuple(word for token in tokens for word in words_of(token.text)) if plain and not meant else ()


def title_words(tokens: Sequence[Token], *, mistaken: bool) -> tuple[str, ...]:
    """The words of what may be a title of `MANY_IN_A_ROW` words or more, `sheep, goats and what they graze`; else none.

    In a title, words stand beside each other: `sheep and goats and cows` is a query.

    Args:
        tokens: of what was typed.
        mistaken: it is a mistake as a query, so signs and any operators may be part of a title.
    """
    operators = OPERATORS if mistaken else ("and", "or")
    for token, after in _followed(tokens):
        sign = mistaken and token.kind in ("open", "close")
        small = token.kind in operators and token.kind == token.text
        if not (sign or small or _is_word(token, after)) or is_unknown_field(token.text):
            return ()
    kinds = [token.kind for token in tokens if token.kind not in ("open", "close")]
    beside = any(not set(pair) & set(OPERATORS) for pair in pairwise(kinds))
    if len(kinds) < MANY_IN_A_ROW or not (mistaken or beside):
        return ()
    return tuple(word for token in tokens if token.kind not in operators for word in words_of(token.text))


def _followed(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token | None]]:
    return zip(tokens, [*tokens[1:], None], strict=False)


def _is_word(token: Token, after: Token | None) -> bool:
    return token.kind == "word" or (token.kind == "field" and after is not None and after.start > token.end)
