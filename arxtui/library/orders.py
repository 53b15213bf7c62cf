"""The orders of papers: in the words of SQL, made, and kept as long as the papers stay the same."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from arxtui.library import orderfiles
from arxtui.library.clauses import below, json_list
from arxtui.library.connections import Connections
from arxtui.library.errors import LibraryError
from arxtui.library.values import Place

_BEFORE_LETTERS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
# What a paper without a title goes by in the order of titles, behind all that have one, is how its text begins.
_TITLE_KEY = "title_key(coalesce(title, lead))"
_ORDERS = {
    "date": "date DESC, key DESC",
    "updated": "coalesce(updated, date) DESC, key DESC",
    "title": f"title IS NULL, {_TITLE_KEY}, key",
    "id": "key",
    "occurrences": "occurrences DESC, date DESC, key DESC",
}
_REVERSED = {
    "date": "date = '', date, key",
    "updated": "coalesce(updated, date) = '', coalesce(updated, date), key",
    "title": f"title IS NULL, {_TITLE_KEY} DESC, key DESC",
    "id": "key DESC",
    "occurrences": "occurrences, date, key",
}

KEPT_FROM = 50_000
"""Papers. The order of so many is kept on the disk: fewer are put in order in a moment."""

_MOST_OF_ALL = 4
"""Where more than one in so many papers is to be put in order, all are: that takes little longer, and once."""

_AT_ONCE = 100_000
"""Papers between two chances for other threads."""

_GIVEN_UP = "the papers were not put in order: another search came first"


def order_by(sort: str) -> str:
    """What stands behind ORDER BY; the orders of titles need the function that `add_title_key` adds.

    Args:
        sort: `date`, `updated`, `title`, `id` or `occurrences`, with `-` before it for the reverse.
    """
    return _REVERSED[sort[1:]] if sort.startswith("-") else _ORDERS[sort]


def add_title_key(connection: sqlite3.Connection) -> None:
    """Make known to a connection what a title is ordered by.

    Accents and TeX do not count, nor does what stands before the first letter or digit: quotes, brackets, blanks that
    a TeX command leaves. A call of Python a title is ten times as fast as to ask in SQL whether it needs one.
    """
    # Imported for the first order of titles: its tables take as long as opening the catalogue.
    from arxtui.core.folding import fold

    connection.create_function(
        "title_key", 1, lambda title: fold(title).lstrip(_BEFORE_LETTERS), deterministic=True
    )


class _Whole(NamedTuple):
    """The order of all papers of one state of the catalogue."""

    stamp: str
    sort: str
    numbers: array[int]


class Orders:
    """Puts papers in order: for millions, that takes seconds.

    The order of all papers that was asked for last stays in memory. On the disk, each that was asked for is kept in the
    folder of the index, where it can be; it holds as long as the stamp of the catalogue does.

    Args:
        connections: to the catalogue.
        folder: of the index.

    Attributes:
        given_up: how often `give_up` was called, for work that takes long and looks at it; see `go_on`.
    """

    def __init__(self, connections: Connections, folder: Path) -> None:
        self._connections, self._folder = connections, folder
        self._changed = threading.Condition()  # any of what follows
        self._busy: dict[sqlite3.Connection, str | None] = {}  # and what all papers are put in order by there
        self._making: set[str] = set()
        self._last: _Whole | None = None
        self.given_up = 0

    def some(
        self,
        sort: str,
        *,
        place: Place | None = None,
        among: Sequence[int] | None = None,
        limit: int | None = None,
    ) -> array[int]:
        """The numbers of papers in an order.

        Args:
            sort: a key of the orders, with `-` before it for the reverse.
            place: only papers that occur in it or below.
            among: only these numbers.
            limit: only so many of the first; None: all.

        Raises:
            LibraryError: `give_up` was called meanwhile.
        """
        if among is not None and place is None and len(among) >= KEPT_FROM:
            whole = self.for_many(sort, len(among))
            if whole is not None:
                return only(whole, among)[:limit]
        conditions, values = ["1"], list[object]()
        if place is not None:
            where, place_values = below(place)
            conditions.append(
                f"paper IN (SELECT paper FROM occurrences WHERE file IN (SELECT file FROM files WHERE {where}))"
            )
            values += place_values
        if among is not None:
            conditions.append("paper IN (SELECT value FROM json_each(?))")
            values.append(json_list(among))
        sql = f"SELECT paper FROM papers WHERE {' AND '.join(conditions)} ORDER BY {order_by(sort)}"
        if limit is not None:
            # As a number in the text: of a value, SQLite does not know beforehand that few rows need be remembered.
            sql += f" LIMIT {limit:d}"
        with self._connections.use() as connection:
            return self._put_in_order(connection, sort, sql, values)

    def go_on(self, since: int) -> None:
        """Look whether what is being done is still waited for.

        Args:
            since: `given_up` when it began.

        Raises:
            LibraryError: it is not.
        """
        if self.given_up != since:
            raise LibraryError(_GIVEN_UP)

    def for_many(self, sort: str, count: int) -> array[int] | None:
        """All papers in an order, where so many of them are in order sooner by leaving the others out; else None.

        Raises:
            LibraryError: `give_up` was called meanwhile.
        """
        with self._connections.use() as connection:
            most = count * _MOST_OF_ALL > _state(connection)[1]
        return self.whole(sort) if most else self.at_hand(sort)

    def _put_in_order(
        self,
        connection: sqlite3.Connection,
        sort: str,
        sql: str,
        values: Sequence[object] = (),
        *,
        whole: bool = False,
    ) -> array[int]:
        if sort.endswith("title"):
            add_title_key(connection)
        with self._changed:
            self._busy[connection] = sort if whole else None
        try:
            return array("q", (number for (number,) in connection.execute(sql, values)))
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise LibraryError(_GIVEN_UP) from None
        finally:
            with self._changed:
                del self._busy[connection]

    def give_up(self, keep: str | None = None) -> None:
        """End all ordering that other threads wait for; these get a `LibraryError`.

        Args:
            keep: where all papers are being put in this order, that goes on. What is asked for next wants it, too; if it
                began anew with each letter that is typed, it would never be there.
        """
        with self._changed:
            self.given_up += 1
            for connection, whole in self._busy.items():
                if keep is None or whole != keep:
                    connection.interrupt()
            self._changed.notify_all()

    def at_hand(self, sort: str) -> array[int] | None:
        """The numbers of all papers in an order, where they were put in it before and none has changed since."""
        with self._connections.use() as connection:
            # What a writer has changed in a transaction has no stamp yet.
            return None if connection.in_transaction else self._kept(connection, sort)

    def whole(self, sort: str) -> array[int]:
        """The numbers of all papers in an order, which must not be changed.

        Args:
            sort: as for `some`.

        Raises:
            LibraryError: `give_up` was called meanwhile.
        """
        with self._connections.use() as connection:
            if connection.in_transaction:  # see `at_hand`
                return self.some(sort)
            with self._turn(sort):
                return self._kept_or_made(connection, sort)

    @contextmanager
    def _turn(self, sort: str) -> Iterator[None]:
        """A block in which no other thread puts all papers in the same order: who comes second finds it made."""
        with self._changed:
            since = self.given_up
            while sort in self._making:
                self._changed.wait()
                self.go_on(since)
            self._making.add(sort)
        try:
            yield
        finally:
            with self._changed:
                self._making.remove(sort)
                self._changed.notify_all()

    def _kept_or_made(self, connection: sqlite3.Connection, sort: str) -> array[int]:
        connection.execute("BEGIN")  # the stamp and the papers are of one state
        try:
            numbers = self._kept(connection, sort)
            if numbers is not None:
                return numbers
            stamp = _state(connection)[0]
            sql = f"SELECT paper FROM papers ORDER BY {order_by(sort)}"
            numbers = self._put_in_order(connection, sort, sql, whole=True)
        finally:
            with suppress(sqlite3.OperationalError):  # SQLite has ended it where the file cannot be read
                connection.execute("ROLLBACK")
        self._last = _Whole(stamp, sort, numbers)
        if len(numbers) >= KEPT_FROM:
            orderfiles.write(self._folder, sort, _facts(stamp, sort), numbers)
        return numbers

    def _kept(self, connection: sqlite3.Connection, sort: str) -> array[int] | None:
        stamp, papers = _state(connection)
        last = self._last
        if last is not None and last[:2] == (stamp, sort):
            return last.numbers
        self._last = last = None  # its memory is wanted for the next
        if papers < KEPT_FROM:
            return None
        numbers = orderfiles.read(self._folder, sort, _facts(stamp, sort), papers)
        if numbers is not None:
            self._last = _Whole(stamp, sort, numbers)
        return numbers


def only(numbers: array[int], wanted: Sequence[int]) -> array[int]:
    """Those of some numbers that are wanted, in their order."""
    is_wanted = bytearray(max(max(numbers, default=0), max(wanted, default=0)) + 1)
    for number in wanted:
        is_wanted[number] = 1
    found = array("q")
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        found.extend(compress(some, map(is_wanted.__getitem__, some)))
    return found


def _state(connection: sqlite3.Connection) -> tuple[str, int]:
    """The stamp of the catalogue, empty before anything was written, and how many papers it has."""
    (row,) = connection.execute(
        "SELECT coalesce((SELECT value FROM facts WHERE name = 'stamp'), ''),"
        " (SELECT value FROM totals WHERE name = 'papers')"
    )
    return row[0], row[1]


def _facts(stamp: str, sort: str) -> str:
    """All that an order depends on."""
    return f"{stamp} {order_by(sort)}"
