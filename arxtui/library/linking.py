"""Entries without an identifier, and the papers whose text they repeat."""

from __future__ import annotations

import sqlite3

from arxtui.core.folding import words_of
from arxtui.core.matching import repeats
from arxtui.core.papers import TEXT_KEY
from arxtui.library.batch import Batch
from arxtui.library.catalogue import Catalogue, PlaceRow
from arxtui.library.textindex import TextIndex

_CANDIDATES = 10  # papers whose text is compared with an entry


def link_by_text(catalogue: Catalogue, db: sqlite3.Connection, index: TextIndex, batch: Batch) -> None:
    """Let each entry without an identifier belong to the paper whose text it repeats, else to one of its own.

    Args:
        catalogue: which papers and occurrences there are.
        db: its connection, with the transaction of `batch`.
        index: the text index, in the state after the last commit.
        batch: where the changes go.
    """
    sql = (
        'SELECT file, start, "end", line, layout, paper, text_key FROM occurrences'
        " WHERE text_key IS NOT NULL ORDER BY text_key, file, start"
    )
    targets: dict[str, int] = {}
    for row in [PlaceRow(*values) for values in db.execute(sql)]:
        key = row.text_key or ""
        if key not in targets:
            entry = batch.files.read(row)
            if entry is None:
                continue
            repeated = _repeated(entry.abstract or "", catalogue, index, batch)
            targets[key] = batch.number_of(key) if repeated is None else repeated
        batch.assign(row, targets[key])


def _repeated(text: str, catalogue: Catalogue, index: TextIndex, batch: Batch) -> int | None:
    """The number of the identified paper whose abstract a text repeats."""
    known: dict[str, int] = {}
    abstracts: list[tuple[str, str]] = []
    numbers = index.alike(words_of(text), _CANDIDATES)
    for number, candidate in catalogue.rows(numbers).items():
        if candidate.key.startswith(TEXT_KEY):
            continue
        known[candidate.key] = number
        for row in catalogue.occurrences([number]):
            entry = None if row.text_key else batch.files.read(row)
            if entry is not None and entry.abstract:
                abstracts.append((candidate.key, entry.abstract))
    key = repeats(text, abstracts)
    return None if key is None else known[key]
