"""The tree that a query is read into, and that finding walks.

Trees are kept in one form, so that equal trees mean the same and `write` and `parse` are each other's
opposite: `And` and `Or` hold at least two different nodes, none of their own kind and none that says
nothing, and no `Not` stands in a `Not`. `all_of`, `any_of` and `opposite` put them together that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

_ESCAPED = re.compile(r"\\.")
_PIECE = re.compile(_ESCAPED.pattern + r"|[^\\]+")

TEXT_FIELDS = ("title", "author", "abstract", "comment")
"""The fields that hold running text: words, phrases and regular expressions can be looked for in them."""

SIGN_FIELDS = ("id", "category")
"""The fields that hold a sign with punctuation in it, which is no word: `math/0309136`, `math.AG`."""

FIELDS = (*TEXT_FIELDS, *SIGN_FIELDS, "date", "updated", "path", "is", "list", "tag", "note", "sort")
"""What can stand before a colon."""


class Hint(NamedTuple):
    """Something to say about a query.

    Attributes:
        message: what is the matter and what to do about it. It may hold what was typed, so clean it for a terminal.
        column: where in the text it begins, in code points counted from 0; within the text unless that is empty.
    """

    message: str
    column: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All papers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word.

    Attributes:
        text: folded, of letters and digits alone. In the fields `id` and `category` it is a sign in lower case
            instead: the key of an identifier (`math/0309136`), the beginning of one, a category (`math.ag`).
        prefix: it may be the beginning of a longer word, or sign.
        field: one of `TEXT_FIELDS` or `SIGN_FIELDS`; None: anywhere.
    """

    text: str
    prefix: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other.

    Attributes:
        words: folded; at least one.
        text: as it was typed, white space folded. Where it `has_capitals`, letters of this very case are asked for.
        field: one of `TEXT_FIELDS`; None: anywhere.
    """

    words: tuple[str, ...]
    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    r"""A regular expression, looked for anywhere in a text.

    Attributes:
        text: in Python's syntax; it compiles, and is none of those that `regexes.fault` finds to be too slow.
            Where it `has_capitals`, letters of this very case are asked for.
        field: one of `TEXT_FIELDS`; None: any of them.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days, both ends included.

    Attributes:
        field: `date`, the one that papers are listed by, or `updated`.
        first: `YYYY-MM-DD`, or None for any day before `last`.
        last: `YYYY-MM-DD`, or None for any day since `first`. One of the two is a day.
    """

    field: Literal["date", "updated"]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PathGlob:
    """Files and folders.

    Attributes:
        text: a path below one of the roots, also with the name of a root before it, or in full; with `/`. `*` stands
            for characters other than `/`, `**` for any. Without a star: this file, or this folder and all below it.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Is:
    """A state of a paper.

    Attributes:
        value: one of `STATES`.
    """

    value: str


@dataclass(frozen=True, slots=True)
class In:
    """What the user made of a paper.

    Attributes:
        kind: a reading list, a tag, or words of a note.
        value: the name of the list or tag, or what the note holds, as typed.
    """

    kind: Literal["list", "tag", "note"]
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What this is not."""

    node: Node


Leaf = Everything | Word | Phrase | Pattern | DateRange | PathGlob | Is | In
Node = Leaf | And | Or | Not

STATES = {
    "bookmarked": "on the list bookmarks",
    "read": "marked as read",
    "unread": "on a list but not read yet, or said to be unread",
    "to-read": "to be read",
    "skimmed": "skimmed",
    "starred": "starred",
    "noted": "with a note",
    "duplicate": "standing in several places",
    "variant": "with texts that differ from place to place",
    "untitled": "without a title in the files",
    "unidentified": "without an identifier",
    "withdrawn": "withdrawn, by their comments or abstract",
}
"""What can stand behind `is:` -> what such papers are."""

SORTS = ("date", "updated", "title", "id", "relevance", "occurrences", "added")
"""What can stand behind `sort:`, with `-` before it to turn the order round."""


def all_of(nodes: Iterable[Node]) -> Node:
    """What all of these say together; everything where there are none."""
    inner: list[Node] = []
    for node in nodes:
        inner.extend(node.nodes if isinstance(node, And) else (node,))
    different = tuple(node for node in dict.fromkeys(inner) if node != Everything())
    return And(different) if len(different) > 1 else different[0] if different else Everything()


def any_of(nodes: Iterable[Node]) -> Node:
    """What at least one of these says; there must be one."""
    inner: list[Node] = []
    for node in nodes:
        inner.extend(node.nodes if isinstance(node, Or) else (node,))
    different = tuple(dict.fromkeys(inner))
    if Everything() in different:
        return Everything()
    return Or(different) if len(different) > 1 else different[0]


def opposite(node: Node) -> Node:
    """What a node leaves out."""
    return node.node if isinstance(node, Not) else Not(node)


def has_capitals(text: str) -> bool:
    r"""Whether a phrase or a regular expression asks for letters of this very case: what follows a backslash does not."""
    return any(character.isupper() for character in _ESCAPED.sub("", text))


def without_capitals(text: str) -> str:
    """A regular expression that does not ask for letters of this very case. Not every one is still one: `[Z-a]` is not."""
    return _PIECE.sub(lambda piece: piece[0] if piece[0][0] == "\\" else piece[0].lower(), text)


def wanted(node: Node) -> Iterator[Leaf]:
    """The leaves that speak for a paper, in order: what to highlight. None that stands in a `Not`."""
    if isinstance(node, And | Or):
        for inner in node.nodes:
            yield from wanted(inner)
    elif not isinstance(node, Not):
        yield node
