"""Opening the reading lists that a command works on."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError
from arxtui.cli.output import say
from arxtui.reading import ReadingStore, StoreError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator


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


@contextmanager
def lookups_of(arguments: argparse.Namespace) -> Iterator[Callable[[str, str], set[str]]]:
    """What answers questions of a query about lists, tags, notes and states; opens the reading lists at the first.

    Args:
        arguments: `data_dir` is looked at.

    Raises:
        CommandError: they cannot be opened or read.
    """
    with ExitStack() as stack:
        store: list[ReadingStore] = []

        def lookup(kind: str, value: str) -> set[str]:
            if not store:
                store.append(stack.enter_context(store_of(arguments)))
            return store[0].lookup(kind, value)

        yield lookup


def store_path(arguments: argparse.Namespace) -> Path:
    """Return where the reading lists are.

    Args:
        arguments: `data_dir` is looked at.
    """
    return Path(arguments.data_dir or paths.data_dir()) / paths.STORE_NAME
