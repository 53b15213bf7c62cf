"""What is written and read again is what was written, as far as the format goes."""

from __future__ import annotations

import pytest
from hypothesis import given

from arxtui.core.display import clean
from arxtui.core.exchange import Reference, read, write
from arxtui.core.exchange.bibtex_text import loosen
from arxtui.core.exchange.names import names_of
from arxtui.core.exchange.plain import plain
from arxtui.core.papers import Paper
from tests.core.exchange.papers import LIBRARY, NOTED

FORMATS = ["jsonl", "bibtex", "ris", "csl-json"]


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
        if name in ("jsonl", "bibtex"):
            assert other.title == paper.title
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
        assert other.categories == (paper.categories[:1] if name == "bibtex" else paper.categories)


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
