"""What is known of papers: their records, and those that come later than what is said of them."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from arxtui.reading.opened import OpenedStore
from arxtui.reading.records import best_records, fullness, keep, records_by_key
from arxtui.reading.values import paper_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from arxtui.core.papers import Paper


class Known(OpenedStore):
    """The part of the store that keeps records."""

    def paper(self, key: str) -> Paper | None:
        """Return the record that stands for a paper, or None where none holds it and nothing was said of it.

        Of those that are kept it is the fullest, see `records.fullness`; of several the one kept last. Where none is shown any more, it is
        one that once was.

        Args:
            key: key of the paper.
        """
        return self.papers([key]).get(key)

    def papers(self, keys: Iterable[str]) -> dict[str, Paper]:
        """Return the records that stand for papers, see `paper`.

        Args:
            keys: keys of the papers.

        Returns:
            By key, those of which any is kept or anything was said.
        """
        with self._reading() as connection:
            # Each text once: of a paper on several lists it is the same as a rule, and long.
            rows = connection.execute(
                "SELECT b, event, value, coalesce(record, '') FROM (SELECT b, value, max(event) AS event FROM writes"
                " WHERE kind IN ('entry', 'record') AND b IN (SELECT value FROM json_each(?)) AND shown GROUP BY b, value)"
                " LEFT JOIN records ON digest = value ORDER BY b",
                (json.dumps(list(keys)),),
            ).fetchall()
            found = {}
            for key, kept in groupby(rows, itemgetter(0)):
                first, *others = kept
                best = (
                    max((first, *others), key=lambda row: (fullness(row[3]), *row[1:3])) if others else first
                )
                found[key] = best[3]
            found |= best_records(connection, [key for key, record in found.items() if not record])
        return {key: paper_from(key, record) for key, record in found.items()}

    def without_record(self, keys: Iterable[str]) -> list[str]:
        """Return those of some papers of which no record was kept when something was said of them.

        Args:
            keys: keys of the papers.
        """
        with self._reading() as connection:
            # The sign: as in `states`.
            rows = connection.execute(
                "SELECT asked.value FROM json_each(?) AS asked WHERE NOT EXISTS"
                " (SELECT 1 FROM writes WHERE +kind = 'record' AND b = asked.value AND shown)",
                (json.dumps(list(keys)),),
            ).fetchall()
        return [key for (key,) in rows]

    def bare(self, keys: Iterable[str] | None = None) -> list[str]:
        """Return the papers that are on a list, or of which something is said, and of which no record was ever kept.

        Args:
            keys: look at these; None: at all that are kept.

        Returns:
            Their keys, sorted.
        """
        with self._reading() as connection:
            return _bare(connection, keys)

    def fill(self, papers: Iterable[Paper]) -> list[str]:
        """Keep the records of papers that are kept by their identifiers alone. No undo takes them away again.

        Args:
            papers: papers as a library has them; others than such are passed over.

        Returns:
            The keys of those whose record was kept.
        """
        papers = list(papers)
        wanted = set(self.bare(paper.key for paper in papers))
        records = records_by_key(paper for paper in papers if paper.key in wanted)
        known = {key: record for key, record in records.items() if record[0]}
        if not known:
            return []  # without waiting for a lock
        with self._writing() as connection:
            filled = _bare(connection, known)
            if filled:
                digests = keep(connection, known, filled)
                self._record(connection, "fill", {"records": list(map(list, digests.items()))})
        return filled


def _bare(connection: sqlite3.Connection, keys: Iterable[str] | None) -> list[str]:
    # The sign keeps SQLite from looking through all papers by kind, as in `states`.
    kind, of_them = (
        ("kind", "") if keys is None else ("+kind", " AND b IN (SELECT value FROM json_each(:keys))")
    )
    rows = connection.execute(
        f"SELECT b FROM writes WHERE {kind} IN ('entry', 'tag', 'status', 'stars', 'note') AND shown{of_them}"
        " EXCEPT SELECT b FROM writes JOIN records ON digest = value"
        f" WHERE {kind} IN ('entry', 'record') AND shown{of_them} ORDER BY b",
        {} if keys is None else {"keys": json.dumps(list(keys))},
    ).fetchall()
    # What is shown no more is asked of few: no index leads to it.
    once = best_records(connection, [key for (key,) in rows])
    return [key for (key,) in rows if key not in once]
