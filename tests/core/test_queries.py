"""What a person types, as it is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.queries import Everything, Word, parse, wanted


@pytest.mark.parametrize("text", ["", "*", " ", " * ", "---", '""'])
def test_nothing_means_all(text: str):
    assert parse(text).tree == Everything()


def words_of_query(text: str) -> tuple[str, ...]:
    return tuple(leaf.text for leaf in wanted(parse(text).tree) if isinstance(leaf, Word))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cusp caustic", ("cusp", "caustic")),
        ("  Cusp   CAUSTIC ", ("cusp", "caustic")),
        ("Schrödinger", ("schrodinger",)),
        (r"Schr\"odinger", ("schrodinger",)),
        ("Kähler-Einstein", ("kahler", "einstein")),
        ("α", ("alpha",)),
        ("cusp)", ("cusp",)),
        ("2507", ("2507",)),
    ],
)
def test_words(text: str, words: tuple[str, ...]):
    assert words_of_query(text) == words


@pytest.mark.parametrize(
    "text",
    ["2507.00001", "2507.00001v2", "arXiv:2507.00001", "https://arxiv.org/abs/2507.00001v3", " 2507.00001 "],
)
def test_an_identifier_or_a_link(text: str):
    query = parse(text)
    assert query.tree == Word("2507.00001", field="id")
    assert query.identifier is not None
    assert query.identifier.key == "2507.00001"


@given(st.text())
def test_anything_can_be_typed(text: str):
    assert all(word and word == word.lower() for word in words_of_query(text))
