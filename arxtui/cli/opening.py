"""Opening the library that a command works on."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui import paths
from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.output import counted, say
from arxtui.cli.progress import ProgressBar
from arxtui.library import LibraryError, UnknownPaper, open_library
from arxtui.library.errors import DamagedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from arxtui.core.papers import Paper
    from arxtui.library import Library, Progress

PATIENCE = 2.0
"""Seconds that another program is waited for: one that reads a file that has changed is done by then."""


@contextmanager
def library_of(arguments: argparse.Namespace, places: Sequence[str]) -> Iterator[Library]:
    """Open a library as it is in the index, which may be older than the files.

    Args:
        arguments: `cache_dir` is looked at.
        places: files and folders; none stand for the current folder.

    Raises:
        UsageError: one of them does not exist.
        CommandError: one of them may not be read, or the library cannot be used, now or later.
    """
    places = places or [os.curdir]
    look_at_all(places)
    try:
        with open_library(places, cache_dir=arguments.cache_dir or paths.cache_dir()) as library:
            yield library
    except LibraryError as error:
        raise CommandError(str(error)) from error


def look_at_all(places: Sequence[str]) -> None:
    """Refuse files and folders that cannot be read at all.

    Of what stands below a folder the library reports what it cannot read.

    Args:
        places: as the user named them.

    Raises:
        UsageError: one of them does not exist, or is neither file nor folder.
        CommandError: one of them may not be read.
    """
    for place in places:
        try:
            if Path(place).is_dir():
                os.scandir(place).close()
            elif Path(place).is_file():
                Path(place).open("rb").close()
            elif not os.path.lexists(place):
                raise UsageError(f"no such file or folder: {place}")
            elif not Path(place).exists():
                raise UsageError(f"{place} is a link that leads nowhere: name what it should lead to")
            else:
                raise UsageError(f"{place} is neither a file nor a folder: name one of those")
        except OSError as error:
            raise CommandError(f"{place} cannot be read: {error.strerror}") from error


@contextmanager
def fresh_library_of(arguments: argparse.Namespace, places: Sequence[str]) -> Iterator[Library]:
    """Open a library and read what is new or changed; see `library_of`.

    Where another program is at that, it is not waited for long: what it has read is there, and the user is told so;
    as where the index cannot be written, for want of space say.
    """
    with library_of(arguments, places) as library:
        waits_since = 0.0

        def look(progress: Progress) -> None:
            nonlocal waits_since
            waits_since = (waits_since or time.monotonic()) if progress.waits else 0.0
            bar.update(progress)

        stopped = False
        try:
            with ProgressBar() as bar:
                stopped = library.refresh(
                    look, lambda: waits_since > 0.0 and time.monotonic() - waits_since > PATIENCE
                ).stopped
        except LibraryError as error:
            if isinstance(error, DamagedError) or not (read := library.counts().papers):
                raise
            say(f"warning: {error}; this is what was read before, {counted(read, 'paper')}")
        if stopped:
            papers = counted(library.counts().papers, "paper")
            say(f"another arxtui is reading the files; this is what it has read so far, {papers}")
        for note in library.notes:
            say(note)
        yield library


def is_bare(library: Library) -> bool:
    """Tell whether a library has no papers at all; the user is told so."""
    if library.counts().papers:
        return False
    where = ", ".join(str(root) for root in library.roots)
    say(f"no papers in {where}: arxtui looks for text files (.txt) that hold arXiv abstracts")
    return True


def paper_in(library: Library, key: str) -> Paper | None:
    """Return the paper of a key, or None where the library does not have it."""
    try:
        return library.paper(key)
    except UnknownPaper:
        return None
