"""Exchanging events with a folder that anything may carry between devices.

Each device appends to a file of its own there, `arxtui-DEVICE.jsonl`, and reads all others, so nothing is ever locked or
overwritten. What is to be written is found by what the files hold and not by what was written once: a file that was lost, cut short or replaced by
that of a copy of this store is made whole the next time. How far each file was read is kept, with the end of what was read, so that
only what is new is read again; one that holds lines which cannot be read is read again until it is sound.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple

from arxtui.reading import projection
from arxtui.reading.changes import OF_THIS_MACHINE, Malformed
from arxtui.reading.devices import this_device
from arxtui.reading.lines import Newer, from_line, is_sound

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from arxtui.reading.events import Event

_BATCH = 4 << 20
"""Bytes of lines that are read before what they say is written, in one transaction."""

_FEW = 5
"""Lines that are named where they could not be read; more are counted."""

_TAIL = 4096
"""Bytes before the place up to which a file was read, by which it is known again."""


class Read(NamedTuple):
    """Lines that were read of a file.

    Attributes:
        first: these are the first lines of the file.
        events: the events, with the records that came with each.
        end: offset behind the last whole line.
        tail: digest of what stands right before that.
        damaged: numbers of the lines that are no events, counted from 1 in the whole file.
        newer: number of lines that a newer arxtui wrote.
    """

    first: bool
    events: list[tuple[Event, dict[str, str]]]
    end: int
    tail: str
    damaged: tuple[int, ...]
    newer: int


def files_in(folder: Path) -> list[Path]:
    """Return the files of events in a folder, copies made by whatever carries them as well.

    Raises:
        OSError: the folder cannot be read.
    """
    return sorted(
        entry
        for entry in folder.iterdir()
        if entry.name.startswith("arxtui-") and entry.suffix == ".jsonl" and entry.is_file()
    )


def own_file(folder: Path, device: str) -> Path:
    """Return the file that a device writes."""
    return folder / f"arxtui-{device}.jsonl"


def known_end(connection: sqlite3.Connection, file: Path) -> tuple[int, str]:
    """Return up to where a file was read, and what stood there; (0, "") for a new one."""
    row = connection.execute(
        "SELECT size, tail FROM carried_files WHERE folder = ? AND name = ?", _name(file)
    ).fetchone()
    return (0, "") if row is None else (row[0], row[1])


def read_file(file: Path, known: tuple[int, str]) -> Iterator[Read]:
    """Read what is new in a file, some megabytes at a time.

    Args:
        file: the file.
        known: what `known_end` returned. Where the file is another one now, it is read from its beginning.

    Raises:
        OSError: it cannot be read.
    """
    with open(file, "rb") as stream:
        end, tail = known
        if _tail(stream.fileno(), end) != tail:
            end = 0
        stream.seek(end)
        batch: list[bytes] = []
        size, first = 0, end == 0
        for line in stream:
            if not line.endswith(b"\n"):
                break  # it is still being carried
            batch.append(line)
            size += len(line)
            if size >= _BATCH:
                yield _read(first, batch, stream.fileno(), end, end + size)
                end += size
                batch, size, first = [], 0, False
        if batch or first:
            yield _read(first, batch, stream.fileno(), end, end + size)


def _read(first: bool, lines: Iterable[bytes], handle: int, start: int, end: int) -> Read:
    events, damaged = [], []
    newer = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            events.append(from_line(line))
        except Newer:
            newer += 1
        except Malformed:
            damaged.append(number)
    above = _lines_above(handle, start) if damaged else 0
    return Read(first, events, end, _tail(handle, end), tuple(above + number for number in damaged), newer)


def _lines_above(handle: int, start: int) -> int:
    """Count the lines before a place; that is asked only where something is wrong behind it."""
    return sum(os.pread(handle, min(_BATCH, start - at), at).count(b"\n") for at in range(0, start, _BATCH))


def _tail(handle: int, end: int) -> str:
    start = max(0, end - _TAIL)
    found = os.pread(handle, end - start, start)
    return hashlib.sha256(found).hexdigest() if found else ""


def take_in(connection: sqlite3.Connection, file: Path, read: Read) -> tuple[int, set[str]]:
    """Add what was read, and note that the file carries it.

    Args:
        connection: the store, inside a transaction.
        file: the file.
        read: what was read of it.

    Returns:
        How many events were new, and the devices that made them.
    """
    if read.first:
        # Read from its beginning: what was known of it before counts no more.
        connection.execute("DELETE FROM carried_files WHERE folder = ? AND name = ?", _name(file))
    number = connection.execute(
        "INSERT INTO carried_files (folder, name, size, tail) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (folder, name) DO UPDATE SET size = excluded.size, tail = excluded.tail RETURNING id",
        (*_name(file), read.end, read.tail),
    ).fetchone()[0]
    new = add_all(connection, read.events)
    connection.executemany(
        "INSERT OR IGNORE INTO carried VALUES (?, ?)", ((number, event.id) for event, _ in read.events)
    )
    return len(new), {event.device for event in new}


def add_all(connection: sqlite3.Connection, read: Iterable[tuple[Event, dict[str, str]]]) -> list[Event]:
    """Add events with their records.

    Args:
        connection: the store, inside a transaction.
        read: events, each with its records.

    Returns:
        Those that are new.
    """
    new = []
    for event, records in read:
        connection.executemany("INSERT OR IGNORE INTO records VALUES (?, ?)", records.items())
        new += [event] * projection.insert_all(connection, [event])
    return new


def read_again(connection: sqlite3.Connection, file: Path) -> None:
    """Let a file be read from its beginning the next time, though no more of it may be there then."""
    connection.execute(
        "UPDATE carried_files SET size = 0, tail = '' WHERE folder = ? AND name = ?", _name(file)
    )


def mend(file: Path) -> list[int]:
    """Take lines that were damaged or cut short out of the own file; what they said is missing there then, and is written again.

    The file gets another content, so that whoever has read the old one reads all of the new one: what stands before the place up to
    which they have read is not what it was. It is replaced in one step: it may hold what no other file does.

    Args:
        file: the file, which need not be there.

    Returns:
        The numbers of the lines.

    Raises:
        OSError: it cannot be read, or not be written.
    """
    if not file.is_file():
        return []
    with open(file, "rb") as stream:
        _lock(stream)
        lines = list(stream)
        wrong = [number for number, line in enumerate(lines, 1) if line.strip() and not _is_kept(line)]
        if wrong:
            made = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
            try:
                with open(made, "xb") as rest:
                    rest.writelines(line for line in lines if _is_kept(line))
                    rest.flush()
                    os.fsync(rest.fileno())
                shutil.copymode(file, made)  # whoever was let read it before still is, and nobody else
                made.replace(file)
            finally:
                made.unlink(missing_ok=True)
    return wrong


def _is_kept(line: bytes) -> bool:
    if is_sound(line):
        return True
    try:
        from_line(line)
    except Newer:
        return line.endswith(b"\n")
    except Malformed:
        pass
    return False


def damage_words(name: str, lines: Sequence[int], *, nothing: bool) -> str:
    """Say which lines of a file could not be read, and what to do.

    Args:
        name: of the file.
        lines: their numbers.
        nothing: there is no other line in it.
    """
    if nothing:
        return f"{name} holds nothing of arxtui: move it elsewhere, unless something is still bringing it"
    which = ", ".join(map(str, lines[:_FEW])) + (
        f" and {len(lines) - _FEW:,} more" if len(lines) > _FEW else ""
    )
    return (
        f"{name}, line{'s' * (len(lines) > 1)} {which}: damaged, and mended by the next sync of the machine that writes the file. "
        "Where that machine is gone, delete the file: what could be read is kept"
    )


def forget_all_but(connection: sqlite3.Connection, folder: Path, files: Iterable[Path]) -> None:
    """Forget the files of a folder that are no longer there: what they carried is to be written again."""
    there = {file.name for file in files}
    rows = connection.execute(
        "SELECT id, name FROM carried_files WHERE folder = ?", (str(folder),)
    ).fetchall()
    connection.executemany(
        "DELETE FROM carried_files WHERE id = ?", ((number,) for number, name in rows if name not in there)
    )


def ids_to_send(connection: sqlite3.Connection, folder: Path) -> list[str]:
    """Return the ids of the events that the own file lacks: events of this device, and those of others that no file of the folder holds.

    Args:
        connection: the store.
        folder: the folder.
    """
    device = this_device(connection)
    here = ", ".join(f"'{kind}'" for kind in sorted(OF_THIS_MACHINE))
    rows = connection.execute(
        f"""SELECT id FROM events AS made WHERE kind NOT IN ({here})
        AND NOT EXISTS (SELECT 1 FROM events AS other WHERE other.id = made.target AND other.kind IN ({here}))
        AND NOT EXISTS (
            SELECT 1 FROM carried_files JOIN carried ON carried.file = carried_files.id
            WHERE folder = ? AND event = made.id AND (made.device <> ? OR name = ?))
        ORDER BY id""",
        (str(folder), device, own_file(folder, device).name),
    ).fetchall()
    return [event for (event,) in rows]


def append(file: Path, lines: Iterable[bytes]) -> int:
    """Add lines to the own file and wait until they are on the disk.

    Args:
        file: the file; it is made where there is none.
        lines: the lines.

    Returns:
        How many there were.

    Raises:
        OSError: it cannot be written. Then nothing more stands in it than before, where that can be helped.
    """
    count = 0
    # Unbuffered: what is left in a buffer would be written when the file is closed, after the rest was taken back.
    with open(file, "ab+", buffering=0) as stream:
        _lock(stream)
        size = os.fstat(stream.fileno()).st_size
        try:
            if size and os.pread(stream.fileno(), 1, size - 1) != b"\n":
                _write(stream.fileno(), b"\n")  # a line that was cut short must not swallow the next one
            for line in lines:
                _write(stream.fileno(), line)
                count += 1
            os.fsync(stream.fileno())
        except OSError:
            with suppress(OSError):
                stream.truncate(size)
            raise
    return count


def _lock(stream: IO[bytes]) -> None:
    # Not every drive can; then lines may stand there twice, or are missing until the next sync, which is no harm.
    with suppress(OSError):
        fcntl.flock(stream, fcntl.LOCK_EX)


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _name(file: Path) -> tuple[str, str]:
    return str(file.parent), file.name
