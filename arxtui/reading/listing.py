"""Which lists there are and what is on them, as the projection has it."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading.errors import StoreError, UnknownList
from arxtui.reading.grouping import DEFAULT_LIST, Made, Said, grouped, name_in
from arxtui.reading.names import folded, name_of
from arxtui.reading.values import ListInfo

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container

    from arxtui.reading.grouping import Group


class KnownList(NamedTuple):
    """A list as the store knows it.

    Attributes:
        ids: its ids, see `grouping`; they stay when it is renamed.
        name, description, archived, sort: as in `ListInfo`.
    """

    ids: tuple[str, ...]
    name: str
    description: str
    archived: bool
    sort: str

    @property
    def among(self) -> str:
        """The ids as SQL takes them, in `json_each`."""
        return json.dumps(self.ids)


# What holds papers is found by leaping from one to the next: lists and tags are few, papers many.
_HOLDING = """
WITH RECURSIVE held (a) AS (
    SELECT min(a) FROM writes WHERE kind = :kind
    UNION ALL
    SELECT (SELECT min(a) FROM writes WHERE kind = :kind AND a > held.a) FROM held WHERE held.a IS NOT NULL
)
SELECT a FROM held WHERE EXISTS (SELECT 1 FROM writes WHERE kind = :kind AND writes.a = held.a AND shown)
"""

# A paper that two devices have added, each to a list of that name, stands where it was put last.
ENTRIES = """
SELECT entry.b, events.time, entry.value,
       CASE WHEN hand.event > entry.event THEN hand.value ELSE entry.detail END AS place
FROM writes AS entry JOIN events ON events.id = entry.event
LEFT JOIN writes AS hand ON hand.kind = 'place' AND hand.a = entry.a AND hand.b = entry.b AND hand.shown
WHERE entry.kind = 'entry' AND entry.a IN (SELECT value FROM json_each(:ids)) AND entry.shown
AND (json_array_length(:ids) = 1 OR NOT EXISTS (
    SELECT 1 FROM json_each(:ids) AS other JOIN writes AS later
    ON later.kind = 'entry' AND later.a = other.value AND later.b = entry.b AND later.event > entry.event AND later.shown))
ORDER BY place DESC, entry.b
"""
"""Key, time, digest and place of the entries of a list, in its order by hand."""

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

    A list is there while one of its ids was made or has an entry. Where two have got one name, the one that was put away, else
    the one that got it later, has a number behind it.
    """
    told: dict[tuple[str, str], tuple[str, str]] = {}
    for row, field, event, value in connection.execute(
        "SELECT a, b, event, value FROM writes WHERE kind = 'list' AND b IN ('description', 'sort') AND shown"
    ):
        told[row, field] = event, value
    groups = grouped(_made(connection), _said(connection))
    names: dict[str, str] = {}
    for group in sorted(groups, key=lambda group: (group.archived, group.since, group.ids[0])):
        names[free_name(group.name, names)] = group.ids[0]
    shown = {row: name for name, row in names.items()}

    def last(group: Group, field: str, default: str) -> str:
        return max((told[row, field] for row in group.ids if (row, field) in told), default=("", default))[1]

    return [
        KnownList(
            tuple(group.ids),
            shown[group.ids[0]],
            last(group, "description", ""),
            group.archived,
            last(group, "sort", "hand"),
        )
        for group in groups
    ]


def _made(connection: sqlite3.Connection) -> list[Made]:
    rows = connection.execute(
        # Of the first that counts, else of the first: the value is that of the row with the least of what min() is given.
        "SELECT a, min((1 - live) || event), value FROM writes WHERE kind = 'list' AND b = 'made' GROUP BY a"
    ).fetchall()
    holders = set(holding(connection, "entry"))
    made = {row: Made(first[1:], row, name) for row, first, name in rows if first[0] == "0" or row in holders}
    for row in holders - made.keys():
        # Only entries of it have come. It is the last one, as `g` sorts behind all ids.
        made[row] = Made("g", row, name_in(row))
    made.pop(DEFAULT_LIST, None)
    return list(made.values())


def _said(connection: sqlite3.Connection) -> list[Said]:
    rows = connection.execute(
        "SELECT event, b, value, a FROM writes WHERE kind = 'list' AND b IN ('name', 'archived') AND live"
        " ORDER BY event, b, value"
    )
    return [
        Said(event, field, value, frozenset(row for *_, row in of_one))
        for (event, field, value), of_one in groupby(rows, itemgetter(0, 1, 2))
    ]


def names_by_id(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the names of all lists by each of their ids."""
    return {row: each.name for each in known_lists(connection) for row in each.ids}


def free_name(name: str, taken: Container[str]) -> str:
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


def known_list(connection: sqlite3.Connection, which: str | ListInfo) -> KnownList:
    """Find a list.

    Args:
        connection: the store.
        which: its name; or the list as it was told of before, which is found under whatever name it has now.

    Raises:
        UnknownList: there is none of that name.
        StoreError: that list is gone.
    """
    if isinstance(which, ListInfo):
        for each in known_lists(connection):
            if which.id in each.ids:
                return each
        raise StoreError(f"the reading list {which.name!r} is gone")
    found = find_list(connection, which)
    if found is None:
        raise UnknownList(which)
    return found


def default_of(connection: sqlite3.Connection) -> KnownList:
    """Return the default list; `bookmarks` where the one that was chosen is gone or archived."""
    known = known_lists(connection)
    chosen = connection.execute("SELECT value FROM writes WHERE kind = 'default' AND shown").fetchone()
    found = [each for each in known if chosen is not None and chosen[0] in each.ids and not each.archived]
    return (found or known)[0]


def entry_keys(connection: sqlite3.Connection, known: KnownList) -> set[str]:
    """Return the keys of a list."""
    rows = connection.execute(
        "SELECT b FROM writes WHERE kind = 'entry' AND a IN (SELECT value FROM json_each(?)) AND shown",
        (known.among,),
    )
    return {key for (key,) in rows}
