"""Occurrences read again from their files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from arxtui.core.papers import Entry
from arxtui.library.catalogue import Catalogue, PlaceRow
from arxtui.library.errors import LibraryError
from arxtui.library.scanning import file_path
from arxtui.library.sources import Seen, read_entry


def read_occurrence(roots: Sequence[Path], catalogue: Catalogue, row: PlaceRow) -> Entry | None:
    """Read an entry again.

    Args:
        roots: what the library consists of.
        catalogue: which knows the file.
        row: where the entry is.

    Returns:
        The entry, or None where its file has changed since or is gone.
    """
    file = catalogue.file(row.file)
    if file is None:
        return None
    path = file_path(roots, file.root, file.path)
    try:
        entry = read_entry(path, row.start, row.end, Seen(file.size, file.mtime_ns))
    except LibraryError:
        return None
    return entry._replace(line=row.line)
