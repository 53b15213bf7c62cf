"""Orders of all papers on the disk, so that the next start need not make them again.

A file for each order, within the folder of the index: a digest, and the numbers of the papers as this machine writes
them. The digest is also of what the order depends on. So an order of other papers, a damaged file and one of another
program all have the wrong one; they are passed over, and written anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from array import array
from contextlib import suppress
from pathlib import Path

FOLDER = "orders"
"""Name of their folder within that of an index."""

VERSION = 1
"""Of the files and of what SQL does not say of the orders: raised where titles are folded in another way."""

_SIZE = 32  # bytes of a digest


def read(folder: Path, sort: str, facts: str, papers: int) -> array[int] | None:
    """The numbers of all papers in an order, or None where it is not kept.

    They are read, not mapped: a file that is cut short while it is mapped ends the process.

    Args:
        folder: of the index.
        sort: name of the order.
        facts: what it depends on.
        papers: how many there are.
    """
    numbers = array("q")
    path = folder / FOLDER / sort
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode) or info.st_size != _SIZE + papers * numbers.itemsize:
            return None
        with path.open("rb") as file:
            digest = file.read(_SIZE)
            numbers.fromfile(file, papers)
    except (OSError, EOFError):
        return None
    return numbers if digest == _digest(facts, numbers) else None


def write(folder: Path, sort: str, facts: str, numbers: array[int]) -> None:
    """Keep an order. Where that cannot be done, on a full disk say, it is made again when it is asked for.

    Args:
        folder: of the index; where it is gone, it is not made again.
        sort: name of the order.
        facts: what it depends on.
        numbers: of the papers, in this order.
    """
    from arxtui.files import put  # the first list of the reader needs neither this nor what removes folders

    with suppress(OSError):
        own = folder / FOLDER
        own.mkdir(exist_ok=True)
        put(own / sort, [_digest(facts, numbers), numbers])


def remove(folder: Path) -> None:
    """Remove the orders that are kept: they are of papers as they were.

    Args:
        folder: of the index.
    """
    own = folder / FOLDER
    if os.path.lexists(own):
        import shutil

        shutil.rmtree(own, ignore_errors=True)


def _digest(facts: str, numbers: array[int]) -> bytes:
    digest = hashlib.blake2b(f"{VERSION} {sys.byteorder} {facts}\0".encode(), digest_size=_SIZE)
    digest.update(numbers)
    return digest.digest()
