"""Author lists divided into names, and nothing lost in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.authors import split_authors

NAMES = st.from_regex(r"[A-Z]\. [A-Z][a-z]{2,8}", fullmatch=True) | st.sampled_from(
    [
        "Bojun :",
        "G{\\'e}rard N{\\\"u}nlist",
        "van der Waal",
        "Élodie Ōtani",
        "Anderson",
        "R. Brand",
        "The XYZ Collaboration",
    ]
)
AFFILIATIONS = st.sampled_from(["", "", " (Town, Land)", " (1 and 2)", " (A. B., Lab (Annex), Town)"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" \n ", ()),
        ("Ada One", ("Ada One",)),
        ("Ada One, Bo Two", ("Ada One", "Bo Two")),
        ("Ada One and Bo Two", ("Ada One", "Bo Two")),
        ("Ada One, Bo Two and Cy Three", ("Ada One", "Bo Two", "Cy Three")),
        ("Ada One, Bo Two, and Cy Three", ("Ada One", "Bo Two", "Cy Three")),
        ("Ada One; Bo Two", ("Ada One", "Bo Two")),
        ("Ada\n  One,\n  Bo Two", ("Ada One", "Bo Two")),
        ("Bojun :, Ada One", ("Bojun :", "Ada One")),
        ("Ada One (Lab, Town and Country), Bo Two", ("Ada One (Lab, Town and Country)", "Bo Two")),
        (
            "Ada One (1), Bo Two (1 and 2) ((1) Lab, (2) Hall)",
            ("Ada One (1)", "Bo Two (1 and 2) ((1) Lab, (2) Hall)"),
        ),
        (r"G{\'e}rard D{\"o}rn, I. \c{C}elik", (r"G{\'e}rard D{\"o}rn", r"I. \c{C}elik")),
        ("{The A, B and C Group}, Bo Two", ("{The A, B and C Group}", "Bo Two")),
        ("Sandy Andrews, Brandon Anders", ("Sandy Andrews", "Brandon Anders")),
        ("Ada One (Lab, Bo Two", ("Ada One (Lab", "Bo Two")),
        ("Ada One), Bo Two and Cy Three", ("Ada One)", "Bo Two", "Cy Three")),
        (
            "Ludwig van One, Jr., Sand-2 Collaboration, :",
            ("Ludwig van One", "Jr.", "Sand-2 Collaboration", ":"),
        ),
    ],
)
def test_examples(text: str, names: tuple[str, ...]):
    assert split_authors(text) == names


@given(
    st.lists(st.tuples(NAMES, AFFILIATIONS).map("".join), min_size=1, max_size=9),
    st.sampled_from([", ", " and ", ", and ", "; "]),
)
def test_every_name_comes_back_in_order(names: list[str], last: str):
    text = ", ".join(names[:-1]) + (last if len(names) > 1 else "") + names[-1]
    assert list(split_authors(text)) == names


def remains(text: str) -> str:
    """What must never be lost: everything but white space, dividers and the word between two names."""
    return re.sub(r"[,;\s]|\band\b", "", text)


@given(
    st.lists(
        st.sampled_from(
            ["Ada", "and", "and ", ",", ";", " ", "(", ")", "{", "}", "\\'e", ":", "\n", "band", "1"]
        ),
        max_size=20,
    ).map("".join)
)
def test_nothing_is_lost_of_any_list(text: str):
    names = split_authors(text)
    assert remains("".join(f" {name} " for name in names)) == remains(text)
    assert all(name and name == " ".join(name.split()) for name in names)


@given(st.text())
def test_nothing_is_lost_of_any_text(text: str):
    assert remains(" ".join(split_authors(text))) == remains(text)
