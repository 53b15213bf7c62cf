"""Files that appear when they are complete, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from arxtui.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def output_to(name: str | None) -> Iterator[TextIO]:
    """Open what a command writes its data to.

    A file is written beside its place and moved there at the end, so that neither a crash nor an error leaves half of
    it or destroys the one before.

    Args:
        name: a file, or None for standard output.

    Raises:
        CommandError: the file cannot be written.
    """
    if name is None:
        yield sys.stdout
        return
    try:
        with _complete_or_not(name) as stream:
            yield stream
    except OSError as error:
        raise CommandError(f"{name} cannot be written: {error.strerror}") from error


@contextmanager
def _complete_or_not(name: str) -> Iterator[TextIO]:
    # Where it is a link, the file that it leads to is replaced.
    target = Path(os.path.realpath(name))
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
