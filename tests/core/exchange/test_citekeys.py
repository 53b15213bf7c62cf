"""Citation keys: readable, unlike, and the same tomorrow."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.exchange import BadPattern, CitationKeys, Claim
from arxtui.core.exchange.citekeys import check_pattern, citation_key, own_key
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


def test_a_kept_paper_has_its_key_before_those_that_nobody_keeps():
    keys = CitationKeys([FIRST, OTHER], claims=[Claim(SECOND)])
    assert keys.of(SECOND) == "one2025taps"
    assert keys.of(FIRST) == "one2025taps-2507.00001"
    later = replace(SECOND, title="Another title", author_text="Somebody Else")
    assert CitationKeys([later], claims=[Claim(SECOND)]).of(later) == "one2025taps", "as it was kept"


def test_a_paper_has_the_key_that_it_came_with_unless_a_pattern_is_asked_for():
    claims = [Claim(FIRST), Claim(SECOND, "taps_2025"), Claim(SECOND), Claim(OTHER)]
    assert CitationKeys([], claims=claims).of(SECOND) == "taps_2025"
    assert CitationKeys([], "{author}{year}{title}", claims).of(SECOND) == "one2025taps-2507.00002"
    assert CitationKeys([], "{year}", claims).of(OTHER) == "2025-2507.00003"


def test_what_a_paper_came_with_is_another_ones_only_where_that_had_it_first():
    claims = [Claim(FIRST), Claim(SECOND, "ONE2025taps"), Claim(OTHER, "x"), Claim(FIRST, "x")]
    keys = CitationKeys([SECOND], claims=claims)
    assert [keys.of(paper) for paper in (FIRST, SECOND, OTHER)] == [
        "one2025taps",
        "one2025taps-2507.00002",
        "x",
    ]


def test_a_key_that_a_paper_has_no_more_is_given_to_no_other():
    claims = [Claim(OTHER, "one2025taps", counts=False), Claim(FIRST)]
    keys = CitationKeys([OTHER], claims=claims)
    assert [keys.of(paper) for paper in (FIRST, OTHER)] == ["one2025taps-2507.00001", "two2025lamps"]


@pytest.mark.parametrize(
    "text", ["muller_titel_2020", "Müller:2020", "10", "DBLP:journals/corr/abs-1", " a "]
)
def test_keys_that_documents_can_cite(text: str):
    assert own_key(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b",
        "a,b",
        "a}b",
        "100%",
        "a\\b",
        "a\x1bb",
        "a\u202eb",
        "http://zotero.org/users/1/items/AB",
        "a|b",
        "a<b",
        "a>b",
        "a^b",
    ],
)
def test_keys_that_documents_cannot_cite(text: str):
    assert own_key(text) is None


@given(
    ANY_LIBRARY,
    st.integers(0, 20),
    st.sampled_from([None, "{author}{year}", "{year}", "{title}"]),
    st.lists(st.sampled_from(["a", "b", "A", "2025"]), max_size=4),
)
def test_a_key_once_given_stays_whatever_is_kept_later(
    papers: list[Paper], number: int, pattern: str | None, own: list[str]
):
    claims = [Claim(paper) for paper in papers]
    for place, key in enumerate(own):
        if papers:
            claims.insert(place * 2, Claim(papers[place % len(papers)], key, counts=place % 3 > 0))
    before = CitationKeys([], pattern, claims[:number])
    after = CitationKeys(papers, pattern, claims)
    for claim in claims[:number]:
        given = before.known(claim.paper.key)
        holder = [paper.key for paper in papers if after.of(paper) == given]
        # A key that it came with may take the place of one that was made.
        assert holder in ([claim.paper.key], [])
        if not own:
            assert given == after.of(claim.paper)
    assert len({after.of(paper).lower() for paper in papers}) == len(papers)
