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
