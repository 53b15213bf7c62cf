"""Bringing an index up to the state of the files."""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from arxtui.core.papers import Entry, Separator
from arxtui.core.parsing import segments
from arxtui.library.batch import Batch
from arxtui.library.catalogue import Catalogue
from arxtui.library.changes import Changes, new_digest
from arxtui.library.linking import link_by_text
from arxtui.library.scanning import FoundFile, Unreadable, file_path
from arxtui.library.sources import Seen, open_regular
from arxtui.library.textindex import TextIndex, Writer
from arxtui.library.values import Progress, Refreshed

_BATCH = 16_000_000
"""Bytes of text after which papers are merged, so that memory stays bounded, and between files committed."""

_REPORT_EVERY = 0.1  # seconds


class Refresh:
    """One refresh, by the one program that writes.

    Args:
        roots: what the library consists of.
        catalogue, index: what is written.
        on_progress: called about ten times a second, from the calling thread.
        should_stop: asked between files; what was read by then is kept.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        catalogue: Catalogue,
        index: TextIndex,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._roots, self._catalogue, self._index = roots, catalogue, index
        self._on_progress = on_progress
        self._should_stop = should_stop or (lambda: False)
        self._files_done = self._files_total = self._bytes_done = self._bytes_total = 0
        self._reported = 0.0

    def run(self, changes: Changes, writer: Writer) -> Refreshed:
        """Make the changes.

        Raises:
            LibraryError: the index cannot be written; it stays as it was after the last commit.
        """
        to_read = [(None, item) for item in changes.added] + [
            (row.file, item) for row, item in changes.changed
        ]
        self._files_total, self._bytes_total = len(to_read), sum(item.size for _, item in to_read)
        unreadable = list(changes.unreadable)
        with self._batch(writer) as (batch, _):
            for row, item in changes.same:
                batch.move_file(row.file, item)
            for row in changes.removed:
                batch.remove_file(row.file)
        waiting = iter(to_read)
        stopped = False
        while self._files_done < self._files_total and not stopped:
            with self._batch(writer) as (batch, _):
                stopped = self._read_some(waiting, batch, unreadable)
        self._index.reload()
        with self._batch(writer) as (batch, db):
            batch.note_unreadable(unreadable)
            if not stopped:
                link_by_text(self._roots, self._catalogue, db, self._index, batch)
        self._index.reload()
        return Refreshed(
            len(changes.added),
            len(changes.changed),
            len(changes.removed),
            changes.renamed,
            changes.unchanged + len(changes.same) - changes.renamed,
            stopped,
        )

    @contextmanager
    def _batch(self, writer: Writer) -> Iterator[tuple[Batch, sqlite3.Connection]]:
        """Changes that are committed together, to the text index first: only equal stamps make a pair sound."""
        with self._catalogue.transaction() as db:
            batch = Batch(self._roots, self._catalogue, db, writer)
            yield batch, db
            batch.settle()
            stamp = uuid.uuid4().hex
            db.execute("INSERT OR REPLACE INTO facts VALUES ('stamp', ?)", (stamp,))
            writer.commit(stamp)

    def _read_some(
        self, waiting: Iterator[tuple[int | None, FoundFile]], batch: Batch, unreadable: list[Unreadable]
    ) -> bool:
        """Read files until a batch is full; returns whether to stop."""
        limit = self._bytes_done + _BATCH
        for file, found in waiting:
            try:
                self._read_file(file, found, batch)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                unreadable.append(Unreadable(found.root, found.path, reason))
            self._files_done += 1
            self._bytes_done += found.size
            self._report()
            if self._should_stop():
                return True
            if self._bytes_done > limit:
                break
        return False

    def _read_file(self, file: int | None, found: FoundFile, batch: Batch) -> None:
        path = file_path(self._roots, found.root, found.path)
        with open(open_regular(path), "rb") as stream:
            if file is None:
                file = batch.add_file(found)
            else:
                batch.empty_file(file)
            before = os.fstat(stream.fileno())
            digesting = _Digesting(stream)
            settled = 0
            for segment in segments(digesting):  # type: ignore[arg-type]  # of a file, it needs no more than `read`
                if isinstance(segment, Separator):
                    continue
                if isinstance(segment, Entry):
                    batch.add_entry(file, segment)
                    problems = segment.problems
                else:
                    problems = (segment,)
                for problem in problems:
                    batch.add_problem(file, found, problem)
                if segment.end - settled > _BATCH:
                    batch.settle()
                    settled = segment.end
            after = os.fstat(stream.fileno())
        seen = Seen(after.st_size, after.st_mtime_ns)
        if (before.st_size, before.st_mtime_ns) != seen:
            seen = Seen(
                -1, 0
            )  # written to while it was read: no size matches this, so the next refresh reads it again
        batch.complete_file(file, seen, digesting.digest.digest())

    def _report(self) -> None:
        now = time.monotonic()
        last = self._files_done == self._files_total
        if self._on_progress is not None and (last or now - self._reported > _REPORT_EVERY):
            self._reported = now
            papers = self._catalogue.counts().papers
            self._on_progress(
                Progress(self._files_done, self._files_total, self._bytes_done, self._bytes_total, papers)
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
    with catalogue.transaction() as db:
        writer.remove_all()
        batch = Batch(roots, catalogue, db, writer)
        batch.settle_all()
        stamp = uuid.uuid4().hex
        db.execute("INSERT OR REPLACE INTO facts VALUES ('stamp', ?)", (stamp,))
        writer.commit(stamp)
    index.reload()
