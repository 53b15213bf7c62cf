"""Files that appear when they are complete, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with draft.open("x", encoding="utf-8") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            draft.unlink()
        raise
