"""The conditions of a query in words. Pure."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from arxtui.core.queries import And, DateRange, In, Is, Not, PathGlob, all_of
from arxtui.core.queries.writing import write

if TYPE_CHECKING:
    from arxtui.core.queries import Leaf, Node

_IN = {"list": "on the list {}", "tag": "tagged {}", "note": "with “{}” in the note"}


def divided(query: str, tree: Node) -> tuple[str, list[str]]:
    """Divide a query into what is looked for in texts, and conditions in words. One without conditions stays as it was typed.

    Args:
        query: as it was typed.
        tree: what it means.
    """
    parts = tree.nodes if isinstance(tree, And) else (tree,)
    said = [(part, _condition(part)) for part in parts]
    found = [words for _, words in said if words]
    if found:
        query = write(all_of(part for part, words in said if not words)) if len(found) < len(parts) else ""
    return query, found


def _condition(node: Node) -> str:
    """A condition in words; empty for what is looked for in the text, and for what is put together."""
    if isinstance(node, Not):
        words = _leaf(node.node) if isinstance(node.node, Is | In | DateRange | PathGlob) else ""
        return words and f"not {words}"
    return "" if isinstance(node, And) else _leaf(node)


def _leaf(node: Leaf | Node) -> str:
    match node:
        case Is(value):
            return value.replace("-", " ")
        case In(kind, value):
            return _IN[kind].format(value)
        case PathGlob(text):
            return f"in {text}"
        case DateRange(field, first, last):
            return ("updated " if field == "updated" else "dated ") + _days(first, last)
        case _:
            return ""


def _days(first: str | None, last: str | None) -> str:
    """`2021`, `2021 to 2023`, `2021-05 on`, `2019 or before`: as short as whole years and months allow."""
    length = max(_whole(first, begins=True), _whole(last, begins=False))
    begin, end = (first or "")[:length], (last or "")[:length]
    if not end:
        return f"{begin} on"
    if not begin:
        return f"{end} or before"
    return begin if begin == end else f"{begin} to {end}"


_YEAR, _MONTH, _DAY = 4, 7, 10
"""Characters of an ISO date that name a year, a month, a day."""


def _whole(day: str | None, *, begins: bool) -> int:
    """How many characters of a day say the same, if a period begins there, or ends there."""
    if day is None:
        return _YEAR
    year, month, number = map(int, day.split("-"))
    if number != (1 if begins else monthrange(year, month)[1]):
        return _DAY
    return _YEAR if month == (1 if begins else 12) else _MONTH
