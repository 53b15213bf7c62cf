"""What every command's arguments have in common. Nothing here imports what the commands need."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from arxtui.cli.errors import UsageError

PATH_HELP = "files or folders (default: the current folder)"


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and takes options in any place."""

    def __init__(self, prog: str, summary: str, examples: str) -> None:
        super().__init__(
            prog=prog,
            description=summary,
            epilog=f"examples:\n{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        everywhere = self.add_argument_group("everywhere")
        everywhere.add_argument(
            "--data-dir", type=Path, metavar="DIR", help="where reading lists are kept (ARXTUI_DATA_DIR)"
        )
        everywhere.add_argument(
            "--cache-dir", type=Path, metavar="DIR", help="where indexes are kept (ARXTUI_CACHE_DIR)"
        )

    @property
    def summary(self) -> str:
        """The first sentence of what it says of itself, for a list of commands."""
        return (self.description or "").partition("\n")[0].partition(". ")[0].rstrip(".")

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` where argparse would print and leave."""
        raise UsageError(f"{message} (see {self.prog} --help)")


def add_paths(parser: Parser) -> None:
    """Let a command take files and folders."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=PATH_HELP)


def add_format(parser: Parser, *formats: str) -> None:
    """Let a command print in one of several ways, the first by default."""
    parser.add_argument("--format", choices=formats, help=f"how to print it (default: {formats[0]})")
