"""TeX of titles: made safe for LaTeX, read back, made plain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.display import clean
from arxtui.core.exchange.bibtex_text import loosen, protect
from arxtui.core.exchange.plain import plain
from arxtui.core.exchange.tex import regions, tighten
from arxtui.core.folding import words_of
from tests.core.exchange.papers import HOSTILE, TITLE


@pytest.mark.parametrize(
    ("text", "tight"),
    [
        (r"Schr\"odinger and $\alpha_1$", r"Schr\"odinger and $\alpha_1$"),
        (r"Already 50\% of R\&D \#1 \_ \$5", r"Already 50\% of R\&D \#1 \_ \$5"),
        ("50% of R&D #1", r"50\% of R\&D \#1"),
        ("On L_p and C^0", r"On L\_p and C\^{}0"),
        ("$50%$ and $a#b&c$", r"$50\%$ and $a\#b\&c$"),
        (r"$\begin{matrix}a&b\end{matrix}$", r"$\begin{matrix}a&b\end{matrix}$"),
        ("Under $0.1", r"Under \$0.1"),
        ("$5 and $6", r"\$5 and \$6"),
        (r"In $\mathbb R^n", r"In $\mathbb R^n$"),
        (r"On \alpha decay", r"On \ensuremath{\alpha} decay"),
        (r"In \mathbb{R}^2", r"In \ensuremath{\mathbb{R}}\^{}2"),
        ("a } b", r"a {\textbraceright} b"),
        ("a { b", r"a {\textbraceleft} b"),
        (r"$\left\{ x \right.$", r"$\left\lbrace  x \right.$"),
        (r"$\{0,1\}$", r"$\{0,1\}$"),
        ("{a $x$ b}", "{a $x$ b}"),
        ("{a $x} b$", r"{\textbraceleft}a $x\rbrace  b$"),
        ("ends in \\", r"ends in \textbackslash{}"),
        ("NGC~5907 at ~62 Myr", r"NGC~5907 at \textasciitilde{}62 Myr"),
        ("$x^$", "$x^{}$"),
        (r"O\(_2\)", "O$_2$"),
        (r"\Ito's lemma", r"\Ito's lemma"),
        ("in $5$~GeV", "in $5$~GeV"),
        ("a < b > c, $a < b$", r"a {\textless} b {\textgreater} c, $a < b$"),
        (r"Garc\'{\i}a, Garc\'\i a, \v{\i}, \c\i", r"Garc\'{i}a, Garc\'{i}a, \v{i}, \c{i}"),
    ],
)
def test_valid_tex_stays_and_what_breaks_latex_is_escaped(text: str, tight: str):
    assert tighten(text) == tight


def depths(text: str) -> list[int]:
    """How deep in braces each place is, as BibTeX counts: it knows no escaped brace."""
    found, now = [0], 0
    for letter in text:
        now += {"{": 1, "}": -1}.get(letter, 0)
        found.append(now)
    return found


@given(HOSTILE)
def test_braces_and_dollars_are_balanced_whatever_the_title(text: str):
    tight = tighten(clean(text))
    for written in (tight, protect(tight)):
        assert min(depths(written)) >= 0
        assert depths(written)[-1] == 0
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\$", written)) % 2 == 0
        bare = "".join(region.text for region in regions(written) if not region.math)
        assert not re.search(r"(?<!\\)[%#&_]", re.sub(r"\\\\", "", bare))
        assert not re.search(r"(?:^|[^\\])(?:\\\\)*\\$", written)


@given(HOSTILE)
def test_all_regions_together_are_the_text(text: str):
    found = regions(text)
    letters = re.sub(r"[$\\()\[\]]", "", text)
    assert re.sub(r"[$\\()\[\]]", "", "".join(region.text for region in found)) == letters


@given(TITLE)
def test_a_title_comes_back_from_bibtex(title: str):
    # The one thing that is written otherwise: an accent on an i.
    assert loosen(protect(tighten(title))) == title.replace(r"{\i}", "{i}")


@given(HOSTILE)
def test_reading_and_writing_settle(text: str):
    """What was written and read once stays: a list that is passed on and on does not decay."""
    once = loosen(protect(tighten(clean(text))))
    twice = loosen(protect(tighten(once)))
    assert words_of(twice) == words_of(once)


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("A study of BERT for mRNA", "A study of {BERT} for {mRNA}"),
        ("Comment on Einstein and the test of QCD", "Comment on {Einstein} and the test of {QCD}"),
        ("Learning To Walk With Deep Networks", "Learning To Walk With Deep Networks"),
        (r"Bounds in $\Lambda$CDM", r"Bounds in {$\Lambda$CDM}"),
        (r"Bounds in $\lambda$ theory", r"Bounds in $\lambda$ theory"),
        # A group that begins with a backslash is one letter to BibTeX, which changes its case.
        (r"the theorem of \'Elie", r"the theorem of {{\'Elie}}"),
        ("{BERT} again", "{BERT} again"),
        ("A walk on K3 and the plane", "A walk on {K3} and the plane"),
    ],
)
def test_what_must_keep_its_capitals_stands_in_braces(title: str, protected: str):
    assert protect(title) == protected


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("{BERT}: {Pre-training} of {D}eep", "BERT: Pre-training of Deep"),
        (r"Schr{\"o}dinger {\it in vivo}", r"Schr{\"o}dinger {\it in vivo}"),
        (r"\emph{A} $x_{BC}$", r"\emph{A} $x_{BC}$"),
        (r"R\&D, 50\%, \#1, a\_b", "R&D, 50%, #1, a_b"),
        (r"{\textbraceleft} and \ensuremath{\alpha}", r"{ and \alpha"),
        ("{{All of it}}", "All of it"),
        # As Zotero and Better BibTeX write them.
        (r"{\textless}i{\textgreater}Cat{\textless}/i{\textgreater}", "<i>Cat</i>"),
        (r"5{\textpm}1 {\textmu}m, \textless 2\textdegree{} \texttimes\ 3", "5±1 µm, <2° ×\\ 3"),
        (
            r"{\textquotedblleft}q{\textquotedblright} O{\textquoteright}Neil {\textendash} {\textemdash} {\textbar}",
            "“q” O’Neil – — |",
        ),
        (
            r"x{\textasciitilde}y, {\textasciitilde}5, $5$\textasciitilde{}GeV",
            r"x\textasciitilde{}y, ~5, $5$\textasciitilde{}GeV",
        ),
        (
            r"{\textasciicircum}{\textdollar}a\textbackslash{}b{\textbackslash}",
            r"^\$a\textbackslash{}b" + "\\",
        ),
        (r"H\textsubscript{2}O and x\textsuperscript{2}", "H$_{2}$O and x$^{2}$"),
        (r"\textit{a} \textbf{b} \textlesser", r"\textit{a} \textbf{b} \textlesser"),
    ],
)
def test_titles_of_others_are_read(value: str, title: str):
    assert loosen(value) == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Schr\"odinger, G{\"o}del, \'{\i}nd, \o re, \L{}od\'z, \c{C}elik, \v Skoda", "Schrödinger, Gödel, índ, øre, Łodź, Çelik, Škoda"),
        (r"Erd\H{o}s--R\'enyi ``quoted''", "Erdős–Rényi “quoted”"),
        (r"\emph{In vivo} {\bf bold} {BERT}", "In vivo bold BERT"),
        (r"H$_2$O, $^{3}$He, $SU(N)$, $\alpha$-decay", "H₂O, ³He, SU(N), α-decay"),
        (r"$\frac{1}{2}$ and $x_i \leq y^{2n}$", r"$\frac{1}{2}$ and $x_i \leq y^{2n}$"),
        (r"50\% of R\&D \$5", "50% of R&D $5"),
        (r"50% of R&D, $5", "50% of R&D, $5"),
        ("$5 and $6", "$5 and $6"),
        (r"\Ito{x} and \bar\omega", r"\Ito{x} and \bar\omega"),
        ("a } b { c", "a } b { c"),
        ("NGC~5907 at ~62 Myr", "NGC 5907 at ~62 Myr"),
        (r"one \\ two", "one two"),
        (r"\alpha decay", "α decay"),
        ("in $5$~GeV", "in 5 GeV"),
        (r"Nguy{\~{\^e}}n, \d{\^{o}}, \'{\i}", "Nguyễn, ộ, í"),
        (r"{\textless}b{\textgreater} x{\textasciitilde}y \textpm 1", "<b> x~y ±1"),
    ],
)  # fmt: skip
def test_plain(text: str, expected: str):
    assert plain(text) == expected


@given(HOSTILE)
def test_no_word_is_lost_in_plain_text(text: str):
    text = re.sub(r"\\", "", clean(text))
    shown = plain(text)
    assert re.findall(r"[^\W_]", shown) == re.findall(r"[^\W_]", plain(shown))
    assert len(shown.splitlines()) <= 1


@pytest.mark.parametrize("sign", ["{", "}", "$", "\\(", "\\[", "$5 ", "\\ensuremath{", "`", "\\'"])
def test_long_hostile_text_takes_no_longer_than_its_length(sign: str):
    """Twenty thousand open braces: what looks ahead to the end at each would not come back."""
    text = sign * 20_000
    assert plain(text) is not None
    assert loosen(protect(tighten(text))) is not None


@given(st.text(st.sampled_from("aé `'-~_^ \\t{}$\\\\,e\u0301")) | st.text())
def test_text_without_tex_is_the_same_by_the_short_way_as_by_the_long_one(text: str):
    with pytest.MonkeyPatch.context() as patched:
        short = plain(text)
        patched.setattr("arxtui.core.exchange.plain._TEX", re.compile(""))
        assert plain(text) == short
