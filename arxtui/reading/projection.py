"""What follows from the events.

Each event writes values into cells (`changes`). A write counts unless its event is undone, which the undo or redo with the highest id decides.
What is shown of a cell is the write with the highest id among those that count; of a note, all texts that no other one replaces. So it is a function
of the set of events, whatever the order in which they came.

All functions take a connection from `schema.connect`; those that write want to be called inside a transaction.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from arxtui.reading.changes import KINDS, Cell, Malformed, writes_of
from arxtui.reading.events import REDO, UNDO, Event

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from arxtui.reading.changes import Write

EVENT_COLUMNS = "id, time, device, kind, payload, target, session"
"""What `event_from` makes an event of."""


def event_from(row: tuple[str, str, str, str, str, str | None, str]) -> Event:
    """Make an event of its row.

    Args:
        row: the columns of `EVENT_COLUMNS`.
    """
    made, at, device, kind, payload, target, session = row
    return Event(made, at, device, kind, json.loads(payload), target, session)


def event_of(connection: sqlite3.Connection, event: str) -> Event | None:
    """Return the event of an id, or None where it has not come yet."""
    row = connection.execute(f"SELECT {EVENT_COLUMNS} FROM events WHERE id = ?", (event,)).fetchone()
    return None if row is None else event_from(row)


def latest_id(connection: sqlite3.Connection) -> str | None:
    """Return the highest id there is."""
    latest: str | None = connection.execute("SELECT max(id) FROM events").fetchone()[0]
    return latest


def list_is_there(connection: sqlite3.Connection, row: str) -> bool:
    """Tell whether there is a list of that id: whether it was made or has an entry."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM writes WHERE kind = 'list' AND a = :list AND b = 'made' AND shown)"
        " OR EXISTS (SELECT 1 FROM writes WHERE kind = 'entry' AND a = :list AND shown)",
        {"list": row},
    ).fetchone()
    return bool(found[0])


def insert(connection: sqlite3.Connection, event: Event) -> None:
    """Add an event that is not there yet, and show what follows from it.

    Args:
        connection: the store.
        event: the event. One that has a session was made on this machine, so that undo comes to it by itself.

    Raises:
        Malformed: it cannot be read; nothing was changed.
    """
    writes = writes_of(event)
    newest = event.id > (latest_id(connection) or "")
    seq: int = connection.execute(
        f"INSERT INTO events ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq",
        (
            *event[:4],
            json.dumps(event.payload, separators=(",", ":"), sort_keys=True),
            event.target,
            event.session,
        ),
    ).fetchone()[0]
    if event.kind in (UNDO, REDO):
        if event.target is not None:
            _touch(connection, event.target, seq)
        return
    undone = is_undone(connection, event.id)
    connection.execute(
        "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
        (seq, event.id, event.session, bool(event.session), undone, seq),
    )
    _write(connection, event.id, writes, live=not undone, newest=newest)


