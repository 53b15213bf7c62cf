"""Catalogue and text index written together, so that either both have a change or it shows."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from arxtui.library import orderfiles
from arxtui.library.batch import Batch
from arxtui.library.catalogue import Catalogue
from arxtui.library.errors import unusable
from arxtui.library.textwriter import Writer

_AHEAD = 10_000
"""Entries that are prepared at the most while the text index is committed, which takes about half a second: so much is
done in that time, and the memory stays bounded."""

_HANDED_OVER = 1000
"""Papers that the text index is given at a time of those that were held back: more than it does in that time."""

_LONG_LOG = 150_000_000  # bytes that the catalogue's log may have while more is written
_SHORT_LOG = 1_000_000  # bytes that may be left of it


class Writing:
    """Changes that are committed now and then.

    Attributes:
        batch: where the changes go.
        db: the catalogue's connection, with a transaction open.
        papers: how many there were at the last commit.
    """

    def __init__(
        self, roots: Sequence[Path], catalogue: Catalogue, db: sqlite3.Connection, writer: Writer
    ) -> None:
        self.db = db
        self._catalogue = catalogue
        self._roots, self._writer = roots, writer
        self.batch = Batch(roots, catalogue, db, writer)
        self.papers = catalogue.counts().papers

    def close(self) -> None:
        """Give up what was not committed."""
        self.batch.files.close()
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")
            self._catalogue.checkpoint(longer_than=_SHORT_LOG)

    def forget_everything(self) -> None:
        """Empty both."""
        for table in ("files", "papers", "occurrences", "problems", "facts", "dates"):
            self.db.execute(f"DELETE FROM {table}")
        self.db.execute("UPDATE totals SET value = 0")
        self._writer.remove_all()

    def note(self, name: str, value: str) -> None:
        """Note a fact of the whole library, for `Catalogue.fact`."""
        self.db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def write(self) -> None:
        """Write what was added so far; while a commit goes on, prepare it for that."""
        if self._writer.committing and self.batch.prepared < _AHEAD:
            self.batch.prepare()
        else:
            self.finish_commit()
            self.batch.settle()

    def begin_commit(self) -> None:
        """Settle all changes so far, and begin to commit them. Until that is finished, only new files may be read.

        The text index comes first. Whoever opens the pair after a crash between the two sees that their stamps
        differ, and builds the text index anew from the catalogue, which has the older state.
        """
        self.finish_commit()
        self.batch.settle()
        stamp = uuid.uuid4().hex
        # JSON escapes what is no UTF-8 in a path, which SQLite would refuse.
        self.note("roots", json.dumps([str(root) for root in self._roots]))
        self.note("stamp", stamp)
        self._writer.begin_commit(stamp)

    def go_on(self) -> bool:
        """Finish a commit that needs no waiting for; returns whether there was one."""
        ready = self._writer.committed
        if ready:
            self.finish_commit()
        if not self._writer.committing:
            self._writer.hand_over(_HANDED_OVER)
        return ready

    def finish_commit(self) -> None:
        """Wait for the commit that was begun, if any was. From then on others see what it holds."""
        if self._writer.committing:
            self._writer.finish_commit()
            self.papers = self._catalogue.counts().papers
            self.db.execute("COMMIT")
            orderfiles.remove(self._catalogue.folder)
            self._writer.hand_over(
                _HANDED_OVER
            )  # its thread goes on while this one is busy with the catalogue
            self._catalogue.checkpoint(longer_than=_LONG_LOG)
            self.db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit all changes so far, and go on."""
        self.begin_commit()
        self.finish_commit()


@contextmanager
def writing(roots: Sequence[Path], catalogue: Catalogue, writer: Writer) -> Iterator[Writing]:
    """Write in a block; what was not committed when it ends is lost.

    Raises:
        LibraryError: catalogue or text index cannot be written.
        sqlite3.DatabaseError: the catalogue is damaged.
    """
    try:
        with catalogue.connection() as db:
            # 32 MB, for the indexes of a big library are written at random. A reader does with SQLite's own two.
            db.execute("PRAGMA cache_size = -32000")
            db.execute("BEGIN IMMEDIATE")
            with closing(Writing(roots, catalogue, db, writer)) as open_:
                yield open_
    except (sqlite3.OperationalError, OSError, ValueError) as error:
        raise unusable(error, catalogue.folder) from error
