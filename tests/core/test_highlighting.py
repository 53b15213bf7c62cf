r"""What is highlighted: words, beginnings, typos, phrases, regular expressions, through accents and TeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.highlighting import Highlights
from arxtui.core.queries import DateRange, Is, Pattern, Phrase, Word, parse, wanted
from arxtui.core.typos import edits_between, edits_for


def marked(text: str, query: str, field: str = "", *, forgiving: bool = False) -> list[str]:
    highlights = Highlights(wanted(parse(query).tree), forgiving=forgiving)
    return [text[start:end] for start, end in highlights.spans(text, field)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Cusps and a cusp", "cusp", ["cusp"]),
        ("Cusps and a cusp", "cusp*", ["Cusp", "cusp"]),
        (r"A Schr\"odinger cat", "schrodinger", [r"Schr\"odinger"]),
        ("A Schrödinger cat", r"Schr\"odinger", ["Schrödinger"]),
        (r"The $\alpha$ rays", "α", [r"\alpha"]),
        (r"Water is H$_2$O", "h2o", ["H$_2$O"]),
        ("Warm rain falls", '"warm rain"', ["Warm rain"]),
        ("Warm, rain", '"warm rain"', ["Warm, rain"]),
        ("Rain is warm", '"warm rain"', []),
        ("Warm rains", '"warm rain"', []),
        ("Rain and rain", '"Rain"', ["Rain"]),  # a capital asks for this very case
        ("Graph and graphene", "/graph(ene)?/", ["Graph", "graphene"]),
        ("Graph and graphene", "/Graph/", ["Graph"]),
        ("sand and snow", "sand or snow", ["sand", "snow"]),
        ("sand and snow", "sand -snow", ["sand"]),
        ("warm rain", 'rain "warm rain"', ["warm rain"]),  # one within the other
        ("math.AG", "category:math.AG", []),
        ("anything", "*", []),
        ("", "sand", []),
    ],
)
def test_what_is_marked(text: str, query: str, expected: list[str]):
    assert marked(text, query) == expected


def test_only_in_the_field_that_was_asked():
    assert marked("Noether", "author:noether", "title") == []
    assert marked("Noether", "author:noether", "author") == ["Noether"]
    assert marked("Noether", "noether", "title") == ["Noether"]
    assert marked("Noether", "author:noether") == ["Noether"]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Watering tomatoes", "watreing", ["Watering"]),
        ("Reidemeister moves", "reidmeistr", ["Reidemeister"]),
        (r"Schr\"odinger", "shcrodinger", [r"Schr\"odinger"]),
        ("Watering", "wat", ["Wat"]),
        ("Cat and bat", "rat", []),  # too short for a typo
        ("Watering watreing", "watreing", ["Watering", "watreing"]),
    ],
)
def test_typos_are_marked_where_they_were_forgiven(text: str, query: str, expected: list[str]):
    assert marked(text, query, forgiving=True) == expected
    assert marked(text, query) == [word for word in expected if word == query]


def test_equal_ones_mark_the_same():
    one, other = Highlights([Word("a"), Is("read")]), Highlights([Word("a")])
    assert one == other
    assert hash(one) == hash(other)
    assert one != Highlights([Word("a")], forgiving=True)
    assert not Highlights([DateRange("date", "2020-01-01", None)])


LEAVES = st.one_of(
    st.builds(Word, st.sampled_from(["cusp", "alpha", "ss", "a"]), st.booleans()),
    st.builds(
        lambda words: Phrase(words, " ".join(words)), st.sampled_from([("a",), ("cusp", "a"), ("e", "alpha")])
    ),
    st.builds(Pattern, st.sampled_from(["a", "[ae]|cusp", "^", "x*", r"\W"])),
)
TEXTS = st.lists(
    st.sampled_from(['\\"o', "{\\'e}", "$", "{", "\\", " ", "α", "İ", "ﬁ", "e\u0301", "\\ss", "\\alpha", "cusp", "A", "\\log "])
).map("".join)  # fmt: skip


@given(TEXTS | st.text(), st.lists(LEAVES, max_size=3), st.booleans())
def test_spans_are_in_order_and_apart(text: str, leaves: list[Word | Phrase | Pattern], forgiving: bool):
    at = 0
    for start, end in Highlights(leaves, forgiving=forgiving).spans(text):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("rain", "rain", 0), ("rain", "rian", 1), ("rain", "ran", 1), ("rain", "rains", 1), ("rain", "ruin", 1), ("rain", "roan", 2), ("rain", "snow", None), ("rain", "rainbow", None)],
)  # fmt: skip
def test_edits(one: str, other: str, edits: int | None):
    assert edits_between(one, other, 2) == edits


def test_how_many_edits_are_forgiven():
    assert [edits_for(word) for word in ("ant", "ants", "anther", "anthems", "20212022")] == [0, 1, 1, 2, 0]
