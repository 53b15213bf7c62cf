"""`arxtui tags`: see tags, give them to papers and take them off."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import store_of
from arxtui.cli.output import counted, safe, say
from arxtui.cli.papers import keys_of
from arxtui.cli.records import by_keys
from arxtui.cli.stating import print_papers
from arxtui.cli.telling import rest, tell
from arxtui.core.display import named
from arxtui.reading.names import folded

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
        UsageError: what should be an identifier is none, or a tag that is given has a comma; then nothing is changed.
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
    if "," in arguments.tag:
        # As in the reader, where what is typed is parted at commas.
        parts = " and ".join(filter(None, map(str.strip, arguments.tag.split(","))))
        raise UsageError(f"a tag has no comma; give {parts or 'tags'} one after the other")
    tagged = store.tag(arguments.tag, arguments.keys, by_keys(arguments.keys, store, arguments))
    others = rest(arguments.keys, tagged)
    tag = _kept_as(store, arguments.tag)
    done = f"tagged {counted(len(tagged), 'paper')} with {named(tag)}" if tagged else "nothing was changed"
    had = f"; {len(others):,} had it already" if others else ""
    tell(arguments, done + had, changed=bool(tagged), tag=tag, papers=tagged, others=others)
    return 0


def _remove(store: ReadingStore, arguments: argparse.Namespace) -> int:
    tag = _kept_as(store, arguments.tag)  # before it is gone
    gone = store.untag(tag, arguments.keys)
    missing = rest(arguments.keys, gone)
    done = f"took tag {named(tag)} off {counted(len(gone), 'paper')}"
    tell(arguments, done, changed=bool(gone), tag=tag, papers=gone, others=missing)
    for key in missing:
        say(f"{key} did not have the tag {named(tag)}")
    return 1 if missing else 0


def _kept_as(store: ReadingStore, name: str) -> str:
    """Return what the tag is called that the store finds by a name: it takes one that differs only in case for the same."""
    name = unicodedata.normalize("NFC", name.strip())
    tags = [tag.name for tag in store.tags()]
    return name if name in tags else next((tag for tag in tags if folded(tag) == folded(name)), name)


COMMANDS: Mapping[str, Callable[[ReadingStore, argparse.Namespace], int]] = {
    "ls": _ls,
    "show": _show,
    "add": _add,
    "remove": _remove,
}
"""What runs each command behind `tags`."""
