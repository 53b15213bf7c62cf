"""Opening the reading lists that a command works on."""

from __future__ import annotations

import difflib
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.output import say
from arxtui.core.queries.tree import In
from arxtui.reading import ReadingStore, StoreError, UnknownList, backups

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from arxtui.core.exchange import Claim

_KEPT = {"tags": "tags", "notes": "notes", "history": "changes"}
"""What a command looks for, where that is not reading lists."""
_NAMED = 5
"""Lists or tags that are named where another one was asked for."""


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
        if not make and not _is_there(path):
            say(f"there are no {_KEPT.get(arguments.module, 'reading lists')} in {path.parent} yet")
            path = Path(stack.enter_context(TemporaryDirectory(prefix="arxtui-"))) / path.name
        try:
            store = stack.enter_context(ReadingStore(path))
            if make and folder_is_new and _is_named(arguments):
                store.notes.append(
                    f"made {path.parent} for your lists; if it should be on a drive, connect that and try again"
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


def _is_there(path: Path) -> bool:
    return path.exists() or bool(backups.dated(path))


def claims_of(arguments: argparse.Namespace) -> list[Claim]:
    """Return what gave the papers that are kept their citation keys, for who writes others; none where nothing is kept.

    Args:
        arguments: `data_dir` is looked at.
    """
    if not _is_there(store_path(arguments)):
        return []
    try:
        with store_of(arguments, make=False) as store:
            return store.claims()
    except CommandError as error:
        # What was asked for can be done without them.
        say(f"warning: citation keys may be those of papers on your lists, for {error}")
        return []


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


class UnknownName(UsageError):
    """A query names a list or a tag that is not there.

    Attributes:
        name: what was named.
    """

    def __init__(self, name: In, known: Sequence[str]) -> None:
        close = difflib.get_close_matches(name.value, known, n=1)
        what = "reading list" if name.kind == "list" else "tag"
        there = ", ".join(known[:_NAMED]) + (" …" if len(known) > _NAMED else "")
        remedy = (
            f"did you mean {close[0]!r}?"
            if close
            else f"those there are: {there}"
            if known
            else "there is none"
        )
        super().__init__(f"no {what} is named {name.value!r}: {remedy}")
        self.name = name


@contextmanager
def lookups_of(arguments: argparse.Namespace) -> Iterator[Callable[[str, str], AbstractSet[str]]]:
    """What answers questions of a query about lists, tags, notes and states; opens the reading lists at the first.

    It raises `UnknownName` for a list or a tag that is not there, which should not look like one that is empty.

    Args:
        arguments: `data_dir` is looked at.

    Raises:
        CommandError: they cannot be opened or read.
    """
    with ExitStack() as stack:
        opened: list[ReadingStore] = []

        def lookup(kind: str, value: str) -> AbstractSet[str]:
            if not opened:
                opened.append(stack.enter_context(store_of(arguments, make=False)))
            (store,) = opened
            found = store.lookup(kind, value)
            if not found and kind == "tag":
                raise UnknownName(In("tag", value), [tag.name for tag in store.tags()])
            if not found and kind == "list":
                try:
                    store.keys(value)
                except UnknownList:
                    raise UnknownName(In("list", value), [info.name for info in store.lists()]) from None
            return found

        yield lookup


def store_path(arguments: argparse.Namespace) -> Path:
    """Return where the reading lists are.

    Args:
        arguments: `data_dir` is looked at.
    """
    return Path(arguments.data_dir or paths.data_dir()) / paths.STORE_NAME
