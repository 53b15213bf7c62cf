"""Papers as others cite them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.citing import bibtex, citation
from arxtui.core.papers import Paper

PAPER = Paper(
    key="2507.00001",
    title="Taps on {Sand}",
    author_text="Ada One (Lab, Town), Bo Two",
    created="2025-07-01",
    categories=("cond-mat.soft",),
    doi="10.1000/182",
)
HOSTILE = st.text(st.sampled_from("{}\\%$#&~^_@,=\"' ab\né\x00"), max_size=30) | st.text(max_size=30)


def test_bibtex():
    assert bibtex(PAPER).splitlines() == [
        "@misc{one2025taps,",
        "  title = {Taps on {Sand}},",
        "  author = {Ada One and Bo Two},",
        "  year = {2025},",
        "  eprint = {2507.00001},",
        "  archivePrefix = {arXiv},",
        "  primaryClass = {cond-mat.soft},",
        "  doi = {10.1000/182},",
        "  url = {https://arxiv.org/abs/2507.00001},",
        "}",
    ]


def test_bibtex_of_next_to_nothing():
    assert bibtex(Paper(key="math/0309136")).splitlines()[0] == "@misc{arxiv2003math0309136,"
    assert bibtex(Paper(key="text:0011223344556677")).splitlines() == [
        "@misc{arxivtext0011223344556677,",
        "}",
    ]


def depth(text: str) -> list[int]:
    """How deep in braces each place of a text is, as BibTeX counts: it knows no escaped brace."""
    depths, now = [], 0
    for character in text:
        now += {"{": 1, "}": -1}.get(character, 0)
        depths.append(now)
    return depths


@given(HOSTILE, HOSTILE, HOSTILE)
def test_braces_are_balanced_whatever_is_in_the_fields(title: str, authors: str, doi: str):
    text = bibtex(Paper(key="2507.00001", title=title, author_text=authors, doi=doi or None))
    lines = text.splitlines()
    assert lines[-1] == "}"
    for line in lines[1:-1]:
        assert re.match(r"  \w+ = \{", line)
        assert line.endswith("},")
        depths = depth(line)
        assert depths[-2:] == [0, 0]
        assert min(depths[line.index("{") : -2]) >= 1


@given(HOSTILE, HOSTILE)
def test_the_key_is_one_word(title: str, authors: str):
    first = bibtex(Paper(key="2507.00001", title=title, author_text=authors)).splitlines()[0]
    assert re.fullmatch(r"@misc\{[a-z0-9]+,", first)


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (PAPER, "Ada One, Bo Two. Taps on {Sand}. arXiv:2507.00001 (2025)."),
        (Paper(key="math/0309136"), "arXiv:math/0309136 (2003)."),
        (
            Paper(key="2507.00001", title="Taps.", author_text="A. One, B. Two, C. Three, D. Four"),
            "A. One et al. Taps. arXiv:2507.00001 (2025).",
        ),
        (Paper(key="text:0011223344556677", title="Taps", author_text="A. One"), "A. One. Taps."),
        (
            Paper(key="2507.00001", author_text="(The Sand Group)"),
            "(The Sand Group). arXiv:2507.00001 (2025).",
        ),
    ],
)
def test_citation(paper: Paper, expected: str):
    assert citation(paper) == expected


@given(HOSTILE, HOSTILE)
def test_a_citation_is_one_line(title: str, authors: str):
    assert len(citation(Paper(key="2507.00001", title=title, author_text=authors)).splitlines()) == 1
