"""Bringing an index up to the state of the files."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from arxtui.core.papers import Entry, Separator
from arxtui.core.parsing import segments
from arxtui.library.catalogue import Catalogue
from arxtui.library.changes import Changes, find_changes, new_digest
from arxtui.library.errors import BusyError
from arxtui.library.linking import link_by_text
from arxtui.library.scanning import FoundFile, Unreadable, file_path
from arxtui.library.sources import look, open_regular
from arxtui.library.textindex import TextIndex
from arxtui.library.textwriter import Writer
from arxtui.library.values import Progress, Refreshed
from arxtui.library.writing import Writing, writing

_SETTLE = 4_000_000
"""Bytes of text after which papers are merged and written, so that memory stays bounded, and the thread that writes the
text index does not wait long for something to do."""

_FIRST_COMMIT, _COMMIT = 0.05, 1.0
"""Seconds after which what was read is committed, so that it can be seen: the first papers soonest."""

_COMMIT_SHARE, _LAST_COMMIT = 0.1, 5.0
"""The longer it takes, the less a second adds, and the more there is to merge: later on a commit comes after this share
of the time that has passed, and after so many seconds at the most."""

_AT_ONCE = 32_000_000
"""Bytes of text up to which a file that has changed is taken as a whole: papers that still stand in it neither go nor
come back, as they would between two commits."""

_REPORT = 0.1
"""Seconds between two reports."""

_WAIT = 0.25
"""Seconds between two attempts, where another program writes the index."""

_LINKING = "linking by text"
"""A fact of the catalogue: `due` from the first commit of a refresh to its last, so that one that was cut off after all
files were read is taken up again."""

_BREATH = 200
"""Entries between two looks at the clock."""


class Refresh:
    """One refresh, by the one program that writes.

    Args:
        roots: what the library consists of.
        catalogue: what is written.
        index: what is written too.
        on_progress: called about ten times a second, from the calling thread.
        should_stop: asked about as often; what was read by then is kept.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        catalogue: Catalogue,
        index: TextIndex,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self._roots, self._catalogue, self._index = roots, catalogue, index
        self._on_progress, self._should_stop = on_progress, should_stop
        self._files_done = self._files_total = self._bytes_done = self._bytes_total = self._unsettled = 0
        self._begun = self._reported = self._committed = time.monotonic()
        self._due = _FIRST_COMMIT
        self._papers = 0
        self._stopped = self._at_once = False

    def run(self, changes: Changes, writer: Writer) -> Refreshed:
        """Make the changes.

        Raises:
            LibraryError: the index cannot be written; it stays as it was after the last commit.
        """
        to_read = [(None, item) for item in changes.added] + [
            (row.file, item) for row, item in changes.changed
        ]
        self._files_total, self._bytes_total = len(to_read), sum(item.size for _, item in to_read)
        self._papers = self._catalogue.counts().papers
        unreadable = list(changes.unreadable)
        with writing(self._roots, self._catalogue, writer) as open_:
            open_.note(_LINKING, "due")
            for row, item in changes.same:
                open_.batch.move_file(row.file, item)
            for row in changes.removed:
                open_.batch.remove_file(row.file)
            for file, found in to_read:
                try:
                    self._read_file(file, found, open_)
                except OSError as error:
                    reason = (error.strerror or str(error)).lower()
                    unreadable.append(Unreadable(found.root, found.path, reason))
                if self._stopped:
                    break
                self._files_done += 1
                self._bytes_done += found.size
            open_.commit()
            self._index.reload()
            open_.batch.note_unreadable(unreadable)
            if not self._stopped:
                link_by_text(self._catalogue, open_.db, self._index, open_.batch)
                open_.note(_LINKING, "done")
            open_.commit()
        self._index.reload()
        self._report(0)
        return Refreshed(
            len(changes.added),
            len(changes.changed),
            len(changes.removed),
            changes.renamed,
            changes.unchanged + len(changes.same) - changes.renamed,
            self._stopped,
        )

    def _read_file(self, file: int | None, found: FoundFile, open_: Writing) -> None:
        with open(open_regular(file_path(self._roots, found.root, found.path)), "rb") as stream:
            before = look(stream.fileno())
            digesting = _Digesting(stream)
            batch = open_.batch
            self._at_once = file is not None and found.size <= _AT_ONCE
            file = batch.begin_file(file, found, before)
            for number, segment in enumerate(segments(digesting)):
                if isinstance(segment, Entry):
                    batch.add_entry(file, segment)
                    for problem in segment.problems:
                        batch.add_problem(file, found, problem)
                elif not isinstance(segment, Separator):
                    batch.add_problem(file, found, segment)
                if number % _BREATH == _BREATH - 1:
                    self._breathe(open_, segment.end)
                    if self._stopped:
                        return  # the file stays marked as unfinished, and the next refresh reads it again
            # A file that was written to while it was read stays marked as unfinished as well.
            if look(stream.fileno()) == before:
                batch.finish_file(file, digesting.digest.digest())
        self._at_once = False
        self._breathe(open_, 0)

    def _breathe(self, open_: Writing, read: int) -> None:
        """Between entries: report, settle, commit and stop where it is time.

        Args:
            open_: where to settle and commit.
            read: bytes of the present file that have been read.
        """
        now = time.monotonic()
        done = self._bytes_done + read
        if done - self._unsettled > _SETTLE and not self._at_once:
            self._unsettled = done
            open_.batch.settle()
        if now - self._committed > self._due and not self._at_once:
            self._due = min(max(_COMMIT, (now - self._begun) * _COMMIT_SHARE), _LAST_COMMIT)
            open_.commit()
            self._papers = self._catalogue.counts().papers
            self._committed = time.monotonic()
        if now - self._reported > _REPORT:
            self._reported = now
            self._report(read)
            self._stopped = self._should_stop()

    def _report(self, read: int) -> None:
        done = min(self._bytes_done + read, self._bytes_total)
        self._on_progress(
            Progress(self._files_done, self._files_total, done, self._bytes_total, self._papers)
        )


