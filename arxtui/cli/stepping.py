"""Undo and redo, and changes by the beginning of their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError
from arxtui.cli.keeping import store_of
from arxtui.cli.output import say
from arxtui.core.exporting import json_line

if TYPE_CHECKING:
    import argparse

    from arxtui.reading import ReadingStore

SHOWN = 12
"""Digits of an id that the history shows: the milliseconds, which differ between all changes of a machine."""


def step(arguments: argparse.Namespace, *, undo: bool) -> int:
    """Take a change back or make it again, and say which.

    Args:
        arguments: `change`, the beginning of an id or None; `format`.
        undo: take back.

    Returns:
        1 where there was nothing to do, else 0.

    Raises:
        CommandError: no change or more than one begins so, or nothing can be changed.
    """
    word = "undo" if undo else "redo"
    with store_of(arguments, make=False) as store:
        change = None if arguments.change is None else _whole(store, arguments.change)
        done = store.undo(change) if undo else store.redo(change)
    if arguments.format == "json":
        print(json_line({word: done}))
    if done is None:
        say(f"nothing to {word}" if change is None else f"nothing of {arguments.change} is left to {word}")
        return 1
    if arguments.format != "json":
        say(f"{word}: {done}")
    return 0


def _whole(store: ReadingStore, beginning: str) -> str:
    # `g` sorts behind all digits: the first two changes below are those that begin so, where any do.
    found = [past.id for past in store.history(2, before=f"{beginning}g") if past.id.startswith(beginning)]
    if not found:
        raise CommandError(f"there is no change {beginning} (see arxtui history)")
    if len(found) > 1:
        raise CommandError(
            f"several changes begin with {beginning}; give more of the id (see arxtui history --format jsonl)"
        )
    return found[0]
