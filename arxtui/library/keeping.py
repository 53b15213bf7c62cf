"""The folders that indexes are kept in."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

from arxtui.library.errors import LibraryError

LIBRARIES = "libraries"
"""Name of the folder within the cache directory that has a folder for each index."""


def index_folder(roots: Sequence[Path], cache_dir: Path) -> Path:
    """Where the index of some roots is kept, if there is one."""
    name = hashlib.blake2b(b"\0".join(os.fsencode(root) for root in roots), digest_size=8).hexdigest()
    return cache_dir / LIBRARIES / name


def folder_for(roots: Sequence[Path], cache_dir: Path) -> Path:
    """Where the index of some roots is kept; the folder is made.

    Raises:
        LibraryError: it cannot be made.
    """
    folder = index_folder(roots, cache_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LibraryError(
            f"{folder}: cannot be created ({reason}): name another place in ARXTUI_CACHE_DIR"
        ) from None
    return folder


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that takes its place; None where there is none.

    An index may be deleted, and made again, while programs have it open: they go on with what nobody else sees.
    """
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_dev, info.st_ino


def set_aside(folder: Path) -> Path:
    """Rename a damaged index, and make an empty folder in its place.

    Returns:
        The new path of the old one.

    Raises:
        LibraryError: it cannot be renamed.
    """
    aside = folder.with_name(f"{folder.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}")
    try:
        folder.rename(aside)
        folder.mkdir()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LibraryError(f"{folder}: damaged, and cannot be set aside ({reason}): remove it") from None
    return aside