class _Digesting:
    """A file that computes a digest of what is read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = new_digest()

    def read(self, size: int) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def rebuild_text(roots: Sequence[Path], catalogue: Catalogue, index: TextIndex, writer: Writer) -> None:
    """Build the text index anew from the catalogue.

    Raises:
        LibraryError: the index cannot be written.
    """
    with writing(roots, catalogue, writer) as open_:
        writer.remove_all()
        open_.batch.settle_all()
        open_.commit()
    index.reload()


class Needed(NamedTuple):
    """Whether there is anything to do.

    Attributes:
        anything: whether a refresh would change anything.
        bytes: how much text it would read.
        unchanged: how many files are as they were.
    """

    anything: bool
    bytes: int
    unchanged: int


def what_is_needed(roots: Sequence[Path], catalogue: Catalogue, index: TextIndex) -> Needed:
    """Compare files, catalogue and text index, without writing anything."""
    changes = find_changes(roots, catalogue)
    sound = index.stamp() == catalogue.fact("stamp")
    same_unreadable = catalogue.unreadable() == {(item.root, item.path) for item in changes.unreadable}
    to_read = sum(item.size for item in changes.added) + sum(item.size for _, item in changes.changed)
    due = catalogue.fact(_LINKING) == "due"
    # A text index that is not sound is built again, out of all that the catalogue knows.
    to_read += catalogue.counts().bytes if due or not sound else 0
    return Needed(changes.any or due or not sound or not same_unreadable, to_read, changes.unchanged)


def refresh_here(
    roots: Sequence[Path],
    catalogue: Catalogue,
    index: TextIndex,
    on_progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
    *,
    rebuild: bool = False,
) -> Refreshed:
    """Read what is new or has changed, in this process. For the arguments see `Refresh`.

    Where another program writes the index, this waits for it, and reports what it commits meanwhile.

    Raises:
        LibraryError: the index cannot be written; it stays as it was after the last commit.
    """
    writer = _wait_for_writer(catalogue, index, on_progress, should_stop)
    if writer is None:
        return Refreshed(0, 0, 0, 0, 0, stopped=True)
    try:
        index.reload()  # another program may have been here since
        if rebuild:
            with writing(roots, catalogue, writer) as open_:
                open_.forget_everything()
                open_.commit()
        elif index.stamp() != catalogue.fact("stamp"):
            rebuild_text(roots, catalogue, index, writer)
        changes = find_changes(roots, catalogue)
        return Refresh(roots, catalogue, index, on_progress, should_stop).run(changes, writer)
    finally:
        writer.close()


def _wait_for_writer(
    catalogue: Catalogue,
    index: TextIndex,
    on_progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
) -> Writer | None:
    """The one writer of the index, as soon as no other program has it; None where it was told to stop."""
    while True:
        with contextlib.suppress(BusyError):
            return index.writer()
        on_progress(Progress(0, 0, 0, 0, catalogue.counts().papers))
        time.sleep(_WAIT)
        if should_stop():
            return None
