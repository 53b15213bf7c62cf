"""The change that takes in a file of another program: many changes that are one step, so that one undo takes all of it back.

Its payload has `source`, the name of the file, and `parts`: pairs of a kind and the payload of a change of that kind. One kind is there in
imports alone, `cited`: the citation keys that papers came with. Cells: `cited` (nothing, key).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arxtui.reading.changes import lists, papers, searches
from arxtui.reading.changes.values import (
    Cell,
    Kind,
    Malformed,
    Write,
    name_in,
    pairs_in,
    papers_in,
    str_in,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from arxtui.reading.changes.values import Payload, Words


def _cited(_: str, payload: Payload) -> Iterator[Write]:
    for key, cited in pairs_in(payload, "keys"):
        yield Write(Cell("cited", "", key), name_in({"key": cited}, "key"))


PARTS: dict[str, Kind] = {
    **{name: lists.KINDS[name] for name in ("create", "add", "describe")},
    **{name: papers.KINDS[name] for name in ("tag", "status", "stars", "note")},
    "search": searches.KINDS["search"],
    "cited": Kind(_cited, lambda *_: ()),
}
"""The kinds of change that an import can be made of."""

_NAMING = frozenset(["entry", "tag", "status", "stars", "note", "cited"])
"""Kinds of cells whose second part is a paper."""


def _import(event: str, payload: Payload) -> Iterator[Write]:
    str_in(payload, "source")
    for kind, part in _parts(payload):
        yield from PARTS[kind].writes(event, part)


def _parts(payload: Payload) -> list[Any]:
    parts = payload["parts"]
    if not isinstance(parts, list) or not all(
        kind in PARTS and isinstance(part, dict) for kind, part in parts
    ):
        raise Malformed("it is made of no changes that are known")
    return parts


def _words(payload: Payload, counting: Collection[str] | None) -> Words:
    named = {write.cell.b: None for write in _import("", payload) if write.cell.kind in _NAMING}
    if not named:
        return ("imported " + payload["source"],)
    return "imported ", papers_in(named, counting), f" from {payload['source']}"


KINDS: dict[str, Kind] = {"import": Kind(_import, _words)}
"""The kind of this module."""
