"""`arxtui config`: the settings that hold, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.output import safe, say
from arxtui.settings import load, written

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print the settings, in the form of their file.

    Args:
        arguments: `config`, the file or its folder, or None.

    Returns:
        1 where something in the file is wrong, else 0.
    """
    file = paths.config_file(arguments.config)
    loaded = load(file)
    print(f"# {safe(str(file))}{'' if file.exists() else ' (not there: all as by default)'}")
    print(written(loaded.settings), end="")
    for problem in loaded.problems:
        say(problem)
    return 1 if loaded.problems else 0
