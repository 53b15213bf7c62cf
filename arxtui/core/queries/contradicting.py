"""Conditions that no paper can fulfil."""

from __future__ import annotations

from arxtui.core.queries.tree import And, DateRange, Node, Not
from arxtui.core.queries.writing import write


def contradiction(tree: Node) -> str:
    """Say why a query finds nothing wherever it is asked; empty where that cannot be told from the query alone."""
    nodes = tree.nodes if isinstance(tree, And) else ()
    for node in nodes:
        if Not(node) in nodes:
            said = write(node, within="and")
            return f"{said} and {write(Not(node))} leave nothing: leave one of them out"
    ranges = [node for node in nodes if isinstance(node, DateRange)]
    for at, one in enumerate(ranges):
        for other in ranges[at + 1 :]:
            if one.field == other.field and _apart(one, other):
                return f"no day is of both {write(one)} and {write(other)}: put or between them"
    return ""


def _apart(one: DateRange, other: DateRange) -> bool:
    return bool(
        (one.last and other.first and one.last < other.first)
        or (other.last and one.first and other.last < one.first)
    )
