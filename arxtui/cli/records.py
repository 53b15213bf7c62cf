"""What is known of papers that are about to be kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError
from arxtui.cli.output import counted, say
from arxtui.core.papers import Paper

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from arxtui.library import Library
    from arxtui.library.errors import LibraryError
    from arxtui.reading import ReadingStore

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
    paper itself says, then what is kept with another list.

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
    kept = store.papers(paper.key for paper in papers if not _says(paper) and paper.key not in (known or ()))
    found, bare = [], []
    for paper in papers:
        best = (known or {}).get(paper.key) or kept.get(paper.key) or paper
        found.append(best)
        if not _says(best):
            bare.append(paper.key)
    if warn and known is not None and len(bare) <= _FEW:
        for key in bare:
            say(f"warning: no paper {key} in {where}; kept by its identifier alone")
    elif warn and known is not None:
        say(f"warning: {len(bare):,} papers are not in {where}; kept by their identifiers alone")
    return found


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
    cache_dir = Path(arguments.cache_dir or paths.cache_dir())
    if not keys or (places is None and not cache_dir.exists()):
        return None
    # Imported here: an index takes a while to load, and often there is none.
    from arxtui.cli.opening import fresh_library_of, library_of
    from arxtui.library.keeping import index_folder
    from arxtui.library.scanning import resolve_roots

    if places is not None:
        with fresh_library_of(arguments, places) as library:
            return _read(library, keys)
    try:
        if not index_folder(resolve_roots([os.curdir]), cache_dir).exists():
            return None
        with library_of(arguments, []) as library:
            return _read(library, keys)
    except CommandError as error:
        # Nobody asked for this index: what was asked for can be done without it.
        say(f"warning: {error}")
        return None


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
