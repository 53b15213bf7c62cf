"""Bringing an index up to the state of the files."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from arxtui.core.papers import Entry, Separator
from arxtui.core.parsing import segments
from arxtui.library.catalogue import LINKING, Catalogue
from arxtui.library.changes import Changes, find_changes, new_digest
from arxtui.library.errors import BusyError
from arxtui.library.linking import link_by_text
from arxtui.library.scanning import FoundFile, Unreadable, file_path
from arxtui.library.soundness import check_mark
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

_PAUSED = 0.05
"""Seconds between two looks whether a pause is over."""

_WAIT = 0.25
"""Seconds between two attempts, where another program writes the index."""

_PROGRESS = "progress"
"""A fact of the catalogue: how far the refresh that writes has come, for the programs that wait for it; else empty."""

_BREATH = 200
"""Entries between two looks at the clock."""

_REPAIRED = 5000
"""Papers between two reports while the text index is made out of the catalogue."""


class Refresh:
    """One refresh, by the one program that writes.

    Args:
        roots: what the library consists of.
        catalogue: what is written.
        index: what is written too.
        on_progress: called about ten times a second, from the calling thread.
        should_stop: asked about as often; what was read by then is kept.
        should_pause: asked about as often. What was read is committed, and this waits.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        catalogue: Catalogue,
        index: TextIndex,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        should_pause: Callable[[], bool],
    ) -> None:
        self._roots, self._catalogue, self._index = roots, catalogue, index
        self._on_progress, self._should_stop, self._should_pause = on_progress, should_stop, should_pause
        self._files_done = self._files_total = self._bytes_done = self._bytes_total = self._unsettled = 0
        self._bytes_before = 0
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
        if self._catalogue.fact(LINKING) == "due":  # an earlier refresh was cut off: this one goes on with it
            self._files_done, self._bytes_before = changes.unchanged, changes.unchanged_bytes
        self._bytes_done = self._unsettled = self._bytes_before
        self._files_total = self._files_done + len(to_read)
        self._bytes_total = self._bytes_done + sum(item.size for _, item in to_read)
        self._papers = self._catalogue.counts().papers
        unreadable = list(changes.unreadable)
        with writing(self._roots, self._catalogue, writer) as open_:
            open_.note(LINKING, "due")
            self._note_progress(open_, 0)
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
                open_.note(LINKING, "done")
            open_.note(_PROGRESS, "")
            open_.commit()
        self._papers = self._catalogue.counts().papers
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
            if file is not None:
                open_.finish_commit()  # what stood in it is no part of that
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
        seen = open_.go_on()  # papers that can be seen now are told of at once
        if done - self._unsettled > _SETTLE and not self._at_once:
            self._unsettled = done
            open_.write()
        if now - self._committed > self._due and not self._at_once:
            self._due = min(max(_COMMIT, (now - self._begun) * _COMMIT_SHARE), _LAST_COMMIT)
            self._begin_commit(open_, read)
        if now - self._reported > _REPORT or seen:
            self._reported = now
            self._papers = open_.papers
            self._report(read)
            self._stopped = self._should_stop()
            if self._should_pause() and not self._stopped and not self._at_once:
                self._pause(open_, read)

    def _begin_commit(self, open_: Writing, read: int, *, paused: bool = False) -> None:
        self._note_progress(open_, read, paused=paused)
        open_.begin_commit()
        self._committed = time.monotonic()

    def _pause(self, open_: Writing, read: int) -> None:
        """Wait, with all that was read committed, and with a word for the programs that wait for this one."""
        self._begin_commit(open_, read, paused=True)
        open_.finish_commit()
        self._papers = open_.papers
        self._report(read)
        began = time.monotonic()
        while self._should_pause() and not self._stopped:
            time.sleep(_PAUSED)
            self._stopped = self._should_stop()
        self._begun += time.monotonic() - began
        self._begin_commit(open_, read)

    def _progress(self, read: int) -> Progress:
        done = min(self._bytes_done + read, self._bytes_total)
        files, total = self._files_done, self._files_total
        return Progress(files, total, done, self._bytes_total, self._papers, self._bytes_before)

    def _note_progress(self, open_: Writing, read: int, *, paused: bool = False) -> None:
        progress = self._progress(read)._replace(state="paused" if paused else "writing")
        open_.note(_PROGRESS, json.dumps(progress))

    def _report(self, read: int) -> None:
        self._on_progress(self._progress(read))


class _Digesting:
    """A file that computes a digest of what is read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = new_digest()

    def read(self, size: int) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def rebuild_text(
    roots: Sequence[Path],
    catalogue: Catalogue,
    index: TextIndex,
    writer: Writer,
    on_progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
) -> bool:
    """Build the text index anew from the catalogue. For the last two arguments see `Refresh`.

    Returns:
        Whether it was done to its end; else nothing has changed.

    Raises:
        LibraryError: the index cannot be written.
    """
    counts = catalogue.counts()
    with writing(roots, catalogue, writer) as open_:
        writer.remove_all()
        papers = [number for (number,) in open_.db.execute("SELECT paper FROM papers").fetchall()]
        for done in range(0, len(papers), _REPAIRED):
            files, size = (part * done // len(papers) for part in (counts.files, counts.bytes))
            on_progress(Progress(files, counts.files, size, counts.bytes, counts.papers, state="repairing"))
            if should_stop():
                return False
            open_.batch.settle_again(papers[done : done + _REPAIRED])
        open_.commit()
    index.reload()
    return True


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
    """Compare files, catalogue and text index, without writing anything.

    Raises:
        DamagedError: the index was found to be damaged.
    """
    check_mark(catalogue.folder)
    changes = find_changes(roots, catalogue)
    sound = index.stamp() == catalogue.fact("stamp")
    same_unreadable = catalogue.unreadable() == {(item.root, item.path) for item in changes.unreadable}
    to_read = sum(item.size for item in changes.added) + sum(item.size for _, item in changes.changed)
    due = catalogue.fact(LINKING) == "due"
    # A text index that is not sound is built again, out of all that the catalogue knows.
    to_read += catalogue.counts().bytes if due or not sound else 0
    # So that an index of nothing can be told from others and cleared with its folder.
    nameless = catalogue.fact("roots") is None
    anything = changes.any or due or not sound or not same_unreadable or nameless
    return Needed(anything, to_read, changes.unchanged)


def refresh_here(
    roots: Sequence[Path],
    catalogue: Catalogue,
    index: TextIndex,
    on_progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
    should_pause: Callable[[], bool] = lambda: False,
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
        elif index.stamp() != catalogue.fact("stamp") and not rebuild_text(
            roots, catalogue, index, writer, on_progress, should_stop
        ):
            return Refreshed(0, 0, 0, 0, 0, stopped=True)
        changes = find_changes(roots, catalogue)
        return Refresh(roots, catalogue, index, on_progress, should_stop, should_pause).run(changes, writer)
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
        said, papers = catalogue.fact(_PROGRESS), catalogue.counts().papers
        other = Progress(*json.loads(said)) if said else Progress(0, 0, 0, 0, 0, state="writing")
        on_progress(other._replace(papers=papers))
        time.sleep(_WAIT)
        if should_stop():
            return None
