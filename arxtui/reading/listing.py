"""Which lists there are and what is on them, as the projection has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading.errors import UnknownList
from arxtui.reading.names import folded, name_of

if TYPE_CHECKING:
    import sqlite3

DEFAULT_LIST = "bookmarks"
"""The list that exists from the start, cannot go and is the default one at first."""


class KnownList(NamedTuple):
    """A list as the store knows it.

    Attributes:
        id: its id, which stays when it is renamed.
        name, description, archived, sort: as in `ListInfo`.
    """

    id: str
    name: str
    description: str
    archived: bool
    sort: str


# What holds papers is found by leaping from one to the next: lists and tags are few, papers many.
_HOLDING = """
WITH RECURSIVE held (a) AS (
    SELECT min(a) FROM writes WHERE kind = :kind
    UNION ALL
    SELECT (SELECT min(a) FROM writes WHERE kind = :kind AND a > held.a) FROM held WHERE held.a IS NOT NULL
)
SELECT a FROM held WHERE EXISTS (SELECT 1 FROM writes WHERE kind = :kind AND writes.a = held.a AND shown)
"""

ENTRIES = """
SELECT entry.b, events.time, entry.value,
       CASE WHEN hand.event > entry.event THEN hand.value ELSE entry.detail END AS place
FROM writes AS entry JOIN events ON events.id = entry.event
LEFT JOIN writes AS hand ON hand.kind = 'place' AND hand.a = entry.a AND hand.b = entry.b AND hand.shown
WHERE entry.kind = 'entry' AND entry.a = ? AND entry.shown ORDER BY place DESC, entry.b
"""
"""Key, time, digest and place of the entries of the list of an id, in its order by hand."""

WITH_RECORDS = f"""
SELECT b, time, coalesce(record, '') FROM ({ENTRIES}) LEFT JOIN records ON digest = value ORDER BY place DESC, b
"""
"""Key, time and record of those entries."""


def holding(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Return the ids of the lists that hold papers, or the tags that papers have.

    Args:
        connection: the store.
        kind: `entry` or `tag`.
    """
    return [a for (a,) in connection.execute(_HOLDING, {"kind": kind})]


def known_lists(connection: sqlite3.Connection) -> list[KnownList]:
    """Return all lists, `bookmarks` first, then in the order of their making.

    Where lists made on two devices have got the same name, the later one has a number behind it.
    """
    fields: dict[str, dict[str, str]] = {DEFAULT_LIST: {"name": DEFAULT_LIST}}
    for row in holding(connection, "entry"):
        fields[row] = {"name": row}
    named = connection.execute(
        "SELECT a, value FROM writes WHERE kind = 'list' AND b = 'name' AND shown"
    ).fetchall()
    for row, name in named:
        fields.setdefault(row, {"name": name})
    for row, field, value in connection.execute(
        "SELECT a, b, value FROM writes WHERE kind = 'list' AND shown"
    ):
        # Whatever another device says, bookmarks are there under their name.
        if row in fields and (row != DEFAULT_LIST or field not in ("name", "archived")):
            fields[row][field] = value
    made = dict(
        connection.execute(
            "SELECT a, min(event) FROM writes WHERE kind = 'list' AND b = 'name' AND live GROUP BY a"
        ).fetchall()
    )
    known, names = [], set[str]()
    # `g` sorts behind all ids: a list without a beginning is one of which only entries have come.
    for row in sorted(fields, key=lambda row: (row != DEFAULT_LIST, made.get(row, "g"), row)):
        found = fields[row]
        name = free_name(found["name"], names)
        names.add(name)
        known.append(
            KnownList(row, name, found.get("description", ""), "archived" in found, found.get("sort", "hand"))
        )
    return known


def free_name(name: str, taken: set[str]) -> str:
    """Return a name, with a number behind it where it is taken."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def find_list(connection: sqlite3.Connection, name: str) -> KnownList | None:
    """Find a list by its name, else by the name without regard to case; None where there is none."""
    name = name_of(name)
    known = known_lists(connection)
    for of_case in (str, folded):
        for each in known:
            if of_case(each.name) == of_case(name):
                return each
    return None


def known_list(connection: sqlite3.Connection, name: str) -> KnownList:
    """Find a list by its name.

    Raises:
        UnknownList: there is none.
    """
    found = find_list(connection, name)
    if found is None:
        raise UnknownList(name)
    return found


def default_of(connection: sqlite3.Connection) -> KnownList:
    """Return the default list; `bookmarks` where the one that was chosen is gone or archived."""
    known = known_lists(connection)
    chosen = connection.execute("SELECT value FROM writes WHERE kind = 'default' AND shown").fetchone()
    found = [each for each in known if chosen is not None and each.id == chosen[0] and not each.archived]
    return (found or known)[0]


def entry_keys(connection: sqlite3.Connection, row: str) -> set[str]:
    """Return the keys of the list of an id."""
    rows = connection.execute("SELECT b FROM writes WHERE kind = 'entry' AND a = ? AND shown", (row,))
    return {key for (key,) in rows}


def new_id(connection: sqlite3.Connection, kind: str, name: str, event: str) -> str:
    """Return the id of a list or search that is about to be made.

    Args:
        connection: the store.
        kind: `list` or `search`.
        name: its name. It is the id as well, so that what two devices make by one name is one.
        event: id of the event that makes it, which tells it apart where something renamed has that id already.
    """
    taken = connection.execute(
        "SELECT 1 FROM writes WHERE kind = ? AND a = ? AND b = 'name' AND shown", (kind, name)
    ).fetchone()
    return f"{name}#{event[:12]}" if taken else name
