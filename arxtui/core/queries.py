"""What a person types to find papers."""

from __future__ import annotations

from typing import NamedTuple

from arxtui.core.folding import words_of
from arxtui.core.identifiers import Identifier, parse_identifier


class Query(NamedTuple):
    """A query as it was understood.

    Attributes:
        words: the folded words that a paper must hold; none for all papers.
        identifier: the paper that was asked for by its identifier or a link to it, else None.
    """

    words: tuple[str, ...]
    identifier: Identifier | None


def parse_query(text: str) -> Query:
    """Understand a query: plain words, all of which must be found; an identifier; `*` or nothing for all."""
    identifier = parse_identifier(text)
    if identifier is not None:
        return Query((), identifier)
    return Query(tuple(words_of(text)), None)
