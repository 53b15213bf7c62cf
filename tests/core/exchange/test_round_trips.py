"""What is written and read again is what was written, as far as the format goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.display import clean
from arxtui.core.exchange import Reference, read, write
from arxtui.core.exchange.bibtex_text import loosen
from arxtui.core.exchange.names import names_of
from arxtui.core.exchange.plain import plain
from arxtui.core.exchange.references import tag_text, with_line_feeds
from arxtui.core.papers import Paper
from tests.core.exchange.papers import BARE, HOSTILE, LIBRARY, NOTED, PAPER, UNKNOWN

FORMATS = ["jsonl", "bibtex", "ris", "csl-json"]
LINES = (
    "costs $5 or $10, see p_2", r"a \% b", "set {1,2}", r"\alpha and \'e, {\em x} -- ~ ``q''", "c {d}", "a,b; c", "Comments: my own",
    "Comment: mine: too", "<p>x</p>", "<p>Comment: x</p>", "TY  - JOUR", "@misc{a, title={x}}", "2401.00001", "see arXiv:2401.00001", "hep-th", r"\hep-th", r"\\cs.LG", "\\", "\\x\\", "{,}", "^_#&",
)  # fmt: skip
"""What notes and tags may be that formats take for something of theirs."""


def again(name: str, papers: list[Paper]) -> dict[str, Paper]:
    imported = read("".join(write(name, lambda: papers)))
    assert imported.format == name
    assert not imported.problems
    return {reference.paper.key: reference.paper for reference in imported.references}


def people(paper: Paper) -> list[tuple[str, ...]]:
    """The names, in letters: TeX and Unicode of a letter are the same."""
    return [
        (plain(name.family), plain(name.given), plain(name.particle), name.suffix) for name in names_of(paper)
    ]


@pytest.mark.parametrize("name", FORMATS)
@given(LIBRARY)
def test_identifiers_titles_authors_and_dates_come_back(name: str, papers: list[Paper]):
    found = again(name, papers)
    assert list(found) == [paper.key for paper in papers]
    for paper in papers:
        other = found[paper.key]
        if name == "jsonl":
            assert other.title == paper.title
        elif name == "bibtex":  # which has no dotless i below an accent, for readers that know none
            assert other.title == (paper.title and paper.title.replace(r"{\i}", "{i}"))
        else:
            assert other.title == (plain(paper.title) if paper.title else None)
        # RIS parts names at a comma, and has no way to keep one.
        expected = [
            tuple(part.replace(",", "") if name == "ris" else part for part in each) for each in people(paper)
        ]
        assert people(other) == expected
        if name == "bibtex":
            assert other.date[:7] == paper.date[:7]
        else:
            assert other.date == paper.date
        assert other.doi == paper.doi
        assert other.journal_ref == paper.journal_ref
        old = ("hep-th",) if paper.key.startswith("hep-th/") else ()
        assert other.categories == (paper.categories[:1] or old if name == "bibtex" else paper.categories)


@given(LIBRARY)
def test_json_lines_keep_everything(papers: list[Paper]):
    found = again("jsonl", papers)
    for paper in papers:
        other = found[paper.key]
        assert (other.abstract, other.comments) == (paper.abstract, paper.comments)
        assert other.authors == paper.authors


@pytest.mark.parametrize("name", ["csv", "markdown", "ids"])
@given(LIBRARY)
def test_other_formats_keep_the_identifiers(name: str, papers: list[Paper]):
    imported = read("".join(write(name, lambda: papers)))
    assert [reference.paper.key for reference in imported.references] == [paper.key for paper in papers]


@pytest.mark.parametrize("name", FORMATS)
def test_tags_and_notes_come_back(name: str):
    (reference,) = read("".join(write(name, lambda: [NOTED]))).references
    assert reference.tags == NOTED.tags
    assert reference.note == NOTED.note


INVISIBLE = "می\u200cخواهم \U0001f469\u200d\U0001f467 soft\u00adhyphen \u202eabc\u202c page\x0cbreak line\u2028end \x1b[31m"


@pytest.mark.parametrize("name", ["bibtex", "ris", "csv", "markdown"])
def test_a_file_has_the_note_as_it_is(name: str):
    assert INVISIBLE in "".join(write(name, lambda: [Reference(PAPER, note=INVISIBLE)])).replace("\\[", "[")


@pytest.mark.parametrize("name", FORMATS)
def test_what_does_not_show_comes_back(name: str):
    (reference,) = read("".join(write(name, lambda: [Reference(PAPER, note=INVISIBLE)]))).references
    assert reference.note == INVISIBLE


ANYTHING = (
    st.text(max_size=20)
    | HOSTILE
    | st.text(st.sampled_from("\\ab ,;{}\n\t-:\x0b\x0c\x1b\x1f\x85\xad\u200d\u2028\u202e"), max_size=12)
)
NOTE = (
    st.lists(ANYTHING | st.sampled_from([*LINES, "  - a", "\ttab", "\r", "end  "]), max_size=4)
    .map("\n".join)
    .map(lambda note: note if note.strip() else "")
)
TAGS = st.lists(
    (ANYTHING | st.sampled_from([*LINES])).map(tag_text).filter(bool), max_size=3, unique=True
).map(tuple)


@pytest.mark.parametrize("name", FORMATS)
@given(st.sampled_from([BARE, PAPER, UNKNOWN]), NOTE, TAGS)
def test_any_note_and_any_tags_come_back(name: str, paper: Paper, note: str, tags: tuple[str, ...]):
    imported = read("".join(write(name, lambda: [Reference(paper, tags, note)])))
    assert imported.format == name
    (reference,) = imported.references
    lines = note if name in ("jsonl", "csl-json") else with_line_feeds(note)
    assert (reference.note or "", reference.tags) == (lines, tags)
    assert reference.paper.identifier == paper.identifier
    assert set(reference.paper.categories) <= set(paper.categories)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("line", LINES)
def test_what_looks_like_something_else_comes_back(name: str, line: str):
    note = f"one\n\n{line}\n  - two"
    for paper in (PAPER, UNKNOWN):
        text = "".join(write(name, lambda: [Reference(paper, (line, "x"), note)]))  # noqa: B023
        (reference,) = read(text).references
        assert (reference.note, reference.tags) == (note, (line, "x"))
        assert reference.paper.identifier == paper.identifier


def test_a_note_in_csv_adds_no_papers():
    """Its lines are text, whatever they begin with."""
    text = "".join(write("csv", lambda: [Reference(PAPER, note='see\n2401.00001 "too"\n2401.00002'), BARE]))
    imported = read(text)
    assert [reference.paper.key for reference in imported.references] == [PAPER.key, BARE.key]
    assert not imported.problems


@given(LIBRARY)
def test_a_list_passed_on_and_on_does_not_decay(papers: list[Paper]):
    once = again("bibtex", papers)
    twice = again("bibtex", list(once.values()))
    assert twice == once


def test_a_title_of_another_program_is_written_as_it_was_meant():
    (reference,) = read(
        r"@misc{a, eprint={2507.00001}, title={{BERT} \& {\"U}ber 50\% in $\Lambda$CDM}}"
    ).references
    assert reference.paper.title == loosen(clean(r"BERT \& {\"U}ber 50\% in $\Lambda$CDM"))
    text = "".join(write("bibtex", lambda: [Reference(reference.paper)]))
    assert r"title = {{BERT} \& {{\"U}ber} 50\% in {$\Lambda$CDM}}," in text
