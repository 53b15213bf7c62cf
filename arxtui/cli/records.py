"""What is known of papers that are about to be kept."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError
from arxtui.cli.keeping import store_of, store_path
from arxtui.cli.output import counted, say
from arxtui.core.papers import Paper

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable, Mapping

    from arxtui.library import Library
    from arxtui.library.errors import LibraryError
    from arxtui.reading import ReadingStore

_INDEXES = 5
"""Indexes that are asked for papers, those used last: each takes some milliseconds to open."""
_FEW = 5
"""More papers than this, without a record or that cannot be read, are counted, not named."""


def by_keys(keys: Iterable[str], store: ReadingStore, arguments: argparse.Namespace) -> list[Paper]:
    """Return papers of which something is about to be said, with all that is known of them; tells of those that no file has.

    Args:
        keys: their keys.
        store: the reading lists.
        arguments: as in `with_records`.

    Raises:
        UsageError: one of the paths does not exist.
        CommandError: one of them cannot be read.
    """
    return with_records(map(Paper, keys), store, arguments, warn=True)


def with_records(
    papers: Iterable[Paper], store: ReadingStore, arguments: argparse.Namespace, *, warn: bool
) -> list[Paper]:
    """Return papers with all that is known of them.

    The files that were named know best, else those of the index of the current folder, if it has one; then what the
    paper itself says, then what is kept with another list, and where no files were named the other indexes that there are. What is
    found of papers that were kept by their identifiers alone before is kept with them now.

    Args:
        papers: the papers; perhaps no more than their keys.
        store: the reading lists.
        arguments: `cache_dir` is looked at, and `paths` where there is one: files and folders, or None.
        warn: tell the user of papers that the files do not have.

    Raises:
        UsageError: one of the paths does not exist.
        CommandError: one of them cannot be read.
    """
    papers = list(papers)
    places = getattr(arguments, "paths", None)
    where = ", ".join(places) if places else os.curdir
    known = in_files(arguments, places, [paper.key for paper in papers])
    best = dict(known or {})
    best |= store.papers(paper.key for paper in papers if not _says(best.get(paper.key, paper)))
    if places is None:
        best |= in_indexes(arguments, [each.key for each in papers if not _says(best.get(each.key, each))])
    found = [best.get(paper.key, paper) for paper in papers]
    bare = [paper.key for paper in found if not _says(paper)]
    if not store.read_only:
        _told(store.fill(found))
    if warn and known is not None and len(bare) <= _FEW:
        for key in bare:
            say(f"warning: no paper {key} in {where}; kept by its identifier alone")
    elif warn and known is not None:
        say(f"warning: {len(bare):,} papers are not in {where}; kept by their identifiers alone")
    return found


def complete(
    store: ReadingStore, arguments: argparse.Namespace, keys: Collection[str], now: Mapping[str, Paper]
) -> list[str]:
    """Look for papers that are kept by their identifiers alone, and keep what is found.

    Args:
        store: the reading lists.
        arguments: `cache_dir` is looked at.
        keys: keys of papers.
        now: papers as files have them, by key; the indexes that there are come after them.

    Returns:
        The keys of those that are still kept so.
    """
    bare = store.bare(keys)
    if bare and not store.read_only:
        elsewhere = in_indexes(arguments, [key for key in bare if key not in now])
        _told(store.fill([*now.values(), *elsewhere.values()]))
        bare = store.bare(bare)
    return bare


def complete_from(library: Library, arguments: argparse.Namespace) -> None:
    """Keep what a library knows of papers that are kept by their identifiers alone.

    Args:
        library: the library, as it was just read.
        arguments: `data_dir` is looked at.
    """
    if not store_path(arguments).exists():
        return
    try:
        with store_of(arguments) as store:
            if not store.read_only and (bare := store.bare()):
                _told(store.fill(library.papers(bare, lambda *_: None)))
    except CommandError as error:
        # It was not what was asked for, which is done.
        say(f"warning: {error}")


def _told(filled: list[str]) -> None:
    if filled:
        say(
            f"kept what the files say of {counted(len(filled), 'paper')}, of which only the identifier was known"
        )


def _says(paper: Paper) -> bool:
    return bool(paper.title or paper.abstract)


def in_files(
    arguments: argparse.Namespace, places: list[str] | None, keys: list[str]
) -> dict[str, Paper] | None:
    """Return papers as files have them now.

    Args:
        arguments: `cache_dir` is looked at.
        places: files and folders; None stands for the current folder, if there is an index of it.
        keys: keys of the papers.

    Returns:
        Those that the files have, by key; None where no files were looked at.

    Raises:
        UsageError: one of the places does not exist.
        CommandError: one of them cannot be read.
    """
    if not keys or not files_are_known(arguments, places):
        return None
    # Imported here: an index takes a while to load, and often there is none.
    from arxtui.cli.opening import fresh_library_of, library_of

    if places is not None:
        with fresh_library_of(arguments, places) as library:
            return _read(library, keys)
    try:
        with library_of(arguments, []) as library:
            return _read(library, keys)
    except CommandError as error:
        # Nobody asked for this index: what was asked for can be done without it.
        say(f"warning: {error}")
        return None


def files_are_known(arguments: argparse.Namespace, places: list[str] | None) -> bool:
    """Tell whether anything says in which files papers are to be looked up: somebody, or the index of the current folder.

    Args:
        arguments: `cache_dir` is looked at.
        places: files and folders that were named, or None.
    """
    cache_dir = Path(arguments.cache_dir or paths.cache_dir())
    if places is not None or not cache_dir.exists():
        return places is not None
    from arxtui.library.keeping import index_folder
    from arxtui.library.scanning import resolve_roots

    return index_folder(resolve_roots([os.curdir]), cache_dir).exists()


def in_indexes(arguments: argparse.Namespace, keys: list[str]) -> dict[str, Paper]:
    """Return papers as the files have them of which there is an index: nobody says of a piped identifier where it comes from.

    Args:
        arguments: `cache_dir` is looked at.
        keys: keys of the papers.

    Returns:
        Those that were found, by key.
    """
    cache_dir = Path(arguments.cache_dir or paths.cache_dir())
    if not keys or not cache_dir.exists():
        return {}
    from arxtui.cli.progress import ProgressBar
    from arxtui.library import LibraryError, open_library
    from arxtui.library.kept import kept_indexes

    found: dict[str, Paper] = {}
    with (
        suppress(LibraryError),  # nobody asked for these indexes
        ProgressBar(f"looking {counted(len(keys), 'paper')} up in the files"),
    ):
        for index in kept_indexes(cache_dir)[:_INDEXES]:
            missing = [key for key in keys if key not in found]
            if not missing:
                break
            # Of one that is damaged or of another version, the number of papers is not known.
            if not index.remains and index.papers and all(map(os.path.exists, index.roots)):
                with suppress(LibraryError), open_library(index.roots, cache_dir=cache_dir) as library:
                    found |= {paper.key: paper for paper in library.papers(missing, lambda *_: None)}
    return found


def _read(library: Library, keys: list[str]) -> dict[str, Paper]:
    """Read papers; tells of those that are in the index and cannot be read, and how long that takes."""
    from arxtui.cli.progress import ProgressBar

    unread: dict[str, LibraryError] = {}
    with ProgressBar(f"looking {counted(len(keys), 'paper')} up in the files"):
        found = {paper.key: paper for paper in library.papers(keys, unread.__setitem__)}
    for error in list(unread.values())[:_FEW]:
        say(f"warning: {error}")
    if len(unread) > _FEW:
        say(f"warning: and {counted(len(unread) - _FEW, 'paper')} more that cannot be read")
    return found
