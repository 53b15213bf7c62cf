"""Papers in an order, and how to get at any place in it at a cost that does not depend on how many there are."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Protocol

from arxtui.library.catalogue import Catalogue
from arxtui.library.values import Row

_GONE = Row("", "", None, "(no longer in the library)", None, None, 0)
_PAGE = 500
_SEARCHED = 20_000
"""Places that are looked through for a paper among the matches of a text query: to know all places, all matches would
have to be ranked."""


class Order(Protocol):
    """Papers in an order.

    Attributes:
        total: how many there are.
    """

    total: int

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows of the papers from place `start` up to `stop`; a paper that has gone since has an empty key."""

    def walk(self, start: int, stop: int) -> Iterator[Row]:
        """The rows from `start` up to `stop`, none of them twice, whatever other programs write meanwhile."""

    def position(self, key: str) -> int | None:
        """The place of a paper, or None where it has none or where it is not worth the time to find out."""


class DateOrder:
    """All papers, newest first, or the other way round.

    The catalogue counts the papers of each date. So any place is a date and a few steps from its first paper, and a
    page is a stretch of the catalogue's own index.

    Args:
        catalogue: where the papers are.
        oldest_first: the other way round.
    """

    def __init__(self, catalogue: Catalogue, *, oldest_first: bool = False) -> None:
        self._catalogue, self._reversed = catalogue, oldest_first
        counts = catalogue.papers_by_date()
        self._dates = [date for date, _ in counts]
        # Where the papers of each date begin.
        self._begins = [0, *accumulate(count for _, count in counts)]
        self.total = self._begins[-1]

    def rows(self, start: int, stop: int) -> list[Row]:
        """See `Order.rows`."""
        start, stop = max(start, 0), min(stop, self.total)
        if start >= stop:
            return []
        if self._reversed:
            return self._newest(self.total - stop, self.total - start)[::-1]
        return self._newest(start, stop)

    def walk(self, start: int, stop: int) -> Iterator[Row]:
        """See `Order.walk`. From row to row: places move when papers are added."""
        page = [row for row in self.rows(start, min(start + _PAGE, stop)) if row.key]
        left = stop - start
        while page:
            yield from page
            left -= len(page)
            page = self._catalogue.rows_behind(page[-1], min(left, _PAGE), newer=self._reversed)

    def _newest(self, start: int, stop: int) -> list[Row]:
        date = bisect_right(self._begins, start) - 1
        rows = self._catalogue.rows_from_date(self._dates[date], start - self._begins[date], stop - start)
        # Another program may have changed the catalogue since the dates were counted.
        return rows + [_GONE] * (stop - start - len(rows))

    def position(self, key: str) -> int | None:
        """See `Order.position`."""
        found = self._catalogue.place_in_date(key)
        if found is None or found[0] not in self._dates:
            return None
        place = self._begins[self._dates.index(found[0])] + found[1]
        return self.total - 1 - place if self._reversed else place


class NumberOrder:
    """Papers by their numbers.

    Args:
        catalogue: where the papers are.
        total: how many there are.
        load: returns the numbers of at least the first so many.
    """

    def __init__(self, catalogue: Catalogue, total: int, load: Callable[[int], array[int]]) -> None:
        self._catalogue, self.total, self._load = catalogue, total, load
        self._numbers: array[int] = array("q")

    def rows(self, start: int, stop: int) -> list[Row]:
        """See `Order.rows`."""
        start, stop = max(start, 0), min(stop, self.total)
        numbers = self._first(stop)[start:stop]
        found = self._catalogue.rows(numbers)
        return [found.get(number, _GONE) for number in numbers]

    def position(self, key: str) -> int | None:
        """See `Order.position`."""
        number = self._catalogue.numbers([key]).get(key)
        try:
            return None if number is None else self._first(min(self.total, _SEARCHED)).index(number)
        except ValueError:
            return None

    def walk(self, start: int, stop: int) -> Iterator[Row]:
        """See `Order.walk`."""
        for at in range(start, stop, _PAGE):
            yield from (row for row in self.rows(at, min(at + _PAGE, stop)) if row.key)

    def _first(self, count: int) -> array[int]:
        if len(self._numbers) < count:
            # Twice as many each time: to scroll through all costs no more than twice the last step.
            self._numbers = self._load(min(max(count, 2 * len(self._numbers)), self.total))
        return self._numbers


def all_of(catalogue: Catalogue, numbers: array[int]) -> NumberOrder:
    """Papers whose numbers are all at hand."""
    return NumberOrder(catalogue, len(numbers), lambda _: numbers)
