"""From what a person types to a tree.

The grammar is that of notmuch: `not` binds closest, then `and` and mere neighbourhood, then `or`; a field before a
parenthesis holds for all in it. Operators may be typed in capitals, but not as titles have them, `Not`. What makes no
sense is left out and said, so every text means something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from arxtui.core.identifiers import Identifier
from arxtui.core.queries.contradicting import contradiction
from arxtui.core.queries.lexing import Token, lex
from arxtui.core.queries.pasted import begun, pasted
from arxtui.core.queries.plain import MANY_IN_A_ROW, is_year
from arxtui.core.queries.titles import loose_words, words_typed
from arxtui.core.queries.tree import (
    SORTS,
    Everything,
    Hint,
    Node,
    Phrase,
    Word,
    all_of,
    any_of,
    opposite,
    wanted,
)
from arxtui.core.queries.values import meaning, unknown
from arxtui.core.queries.writing import write

_DEEPEST = 40  # parentheses within parentheses; a person types three, and Python's stack has an end
_VALUES = ("word", "phrase", "pattern")
_NUMBER = re.compile(r"\s*(?:arxiv:\s*)?((\d{4})\.(\d{4,5}))(?:v\d+)?\s*", re.IGNORECASE)
"""What looks like an identifier, also of a month that never was."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood. `str` writes it so that it is understood the same again.

    Attributes:
        tree: which papers are asked for.
        strict: an explicit operator, field, quote, star or regular expression was used, so that nothing may be
            forgiven.
        sort: one of `SORTS`, `-` before it reverses; None where the query does not say.
        identifier: the whole text is this identifier, or a link to it; `tree` asks for it too.
        hints: what to tell someone who is typing: half-typed things and mistakes, in the order of the text.
        errors: those of the hints that are mistakes once typing has ended, for scripts.
        open: the quote that is last is still open.
        ended: a blank stands behind the last word.
        typed: the folded words, in the order they were typed, where nothing else was: words that stand twice and `and`,
            `or`, `not` in small letters as well, for titles hold them. Else empty.
        loose: the folded words without operators, where what was typed may be a title, a reference or a sentence with `and`,
            quotes or parentheses in it: what to look for where it finds nothing as it stands. Else empty.
    """

    tree: Node
    strict: bool = False
    sort: str | None = None
    identifier: Identifier | None = None
    hints: tuple[Hint, ...] = ()
    errors: tuple[Hint, ...] = ()
    open: bool = False
    ended: bool = field(default=False, compare=False)
    typed: tuple[str, ...] = field(default=(), compare=False)
    loose: tuple[str, ...] = field(default=(), compare=False)

    @property
    def in_a_row(self) -> tuple[str, ...]:
        """What was typed, operators too, where a title that has it in a row is meant: it was copied from there."""
        return self.typed if self.strict and len(self.typed) >= MANY_IN_A_ROW else ()

    def forgiven(self) -> Query:
        """The plain words of what is a mistake as a query but may be a title; any other as it is."""
        if not self.errors or not self.loose:
            return self
        return Query(all_of(map(Word, self.loose)), ended=self.ended, typed=self.loose)

    def __str__(self) -> str:
        if self.sort is None:
            return write(self.tree)
        conditions = "" if self.tree == Everything() else write(self.tree, within="and") + " "
        return f"{conditions}sort:{self.sort}"


def parse(text: str, *, today: date | None = None) -> Query:
    """Understand a query. Whatever is typed means something: what cannot be understood is left out, with a hint.

    Args:
        text: in the language of `docs/searching.md`.
        today: what relative dates are reckoned from; by default the day it is.
    """
    if (identifier := pasted(text)) is not None:
        return Query(Word(identifier.key, field="id"), identifier=identifier)
    if (beginning := begun(text)) is not None:
        return Query(Word(beginning, prefix=True, field="id"), strict=True)
    if number := _NUMBER.fullmatch(text):
        words = Phrase((number[2], number[3]), " ".join(number.group(2, 3)))
        return Query(any_of((Word(number[1], prefix=True, field="id"), words)), strict=True)
    return _Parser(text, today or date.today()).query()  # noqa: DTZ011  the day where the person is who types


class _Parser:
    """One reading of one text, from its first token to its last."""

    def __init__(self, text: str, today: date) -> None:
        self._today = today
        self._hints: list[Hint] = []
        self._errors: list[Hint] = []
        self._strict = False
        self._sort: str | None = None
        self._open = False
        self._ended = text[-1:].isspace()
        self._years: list[Token] = []  # that stand among the words
        self._too_deep = 0  # parentheses that are open and were passed over
        self._all_tokens = list(lex(text))
        self._tokens = self._sensible(self._all_tokens)
        self._at = 0

    def query(self) -> Query:
        """Read everything."""
        nodes: list[Node] = []
        while self._at < len(self._tokens):
            node = self._any(None, 0)
            if node is not None:
                nodes.append(node)
            if self._at < len(self._tokens):
                self._wrong("no parenthesis is open here: leave ) out", self._next())
        if self._tokens and not nodes and self._sort is None and not self._errors:
            if self._hints:
                self._errors.append(self._hints[0])
            else:
                self._wrong(
                    "there is no letter or digit to look for: * stands for all papers", self._tokens[0]
                )
        for year in self._years if self._strict else ():
            text = year.text.strip("()")
            self._hint(f"{text} is looked for as a word: date:{text} means the year", year)
        tree = all_of(nodes)
        if against := contradiction(tree):
            self._hints.append(Hint(against, 0))
        hints, errors = (
            tuple(sorted(some, key=lambda one: one.column)) for some in (self._hints, self._errors)
        )
        typed = words_typed(self._all_tokens)
        loose = loose_words(self._all_tokens, mistaken=bool(errors))
        return Query(
            tree, self._strict, self._sort, None, hints, errors, self._open, self._ended, typed, loose
        )

    def _hint(self, message: str, token: Token) -> None:
        self._hints.append(Hint(message, token.start))

    def _wrong(self, message: str, token: Token) -> None:
        self._hint(message, token)
        self._errors.append(self._hints[-1])

    def _sensible(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without operators and fields that stand before nothing, or behind nothing."""
        kept: list[Token] = []
        following = "close"
        for token in reversed(tokens):
            operator = token.kind in ("and", "or", "not")
            if operator and following in ("close", "and", "or"):
                self._wrong(f"{token.text} stands before nothing: what comes after it?", token)
            elif token.kind == "field" and following not in ("open", *_VALUES):
                self._wrong(f"{token.text}: needs a value: write {_EXAMPLES[token.text]}", token)
            else:
                kept.append(token)
                following = token.kind
        sensible: list[Token] = []
        for token in reversed(kept):
            before = sensible[-1].kind if sensible else "open"
            if token.kind in ("and", "or") and before in ("open", "and", "or", "not"):
                remedy = f"+{token.text} looks for the word"
                self._wrong(f"{token.text} stands behind nothing: leave it out; {remedy}", token)
            else:
                sensible.append(token)
        return sensible

    def _peek(self) -> str:
        """The kind of the next token; at the end what ends a parenthesis too."""
        return self._tokens[self._at].kind if self._at < len(self._tokens) else "close"

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _any(self, field: str | None, depth: int) -> Node | None:
        """What `or` joins."""
        nodes = [self._all(field, depth)]
        while self._peek() == "or":
            self._next()
            self._strict = True
            nodes.append(self._all(field, depth))
        said = [node for node in nodes if node is not None]
        return any_of(said) if said else None

    def _all(self, field: str | None, depth: int) -> Node | None:
        """What `and` joins, or nothing."""
        nodes: list[Node] = []
        while (kind := self._peek()) != "or":
            if kind == "close":
                if not self._too_deep or self._at == len(self._tokens):
                    break
                self._too_deep -= 1
                self._next()
            elif kind == "and":
                self._strict = True
                self._next()
            elif (node := self._term(field, depth)) is not None:
                nodes.append(node)
        return all_of(nodes) if nodes else None

    def _term(self, field: str | None, depth: int) -> Node | None:
        """A value, or a parenthesis, with what stands before it."""
        token = self._next()
        negated = False
        signed = token.kind == "not"
        while token.kind == "not":
            negated = not negated
            token = self._next()
        if token.kind == "field":
            field, end = token.text, token.end
            token = self._next()
            if token.start > end:
                self._hint(f"{field}: takes what follows: leave the blank out", token)
        if token.kind == "open":
            node = self._group(token, field, depth + 1)
        elif field == "sort":
            self._order(token, negated)
            return None
        else:
            node = self._value(token, field)
        if node is None:
            return None
        self._strict |= signed
        return opposite(node) if negated else node

    def _group(self, opening: Token, field: str | None, depth: int) -> Node | None:
        """What stands in a parenthesis."""
        if depth > _DEEPEST:
            self._wrong(f"more than {_DEEPEST} parentheses within each other: leave some out", opening)
            self._too_deep += 1
            return None
        node = self._any(field, depth)
        if self._at < len(self._tokens):
            self._next()
        else:
            self._wrong("the parenthesis is still open: close it with )", opening)
        return node

    def _order(self, token: Token, negated: bool) -> None:
        """`sort:`, which asks for no papers."""
        name = token.text.lower()
        if negated:
            self._wrong("to turn the order round, put the sign before its name: sort:-date", token)
            name = name.removeprefix("-") if name.startswith("-") else f"-{name}"
        if name.removeprefix("-") in SORTS:
            self._sort = name
        elif name == "-":
            self._wrong("sort:- turns an order round: write sort:-date", token)
        else:
            self._wrong(unknown("sort:", name.removeprefix("-"), SORTS), token)

    def _value(self, token: Token, field: str | None) -> Node | None:
        """A word, a phrase or a regular expression."""
        found = meaning(field, token, self._today)
        if found.message:
            (self._wrong if found.mistake else self._hint)(found.message, token)
        elif not token.closed:
            end, name = ('"', "quote") if token.kind == "phrase" else ("/", "regular expression")
            self._wrong(f"the {name} is still open: close it with {end}", token)
            self._open = token.kind == "phrase"
        if field is None and token.kind == "word" and is_year(token.text.strip("()")):
            self._years.append(token)
        if found.node is not None:
            starred = any(isinstance(leaf, Word) and leaf.prefix for leaf in wanted(found.node))
            self._strict |= field is not None or token.kind != "word" or starred
        return found.node


_EXAMPLES = {
    "title": "title:graphene",
    "author": "author:noether",
    "abstract": "abstract:lattice",
    "comment": "comment:erratum",
    "id": "id:2507.19427",
    "category": "category:hep-th",
    "date": "date:2021..2023",
    "updated": "updated:3months..",
    "path": "path:2020/**",
    "is": "is:bookmarked",
    "list": "list:bookmarks",
    "tag": "tag:thesis",
    "note": "note:lemma",
    "sort": "sort:-date",
}
