"""From what a person types to a tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arxtui.core.folding import words_of
from arxtui.core.identifiers import Identifier, parse_identifier
from arxtui.core.queries.tree import Hint, Node, Word, all_of


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    Attributes:
        tree: which papers are asked for.
        strict: an explicit operator, field, quote, star or regular expression was used, so that nothing may be
            forgiven.
        sort: one of `SORTS`, `-` before it reverses; None where the query does not say.
        identifier: the whole text is this identifier, or a link to it; `tree` asks for it too.
        hints: what to tell someone who is typing: half-typed things and mistakes, in the order of the text.
        errors: those of the hints that are mistakes once typing has ended, for scripts.
    """

    tree: Node
    strict: bool = False
    sort: str | None = None
    identifier: Identifier | None = None
    hints: tuple[Hint, ...] = ()
    errors: tuple[Hint, ...] = ()


def parse(text: str, *, today: date | None = None) -> Query:  # noqa: ARG001  until dates are read
    """Understand a query. Whatever is typed means something: what cannot be understood is left out, with a hint.

    Args:
        text: in the language of `docs/searching.md`.
        today: what relative dates are reckoned from; by default the day it is.
    """
    identifier = parse_identifier(text)
    if identifier is not None:
        return Query(Word(identifier.key, field="id"), identifier=identifier)
    return Query(all_of(map(Word, words_of(text))))
