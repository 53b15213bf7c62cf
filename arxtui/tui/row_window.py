"""The rows that the list is about to draw, fetched without holding up the keys."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arxtui.library import Row
    from arxtui.tui.views import Papers

    Fetch = Callable[[Callable[[], list[Row]]], Future[list[Row]]]

PATIENCE = 0.03
"""Seconds that drawing waits for rows. By date they are here in one or two milliseconds; of a search with a million
matches, those far down take a second, and what waits for them is drawn as a row to come."""


def fetch_here(work: Callable[[], list[Row]]) -> Future[list[Row]]:
    """Fetch rows in this thread, where there is no other to do it."""
    future: Future[list[Row]] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001  whatever the index raises, it is the one who asks that tells
        future.set_exception(error)
    return future


class RowWindow:
    """Some rows of `Papers` in a row: no more are kept than are drawn.

    Args:
        papers: where they come from.
        at_hand: rows that came with the answer, by position.
        fetch: has rows fetched, in another thread.
        arrived: called, in that thread, when rows come that were not waited for.
    """

    def __init__(
        self, papers: Papers, at_hand: Mapping[int, Row], fetch: Fetch, arrived: Callable[[RowWindow], None]
    ) -> None:
        self.papers = papers
        self._rows: dict[int, Row | None] = dict(at_hand)
        self._fetch, self._arrived = fetch, arrived
        self._waiting: tuple[int, int, Future[list[Row]]] | None = None

    def get(self, position: int) -> Row | None:
        """A row, if it is at hand."""
        return self._rows.get(position)

    def need(self, first: int, last: int) -> None:
        """Have the rows from `first` to `last` at hand, or on their way.

        Raises:
            Exception: whatever reading the rows raises.
        """
        last = min(last, self.papers.total - 1)
        missing = [at for at in range(first, last + 1) if at not in self._rows]
        if not missing:
            return
        start, stop = missing[0], missing[-1] + 1
        if self._waiting is not None:
            self.take()
        patience = PATIENCE
        if self._waiting is not None:
            before, after, future = self._waiting
            if before <= start and stop <= after:
                return
            # What is no longer looked at need not be fetched; what is being fetched has shown to be slow.
            future.cancel()
            patience = 0
        self._rows = {at: row for at, row in self._rows.items() if first <= at <= last}
        papers = self.papers
        future = self._fetch(lambda: papers.rows(start, stop))
        self._waiting = (start, stop, future)
        try:
            future.exception(patience)
        except TimeoutError:
            future.add_done_callback(self._came)
        else:
            self.take()

    def take(self) -> None:
        """Put the rows at hand that have come.

        Raises:
            Exception: whatever reading them raised.
        """
        if self._waiting is None or not self._waiting[2].done():
            return
        start, stop, future = self._waiting
        self._waiting = None
        if not future.cancelled():
            rows = future.result()
            # Where there are fewer than there should be, asking again would not bring more.
            self._rows.update(dict.fromkeys(range(start, stop)))
            self._rows.update(zip(range(start, start + len(rows)), rows, strict=True))

    def _came(self, future: Future[list[Row]]) -> None:
        if not future.cancelled():
            self._arrived(self)
