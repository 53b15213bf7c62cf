"""What the reader makes of `sample_seeds`, told paper by paper."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import arxtui
from arxtui.core.papers import Entry, Paper, Problem


class Expected(NamedTuple):
    version: int | None
    title: str | None
    authors: int
    begins: str
    ends: str
    comments: str | None
    created: str | None
    updated: str | None
    files: tuple[str, ...]


EXPECTED = {
    "2603.01234": Expected(
        None, "Reading the Tide from Moored Boats", 3, "Harbours are full of instruments", "the code are public.",
        "14 pages, 6 figures; footage at the authors' page", "2026-03-02", "2026-03-19", ("000", "001", "006", "008"),
    ),
    "2511.00718": Expected(
        None, "Quiet Hours: Scheduling the Batteries of Shared Houses", 4, "Batteries in shared houses",
        "every house on a feeder does the same.", None, "2025-11-03", None, ("000", "006"),
    ),
    "1904.04211": Expected(
        3, r"Rumours with $\alpha$-Stable Legs", 2, "A rumour is passed on", "a branching walk that forgets.",
        "Version 3: the conjecture is now a theorem", "2019-04-08", "2021-01-30", ("000", "001"),
    ),
    "2304.10006": Expected(
        None, None, 0, "3D prints of bread crumb", "now there is a tensor.", None, "2023-04-20", None, ("000", "001"),
    ),
    "quant-ph/9702031": Expected(
        None, r"Schr\"odinger's Pendulum: Decoherence of a Clock that Is Seldom Read", 2, "A pendulum that nobody",
        "patience rather than cold.", "9 pages, LaTeX, 2 PostScript figures", "1997-02-14", None, ("003",),
    ),
    "astro-ph/9811052": Expected(
        None, "Dust on the Far Side of a Small Moon", 3, "We observed the occultation", "an unknown hill.", None,
        "1998-11-04", "1999-02-01", ("002", "003"),
    ),
    "math/0311207": Expected(
        2, r"A Bound on the Unknotting Number of Closed Ribbons in $\mathbb{R}^3$", 2, "Take a closed ribbon",
        "is sharp we do not know.", "11 pages, 15 figures", "2003-11-12", "2004-05-03", ("004", "007"),
    ),
    "q-bio/0512044": Expected(
        None, "Slow Rivers of Yeast", 2, "Colonies of yeast", "test it on 60 plates.", None, "2005-12-21", None, ("004",),
    ),
    "0811.2047": Expected(
        None, "What Lighthouses Say to Each Other", 2, "12 lighthouses on one coast", "the complaints alone.", None,
        "2008-11-13", None, ("002", "004"),
    ),
    "1006.1812": Expected(
        None, "Förster Transfer between Two Dyes in Honey", 2, "Honey is a solvent", "which we cannot explain.", None,
        "2010-06-10", None, ("005",),
    ),
    "1412.0467": Expected(
        None, "Élevage and Entropy: How Flocks Choose Their Paths in the Pyrénées", 3, "Shepherds say",
        "the paths of both summers.", "À paraître; 17 pages, 8 figures", "2014-12-01", "2015-02-17", ("005", "006"),
    ),
    "2208.05127": Expected(
        None, "Folding Maps without Creases", 2, "Paper maps tear", "folded it again.",
        "Patterns to print and cut are in the ancillary files", "2022-08-09", None, ("001", "007"),
    ),
    "1501.00023": Expected(
        None, None, 0, "Seed banks count seeds", "counted in this way.", "Short note, 4 pages. Sound files on request",
        None, None, ("002",),
    ),
    "2001.04412": Expected(
        None, None, 0, "von Neumann machines", "a price we compute exactly.", None, None, None, ("002",),
    ),
    "2104.11890": Expected(
        None, None, 0, "Tables printed in old almanacs", "without saying so.",
        "The method is that of arXiv:1904.04211 with other walkers; 22 pages", None, None, ("006",),
    ),
    "1707.03301": Expected(
        None, "Listening for Leaks in Wooden Aqueducts", 3, "Wooden aqueducts leak", "$600 a kilometre.", None,
        "2017-07-11", "2017-07-12", ("006",),
    ),
}  # fmt: skip

UNIDENTIFIED = {
    "On Pencils that Write Uphill": ("A pencil drawn up", "who first noticed this.", "007"),
    "Weather from the Shutters of a Street": ("People close shutters", "the shutters are being pain", "008"),
}


@pytest.fixture
def papers(sample_seeds: Path) -> dict[str, Paper]:
    with arxtui.open_library([sample_seeds]) as library:
        library.refresh()
        results = library.search()
        assert results.total == len(EXPECTED) + len(UNIDENTIFIED)
        return {row.key: library.paper(row.key) for row in results}


def files_of(paper: Paper) -> tuple[str, ...]:
    return tuple(sorted(Path(occurrence.path).name[:3] for occurrence in paper.occurrences))


def test_every_paper_is_found_and_none_invented(papers: dict[str, Paper]) -> None:
    assert {paper.identifier for paper in papers.values()} - {None} == set(EXPECTED)


@pytest.mark.parametrize("key", EXPECTED)
def test_a_paper_has_every_field(papers: dict[str, Paper], key: str) -> None:
    paper, expected = papers[key], EXPECTED[key]
    abstract = paper.abstract or ""
    found = Expected(
        paper.version,
        paper.title,
        len(paper.authors),
        abstract[: len(expected.begins)],
        abstract[-len(expected.ends) :],
        paper.comments,
        paper.created,
        paper.updated,
        files_of(paper),
    )
    assert found == expected


def test_an_entry_without_identifier_goes_to_the_paper_whose_text_it_repeats(
    papers: dict[str, Paper],
) -> None:
    matched = {
        key for key, paper in papers.items() if any(place.matched_by_text for place in paper.occurrences)
    }
    assert matched == {"2511.00718"}
    assert [place.matched_by_text for place in papers["2511.00718"].occurrences] == [False, True]


def test_entries_that_nobody_can_identify_are_kept(papers: dict[str, Paper]) -> None:
    found = {
        paper.title: (paper.abstract or "", *files_of(paper))
        for paper in papers.values()
        if paper.identifier is None
    }
    assert found.keys() == UNIDENTIFIED.keys()
    for title, (begins, ends, file) in UNIDENTIFIED.items():
        abstract, *files = found[title]
        assert abstract.startswith(begins)
        assert abstract.endswith(ends)
        assert files == [file]


def test_a_paragraph_break_is_kept(papers: dict[str, Paper]) -> None:
    assert "Where two colonies meet they form a ridge that neither crosses.\n" in (
        papers["q-bio/0512044"].abstract or ""
    )


def test_counts(sample_seeds: Path) -> None:
    with arxtui.open_library([sample_seeds]) as library:
        library.refresh()
        counts = library.counts()
    size = sum(path.stat().st_size for path in sample_seeds.rglob("*.txt"))
    found = (
        counts.papers,
        counts.occurrences,
        counts.files,
        counts.problems,
        counts.unidentified,
        counts.bytes,
    )
    assert found == (18, 29, 9, 5, 2, size)


def test_problems_are_reported_with_file_and_line(sample_seeds: Path) -> None:
    with arxtui.open_library([sample_seeds]) as library:
        library.refresh()
        problems = library.problems()
    assert {(Path(problem.path).name[:3], problem.line, problem.kind) for problem in problems} == {
        ("005", 1, "not-utf8"),
        ("005", 9, "not-utf8"),
        ("006", 16, "no-identifier"),
        ("007", 6, "no-identifier"),
        ("008", 9, "truncated"),
    }


@pytest.mark.parametrize(
    ("file", "layouts"),
    [
        ("000", ["record"] * 4),
        ("001", ["inline"] * 4),
        ("002", ["inline"] * 4),
        ("006", ["record", "inline", "record", "inline", "record"]),
    ],
)
def test_parse_tells_layouts_apart(sample_seeds: Path, file: str, layouts: list[str]) -> None:
    (path,) = sample_seeds.rglob(f"{file}_*.txt")
    assert [item.layout for item in arxtui.parse(path) if isinstance(item, Entry)] == layouts


def test_parse_takes_bytes_as_well_as_a_path(sample_seeds: Path) -> None:
    for path in sample_seeds.rglob("*.txt"):
        from_path = list(arxtui.parse(path))
        assert from_path == list(arxtui.parse(path.read_bytes()))
        assert any(isinstance(item, Problem) for item in from_path) == (
            path.name[:3] in {"005", "006", "007", "008"}
        )
