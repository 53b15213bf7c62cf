r"""One spelling for all, and where words stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.folding import fold, fold_with_origin, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"Schr\"odinger", "schrodinger"),
        (r"Schr{\"o}dinger", "schrodinger"),
        (r"Schr\"{o}dinger", "schrodinger"),
        ("Schrödinger", "schrodinger"),
        ("Schro\u0308dinger", "schrodinger"),
        ("SCHRÖDINGER", "schrodinger"),
        (r"Erd\H{o}s", "erdos"),
        (r"Erd\H os", "erdos"),
        ("Erdős", "erdos"),
        (r"Poincar\'e", "poincare"),
        (r"na\"{\i}ve", "naive"),
        (r"\L{}ukasiewicz", "lukasiewicz"),
        ("Łukasiewicz", "lukasiewicz"),
        (r"{\L}ukasiewicz", "lukasiewicz"),
        (r"Stra{\ss}e", "strasse"),
        ("Straße", "strasse"),
        (r"\O rsted", "orsted"),
        ("Ørsted", "orsted"),
        (r"$\alpha$-decay", "alpha-decay"),
        ("α-decay", "alpha-decay"),
        ("ﬁeld", "field"),
        (r"\emph{field}", "field"),
        (r"\v{C}ech", "cech"),
        (r"Fran\c{c}ois", "francois"),
        (r"$\mathbb{R}^n$", "rn"),
        (r"\varepsilon", "epsilon"),
        ("ϵ", "epsilon"),
        ("Λ", "lambda"),
        ("\U0001d6b2", "lambda"),  # mathematical bold capital
        ("ς", "sigma"),
        (r"H$\alpha$", "halpha"),
        ("Hα", "halpha"),
        ("H$_2$O", "h2o"),
        ("H₂O", "h2o"),
        (r"$\ell_2$", "l2"),
        ("ℓ₂", "l2"),
        (r"$\delta B$", "delta b"),
        (r"$\log\log n$", " log  log  n"),
        (r"$X\subset Y$", "x subset  y"),
        (r"$\hat{R}$", "r"),
        (r"$\bar pp$", "pp"),
        (r"sub\-script", "subscript"),
        (r"{\rm Aut}(X)", "aut(x)"),
        (r"Pla\v{s}il", "plasil"),
        (r"\th orn", "thorn"),
        (r"50\%", "50%"),
        ("plain words", "plain words"),
        ("İstanbul", "istanbul"),
        ("don’t", "don't"),
        ("Kähler–Einstein", "kahler-einstein"),
    ],
)
def test_ways_to_write_the_same(one: str, other: str):
    assert fold(one) == other


@given(st.text())
def test_a_fold_is_folded(text: str):
    assert fold(text) == fold(text).lower()


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="\\{}$^_")))
def test_plain_ascii_is_only_made_small(text: str):
    assert fold(text) == text.lower()


TEX = st.lists(
    st.sampled_from(['\\"o', "{\\'e}", "\\v", "$", "{", "}", "\\", "^", "_", " ", "α", "İ", "ﬁ", "e\u0301", "\\ss", "\\alpha", "cusp", "A"]), max_size=20
).map("".join)  # fmt: skip


@given(TEX | st.text())
def test_the_fold_with_its_origin_is_the_fold(text: str):
    folded, starts, ends = fold_with_origin(text)
    assert folded.split() == fold(text).split()
    assert len(folded) == len(starts) == len(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    assert folded == fold_with_origin(text, cased=True)[0].lower()


@given(st.text() | st.text(alphabet=" \t\x0b\x1c\x00_-a9Zé$\\"))
def test_words_are_what_stands_between_signs_in_ascii_and_outside(text: str):
    assert words_of(text) == re.findall(r"[^\W_]+", fold(text))
