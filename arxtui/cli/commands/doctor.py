"""`arxtui doctor`: how things are, and what to do where something is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli import examining
from arxtui.cli.keeping import store_path
from arxtui.cli.opening import look_at_all
from arxtui.cli.output import safe
from arxtui.core.exporting import json_line

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each thing that was looked at. Nothing is changed.

    Args:
        arguments: `paths`, `format`, `data_dir`, `cache_dir`, `config`.

    Returns:
        1 where anything is wrong, else 0.

    Raises:
        UsageError: a path does not exist.
        CommandError: a path may not be read.
    """
    places = arguments.paths or [os.curdir]
    look_at_all(places)
    cache_dir = Path(arguments.cache_dir or paths.cache_dir())
    store = store_path(arguments)
    findings = [
        *examining.versions(),
        *examining.folders(store.parent, cache_dir),
        *examining.settings(paths.config_file(arguments.config)),
        *examining.terminal(),
        *examining.reading_lists(store),
        *examining.index(places, cache_dir),
        *examining.limits(),
    ]
    if arguments.format == "json":
        print(json_line({"findings": [{"ok": not each.remedy, **each._asdict()} for each in findings]}))
    else:
        for each in findings:
            line = safe(f"{each.name}: {each.text}{': ' if each.remedy else ''}{each.remedy}")
            print(f"{'warning: ' if each.remedy else 'ok       '}{line}")
    return 1 if any(each.remedy for each in findings) else 0
