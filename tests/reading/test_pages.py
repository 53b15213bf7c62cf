"""Rows read from the pages of a file are those that SQLite reads."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from arxtui.reading.pages import PAGE, rows_in

# Short and long: what a page has room for, and what goes on chains of others.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.builds(
        lambda letter, times: letter * times, st.sampled_from("a\u00e9\u6f22"), st.integers(900, 20_000)
    ),
)
VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), TEXTS, st.binary(max_size=5_000))


@given(st.dictionaries(st.integers(-5, 2**62), st.tuples(VALUES, VALUES), max_size=30))
def test_all_rows_of_tables_and_indexes_are_read(rows: dict[int, tuple[object, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.sqlite3"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {PAGE}")
            connection.execute("CREATE TABLE some (number INTEGER PRIMARY KEY, a, b)")
            connection.execute("CREATE TABLE keyed (number PRIMARY KEY, short) WITHOUT ROWID")
            connection.executemany(
                "INSERT INTO some VALUES (?, ?, ?)", ((number, *row) for number, row in rows.items())
            )
            connection.executemany("INSERT INTO keyed VALUES (?, 'short')", zip(rows, strict=True))
            connection.commit()
        read = list(rows_in(path.read_bytes()))
    found = {row.number % 2**64: row.values for row in read if row.number is not None}
    assert found == {number % 2**64: [None, *row] for number, row in rows.items()}
    # Of an index those in its leaves: with few entries there are no others.
    assert sorted(row.values[0] for row in read if row.number is None) == sorted(rows)  # type: ignore[type-var]


def test_whatever_stands_on_a_page_does_no_harm() -> None:
    chance = random.Random(3)  # noqa: S311 - pages, not secrets
    for _ in range(300):
        pages = [bytes([kind]) + chance.randbytes(PAGE - 1) for kind in (0, 0x0D, 0x0A, 0x0D)]
        assert len(list(rows_in(b"".join(pages) + b"\x0d"))) < 100_000
    assert list(rows_in(b"")) == []
