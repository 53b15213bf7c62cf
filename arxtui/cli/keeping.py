"""Opening the reading lists that a command works on."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError
from arxtui.cli.output import say
from arxtui.reading import ReadingStore, StoreError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


@contextmanager
def store_of(arguments: argparse.Namespace) -> Iterator[ReadingStore]:
    """Open the reading lists.

    Args:
        arguments: `data_dir` is looked at.

    Raises:
        CommandError: they cannot be opened, read or changed, now or while they are used.
    """
    try:
        with ReadingStore(store_path(arguments)) as store:
            for note in store.notes:
                say(f"note: {note}")
            yield store
    except StoreError as error:
        raise CommandError(str(error)) from error


def store_path(arguments: argparse.Namespace) -> Path:
    """Return where the reading lists are.

    Args:
        arguments: `data_dir` is looked at.
    """
    return Path(arguments.data_dir or paths.data_dir()) / paths.STORE_NAME
