"""Files that appear when they are complete, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator


@contextmanager
def complete_or_not(path: Path) -> Iterator[TextIO]:
    """Open a file for writing. It is written beside its place and moved there at the end.

    Args:
        path: the file; of a link, the file that it leads to is replaced. A pipe or a device is written as it stands.

    Raises:
        OSError: it cannot be written; what stood there before still does.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # A pipe or a device, /dev/null say, must not be replaced by a file. Of a folder this says what is wrong.
        with target.open("w", encoding="utf-8") as stream:
            yield stream
        return
    with _beside(target) as draft, draft.open("x", encoding="utf-8") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def put(path: Path, pieces: Iterable[bytes | array[int]]) -> None:
    """Write a file of bytes that can be made again: a power cut may leave what is neither the old one nor the new.

    Args:
        path: the file; a link is replaced itself.
        pieces: what it holds, one after the other.

    Raises:
        OSError: it cannot be written; what stood there before still does.
    """
    with _beside(path) as draft, draft.open("xb") as stream:
        for piece in pieces:
            stream.write(piece)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """The place of a draft for a block, which takes the target's place at its end."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
        if target.is_file():
            shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            draft.unlink()
        raise
