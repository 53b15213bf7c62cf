"""What goes wrong in a library, in words for the user."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


class LibraryError(Exception):
    """Something the user must know of: a path that is not there, a cache that cannot be written.

    Args:
        message: names the thing, the problem and the remedy.
        short: the problem in a few words, for where there is no room for more; empty where it has none.

    Attributes:
        short: the same.
    """

    def __init__(self, message: str, short: str = "") -> None:
        super().__init__(message)
        self.short = short


class UnknownPaper(KeyError):
    """No paper of this library has the key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"no paper {self.key} in this library"


class DamagedError(LibraryError):
    """The index is there but makes no sense. Nothing in it is worth more than the files it was made from.

    Args:
        reason: how that shows, in the words of what was asked.

    Attributes:
        reason: the same.
    """

    def __init__(self, reason: str) -> None:
        super().__init__("the index is damaged: the next start, or R, makes it again")
        self.reason = reason


class BusyError(Exception):
    """Another program is writing the index, which only one can at a time."""


_LITTLE = 1_000_000  # bytes free on a disk that is as good as full
_FULL = ("disk is full", "no space left")  # SQLite and the system; what failed may have made room since


def unusable(error: BaseException, folder: Path) -> LibraryError:
    """What to tell the user of an index that cannot be opened or written.

    Args:
        error: what SQLite, tantivy or the system said.
        folder: where the index is.
    """
    seen = hindrance(error, folder)
    reason = seen or f"{error}: arxtui doctor may know more"
    return LibraryError(f"the index in {folder} cannot be used: {reason}", seen.partition(":")[0])


def hindrance(error: BaseException, folder: Path) -> str:
    """What keeps an index from being used that may be sound, and what to do; empty where nothing is seen.

    SQLite, tantivy and the system each have their own words, and often none for the cause: so the folder is looked at.

    Args:
        error: what they said.
        folder: where the index is.
    """
    how = "effective_ids" if os.access in os.supports_effective_ids else "follow_symlinks"
    if not folder.exists():
        return "the folder of the index is gone: read the files again"
    if not os.access(folder, os.W_OK | os.X_OK, **{how: True}):
        return "the index may not be changed: allow yourself to write there, or name another place in ARXTUI_CACHE_DIR"
    if any(sign in str(error).lower() for sign in _FULL) or shutil.disk_usage(folder).free < _LITTLE:
        return "the disk is full: free some space, or name another place in ARXTUI_CACHE_DIR"
    return ""
