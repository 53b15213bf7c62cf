"""Similar papers, the same work under two identifiers, facets, completion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arxtui.library import Library, UnknownPaper, open_library

from .texts import CLOCKS, SAMPLES, SAND

GRAINS = SAND._replace(
    key="2412.00011",
    title="Grains under taps",
    authors="Gil Five",
    abstract="A heap of dry grains settles when its plate is tapped. We count taps and measure the angle of rest.",
    created="2024-12-01",
)
SAND_AGAIN = SAND._replace(
    key="2301.00012",
    title="Sand, tapped",
    authors="Nobody Else",
    abstract=SAND.abstract.replace("all the curves", "all of the curves"),
    created="2023-01-01",
)
CLOCKS_AGAIN = CLOCKS._replace(
    key="2402.00013", abstract="Another text altogether.", authors="G. Dorn", created="2024-02-01"
)
CLOCKS_OTHER = CLOCKS._replace(
    key="2403.00014", abstract="Yet another text.", authors="Ann Other", created="2024-03-01"
)


@pytest.fixture
def library(folder: Path, open_here: Callable[..., Library]) -> Library:
    (folder / "a b").mkdir()
    (folder / "one.txt").write_text("".join(paper.record() for paper in SAMPLES))
    (folder / "a b" / "more.txt").write_text(
        "".join(paper.record() for paper in (GRAINS, SAND_AGAIN, CLOCKS_AGAIN, CLOCKS_OTHER, SAND))
    )
    library = open_here()
    library.refresh()
    return library


def test_similar_papers_leave_the_paper_and_its_twins_out(library: Library):
    found = list(library.similar(SAND.key).keys())
    assert found[0] == GRAINS.key
    assert SAND.key not in found
    assert SAND_AGAIN.key not in found
    assert library.similar(SAND.key).total == len(found) == len(set(found))


def test_what_shares_next_to_nothing_is_not_similar(folder: Path, open_here: Callable[..., Library]):
    ring = "Moons keep ringlets of ice apart by resonance. Dust falls, shadows cool, a dozen gaps open and drift."
    again = "Ringlets drift where gaps of dust open: resonance with moons, ice that cools in shadows, and no apart."
    other = (
        "Bread rises while warm yeast works. A dozen loaves stood weighed, cut, buttered, eaten, and praised."
    )
    texts = [ring, again, other, *(f"Weather number {number}, and a note." for number in range(40))]
    (folder / "all.txt").write_text(
        "".join(f"{text}\narXiv:2401.{at:05}\n" for at, text in enumerate(texts, 1))
    )
    library = open_here()
    library.refresh()
    assert library.search("dozen").total == 2, "a word that two papers share"
    assert list(library.similar("2401.00001").keys()) == ["2401.00002"]


def test_similar_papers_are_found_once_papers_were_indexed_again(
    folder: Path, open_here: Callable[..., Library]
):
    library = open_here()
    for note in ("first", "second"):
        (folder / "lamps.txt").write_text(
            "".join(
                f"Lamps {thing}.\n{note if number else 'only'} note\narXiv:2401.0000{number}\n"
                for number, thing in enumerate(
                    ("swing", "burn low", "are blue glass", "hum", "lean", "of stone", "fall")
                )
            )
        )
        library.refresh()
    found = list(library.similar("2401.00003").keys())
    assert "2401.00003" not in found
    assert len(found) == len(set(found)) > 0


def test_an_abstract_that_is_nearly_the_same_may_be_the_same_work(library: Library):
    assert [row.key for row in library.possibly_same(SAND.key)] == [SAND_AGAIN.key]
    assert [row.key for row in library.possibly_same(SAND_AGAIN.key)] == [SAND.key]
    assert library.possibly_same(GRAINS.key) == []


def test_title_and_first_author_may_be_the_same_work(library: Library):
    """A title alone is not enough: parts and answers share titles."""
    assert [row.key for row in library.possibly_same(CLOCKS.key)] == [CLOCKS_AGAIN.key]
    assert library.possibly_same(CLOCKS_OTHER.key) == []


@pytest.mark.parametrize("ask", ["similar", "possibly_same"])
def test_papers_that_are_not_there(library: Library, ask: str):
    with pytest.raises(UnknownPaper):
        getattr(library, ask)("2507.99999")


@pytest.mark.parametrize("query", ["", "taps", "the -snow", "date:2024.."])
def test_facets_count_what_was_found(library: Library, query: str):
    results = library.search(query)
    facets = library.facets(results)
    assert sum(facet.papers for facet in facets.years) == results.total
    assert [facet.value for facet in facets.years] == sorted(
        (facet.value for facet in facets.years), reverse=True
    )
    for facet in (*facets.years, *facets.files):
        narrowed = library.search(f"({query}) {facet.query}" if query else facet.query)
        assert narrowed.total == facet.papers
    assert {facet.value for facet in facets.files} <= {"one.txt", "a b/more.txt"}


@pytest.mark.parametrize(
    ("field", "beginning", "completed"),
    [
        ("author", "dor", ["dorn"]),
        ("author", "Ota", ["otani"]),
        ("author", "Ann oth", ["Ann other"]),
        ("author", "Ann dor", []),  # there is a Dörn, but no Ann Dörn
        ("author", "dorn g", ["gerard dorn", "g dorn"]),
        ("title", "ki", ["kite"]),
        ("", "foot", ["footprints"]),
        ("title", "xyz", []),
        ("title", "", []),
        ("path", "", ["a b/", "one.txt"]),
        ("path", "a", ["a b/"]),
        ("path", "a b/", ["a b/more.txt"]),
        ("path", "zz", []),
        ("category", "math", []),
        ("date", "20", []),
    ],
)
def test_completion(library: Library, field: str, beginning: str, completed: list[str]):
    assert library.complete(field, beginning) == completed


def test_completion_offers_the_commonest_first_and_no_more_than_asked(library: Library):
    assert library.complete("abstract", "t", limit=1) == ["the"]
    assert len(library.complete("abstract", "a", limit=3)) == 3


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[Library]:
    """Two folders and a file, opened together; a file of one name stands in both folders."""
    for name, papers in {
        "left/in/one.txt": SAMPLES[:2],
        "right/in/one.txt": SAMPLES[2:4],
        "left/left.txt": SAMPLES[4:],
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(paper.record() for paper in papers))
    (tmp_path / "alone.txt").write_text(GRAINS.record())
    roots = [tmp_path / "left", tmp_path / "right", tmp_path / "alone.txt"]
    with open_library(roots, cache_dir=tmp_path / "cache") as library:
        library.refresh()
        yield library


def test_of_several_roots_facets_name_the_one_that_each_file_is_in(twice: Library):
    facets = twice.facets(twice.search(""))
    assert {facet.value: facet.papers for facet in facets.files} == {
        "left/in/one.txt": 2,
        "right/in/one.txt": 2,
        "left/left.txt": 1,
        "alone.txt": 1,
    }
    for facet in facets.files:
        assert twice.search(facet.query).total == facet.papers


@pytest.mark.parametrize(
    ("path", "papers"),
    [("in", 4), ("in/one.txt", 4), ("left", 3), ("left/", 3), ("right/in", 2), ("left/**", 3), ("*/in/*", 4), ("alone.txt", 1),
     ("right/left.txt", 0), ("lef", 0), ("left.txt", 1)],
)  # fmt: skip
def test_a_path_may_begin_with_the_name_of_a_root(twice: Library, path: str, papers: int):
    assert twice.search(f"path:{path}").total == papers


@pytest.mark.parametrize(
    ("beginning", "completed"),
    [("le", ["left/", "left.txt"]), ("left/", ["left/in/", "left/left.txt"]), ("right/in/", ["right/in/one.txt"]), ("in", ["in/"])],
)  # fmt: skip
def test_paths_of_several_roots_are_completed(twice: Library, beginning: str, completed: list[str]):
    assert twice.complete("path", beginning) == completed


def test_the_name_of_a_root_may_be_half_typed(twice: Library):
    assert twice.search("path:righ", typing=True).total == 2
    assert twice.search("path:right/i", typing=True).total == 2


@pytest.fixture
def nested(tmp_path: Path) -> Iterator[Library]:
    """One folder, with folders in it that are called as it is, and begin so."""
    for name, papers in {
        "notes/2024/one.txt": SAMPLES[:2],
        "notes/two.txt": SAMPLES[2:3],
        "notes/deep/notes/three.txt": SAMPLES[3:4],
        "notes/2024/notes.txt": SAMPLES[4:],
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(paper.record() for paper in papers))
    with open_library([tmp_path / "notes"], cache_dir=tmp_path / "cache") as library:
        library.refresh()
        yield library


@pytest.mark.parametrize(
    ("path", "papers"),
    [("notes/2024/one.txt", 2), ("notes/2024", 3), ("notes/2024/**", 3), ("notes/*", 1), ("notes", 5), ("notes/one.txt", 0),
     ("FULL/2024/one.txt", 2), ("FULL/2024/", 3), ("FULL/2024/*.txt", 3), ("FULL", 5), ("FULL/**", 5), ("FULL/one.txt", 0),
     ("FULL/../notes", 0), ("/2024", 3), ("/2024/*", 3), ("FUL", 0)],
)  # fmt: skip
def test_of_one_root_paths_may_be_written_as_they_are_shown_or_in_full(
    nested: Library, path: str, papers: int
):
    path = path.replace("FULL", str(nested.roots[0]))
    assert nested.search(f'path:"{path}"').total == papers


def test_a_path_as_it_stands_counts_more_than_the_name_of_the_root(nested: Library, tmp_path: Path):
    inner = tmp_path / "notes" / "notes"
    inner.mkdir()
    (inner / "four.txt").write_text(GRAINS.record())
    nested.refresh()
    assert nested.search("path:notes").total == nested.search("path:notes/*").total == 1
    assert nested.search("path:notes/2024").total == 3


def test_of_several_roots_paths_may_be_written_in_full(twice: Library):
    left, right, alone = twice.roots
    assert twice.search(f'path:"{left}"').total == 3
    assert twice.search(f'path:"{right}/in/one.txt" or path:"{alone}"').total == 3
    assert twice.search(f'path:"{right}/**"').total == 2


def test_the_name_of_the_only_root_and_a_full_path_go_on_while_typing(nested: Library):
    assert nested.complete("path", "notes/20") == ["notes/2024/"]
    assert nested.complete("path", "no") == []
    assert nested.search("path:notes/2024/o", typing=True).total == 2
    assert nested.search(f'path:"{nested.roots[0]}/2024/no', typing=True).total == 1


@pytest.mark.parametrize("path", ["~/library/2024", "~/library/2024/*.txt", "~/library/2024/**"])
def test_a_path_may_begin_at_home(nested: Library, path: str, monkeypatch: pytest.MonkeyPatch):
    inside = nested.search(f"path:{nested.roots[0]}/{path.removeprefix('~/library/')}").total
    assert nested.search(f"path:{path}").total == 0
    monkeypatch.setenv("HOME", str(nested.roots[0].parent))
    path = path.replace("library", nested.roots[0].name)
    assert nested.search(f"path:{path}").total == inside > 0
