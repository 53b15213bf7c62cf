"""Why a strict query finds nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from arxtui.library import Library, Place, open_library

from .texts import CLOCKS, KITES, SAND, SNOW, TEA


def lookup(kind: str, value: str) -> Collection[str]:
    return [SAND.key] if (kind, value) == ("tag", "wet") else []


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("reasons") / "library"
    folder.mkdir()
    (folder / "one.txt").write_text(SAND.record() + CLOCKS.record() + TEA.record())
    (folder / "two.txt").write_text(KITES.inline() + "\n\n" + SNOW.record(comments="4 plates"))
    with open_library([folder], cache_dir=folder.parent / "cache") as library:
        library.refresh()
        yield library


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("sannd date:2025", "no paper holds sannd; like it: sand"),
        ("title:colur", "no title holds colur; like it: colour"),
        (
            "abstract:logaritm or xyzzyx*",
            "no abstract holds logaritm; like it: logarithm; no paper holds xyzzyx",
        ),
        ("author:ottani", "no author is called ottani; like it: otani"),
        ('author:"A. Two"', 'no paper has author:"a two" in a row; author:(a* two): 1'),
        ('author:"X. One"', "no author is called x"),
        ("comment:heap", "no comment holds heap; without comment: 1"),
        ("comment:plaets", "no comment holds plaets; like it: plates"),
        ('"sand heap dry"', 'no paper has "sand heap dry" in a row'),
        ('"Dry sand"', "in other capitals: 1"),
        ("title:/TAPS/", "in other capitals: 1"),
        (
            r"abstract:/Heap\S* of\s+DRY/ date:2025",
            r"in other capitals: 1; without abstract:/Heap\S* of\s+DRY/: 2",
        ),
        ("title:/TAPSE/", ""),
        (r"title:/[Z-a]APS/", ""),
        (r"title:/(?P<first>TAPS)/", ""),
        ('"Heap dry"', 'no paper has "heap dry" in a row'),
        ("sand date:2024", "without sand: 1; without date:2024: 1"),
        ("sand date:1950", "date:1950 finds no paper"),
        ("clocks -wall", "without clocks: 4; without -wall: 1"),
        ("clocks tag:wet", "without clocks: 1; without tag:wet: 1"),
        ("tag:dry sand", "tag:dry finds no paper"),
        ("tag:dry", ""),
        ("title:/zzz/ sand", "without title:/zzz/: 1"),
        ("title:/zzz/", ""),
        ("id:2507.00009", "no paper here has 2507.00009"),
        ("2507.00009", "no paper here has 2507.00009"),
        ("id:2508", "no identifier here begins with 2508"),
        ("category:hep-th", "no paper here is of the category hep-th"),
        ("path:nowhere", ""),
        (f"sand {'-sand ' * 2}{'x' * 90}", f"no paper holds {'x' * 29}…"),
        ("sand", ""),
    ],
)
def test_why_nothing_was_found(library: Library, query: str, why: str) -> None:
    results = library.search(query, lookup=lookup)
    assert results.why() == why
    assert (results.total > 0) == (query == "sand")


def test_the_last_word_may_go_on(library: Library) -> None:
    assert library.search("date:2024 san", typing=True).why() == "without date:2024: 1; without san: 1"
    assert library.search("date:2024 sanx", typing=True).why() == "no paper holds sanx; like it: sand"


def test_a_whole_identifier_is_none_that_was_begun(library: Library) -> None:
    assert library.search("2507.00009", typing=True).why() == "no paper here has 2507.00009"


def test_what_is_found_elsewhere_is_told(library: Library) -> None:
    there = Place(0, "two.txt")
    assert library.search("title:sand", place=there).why() == "in all papers: 1"
    assert library.search("title:snow date:2024", place=there).why() == "without date:2024: 1"


def test_nothing_is_asked_until_somebody_wants_to_know(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arxtui.library.reasons import Reasons

    asked: list[object] = []
    count = Reasons._count
    monkeypatch.setattr(Reasons, "_count", lambda *of: asked.append(of) or count(*of))
    results = library.search("sand " + " ".join(f"-is:duplicate -date:{year}" for year in range(1990, 2027)))
    assert not asked
    results.why()
    assert 0 < len(asked) <= 60


def test_papers_without_their_files_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(SAND.record())
    with open_library([tmp_path / "in"], cache_dir=tmp_path / "cache") as library:
        library.refresh()
        (tmp_path / "in" / "one.txt").unlink()
        assert library.search("title:sannd").why() == "no title holds sannd; like it: sand"
