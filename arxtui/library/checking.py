"""Whether an index is sound, found out without changing it."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from arxtui.library.catalogue import NAME, VERSION, is_emptied
from arxtui.library.errors import BusyError, DamagedError, LibraryError, hindrance
from arxtui.library.textindex import TextIndex
from arxtui.library.textschema import FOLDER

_AGREEMENTS = (
    ("SELECT count(*) FROM papers", "SELECT value FROM totals WHERE name = 'papers'", "the number of papers"),
    ("SELECT count(*) FROM occurrences", "SELECT value FROM totals WHERE name = 'occurrences'", "the number of occurrences"),
    ("SELECT count(*) FROM papers", "SELECT coalesce(sum(papers), 0) FROM dates", "the number of papers a date"),
    ("SELECT count(*) FROM occurrences WHERE paper NOT IN (SELECT paper FROM papers)", "SELECT 0", "occurrences without a paper"),
    ("SELECT count(*) FROM occurrences WHERE file NOT IN (SELECT file FROM files)", "SELECT 0", "occurrences without a file"),
    ("SELECT count(*) FROM papers WHERE paper NOT IN (SELECT paper FROM occurrences)", "SELECT 0", "papers without an occurrence"),
)  # fmt: skip
"""Pairs of questions with one answer, and what is wrong where there are two."""

_LOOKS, _BETWEEN = 4, 0.3
"""How often, and with how many seconds between, two stamps are compared: a writer commits one after the other."""


def check_index(folder: Path) -> list[str]:
    """Look for damage in an index.

    Args:
        folder: where it is kept.

    Returns:
        What is wrong and what to do, a sentence each; nothing where it is sound, where there is none, or where it is
        of another version and will be made anew anyway.
    """
    path = folder / NAME
    if not path.exists():
        return []
    if is_emptied(folder):
        return ["the catalogue is damaged (it is empty): the next start of arxtui makes it again"]
    try:
        with closing(open_unchanged(path)) as db:
            if db.execute("PRAGMA user_version").fetchone() != (VERSION,):
                return []
            damage = [said for (said,) in db.execute("PRAGMA quick_check(3)") if said != "ok"]
            problems = [f"the catalogue is damaged ({said})" for said in damage] or _disagreements(db)
            if problems:
                return [
                    f"{problem}: make the index again with arxtui index --rebuild" for problem in problems
                ]
            return _torn(folder, db)
    except sqlite3.DatabaseError as error:
        return [f"the catalogue is damaged ({error}): the next start of arxtui makes it again"]


def open_unchanged(path: Path) -> sqlite3.Connection:
    """A connection to a catalogue that can only read; the file is left as it is.

    Raises:
        sqlite3.DatabaseError: it is no database, or cannot be opened.
    """
    # Where no log waits to be read, the file alone is all there is, and nothing need be put beside it.
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=10, isolation_level=None)


def _disagreements(db: sqlite3.Connection) -> list[str]:
    db.execute("BEGIN")  # one state for all questions, also while another program writes
    found = []
    for first, second, what in _AGREEMENTS:
        (one, other) = db.execute(f"SELECT ({first}), ({second})").fetchone()
        if one != other:
            found.append(f"the catalogue contradicts itself in {what} ({one} and {other})")
    db.execute("COMMIT")
    return found


def _torn(folder: Path, db: sqlite3.Connection) -> list[str]:
    """Whether the text index is that of the catalogue."""
    remedy = "the next refresh makes it again (arxtui index)"
    if not os.path.exists(folder / FOLDER / "meta.json"):
        return [f"the text index is missing: {remedy}"]
    try:
        index = TextIndex(folder / FOLDER)
        for look in range(_LOOKS):
            time.sleep(_BETWEEN if look else 0)
            index.reload()
            stamp = db.execute("SELECT (SELECT value FROM facts WHERE name = 'stamp')").fetchone()
            if (index.stamp(),) == stamp or is_being_written(folder):
                return []
    except DamagedError as error:
        return [f"the index is damaged ({error.reason}): the next start of arxtui makes it again"]
    except (OSError, ValueError) as error:
        if reason := hindrance(error, folder):
            return [f"whether the text index is sound cannot be seen, for {reason}"]
        return [f"the text index is damaged ({error}): {remedy}"]
    return [f"the text index is of another time than the catalogue: {remedy}"]


def is_being_written(folder: Path) -> bool:
    """Whether a program is writing an index right now.

    Args:
        folder: where it is kept.
    """
    if not os.path.exists(folder / FOLDER / "meta.json"):
        return False
    try:
        TextIndex(folder / FOLDER).writer().close()
    except BusyError:
        return True
    except (OSError, ValueError, LibraryError):
        return False  # too damaged to be written
    return False
