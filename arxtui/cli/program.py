"""From the words of the command line to a command, and from what it raises to an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

from arxtui.cli.arguments import parse
from arxtui.cli.errors import CommandError
from arxtui.cli.output import say, use_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run one command and tell the user of errors, one line each.

    Args:
        argv: the words behind `arxtui`.

    Returns:
        The exit code.
    """
    use_utf8()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough. What is left in the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CommandError as error:
        say(str(error))
        return error.code
    except OSError as error:
        say(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return CommandError.code
    return code


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = parse(argv)
    except SystemExit as done:
        # argparse has printed the help or the version.
        return int(done.code or 0)
    # Imported by name, so that a command loads what it needs and no more: textual alone takes half a second.
    module = importlib.import_module(f"arxtui.cli.commands.{arguments.module}")
    code: int = module.run(arguments)
    return code
