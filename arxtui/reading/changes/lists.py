"""Changes to reading lists and their entries.

Cells: `list` (list, field) with the fields made, name, description, archived and sort; `entry` (list, key) with the digest of the record
and the place; `place` (list, key) for entries moved by hand; `default`. Each list has an id of its own; which ids are one list follows from
what was said of them, see `grouping`. What is said of such a list is said of all ids that were known to be it: `list` and those of `with`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import named
from arxtui.reading.changes.values import (
    Cell,
    Kind,
    Malformed,
    Write,
    choice_in,
    digest_of,
    keys_in,
    name_in,
    pairs_in,
    papers_in,
    str_in,
)
from arxtui.reading.grouping import name_in as listed_name
from arxtui.reading.names import name_of, storable
from arxtui.reading.places import is_place, place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from arxtui.reading.changes.values import Payload, Words

SORTS = ("hand", "added", "date", "updated", "title", "identifier")
"""How a list can be sorted; with `-` in front, the other way round."""

_LONGEST_ID = 1100
"""Letters in the id of a list: the longest name, and the id of an event."""

ALL_SORTS = frozenset(sign + sort for sort in SORTS for sign in ("", "-"))


def _fields(payload: Payload, field: str, value: str | None) -> Iterator[Write]:
    return (Write(Cell("list", row, field), value) for row in _lists_in(payload))


def _lists_in(payload: Payload) -> list[str]:
    """Read the ids of a list, the one that it is called by first."""
    others = payload.get("with", [])
    if not isinstance(others, list):
        raise Malformed("with is no list")
    rows = [payload["list"], *others]
    for row in rows:
        # Its name is shown where the change that made it has not come.
        if not isinstance(row, str) or len(row) > _LONGEST_ID or storable(row) != row:
            raise Malformed(f"{row!r} is no list")
        name_of(listed_name(row))
    return rows


def _create(_: str, payload: Payload) -> Iterator[Write]:
    yield from _fields(payload, "made", name_in(payload, "name"))
    if payload.get("description"):
        yield from _fields(payload, "description", str_in(payload, "description"))


def _rename(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "was")
    return _fields(payload, "name", name_in(payload, "name"))


def _describe(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    return _fields(payload, "description", str_in(payload, "text"))


def _archive(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    return _fields(payload, "archived", "1")


def _unarchive(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    return _fields(payload, "archived", None)


def _sort(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    return _fields(payload, "sort", choice_in(payload, "sort", ALL_SORTS))


def _add(event: str, payload: Payload) -> Iterator[Write]:
    name, row = name_in(payload, "name"), _lists_in(payload)[0]
    if payload.get("new"):
        yield from _fields(payload, "made", name)
    for number, (key, digest) in enumerate(pairs_in(payload, "entries")):
        yield Write(Cell("entry", row, key), digest and digest_of(digest), place_of(event, number))


def _remove(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    return (Write(Cell("entry", row, key), None) for row in _lists_in(payload) for key in keys_in(payload))


def _move(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    for key, place in pairs_in(payload, "places"):
        if not is_place(place):
            raise Malformed(f"{place!r} is no place")
        yield from (Write(Cell("place", row, key), place) for row in _lists_in(payload))


def _default(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    yield Write(Cell("default", "", ""), _lists_in(payload)[0])


def _entries_words(verb: str, preposition: str, field: str) -> Kind:
    def words(payload: Payload, counting: Collection[str] | None) -> Words:
        keys = payload[field] if field == "keys" else [key for key, _ in payload[field]]
        return f"{verb} ", papers_in(keys, counting), f" {preposition} {named(payload['name'])}"

    return Kind({"entries": _add, "keys": _remove, "places": _move}[field], words)


KINDS: dict[str, Kind] = {
    "create": Kind(_create, lambda payload, _: f"created list {named(payload['name'])}"),
    "rename": Kind(
        _rename, lambda payload, _: f"renamed list {named(payload['was'])} to {named(payload['name'])}"
    ),
    "describe": Kind(_describe, lambda payload, _: f"described list {named(payload['name'])}"),
    "archive": Kind(_archive, lambda payload, _: f"archived list {named(payload['name'])}"),
    "unarchive": Kind(
        _unarchive, lambda payload, _: f"took list {named(payload['name'])} out of the archive"
    ),
    "sort": Kind(_sort, lambda payload, _: f"sorted list {named(payload['name'])} by {payload['sort']}"),
    "add": _entries_words("added", "to", "entries"),
    "remove": _entries_words("removed", "from", "keys"),
    "move": _entries_words("moved", "within", "places"),
    "default": Kind(_default, lambda payload, _: f"made {named(payload['name'])} the default list"),
}
"""The kinds of this module."""
