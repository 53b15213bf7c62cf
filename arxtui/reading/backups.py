"""Copies of the store, made with SQLite's backup API: dated, and old ones removed.

They lie in `backups/` beside the store: one for each day, `reading-2026-11-22.sqlite3`, which is made anew while things change on that day.
The ten newest of these are kept, and of each of the twelve newest months the newest one. Counted by copies and not by the calendar: whoever
comes back after a year still has them. Those that the user asked for have the time in their name as well, and none of them is removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from arxtui.reading.errors import Damaged, damaged

if TYPE_CHECKING:
    from pathlib import Path

    Latest = tuple[int, str]

DAYS, MONTHS = 10, 12
"""How many daily and how many monthly copies are kept."""

QUICK = 4 << 20
"""Bytes of a store of which a copy is made and looked through in a tenth of a second or so, whenever there is something new in it."""
RENEWED_AFTER = 300
"""Seconds for which the copy of a larger store is left as it is."""

_DAILY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-\d{6}(?:-\d+)?)?")


def folder_of(path: Path) -> Path:
    """Return where the copies of a store lie.

    Args:
        path: the store.
    """
    return path.parent / "backups"


def dated(path: Path) -> list[Path]:
    """Return the dated copies of a store, the newest first; those of days that are yet to come last, for then a clock was wrong.

    Args:
        path: the store.
    """
    found, today = [], f"{_now():%Y-%m-%d}"
    for file in folder_of(path).glob(f"{path.stem}-*{path.suffix}"):
        match = _DATED.fullmatch(_date_of(file, path))
        if match:
            # By the names first: files that were copied from elsewhere tell a time that says little.
            found.append((match[1] <= today, match[1], file.stat().st_mtime_ns, file))
    return [file for *_, file in sorted(found, reverse=True)]


def kept(path: Path) -> list[Path]:
    """Return the copies that were made before the store was replaced or brought up to date, the newest first.

    Args:
        path: the store.
    """
    found = folder_of(path).glob(f"{path.stem}-before-*{path.suffix}")
    return sorted(found, key=lambda file: file.stat().st_mtime, reverse=True)


def due(path: Path, latest: Latest | None) -> bool:
    """Tell whether the copy of today is to be made, or made anew.

    Args:
        path: the store.
        latest: its last event.
    """
    try:
        made = today(path).stat().st_mtime
    except OSError:
        return True
    if latest_in(today(path)) == latest:
        return False
    return path.stat().st_size <= QUICK or not 0 <= time.time() - made < RENEWED_AFTER


def latest_in(file: Path) -> Latest | None:
    """Return the last event that a copy holds, None where it holds none or cannot be read.

    Args:
        file: the copy.
    """
    try:
        with closing(_opened(file)) as connection:
            return latest_of(connection)
    except sqlite3.Error:
        return None


def latest_of(connection: sqlite3.Connection) -> Latest | None:
    """Return the last event that a store holds, None where it holds none.

    Args:
        connection: the store.
    """
    row: Latest | None = connection.execute("SELECT seq, id FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return row


def today(path: Path) -> Path:
    """Return the copy of today, whether there is one or not."""
    return folder_of(path) / f"{path.stem}-{_now():%Y-%m-%d}{path.suffix}"


def by_hand(path: Path, folder: Path | None = None) -> Path:
    """Return the name of a copy that is made now because the user asks for it; there is no such file yet.

    Args:
        path: the store.
        folder: where to; None is where all its copies lie.
    """
    return unused(folder or folder_of(path), f"{path.stem}-{_now():%Y-%m-%d-%H%M%S}", path.suffix)


def unused(folder: Path, name: str, suffix: str) -> Path:
    """Return a file that is not there yet.

    Args:
        folder: that it will be in.
        name: its name, behind which a number stands where that is taken.
        suffix: the end of its name.
    """
    file, number = folder / f"{name}{suffix}", 1
    while file.exists():
        number += 1
        file = folder / f"{name}-{number}{suffix}"
    return file


def copy(connection: sqlite3.Connection, source: Path, target: Path) -> None:
    """Copy a store, whatever is written to it meanwhile; the copy is looked through before it gets its name.

    Args:
        connection: the store. It is not kept from others for longer than a step of the backup takes.
        source: its file, for the message.
        target: the file to make, replaced where there is one.

    Raises:
        Damaged: the store is damaged, and so is what was copied of it; there is no new copy.
        sqlite3.Error: the copy cannot be written.
        OSError: its folder cannot be made.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        make_private(made)
        with closing(sqlite3.connect(made, isolation_level=None)) as copied:
            connection.backup(copied)
            # One file that stands alone, wherever it is carried.
            copied.execute("PRAGMA journal_mode = DELETE")
            wrong = damage_in(copied)
        if wrong:
            raise Damaged(damaged(source, wrong[0]))
        sync_to_disk(made)
        made.replace(target)
        sync_to_disk(target.parent)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            made.with_name(made.name + suffix).unlink(missing_ok=True)


