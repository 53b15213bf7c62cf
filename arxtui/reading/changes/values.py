"""What changes are made of, and reading payloads that may come from anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from arxtui.reading.names import key_of, name_of, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    Payload = dict[str, Any]
    Words = tuple[str | tuple[str, ...], ...]
    """What a change did, in pieces of a sentence; a tuple has the keys of papers."""

RECORDED = ("entry", "record")
"""Kinds of cells whose values are digests of records, and whose second part is a paper."""

_DIGEST = re.compile(r"[0-9a-f]{64}")

NAMED = 3
"""So many papers are named in a sentence; more are counted."""


class Malformed(ValueError):
    """The payload of an event is not as its kind wants it."""


class Cell(NamedTuple):
    """What a value is written into; the latest one that counts is shown.

    Attributes:
        kind: what sort of thing it is, `entry` say.
        a: whose it is: a list, a tag, a search; empty where the kind alone says it.
        b: the paper, or the field of a list or search.
    """

    kind: str
    a: str
    b: str


class Write(NamedTuple):
    """A value written into a cell.

    Attributes:
        cell: where.
        value: the value; None takes it away.
        detail: of an entry its place, of a note the ids of the events whose texts it replaces, with blanks between.
    """

    cell: Cell
    value: str | None
    detail: str | None = None


class Kind(NamedTuple):
    """A kind of change.

    Attributes:
        writes: takes the id and the payload of an event; gives what it writes. It may raise what reading a malformed payload raises.
        words: takes a payload and the keys of the papers that count, None for all; says what the change did. A text stands for
            the one piece that it is.
    """

    writes: Callable[[str, Payload], Iterator[Write]]
    words: Callable[[Payload, Collection[str] | None], str | Words]


def name_in(payload: Payload, field: str) -> str:
    """Read a name."""
    return name_of(str_in(payload, field))


def str_in(payload: Payload, field: str) -> str:
    """Read a text that can be stored as it is."""
    text = payload[field]
    if not isinstance(text, str) or storable(text) != text:
        raise Malformed(f"{field} is no text")
    return text


def keys_in(payload: Payload) -> list[str]:
    """Read the keys of papers."""
    return [checked_key(key) for key in _list_in(payload, "keys")]


def pairs_in(payload: Payload, field: str) -> list[tuple[str, Any]]:
    """Read pairs of a key and something."""
    return [(checked_key(key), other) for key, other in _list_in(payload, field)]


def digest_of(text: str) -> str:
    """Return a digest of a record that is one."""
    if not _DIGEST.fullmatch(text):
        raise Malformed(f"{text!r} is no digest")
    return text


def checked_key(key: object) -> str:
    """Return a key that is one."""
    if not isinstance(key, str):
        raise Malformed(f"{key!r} is no key")
    return key_of(key)


def choice_in(payload: Payload, field: str, choices: Collection[str | None]) -> str | None:
    """Read one of some words."""
    value = payload[field]
    if value not in choices:
        raise Malformed(f"{field} cannot be {value!r}")
    chosen: str | None = value
    return chosen


def _list_in(payload: Payload, field: str) -> list[Any]:
    items = payload[field]
    if not isinstance(items, list):
        raise Malformed(f"{field} is no list")
    return items


def papers_in(keys: Iterable[str], counting: Collection[str] | None) -> str | tuple[str, ...]:
    """Return the piece of a sentence that says which papers.

    Args:
        keys: of papers.
        counting: those of them that count, None for all.

    Returns:
        Their keys; the number of more than can be named.
    """
    found = tuple(key for key in keys if counting is None or key in counting)
    return found if 0 < len(found) <= NAMED else _counted(found)


def text_of(words: Words) -> str:
    """Return the words for a change as one text: one paper has its key, more are counted.

    Args:
        words: the pieces.
    """
    return "".join(piece if isinstance(piece, str) else _counted(piece) for piece in words)


def _counted(keys: tuple[str, ...]) -> str:
    return keys[0] if len(keys) == 1 else f"{len(keys):,} papers"
