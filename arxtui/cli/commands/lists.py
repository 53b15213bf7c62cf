"""`arxtui lists`: see and change reading lists."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError
from arxtui.cli.keeping import store_of
from arxtui.cli.output import counted, paper_line, safe, say
from arxtui.cli.papers import key_of
from arxtui.core.exporting import json_line, to_json
from arxtui.core.papers import Paper
from arxtui.reading import UnknownList

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping

    from arxtui.reading import ListEntry, ReadingStore


def run(arguments: argparse.Namespace) -> int:
    """See or change reading lists.

    Args:
        arguments: `command` says what to do; `list`, `ids`, `paths` and `format` with what.

    Returns:
        The exit code.

    Raises:
        UsageError: what should be an identifier is none; then nothing is changed.
        CommandError: there is no such list, or the lists cannot be read or changed.
    """
    command = COMMANDS[arguments.command]
    if "ids" in arguments:
        # Looked at before anything is opened or changed.
        arguments.keys = list(dict.fromkeys(key_of(text) for text in _words(arguments.ids)))
    with store_of(arguments) as store:
        try:
            return command(store, arguments)
        except UnknownList as error:
            close = difflib.get_close_matches(error.name, [info.name for info in store.lists()], n=1)
            hint = f"; did you mean {close[0]!r}?" if close else " (see arxtui lists)"
            raise CommandError(f"{error}{hint}") from error


def _words(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        if word == "-":
            yield from filter(None, map(str.strip, sys.stdin))
        else:
            yield word


def _ls(store: ReadingStore, _: argparse.Namespace) -> int:
    for info in store.lists():
        print(f"{info.size:7}  {safe(info.name)}")
    return 0


def _create(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.create(arguments.list)
    say(f"created list {arguments.list}")
    return 0


def _add(store: ReadingStore, arguments: argparse.Namespace) -> int:
    papers = [Paper(key=key) for key in arguments.keys]
    if arguments.paths:
        papers = _with_records(papers, arguments)
    known = {info.name for info in store.lists()}
    added = store.add(arguments.list, papers)
    there = len(papers) - len(added)
    say(
        # A mistyped name makes a list: it should be seen.
        f"added {counted(len(added), 'paper')} to {arguments.list}"
        + ("" if arguments.list in known else ", a new list")
        + (f"; {there:,} there already" if there else "")
    )
    return 0


def _with_records(papers: list[Paper], arguments: argparse.Namespace) -> list[Paper]:
    """Return the papers with what a library knows of them; warn where it knows nothing."""
    # Imported here: the other commands on lists need no library, and its index takes a while to load.
    from arxtui.cli.opening import fresh_library_of, paper_in

    found = []
    with fresh_library_of(arguments, arguments.paths) as library:
        for paper in papers:
            known = paper_in(library, paper.key)
            if known is None:
                where = ", ".join(arguments.paths)
                say(f"warning: no paper {paper.key} in {where}; added by its identifier alone")
            found.append(known or paper)
    return found


def _remove(store: ReadingStore, arguments: argparse.Namespace) -> int:
    removed = store.remove(arguments.list, arguments.keys)
    say(f"removed {counted(len(removed), 'paper')} from {arguments.list}")
    missing = [key for key in arguments.keys if key not in set(removed)]
    for key in missing:
        say(f"{key} is not on {arguments.list}")
    return 1 if missing else 0


def _show(store: ReadingStore, arguments: argparse.Namespace) -> int:
    for entry in store.entries(arguments.list):
        print(_line(entry, arguments.format))
    return 0


def _line(entry: ListEntry, how: str | None) -> str:
    if how == "ids":
        return entry.key
    if how == "jsonl":
        return json_line({**to_json(entry.paper), "added": entry.added})
    return paper_line(entry.paper.date, entry.key, entry.paper.title, (entry.paper.abstract or "")[:200])


COMMANDS: Mapping[str, Callable[[ReadingStore, argparse.Namespace], int]] = {
    "ls": _ls,
    "create": _create,
    "add": _add,
    "remove": _remove,
    "show": _show,
}
"""What runs each command behind `lists`."""
