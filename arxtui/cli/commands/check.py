"""`arxtui check`: what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.opening import fresh_library_of
from arxtui.cli.output import counted, safe, say
from arxtui.cli.papers import file_of
from arxtui.core.display import clean_path

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each problem.

    Args:
        arguments: `paths`.

    Returns:
        1 where there is any problem, else 0.

    Raises:
        UsageError: a path does not exist.
        CommandError: the library cannot be read.
    """
    with fresh_library_of(arguments, arguments.paths) as library:
        problems = library.problems()
        files = library.counts().files
    for problem in problems:
        file = clean_path(file_of(problem.root, problem.path))
        print(f"{file}:{problem.line}: {problem.kind}: {safe(problem.message)}")
    if problems:
        return 1
    say(f"no problems in {counted(files, 'file')}")
    return 0
