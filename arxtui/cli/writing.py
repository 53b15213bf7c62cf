"""Where a command writes its data to."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from arxtui.cli.errors import CommandError
from arxtui.files import complete_or_not

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
        with complete_or_not(Path(name)) as stream:
            yield stream
    except OSError as error:
        raise CommandError(f"{name} cannot be written: {error.strerror}") from error
