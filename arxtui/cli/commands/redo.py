"""`arxtui redo`: make a change again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.stepping import step

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Make a change again that was undone.

    Args:
        arguments: `change`, the beginning of an id or None for the one undone last; `format`.

    Returns:
        1 where there is nothing to make again, else 0.

    Raises:
        CommandError: there is no such change, or nothing can be changed.
    """
    return step(arguments, undo=False)
