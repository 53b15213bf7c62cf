"""What each format makes of a paper."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from arxtui.core.display import clean
from arxtui.core.exchange import FORMATS, Reference, read, write
from arxtui.core.exchange.bibtex import bibtex
from arxtui.core.exchange.citation import citation
from arxtui.core.exchange.csv_table import HEAD
from arxtui.core.exchange.markdown import escape
from arxtui.core.exchange.plain import plain
from arxtui.core.papers import Paper
from tests.core.exchange.papers import ANY_LIBRARY, BARE, HOSTILE, NOTED, PAPER, UNKNOWN

WRITTEN = [name for name, form in FORMATS.items() if form.write or form.write_keyed]


def text_of(name: str, *papers: Paper | Reference) -> str:
    return "".join(write(name, lambda: papers))


@pytest.mark.parametrize(
    ("key", "categories", "written"),
    [
        ("hep-th/0502216", (), "hep-th"),
        ("alg-geom/9202001", (), "alg-geom"),
        ("math/0309136", (), None),
        ("cond-mat/0309136", (), None),
        ("2507.00001", (), None),
        ("hep-th/0502216", ("math.DG",), "math.DG"),
    ],
)
def test_the_primary_class_of_an_old_identifier(key: str, categories: tuple[str, ...], written: str | None):
    text = bibtex(Paper(key, categories=categories))
    assert ("primaryClass" in text) == (written is not None)
    assert written is None or f"  primaryClass = {{{written}}}," in text
    (reference,) = read(text).references
    assert (reference.paper.categories, reference.tags) == (((written,) if written else ()), ())


def test_bibtex():
    assert bibtex(PAPER).splitlines() == [
        "@misc{vanexample2025taps,",
        r"  title = {Taps on {Sand}: {R\&D} of H\"older norms in {$\Lambda$CDM}},",
        r"  author = {van Example, Jr., Ludwig and {The Sand Collaboration} and Bo, {\'E}lie},",
        "  year = {2025},",
        "  month = jul,",
        "  eprint = {2507.00001},",
        "  archivePrefix = {arXiv},",
        "  primaryClass = {cond-mat.soft},",
        "  doi = {10.1000/182_3},",
        "  howpublished = {J. Sand 7 (2025) 1-9},",
        "  url = {https://arxiv.org/abs/2507.00001},",
        "}",
    ]


def test_bibtex_of_next_to_nothing():
    assert bibtex(Paper("text:0011223344556677")).splitlines() == ["@misc{text0011223344556677,", "}"]
    assert bibtex(BARE).splitlines()[1:3] == ["  year = {2003},", "  month = sep,"]


def test_bibtex_with_what_somebody_noted():
    text = text_of("bibtex", NOTED)
    assert r"  keywords = {to read, sand \& more}," in text
    assert "  annote = {Good on taps.\nSee page 7.}," in text


def test_notes_and_tags_are_no_tex():
    note = "costs $5 or $10, see p_2\n{\\em x} -- ~"
    noted = Reference(UNKNOWN, tags=("c {d}", "a,b"), note=note)
    written = text_of("bibtex", noted)
    assert r"  keywords = {c \textbraceleft{}d\textbraceright{}, a{,}b}," in written
    assert r"  annote = {costs \$5 or \$10, see p\_2" in written
    (row,) = csv.DictReader(io.StringIO(text_of("csv", noted)))
    assert (row["tags"], row["note"]) == ("c {d}; a,b", note)
    (row,) = csv.DictReader(io.StringIO(text_of("csv", Reference(UNKNOWN, tags=("a;b", "c\\", "d")))))
    assert row["tags"] == r"a\;b; c\\; d"
    assert r"  costs \$5 or \$10, see p\_2" in text_of("markdown", noted)
    assert json.loads(text_of("csl-json", noted))[0]["keyword"] == r"c {d}, a\,b"


@given(HOSTILE, HOSTILE, HOSTILE)
def test_bibtex_is_balanced_whatever_is_in_the_fields(title: str, authors: str, doi: str):
    text = bibtex(Paper("2507.00001", title=title, author_text=authors, doi=doi or None))
    lines = text.splitlines()
    assert lines[-1] == "}"
    for line in lines[1:-1]:
        assert re.fullmatch(r"  \w+ = (?:\{.*\}|[a-z]{3}),", line)
        # BibTeX counts a brace behind a backslash, others do not: both find the end of the field at the end of the line.
        for counted in (line, re.sub(r"\\[{}]", "", line)):
            depth = 0
            for place, sign in enumerate(counted):
                depth += {"{": 1, "}": -1}.get(sign, 0)
                assert depth >= (1 if counted.find("{") <= place < len(counted) - 2 and "{" in counted else 0)
            assert depth == 0


def test_ris():
    assert text_of("ris", PAPER).splitlines() == [
        "TY  - JOUR",
        "ID  - vanexample2025taps",
        "TI  - Taps on Sand: R&D of Hölder norms in ΛCDM",
        "AU  - van Example, Ludwig, Jr.",
        "AU  - The Sand Collaboration",
        "AU  - Bo, Élie",
        "PY  - 2025",
        "DA  - 2025/07/01",
        "T2  - J. Sand 7 (2025) 1-9",
        "PB  - arXiv",
        "AN  - arXiv:2507.00001",
        "DO  - 10.1000/182_3",
        "UR  - https://arxiv.org/abs/2507.00001",
        "KW  - cond-mat.soft",
        "KW  - hep-th",
        "AB  - Sand settles in 50% of cases, says Erdős. See arXiv:2401.00001 for $x_1 < 2$.".replace(
            "$x_1 < 2$", "x₁ < 2"
        ),
        "N1  - Comments: 12 pages, 3 figures",
        "ER  - ",
        "",
    ]
    assert text_of("ris", UNKNOWN).splitlines()[0] == "TY  - UNPB"


def test_csl_json():
    (item,) = json.loads(text_of("csl-json", NOTED))
    assert item == {
        "id": "vanexample2025taps",
        "type": "article-journal",
        "title": 'Taps on Sand: R&D of Hölder norms in <span class="nocase">ΛCDM</span>',
        "author": [
            {"family": "Example", "given": "Ludwig", "non-dropping-particle": "van", "suffix": "Jr."},
            {"literal": "The Sand Collaboration"},
            {"family": "Bo", "given": "Élie"},
        ],
        "issued": {"date-parts": [[2025, 7, 1]]},
        "container-title": "J. Sand 7 (2025) 1-9",
        "publisher": "arXiv",
        "number": "arXiv:2507.00001",
        "DOI": "10.1000/182_3",
        "URL": "https://arxiv.org/abs/2507.00001",
        "keyword": "cond-mat.soft, hep-th, to read, sand & more",
        "abstract": "Sand settles in 50% of cases, says Erdős. See arXiv:2401.00001 for"
        ' <span class="nocase">x₁ < 2</span>.',
        "annote": "Good on taps.\nSee page 7.",
    }
    assert json.loads(text_of("csl-json")) == []
    assert json.loads(text_of("csl-json", BARE))[0]["issued"] == {"date-parts": [[2003, 9]]}


def test_csv():
    head, row = csv.reader(io.StringIO(text_of("csv", NOTED)))
    assert head == list(HEAD)
    told = dict(zip(head, row, strict=True))
    assert told["id"] == "2507.00001"
    assert told["authors"] == "Ludwig van Example Jr.; The Sand Collaboration; Élie Bo"
    assert told["categories"] == "cond-mat.soft; hep-th"
    assert told["tags"] == "to read; sand & more"


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'quoted'", "''quoted'"),
        ("\t=1", "'=1"),
        ("{=1+1}", "'=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("1-1", "1-1"),
    ],
)
def test_no_cell_is_a_formula_and_each_can_be_told(title: str, cell: str):
    row = list(csv.reader(io.StringIO(text_of("csv", Paper("2507.00001", title=title)))))[1]
    assert row[1] == cell
    assert row[1].removeprefix("'") == plain(title)


@pytest.mark.parametrize("start", [" ", "\u00a0", " \u200b", "\u3000", "\ufeff"])
def test_no_note_is_a_formula_behind_blanks(start: str):
    rows = list(
        csv.reader(io.StringIO("".join(write("csv", lambda: [Reference(BARE, note=f"{start}=1+1")]))))
    )
    assert rows[1][-1] == f"'{start}=1+1"
    rows = list(csv.reader(io.StringIO("".join(write("csv", lambda: [Reference(BARE, note=f"{start}1=1")])))))
    assert rows[1][-1] == f"{start}1=1"


@given(ANY_LIBRARY)
def test_no_cell_ever_begins_with_a_formula(papers: list[Paper]):
    rows = list(csv.reader(io.StringIO(text_of("csv", *papers)), strict=True))
    assert [len(row) for row in rows] == [len(HEAD)] * (len(papers) + 1)
    for cell in (cell for row in rows for cell in row):
        assert not cell or cell[0] not in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def test_markdown():
    assert text_of("markdown", PAPER, BARE, UNKNOWN) == (
        "- **Taps on Sand: R\\&D of Hölder norms in ΛCDM**. Ludwig van Example Jr., The Sand Collaboration, Élie Bo. 2025. "
        "[arXiv:2507.00001](https://arxiv.org/abs/2507.00001)\n"
        "- 2003\\. [arXiv:math/0309136](https://arxiv.org/abs/math/0309136)\n"
        "- **Lamps Hum**. Ada One\n"
    )
    assert text_of("markdown", NOTED).splitlines()[1:] == [
        "  Tags: to read, sand \\& more  ",
        "  Good on taps.  ",
        "  See page 7.",
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a*b*c_d_", "a\\*b\\*c\\_d\\_"),
        ("[x](http://y.z) <b>", "\\[x\\](http\\://y.z) \\<b\\>"),
        ("$\\frac{a*b}{c<d}$", "$\\frac{a\\ast b}{c\\lt d}$"),
        ("$[x](y)^2$", "\\$\\[x\\](y)\\^2\\$"),
        ("$_0_$", "\\$\\_0\\_\\$"),
        ("$x_0 + {y}_{\\rm in}$", "$x_0 + {y}_{\\rm in}$"),
    ],
)
def test_markdown_is_escaped(text: str, escaped: str):
    assert escape(text) == escaped


@given(HOSTILE, HOSTILE)
@example("", "$_0_")
def test_no_title_is_markup(title: str, authors: str):
    paper = Paper("2507.00001", title=title, author_text=authors)
    tokens = MarkdownIt("gfm-like").parse(text_of("markdown", paper))
    kinds = [token.type for token in tokens]
    assert kinds == [
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close",
        "bullet_list_close",
    ]  # fmt: skip
    inside = [
        token
        for token in tokens[3].children or []
        if token.type not in ("text", "text_special", "strong_open", "strong_close")
    ]
    assert [token.type for token in inside] == ["link_open", "link_close"]
    assert inside[0].attrs["href"] == "https://arxiv.org/abs/2507.00001"


@pytest.mark.parametrize("title", ["1. One", "1) One", "- two", "+ two", "# three", "> four", "=== five"])
def test_no_line_begins_a_list_or_a_heading(title: str):
    html = MarkdownIt("commonmark").render(text_of("markdown", Reference(UNKNOWN, note=title)))
    assert html.count("<li>") == 1
    assert "<h" not in html
    assert "<ol" not in html
    assert "<blockquote" not in html


def test_markdown_shows_a_note_as_it_is_laid_out():
    html = MarkdownIt("commonmark").render(
        text_of("markdown", Reference(UNKNOWN, note="* a\n    1. b\n\n\ttab"))
    )
    shown = html.replace("<br />", "").split("\n")
    assert "* a" in shown
    assert "\u00a0\u00a0\u00a0\u00a01. b" in shown
    assert "\u00a0\u00a0\u00a0\u00a0tab</li>" in shown


def test_ids():
    assert text_of("ids", PAPER, BARE, UNKNOWN) == "2507.00001\nmath/0309136\ntext:0011223344556677\n"


def test_json_lines_have_what_somebody_noted():
    record = json.loads(text_of("jsonl", NOTED))
    assert (record["tags"], record["note"]) == (["to read", "sand & more"], "Good on taps.\nSee page 7.")
    assert "tags" not in json.loads(text_of("jsonl", PAPER))


@pytest.mark.parametrize("name", WRITTEN)
@given(ANY_LIBRARY)
def test_nothing_raises_and_nothing_reaches_a_terminal(name: str, papers: list[Paper]):
    text = text_of(name, *papers)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    text.encode()


def test_papers_are_taken_one_at_a_time():
    """A format without citation keys asks once, one with them twice, and neither holds the papers."""
    asked: list[str] = []

    def papers() -> Iterable[Paper]:
        asked.append("once")
        yield from (PAPER, BARE)

    for name, times in (("csv", 1), ("bibtex", 2)):
        asked.clear()
        assert "2507.00001" in "".join(write(name, papers))
        assert len(asked) == times


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (Paper("2507.00001", title="Taps on {Sand}", author_text="Ada One (Lab, Town), Bo Two", created="2025-07-01"), "Ada One, Bo Two. Taps on {Sand}. arXiv:2507.00001 (2025)."),
        (BARE, "arXiv:math/0309136 (2003)."),
        (Paper("2507.00001", title="Taps.", author_text="A. One, B. Two, C. Three, D. Four"), "A. One et al. Taps. arXiv:2507.00001 (2025)."),
        (UNKNOWN, "Ada One. Lamps Hum."),
        (Paper("2507.00001", author_text="(The Sand Group)"), "(The Sand Group). arXiv:2507.00001 (2025)."),
    ],
)  # fmt: skip
def test_citation(paper: Paper, expected: str):
    assert citation(paper) == expected


@given(HOSTILE, HOSTILE)
def test_a_citation_is_one_line(title: str, authors: str):
    assert len(citation(Paper(key="2507.00001", title=title, author_text=authors)).splitlines()) == 1


@pytest.mark.parametrize(
    "title",
    [
        "On <b>bold</b> & H<sub>2</sub>O",
        r"$SU(2)_L \times U(1)$ and $\mathcal{N}=4$",
        '</span> <span class="nocase"><</span>i>',
        "a < b > c",
    ],
)
def test_a_title_comes_back_from_csl_json(title: str):
    text = "".join(
        write("csl-json", lambda: [Paper("2507.00001", title=title, abstract=title, journal_ref=title)])
    )
    (reference,) = read(text).references
    paper = reference.paper
    assert (paper.title, paper.abstract, paper.journal_ref) == (plain(title),) * 3
    (item,) = json.loads(text)
    assert not re.search(r"<(?!/?span)/?[a-z]", item["title"])


def test_a_formula_in_unicode_keeps_its_capitals_in_csl_json():
    title = r"Structure of H$_2$O and (CO$_2$) in $pp$ at 5$\pm$1 to NiTe₂-like $\mathcal{N}=4$, $a$$b+c$"
    (item,) = json.loads(text_of("csl-json", Paper("2507.00001", title=title)))
    kept = re.findall(r'<span class="nocase">(.*?)</span>', item["title"])
    assert kept == ["H₂O", "CO₂", "pp", "NiTe₂", r"$\mathcal{N}=4$", "ab+c"]


@example("\\$\\")
@given(HOSTILE)
def test_what_is_no_markup_comes_back_from_csl_json(title: str):
    expected = plain(clean(title))
    text = "".join(write("csl-json", lambda: [Paper("2507.00001", title=title)]))
    (reference,) = read(text).references
    assert (reference.paper.title or "") == expected
