"""The searches that were made before: a small file beside the reading store, and the way through it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

KEPT = 200
"""Searches that are kept; the oldest are forgotten."""
_LONGEST = 1000  # characters; nobody looks for more again
NAME = "searches.txt"


class SearchHistory:
    """Searches in a file, one a line, the last one last. What is lost with it is little: errors are passed over.

    Args:
        path: the file, which need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[str]:
        """The searches, the oldest first; none where the file cannot be read."""
        try:
            text = self._path.read_text("utf-8", errors="replace")
        except OSError:
            return []
        lines = (line.strip() for line in text.split("\n"))
        return [line for line in lines if line and len(line) <= _LONGEST][-KEPT:]

    def add(self, query: str) -> list[str]:
        """Put a search at the end; where it stands already, it moves there.

        The file is read first, for another window may have written to it, and replaced as a whole: after a crash it
        is the old one or the new one.

        Returns:
            The searches as they are now.
        """
        query = " ".join(query.split())
        before = self.read()
        if not query or len(query) > _LONGEST or before[-1:] == [query]:
            return before
        entries = [*(each for each in before if each != query), query][-KEPT:]
        with suppress(OSError):
            self._write("".join(f"{entry}\n" for entry in entries))
        return entries

    def _write(self, text: str) -> None:
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


class Recall:
    """Steps through earlier searches. What was being typed stands after the last of them, and is not lost.

    Attributes:
        entries: the searches, the last one last.
        walked: a step has been taken since the search line was opened.
    """

    def __init__(self) -> None:
        self.entries: list[str] = []
        self._back = 0
        self._draft = ""
        self.walked = False

    def begin(self) -> None:
        """Stand at the end again: the search line was opened, or what stands in it was used."""
        self._back = 0
        self.walked = False

    def step(self, back: int, typed: str) -> str | None:
        """An older (1) or newer (-1) search.

        Args:
            back: which way.
            typed: what stands in the search line; passed over, for it is there.

        Returns:
            What should stand there, or None where there is nothing more in that direction.
        """
        if not self._back:
            self._draft = typed
        at = self._back + back
        while 0 < at <= len(self.entries) and self.entries[-at] == typed:
            at += back
        if not 0 <= at <= len(self.entries) or at == self._back:
            return None
        self._back, self.walked = at, True
        return self.entries[-at] if at else self._draft
