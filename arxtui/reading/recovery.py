"""Damage found when a store is opened, and a damaged store put right.

The damaged file is set aside with its log. In its place comes the newest sound backup, with all events added that can still be read from what was
set aside. Events are a set, so it does no harm to add one twice or in another order.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading import backups, projection
from arxtui.reading.errors import DAMAGE, Damaged, StoreError, damaged, newer_damaged, primary_code
from arxtui.reading.events import timestamp
from arxtui.reading.schema import VERSION, Opened, connect, transaction
from arxtui.reading.values import Restored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = 1 << 20
"""Bytes of a store that is looked through whenever it is opened, which takes some milliseconds. Of a larger one only what is read
and written first is looked at; the daily backup looks through all of it."""


def open_sound(path: Path, patience: float) -> Opened:
    """Open a store and look at it, for some milliseconds unless damage has been met in it.

    Args:
        path: the file; it is made where there is none.
        patience: seconds to wait for a lock.

    Raises:
        Damaged: it is no sound store, or an empty or missing one that has backups.
        StoreError, sqlite3.Error, OSError: as `schema.connect`.
    """
    if (not path.exists() or _is_empty(path)) and backups.dated(path):
        raise Damaged(damaged(path, "it is empty" if path.exists() else "it is gone"))
    try:
        opened = connect(path, patience)
        try:
            if opened.refusal is None:
                _look(opened.connection, path)
        except BaseException:
            opened.connection.close()
            raise
    except sqlite3.Error as error:
        if primary_code(error) in DAMAGE:
            raise Damaged(damaged(path, str(error))) from error
        raise
    return opened


def _is_empty(path: Path) -> bool:
    return path.is_file() and path.stat().st_size == 0 and not _beside(path, "-wal").exists()


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _look(connection: sqlite3.Connection, path: Path) -> None:
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    size: int = pages * connection.execute("PRAGMA page_size").fetchone()[0]
    # What is not in the file yet is in the log. Asked twice: another program may have emptied that in between.
    if all(path.stat().st_size < size and not _beside(path, "-wal").exists() for _ in range(2)):
        raise Damaged(damaged(path, f"{path.stat().st_size:,} bytes are left of {size:,}"))
    if suspect(path).exists():
        wrong = backups.damage_in(connection)
        if wrong:
            raise Damaged(damaged(path, wrong[0]))
        with contextlib.suppress(OSError):
            suspect(path).unlink(missing_ok=True)
    if size <= SMALL:
        said: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise Damaged(damaged(path, said))
        return
    connection.execute("SELECT * FROM events ORDER BY seq DESC LIMIT 20").fetchall()
    connection.execute("SELECT max(id) FROM events").fetchone()


def suspect(path: Path) -> Path:
    """Return the file that stands beside a store in which damage has been met."""
    return _beside(path, "-suspect")


def put_right(path: Path, patience: float) -> list[str]:
    """Set a damaged store aside, and make a sound one of the newest backup and what can be read of it.

    Args:
        path: the file.
        patience: seconds to wait for a lock.

    Returns:
        What to tell the user: what was kept, and where. Nothing where another program was quicker.

    Raises:
        StoreError: only a newer arxtui can do that; nothing was changed.
        OSError: the folder cannot be written.
        sqlite3.Error: the new store cannot be written.
    """
    with _alone(path):
        try:
            open_sound(path, patience).connection.close()
        except Damaged:
            pass
        else:
            return []
        backup, ahead = backups.newest_sound(path, VERSION)
        if backups.version_in(path) > VERSION:
            raise StoreError(newer_damaged(path, None))
        if backup is None and ahead is not None:
            raise StoreError(newer_damaged(path, ahead))
        with _no_changes(path):
            aside = _set_aside(path)
            try:
                made = _room_for_new(path)
                if backup is not None:
                    backups.make_private(made)
                    shutil.copyfile(backup, made)
                with closing(connect(made, patience).connection) as connection:
                    asides = [file for file in _all_aside(path) if _is_newer(file, backup)]
                    filled = _fill(connection, asides, aside)
                    lost = lost_records(connection)
                    connection.execute("PRAGMA journal_mode = DELETE")
                _put_in_place(made, path)
            except BaseException:
                # The damaged file is where it was. A copy of it at each try would fill the disk.
                _room_for_new(path)
                if aside is not None:
                    _remove_aside(aside)
                raise
    told = [_told(path, aside, backup, filled)]
    if ahead is not None:
        told.append(
            f"the backup {ahead} was left out: a newer arxtui wrote it. Once arxtui is updated, arxtui backup load adds it"
        )
    if lost:
        told.append(
            f"of {lost:,} paper{'s' * (lost != 1)} on the lists the records could not be read: titles and abstracts are "
            "shown where an open file holds them. An older backup may have them: arxtui backup load FILE"
        )
    return told


def replace_by(path: Path, backup: Path, patience: float) -> Restored:
    """Put a backup in the place of a store.

    Args:
        path: the store.
        backup: the backup, or any copy of a store; it is not changed.
        patience: seconds to wait for a lock.

    Returns:
        Where what was there until now is kept, as a backup, and what a sync will bring back.

    Raises:
        StoreError: it is no sound store; nothing was changed.
        OSError: a file cannot be read or written.
        sqlite3.Error: the store cannot be read, or the new one not written.
    """
    with _alone(path), _no_changes(path):
        made = _room_for_new(path)
        try:
            for suffix in ("", "-wal"):
                if _beside(backup, suffix).exists():
                    backups.make_private(_beside(made, suffix))
                    shutil.copyfile(_beside(backup, suffix), _beside(made, suffix))
            _made_sound(made, backup, patience)
            kept = backups.unused(
                backups.folder_of(path), _stamped(f"{path.stem}-before-restore"), path.suffix
            )
            with closing(connect(path, patience).connection) as present:
                backups.copy(present, path, kept)
                coming, folders = _remember(present, made)
        except BaseException:
            _room_for_new(path)
            raise
        _put_in_place(made, path)
    return Restored(kept, coming, folders)


def _remember(present: sqlite3.Connection, made: Path) -> tuple[int, tuple[str, ...]]:
    """Let a restored store know which events it had made until now: those that come back are its own.

    Returns:
        How many events it lacks that synced folders hold, and these folders.
    """
    own = present.execute(
        "SELECT id, session FROM events WHERE session <> '' UNION SELECT id, session FROM away"
    ).fetchall()
    with closing(sqlite3.connect(made, isolation_level=None)) as connection, transaction(connection):
        connection.executemany("INSERT OR IGNORE INTO away VALUES (?, ?)", own)
        connection.execute("DELETE FROM away WHERE id IN (SELECT id FROM events)")
        there = {event for (event,) in connection.execute("SELECT id FROM events")}
    coming: dict[str, set[str]] = {}
    for folder, event in present.execute(
        "SELECT folder, event FROM carried JOIN carried_files ON carried_files.id = file"
    ):
        if event not in there:
            coming.setdefault(folder, set()).add(event)
    return len(set().union(*coming.values())), tuple(sorted(coming))


def _made_sound(made: Path, backup: Path, patience: float) -> None:
    """Look through the copy of a backup that is to be a store, and make it one file."""
    try:
        opened = connect(made, patience)
        with closing(opened.connection) as connection:
            wrong = backups.damage_in(connection)
            if opened.refusal is None and not wrong:
                connection.execute("PRAGMA journal_mode = DELETE")
                return
    except sqlite3.Error as error:
        if primary_code(error) not in DAMAGE:
            raise
        wrong = [str(error)]
    why = (
        f"it is damaged ({wrong[0]}). Take another (arxtui backup ls)"
        if wrong
        else "a newer arxtui wrote it. Update arxtui"
    )
    raise StoreError(f"{backup} cannot be restored, and nothing was changed: {why}")


def _room_for_new(path: Path) -> Path:
    """Return the file in which a new store is made, after removing what is left of an earlier one."""
    made = path.with_name(f"{path.stem}.restoring{path.suffix}")
    for suffix in ("", "-wal", "-shm", "-journal"):
        _beside(made, suffix).unlink(missing_ok=True)
    return made


def _put_in_place(made: Path, path: Path) -> None:
    """Replace a store, of which all that matters was copied, by a new one."""
    backups.sync_to_disk(made)
    # The log goes first: with the new file it would be one of another store.
    for suffix in ("-wal", "-shm"):
        _beside(path, suffix).unlink(missing_ok=True)
    made.replace(path)
    suspect(path).unlink(missing_ok=True)
    backups.sync_to_disk(path.parent)


def lost_records(connection: sqlite3.Connection) -> int:
    """Count the papers whose records should be there and are not.

    Args:
        connection: the store.
    """
    count: int = connection.execute(
        "SELECT count(DISTINCT b) FROM writes LEFT JOIN records ON digest = value "
        "WHERE kind IN ('entry', 'record') AND shown AND value <> '' AND digest IS NULL"
    ).fetchone()[0]
    return count


@contextlib.contextmanager
def _no_changes(path: Path) -> Iterator[None]:
    """Let other programs that have the damaged store open change it no more: they wait, and find it replaced."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(sqlite3.Error):
            if path.exists():
                connection = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
                connection.execute("BEGIN IMMEDIATE")
        yield


