"""Papers to write and read, with all that is hard about titles and names."""

from __future__ import annotations

from hypothesis import strategies as st

from arxtui.core.exchange import Reference
from arxtui.core.papers import Paper

PAPER = Paper(
    key="2507.00001",
    title=r"Taps on {Sand}: R&D of H\"older norms in $\Lambda$CDM",
    author_text=r"Ludwig van Example Jr. (Lab, Town), The Sand Collaboration, \'Elie Bo",
    abstract=r"Sand settles in 50% of cases, says Erd\H{o}s. See arXiv:2401.00001 for $x_1 < 2$.",
    comments="12 pages, 3 figures",
    created="2025-07-01",
    categories=("cond-mat.soft", "hep-th"),
    doi="10.1000/182_3",
    journal_ref="J. Sand 7 (2025) 1-9",
)
BARE = Paper(key="math/0309136")
UNKNOWN = Paper(key="text:0011223344556677", title="Lamps Hum", author_text="Ada One")
NOTED = Reference(PAPER, tags=("to read", "sand & more"), note="Good on taps.\nSee page 7.")

HOSTILE = (
    st.text(st.sampled_from("{}\\%$#&~^_@,=\"' ab\né\x00<>[]()*`+-|1.;:/T"), max_size=20)
    | st.text(max_size=20)
    | st.lists(
        st.sampled_from(
            [
                *r"\alpha \'e \"{o} {\it \emph{ $ $x$ $$ { } \{ \} \\ \% % & _ ^ ~ # and , others et@al".split(
                    " "
                ),
                *[
                    "TY  - JOUR",
                    "ER  -",
                    "@misc{a,",
                    "\n",
                    " ",
                    "word",
                    "BERT",
                    '"',
                    "https://x.y",
                    "](",
                    "<b>",
                    "{{a}}",
                ],
            ]
        ),
        max_size=8,
    ).map("".join)
)
"""Text that nobody meant to be written anywhere."""

WORD = st.sampled_from(
    r"the of quantum Schr\"odinger Einstein BERT H$_2$O $\Lambda$CDM $x^2$ R&D 50% L_p Erd\H{o}s--R\'enyi na\"{\i}ve"
    r" (2+1)-dimensional Élie K3 \textit{ab} $\{0,1\}$ NGC~5907 #CSP Q & A".split(" ")
)
TITLE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
"""Titles as authors write them; some are no valid TeX."""

NAME = st.sampled_from(
    [
        "Ada One", "A. B. Two", "Ludwig van Three", "Charles de la Four Five", "Cy Six Jr.", "D. Seven III", "Plato",
        "Sand Collaboration", "J.-P. Eight", r"G{\'e}rard Nine", r"\'Elie Ten", r"I. \c{C}elik", "Luc Van Eleven",
        "Bojun :", "{The A, B and C Group}", "Élie Zwölf",
    ]
)  # fmt: skip
KEY = st.sampled_from(
    ["0704.0001", "1412.9999", "1501.00001", "2507.00001", "math/0309136", "hep-th/9901001"]
)
DATE = st.none() | st.dates().map(str).filter(lambda date: date >= "1900")
DECENT = st.builds(
    Paper,
    key=KEY,
    title=st.none() | TITLE,
    author_text=st.none() | st.lists(NAME, min_size=1, max_size=4, unique=True).map(", ".join),
    abstract=st.none() | TITLE,
    comments=st.none() | st.just("3 pages"),
    categories=st.lists(st.sampled_from(["math.GT", "hep-th"]), unique=True).map(tuple),
    doi=st.none() | st.just("10.1000/182_3"),
    journal_ref=st.none() | st.just("J. Sand 7 (2025) 1"),
    created=DATE,
)
"""Papers as files have them."""

_FIELD = st.none() | HOSTILE
ANY = st.builds(
    Paper,
    key=KEY | st.just("text:0011223344556677"),
    title=_FIELD,
    author_text=_FIELD,
    abstract=_FIELD,
    comments=_FIELD,
    categories=st.lists(HOSTILE, max_size=2).map(tuple),
    doi=_FIELD,
    journal_ref=_FIELD,
    created=_FIELD,
    updated=_FIELD,
)
"""Papers with anything in their fields."""


def once_each(papers: list[Paper]) -> list[Paper]:
    """The papers of a library: no key twice."""
    return list({paper.key: paper for paper in papers}.values())


LIBRARY = st.lists(DECENT, min_size=1, max_size=5).map(once_each)
ANY_LIBRARY = st.lists(ANY, max_size=2).map(once_each)
