"""Files of other programs read: what is in them, and what is said of the rest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.exchange import Imported, format_of, read, write
from arxtui.core.papers import Paper
from tests.core.exchange.papers import HOSTILE

ARXIV = r"""% a comment with an @ in it
@string{js = "J. Sand"}
@misc{one2025taps,
      title={Taps on {S}and: R\&D},
      author={Ada One and von Two, Jr., B. and {Sand Collaboration}},
      year={2025},
      eprint={2507.00001v2},
      archivePrefix={arXiv},
      primaryClass={cond-mat.soft},
}
@article(two, title = "Lamps {"}hum{"}", journal = js # { B}, volume = 7, number = 2, pages = {1--9}, year = 2024,
  author = "Cy Three", url = {https://arxiv.org/abs/math.GT/0309136}, keywords = {lamps, hep-th; to read}, note = {Nice})
@article{scholar, title={A}, journal={arXiv preprint arXiv:1706.00001}, year={2017}}
@article{DBLP:journals/corr/abs-2001-00001, title={B}, journal={CoRR}, volume={abs/2001.00002}}
@misc{old, title={C}, eprint={9901001}, primaryClass={hep-th}}
"""


def papers_of(imported: Imported) -> dict[str, Paper]:
    return {reference.paper.key: reference.paper for reference in imported.references}


def said(imported: Imported) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in imported.problems]


def test_bibtex():
    imported = read(ARXIV)
    assert imported.format == "bibtex"
    assert imported.problems == ()
    papers = papers_of(imported)
    assert list(papers) == ["2507.00001", "math/0309136", "1706.00001", "2001.00002", "hep-th/9901001"]
    assert papers["2507.00001"] == Paper(
        "2507.00001",
        version=2,
        title="Taps on Sand: R&D",
        author_text="Ada One, B. von Two Jr., Sand Collaboration",
        categories=("cond-mat.soft",),
    )
    assert papers["math/0309136"].title == 'Lamps "hum"'
    assert papers["math/0309136"].journal_ref == "J. Sand B 7(2), 1-9 (2024)"
    assert papers["math/0309136"].created is None  # 2024 is the journal's year
    second = imported.references[1]
    assert (second.line, second.tags, second.note) == (11, ("lamps", "to read"), "Nice")
    assert second.paper.categories == ("hep-th",)


BETTER_BIBLATEX = r"""
@online{beethoven_2021,
  title = {{\textless}i{\textgreater}Cat{\textless}/i{\textgreater} of 5{\textpm}1 {\textmu}m},
  author = {family=Beethoven, given=Ludwig, prefix=van, useprefix=true and Nguy{\~{\^e}}n, Anh and O{\textquoteright}Neil, Bo},
  date = {2021-02-03}, eprint = {2101.00001}, eprinttype = {arXiv}, eprintclass = {cs.LG}, keywords = {to read},
}"""


@pytest.mark.parametrize(
    ("journal", "expected"),
    [("\\apjl", "ApJL 875(1), L1 (2019)"), ("\\prd{}", "Phys. Rev. D 875(1), L1 (2019)"), ("\\foo", "foo 875(1), L1 (2019)"),
     (r"J. \'Etat", r"J. \'Etat 875(1), L1 (2019)")],
)  # fmt: skip
def test_commands_that_stand_for_journals(journal: str, expected: str):
    """As ADS writes them."""
    fields = "volume = {875}, number = {1}, eid = {L1}, year = 2019, eprint = {1906.11238}"
    (reference,) = read(f"@article{{a, journal = {{{journal}}}, {fields}}}").references
    assert reference.paper.journal_ref == expected


@pytest.mark.parametrize("field", ["primaryclass = {cs}", "eprintclass = {math}"])
def test_an_archive_alone_is_no_tag(field: str):
    (reference,) = read(f"@misc{{a, eprint = {{2507.00001}}, {field}, keywords = {{cs}}}}").references
    assert (reference.paper.categories, reference.tags) == ((), ("cs",))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [('author = "Aad, Georges and others", collaboration = "ATLAS"', "ATLAS Collaboration, Georges Aad, et al."),
     ("author = {A. One and {The CMS Collaboration}}, collaboration = {CMS}", "A. One, The CMS Collaboration"),
     ("collaboration = {LIGO Scientific and Virgo}", "LIGO Scientific Collaboration, Virgo Collaboration")],
)  # fmt: skip
def test_a_collaboration_is_an_author(fields: str, expected: str):
    """INSPIRE names it in a field of its own."""
    (reference,) = read(f"@article{{a, {fields}, eprint = {{1207.7214}}}}").references
    assert reference.paper.author_text == expected


def test_what_better_biblatex_writes():
    (reference,) = read(BETTER_BIBLATEX).references
    paper = reference.paper
    assert paper.title == "<i>Cat</i> of 5±1 µm"
    assert paper.author_text == r"Ludwig van Beethoven, Anh Nguy{\~{\^e}}n, Bo O’Neil"
    assert (paper.categories, reference.tags) == (("cs.LG",), ("to read",))
    assert (paper.created, reference.cited_as) == ("2021-02-03", "beethoven_2021")
    ris = "".join(write("ris", lambda: [reference]))
    assert "TI  - <i>Cat</i> of 5±1 µm\n" in ris
    assert "AU  - Nguyễn, Anh\nAU  - O’Neil, Bo\n" in ris
    (again,) = read("".join(write("bibtex", lambda: [reference]))).references
    assert (again.paper.title, again.paper.author_text) == (paper.title, paper.author_text)


def test_bibtex_without_an_identifier_is_kept_by_its_title_and_said_so():
    imported = read("@article{foo, title = {Lamps}, author={Ada One}, year=2020}\n\n@misc{bar, year={2020}}")
    assert said(imported) == [
        "1: no arXiv identifier: @article{foo} is kept by its title",
        "3: no arXiv identifier and no title: @misc{bar} is left out; add an eprint or a title",
    ]
    (reference,) = imported.references
    assert reference.paper.key.startswith("text:")
    assert (reference.paper.title, reference.paper.created) == ("Lamps", "2020")


def test_what_stands_complete_behind_an_open_brace_is_read():
    text = '@misc{a, title={Unclosed {brace, eprint={2101.00001}, year = 2021,\n  author = "Ada One"}\n\n@misc{b, eprint={2507.00002}}'
    imported = read(text)
    assert said(imported) == ["1: @misc{a} has a field that does not end: read up to there"]
    first, second = imported.references
    assert (first.paper.key, first.paper.author_text, first.paper.date) == (
        "2101.00001",
        "Ada One",
        "2021-01",
    )
    assert (first.paper.title, first.cited_as) == ("Unclosed {brace", "a")
    assert second.paper.key == "2507.00002"


COMMENT = "12 pages, 3 figures"


def test_a_comment_of_the_authors_is_no_note():
    """Zotero keeps what arXiv has of it as a note, in RIS as HTML."""
    bib, ris = (
        "@misc{a, eprint={2507.00001}, annote={%s}}",
        "TY  - JOUR\nAN  - arXiv:2507.00001\nN1  - %s\nER  - \n",
    )
    for text in (
        bib % f"Comment: {COMMENT}",
        ris % f"<p>Comment: {COMMENT}</p>",
        ris % f"Comment: {COMMENT}",
    ):
        (reference,) = read(text).references
        assert (reference.paper.comments, reference.note) == (COMMENT, None)
    (reference,) = read(ris % "<p>Nice &amp; <b>short</b>,<br/>a &lt; b.</p>\n<p>See p. 7.</p>").references
    assert (reference.paper.comments, reference.note) == (None, "Nice & short,\na < b.\nSee p. 7.")


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (
            "@misc{a, title = {Taps, eprint = {2507.00001},\n@misc{b, eprint={2507.00002}}",
            "a field that does not end",
        ),
        (
            '@misc{a, eprint = {2507.00001}, title = "Taps,\n}\n\n@misc{b, eprint={2507.00002}}',
            "a field that does not end",
        ),
        (
            "@misc{a, eprint = {2507.00001}, title\n}\n@misc{b, eprint={2507.00002}}",
            "something that is no field",
        ),
        (
            "@misc{a, eprint = {2507.00001}, title = ,\n}\n@misc{b, eprint={2507.00002}}",
            "a field without a value",
        ),
        ("@misc{a, eprint = {2507.00001}\n@misc{b, eprint={2507.00002}}", "does not end"),
    ],
)
def test_reading_goes_on_behind_what_is_damaged(broken: str, what: str):
    imported = read(broken)
    assert "2507.00002" in papers_of(imported)
    assert any(line.startswith("1: @misc{a} has") and what in line for line in said(imported))


def test_ris():
    imported = read(
        "TY  - JOUR\r\nT1  - Taps\r\n  on sand\r\nA1  - One, Ada\r\nAU  - von Two, B., Jr.\r\nY1  - 2020/03/04/\r\nUR  - https://arxiv.org/abs/2507.00001v3"
        "\r\nKW  - sand\r\nKW  - hep-th\r\nN1  - Nice\r\nN1  - Comments: 3 pages\r\nJO  - J. Sand\r\nDO  - https://doi.org/10.1000/182\r\nER  - \r\n\r\nstray\r\n"
        "TY  - RPRT\r\nTI  - Lamps\r\nPY  - 2020\r\nTY  - UNPB\r\nAN  - arXiv:math/0309136\r\n"
    )
    assert imported.format == "ris"
    first = imported.references[0]
    assert first.paper == Paper(
        "2507.00001",
        version=3,
        title="Taps on sand",
        author_text="B. von Two Jr., Ada One",
        comments="3 pages",
        categories=("hep-th",),
        doi="10.1000/182",
        journal_ref="J. Sand",
        created="2020-03-04",
    )
    assert (first.tags, first.note, first.line) == (("sand",), "Nice", 1)
    assert said(imported) == [
        "16: no line of a record: 'stray' is left out",
        "17: a record has no line ER: it is read up to the next TY",
        "17: no arXiv identifier: the record Lamps is kept by its title",
        "20: the last record has no line ER: it is read up to the end",
    ]
    assert imported.references[2].paper.key == "math/0309136"


def test_csl_json():
    items = [
        {
            "id": "one",
            "title": "Taps on <i>sand</i> in H<sub>2</sub>O",
            "author": [
                {"family": "Two", "given": "B.", "non-dropping-particle": "von", "suffix": "Jr."},
                {"literal": "The A, B Group"},
            ],
            "issued": {"date-parts": [["2020", 3, "4"]]},
            "note": "arXiv:2507.00001 [cs]",
            "annote": "Nice",
            "keyword": "sand, hep-th",
            "DOI": "10.48550/arXiv.2507.00001",
        },
        7,
        {"id": 5, "title": "Lamps", "issued": {"raw": "2020-03"}},
        {"id": "none"},
    ]
    imported = read(json.dumps(items, indent=1))
    assert imported.format == "csl-json"
    first = imported.references[0]
    assert first.paper == Paper(
        "2507.00001",
        title="Taps on sand in H$_{2}$O",
        author_text="B. von Two Jr., {The A, B Group}",
        categories=("hep-th",),
        created="2020-03-04",
    )
    assert (first.tags, first.note, first.line) == (("sand",), "Nice", 2)
    assert [line.partition(":")[2] for line in said(imported)] == [
        " no item of CSL-JSON, which are objects: left out",
        " no arXiv identifier: the item 5 is kept by its title",
        " no arXiv identifier and no title: the item none is left out; add an eprint or a title",
    ]
    assert read(json.dumps(items[0], indent=1)).references[0] == first._replace(line=1)
    cut = read(json.dumps(items)[:-40])
    assert cut.references[0].paper.key == "2507.00001"
    assert said(cut)[-1] == "1: no JSON from here on: what stands before it is read"


def test_lists_of_identifiers_and_links():
    imported = read(
        "# to read\n2507.00001\narXiv:2507.00002v3  Taps, which cites 2401.00001\n\nsee https://arxiv.org/pdf/math.GT/0309136v1.pdf, and [here](http://arxiv.org/abs/2507.00003).\n"
        "nothing here\n2507.00004 2507.00005, hep-th/9901001\ntext:0011223344556677\nhttps://example.org/papers/2507.00006\n2507.00001\n"
    )
    assert imported.format == "ids"
    assert [reference.paper.key for reference in imported.references] == [
        "2507.00001", "2507.00002", "math/0309136", "2507.00003", "2507.00004", "2507.00005", "hep-th/9901001",
        "text:0011223344556677", "2507.00006",
    ]  # fmt: skip
    assert imported.references[1].paper.version == 3
    assert said(imported) == [
        "6: no arXiv identifier: 'nothing here' is left out",
        "10: 2507.00001 stands already in line 2: taken as one paper",
    ]


def test_json_lines():
    imported = read(
        '{"id": "2507.00001", "version": 2, "title": "Taps", "authors": ["Ada One (Lab, Town)"], "tags": ["a"]}\n[1]\n{"title": 3}\n{"id": "x"}\n'
    )
    assert imported.format == "jsonl"
    assert imported.references[0].paper == Paper(
        "2507.00001", version=2, title="Taps", author_text="Ada One (Lab, Town)"
    )
    assert imported.references[0].tags == ("a",)
    assert [problem.line for problem in imported.problems] == [2, 3, 4]


VIEWER = {
    "format": "arxiv-browser-metadata",
    "version": 1,
    "paper_metadata": {
        "2507.00001": {
            "notes": "Nice",
            "tags": ["sand", 3],
            "is_read": True,
            "starred": False,
            "next_review_date": "2026-01-01",
            "line_annotations": [{"line": 4, "text": "why?"}],
        },
        "nonsense": {"notes": "lost?"},
        "math/0309136": {"starred": True},
    },
    "watch_list": [{"pattern": "One"}],
    "collections": [
        {"name": "Sand", "description": "All of it", "paper_ids": ["2507.00002", "2507.00001", "x"]},
        {"paper_ids": []},
        {"name": "Later", "paper_ids": []},
    ],
    "bookmarks": [
        {"name": "Mine", "query": 'cat:cs.LG author:="J Two" "cat:x" unread OR starred'},
        {"name": "Half", "query": "(sand"},
        {"query": "sand"},
    ],
    "marks": {"a": "2507.00001v2", "b": "nowhere"},
}


def test_the_json_of_arxiv_subscription_viewer():
    imported = read(json.dumps(VIEWER, indent=2), "export.json")
    assert imported.format == "arxiv-subscription-viewer"
    first, starred, collected = imported.references
    assert (first.paper, first.tags, first.note, first.read, first.starred) == (
        Paper("2507.00001"),
        ("sand", "3"),
        "Nice\nline 4: why?",
        True,
        False,
    )
    assert (starred.paper.key, starred.starred, starred.read) == ("math/0309136", True, False)
    assert collected.paper.key == "2507.00002"
    sand, later = imported.lists
    assert sand == ("Sand", "All of it", ("2507.00002", "2507.00001"))
    assert later == ("Later", "", ())
    assert imported.searches == (("Mine", 'category:cs.LG author:"J Two" "cat:x" is:unread OR is:starred'),)
    assert imported.marks == (("a", "2507.00001"),)
    assert [message.partition(": ")[2] for message in said(imported)] == [
        "2507.00001: its date of review is left out",
        "no arXiv identifier: 'nonsense' is left out",
        "watch_list is left out: arxtui has nothing of the kind",
        "no arXiv identifier in Sand: 'x' is left out",
        "a collection without a name is left out",
        "the saved search Half is left out: the parenthesis is still open: close it with )",
        "a saved search without a name or a query is left out",
        "the mark 'b' is on no arXiv identifier: left out",
    ]
    config = {key: value for key, value in VIEWER.items() if key != "format"} | {"theme": {}}
    assert read(json.dumps(config)).references[0].note == "Nice\nline 4: why?"


def test_marks_and_searches_alone_are_something():
    imported = read(json.dumps({"paper_metadata": {}, "marks": {"a": "2507.00001"}}))
    assert (imported.problems, imported.is_empty) == ((), False)
    imported = read(json.dumps({"paper_metadata": {}}))
    assert said(imported) == ["1: there is nothing in this file that looks like arxiv-subscription-viewer"]
    assert imported.is_empty


def test_one_paper_twice_is_one_with_all_that_is_said_of_it():
    imported = read(
        "@misc{a, eprint={2507.00001}, keywords={x}, annote={one}}\n@misc{b, title={T}, eprint={2507.00001v2}, keywords={y}, annote={two}}"
    )
    (reference,) = imported.references
    assert (reference.tags, reference.note) == (("x", "y"), "one\ntwo")
    assert (reference.paper.title, reference.paper.version) == ("T", 2)
    assert said(imported) == ["2: 2507.00001 stands already in line 1: taken as one paper"]


@pytest.mark.parametrize(
    ("text", "hint", "form"),
    [
        ("", "", "ids"),
        ("", "x.bib", "bibtex"),
        ("", "x.csv", "ids"),
        ("% nothing yet", "x.BIB", "bibtex"),
        ("  \n@article{a,", "x.txt", "bibtex"),
        ("\nTY - JOUR", "", "ris"),
        ("[]", "", "csl-json"),
        ("[see 2507.00001]", "", "ids"),
        ('{"id": 1}', "x.json", "jsonl"),
    ],
)
def test_the_text_tells_the_format_and_the_name_helps(text: str, hint: str, form: str):
    assert format_of(text, hint) == form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str):
    imported = read("@misc{a, eprint={2507.00001}, title={Élan}}".encode(encoding))
    assert imported.references[0].paper.title == "Élan"


def test_an_empty_file_is_said_to_be_one():
    assert said(read(b"", "x.bib")) == ["1: there is nothing in this file that looks like bibtex"]


FORMS = st.sampled_from(["", "x.bib", "x.ris", "x.json", "x.jsonl", "x.txt"])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bounds for a<b and c>d in rings", "Bounds for a<b and c>d in rings"),
        ("When p<i and q>j hold, or a<b>c", "When p<i and q>j hold, or a<b>c"),
        ("<i>D. <B>a</B></i><sub><i>n</i></sub>", "D. a$_{n}$"),
        ('<span style="font-variant: small-caps;">Gaia</span> at 10<sup>4</sup>', "Gaia at 10$^{4}$"),
        ("<i>for a<b>c</i>", "for a<b>c"),
    ],
)
def test_of_titles_tags_alone_are_taken_out(title: str, expected: str):
    csl = json.dumps([{"id": "a", "title": title, "abstract": title, "number": "arXiv:2507.00001"}])
    ris = f"TY  - UNPB\nTI  - {title}\nAB  - {title}\nAN  - arXiv:2507.00001\nER  - \n"
    for text in (csl, ris):
        (reference,) = read(text).references
        assert (reference.paper.title, reference.paper.abstract) == (expected, expected)


@pytest.mark.parametrize("key", ["o'neil2020", "with space", "http://zotero.org/users/1/items/ABC"])
def test_a_citation_key_that_is_not_kept_is_told(key: str):
    bibtex = f"@misc{{{key},\n  eprint = {{2507.00001}},\n}}"
    csl = json.dumps([{"id": key, "number": "arXiv:2507.00001"}])
    ris = f"TY  - UNPB\nID  - {key}\nAN  - arXiv:2507.00001\nER  - \n"
    for text in (bibtex, csl, ris):
        imported = read(text)
        (reference,), (problem,) = imported.references, imported.problems
        assert (reference.paper.key, reference.cited_as) == ("2507.00001", None)
        assert problem.message.startswith(f"the citation key {key} is not kept")
        assert (problem.line, problem.lost) == (1, False)


def test_the_comma_behind_a_key_may_be_missing():
    (reference,) = read("@misc{key eprint = {2507.00001}, year = 2025}").references
    assert (reference.paper.key, reference.cited_as) == ("2507.00001", "key")


PIECES = st.sampled_from(
    ["@misc{", "@string{a=", "@comment{", "eprint={", "title=", '"', "}", ",", "#", "\n", "TY  - ", "AU  - ", "ER  - \n", "[", "{",
     '"id":', '"author":', '"issued":{"date-parts":[[', "]]}", "2507.00001", "math/0309136", ":", "null", "1e999", "\\u0000", '{"paper_metadata":{',
     '"collections":[', '"format":"arxiv-browser-metadata"', "and ", ", "]
)  # fmt: skip


@given(st.lists(PIECES | HOSTILE, max_size=25).map("".join), FORMS)
def test_nothing_raises_whatever_is_in_a_file(text: str, hint: str):
    imported = read(text, hint)
    assert not imported.is_empty or imported.problems
    assert len({reference.paper.key for reference in imported.references}) == len(imported.references)
    assert all(1 <= problem.line <= text.count("\n") + text.count("\r") + 1 for problem in imported.problems)


@given(st.binary(max_size=200), FORMS)
def test_nothing_raises_whatever_bytes_there_are(data: bytes, hint: str):
    assert read(data, hint).format


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["id", "title", "author", "issued", "date-parts", "family", "given", "paper_metadata", "collections", "name", "paper_ids", "tags", "notes", "2507.00001", "authors", "version"]), inner, max_size=4), max_leaves=20))  # fmt: skip
def test_nothing_raises_whatever_json_there_is(value: object):
    for text in (json.dumps(value), json.dumps([value])):
        assert read(text, "x.json").format


@pytest.mark.parametrize(
    "piece",
    [
        "@misc{a,\n",
        "@misc{a, t={",
        '@misc{a, t="',
        "TY  - JOUR\n",
        "[",
        '{"a":',
        "[{},",
        "@comment{",
        "@misc(",
        "2507.00001 ",
    ],
)
def test_long_damaged_files_take_no_longer_than_their_length(piece: str):
    """A scan to the end of the file for each entry of it would not come back."""
    imported = read(piece * 20_000)
    assert imported.references or imported.problems
