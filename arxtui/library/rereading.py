"""Entries read again from the files they stand in."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from arxtui.core.merging import Witness, merge
from arxtui.core.papers import Entry, Occurrence, Paper
from arxtui.core.parsing import parse_entry
from arxtui.library.catalogue import Catalogue, FileRow, PlaceRow
from arxtui.library.errors import LibraryError
from arxtui.library.scanning import file_path, lost
from arxtui.library.sources import Seen, look, open_regular

_OPEN = 200
"""Files kept open at a time; systems allow 256 at the least."""

_TOGETHER = 5000
"""Papers read together: each file they stand in is opened once for all of them."""

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _OpenFile:
    """A file as the catalogue knows it, and its descriptor."""

    def __init__(self, path: str, row: FileRow) -> None:
        self.path, self.row, self.seen = path, row, Seen(row.size, row.mtime_ns)
        self.descriptor = open_regular(path)
        head = os.pread(self.descriptor, 2, 0)
        self.mark = head if head in _MARKS else b""


class Files:
    """Files of a library that entries are read again from. Close it, or use it in a `with`.

    Args:
        roots: what the library consists of.
        catalogue: which knows the files.
    """

    def __init__(self, roots: Sequence[Path], catalogue: Catalogue) -> None:
        self._roots, self._catalogue = roots, catalogue
        self._open: dict[int, _OpenFile] = {}
        self._refused: dict[int, OSError] = {}

    def read(self, row: PlaceRow) -> Entry | None:
        """The entry at an occurrence, or None where its file has changed since or is gone."""
        try:
            return self.entry(row.file, row.start, row.end)._replace(line=row.line)
        except LibraryError:
            return None

    def entry(self, file: int, start: int, end: int) -> Entry:
        """The entry at a span of a file; its line is counted from the beginning of the span.

        Raises:
            LibraryError: the file is gone, cannot be read, or has changed.
        """
        try:
            known = self._open.get(file) or self._open_file(file)
            # Never mapped into memory: a file cut short meanwhile would kill the process.
            raw = os.pread(known.descriptor, end - start, start)
            unchanged = look(known.descriptor) == known.seen
        except OSError as error:
            self._refused[file] = error
            path, reason = error.filename, (error.strerror or "").lower()
            raise LibraryError(f"{path}: cannot be read ({reason}): read the library again") from None
        entry = parse_entry(known.mark + raw) if unchanged else None
        if entry is None:
            raise LibraryError(f"{known.path}: has changed since it was read: read the library again")
        return entry._replace(start=start, end=end)

    def row(self, file: int) -> FileRow:
        """What the catalogue says of the file that an entry was just read from."""
        return self._open[file].row

    def unread(self, key: str) -> LibraryError:
        """What to tell the user of a paper of which `read` has read nothing.

        Args:
            key: of the paper.
        """
        for root in lost(self._roots):
            return LibraryError(f"{key}: {root} is gone: bring it back, then read the library again")
        for error in self._refused.values():
            if isinstance(error, PermissionError):
                return LibraryError(
                    f"{key}: {error.filename} may not be read (permission denied): allow yourself to read it (chmod u+r)"
                )
        return LibraryError(f"{key}: the files it stands in have changed or are gone: read the library again")

    def _open_file(self, number: int) -> _OpenFile:
        row = self._catalogue.file(number)
        if row is None:
            raise LibraryError("a file is no longer in the library: read it again")
        if len(self._open) >= _OPEN:
            os.close(self._open.pop(next(iter(self._open))).descriptor)
        path = file_path(self._roots, row.root, row.path)
        self._open[number] = _OpenFile(path, row)
        return self._open[number]

    def forget(self, file: int) -> None:
        """What the catalogue knows of a file is about to change."""
        known = self._open.pop(file, None)
        if known is not None:
            os.close(known.descriptor)

    def close(self) -> None:
        """Close all files."""
        while self._open:
            os.close(self._open.popitem()[1].descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def papers_of(
    roots: Sequence[Path],
    catalogue: Catalogue,
    keys: Iterable[str],
    unread: Callable[[str, LibraryError], None] | None = None,
) -> Iterator[Paper]:
    """Papers as all their occurrences give them, in the order of their keys; those that the catalogue does not know are left out.

    Args:
        roots: what the library consists of.
        catalogue: which knows where they stand.
        keys: of the papers, each once.
        unread: is given the key of each of which no file could be read as it was, and why; the others come nevertheless.

    Raises:
        LibraryError: of a paper no file could be read, and nobody wants to be told.
    """
    rest = iter(keys)
    while some := list(islice(rest, _TOGETHER)):
        numbers = catalogue.numbers(some)
        witnesses: dict[int, list[Witness]] = {}
        with Files(roots, catalogue) as files:
            names = {number: key for key, number in numbers.items()}
            for row in catalogue.occurrences(names):
                if (entry := files.read(row)) is None:
                    continue
                file = files.row(row.file)
                by_text = row.text_key not in (None, names[row.paper])
                place = (str(roots[file.root]), file.path, row.line, row.start, row.end, row.layout)
                witnesses.setdefault(row.paper, []).append(Witness(Occurrence(*place, by_text), entry))
            for key in some:
                if key not in numbers:
                    continue
                if found := witnesses.pop(numbers[key], None):
                    yield merge(key, found)
                elif unread is None:
                    raise files.unread(key)
                else:
                    unread(key, files.unread(key))
