"""`arxtui index`: read what is new or changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from arxtui.cli.opening import library_of
from arxtui.cli.output import counted, say
from arxtui.cli.progress import ProgressBar
from arxtui.cli.records import complete_from
from arxtui.core.exporting import json_line

if TYPE_CHECKING:
    import argparse

    from arxtui.library import Counts, Refreshed


def run(arguments: argparse.Namespace) -> int:
    """Bring the index up to date.

    Args:
        arguments: `paths`, `rebuild`, `stats`.

    Returns:
        The exit code.

    Raises:
        UsageError: a path does not exist.
        CommandError: the library cannot be read.
    """
    with library_of(arguments, arguments.paths) as library:
        began = time.perf_counter()
        with ProgressBar() as bar:
            refreshed = library.refresh(bar.update, rebuild=arguments.rebuild)
        for note in library.notes:
            say(note)
        seconds = time.perf_counter() - began
        counts = library.counts()
        complete_from(library, arguments)
    if arguments.stats:
        print(json_line({**counts._asdict(), "seconds": round(seconds, 3)}))
    else:
        say(_summary(counts, refreshed, seconds))
    return 0


def _summary(counts: Counts, refreshed: Refreshed, seconds: float) -> str:
    problems = (
        f"{counted(counts.problems, 'problem')} (see arxtui check)" if counts.problems else "no problems"
    )
    names = ("added", "changed", "removed", "renamed")
    done = [f"{number:,} {name}" for name in names if (number := getattr(refreshed, name))]
    return (
        f"{counted(counts.papers, 'paper')}, {counted(counts.occurrences - counts.papers, 'repeat')} folded, "
        f"{counted(counts.files, 'file')}, {problems}; files: {', '.join(done) or 'nothing new'}; {seconds:.1f} s"
    )
