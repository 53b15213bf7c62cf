"""One batch of changes to catalogue and text index, and the papers that come out different."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from arxtui.core.exporting import fold_space
from arxtui.core.identifiers import month_of
from arxtui.core.merging import Witness, differ, key_for, merge
from arxtui.core.papers import TEXT_KEY, Entry, Occurrence, Paper, Problem
from arxtui.library.catalogue import Catalogue, PlaceRow
from arxtui.library.rereading import Files
from arxtui.library.scanning import FoundFile, Unreadable
from arxtui.library.sources import Seen
from arxtui.library.textwriter import Writer

_SHOWN = 200  # characters of the abstract and of the author list that a row of the paper list may need


class _Found(NamedTuple):
    """An entry, and the number of the file it was read from."""

    file: int
    entry: Entry


class Batch:
    """Changes within one transaction. After `settle`, every paper is what its occurrences say.

    A paper that is new is written as it comes, many at a time. One that was known before is merged anew from all its
    occurrences; those that are not in this batch are read again from their files.

    Args:
        roots: what the library consists of.
        catalogue: read for occurrences and files.
        db: its connection, with a transaction open.
        writer: of the text index.
    """

    def __init__(
        self, roots: Sequence[Path], catalogue: Catalogue, db: sqlite3.Connection, writer: Writer
    ) -> None:
        self._catalogue, self._db, self._writer = catalogue, db, writer
        self.files = Files(roots, catalogue)
        self._found: list[_Found] = []
        self._papers: list[tuple[object, ...]] = []
        self._places: list[tuple[object, ...]] = []
        self._numbered: dict[str, int] = {}  # papers among these
        self._finished: list[tuple[bytes, int]] = []
        self._affected: set[int] = set()
        self._fresh: dict[tuple[int, int], Entry] = {}
        self._dates: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        # Numbers only grow within a batch: one that is given up must not be given to another paper at once.
        self._next: int = db.execute("SELECT coalesce(max(paper), 0) + 1 FROM papers").fetchone()[0]

    def move_file(self, file: int, found: FoundFile) -> None:
        """Note the new path and time of a file that holds what it held before."""
        self.files.forget(file)
        path = os.fsencode(found.path)
        self._db.execute(
            "UPDATE files SET root = ?, path = ?, mtime_ns = ? WHERE file = ?",
            (found.root, path, found.mtime_ns, file),
        )
        self._db.execute("UPDATE problems SET root = ?, path = ? WHERE file = ?", (found.root, path, file))

    def begin_file(self, file: int | None, found: FoundFile, seen: Seen) -> int:
        """Note that a file is being read; until `finish_file`, the catalogue knows that it is unfinished.

        Args:
            file: its number; None for a new one.
            found: where it is.
            seen: what it looks like.

        Returns:
            Its number.
        """
        if file is not None:
            self.empty_file(file)
            self._db.execute(
                "UPDATE files SET size = ?, mtime_ns = ?, digest = x'' WHERE file = ?", (*seen, file)
            )
            return file
        cursor = self._db.execute(
            "INSERT INTO files (root, path, size, mtime_ns, digest) VALUES (?, ?, ?, ?, x'')",
            (found.root, os.fsencode(found.path), *seen),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def empty_file(self, file: int) -> None:
        """Forget what stands in a file."""
        self.files.forget(file)
        papers = self._db.execute("SELECT DISTINCT paper FROM occurrences WHERE file = ?", (file,))
        self._affected.update(paper for (paper,) in papers)
        gone = self._db.execute("DELETE FROM occurrences WHERE file = ?", (file,)).rowcount
        self._totals["occurrences"] -= gone
        self._db.execute("DELETE FROM problems WHERE file = ?", (file,))

    def remove_file(self, file: int) -> None:
        """Forget a file."""
        self.empty_file(file)
        self._db.execute("DELETE FROM files WHERE file = ?", (file,))

    def finish_file(self, file: int, digest: bytes) -> None:
        """Note that a file was read to its end, and the digest of its bytes, as soon as its entries are written."""
        self._finished.append((digest, file))

    def add_entry(self, file: int, entry: Entry) -> None:
        """Note an entry of a file."""
        self._found.append(_Found(file, entry))

    def add_problem(self, file: int, found: FoundFile, problem: Problem) -> None:
        """Note a problem of a file."""
        self._problem(file, found.root, found.path, problem.line, problem.kind, problem.message)

    def note_unreadable(self, items: Iterable[Unreadable]) -> None:
        """Note the folders and files that could not be read this time, in place of those of last time."""
        self._db.execute("DELETE FROM problems WHERE kind = 'unreadable'")
        for item in items:
            remedy = "allow yourself to read it, or move it out of the folder"
            if item.reason == os.strerror(errno.ENOENT).lower():
                remedy = "a link that leads nowhere, most likely: remove it"
            message = f"cannot be read ({item.reason}): {remedy}"
            if not item.is_file:
                message = f"is no file but {item.reason}: move it out of the folder, or leave it"
            self._problem(None, item.root, item.path, 1, "unreadable", message)

    def _problem(self, file: int | None, root: int, path: str, line: int, kind: str, message: str) -> None:
        row = (file, root, os.fsencode(path), line, kind, _storable(message))
        self._db.execute("INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)", row)

    @property
    def prepared(self) -> int:
        """How many entries were prepared and not yet written."""
        return len(self._places)

    def settle(self) -> None:
        """Write what was found, and make every paper that anything has changed about what its occurrences now say."""
        self.prepare()
        self._write_prepared()
        while self._affected:
            affected, self._affected = sorted(self._affected), set()
            for number in affected:
                self._settle(number)
        self._writer.flush()
        self._fresh.clear()
        self._db.executemany(
            "INSERT INTO dates VALUES (?, ?) ON CONFLICT DO UPDATE SET papers = papers + excluded.papers",
            self._dates.items(),
        )
        self._db.executemany(
            "UPDATE totals SET value = value + ?2 WHERE name = ?1",
            self._totals.items(),
        )
        self._dates.clear()
        self._totals.clear()

    def settle_again(self, papers: Iterable[int]) -> None:
        """Do what `settle` does for these papers too, changed or not."""
        self._affected.update(papers)
        self.settle()

    def prepare(self) -> None:
        """Do what can be done about the entries that were added before they are written.

        That is most of the work, and only reads from the catalogue: it can be done while the last batch is committed.
        """
        by_key: dict[str, list[_Found]] = {}
        for found in self._found:
            by_key.setdefault(found.entry.identifier or key_for(found.entry), []).append(found)
        self._found.clear()
        known = self._catalogue.numbers(by_key)
        # In the order of keys, which is nearly that of dates: SQLite's indexes take that three times as fast.
        for key in sorted(by_key):
            group = by_key[key]
            number = known.get(key) or self._numbered.get(key)
            if number is None:
                number, self._next = self._next, self._next + 1
                self._numbered[key] = number
                self._papers.append(self._new_paper(number, key, group))
            else:
                self._affected.add(number)
                self._fresh |= {(found.file, found.entry.start): found.entry for found in group}
            for file, entry in group:
                text_key = key if entry.identifier is None else None
                self._places.append(
                    (file, entry.start, entry.end, entry.line, entry.layout, number, text_key)
                )

    def _write_prepared(self) -> None:
        self._totals["papers"] += len(self._papers)
        self._totals["occurrences"] += len(self._places)
        self._dates.update(str(row[2]) for row in self._papers)
        self._db.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._papers)
        self._db.executemany("INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?)", self._places)
        self._db.executemany("UPDATE files SET digest = ? WHERE file = ?", self._finished)
        for written in (self._papers, self._places, self._numbered, self._finished):
            written.clear()

    def _new_paper(self, number: int, key: str, group: list[_Found]) -> tuple[object, ...]:
        """Index a paper that was not known; returns its row."""
        if len(group) == 1:
            ((file, entry),) = group
            shown = _shown(key, entry, entry.authors)
            self._writer.add(number, entry, entry.authors, shown[0], (file,))
            return (number, key, *shown, 1)
        paper = merge(key, [_witness(found.file, found.entry) for found in group])
        shown = _shown(key, paper, paper.author_text)
        files = [found.file for found in group]
        variant = differ(found.entry for found in group)
        self._writer.add(number, paper, paper.author_text, shown[0], files, variant=variant)
        return (number, key, *shown, len(group))

    def _settle(self, number: int) -> None:
        """Make a paper that was known what its occurrences now say."""
        rows = self._catalogue.occurrences([number])
        key, date = self._db.execute("SELECT key, date FROM papers WHERE paper = ?", (number,)).fetchone()
        if not rows:
            self._db.execute("DELETE FROM papers WHERE paper = ?", (number,))
            self._writer.remove(number)
            self._totals["papers"] -= 1
            self._dates[date] -= 1
            return
        if not key.startswith(TEXT_KEY) and all(row.text_key for row in rows):
            # What these entries repeated is gone: each is a paper of its own again.
            for row in rows:
                self.assign(row, self.number_of(row.text_key or ""))
            self._affected.add(number)
            return
        witnesses = []
        for row in rows:
            entry = self._fresh.get((row.file, row.start))
            entry = entry or self.files.read(row)
            if entry is None:
                # Its file has changed too and comes to its turn, or has another name or time than when a text index was
                # torn that is being made again: then nothing else would bring it up to date.
                self._db.execute("UPDATE files SET digest = x'' WHERE file = ?", (row.file,))
            else:
                witnesses.append(_witness(row.file, entry, matched_by_text=row.text_key not in (None, key)))
        if witnesses:
            paper = merge(key, witnesses)
            shown = _shown(key, paper, paper.author_text)
            self._dates[date] -= 1
            self._dates[shown[0]] += 1
            self._db.execute(
                "UPDATE papers SET date = ?, updated = ?, title = ?, lead = ?, authors = ?, occurrences = ?"
                " WHERE paper = ?",
                (*shown, len(rows), number),
            )
            variant = len(rows) > 1 and differ(witness.entry for witness in witnesses)
            self._writer.replace(number, paper, [row.file for row in rows], variant=variant)

    def number_of(self, key: str) -> int:
        """The number of the paper with a key; it is made where there is none, to be settled."""
        row = self._db.execute("SELECT paper FROM papers WHERE key = ?", (key,)).fetchone()
        if row is not None:
            return int(row[0])
        number: int = self._next
        self._next += 1
        self._db.execute("INSERT INTO papers VALUES (?, ?, '', NULL, NULL, '', NULL, 0)", (number, key))
        self._totals["papers"] += 1
        self._dates[""] += 1
        self._affected.add(number)
        return number

    def assign(self, row: PlaceRow, number: int) -> None:
        """Let an occurrence belong to another paper."""
        if row.paper != number:
            self._db.execute(
                "UPDATE occurrences SET paper = ? WHERE file = ? AND start = ?", (number, row.file, row.start)
            )
            self._affected |= {row.paper, number}


def _witness(file: int, entry: Entry, *, matched_by_text: bool = False) -> Witness:
    place = Occurrence("", str(file), entry.line, entry.start, entry.end, entry.layout, matched_by_text)
    return Witness(place, entry)


def _shown(
    key: str, text: Entry | Paper, authors: str | None
) -> tuple[str, str | None, str | None, str, str | None]:
    """Date, `Updated`, title, lead and authors, as the catalogue keeps them for the paper list."""
    date = text.created or ("" if key.startswith(TEXT_KEY) else month_of(key))
    title = fold_space(text.title)
    title = _storable(title) if title else None
    lead = "" if title or not text.abstract else _beginning(text.abstract)
    return date, text.updated, title, lead, _beginning(authors) if authors else None


def _beginning(text: str) -> str:
    # White space is folded in twice as much text as is needed, not in a list of 3,000 authors.
    return _storable((fold_space(text[: 2 * _SHOWN]) or "")[:_SHOWN])


def _storable(text: str) -> str:
    """SQLite refuses half surrogate pairs, which a broken UTF-16 file may hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