def insert_all(connection: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Add those of some events that are not there yet.

    Args:
        connection: the store.
        events: events that can be read, best in the order of their ids.

    Returns:
        How many were new.
    """
    new = 0
    for event in events:
        if not connection.execute("SELECT 1 FROM events WHERE id = ?", (event.id,)).fetchone():
            row = connection.execute("SELECT session FROM away WHERE id = ?", (event.id,)).fetchone()
            insert(connection, event if row is None else event._replace(session=row[0]))
            new += 1
    return new


def is_undone(connection: sqlite3.Connection, event: str) -> bool:
    """Tell whether an event is undone: whether the last that was said of it is an undo."""
    row = connection.execute(
        "SELECT kind FROM events WHERE target = ? ORDER BY id DESC LIMIT 1", (event,)
    ).fetchone()
    return row is not None and row[0] == UNDO


def _touch(connection: sqlite3.Connection, event: str, seq: int) -> None:
    """Let an event count or not, as the undo or redo decides that has just come."""
    row = connection.execute("SELECT undone FROM changes WHERE id = ?", (event,)).fetchone()
    if row is None:
        return  # it will be asked when it comes
    undone = is_undone(connection, event)
    connection.execute("UPDATE changes SET undone = ?, touched = ? WHERE id = ?", (undone, seq, event))
    if undone != row[0]:
        turn(connection, event, live=not undone)


def turn(connection: sqlite3.Connection, event: str, *, live: bool) -> list[Cell]:
    """Let the writes of an event count or not.

    Returns:
        The cells that show something else now.
    """
    found = event_of(connection, event)
    assert found is not None
    cells = list(dict.fromkeys(write.cell for write in writes_of(found)))
    connection.executemany(
        "UPDATE writes SET live = ? WHERE kind = ? AND a = ? AND b = ? AND event = ?",
        ((live, *cell, event) for cell in cells),
    )
    return settle(connection, cells)


def _write(
    connection: sqlite3.Connection, event: str, writes: list[Write], *, live: bool, newest: bool
) -> None:
    # The quick way: what is newest and counts is shown, and what was shown is not. It halves the time that adding
    # 10,000 papers takes. Which texts a note replaces is never so plain.
    quick = newest and live and all(write.cell.kind != "note" for write in writes)
    if quick:
        connection.executemany(
            "UPDATE writes SET shown = 0 WHERE kind = ? AND a = ? AND b = ? AND shown",
            (write.cell for write in writes),
        )
    connection.executemany(
        "INSERT OR IGNORE INTO writes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((*cell, event, value, detail, live, quick and value is not None) for cell, value, detail in writes),
    )
    if not quick:
        settle(connection, dict.fromkeys(write.cell for write in writes))


def settle(connection: sqlite3.Connection, cells: Iterable[Cell]) -> list[Cell]:
    """Find out anew what is shown of some cells.

    Returns:
        Those of them that show something else now.
    """
    changed = []
    for cell in cells:
        rows = connection.execute(
            "SELECT event, value, detail, live, shown FROM writes WHERE kind = ? AND a = ? AND b = ?"
            " ORDER BY event DESC",
            cell,
        ).fetchall()
        heads = note_heads(rows) if cell.kind == "note" else {next((row[0] for row in rows if row[3]), "")}
        before = [row[1:3] for row in rows if row[4]]
        after = [row[1:3] for row in rows if row[0] in heads and row[1] is not None]
        for event, value, _, _, shown in rows:
            show = event in heads and value is not None
            if show != shown:
                connection.execute(
                    "UPDATE writes SET shown = ? WHERE kind = ? AND a = ? AND b = ? AND event = ?",
                    (show, *cell, event),
                )
        if before != after:
            changed.append(cell)
    return changed


def note_heads(rows: list[tuple[str, str | None, str | None, int, int]]) -> set[str]:
    """Return the ids of the writes of a note that count and that no other one that counts replaces.

    Args:
        rows: event, value, ids of the replaced ones, whether it counts, and anything, of each write.
    """
    replaces = {row[0]: (row[2] or "").split() for row in rows}
    replaced: set[str] = set()
    for event, _, _, live, _ in rows:
        # Also by way of texts that were undone: whoever wrote it had seen what those had replaced.
        waiting = list(replaces[event]) if live else []
        while waiting:
            older = waiting.pop()
            if older not in replaced:
                replaced.add(older)
                waiting += replaces.get(older, ())
    return {row[0] for row in rows if row[3]} - replaced


def knows_all(connection: sqlite3.Connection) -> bool:
    """Tell whether what is shown was made by an arxtui that knew the kinds of change that this one does."""
    row = connection.execute("SELECT value FROM state WHERE name = 'kinds'").fetchone()
    return row is not None and row[0] == " ".join(sorted(KINDS))


def learn(connection: sqlite3.Connection) -> None:
    """Show what follows from changes that came from a newer arxtui, before this one knew their kinds."""
    row = connection.execute("SELECT value FROM state WHERE name = 'kinds'").fetchone()
    known = {UNDO, REDO, *(row[0].split() if row else ())}
    there = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM events")}
    if (there - known) & KINDS.keys():
        rebuild(connection)
    connection.execute("INSERT OR REPLACE INTO state VALUES ('kinds', ?)", (" ".join(sorted(KINDS)),))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make all that follows from the events anew, from nothing but them.

    An event that came before its kind was known here, and turns out to say what cannot be, is removed as it would be refused
    if it came now.
    """
    connection.execute("DELETE FROM changes")
    connection.execute("DELETE FROM writes")
    seqs = connection.execute("SELECT seq FROM events ORDER BY id").fetchall()
    for (seq,) in seqs:
        row = connection.execute(f"SELECT {EVENT_COLUMNS} FROM events WHERE seq = ?", (seq,)).fetchone()
        event = event_from(row)
        if event.kind in (UNDO, REDO):
            continue
        try:
            writes = writes_of(event)
        except Malformed:
            connection.execute("DELETE FROM events WHERE seq = ?", (seq,))
            continue
        undone = is_undone(connection, event.id)
        touched = connection.execute(
            "SELECT coalesce(max(seq), ?) FROM events WHERE target = ?", (seq, event.id)
        ).fetchone()[0]
        connection.execute(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
            (seq, event.id, event.session, bool(event.session), undone, touched),
        )
        _write(connection, event.id, writes, live=not undone, newest=True)
