"""Changes to the text index."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import tantivy

from arxtui.core.papers import Entry, Paper
from arxtui.library.soundness import Soundness
from arxtui.library.textschema import document

_HEAP = 128_000_000
"""Bytes. With half as much there are more segments, and to merge them takes another sixth of the processor time."""

_THREADS = 1
"""The thread that parses and hands it documents takes nearly as long as the one that writes them. Two that write would
only make twice as many segments, which then have to be merged: a fifth more processor time on two cores."""


class Writer:
    """The one writer of an index. Others see its changes after `commit`.

    Args:
        index: what is written.
        soundness: of the index it belongs to.

    Raises:
        ValueError: another one is open, in this process or another, or the index cannot be written.
    """

    def __init__(self, index: tantivy.Index, soundness: Soundness) -> None:
        self._soundness = soundness
        self._writer = index.writer(_HEAP, num_threads=_THREADS)
        self._schema = index.schema
        self._held: list[tantivy.Document] = []
        self._beside = ThreadPoolExecutor(1)
        self._begun: Future[int] | None = None
        self._gone: set[int] = set()
        self._again: dict[int, tantivy.Document] = {}

    def add(
        self,
        number: int,
        text: Entry | Paper,
        authors: str | None,
        date: str,
        files: Sequence[int],
        *,
        variant: bool = False,
    ) -> None:
        """Index a paper under a number that has none. Can be done during a commit, which does not take it in.

        Args:
            number: the paper's.
            text: what is known of it.
            authors: its author list as it stands.
            date: the date it is listed by.
            files: for each place that it stands in the number of the file.
            variant: whether these places say different things.
        """
        made = document(number, text, authors, date, files, variant=variant)
        if self._begun is None and not self._held:
            self._writer.add_document(made)
        else:
            self._held.append(made)

    def replace(self, number: int, paper: Paper, files: Sequence[int], *, variant: bool = False) -> None:
        """Index a paper in place of what was indexed under its number; for the arguments see `add`."""
        self._gone.add(number)
        self._again[number] = document(number, paper, paper.author_text, paper.date, files, variant=variant)

    def remove(self, number: int) -> None:
        """Take a paper out."""
        self._gone.add(number)
        self._again.pop(number, None)

    def flush(self) -> None:
        """Carry out what `replace` and `remove` were told, all at once."""
        if self._gone:
            self.hand_over()
            # By a query: `delete_documents_by_term` looks for a signed number, and finds none (tantivy 0.27).
            gone = tantivy.Query.term_set_query(self._schema, "paper", sorted(self._gone))
            with self._soundness.of_text():
                self._writer.delete_documents_by_query(gone)
            self._gone.clear()
        for again in self._again.values():
            self._writer.add_document(again)
        self._again.clear()

    def hand_over(self, most: int | None = None) -> None:
        """Index what was held back during a commit.

        Args:
            most: how many papers; those that are not waited for long: tantivy takes 10,000 before it has indexed any.
        """
        for made in self._held[:most]:
            self._writer.add_document(made)
        del self._held[:most]

    def remove_all(self) -> None:
        """Take everything out."""
        self._held.clear()
        self._gone.clear()
        self._again.clear()
        self._writer.delete_all_documents()

    def begin_commit(self, stamp: str) -> None:
        """Begin to write all changes, and the stamp that ties them to the catalogue. `finish_commit` has to follow.

        It takes half a second, which the thread that calls this need not wait for: papers can be added meanwhile.
        """
        self.hand_over()
        self.flush()
        self._writer.delete_documents_by_query(tantivy.Query.regex_query(self._schema, "stamp", ".+"))
        tie = tantivy.Document()
        tie.add_text("stamp", stamp)
        self._writer.add_document(tie)
        self._begun = self._beside.submit(self._writer.commit)

    @property
    def committing(self) -> bool:
        """Whether a commit was begun and not finished."""
        return self._begun is not None

    @property
    def committed(self) -> bool:
        """Whether such a commit need not be waited for any more."""
        return self._begun is not None and self._begun.done()

    def finish_commit(self) -> None:
        """Wait for the commit that was begun.

        Raises:
            LibraryError: the index cannot be written.
        DamagedError: it makes no sense.
        """
        if self._begun is not None:
            begun, self._begun = self._begun, None
            with self._soundness.of_text():
                begun.result()

    def close(self) -> None:
        """Let go of the index; uncommitted changes are lost."""
        self._beside.shutdown()
        # It ends its thread, and would say that there is no index to go back to where the folder is gone.
        with contextlib.suppress(ValueError):
            self._writer.rollback()
        del self._writer
