"""Letters that a regular expression is sure to hold, by which its candidates are found."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from arxtui.core.folding import words_of
from arxtui.core.queries import has_capitals
from arxtui.core.queries.letters import sure_letters
from arxtui.core.queries.regexes import fault


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("graph(ene)?", ["graph"]),
        ("graph theory", ["graph", "theory"]),
        ("Graph", ["graph"]),
        ("graphs?", ["graph"]),
        ("graphs*x", ["graph"]),
        ("graphs+", ["graphs"]),
        ("colou{0,1}r", ["colo"]),
        ("cat|graph", ["cat|graph"]),
        ("cat|graph|x", []),
        ("(graph)", ["graph"]),
        ("(?:graph)+s", ["graph"]),
        ("(graph){2}", []),
        ("(cat|dog)s? eat", ["cat|dog", "eat"]),
        ("(cat|wild dog) eat", ["cat|wild", "eat"]),
        ("(cat|(dog|cow)s)", ["cat|cow|dog"]),
        ("((cat|dog)|fish)?", []),
        ("[graph]ene", ["ene"]),
        (r"\bgraph\b", ["graph"]),
        (r"\(graph|tree", ["graph|tree"]),
        ("gr.phene", ["phene"]),
        ("schrödinger", ["schr", "odinger"]),  # \\aschrödinger is two words, for a command has no ö
        ("3dimensional", ["3dimensional"]),
        ("dimension3d5", ["dimension", "3d5"]),
        ("(?i)graph", []),
        ("(?!not)graph", []),
        ("mathb", []),  # the fold takes \mathbb away
        ("psil", []),  # and makes epsilon of \varepsilon
        ("ab", []),  # too short
        ("", []),
    ],
)
def test_letters(pattern: str, expected: list[str]):
    assert ["|".join(sorted(ways)) for ways in sure_letters(pattern)] == expected
    assert re.compile(pattern)


ATOMS = [
    "gra",
    "phene",
    "K",
    "ö",
    "alpha",
    "ß",
    "3d",
    ".",
    "[ab]",
    r"\d",
    r"\w",
    r"\$",
    " ",
    "-",
    r"\\",
    "{",
    "l",
]
patterns = st.recursive(
    st.lists(st.sampled_from(ATOMS), min_size=1, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: f"({'|'.join(some)})"),
        st.tuples(inner, st.sampled_from(["(abc)?", "x*", "s?", "(?:tree)+", "s{0,2}", "q+?"])).map("".join),
        st.lists(inner, min_size=2, max_size=2).map("".join),
    ),
    max_leaves=5,
)
ODD = set("\u212a\u017f\u0131\u0130")
"""Letters that Python takes for a k, an s and an i."""
TEX = [
    "",
    r"\"",
    r"\v ",
    r"\alpha",
    r"{\bf ",
    "$",
    r"\o ",
    r"\textit",
    r"\c{",
    "a",
    "-",
    " ",
    "é",
    "\u0301",
    "ﬁ",
]


@given(pattern=patterns, data=st.data(), before=st.sampled_from(TEX), behind=st.sampled_from(TEX))
@example("kelvin", None, "", "")
def test_whatever_matches_holds_them(pattern: str, data: st.DataObject | None, before: str, behind: str):
    assume(fault(pattern) is None)
    flags = 0 if has_capitals(pattern) else re.IGNORECASE
    middle = data.draw(st.from_regex(re.compile(pattern, flags))) if data else "\u212a" + "elv\u0131n"
    text = f"{before}{middle}{behind}"
    assume(re.search(pattern, text, flags) and not (before and ODD.intersection(text)))
    words = words_of(text)
    for ways in sure_letters(pattern):
        assert any(letters in word for letters in ways for word in words), (text, words)
