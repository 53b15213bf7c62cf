"""Other people's programs read what we write."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given

from arxtui.core.exchange import write
from arxtui.core.papers import Paper
from tests.core.exchange.papers import ANY_LIBRARY, BARE, LIBRARY, PAPER, UNKNOWN

needs_pandoc = pytest.mark.skipif(
    shutil.which("pandoc") is None, reason="pandoc is not installed (Debian: apt-get install pandoc)"
)

TITLES = [
    r"50% of R&D on #1: L_p and C^0 at ~62 Myr",
    r"Schr\"odinger's $\Lambda$CDM for {BERT}",
    "Under $0.1",
    "$5 and $6",
    r"In $\mathbb R^n",
    r"A } and a { and \{",
    r"$\left\{ x \right.$ and $\{0,1\}$",
    r"ends in \\",
    "ends in \\",
    "eRisk@CLEF{2023}, @article{x, and %",
    r"\alpha decay of \mathbb{R}",
    '"Quoted" <b>bold</b> & <i>x</i>',
    "=1+1",
    "TY  - ER  -",
]
HARD = [
    Paper(f"2507.{number:05}", title=title, author_text=PAPER.author_text, created="2025-07-01")
    for number, title in enumerate(TITLES, 101)
]


def text_of(name: str, *papers: Paper) -> str:
    return "".join(write(name, lambda: papers))


@given(LIBRARY)
def test_bibtexparser_reads_every_entry(papers: list[Paper]):
    library = bibtexparser.parse_string(text_of("bibtex", *papers))
    assert not library.failed_blocks
    assert [entry["eprint"] for entry in library.entries] == [paper.key for paper in papers]


@given(ANY_LIBRARY)
def test_bibtexparser_reads_every_entry_whatever_is_in_it(papers: list[Paper]):
    library = bibtexparser.parse_string(text_of("bibtex", *papers))
    assert not library.failed_blocks
    assert len(library.entries) == len(papers)


def test_bibtexparser_parts_the_names_as_we_meant_them():
    library = bibtexparser.parse_string(
        text_of("bibtex", PAPER, *HARD), append_middleware=[SeparateCoAuthors(), SplitNameParts()]
    )
    assert not library.failed_blocks
    assert len(library.entries) == len(HARD) + 1
    one, sand, bo = library.entries[0]["author"]
    assert (one.first, one.von, one.last, one.jr) == (["Ludwig"], ["van"], ["Example"], ["Jr."])
    assert sand.last == ["{The Sand Collaboration}"]
    assert (bo.first, bo.last) == (["{\\'E}lie"], ["Bo"])
    assert library.entries[0]["month"] == "jul"


@given(LIBRARY)
def test_rispy_reads_every_record(papers: list[Paper]):
    records = rispy.loads(text_of("ris", *papers))
    assert [record["accession_number"] for record in records] == [f"arXiv:{paper.key}" for paper in papers]


@given(ANY_LIBRARY)
def test_rispy_reads_every_record_whatever_is_in_it(papers: list[Paper]):
    assert len(rispy.loads(text_of("ris", *papers))) == len(papers)


def test_rispy_reads_the_fields():
    (record,) = rispy.loads(text_of("ris", PAPER))
    assert record["title"] == "Taps on Sand: R&D of Hölder norms in ΛCDM"
    assert record["authors"] == ["van Example, Ludwig, Jr.", "The Sand Collaboration", "Bo, Élie"]
    assert (record["year"], record["date"]) == ("2025", "2025/07/01")
    assert record["doi"] == "10.1000/182_3"
    assert record["keywords"] == ["cond-mat.soft", "hep-th"]


def pandoc(folder: Path, file: str, text: str) -> str:
    """A text that cites everything in a file, set by pandoc's citeproc in Chicago's author-date style, as HTML without tags."""
    (folder / file).write_text(text, encoding="utf-8")
    (folder / "cites.md").write_text(f"---\nbibliography: {folder / file}\nnocite: '@*'\n---\nText.\n")
    command = ["pandoc", "--citeproc", "--wrap=none", "-t", "html", str(folder / "cites.md")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.count('class="csl-entry"') == len(HARD) + 3
    return html.unescape(re.sub(r"<[^>]*>", "", done.stdout))


@needs_pandoc
@pytest.mark.parametrize(
    ("name", "file"), [("bibtex", "refs.bib"), ("csl-json", "refs.json"), ("ris", "refs.ris")]
)
def test_pandoc_cites_from_what_we_write(name: str, file: str, tmp_path: Path):
    if (
        name == "ris"
        and "ris"
        not in subprocess.run(
            ["pandoc", "--list-input-formats"], capture_output=True, text=True, check=True
        ).stdout.split()
    ):
        pytest.skip("this pandoc does not read RIS; 3.0 and later do")
    cited = pandoc(tmp_path, file, text_of(name, PAPER, BARE, UNKNOWN, *HARD))
    assert "Example, Ludwig van, Jr., The Sand Collaboration, and Élie Bo. 2025" in cited
    for shown in (
        "50% of R&D on #1",
        "Schrödinger’s",
        "BERT",
        "Under $0.1",
        "$5 and $6",
        "eRisk@CLEF",
        "Lamps Hum",
        "<b>bold</b> & <i>x</i>",
    ):
        assert shown.lower() in cited.lower(), shown
    assert "https://arxiv.org/abs/math/0309136" in cited


@needs_pandoc
def test_pandoc_leaves_formulas_and_signs_of_csl_as_they_are(tmp_path: Path):
    """Its default style sets titles with capitals."""
    title = r"the $SU(2)_L \times U(1)$ of $\mathcal{N}=4$, a<sub>2</sub> and $a<b>c_{x}$ of <i>this</i>"
    refs = tmp_path / "refs.json"
    refs.write_text(text_of("csl-json", Paper("2507.00001", title=title, author_text="Ada One")))
    command = ["pandoc", "--citeproc", "--wrap=none", "-t", "html", f"--bibliography={refs}"]
    asked = '---\nnocite: "@*"\n---\n'
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    shown = html.unescape(re.sub(r"<[^>]*>", "", done.stdout))
    assert re.search(re.escape(title), shown, re.IGNORECASE)
    assert r"$SU(2)_L \times U(1)$" in shown
    assert r"$\mathcal{N}=4$" in shown


@needs_pandoc
@pytest.mark.parametrize(("name", "file"), [("bibtex", "refs.bib"), ("csl-json", "refs.json")])
def test_pandoc_reads_accents_and_signs(name: str, file: str, tmp_path: Path):
    authors = r"A. Garc\'{\i}a, Anh Nguy{\~{\^e}}n, C. Ru\'\i z"
    paper = Paper("2507.00001", title=r"less < more > 5±1~m x\textasciitilde{}y", author_text=authors)
    (tmp_path / file).write_text(text_of(name, paper), encoding="utf-8")
    command = ["pandoc", "--citeproc", "--wrap=none", "-t", "plain", f"--bibliography={tmp_path / file}"]
    asked = '---\nnocite: "@*"\n---\n'
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "García, A., Anh Nguyễn, and C. Ruíz." in done.stdout
    assert "less < more > 5±1 m x~y" in done.stdout.replace("\u00a0", " ").lower()


@needs_pandoc
def test_one_cites_by_the_key_that_was_written(tmp_path: Path):
    (tmp_path / "refs.bib").write_text(text_of("bibtex", PAPER))
    command = [
        "pandoc",
        "--citeproc",
        f"--bibliography={tmp_path / 'refs.bib'}",
        "-t",
        "plain",
        "--wrap=none",
    ]
    done = subprocess.run(
        command, input="As [@vanexample2025taps] says.", capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("As (Example, The Sand Collaboration, and Bo 2025) says.")
    assert done.stderr == ""


@needs_pandoc
def test_pandoc_shows_markdown_as_text(tmp_path: Path):
    command = ["pandoc", "-f", "markdown", "-t", "html", "--wrap=none"]
    done = subprocess.run(
        command, input=text_of("markdown", *HARD), capture_output=True, text=True, check=True
    )
    assert done.stdout.count("<li>") == len(HARD)
    assert done.stdout.count("<a ") == len(HARD)
    assert not re.search(r"<(?:i|b|h\d|ol|code|blockquote)\b", done.stdout)
    shown = html.unescape(re.sub(r"<[^>]*>", "", done.stdout))
    for title in (
        "50% of R&D on #1: L_p and C^0 at ~62 Myr",
        "$5 and $6",
        "<b>bold</b> & <i>x</i>",
        "@article{x, and %",
    ):
        assert title in shown
