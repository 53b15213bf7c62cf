"""The command line. `main` is what the console script `arxtui` calls."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

INTERRUPTED = 130
"""Exit code after ctrl-C: 128 and the number of SIGINT, as shells have it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words behind `arxtui`; None takes those of this process.

    Returns:
        0 done, 1 something was wrong with the data, 2 wrong usage, 130 interrupted.
    """
    try:
        # Imported here, so that ctrl-C right after the start is one line as well.
        from arxtui.cli.program import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        print("arxtui: interrupted", file=sys.stderr)
        return INTERRUPTED
