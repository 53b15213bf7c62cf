"""Opening the reading lists that a command works on."""

from __future__ import annotations

import difflib
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError
from arxtui.cli.output import say
from arxtui.reading import ReadingStore, StoreError, UnknownList, backups

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet


@contextmanager
def store_of(arguments: argparse.Namespace, *, make: bool = True) -> Iterator[ReadingStore]:
    """Open the reading lists. Where they were changed, the backup of the day is made or made anew at the end.

    Args:
        arguments: `data_dir` is looked at.
        make: make them where there are none. Else the user is told so, and what is opened is empty and vanishes: who
            only reads should not find an empty folder in the place of a drive that is not there.

    Raises:
        CommandError: they cannot be opened, read or changed, now or while they are used.
    """
    with ExitStack() as stack:
        path = store_path(arguments)
        folder_is_new = not path.parent.exists()
        if not make and not path.exists() and not backups.dated(path):
            say(f"there are no reading lists in {path.parent} yet")
            path = Path(stack.enter_context(TemporaryDirectory(prefix="arxtui-"))) / path.name
        try:
            store = stack.enter_context(ReadingStore(path))
            if make and folder_is_new and _is_named(arguments):
                store.notes.append(
                    f"{path.parent} was not there and was made: where a drive should be there, connect it and start again"
                )
            for note in store.notes:
                if note != store.refusal:
                    say(f"note: {note}")
            before, told = store.revision(), False
            try:
                yield store
            except UnknownList as error:
                raise CommandError(f"{error}{_meant(store, error.name)}") from error
            except Exception as error:
                # What it refuses says why; once is enough.
                told = isinstance(error, StoreError) or str(store.refusal) in str(error)
                raise
            finally:
                if store.refusal is not None and not told:
                    say(f"note: {store.refusal}")
            if store.revision() != before:
                _look_after(store)
        except StoreError as error:
            raise CommandError(str(error)) from error


def _is_named(arguments: argparse.Namespace) -> bool:
    """Tell whether the user named the data folder, which else is where the platform has it."""
    return bool(arguments.data_dir or os.environ.get("ARXTUI_DATA_DIR"))


def _look_after(store: ReadingStore) -> None:
    # What was changed is on the disk and said; that there is no backup of it is no reason to fail.
    try:
        said = store.look_after()
    except StoreError as error:
        said = f"warning: {error}"
    if said:
        say(said)


def _meant(store: ReadingStore, name: str) -> str:
    close = difflib.get_close_matches(name, [info.name for info in store.lists()], n=1)
    return f"; did you mean {close[0]!r}?" if close else " (see arxtui lists)"


@contextmanager
def lookups_of(arguments: argparse.Namespace) -> Iterator[Callable[[str, str], AbstractSet[str]]]:
    """What answers questions of a query about lists, tags, notes and states; opens the reading lists at the first.

    Args:
        arguments: `data_dir` is looked at.

    Raises:
        CommandError: they cannot be opened or read.
    """
    with ExitStack() as stack:
        store: list[ReadingStore] = []
        missing: set[tuple[str, str]] = set()

        def lookup(kind: str, value: str) -> AbstractSet[str]:
            if not store:
                store.append(stack.enter_context(store_of(arguments, make=False)))
            found = store[0].lookup(kind, value)
            # It should not look like a list that is empty.
            if not found and kind in ("list", "tag") and (kind, value) not in missing:
                missing.add((kind, value))
                try:
                    if kind == "list":
                        store[0].keys(value)
                    else:
                        say(f"no tag is named {value!r} (see arxtui tags)")
                except UnknownList as error:
                    say(f"{error}{_meant(store[0], value)}")
            return found

        yield lookup


def store_path(arguments: argparse.Namespace) -> Path:
    """Return where the reading lists are.

    Args:
        arguments: `data_dir` is looked at.
    """
    return Path(arguments.data_dir or paths.data_dir()) / paths.STORE_NAME
