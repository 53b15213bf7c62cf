from __future__ import annotations

import pytest

from arxtui.library import Place
from arxtui.tui.scope import scope_of
from arxtui.tui.views import Like, Shelf, View

HERE = Place(0, "2020")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("*", ""),
        ("cusp", "“cusp”"),
        ("cusp  or knot", "“cusp  or knot”"),
        ("cusp is:bookmarked", "“cusp” bookmarked"),
        ("is:to-read", "to read"),
        ("author:noether cusp -is:read", "“author:noether cusp” not read"),
        ("(cusp or knot) is:read", "“cusp or knot” read"),
        ('list:"to do" tag:x note:hm', "on the list to do, tagged x, with “hm” in the note"),
        ("path:2020/** cusp", "“cusp” in 2020/**"),
        ("date:2021", "dated 2021"),
        ("date:2021..2023 cusp", "“cusp” dated 2021 to 2023"),
        ("date:2025-06", "dated 2025-06"),
        ("date:2025-06..", "dated 2025-06 on"),
        ("date:..2019", "dated 2019 or before"),
        ("date:2021-03-01..2021-04-02", "dated 2021-03-01 to 2021-04-02"),
        ("date:2020-02", "dated 2020-02"),
        ("-date:2021", "not dated 2021"),
        ("updated:2024-02-01", "updated 2024-02-01"),
        ("date:2021 or is:read", "“date:2021 or is:read”"),
        ("is:blah", "“is:blah” not understood"),
        ("is:blah cusp", "“is:blah cusp”"),
        ("sort:date", ""),
    ],
)
def test_words_and_conditions_are_told_apart(query: str, words: str):
    assert str(scope_of(View(query=query))) == words


def test_where_comes_before_which():
    view = View(query="cusp is:bookmarked", place=HERE, place_name="2020/")
    assert str(scope_of(view)) == "“cusp” in 2020/, bookmarked"
    assert str(scope_of(View(query="is:read", like=Like("x", "“Knots”")))) == "like “Knots”, read"
    assert str(scope_of(View(shelf=Shelf("list", "bookmarks")))) == "in bookmarks"
