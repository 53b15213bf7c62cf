"""What can go wrong with the reading store, in words for the user."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class StoreError(Exception):
    """The reading lists cannot be read or changed.

    The text is one sentence or two for the user: what is wrong, where, and what to do about it.
    """


class UnknownList(StoreError):
    """There is no reading list of that name.

    Attributes:
        name: the name that was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no reading list named {name!r}")
        self.name = name


class Damaged(StoreError):
    """The file is no sound store: it is to be set aside and put right from a backup."""


@contextmanager
def explained(path: Path, patience: float) -> Iterator[None]:
    """Turn SQLite's errors into words for the user.

    Args:
        path: the file of the store, named in the message.
        patience: the seconds that were waited for a lock.

    Raises:
        StoreError: in place of any `sqlite3.Error`.
    """
    try:
        yield
    except sqlite3.Error as error:
        what = Damaged if primary_code(error) in DAMAGE else StoreError
        raise what(explain(error, path, patience)) from error


DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
"""Codes of errors that mean a damaged file."""


def primary_code(error: sqlite3.Error) -> int:
    """Return what went wrong as SQLite counts it (https://sqlite.org/rescode.html), 0 where it did not say."""
    # The low byte is the primary code; what stands above it only tells variants apart.
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def explain(error: sqlite3.Error, path: Path, patience: float) -> str:
    """Say what an error of SQLite means for the reading lists.

    Args:
        error: what SQLite raised.
        path: the file of the store.
        patience: the seconds that were waited for a lock.

    Returns:
        What is wrong, where, and what to do.
    """
    code = primary_code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"the reading lists in {path} were locked by another program for {patience:g} seconds; "
            "nothing was changed. Close that program or try again"
        )
    if code == sqlite3.SQLITE_FULL:
        return f"the disk that holds {path} is full; nothing was changed. Free some space and try again"
    if code == sqlite3.SQLITE_READONLY:
        return read_only(path)
    if code == sqlite3.SQLITE_CANTOPEN:
        return (
            f"the reading lists in {path} cannot be opened or made there. "
            "Give a folder that you may write to with --data-dir or ARXTUI_DATA_DIR"
        )
    if code in DAMAGE:
        return damaged(path, str(error))
    if code == sqlite3.SQLITE_IOERR:
        return f"the disk refused to read or write {path} ({error}); nothing was changed. Check the disk and its space"
    return f"the reading lists in {path} cannot be used: {error}"


def read_only(path: Path) -> str:
    """Say that the store cannot be changed."""
    return (
        f"the reading lists in {path} can be read but not changed. "
        "Make the file and its folder writable, or give another folder with --data-dir or ARXTUI_DATA_DIR"
    )


def no_space(path: Path, detail: str) -> str:
    """Say that the store can only be read, as SQLite has no room for what it needs beside it."""
    return (
        f"the reading lists in {path} can be read but not changed: the disk is full or refuses to be written ({detail}). "
        "Free some space and start arxtui again"
    )


def damaged(path: Path, detail: str) -> str:
    """Say that the file is no sound reading store."""
    return (
        f"{path} is no sound reading-list store ({detail}). "
        "Start arxtui again: it sets the file aside and restores the newest backup and all that can still be read"
    )


def not_ours(path: Path) -> str:
    """Say that the file is another program's, and that it was left alone."""
    return (
        f"{path} is no reading-list store but another program's database; it was left as it is. "
        "Move it aside, or give another folder with --data-dir or ARXTUI_DATA_DIR"
    )


def newer(path: Path, version: int, known: int) -> str:
    """Say that a newer arxtui wrote the file."""
    return (
        f"the reading lists in {path} were written by a newer arxtui (version {version} of the store, this one "
        f"knows {known}); they are not changed. Update arxtui to change them"
    )


def newer_damaged(path: Path, backup: Path | None) -> str:
    """Say that the file is damaged and that only a newer arxtui can put it right, as it wrote the file or a backup of it."""
    which = (
        "and were written by a newer arxtui"
        if backup is None
        else f"and a newer arxtui wrote the backup {backup}"
    )
    return f"the reading lists in {path} are damaged or gone, {which}; nothing was changed. Update arxtui: it puts them right"


def vanished(path: Path) -> str:
    """Say that the file is no longer where it was."""
    return (
        f"the reading lists in {path} are no longer there: the file was moved or its drive is gone; "
        "nothing was changed. Bring it back, or start arxtui again"
    )
