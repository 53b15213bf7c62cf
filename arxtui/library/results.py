"""What a search finds: an exact total, and rows as they are needed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from arxtui.library.catalogue import Catalogue
from arxtui.library.values import Row

_PAGE = 500
_GONE = Row("", "", None, "(no longer in the library)", None, None, 0)


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
        catalogue: Catalogue,
        total: int,
        load: Callable[[int], array[int]],
        *,
        words: tuple[str, ...] = (),
        note: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> None:
        self.total = total
        self.words = words
        self.note = note
        self._catalogue = catalogue
        self._load = load
        self._numbers: array[int] = array("q")
        self._start = min(offset, total)
        self._stop = total if limit is None else min(offset + limit, total)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` up to `stop`, fewer at the end.

        A paper that a refresh has removed since stands as a row without a key.
        """
        numbers = self._up_to(min(stop, self.total))[max(start, 0) : stop]
        found = self._catalogue.rows(numbers)
        return [found.get(number, _GONE) for number in numbers]

    def position(self, key: str) -> int | None:
        """The place of a paper in the order, or None where it was not found."""
        number = self._catalogue.numbers([key]).get(key)
        try:
            return None if number is None else self._up_to(self.total).index(number)
        except ValueError:
            return None

    def keys(self) -> Iterator[str]:
        """The keys of the papers, in order."""
        return (row.key for row in self)

    def __iter__(self) -> Iterator[Row]:
        for start in range(self._start, self._stop, _PAGE):
            yield from (row for row in self.rows(start, min(start + _PAGE, self._stop)) if row.key)

    def _up_to(self, count: int) -> array[int]:
        if len(self._numbers) < count:
            self._numbers = self._load(count)
        return self._numbers
