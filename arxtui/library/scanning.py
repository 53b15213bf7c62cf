"""Which files a library consists of."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from arxtui.library.errors import LibraryError

SUFFIXES = (".txt", ".text")
"""What the names of files end in that are read when a folder is opened. A file named by the user is always read."""


class FoundFile(NamedTuple):
    """A file on disk.

    Attributes:
        root: index of the root it was found under.
        path: relative to the root; the name of the root, where that is a file.
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970.
    """

    root: int
    path: str
    size: int
    mtime_ns: int


class Unreadable(NamedTuple):
    """A folder or file that could not be looked at.

    Attributes:
        root: index of the root.
        path: relative to the root.
        reason: in the words of the system; of what is no file, what it is.
        is_file: whether it may be one, or a folder, for all that is known.
    """

    root: int
    path: str
    reason: str
    is_file: bool = True


def resolve_roots(paths: Sequence[str | os.PathLike[str]]) -> tuple[Path, ...]:
    """Make the paths of a user absolute; one that lies in another is left out.

    Raises:
        LibraryError: a path does not exist or is neither a folder nor a regular file.
    """
    roots: list[Path] = []
    for given in paths:
        path = Path(given).expanduser()
        try:
            mode = path.stat().st_mode
            path = path.resolve()
        except FileNotFoundError:
            raise LibraryError(f"{given}: no such file or folder: check the spelling") from None
        except (OSError, RuntimeError) as error:
            raise LibraryError(f"{given}: cannot be opened ({_reason(error)})") from None
        if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            raise LibraryError(f"{given}: neither a folder nor a regular file: name one of those")
        if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
            raise LibraryError(f"{given}: permission denied: allow yourself to read it (chmod u+rx)")
        if stat.S_ISREG(mode) and not os.access(path, os.R_OK):
            raise LibraryError(f"{given}: permission denied: allow yourself to read it (chmod u+r)")
        roots.append(path)
    return outermost(roots)


def outermost(roots: Sequence[Path]) -> tuple[Path, ...]:
    """Absolute paths in their order, without those that lie in others or were named before."""
    inner = {root for root in roots if any(other in root.parents for other in roots)}
    return tuple(dict.fromkeys(root for root in roots if root not in inner))


def lost(roots: Sequence[Path]) -> list[Path]:
    """Those of some folders and files that are not there any more."""
    return [root for root in roots if not root.exists()]


def file_path(roots: Sequence[Path], root: int, path: str) -> str:
    """The absolute path of a file."""
    base = str(roots[root])
    return base if os.path.basename(base) == path and os.path.isfile(base) else os.path.join(base, path)


def scan(roots: Sequence[Path]) -> Iterator[FoundFile | Unreadable]:
    """Walk the roots, folders and files each in the order of their names.

    Hidden files and folders are passed over. Symbolic links are followed; a folder that is reached again is not
    entered again. Devices, pipes and sockets are told of where they are named like text files, and never opened.
    """
    for number, root in enumerate(roots):
        try:
            info = root.stat()
        except OSError as error:
            yield Unreadable(number, "", _reason(error))
            continue
        if stat.S_ISREG(info.st_mode):
            yield FoundFile(number, root.name, info.st_size, info.st_mtime_ns)
        else:
            yield from _scan_folder(number, str(root), {(info.st_dev, info.st_ino)})


def _scan_folder(root: int, base: str, entered: set[tuple[int, int]]) -> Iterator[FoundFile | Unreadable]:
    # A stack of iterators, not recursion: folders may be nested deeper than Python calls.
    try:
        stack: list[Iterator[tuple[str, os.DirEntry[str]]]] = [iter(_listing(base, ""))]
    except OSError as error:
        yield Unreadable(root, "", _reason(error))
        return
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
            continue
        path, entry = item
        try:
            info = entry.stat()
            if stat.S_ISDIR(info.st_mode):
                if (info.st_dev, info.st_ino) not in entered:
                    entered.add((info.st_dev, info.st_ino))
                    stack.append(iter(_listing(entry.path, path + "/")))
            elif not entry.name.lower().endswith(SUFFIXES):
                continue
            elif stat.S_ISREG(info.st_mode):
                yield FoundFile(root, path, info.st_size, info.st_mtime_ns)
            else:
                yield Unreadable(root, path, _kind(info.st_mode), is_file=False)
        except OSError as error:
            # A link that leads nowhere may be to anything; it is missed where it is named like a text file.
            if not entry.is_symlink() or entry.name.lower().endswith(SUFFIXES):
                yield Unreadable(root, path, _reason(error))


def _listing(folder: str, prefix: str) -> Iterable[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        named = [entry for entry in entries if not entry.name.startswith(".")]
    return [(prefix + entry.name, entry) for entry in sorted(named, key=lambda entry: entry.name)]


def _kind(mode: int) -> str:
    """What is no file and no folder."""
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
