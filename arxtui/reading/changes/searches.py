"""Changes to saved searches.

Cells: `search` (search, field) with the fields name, query, key and place. The id is that of the
event that saved it first: two devices may save other queries by one name, and neither takes the place of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import named
from arxtui.reading.changes.values import Cell, Kind, Malformed, Write, name_in, pairs_in, str_in
from arxtui.reading.places import is_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arxtui.reading.changes.values import Payload


def _field(payload: Payload, field: str, value: str | None) -> Write:
    return Write(Cell("search", name_in(payload, "search"), field), value)


def _save(_: str, payload: Payload) -> Iterator[Write]:
    yield _field(payload, "name", name_in(payload, "name"))
    yield _field(payload, "query", str_in(payload, "query"))
    key = payload.get("key")
    if key is not None:
        yield _field(payload, "key", _digit(key))


def _digit(key: object) -> str | None:
    if type(key) is not int or not 0 <= key <= 9:
        raise Malformed(f"{key!r} is no key for a search")
    return str(key) if key else None


def _rename(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "was")
    yield _field(payload, "name", name_in(payload, "name"))


def _remove(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    yield _field(payload, "name", None)


def _move(_: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "name")
    for row, place in pairs_in(payload, "places"):
        if not is_place(place):
            raise Malformed(f"{place!r} is no place")
        yield Write(Cell("search", row, "place"), place)
    for row, key in pairs_in(payload, "digits"):
        yield Write(Cell("search", row, "key"), _digit(key))


KINDS: dict[str, Kind] = {
    "search": Kind(_save, lambda payload, _: f"saved search {named(payload['name'])}"),
    "rename_search": Kind(
        _rename, lambda payload, _: f"renamed search {named(payload['was'])} to {named(payload['name'])}"
    ),
    "remove_search": Kind(_remove, lambda payload, _: f"removed search {named(payload['name'])}"),
    "move_search": Kind(_move, lambda payload, _: f"moved search {named(payload['name'])}"),
}
"""The kinds of this module."""
