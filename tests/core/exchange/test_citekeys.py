"""Citation keys: readable, unlike, and the same tomorrow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.exchange import BadPattern, CitationKeys
from arxtui.core.exchange.citekeys import check_pattern, citation_key
from arxtui.core.papers import Paper
from tests.core.exchange.papers import ANY_LIBRARY, PAPER

FIRST = Paper("2507.00001", title="Taps on Sand", author_text="Ada One", created="2025-07-01")
SECOND = Paper("2507.00002", title="Taps, again", author_text="Bea One", created="2025-07-02")
OTHER = Paper("2507.00003", title="Lamps", author_text="Cy Two", created="2025-07-02")


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{author}{year}{title}", "vanexample2025taps"),
        ("{Author}:{year}", "VanExample:2025"),
        ("{id}", "2507.00001"),
        ("arxiv-{id}", "arxiv-2507.00001"),
        ("{Title}_{author}", "Taps_vanexample"),
    ],
)
def test_patterns(pattern: str, key: str):
    assert citation_key(PAPER, pattern) == key


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper("2507.00001", title='The {Schr\\"odinger} map'), "2025schrodinger-2507.00001"),
        (Paper("math/0309136"), "2003-math/0309136"),
        (Paper("text:0011223344556677", title="A B"), "a-text0011223344556677"),
        (Paper("2507.00001", title="Λ", author_text="李 明"), "2025-2507.00001"),
        (Paper("2507.00001", title="$x$-rays", author_text="The ATLAS Collaboration"), "atlas2025rays"),
    ],
)
def test_the_identifier_stands_in_for_what_is_missing(paper: Paper, key: str):
    assert citation_key(paper) == key


def test_papers_that_would_share_a_key_are_told_apart():
    keys = CitationKeys([SECOND, OTHER, FIRST])
    assert [keys.of(paper) for paper in (FIRST, SECOND, OTHER)] == [
        "one2025taps",
        "one2025taps-2507.00002",
        "two2025lamps",
    ]


def test_a_paper_that_came_in_between_gets_a_key_of_its_own():
    """Another program may add to a list while it is written."""
    assert CitationKeys([FIRST]).of(SECOND) == "one2025taps-2507.00002"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{autor}", "did you mean {author}?"),
        ("{x}", "there are author, Author"),
        ("", "the same key for all"),
        ("one", "the same key for all"),
        ("{id} {year}", "letters, digits and"),
        ("{id},", "letters, digits and"),
        ("{{id}}", "letters, digits and"),
    ],
)
def test_bad_patterns_are_refused(pattern: str, said: str):
    with pytest.raises(BadPattern, match=re.escape(said)):
        check_pattern(pattern)
    with pytest.raises(BadPattern):
        CitationKeys([], pattern)


@given(
    ANY_LIBRARY,
    st.sampled_from(["{author}{year}{title}", "{Author}", "{year}-{id}", "{title}"]),
    st.randoms(),
)
def test_keys_are_unlike_and_do_not_depend_on_the_order(papers: list[Paper], pattern: str, random: object):
    keys = CitationKeys(papers, pattern)
    found = {paper.key: keys.of(paper) for paper in papers}
    assert len({key.lower() for key in found.values()}) == len(papers)
    assert all(re.fullmatch(r"[A-Za-z0-9_.:+/-]+", key) for key in found.values())
    shuffled = list(papers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = CitationKeys(shuffled, pattern)
    assert {paper.key: again.of(paper) for paper in papers} == found
