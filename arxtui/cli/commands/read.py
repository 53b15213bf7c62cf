"""`arxtui read`: say how far papers are read, give them stars, print what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import store_of
from arxtui.cli.keeping_parsers import NOT_SAID, READ_FORMATS, SAID_FORMATS
from arxtui.cli.output import counted
from arxtui.cli.papers import keys_of
from arxtui.cli.records import by_keys
from arxtui.cli.stating import print_papers
from arxtui.cli.telling import rest, tell
from arxtui.reading import STATUSES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Set as AbstractSet

    from arxtui.reading import ReadingStore


def run(arguments: argparse.Namespace) -> int:
    """Say something of papers, or print what was said.

    Args:
        arguments: `ids`, `status`, `stars`, `paths`, `format`.

    Returns:
        The exit code.

    Raises:
        UsageError: what should be an identifier is none, then nothing is changed; or the options do not go together.
        CommandError: it cannot be read or changed.
    """
    formats = SAID_FORMATS if arguments.ids else READ_FORMATS
    if arguments.format not in (None, *formats):
        where = "with" if arguments.ids else "without"
        raise UsageError(f"--format can be {' or '.join(formats)} {where} ID (see arxtui read --help)")
    if not arguments.ids and (
        arguments.stars is not None or arguments.status == NOT_SAID or arguments.paths is not None
    ):
        raise UsageError("name the papers: arxtui read --stars 4 2507.19427 (see arxtui read --help)")
    keys = keys_of(arguments.ids)
    with store_of(arguments, make=bool(arguments.ids)) as store:
        if not arguments.ids:
            print_papers(store, _said(store, arguments.status), arguments.format)
        elif arguments.stars is not None:
            papers = by_keys(keys, store, arguments) if arguments.stars else []
            changed = store.set_stars(keys, arguments.stars, papers)
            done = f"gave {counted(len(changed), 'paper')} {counted(arguments.stars, 'star')}"
            _tell(arguments, done, keys, changed)
        else:
            status = None if arguments.status == NOT_SAID else arguments.status or "read"
            changed = store.set_status(keys, status, by_keys(keys, store, arguments) if status else [])
            what = f"counted as {status}" if status else "without a status"
            are = "is" if len(changed) == 1 else "are"
            _tell(arguments, f"{counted(len(changed), 'paper')} {are} now {what}", keys, changed)
    return 0


def _tell(arguments: argparse.Namespace, done: str, keys: list[str], changed: list[str]) -> None:
    others = rest(keys, changed)
    same = f"; {len(others):,} had that already" if others else ""
    tell(
        arguments,
        (done if changed else "nothing was changed") + same,
        changed=bool(changed),
        papers=changed,
        others=others,
    )


def _said(store: ReadingStore, status: str | None) -> AbstractSet[str]:
    """Return the keys of the papers of that status, else of those of which a status or stars were said."""
    if status is not None:
        return store.lookup("is", status)
    found = set().union(*(store.lookup("is", word) for word in (*STATUSES, "starred")))
    # `unread` is also what stands on a list and of which nothing was said.
    states = store.states(sorted(found))
    return {key for key, state in states.items() if state.status or state.stars}