class _Filled(NamedTuple):
    """What a new store was made of.

    Attributes:
        events: how many it has now.
        found: how many of them were read from files that were set aside.
        made: how many the damaged store had at least; 0 where that cannot be told.
    """

    events: int
    found: int
    made: int


def _told(path: Path, aside: Path | None, backup: Path | None, filled: _Filled) -> str:
    said = f"the reading lists in {path} were damaged or gone"
    if aside is not None:
        said += f"; the damaged file is kept as {aside}"
    if backup is not None:
        said += f". Restored from the backup {backup}"
        if aside is not None:
            said += f" and {_changes(filled.found)} of the damaged file"
    elif filled.found:
        said += f". {_changes(filled.found)} could still be read"
    else:
        said += ". There was no backup and nothing could be read: the lists are empty"
    lost = max(0, filled.made - filled.events)
    if lost:
        how = f"; at least {_changes(lost)} {'is' if lost == 1 else 'are'} lost"
    elif filled.made:
        how = "; none is lost"
    else:
        how = "; what came after that is lost" if backup is not None else ""
    return f"{said}. There {'is' if filled.events == 1 else 'are'} {_changes(filled.events)} now{how}; see arxtui history"


def _changes(number: int) -> str:
    return f"{number:,} change{'s' * (number != 1)}"


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other programs from putting the same store right at the same time."""
    with open(_beside(path, "-lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _set_aside(path: Path) -> Path | None:
    """Copy a damaged store and its log. A copy, so that a crash before the new one is in its place changes nothing."""
    if not path.exists() or _is_empty(path):
        return None
    aside = backups.unused(path.parent, _stamped(f"{path.stem}.damaged"), path.suffix)
    try:
        for suffix in ("-wal", ""):
            if _beside(path, suffix).exists() and _beside(path, suffix).stat().st_size:
                backups.make_private(_beside(aside, suffix))
                shutil.copyfile(_beside(path, suffix), _beside(aside, suffix))
                backups.sync_to_disk(_beside(aside, suffix))
    except BaseException:
        _remove_aside(aside)  # half a copy
        raise
    return aside


def _remove_aside(aside: Path) -> None:
    for suffix in ("", "-wal"):
        _beside(aside, suffix).unlink(missing_ok=True)


def _stamped(name: str) -> str:
    """Return a name with the time behind it."""
    return f"{name}-{timestamp()[:19].replace(':', '').replace('T', '-')}"


def before_return(path: Path, backup: Path) -> None:
    """Keep a backup of today that has changes which the store lacks: an older store has taken its place since.

    Args:
        path: the store.
        backup: the backup, which is about to be made anew.

    Raises:
        OSError: it cannot be copied.
    """
    kept = backups.unused(backup.parent, _stamped(f"{path.stem}-before-return"), path.suffix)
    try:
        shutil.copy2(backup, kept)
        backups.sync_to_disk(kept)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def _all_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}"))


def _is_newer(file: Path, backup: Path | None) -> bool:
    return backup is None or file.stat().st_mtime >= backup.stat().st_mtime


def _fill(connection: sqlite3.Connection, asides: list[Path], last: Path | None) -> _Filled:
    """Add what can be read of the files set aside.

    Args:
        connection: the new store.
        asides: the files.
        last: the one of them that was the store until now.
    """
    from arxtui.reading.salvage import read_what_can_be  # every start looks for damage, and few find any

    found = made = 0
    for aside in asides:
        read = read_what_can_be(aside)
        if aside == last:
            made = read.made
        with transaction(connection):
            connection.executemany("INSERT OR IGNORE INTO records VALUES (?, ?)", read.records.items())
            found += projection.insert_all(connection, read.events)
    count: int = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    return _Filled(count, found, made)
