"""`arxtui export`: papers for other programs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import store_of
from arxtui.cli.opening import fresh_library_of, paper_in
from arxtui.cli.output import say
from arxtui.cli.writing import output_to
from arxtui.core.exchange import DEFAULT_PATTERN, FORMATS, BadPattern, write
from arxtui.core.exchange.citekeys import check_pattern

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from arxtui.core.papers import Paper
    from arxtui.reading import ListEntry


def run(arguments: argparse.Namespace) -> int:
    """Write papers out, one at a time: memory does not grow with their number, but for their citation keys.

    Args:
        arguments: `paths`, `query`, `list`, `format`, `keys` (the pattern of citation keys, or None), `output`.

    Returns:
        The exit code.

    Raises:
        UsageError: a path does not exist, or the pattern makes no keys.
        CommandError: library or reading lists cannot be read, there is no such list, or the file cannot be written.
    """
    pattern = _pattern(arguments.format, arguments.keys)
    with ExitStack() as stack:
        papers = _papers(arguments, stack)
        stream = stack.enter_context(output_to(arguments.output))
        for piece in write(arguments.format, papers, pattern):
            stream.write(piece)
    return 0


def _pattern(form: str, pattern: str | None) -> str:
    """Return the pattern of citation keys. It is looked at before anything is opened."""
    if pattern is None:
        return DEFAULT_PATTERN
    if FORMATS[form].write_keyed is None:
        keyed = ", ".join(name for name, each in FORMATS.items() if each.write_keyed is not None)
        raise UsageError(f"{form} has no citation keys; --keys is for {keyed}")
    try:
        check_pattern(pattern)
    except BadPattern as error:
        raise UsageError(f"--keys: {error}") from error
    return pattern


def _papers(arguments: argparse.Namespace, stack: ExitStack) -> Callable[[], Iterable[Paper]]:
    """Return what gives the papers, as often as it is called."""
    entries: list[ListEntry] | None = None
    if arguments.list is not None:
        with store_of(arguments) as store:
            entries = store.entries(arguments.list)
        if not arguments.paths and arguments.query is None:
            return lambda: (entry.paper for entry in entries)
    library = stack.enter_context(fresh_library_of(arguments, arguments.paths))
    if entries is not None and arguments.query is None:
        return lambda: (paper_in(library, entry.key) or entry.paper for entry in entries)
    keys = None if entries is None else [entry.key for entry in entries]
    results = library.search(arguments.query or "*", keys=keys)
    if results.note:
        say(results.note)
    return lambda: (library.paper(key) for key in results.keys())  # noqa: SIM118 - a method of Results, which is no dict
