"""The texts of notes, also of those that were written at the same time, in several windows or on several devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.reading.values import Note

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def joined(texts: Sequence[tuple[str, str]]) -> str:
    """Put the texts of a note one under the other, so that nothing of any is lost.

    Args:
        texts: time and text of each, the oldest first.

    Returns:
        The one text there is as a rule; else all that differ, with a line before each later one that says when it was written.
    """
    seen: dict[str, str] = {}
    for time, text in texts:
        seen.setdefault(text, time)
    (first, _), *others = list(seen.items()) or [("", "")]
    return first + "".join(
        f"\n\n--- also written, {time[:10]} {time[11:16]} UTC ---\n\n{text}" for text, time in others
    )


_NOTES = "SELECT b, event, time, value FROM writes JOIN events ON id = event WHERE writes.kind = 'note' AND a = '' AND shown"


def note_of(connection: sqlite3.Connection, key: str) -> Note:
    """Return the note on a paper; its text is empty where there is none."""
    rows = connection.execute(f"{_NOTES} AND b = ? ORDER BY event", (key,)).fetchall()
    return Note(key, joined([row[2:] for row in rows]), tuple(row[1] for row in rows))


def all_notes(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the texts of all notes by the key of the paper."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for key, _, time, text in connection.execute(f"{_NOTES} ORDER BY b, event"):
        texts.setdefault(key, []).append((time, text))
    return {key: joined(rows) for key, rows in texts.items()}
