"""Real files that change between two openings."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.library import Library, LibraryError, Place, Refreshed, UnknownPaper, refreshing

from .texts import CLOCKS, KITES, SAND, SNOW, TEA

Opening = Callable[..., Library]
Reading = Callable[[Library], tuple[Refreshed, int]]


def keys(library: Library, query: str = "") -> set[str]:
    return set(library.search(query).keys())


@pytest.fixture
def three_files(folder: Path) -> None:
    (folder / "a.txt").write_text(SAND.record() + CLOCKS.record())
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "b.txt").write_text(TEA.inline(comments="9 pages") + KITES.inline())
    (folder / "deep" / "er" / "c.txt").write_text(SAND.inline() + SNOW.inline())


@pytest.mark.usefixtures("three_files")
class TestChanges:
    def test_the_first_time_everything_is_read(self, library: Library, folder: Path, bytes_read: Reading):
        size = sum(path.stat().st_size for path in folder.rglob("*.txt"))
        assert bytes_read(library) == (Refreshed(3, 0, 0, 0, 0), size)
        assert library.counts() == (5, 6, 3, 0, 0, size)

    def test_what_has_not_changed_is_not_read_again(
        self, library: Library, open_here: Opening, bytes_read: Reading
    ):
        library.refresh()
        again = open_here()
        assert len(keys(again)) == 5  # before any refresh
        refreshed, size = bytes_read(again)
        assert refreshed == Refreshed(0, 0, 0, 0, 3)
        assert not refreshed.changed_anything
        assert size == 0

    def test_a_new_file(self, library: Library, folder: Path, bytes_read: Reading):
        library.refresh()
        (folder / "deep" / "new.txt").write_text(SNOW.record())
        refreshed, size = bytes_read(library)
        assert refreshed == Refreshed(1, 0, 0, 0, 3)
        assert size == len(SNOW.record().encode())
        assert len(library.paper(SNOW.key).occurrences) == 2
        assert library.paper(SNOW.key).title == SNOW.title

    def test_a_file_that_grows_loses_nothing_meanwhile(
        self, library: Library, folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
    ):
        for name in ("_FIRST_COMMIT", "_COMMIT", "_COMMIT_SHARE", "_REPORT"):
            monkeypatch.setattr(refreshing, name, -1.0)  # commit and report wherever that is thought of
        monkeypatch.setattr(refreshing, "_BREATH", 1)
        big = folder / "big.txt"
        big.write_text("".join(f"Text {number} of many.\narXiv:2101.{number:05d}\n" for number in range(50)))
        library.refresh()
        with big.open("a") as file:
            file.write("A text that was added.\narXiv:2102.00001\n")
        reader = open_here()
        seen: list[int] = []
        library.refresh(lambda _: seen.append(open_here().counts().papers))
        assert len(seen) > 50
        assert min(seen) == reader.counts().papers - 1 == 55

    def test_a_file_that_holds_something_else(self, library: Library, folder: Path, bytes_read: Reading):
        library.refresh()
        path = folder / "deep" / "b.txt"
        path.write_text(TEA.inline() + SNOW.inline())
        refreshed, size = bytes_read(library)
        assert refreshed == Refreshed(0, 1, 0, 0, 2)
        assert size == path.stat().st_size
        assert keys(library) == {SAND.key, CLOCKS.key, TEA.key, SNOW.key}
        assert library.search("kite").total == 0
        assert library.paper(TEA.key).comments is None
        with pytest.raises(UnknownPaper):
            library.paper(KITES.key)

    def test_other_bytes_of_the_same_size_in_the_same_second(self, library: Library, folder: Path):
        path = folder / "a.txt"
        second = path.stat().st_mtime_ns // 10**9 * 10**9
        os.utime(path, ns=(second, second))
        library.refresh()
        path.write_text(path.read_text().replace("dry sand", "wet sand"))
        os.utime(path, ns=(second, second + 1))
        assert library.refresh() == Refreshed(0, 1, 0, 0, 2)
        assert keys(library, "wet") == {SAND.key}

    def test_a_file_that_was_only_touched(self, library: Library, folder: Path, bytes_read: Reading):
        library.refresh()
        os.utime(folder / "a.txt", (1, 1))
        assert bytes_read(library) == (Refreshed(0, 0, 0, 0, 3), 0)
        assert (
            library.paper(CLOCKS.key).title == CLOCKS.title
        )  # the new time is known: the file counts as unchanged
        assert bytes_read(library) == (Refreshed(0, 0, 0, 0, 3), 0)

    def test_a_file_that_goes_away(self, library: Library, folder: Path, bytes_read: Reading):
        library.refresh()
        (folder / "a.txt").unlink()
        assert bytes_read(library) == (Refreshed(0, 0, 1, 0, 2), 0)
        assert keys(library) == {SAND.key, TEA.key, KITES.key, SNOW.key}
        sand = library.paper(SAND.key)
        assert (sand.title, len(sand.occurrences)) == (None, 1)
        assert library.search("ada").total == 0

    @pytest.mark.parametrize("target", ["z.txt", "deep/er/a.txt", "new/a.txt"])
    def test_a_file_that_gets_another_name_or_folder(
        self, library: Library, folder: Path, target: str, bytes_read: Reading
    ):
        library.refresh()
        (folder / target).parent.mkdir(exist_ok=True)
        (folder / "a.txt").rename(folder / target)
        assert bytes_read(library) == (Refreshed(0, 0, 0, 1, 2), 0)
        assert {occurrence.path for occurrence in library.paper(SAND.key).occurrences} == {
            target,
            "deep/er/c.txt",
        }
        assert library.paper(CLOCKS.key).title == CLOCKS.title
        assert library.search("", place=Place(0, target)).total == 2
        assert library.search("clocks", place=Place(0, target)).total == 1
        assert library.search("", place=Place(0, "a.txt")).total == 0

    def test_a_folder_that_gets_another_name(self, library: Library, folder: Path, bytes_read: Reading):
        library.refresh()
        (folder / "deep").rename(folder / "deeper")
        assert bytes_read(library) == (Refreshed(0, 0, 0, 2, 1), 0)
        assert [node.name for node in library.children(Place(0, ""))] == ["a.txt", "deeper"]

    def test_two_files_that_change_names(self, library: Library, folder: Path):
        library.refresh()
        (folder / "a.txt").rename(folder / "x")
        (folder / "deep" / "b.txt").rename(folder / "a.txt")
        (folder / "x").rename(folder / "deep" / "b.txt")
        library.refresh()
        assert {row.key for row in library.search("", place=Place(0, "a.txt"))} == {TEA.key, KITES.key}
        assert {row.key for row in library.search("", place=Place(0, "deep/b.txt"))} == {SAND.key, CLOCKS.key}

    def test_a_copy_is_read_and_a_renamed_original_is_not(self, library: Library, folder: Path):
        library.refresh()
        text = (folder / "a.txt").read_text()
        (folder / "a.txt").rename(folder / "y.txt")
        (folder / "z.txt").write_text(text)
        assert library.refresh() == Refreshed(1, 0, 0, 1, 2)
        assert len(library.paper(CLOCKS.key).occurrences) == 2

    def test_only_the_papers_concerned_change(self, library: Library, folder: Path):
        library.refresh()
        before = {key: library.paper(key) for key in keys(library)}
        (folder / "deep" / "b.txt").write_text(TEA.inline(comments="A new comment") + KITES.inline())
        library.refresh()
        after = {key: library.paper(key) for key in keys(library)}
        assert {key for key in before if before[key] != after[key]} == {
            TEA.key,
            KITES.key,
        }  # the latter by its place
        assert after[TEA.key].comments == "A new comment"
        assert after[SAND.key] == before[SAND.key]

    def test_rebuild_reads_everything(self, library: Library, folder: Path):
        library.refresh()
        assert library.refresh(rebuild=True).added == 3
        assert library.counts().papers == 5

    def test_an_occurrence_of_a_file_that_has_changed_is_refused(self, library: Library, folder: Path):
        library.refresh()
        occurrence = library.paper(CLOCKS.key).occurrences[0]
        assert library.entry(occurrence).abstract == CLOCKS.abstract
        assert library.entry(occurrence).line == occurrence.line
        (folder / "a.txt").write_text("x" * 2000)
        with pytest.raises(LibraryError, match="changed"):
            library.entry(occurrence)
        with pytest.raises(LibraryError, match="read the library again"):
            library.paper(CLOCKS.key)

    def test_reading_can_be_stopped_and_taken_up_again(self, library: Library):
        stopped = library.refresh(should_stop=lambda: True)
        library.refresh()
        assert stopped.stopped in (True, False)  # three files may be read before anybody asks
        assert library.counts().papers == 5


class TestProblems:
    def test_problems_are_those_of_the_files_as_they_are(self, library: Library, folder: Path):
        (folder / "a.txt").write_text(SAND.record().replace("2025-07-01", "yesterday") + CLOCKS.record())
        library.refresh()
        (problem,) = library.problems()
        assert (problem.path, problem.line, problem.kind, problem.place) == (
            "a.txt",
            6,
            "bad-date",
            Place(0, "a.txt"),
        )
        (folder / "a.txt").rename(folder / "b.txt")
        library.refresh()
        assert [problem.path for problem in library.problems()] == ["b.txt"]
        (folder / "b.txt").write_text(SAND.record())
        library.refresh()
        assert library.problems() == []

    def test_problems_of_a_place(self, library: Library, folder: Path):
        for name in ("a", "b", "ab"):
            (folder / name).mkdir()
            (folder / name / "bad.txt").write_text("A note.\n")
        library.refresh()
        assert [problem.path for problem in library.problems(Place(0, "a"))] == ["a/bad.txt"]
        assert library.counts().problems == 3


class TestTextWithoutIdentifier:
    def test_it_belongs_to_the_paper_it_repeats_as_long_as_that_is_there(
        self, library: Library, folder: Path
    ):
        (folder / "loose.txt").write_text(SAND.bare())
        library.refresh()
        (alone,) = library.search()
        assert alone.key.startswith("text:")
        assert library.counts().unidentified == 1

        (folder / "sand.txt").write_text(SAND.record())
        library.refresh()
        assert keys(library) == {SAND.key}
        assert [each.matched_by_text for each in library.paper(SAND.key).occurrences] == [True, False]
        assert library.counts().unidentified == 0

        (folder / "sand.txt").unlink()
        library.refresh()
        assert keys(library) == {alone.key}
        assert library.paper(alone.key).abstract == SAND.abstract

        (folder / "sand.txt").write_text(SAND.record(titled=False))
        library.refresh()
        assert keys(library) == {SAND.key}

    def test_two_of_them_and_one_paper_in_whatever_order_they_are_read(
        self, folder: Path, open_here: Opening, tmp_path: Path
    ):
        files = {
            "1.txt": SAND.bare(),
            "2.txt": SAND.bare().replace("dry sand", "dry  sand").replace("curves", "curve"),
            "3.txt": SAND.record(),
        }
        found = []
        for number, order in enumerate(
            [("1.txt", "2.txt", "3.txt"), ("3.txt", "1.txt", "2.txt"), ("2.txt", "3.txt", "1.txt")]
        ):
            with open_here(cache_dir=tmp_path / str(number)) as library:
                for name in order:
                    (folder / name).write_text(files[name])
                    library.refresh()
                found.append([library.paper(key) for key in sorted(keys(library))])
            for name in order:
                (folder / name).unlink()
        assert [paper.key for paper in found[0]] == [SAND.key]
        assert len(found[0][0].occurrences) == 3
        assert found[0] == found[1] == found[2]

    def test_a_cut_off_text(self, library: Library, folder: Path):
        (folder / "a.txt").write_text(CLOCKS.record() + SAND.record()[:-60].partition("arXiv")[0][:-40])
        (folder / "b.txt").write_text(SAND.record(titled=False))
        library.refresh()
        paper = library.paper(SAND.key)
        assert paper.abstract == SAND.abstract
        assert paper.title == SAND.title
        assert [problem.kind for problem in library.problems()] == ["truncated"]

    def test_the_same_text_twice_is_one_paper(self, library: Library, folder: Path):
        (folder / "a.txt").write_text(SAND.bare())
        (folder / "b.txt").write_text(SAND.bare().replace(" ", "\n  ", 1))
        library.refresh()
        (row,) = library.search()
        assert row.occurrences == 2
        (folder / "a.txt").unlink()
        library.refresh()
        assert [row.occurrences for row in library.search()] == [1]


class TestTree:
    def test_it_counts_distinct_papers(self, library: Library, folder: Path):
        (folder / "a").mkdir()
        (folder / "a" / "1.txt").write_text(SAND.record() + CLOCKS.record())
        (folder / "a" / "2.txt").write_text(SAND.record())
        (folder / "a.txt").write_text(TEA.inline())
        library.refresh()
        (root,) = library.children()
        assert (root.place, root.papers, root.is_folder) == (Place(0, ""), 3, True)
        assert [(node.name, node.is_folder, node.papers) for node in library.children(root.place)] == [
            ("a", True, 2),
            ("a.txt", False, 1),
        ]
        assert [(node.place.path, node.papers) for node in library.children(Place(0, "a"))] == [
            ("a/1.txt", 2),
            ("a/2.txt", 1),
        ]
        (folder / "a" / "2.txt").unlink()
        library.refresh()
        assert [node.name for node in library.children(Place(0, "a"))] == ["1.txt"]


@pytest.mark.parametrize(
    ("roots", "names"),
    [
        (["a/x", "a/y"], ["x", "y"]),
        (["p1/x", "p2/x", "y"], ["p1/x", "p2/x", "y"]),
        (["p/q/x", "r/q/x"], ["p/q/x", "r/q/x"]),
        (["p/x", "q/p/x"], [None, "q/p/x"]),
        (["p/x.txt", "q/x.txt"], ["p/x.txt", "q/x.txt"]),
    ],
)
def test_no_two_roots_are_called_the_same(
    roots: list[str], names: list[str | None], folder: Path, open_here: Callable[..., Library]
):
    for root in roots:
        path = folder / root
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch() if path.suffix else path.mkdir()
    library = open_here(*(folder / root for root in roots))
    called = list(library.root_names.values())
    assert list(library.root_names) == list(library.roots) == [folder / root for root in roots]
    assert [node.name for node in library.children()] == called
    assert len(set(called)) == len(called)
    assert all(name in (None, got) for name, got in zip(names, called, strict=True))
