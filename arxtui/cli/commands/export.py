"""`arxtui export`: papers for other programs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from arxtui.cli.keeping import store_of
from arxtui.cli.opening import fresh_library_of, paper_in
from arxtui.cli.output import json_line, say
from arxtui.cli.writing import output_to
from arxtui.core.exporting import to_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from arxtui.core.papers import Paper
    from arxtui.reading import ListEntry


def run(arguments: argparse.Namespace) -> int:
    """Write papers out, one at a time: memory does not grow with their number.

    Args:
        arguments: `paths`, `query`, `list`, `output`; JSON lines are the one format there is.

    Returns:
        The exit code.

    Raises:
        UsageError: a path does not exist.
        CommandError: library or reading lists cannot be read, there is no such list, or the file cannot be written.
    """
    with ExitStack() as stack:
        papers = _papers(arguments, stack)
        stream = stack.enter_context(output_to(arguments.output))
        for paper in papers:
            print(json_line(to_json(paper)), file=stream)
    return 0


def _papers(arguments: argparse.Namespace, stack: ExitStack) -> Iterator[Paper]:
    entries: list[ListEntry] | None = None
    if arguments.list is not None:
        with store_of(arguments) as store:
            entries = store.entries(arguments.list)
        if not arguments.paths and arguments.query is None:
            return (entry.paper for entry in entries)
    library = stack.enter_context(fresh_library_of(arguments, arguments.paths))
    if entries is not None and arguments.query is None:
        return (paper_in(library, entry.key) or entry.paper for entry in entries)
    keys = None if entries is None else [entry.key for entry in entries]
    results = library.search(arguments.query or "*", keys=keys)
    if results.note:
        say(results.note)
    return (library.paper(key) for key in results.keys())  # noqa: SIM118 - a method of Results, which is no dict
