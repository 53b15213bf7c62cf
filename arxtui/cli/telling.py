"""What a command has changed, for people or for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.output import say
from arxtui.core.display import named
from arxtui.core.exporting import json_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable

    from arxtui.reading import ReadingStore


def tell(arguments: argparse.Namespace, done: str, *, changed: bool = True, **facts: object) -> None:
    """Say what was done: in words on standard error, or with `--format json` as one object on standard output.

    The first field of the object has the name of the command; it says the same in words, or null where nothing changed.
    Then the words stand on standard error too, as they say why.

    Args:
        arguments: `format`, and `command` or `module`.
        done: what was done, or why nothing was; perhaps in several lines.
        changed: anything was.
        facts: the other fields.
    """
    if arguments.format == "json":
        name = vars(arguments).get("command", arguments.module)
        print(json_line({name: done.replace("\n", "; ") if changed else None, **facts}))
    if arguments.format != "json" or not changed:
        for line in done.split("\n"):
            say(line)


def say_archived(store: ReadingStore, names: Collection[str]) -> None:
    """Say which of the lists that were filled are archived: what is put there is not seen.

    Args:
        store: the reading lists.
        names: names of the lists, as the store has them.
    """
    for each in store.lists(archived=True):
        if each.archived and each.name in names:
            say(f"{named(each.name)} is archived: arxtui lists restore brings it back")


def rest(keys: Iterable[str], changed: Iterable[str]) -> list[str]:
    """Return the papers that a command was given and did not change, in their order.

    Args:
        keys: those that it was given.
        changed: those that it changed.
    """
    done = set(changed)
    return [key for key in keys if key not in done]
