"""`arxtui undo`: take a change back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.stepping import step

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Take a change back.

    Args:
        arguments: `change`, the beginning of an id or None for the last change; `format`.

    Returns:
        1 where there is nothing to take back, else 0.

    Raises:
        CommandError: there is no such change, or nothing can be changed.
    """
    return step(arguments, undo=True)