def make_private(path: Path) -> None:
    """Make an empty file that is its owner's alone, as what SQLite and copies put beside or into it is then.

    Where that cannot be, whoever writes to it cannot make it either, and says why.

    Args:
        path: the file; one that is there stays as it is.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))


def is_store(path: Path) -> bool:
    """Tell whether a file is a store of reading lists or a copy of one, by what its head says.

    Args:
        path: the file.
    """
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    # The application's id stands at offset 68 (https://sqlite.org/fileformat2.html).
    return head.startswith(b"SQLite format 3\0") and head[68:] == b"AXTR"


def damage_in(connection: sqlite3.Connection) -> list[str]:
    """Look through a whole store for damage.

    Args:
        connection: the store.

    Returns:
        What is wrong with it, in the words of SQLite; nothing where it is sound.
    """
    said = [text for (text,) in connection.execute("PRAGMA integrity_check(5)")]
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [text for text in said if text != "ok"] + [
        f"row {row} of {table} refers to {parent}, where there is none" for table, row, parent, _ in loose
    ]


def remove_old(path: Path) -> None:
    """Remove the daily copies that are neither among the ten newest nor the newest of one of twelve months.

    Args:
        path: the store.
    """
    found = [file for file in dated(path) if _DAILY.fullmatch(_date_of(file, path))]
    months: dict[str, Path] = {}
    for file in found:
        months.setdefault(_date_of(file, path)[:7], file)
    keep = {*found[:DAYS], *list(months.values())[:MONTHS]}
    for file in found:
        if file not in keep:
            file.unlink(missing_ok=True)


def newest_sound(path: Path, version: int) -> tuple[Path | None, Path | None]:
    """Return the newest dated copy that is sound and can be used, and a newer sound one that only a newer arxtui can use.

    Args:
        path: the store.
        version: the highest version of the store that is known here.
    """
    ahead = None
    for file in dated(path):
        with contextlib.suppress(sqlite3.Error), closing(_opened(file)) as connection:
            if not damage_in(connection):
                if connection.execute("PRAGMA user_version").fetchone()[0] <= version:
                    return file, ahead
                ahead = ahead or file
    return None, ahead


def version_in(path: Path) -> int:
    """Return the version that the head of a store tells, however damaged the rest is; 0 where it tells none.

    Args:
        path: the file.
    """
    if not is_store(path):
        return 0
    with path.open("rb") as file:
        # The version stands at offset 60.
        return int.from_bytes(file.read(64)[60:], "big")


def sync_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(file: Path) -> sqlite3.Connection:
    """Open a copy to read it, without a trace."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _date_of(file: Path, path: Path) -> str:
    """Return what stands in the name of a copy behind that of the store."""
    return file.stem.removeprefix(f"{path.stem}-")
