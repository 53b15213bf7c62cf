"""The orders of papers, as SQLite understands them."""

from __future__ import annotations

import sqlite3

from arxtui.library.orders import add_title_key, order_by

TITLES = (
    "(2+1)-dimensional gravity",
    r"$\alpha$-stable legs",
    '"Bold" claims',
    r"\'Etale maps",
    "fun",
    r"\LARGE Gamma",
    "``Quoted'' things",
    "Zebras",
)
"""In their order: what stands before the first letter or digit does not count, nor do accents and TeX."""


def test_titles_stand_in_the_order_of_what_is_read() -> None:
    db = sqlite3.connect(":memory:")
    try:
        add_title_key(db)
        db.execute("CREATE TABLE papers (key TEXT, title TEXT, lead TEXT)")
        rows = [(str(number), title, "") for number, title in enumerate([None, *reversed(TITLES)])]
        db.executemany("INSERT INTO papers VALUES (?, ?, ?)", rows)
        for sort, expected in (("title", TITLES), ("-title", TITLES[::-1])):
            found = db.execute(f"SELECT title FROM papers ORDER BY {order_by(sort)}").fetchall()  # noqa: S608  our own words
            assert [title for (title,) in found] == [*expected, None]
        db.execute("UPDATE papers SET (title, lead) = (NULL, title)")
        for sort, expected in (("title", TITLES), ("-title", TITLES[::-1])):
            sql = f"SELECT lead FROM papers WHERE lead IS NOT NULL ORDER BY {order_by(sort)}"  # noqa: S608  our own words
            assert [lead for (lead,) in db.execute(sql)] == [*expected], (
                "without titles, the text counts like one"
            )
    finally:
        db.close()
