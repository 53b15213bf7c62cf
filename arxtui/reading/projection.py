"""What follows from the events: the lists, their entries, and which change would be undone next.

All functions take a connection from `schema.connect`; those that write want to be called inside a transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading.events import DEFAULT_LIST, Change

if TYPE_CHECKING:
    import sqlite3


class Step(NamedTuple):
    """A change in the history, and the last event that made it, undid it or redid it.

    Attributes:
        first: sequence number of the event that first made it.
        first_id: id of that event.
        latest: what the latest event about it did.
    """

    first: int
    first_id: str
    latest: Change


def list_id(connection: sqlite3.Connection, name: str) -> int | None:
    """Return the row of a list, or None where there is none of that name."""
    row = connection.execute("SELECT id FROM lists WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def present(connection: sqlite3.Connection, name: str) -> dict[str, int]:
    """Return the positions of a list's entries by key; nothing where there is no such list."""
    rows = connection.execute(
        "SELECT key, position FROM entries JOIN lists ON lists.id = list WHERE name = ?", (name,)
    )
    return dict(rows.fetchall())


def next_position(connection: sqlite3.Connection) -> int:
    """Return the lowest position that was never given to an entry."""
    position: int = connection.execute("SELECT next_position FROM state").fetchone()[0]
    return position


def narrowed(connection: sqlite3.Connection, change: Change) -> Change:
    """Return what a change would really alter as things stand.

    Entries that are there already are not added. An entry is only removed where it is the very one meant: one that
    somebody removed and added anew since is another, and stays. A list goes only when nothing is left in it.
    """
    exists = list_id(connection, change.list_name) is not None
    positions = present(connection, change.list_name)
    if change.adds:
        entries = tuple(entry for entry in change.entries if entry.key not in positions)
        return replace(
            change, entries=entries, whole_list=not exists and (change.whole_list or bool(entries))
        )
    entries = tuple(entry for entry in change.entries if positions.get(entry.key) == entry.position)
    emptied = exists and len(entries) == len(positions) and change.list_name != DEFAULT_LIST
    return replace(change, entries=entries, whole_list=change.whole_list and emptied)


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Make a change, which `narrowed` has seen, to the lists and entries."""
    if change.adds and change.whole_list:
        connection.execute("INSERT INTO lists (name) VALUES (?)", (change.list_name,))
    row = list_id(connection, change.list_name)
    if change.adds:
        connection.executemany(
            "INSERT INTO entries (list, key, position, added, digest) VALUES (?, ?, ?, ?, ?)",
            ((row, *entry) for entry in change.entries),
        )
        top = max((entry.position for entry in change.entries), default=0)
        connection.execute("UPDATE state SET next_position = max(next_position, ?)", (top + 1,))
        return
    connection.executemany(
        "DELETE FROM entries WHERE list = ? AND key = ?", ((row, entry.key) for entry in change.entries)
    )
    if change.whole_list:
        connection.execute("DELETE FROM lists WHERE id = ?", (row,))


# What was changed here is undone first, however old: an undo that took back what another window has just done would
# surprise. Then the newest change of anybody, so that a new session can undo what an old one did.
_UNDO = (
    """SELECT first FROM changes WHERE undone = 0 AND session = :session ORDER BY first DESC LIMIT 1""",
    """SELECT first FROM changes WHERE undone = 0 ORDER BY first DESC LIMIT 1""",
)
# What was undone stays open to redo until its session makes another change; to other sessions, until anybody does.
_REDO = (
    """SELECT first FROM changes JOIN events ON seq = latest
       WHERE undone = 1 AND events.session = :session AND NOT EXISTS
           (SELECT 1 FROM changes AS newer WHERE newer.session = :session AND newer.first > changes.latest)
       ORDER BY latest DESC LIMIT 1""",
    """SELECT first FROM changes WHERE undone = 1 AND latest > (SELECT max(first) FROM changes)
       ORDER BY latest DESC LIMIT 1""",
)


def next_step(connection: sqlite3.Connection, session: str, undo: bool) -> Step | None:
    """Find the change to undo or redo next.

    Args:
        connection: the store.
        session: whose changes go first.
        undo: find one to undo, else one to redo.
    """
    for query in _UNDO if undo else _REDO:
        found = connection.execute(query, {"session": session}).fetchone()
        if found is not None:
            first_id, kind, payload = connection.execute(
                "SELECT made.id, latest.kind, latest.payload FROM changes"
                " JOIN events AS made ON made.seq = first JOIN events AS latest ON latest.seq = changes.latest"
                " WHERE first = ?",
                found,
            ).fetchone()
            return Step(found[0], first_id, Change.from_json(kind, payload))
    return None


def record_step(
    connection: sqlite3.Connection, seq: int, session: str, step: Step | None, undo: bool
) -> None:
    """Note an event in the history.

    Args:
        connection: the store.
        seq: sequence number of the event.
        session: who made it.
        step: the change it undoes or redoes; None for a new one.
        undo: it undoes it.
    """
    if step is None:
        connection.execute("INSERT INTO changes VALUES (?, ?, ?, 0)", (seq, seq, session))
    else:
        connection.execute(
            "UPDATE changes SET latest = ?, undone = ? WHERE first = ?", (seq, int(undo), step.first)
        )
