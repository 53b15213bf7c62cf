"""`arxtui export`: papers for other programs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from arxtui.cli.asking import understood
from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import lookups_of, store_of
from arxtui.cli.output import say
from arxtui.cli.writing import output_to
from arxtui.core.exchange import DEFAULT_PATTERN, FORMATS, BadPattern, Reference, write
from arxtui.core.exchange.citekeys import check_pattern

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from arxtui.core.papers import Paper
    from arxtui.core.queries import Query
    from arxtui.reading import ListEntry, State


def run(arguments: argparse.Namespace) -> int:
    """Write papers out, one at a time: memory does not grow with their number, but for their citation keys.

    Args:
        arguments: `paths`, `query`, `list`, `format`, `keys` (the pattern of citation keys, or None), `output`.

    Returns:
        The exit code.

    Raises:
        UsageError: a path does not exist, the query is a mistake, or the pattern makes no keys.
        CommandError: library or reading lists cannot be read, there is no such list, or the file cannot be written.
    """
    pattern = _pattern(arguments.format, arguments.keys)
    query = None if arguments.query is None else understood(arguments.query)
    with ExitStack() as stack:
        papers = _papers(arguments, query, stack)
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


def _papers(
    arguments: argparse.Namespace, query: Query | None, stack: ExitStack
) -> Callable[[], Iterable[Paper | Reference]]:
    """Return what gives the papers, as often as it is called; those of a list with their tags and notes."""
    kept: _Kept | None = None
    if arguments.list is not None:
        with store_of(arguments) as store:
            entries = store.entries(arguments.list)
            kept = _Kept(entries, store.states([entry.key for entry in entries]), store.notes_of())
        if not arguments.paths and query is None:
            return lambda: (kept.reference(entry.key, entry.paper) for entry in kept.entries)
    # Imported here: an index takes a while to load, and a list alone needs none.
    from arxtui.cli.opening import fresh_library_of, paper_in

    library = stack.enter_context(fresh_library_of(arguments, arguments.paths))
    if kept is not None and query is None:
        return lambda: (
            kept.reference(entry.key, paper_in(library, entry.key) or entry.paper) for entry in kept.entries
        )
    keys = None if kept is None else [entry.key for entry in kept.entries]
    lookup = stack.enter_context(lookups_of(arguments))
    results = library.search(query or "*", keys=keys, lookup=lookup)
    if results.note:
        say(results.note)
    found = results.keys
    if kept is None:
        return lambda: map(library.paper, found())
    return lambda: (kept.reference(key, library.paper(key)) for key in found())


class _Kept(NamedTuple):
    """A reading list, and what was said of its papers."""

    entries: list[ListEntry]
    states: dict[str, State]
    notes: dict[str, str]

    def reference(self, key: str, paper: Paper) -> Reference:
        state = self.states.get(key)
        if state is None:
            return Reference(paper)
        return Reference(paper, state.tags, self.notes.get(key), state.status == "read", state.stars > 0)
