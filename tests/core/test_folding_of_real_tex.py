"""The fold, one quick pass, held against what pylatexenc reads, which takes 2 ms an abstract."""

from __future__ import annotations

import json
import logging
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from pylatexenc.latex2text import LatexNodes2Text

from arxtui.core.folding import words_of

RECORDS = Path(__file__).parents[3] / "shared" / "corpus" / "records.jsonl.xz"

TEXTS = [
    r"A na\"{\i}ve proof of the Erd\H{o}s--R\'enyi theorem over $\mathbb{Q}_p$",
    r"Gel\cprime fand and Fran{\c{c}}ois in \L\'od\'z: {\em what} they {\bf wrote}",
    r"The ring $\hat{\mathcal{O}}_X$ of H$_2$O and \textit{ice}, at 10$\,$keV",
    r"Poincar\'{e}, Schr{\"o}dinger, M{\"u}ller, \AA ngstr{\"o}m, \O rsted, Stra{\ss}e, \v{C}ech",
    r"$\alpha$-stable laws, $\Lambda$CDM, $\ell_2$ norms and $\widetilde{X}$ for $p\bar p$ at 13~TeV",
    r"\textbf{Bold} claims about $\overline{M}_{g,n}$ \emph{and} {\it others}, Ho\v rava and \u Gabor",
]


def unread(texts: list[str]) -> tuple[int, list[str]]:
    """How many words of three letters or more pylatexenc reads, and which of them the fold does not have."""
    reader = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)
    count, missing = 0, []
    for text in texts:
        try:
            read = reader.latex_to_text(text)
        except IndexError:
            continue  # a command at the very end lacks what it needs
        words = [word for word in words_of(read) if len(word) > 2 and word.isalpha()]
        count += len(words)
        ours = set(words_of(text))
        missing += [word for word in words if word not in ours and word != "cit"]  # how it shows a citation
    return count, missing


def test_the_same_words_are_read() -> None:
    count, missing = unread(TEXTS)
    assert count > 40
    # It joins what a command parts, as `p` and `p-bar` are in print.
    assert set(missing) <= {"gelcprimefand", "gelfand"}


def test_the_same_words_are_read_in_real_records() -> None:
    if not RECORDS.exists():
        pytest.skip(f"no records at {RECORDS}")
    count, missing = unread(list(islice(_with_tex(), 600)))
    assert count > 20_000
    # What is left is mostly `\log n`, which pylatexenc reads as one word.
    assert len(missing) < 0.003 * count, sorted(set(missing))


def _with_tex() -> Iterator[str]:
    with lzma.open(RECORDS, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for field in ("title", "abstract"):
                if record[field] and "\\" in record[field]:
                    yield record[field]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """pylatexenc warns of every brace that is never closed."""
    caplog.set_level(logging.CRITICAL)
