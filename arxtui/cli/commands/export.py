"""`arxtui export`: papers for other programs."""

from __future__ import annotations

import shlex
from contextlib import ExitStack, contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from arxtui.cli.asking import names_known, understood
from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import claims_of, lookups_of, store_of
from arxtui.cli.output import counted, is_terminal, say
from arxtui.cli.progress import ProgressBar
from arxtui.cli.records import complete, in_files
from arxtui.cli.writing import output_to
from arxtui.core.display import without_controls
from arxtui.core.exchange import FORMATS, BadPattern, Reference, write
from arxtui.core.exchange.citekeys import check_pattern
from arxtui.core.papers import Paper

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from arxtui.core.exchange import Claim, Format
    from arxtui.core.queries import Query
    from arxtui.library import Library
    from arxtui.reading import ListEntry, ReadingStore

    _Noted = dict[str, tuple[tuple[str, ...], str | None]]


def run(arguments: argparse.Namespace) -> int:
    """Write papers out, one at a time: memory does not grow with their number, but for their citation keys.

    Args:
        arguments: `paths`, `query`, `list`, `format`, `keys` (the pattern of citation keys, or None), `notes`,
            `output`.

    Returns:
        The exit code.

    Raises:
        UsageError: a path does not exist, the query is a mistake, the pattern makes no keys, or no format is named where
            the name of the file does not tell it.
        CommandError: library or reading lists cannot be read, there is no such list, or the file cannot be written.
    """
    form = arguments.format or _format_of(arguments.output)
    _check_pattern(form, arguments.keys)
    query = None if arguments.query is None else understood(arguments.query)
    with ExitStack() as stack:
        papers, claims, left_out = _papers(arguments, query, stack, FORMATS[form])
        stream = stack.enter_context(output_to(arguments.output))
        if arguments.output is not None:  # else the papers themselves show how far it is
            stack.enter_context(ProgressBar(f"writing {arguments.output}"))
        for piece in write(form, papers, arguments.keys, claims):
            # Notes go into a file as they are; a terminal obeys what may be in them.
            stream.write(without_controls(piece) if is_terminal(stream) else piece)
    if left_out:
        # Last: of a file that could not be written nothing was left out.
        say(f"your notes and tags on {counted(left_out, 'paper')} were left out; --notes writes them")
    return 0


def _format_of(output: str | None) -> str:
    """Return the format that a file is written in where none is named: what its name says, or JSON lines without a file."""
    if output is None:
        return "jsonl"
    ending = PurePath(output).suffix.lower()
    told = next((name for name, form in FORMATS.items() if ending in form.extensions), None)
    if told is None:
        endings = ", ".join(form.extensions[0] for form in FORMATS.values() if form.extensions)
        raise UsageError(f"{output}: --format must say what to write, for the name does not end in {endings}")
    return told


def _check_pattern(form: str, pattern: str | None) -> None:
    """Look at the pattern of citation keys, before anything is opened."""
    if pattern is None:
        return
    if FORMATS[form].write_keyed is None:
        keyed = ", ".join(name for name, each in FORMATS.items() if each.write_keyed is not None)
        raise UsageError(f"{form} has no citation keys; --keys is for {keyed}")
    try:
        check_pattern(pattern)
    except BadPattern as error:
        raise UsageError(f"--keys: {error}") from error


class _Chosen(NamedTuple):
    """What is written.

    Attributes:
        papers: gives the papers, as often as it is called; with tags and notes where they are asked for.
        claims: what gave kept papers their citation keys.
        left_out: number of papers of a list whose notes or tags are left out.
    """

    papers: Callable[[], Iterable[Reference]]
    claims: list[Claim]
    left_out: int


def _papers(arguments: argparse.Namespace, query: Query | None, stack: ExitStack, form: Format) -> _Chosen:
    entries: list[ListEntry] | None = None
    left_out, keyed = 0, form.write_keyed is not None
    with _store_for(arguments) as store:
        if store is not None and arguments.list is not None:
            bare = store.bare(store.keys(arguments.list))
            if bare := complete(
                store, arguments, bare, in_files(arguments, arguments.paths or None, bare) or {}
            ):
                say(
                    f"warning: of {counted(len(bare), 'paper')} only the identifier is known; "
                    f"'arxtui lists show {shlex.quote(arguments.list)} --from FOLDER' keeps what the files there say"
                )
            entries = store.entries(arguments.list)
        noted = _noted(store) if store is not None else {}
        claims = store.claims() if store is not None and keyed else []
        if not arguments.notes:
            left_out = sum(entry.key in noted for entry in entries or ())
            noted = {}

    if store is None and keyed:
        claims = claims_of(arguments)

    def reference(paper: Paper) -> Reference:
        tags, note = noted.get(paper.key, ((), None))
        return Reference(paper, tags, note)

    if entries is not None and not arguments.paths and query is None:
        return _Chosen(lambda: (reference(entry.paper) for entry in entries), claims, left_out)
    # Imported here: an index takes a while to load, and a list alone needs none.
    from arxtui.cli.opening import fresh_library_of, is_bare

    library = stack.enter_context(fresh_library_of(arguments, arguments.paths))
    if entries is not None and query is None:
        return _Chosen(lambda: map(reference, _as_now(library, entries)), claims, left_out)
    keys = None if entries is None else [entry.key for entry in entries]
    lookup = stack.enter_context(lookups_of(arguments))
    with names_known(arguments.query or ""):
        results = library.search(query or "*", keys=keys, lookup=lookup)
    if not is_bare(library) and results.note:
        say(results.note)
    found = results.keys
    # Where only their keys are wanted, no file is read: that takes seven times as long.
    return _Chosen(
        lambda: map(reference, map(Paper, found()) if form.keys_alone else library.papers(found())),
        claims,
        left_out,
    )


def _as_now(library: Library, entries: Sequence[ListEntry]) -> Iterator[Paper]:
    """Give the papers of a list in its order: as the files have them, or else as they were kept."""
    found = library.papers((entry.key for entry in entries), lambda *_: None)
    paper = next(found, None)
    for entry in entries:
        if paper is not None and paper.key == entry.key:
            yield paper
            paper = next(found, None)
        else:
            yield entry.paper


@contextmanager
def _store_for(arguments: argparse.Namespace) -> Iterator[ReadingStore | None]:
    """Open the reading lists where they are needed."""
    if arguments.list is None and not arguments.notes:
        yield None
    else:
        with store_of(arguments, make=False) as store:
            yield store


def _noted(store: ReadingStore) -> _Noted:
    """Return tags and notes by key."""
    notes = store.notes_of()
    tags: dict[str, list[str]] = {}
    for tag in store.tags():
        for key in store.lookup("tag", tag.name):
            tags.setdefault(key, []).append(tag.name)
    return {key: (tuple(tags.get(key, ())), notes.get(key)) for key in notes.keys() | tags.keys()}
