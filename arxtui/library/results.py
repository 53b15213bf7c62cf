"""What a search finds: an exact total, and rows as they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from arxtui.library.listing import Found
from arxtui.library.values import Row

if TYPE_CHECKING:
    import tantivy

    from arxtui.core.marking import Span
    from arxtui.core.queries import Hint


class Results:
    """Papers in an order.

    Rows are counted from 0 over everything that was found, whatever `limit` and `offset` say; those bound only what
    iteration and `keys` go through.

    Attributes:
        total: how many papers were found; while texts are left to look through, so many at least.
        note: how the query was understood, where that may surprise; else None.
        hints: what to tell someone who is typing the query: half-typed things and mistakes.
        highlights: what to highlight in texts; equal ones highlight the same.
        looking: how far texts have been looked through, for `Library.search` to go on; None where there was no need to.
    """

    def __init__(
        self, found: Found, *, hints: tuple[Hint, ...] = (), limit: int | None = None, offset: int = 0
    ) -> None:
        self.total = found.order.total
        self.note = found.note
        self.hints = hints
        self.highlights = found.highlights
        self.looking = found.looking
        self._query, self._why = found.query, found.why
        self._order = found.order
        self._start = min(offset, self.total)
        self._stop = self.total if limit is None else min(offset + limit, self.total)

    @property
    def query(self) -> tantivy.Query:
        """The same papers, for `Library.facets`."""
        return self._query()

    def why(self) -> str:
        """Why nothing was found: what no paper holds and what is like it, or without which condition there are papers.

        Asks the index again, several times. Empty where there are papers, plain words were asked for, or it cannot be told.

        Raises:
            LibraryError: the index cannot be read, or it was given up.
        """
        return "" if self.total else self._why()

    def spans(self, text: str, field: str = "") -> list[Span]:
        """Where a text holds what was looked for, typos, accents and TeX included.

        Args:
            text: as it is shown.
            field: what it is: `title`, `author`, `abstract` or `comment`; empty for any.

        Returns:
            (start, end), offsets in code points, in order and without overlap.
        """
        return self.highlights.spans(text, field)

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
