"""What goes wrong in a library, in words for the user."""

from __future__ import annotations


class LibraryError(Exception):
    """Something the user must know of: a path that is not there, a cache that cannot be written.

    The message names the thing, the problem and the remedy.
    """


class UnknownPaper(KeyError):
    """No paper of this library has the key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"no paper {self.key} in this library"


class DamagedError(Exception):
    """The index is there but makes no sense. Nothing in it is worth more than the files it was made from."""


class BusyError(Exception):
    """Another program is writing the index, which only one can at a time."""


_REASONS = (
    (("no space left", "disk is full", "disk full"), "the disk is full: free some space"),
    (
        ("no such file", "unable to open", "filedoesnotexist"),
        "the folder it was kept in is gone: open the library again",
    ),
    (
        ("permission denied", "read-only", "readonly", "not permitted"),
        "it may not be changed: allow yourself to write it, or name another place in ARXTUI_CACHE_DIR",
    ),
)
"""What SQLite, tantivy and the system say, in small letters, and what that means for an index."""


def not_written(error: Exception) -> LibraryError:
    """What to tell the user of an index that cannot be written.

    Args:
        error: what SQLite, the text index or the system said.
    """
    said = str(error).lower()
    for signs, meaning in _REASONS:
        if any(sign in said for sign in signs):
            return LibraryError(f"the index cannot be written: {meaning}")
    return LibraryError(f"the index cannot be written ({error}): free some space, or see arxtui doctor")
