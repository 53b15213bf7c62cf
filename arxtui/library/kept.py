"""The indexes that are kept in the cache: what there is, and how to be rid of it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from arxtui.library.catalogue import LINKING, NAME
from arxtui.library.checking import is_being_written, open_unchanged
from arxtui.library.errors import LibraryError
from arxtui.library.keeping import LIBRARIES, index_folder
from arxtui.library.scanning import outermost


class KeptIndex(NamedTuple):
    """An index in the cache.

    Attributes:
        folder: where it is.
        roots: absolute paths of the folders and files it is of; empty where that is not known.
        papers: how many are in it, or None where that is not known.
        bytes: what it takes on the disk.
        used: when it was last opened or written, seconds since 1970.
        remains: whether it is one that was set aside because it was damaged.
        unfinished: whether files are left to read: the last reading was cut off, or goes on.
    """

    folder: Path
    roots: tuple[str, ...]
    papers: int | None
    bytes: int
    used: float
    remains: bool
    unfinished: bool


def kept_indexes(cache_dir: Path) -> list[KeptIndex]:
    """Every index in a cache directory, the one used last first.

    Raises:
        LibraryError: the directory cannot be read.
    """
    try:
        with os.scandir(cache_dir / LIBRARIES) as entries:
            folders = [entry.path for entry in entries if entry.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LibraryError(f"{cache_dir}: cannot be read ({(error.strerror or '').lower()})") from None
    found = [look_at(Path(folder)) for folder in folders]
    # One that was set aside tells no roots; what took its place does.
    roots = {index.folder.name: index.roots for index in found}
    named = [index._replace(roots=index.roots or roots.get(_name(index), ())) for index in found]
    return sorted(named, key=lambda index: (-index.used, index.folder))


def _name(index: KeptIndex) -> str:
    return index.folder.name.partition(".")[0]


def look_at(folder: Path) -> KeptIndex:
    """What is kept in one folder."""
    infos = list(_infos(folder))
    used = max(
        (info.st_mtime for name, info in infos if os.path.dirname(name) in ("", os.curdir)), default=0.0
    )
    roots, papers, unfinished = _told(folder / NAME)
    size = sum(info.st_size for _, info in infos)
    return KeptIndex(folder, roots, papers, size, used, "." in folder.name, unfinished)


def _infos(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Path within the folder and state of every file, and of the folder itself."""
    for base, _, names in os.walk(folder):
        for name in ("", *names):
            path = os.path.join(base, name)
            try:
                yield os.path.relpath(path, folder), os.stat(path, follow_symlinks=False)
            except FileNotFoundError:
                continue  # another program is at work in it


def _told(path: Path) -> tuple[tuple[str, ...], int | None, bool]:
    """Roots, number of papers and whether there are files left to read, as a catalogue tells them."""
    if not path.exists():
        return (), None, False
    try:
        with closing(open_unchanged(path)) as db:
            facts = dict(db.execute("SELECT name, value FROM facts"))
            (papers,) = db.execute("SELECT value FROM totals WHERE name = 'papers'").fetchone()
    except (sqlite3.DatabaseError, TypeError):
        return (), None, False  # damaged, or of another version
    # Before the first commit, nothing is noted at all.
    unfinished = "roots" not in facts or facts.get(LINKING) == "due"
    return tuple(json.loads(facts.get("roots", "[]"))), papers, unfinished


def indexes_of(paths: Sequence[str], cache_dir: Path) -> list[KeptIndex]:
    """The indexes that are of these folders and files and of no others, those set aside included.

    Args:
        paths: as a user names them; they need not be there any more.
        cache_dir: where indexes are kept.

    Raises:
        LibraryError: the directory cannot be read.
    """
    roots = outermost([Path(path).expanduser().resolve() for path in paths])
    named, own = {str(root) for root in roots}, index_folder(roots, cache_dir).name
    return [
        index
        for index in kept_indexes(cache_dir)
        if _name(index) == own or (index.roots and named.issuperset(index.roots))
    ]


def remove_index(index: KeptIndex) -> None:
    """Delete an index.

    Raises:
        LibraryError: it is being written, or cannot be deleted.
    """
    what = ", ".join(index.roots) or str(index.folder)
    if is_being_written(index.folder):
        raise LibraryError(
            f"the index of {what} is being written: quit the arxtui that reads it, or wait until it is done"
        )
    # Out of the way in one step: who opens the library meanwhile begins anew, and never sees half an index.
    going = index.folder.with_name(f"{_name(index)}.cleared-{time.time_ns()}")
    try:
        index.folder.rename(going)
        shutil.rmtree(going)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LibraryError(
            f"{error.filename}: cannot be deleted ({reason}): allow yourself to write there"
        ) from None
