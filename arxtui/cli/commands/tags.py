"""`arxtui tags`: see tags, give them to papers and take them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.keeping import store_of
from arxtui.cli.output import counted, safe, say
from arxtui.cli.papers import keys_of
from arxtui.cli.records import by_keys
from arxtui.cli.stating import print_papers
from arxtui.cli.telling import rest, tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from arxtui.reading import ReadingStore


def run(arguments: argparse.Namespace) -> int:
    """See or change tags.

    Args:
        arguments: `command` says what to do; `tag`, `ids` and `format` with what.

    Returns:
        1 where no paper has the tag that is shown or taken off, else 0.

    Raises:
        UsageError: what should be an identifier is none; then nothing is changed.
        CommandError: tags cannot be read or changed.
    """
    if "ids" in arguments:
        arguments.keys = keys_of(arguments.ids)
    with store_of(arguments, make=arguments.command not in ("ls", "show")) as store:
        return COMMANDS[arguments.command](store, arguments)


def _ls(store: ReadingStore, arguments: argparse.Namespace) -> int:
    # Imported by those who need it only: most commands print no JSON.
    from arxtui.core.exporting import json_line

    for info in store.tags():
        print(
            json_line(info._asdict()) if arguments.format == "jsonl" else f"{info.size:7}  {safe(info.name)}"
        )
    return 0


def _show(store: ReadingStore, arguments: argparse.Namespace) -> int:
    keys = store.lookup("tag", arguments.tag)
    print_papers(store, keys, arguments.format)
    if not keys:
        say(f"no paper has the tag {arguments.tag} (see arxtui tags)")
    return 0 if keys else 1


def _add(store: ReadingStore, arguments: argparse.Namespace) -> int:
    tagged = store.tag(arguments.tag, arguments.keys, by_keys(arguments.keys, store, arguments))
    others = rest(arguments.keys, tagged)
    done = f"tagged {counted(len(tagged), 'paper')} with {arguments.tag}"
    had = f"; {len(others):,} had it already" if others else ""
    tell(arguments, done + had, changed=bool(tagged), tag=arguments.tag, papers=tagged, others=others)
    return 0


def _remove(store: ReadingStore, arguments: argparse.Namespace) -> int:
    gone = store.untag(arguments.tag, arguments.keys)
    missing = rest(arguments.keys, gone)
    done = f"took tag {arguments.tag} off {counted(len(gone), 'paper')}"
    tell(arguments, done, changed=bool(gone), tag=arguments.tag, papers=gone, others=missing)
    for key in missing:
        say(f"{key} did not have the tag {arguments.tag}")
    return 1 if missing else 0


COMMANDS: Mapping[str, Callable[[ReadingStore, argparse.Namespace], int]] = {
    "ls": _ls,
    "show": _show,
    "add": _add,
    "remove": _remove,
}
"""What runs each command behind `tags`."""
