"""Undo, redo and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.reading import projection
from arxtui.reading.changes import describe, words_of
from arxtui.reading.errors import StoreError
from arxtui.reading.events import REDO, UNDO
from arxtui.reading.listing import known_lists
from arxtui.reading.naming import in_words
from arxtui.reading.opened import OpenedStore
from arxtui.reading.records import best_records
from arxtui.reading.values import Past, paper_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from arxtui.reading.changes import Cell
    from arxtui.reading.listing import KnownList

# What was changed here is undone first, however old: an undo that took back what another window has just done would
# surprise. Then the newest change of this device, so that a new session can undo what an old one did. What came from other devices
# is undone only by its id.
_TO_UNDO = (
    "SELECT id FROM changes WHERE undone = 0 AND session = :session ORDER BY seq DESC",
    "SELECT id FROM changes WHERE undone = 0 AND here = 1 AND session <> :session ORDER BY seq DESC",
)
# What was undone stays open to redo until its session makes another change; to other sessions, until anybody here does. That
# a record comes which was missing is no change of anybody's: the reader sees to it by itself.
_TO_REDO = (
    """SELECT changes.id FROM changes JOIN events ON events.seq = touched
       WHERE undone = 1 AND events.session = :session AND NOT EXISTS
           (SELECT 1 FROM changes AS newer JOIN events USING (seq)
            WHERE newer.session = :session AND newer.seq > changes.touched AND kind <> 'fill')
       ORDER BY touched DESC""",
    """SELECT id FROM changes WHERE undone = 1 AND here = 1
           AND touched > (SELECT max(seq) FROM changes JOIN events USING (seq) WHERE here = 1 AND kind <> 'fill')
       ORDER BY touched DESC""",
)


class History(OpenedStore):
    """The part of the store that looks back."""

    def undo(self, event: str | None = None) -> str | None:
        """Take a change back: the latest of this session that still stands, else the latest of this device.

        Only what the change really did is taken back, and only where it still is so. A change of which nothing is left to
        be taken back, because others came after it, is passed over.

        Args:
            event: take back the change of this id instead, whoever made it.

        Returns:
            What was undone, `added 2507.19427 to bookmarks`, or None where there is nothing to undo.
        """
        return self._step(UNDO, event)

    def redo(self, event: str | None = None) -> str | None:
        """Make the change again that was undone last, unless another was made since.

        Args:
            event: make the change of this id again instead.

        Returns:
            What was done again, or None where there is nothing to redo.
        """
        return self._step(REDO, event)

    def history(self, limit: int = 50, before: str | None = None) -> list[Past]:
        """Return the changes that were made, the newest first.

        Args:
            limit: how many at most.
            before: only those older than the one of this id.
        """
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT events.{projection.EVENT_COLUMNS.replace(', ', ', events.')}, here, undone"
                " FROM events JOIN changes USING (id) WHERE events.id < ? ORDER BY events.id DESC LIMIT ?",
                (before or "g", limit),
            ).fetchall()
        events = [(projection.event_from(row[:7]), row[7], row[8]) for row in rows]
        return [
            Past(event.id, event.time, bool(here), event.device, words_of(event), bool(undone))
            for event, here, undone in events
        ]

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        """Return what papers are called in sentences: the titles that were kept, also of papers that are on no list any more.

        Args:
            keys: keys of papers.

        Returns:
            Titles by key; the beginning of the abstract where there is no title, and nothing of papers of which no record was kept.
        """
        with self._reading() as connection:
            records = best_records(connection, list(keys))
        papers = [paper_from(key, record) for key, record in records.items()]
        return {paper.key: name for paper in papers if (name := in_words(paper))}

    def _step(self, kind: str, event: str | None) -> str | None:
        with self._writing() as connection:
            steps = (
                _steps(connection, kind, self._session) if event is None else _given(connection, kind, event)
            )
            for step in steps:
                connection.execute("SAVEPOINT step")
                lists = known_lists(connection)
                turned = projection.turn(connection, step, live=kind == REDO)
                # What is known of a paper is nothing that was done with it.
                changed = [cell for cell in turned if cell.kind != "record"]
                if seen := _visible(connection, changed, lists):
                    connection.execute("RELEASE step")
                    # Said beforehand, so that the event finds its work done.
                    connection.execute("UPDATE changes SET undone = ? WHERE id = ?", (kind == UNDO, step))
                    self._record(connection, kind, {}, step)
                    found = projection.event_of(connection, step)
                    assert found is not None
                    return describe(found, {cell.b for cell in seen})
                connection.execute("ROLLBACK TO step")
                connection.execute("RELEASE step")
        return None


def _steps(connection: sqlite3.Connection, kind: str, session: str) -> Iterator[str]:
    for query in _TO_UNDO if kind == UNDO else _TO_REDO:
        for (step,) in connection.execute(query, {"session": session}).fetchall():
            yield step


def _given(connection: sqlite3.Connection, kind: str, event: str) -> Iterator[str]:
    row = connection.execute("SELECT undone FROM changes WHERE id = ?", (event,)).fetchone()
    if row is None:
        raise StoreError(f"there is no change {event}; the history has them all")
    if row[0] == (kind == REDO):
        yield event


def _visible(connection: sqlite3.Connection, changed: list[Cell], lists: list[KnownList]) -> list[Cell]:
    """Return the cells whose change a user sees.

    A list whose making is undone is still there while it has entries, or while another device has made it too, and so is a paper
    that another device has put on it; where an entry stood counts for nothing while it is not on the list.

    Args:
        connection: the store.
        changed: the cells that show something else now.
        lists: the lists as they were before.
    """
    now = known_lists(connection)
    lists_change = [each[1:] for each in now] != [each[1:] for each in lists]
    # A list whose making is undone is one with others before, one that is made again behind.
    ids: dict[str, frozenset[str]] = {}
    for each in (*lists, *now):
        ids |= {row: ids.get(row, frozenset()).union(each.ids) for row in each.ids}

    def is_seen(cell: Cell) -> bool:
        one = ids.get(cell.a, frozenset([cell.a]))
        if cell.kind == "place":
            return _is_on_any(connection, cell.b, one)
        if cell.kind == "entry":
            return len(one) == 1 or not _is_on_any(connection, cell.b, one - {cell.a})
        return cell.kind != "list" or lists_change

    return [cell for cell in changed if is_seen(cell)]


def _is_on_any(connection: sqlite3.Connection, key: str, ids: frozenset[str]) -> bool:
    rows = connection.execute("SELECT a FROM writes WHERE kind = 'entry' AND b = ? AND shown", (key,))
    return any(row in ids for (row,) in rows)
