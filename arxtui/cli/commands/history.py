"""`arxtui history`: the changes that were made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from arxtui.cli.keeping import store_of
from arxtui.cli.output import columns, fitted, safe, styled
from arxtui.cli.stepping import SHOWN
from arxtui.core.exporting import json_line

if TYPE_CHECKING:
    import argparse

    from arxtui.reading import Past


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
        for past in store.history(arguments.limit):
            print(json_line(past._asdict()) if arguments.format == "jsonl" else _line(past))
    return 0


def _line(past: Past) -> str:
    # The time of the user's clock, as everything else that tells times to people.
    time = datetime.fromisoformat(past.time).astimezone()
    head = f"{past.id[:SHOWN]}  {time:%Y-%m-%d %H:%M}  "
    elsewhere = "" if past.here else " (on another machine)"
    text = safe(past.text) + elsewhere + " (undone)" * past.undone
    width = columns()
    if width is not None:
        text = fitted(text, max(width - len(head), 10))
    return styled(head, "dim") + text
