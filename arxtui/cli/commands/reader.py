"""`arxtui [PATH...]`: open the reader."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.arguments import suggestion
from arxtui.cli.errors import UsageError
from arxtui.cli.output import is_terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Open the reader on the paths.

    Args:
        arguments: `paths`, `config`, `data_dir`, `cache_dir`.

    Returns:
        The exit code.

    Raises:
        UsageError: a path does not exist, or there is no terminal.
        CommandError: the library or the reading lists cannot be opened.
    """
    for place in arguments.paths[:1]:
        if not os.path.lexists(place):
            command = suggestion(place)
            hint = f"; did you mean 'arxtui {command}'?" if command else ""
            raise UsageError(f"no such file, folder or command: {place}{hint}")
    if is_terminal(sys.stdin) and is_terminal(sys.stdout) and not is_terminal(sys.stderr):
        # Textual draws there.
        raise UsageError(
            "the reader needs a terminal as its standard error too, for it draws there; leave out 2>"
        )
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise UsageError(
            "the reader needs a terminal; in a pipe or a script use arxtui search, show or export (see arxtui --help)"
        )
    # Of what is imported and built until the first list stands, nothing is garbage; to look for some takes a tenth of the start.
    # The main screen turns it on again.
    gc.disable()
    try:
        # Imported here: what is wrong above should be said at once, and Textual alone takes some tenths of a second.
        from arxtui.cli.keeping import store_of
        from arxtui.cli.opening import library_of
        from arxtui.settings import load
        from arxtui.tui import run_reader

        with library_of(arguments, arguments.paths) as library, store_of(arguments) as store:
            return run_reader(library, store, load(paths.config_file(arguments.config)))
    finally:
        gc.enable()
