"""What a search finds: an exact total, and rows as they are needed."""

from __future__ import annotations

from collections.abc import Iterator

from arxtui.library.ordering import Order
from arxtui.library.values import Row


class Results:
    """Papers in an order.

    Rows are counted from 0 over everything that was found, whatever `limit` and `offset` say; those bound only what
    iteration and `keys` go through.

    Attributes:
        total: how many papers were found.
        words: the folded words that were looked for, to highlight them.
        note: how the query was understood, where that may surprise; else None.
    """

    def __init__(
        self,
        order: Order,
        *,
        words: tuple[str, ...] = (),
        note: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> None:
        self.total = order.total
        self.words = words
        self.note = note
        self._order = order
        self._start = min(offset, self.total)
        self._stop = self.total if limit is None else min(offset + limit, self.total)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` up to `stop`, fewer at the end.

        A paper that a refresh has removed since stands as a row without a key.
        """
        return self._order.rows(start, stop)

    def position(self, key: str) -> int | None:
        """The place of a paper in the order.

        None where it was not found, or stands so far down among the matches of a text query that looking for it would
        take long.
        """
        return self._order.position(key)

    def keys(self) -> Iterator[str]:
        """The keys of the papers, in order."""
        return (row.key for row in self)

    def __iter__(self) -> Iterator[Row]:
        return self._order.walk(self._start, self._stop)
