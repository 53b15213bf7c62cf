"""Which words of an index are like one that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.typos import edits_between
from arxtui.library.spelling import BEGINNING, ENDING, TYPO, Spelling, as_typed

WORDS = {
    "title": {"kite": 3, "kites": 2, "lanterns": 30, "lantern": 500},
    "authors": {"kita": 1, "lanternist": 4},
    "abstract": {
        "kite": 9,
        "bite": 40,
        "kitesurfing": 2,
        "lantern": 900,
        "lanturn": 1,
        "melody": 7,
        "melodies": 8,
    },
}


class Terms:
    """What an index holds, and what was asked of it."""

    def __init__(self, fields: Mapping[str, Mapping[str, int]]) -> None:
        self.fields, self.looked_up, self.scanned = fields, 0, 0
        self.spelling = Spelling(self.terms, self.held)

    def terms(self, field: str, beginning: str, limit: int) -> dict[str, int]:
        self.scanned += 1
        return {word: papers for word, papers in self.fields[field].items() if word.startswith(beginning)}

    def held(self, field: str, words: Iterable[str]) -> dict[str, int]:
        asked = list(words)
        self.looked_up += len(asked)
        return {word: self.fields[field][word] for word in asked if word in self.fields[field]}


@pytest.mark.parametrize(
    ("word", "edits", "found"),
    [
        ("kitt", 1, {"kite", "kita"}),
        ("iktes", 1, {"kites"}),  # swapped, at the beginning
        ("mite", 1, {"kite", "bite"}),  # changed there
        ("akite", 1, {"kite"}),  # put in
        ("elody", 1, {"melody"}),  # left out
        ("kite", 1, {"kites", "kita", "bite"}),  # never the word itself
        ("lantrn", 1, {"lantern", "lanturn"}),
        ("lantrns", 2, {"lanterns", "lantern", "lanturn"}),
        ("lnatrens", 2, {"lanterns"}),  # two, of which one at the beginning
        ("xyzzyxy", 2, set()),
    ],
)
def test_words_with_so_many_edits(word: str, edits: int, found: set[str]) -> None:
    assert set(Terms(WORDS).spelling.near(word, edits)) == found


def test_what_is_known_of_a_word() -> None:
    near = Terms(WORDS).spelling.near("lantrns", 2)
    assert near["lanterns"].likeness == TYPO > near["lantern"].likeness
    assert near["lantern"].papers == {"title": 500, "abstract": 900}
    assert near["lantern"].held == 900
    assert set(Terms(WORDS).spelling.near("kitt", 1, ("title",))) == {"kite"}


def test_an_unfinished_word_may_go_on() -> None:
    spelling = Terms(WORDS).spelling
    assert "kitesurfing" not in spelling.near("kitseu", 1)
    assert "kitesurfing" in spelling.near("kiets", 1, unfinished=True), "as kites does, which is meant"
    begun = spelling.near("kiteus", 1, unfinished=True)
    assert set(begun) == {"kites", "kitesurfing"}
    assert begun["kitesurfing"].likeness == TYPO * BEGINNING


def test_what_is_most_likely_counts_as_typed() -> None:
    near = Terms(WORDS).spelling.near("lantrns", 2)
    assert as_typed(near)["lanterns"].likeness == 1.0 > as_typed(near)["lantern"].likeness > 0.5
    assert as_typed({}) == {}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("kites", "kite"),
        ("kite", "kites"),
        ("melodies", "melody"),
        ("melody", "melodies"),
        ("glass", None),
        ("bites", "bite"),
        ("basis", None),
        ("l2s", None),
    ],
)
def test_singular_and_plural(word: str, other: str | None) -> None:
    found = Terms(WORDS).spelling.other_number(word)
    assert set(found) == ({other} if other else set())
    assert all(each.likeness == ENDING for each in found.values())


SCRAPS = st.text("abcd", min_size=4, max_size=10)


@given(SCRAPS, st.sets(SCRAPS, max_size=30))
def test_no_word_with_one_edit_is_missed(word: str, known: set[str]) -> None:
    found = Terms({"title": dict.fromkeys(known, 1), "authors": {}, "abstract": {}}).spelling.near(word, 1)
    assert set(found) == {each for each in known if edits_between(word, each, 1) == 1}


@given(SCRAPS, st.sets(SCRAPS, max_size=30))
def test_only_words_within_two_edits_are_found(word: str, known: set[str]) -> None:
    found = Terms({"title": dict.fromkeys(known, 1), "authors": {}, "abstract": {}}).spelling.near(word, 2)
    assert all(edits_between(word, each, 2) for each in found)


def test_few_terms_are_looked_up_however_many_there_are() -> None:
    many = {f"{word}{number}": 30 for number in range(2000) for word in ("lantern", "other")}
    terms = Terms({"title": many, "authors": {}, "abstract": WORDS["abstract"]})
    terms.spelling.near("alntern", 2)
    assert terms.looked_up <= 3 * 220
    assert terms.scanned <= 3
    terms.looked_up = terms.scanned = 0
    assert len(terms.spelling.near("lanternx", 2)) <= 120, "the commonest of each kind"
    assert terms.looked_up <= 3 * 5, "words that many papers hold explain it, and how else they are spelled"
