"""Damage of an index that shows while it is asked. It is marked, so that the next reading of the files makes the index again."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from arxtui.library.errors import DamagedError, hindrance, unusable
from arxtui.library.keeping import identity

_MARK = "damaged"
"""Name of the file in the folder of an index that says so; what is wrong stands in it."""

_SIGNS = ("Could not decode", "no such table", "user-defined function raised exception")
"""Of damage in the words of SQLite for what it otherwise takes for a mistake in the question."""


_KILLED = "killed"
"""In the words of a writer whose thread has ended, most often for want of space: that says nothing of what is on the disk."""


class Soundness:
    """What is known of one index; another that takes its place is none of its business.

    Args:
        folder: where the index is.

    Raises:
        DamagedError: it was marked as damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._identity = folder, identity(folder)
        check_mark(folder)

    def damaged(self, error: BaseException) -> DamagedError:
        """Mark the index as damaged.

        Args:
            error: how it shows.

        Returns:
            What to raise.
        """
        if identity(self._folder) == self._identity:
            with contextlib.suppress(OSError):
                (self._folder / _MARK).write_text(str(error), encoding="utf-8", errors="replace")
        return DamagedError(str(error))

    @contextlib.contextmanager
    def of_catalogue(self) -> Iterator[None]:
        """A block in which the catalogue is asked.

        Raises:
            DamagedError: it makes no sense.
        """
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:
            if not str(error).startswith(_SIGNS):
                raise
            raise self.damaged(error) from error
        except sqlite3.DatabaseError as error:
            raise self.damaged(error) from error

    @contextlib.contextmanager
    def of_text(self) -> Iterator[None]:
        """A block in which the text index is asked or written, and nothing else is done.

        Raises:
            DamagedError: it makes no sense.
            LibraryError: its folder is gone, or it cannot be written.
        """
        try:
            yield
        except BaseException as error:
            if not breaks_text(error):
                raise
            if hindrance(error, self._folder) or _KILLED in str(error):
                raise unusable(error, self._folder) from error
            raise self.damaged(error) from error


def check_mark(folder: Path) -> None:
    """Look whether an index was found to be damaged.

    Args:
        folder: where it is.

    Raises:
        DamagedError: it was.
    """
    with contextlib.suppress(OSError):
        raise DamagedError((folder / _MARK).read_text(encoding="utf-8", errors="replace"))


def breaks_text(error: BaseException) -> bool:
    """Whether the text index says that it cannot go on.

    A panic of Rust is no `Exception`, and its type has no name to import.

    Args:
        error: what was raised.
    """
    return isinstance(error, ValueError | OSError) or type(error).__module__ == "pyo3_runtime"
