"""`arxtui history`: the changes that were made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from arxtui.cli.keeping import store_of
from arxtui.cli.output import cells, columns, fitted, styled
from arxtui.cli.records import in_files
from arxtui.cli.stepping import SHOWN
from arxtui.core.exporting import json_line
from arxtui.reading import Line, in_words, with_titles

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from arxtui.reading import Past, ReadingStore


def run(arguments: argparse.Namespace) -> int:
    """Print changes, the newest first.

    Args:
        arguments: `limit`, `format`.

    Returns:
        The exit code.

    Raises:
        CommandError: they cannot be read.
    """
    with store_of(arguments, make=False) as store:
        told = store.history(arguments.limit)
        if arguments.format == "jsonl":
            for past in told:
                print(json_line(_facts(past)))
            return 0
        titles = _titles(store, arguments, {key for past in told for key in past.papers})
    for past in told:
        print(_line(past, titles))
    return 0


def _titles(store: ReadingStore, arguments: argparse.Namespace, keys: set[str]) -> dict[str, str]:
    """Return what papers are called: as they were kept with lists, else as the index of the current folder has them."""
    kept = store.titles(keys)
    others = in_files(arguments, None, [key for key in keys if key not in kept]) or {}
    return kept | {key: in_words(paper) for key, paper in others.items()}


def _facts(past: Past) -> dict[str, object]:
    return {
        "id": past.id,
        "time": past.time,
        "here": past.here,
        "device": past.device,
        "text": past.text,
        "undone": past.undone,
    }


def _line(past: Past, titles: Mapping[str, str]) -> str:
    # The time of the user's clock, as everything else that tells times to people.
    time = datetime.fromisoformat(past.time).astimezone()
    head = f"{past.id[:SHOWN]}  {time:%Y-%m-%d %H:%M}  "
    elsewhere = "" if past.here else " (on another machine)"
    behind = elsewhere + " (undone)" * past.undone
    width = columns()
    line = None if width is None else Line(max(width - len(head) - len(behind), 10), cells, fitted)
    return styled(head, "dim") + with_titles(past, titles, line) + behind
