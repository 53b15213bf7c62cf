"""What is different on disk from what the catalogue knows, with as little reading as possible."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from arxtui.library.catalogue import Catalogue, FileRow
from arxtui.library.scanning import FoundFile, Unreadable, file_path, scan
from arxtui.library.sources import open_regular

_DIGEST_SIZE = 16


class Changes(NamedTuple):
    """The difference between disk and catalogue.

    Attributes:
        added: new files.
        changed: files that hold something else than before.
        same: files that hold the same as before, but have another path or time.
        removed: files that are gone.
        unchanged: how many files are as they were.
        unchanged_bytes: how much text that is.
        renamed: how many of `same` have another path.
        unreadable: folders and files that could not be looked at; what was known below them stays known.
    """

    added: list[FoundFile]
    changed: list[tuple[FileRow, FoundFile]]
    same: list[tuple[FileRow, FoundFile]]
    removed: list[FileRow]
    unchanged: int
    unchanged_bytes: int
    renamed: int
    unreadable: list[Unreadable]

    @property
    def any(self) -> bool:
        """Whether there is anything to write down."""
        return bool(self.added or self.changed or self.same or self.removed)


def new_digest() -> hashlib.blake2b:
    """A fresh digest, of the kind the catalogue keeps for each file."""
    return hashlib.blake2b(digest_size=_DIGEST_SIZE)


def find_changes(roots: Sequence[Path], catalogue: Catalogue) -> Changes:
    """Compare by path, size and time; by digest only where a time differs or a file may have been renamed."""
    known = {(row.root, row.path): row for row in catalogue.files()}
    added, differing, unreadable = list[FoundFile](), list[tuple[FileRow, FoundFile]](), list[Unreadable]()
    refused = catalogue.unreadable()
    unchanged = unchanged_bytes = 0
    for item in scan(roots):
        if isinstance(item, Unreadable):
            unreadable.append(item)
        elif (row := known.pop((item.root, item.path), None)) is None:
            path = file_path(roots, item.root, item.path)
            if (item.root, item.path) in refused and not os.access(path, os.R_OK):
                # Known to be unreadable, and still so: no news.
                unreadable.append(Unreadable(item.root, item.path, "permission denied"))
            else:
                added.append(item)
        elif (row.size, row.mtime_ns) == (item.size, item.mtime_ns) and row.digest:
            unchanged += 1
            unchanged_bytes += item.size
        else:
            differing.append((row, item))
    removed = [row for row in known.values() if not any(_covers(item, row) for item in unreadable)]
    same = [
        (row, item) for row, item in differing if row.size == item.size and _digest(roots, item) == row.digest
    ]
    moved = _find_moved(roots, removed, added)
    old, new = {row.file for row, _ in [*same, *moved]}, {item for _, item in moved}
    return Changes(
        [item for item in added if item not in new],
        [(row, item) for row, item in differing if row.file not in old],
        same + moved,
        [row for row in removed if row.file not in old],
        unchanged,
        unchanged_bytes,
        len(moved),
        unreadable,
    )


def _covers(item: Unreadable, row: FileRow) -> bool:
    """Whether a file is, or lies below, what could not be looked at. A folder may be unreadable for a moment."""
    return (
        item.is_file
        and row.root == item.root
        and (not item.path or (row.path + "/").startswith(item.path + "/"))
    )


def _find_moved(
    roots: Sequence[Path], removed: list[FileRow], added: list[FoundFile]
) -> list[tuple[FileRow, FoundFile]]:
    by_size: dict[int, list[FileRow]] = {}
    for row in removed:
        by_size.setdefault(row.size, []).append(row)
    moved = []
    for item in added:
        candidates = by_size.get(item.size)
        if not candidates:
            continue
        digest = _digest(roots, item)
        for row in candidates:
            if row.digest == digest:
                moved.append((row, item))
                candidates.remove(row)
                break
    return moved


def _digest(roots: Sequence[Path], item: FoundFile) -> bytes | None:
    try:
        with open(open_regular(file_path(roots, item.root, item.path)), "rb") as file:
            return hashlib.file_digest(file, new_digest).digest()
    except OSError:
        return None  # reading it will say so
