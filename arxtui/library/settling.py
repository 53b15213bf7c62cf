"""One batch of changes to catalogue and text index, and the papers that come out different."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from arxtui.core.exporting import fold_space
from arxtui.core.folding import words_of
from arxtui.core.matching import repeats
from arxtui.core.merging import Witness, key_for, merge
from arxtui.core.papers import TEXT_KEY, Entry, Occurrence, Paper, Problem
from arxtui.library.catalogue import Catalogue, FileRow, PlaceRow
from arxtui.library.errors import LibraryError
from arxtui.library.scanning import FoundFile, Unreadable, file_path
from arxtui.library.sources import Seen, read_entry
from arxtui.library.textindex import TextIndex, Writer

_SHOWN = 200  # characters of the abstract and of the author list that a row of the paper list may need
_CANDIDATES = 10  # papers whose text is compared with an entry that has no identifier


class Settling:
    """Changes within one transaction. After `settle`, every paper is what its occurrences say.

    Args:
        roots: what the library consists of.
        catalogue: read for occurrences and files.
        db: its connection, with a transaction open.
        writer: of the text index.
    """

    def __init__(
        self, roots: Sequence[Path], catalogue: Catalogue, db: sqlite3.Connection, writer: Writer
    ) -> None:
        self._roots, self._catalogue, self._db, self._writer = roots, catalogue, db, writer
        self._affected: set[int] = set()
        self._fresh: dict[tuple[int, int], Entry] = {}

    def move_file(self, file: int, found: FoundFile) -> None:
        """Note the new path and time of a file that holds what it held before."""
        path = os.fsencode(found.path)
        self._db.execute(
            "UPDATE files SET root = ?, path = ?, mtime_ns = ? WHERE file = ?",
            (found.root, path, found.mtime_ns, file),
        )
        self._db.execute("UPDATE problems SET root = ?, path = ? WHERE file = ?", (found.root, path, file))

    def add_file(self, found: FoundFile) -> int:
        """Note a new file, as yet without anything in it; returns its number."""
        cursor = self._db.execute(
            "INSERT INTO files (root, path, size, mtime_ns, digest) VALUES (?, ?, -1, 0, x'')",
            (found.root, os.fsencode(found.path)),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def empty_file(self, file: int) -> None:
        """Forget what stands in a file."""
        papers = self._db.execute("SELECT DISTINCT paper FROM occurrences WHERE file = ?", (file,))
        self._affected.update(paper for (paper,) in papers)
        self._db.execute("DELETE FROM occurrences WHERE file = ?", (file,))
        self._db.execute("DELETE FROM problems WHERE file = ?", (file,))

    def remove_file(self, file: int) -> None:
        """Forget a file."""
        self.empty_file(file)
        self._db.execute("DELETE FROM files WHERE file = ?", (file,))

    def complete_file(self, file: int, seen: Seen, digest: bytes) -> None:
        """Note what a file looked like when it was read to its end."""
        self._db.execute(
            "UPDATE files SET size = ?, mtime_ns = ?, digest = ? WHERE file = ?", (*seen, digest, file)
        )

    def add_entry(self, file: int, entry: Entry) -> None:
        """Note an entry of a file."""
        key = key_for(entry)
        paper = self._number(key)
        text_key = key if entry.identifier is None else None
        row = (file, entry.start, entry.end, entry.line, entry.layout, paper, text_key)
        self._db.execute("INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._affected.add(paper)
        self._fresh[file, entry.start] = entry

    def add_problem(self, file: int, found: FoundFile, problem: Problem) -> None:
        """Note a problem of a file."""
        self._problem(file, found.root, found.path, problem.line, problem.kind, problem.message)

    def note_unreadable(self, items: Iterable[Unreadable]) -> None:
        """Note the folders and files that could not be read this time, in place of those of last time."""
        self._db.execute("DELETE FROM problems WHERE kind = 'unreadable'")
        for item in items:
            message = (
                f"cannot be read ({item.reason}): allow yourself to read it, or move it out of the folder"
            )
            self._problem(None, item.root, item.path, 1, "unreadable", message)

    def _problem(self, file: int | None, root: int, path: str, line: int, kind: str, message: str) -> None:
        # A message may quote the file, half a surrogate pair included, which SQLite refuses.
        message = message.encode("utf-8", "replace").decode()
        row = (file, root, os.fsencode(path), line, kind, message)
        self._db.execute("INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)", row)

    def _number(self, key: str) -> int:
        row = self._db.execute("SELECT paper FROM papers WHERE key = ?", (key,)).fetchone()
        if row is None:
            cursor = self._db.execute(
                "INSERT INTO papers (key, date, lead, occurrences) VALUES (?, '', '', 0)", (key,)
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid
        number: int = row[0]
        return number

    def settle_all(self) -> None:
        """Do what `settle` does for every paper."""
        for (number,) in self._db.execute("SELECT paper FROM papers").fetchall():
            self._affected.add(number)
        self.settle()

    def settle(self) -> None:
        """Make every paper that anything has changed about what its occurrences now say."""
        while self._affected:
            affected, self._affected = sorted(self._affected), set()
            for number in affected:
                self._settle(number)
        self._fresh.clear()

    def _settle(self, number: int) -> None:
        rows = self._catalogue.occurrences(number)
        if not rows:
            self._db.execute("DELETE FROM papers WHERE paper = ?", (number,))
            self._writer.remove(number)
            return
        (key,) = self._db.execute("SELECT key FROM papers WHERE paper = ?", (number,)).fetchone()
        if not key.startswith(TEXT_KEY) and all(row.text_key for row in rows):
            # What these entries repeated is gone: each is a paper of its own again.
            for row in rows:
                assert row.text_key is not None
                self._assign(row, self._number(row.text_key))
            self._affected.add(number)
            return
        witnesses = [witness for row in rows if (witness := self._witness(row, key)) is not None]
        if witnesses:
            paper = merge(key, witnesses)
            self._write(number, paper, len(rows))
            self._writer.put(number, paper, [row.file for row in rows])

    def _write(self, number: int, paper: Paper, occurrences: int) -> None:
        title = fold_space(paper.title)
        lead = "" if title else (fold_space(paper.abstract) or "")[:_SHOWN]
        authors = (fold_space(paper.author_text) or "")[:_SHOWN] or None
        row = [paper.date, paper.updated, title, lead, authors, occurrences, number]
        self._db.execute(
            "UPDATE papers SET date = ?, updated = ?, title = ?, lead = ?, authors = ?, occurrences = ? WHERE paper = ?",
            [_storable(value) if isinstance(value, str) else value for value in row],
        )

    def _witness(self, row: PlaceRow, key: str) -> Witness | None:
        entry = self._fresh.get((row.file, row.start))
        if entry is None:
            entry = read_occurrence(self._roots, self._catalogue, row)
            if entry is None:
                return None  # its file has changed too, and comes to its turn
        place = Occurrence(
            "", str(row.file), row.line, row.start, row.end, row.layout, row.text_key not in (None, key)
        )
        return Witness(place, entry)

    def _assign(self, row: PlaceRow, number: int) -> None:
        """Let an occurrence belong to another paper."""
        if row.paper != number:
            self._db.execute(
                "UPDATE occurrences SET paper = ? WHERE file = ? AND start = ?", (number, row.file, row.start)
            )
            self._affected |= {row.paper, number}

    def link_by_text(self, index: TextIndex) -> None:
        """Let each entry without an identifier belong to the paper whose text it repeats, else to one of its own.

        Args:
            index: the text index, in the state after the last commit.
        """
        sql = (
            'SELECT file, start, "end", line, layout, paper, text_key FROM occurrences'
            " WHERE text_key IS NOT NULL ORDER BY text_key"
        )
        targets: dict[str, int] = {}
        for row in [PlaceRow(*values) for values in self._db.execute(sql)]:
            assert row.text_key is not None
            if row.text_key not in targets:
                entry = read_occurrence(self._roots, self._catalogue, row)
                if entry is None:
                    continue
                repeated = self._repeated(entry.abstract or "", index)
                targets[row.text_key] = self._number(row.text_key) if repeated is None else repeated
            self._assign(row, targets[row.text_key])

    def _repeated(self, text: str, index: TextIndex) -> int | None:
        """The number of the identified paper whose abstract a text repeats."""
        known: dict[str, int] = {}
        abstracts: list[tuple[str, str]] = []
        for number in index.alike(words_of(text), _CANDIDATES):
            found = self._db.execute("SELECT key FROM papers WHERE paper = ?", (number,)).fetchone()
            if found is None or found[0].startswith(TEXT_KEY):
                continue
            for row in self._catalogue.occurrences(number):
                entry = None if row.text_key else read_occurrence(self._roots, self._catalogue, row)
                if entry is not None and entry.abstract:
                    known[found[0]] = number
                    abstracts.append((found[0], entry.abstract))
        key = repeats(text, abstracts)
        return None if key is None else known[key]


def read_occurrence(roots: Sequence[Path], catalogue: Catalogue, row: PlaceRow) -> Entry | None:
    """Read an entry again; None where its file has changed since or is gone."""
    file = catalogue.file(row.file)
    if file is None:
        return None
    try:
        entry = read_entry(_path(roots, file), row.start, row.end, Seen(file.size, file.mtime_ns))
    except LibraryError:
        return None
    return entry._replace(line=row.line)


def _path(roots: Sequence[Path], file: FileRow) -> str:
    return file_path(roots, file.root, file.path)


def _storable(text: str) -> str:
    """SQLite refuses half surrogate pairs, which a broken UTF-16 file may hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
