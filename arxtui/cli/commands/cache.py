"""`arxtui cache`: see and delete indexes."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.output import safe, say, size
from arxtui.library import LibraryError
from arxtui.library.kept import indexes_of, kept_indexes, remove_index

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from arxtui.library.kept import KeptIndex


def run(arguments: argparse.Namespace) -> int:
    """See or delete indexes.

    Args:
        arguments: `command` says what to do; `cache_dir` where, `paths` and `all` with which.

    Returns:
        1 where an index could not be deleted, or where there was none of the folders that were named; else 0.

    Raises:
        UsageError: both folders and `--all` were given.
        CommandError: the cache cannot be read.
    """
    try:
        return COMMANDS[arguments.command](Path(arguments.cache_dir or paths.cache_dir()), arguments)
    except LibraryError as error:
        raise CommandError(str(error)) from error


def _ls(cache_dir: Path, _: argparse.Namespace) -> int:
    indexes = kept_indexes(cache_dir)
    for index in indexes:
        papers = "?" if index.papers is None else f"{index.papers:,}"
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(index.used))
        note = " (not all files are read yet)" if index.unfinished else ""
        note = " (set aside: it was damaged)" if index.remains else note
        print(f"{size(index.bytes):>9}  {papers:>10}  {used}  {_what(index)}{note}")
    say(f"{_number(len(indexes))}, {size(sum(index.bytes for index in indexes))}, in {cache_dir}")
    return 0


def _what(index: KeptIndex) -> str:
    return safe(", ".join(index.roots)) or f"{index.folder.name} (of what is not known)"


def _number(indexes: int) -> str:
    return f"{indexes:,} {'index' if indexes == 1 else 'indexes'}"


def _clear(cache_dir: Path, arguments: argparse.Namespace) -> int:
    if arguments.all and arguments.paths:
        raise UsageError("cache clear takes either --all or files and folders")
    places = arguments.paths or [os.curdir]
    indexes = kept_indexes(cache_dir) if arguments.all else indexes_of(places, cache_dir)
    freed = done = 0
    for index in indexes:
        try:
            remove_index(index)
        except LibraryError as error:
            say(str(error))
        else:
            done, freed = done + 1, freed + index.bytes
    if not indexes and not arguments.all:
        say(f"no index of {', '.join(places)}: arxtui cache ls shows what there is")
        return 1
    say(f"deleted {_number(done)}, {size(freed)}")
    return 0 if done == len(indexes) else 1


COMMANDS: Mapping[str, Callable[[Path, argparse.Namespace], int]] = {"ls": _ls, "clear": _clear}
"""What runs each command behind `cache`."""
