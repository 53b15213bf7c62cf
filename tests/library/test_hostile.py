"""Folders, names and caches as they should not be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from arxtui.library import Library, LibraryError, Place, Refreshed, open_library

from .texts import CLOCKS, SAMPLES, SAND, TEA

Opening = Callable[..., Library]
PlainUser = Callable[[], AbstractContextManager[None]]


def keys(library: Library, query: str = "") -> set[str]:
    return set(library.search(query).keys())


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [b"with\nline feed.txt", b"no utf-8 \xff\xfe.txt", "emoji 🙂.txt".encode(), b"  .txt", b"'; DROP TABLE files.txt", b"%s.TXT",
         b"[red].txt", b"\x1b[31m.txt", b"-rf.txt", b"a" * 250 + b".txt", "e\u0301.txt".encode(), "\u202etxt.txt".encode()],
        ids=repr,
    )  # fmt: skip
    def test_any_name_of_a_file(self, folder: Path, open_here: Opening, name: bytes):
        path = folder / os.fsdecode(name)
        path.write_text(SAND.record() + "A note.")
        library = open_here()
        library.refresh()
        (occurrence,) = library.paper(SAND.key).occurrences
        assert os.fsencode(occurrence.path) == name
        assert library.entry(occurrence).title == SAND.title
        place = library.place(occurrence)
        assert place == Place(0, os.fsdecode(name))
        assert library.search("sand", place=place).total == 1
        assert [node.place for node in library.children(Place(0, ""))] == [place]
        assert [problem.path for problem in library.problems()] == [os.fsdecode(name)]
        path.unlink()
        assert library.refresh().removed == 1

    def test_names_of_which_one_begins_like_the_other(self, folder: Path, open_here: Opening):
        for name, paper in [("a", SAND), ("a b", CLOCKS), ("a-", TEA)]:
            (folder / name).mkdir()
            (folder / name / "x.txt").write_text(paper.record())
        library = open_here()
        library.refresh()
        assert set(library.search("", place=Place(0, "a")).keys()) == {SAND.key}

    def test_what_is_not_looked_at(self, folder: Path, open_here: Opening):
        for name in (".hidden.txt", "picture.png", "paper.pdf", "noending"):
            (folder / name).write_text(SAND.record())
        (folder / ".git").mkdir()
        (folder / ".git" / "a.txt").write_text(SAND.record())
        library = open_here()
        assert library.refresh() == Refreshed(0, 0, 0, 0, 0)

    def test_folders_in_folders(self, folder: Path, open_here: Opening):
        deep = folder.joinpath(*["d"] * 300)
        deep.mkdir(parents=True)
        (deep / "a.txt").write_text(SAND.record())
        library = open_here()
        library.refresh()
        assert keys(library) == {SAND.key}


class TestLinksAndPipes:
    def test_loops_of_links(self, folder: Path, open_here: Opening):
        (folder / "sub").mkdir()
        (folder / "sub" / "a.txt").write_text(SAND.record())
        (folder / "sub" / "up").symlink_to(folder)
        (folder / "again").symlink_to(folder / "sub")
        (folder / "self").symlink_to(folder / "self")
        library = open_here()
        library.refresh()
        assert library.counts().files == 1
        assert library.problems() == []

    def test_a_link_that_leads_nowhere_is_told_where_it_is_named_like_a_text(
        self, folder: Path, open_here: Opening
    ):
        (folder / "nothing.txt").symlink_to(folder / "nowhere.txt")
        (folder / "picture.png").symlink_to(folder / "nowhere.png")
        library = open_here()
        library.refresh()
        assert [(problem.path, problem.kind) for problem in library.problems()] == [
            ("nothing.txt", "unreadable")
        ]
        assert not library.refresh().changed_anything

    def test_a_link_to_a_file_is_followed(self, folder: Path, tmp_path: Path, open_here: Opening):
        (tmp_path / "elsewhere").write_text(SAND.record())
        (folder / "link.txt").symlink_to(tmp_path / "elsewhere")
        library = open_here()
        library.refresh()
        assert keys(library) == {SAND.key}
        (tmp_path / "elsewhere").write_text(CLOCKS.record())
        library.refresh()
        assert keys(library) == {CLOCKS.key}

    def test_a_pipe_does_not_make_it_wait(self, folder: Path, open_here: Opening):
        os.mkfifo(folder / "pipe.txt")
        (folder / "a.txt").write_text(SAND.record())
        library = open_here()
        library.refresh()
        assert keys(library) == {SAND.key}

    def test_a_file_that_became_a_pipe_or_a_folder(self, folder: Path, open_here: Opening):
        for name in ("a", "b"):
            (folder / f"{name}.txt").write_text(SAND.record())
        library = open_here()
        library.refresh()
        occurrences = library.paper(SAND.key).occurrences
        (folder / "a.txt").unlink()
        os.mkfifo(folder / "a.txt")
        (folder / "b.txt").unlink()
        (folder / "b.txt").mkdir()
        for occurrence in occurrences:
            with pytest.raises(LibraryError):
                library.entry(occurrence)
        assert library.refresh().removed == 2
        assert keys(library) == set()


class TestWhatCannotBeRead:
    def test_a_file(self, folder: Path, open_here: Opening, plain_user: PlainUser):
        (folder / "a.txt").write_text(SAND.record())
        (folder / "b.txt").write_text(CLOCKS.record())
        (folder / "a.txt").chmod(0)
        with plain_user():
            library = open_here()
            library.refresh()
            assert keys(library) == {CLOCKS.key}
            (problem,) = library.problems()
            assert (problem.path, problem.kind) == ("a.txt", "unreadable")
            assert "permission denied" in problem.message
            library.refresh()
            assert len(library.problems()) == 1
            (folder / "a.txt").chmod(0o600)
            library.refresh()
            assert keys(library) == {SAND.key, CLOCKS.key}
            assert library.problems() == []

    def test_a_file_is_no_news_the_second_time(self, folder: Path, open_here: Opening, plain_user: PlainUser):
        (folder / "a.txt").write_text(SAND.record())
        (folder / "a.txt").chmod(0)
        with plain_user():
            library = open_here()
            library.refresh()
            assert not library.refresh().changed_anything

    def test_a_folder_of_which_papers_are_known(
        self, folder: Path, open_here: Opening, plain_user: PlainUser
    ):
        (folder / "sub").mkdir()
        (folder / "sub" / "a.txt").write_text(SAND.record())
        (folder / "b.txt").write_text(CLOCKS.record())
        with plain_user():
            library = open_here()
            library.refresh()
            (folder / "sub").chmod(0)
            try:
                library.refresh()
                assert keys(library) == {SAND.key, CLOCKS.key}  # they are not taken for gone
                assert [(problem.path, problem.kind) for problem in library.problems()] == [
                    ("sub", "unreadable")
                ]
            finally:
                (folder / "sub").chmod(0o700)
            library.refresh()
            assert library.problems() == []

    def test_a_root(self, folder: Path, open_here: Opening, plain_user: PlainUser):
        with plain_user():
            folder.chmod(0)
            try:
                with pytest.raises(LibraryError, match=r"permission denied: .*chmod"):
                    open_here()
            finally:
                folder.chmod(0o700)

    def test_a_file_that_goes_away_between_the_look_and_the_reading(
        self, folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
    ):
        from arxtui.library import refreshing

        (folder / "a.txt").write_text(SAND.record())
        (folder / "b.txt").write_text(CLOCKS.record())
        original = refreshing.open_regular

        def vanishing(path: str) -> int:
            if path.endswith("a.txt"):
                Path(path).unlink()
            return original(path)

        library = open_here()
        with monkeypatch.context() as patched:
            patched.setattr(refreshing, "open_regular", vanishing)
            library.refresh()
        assert keys(library) == {CLOCKS.key}
        library.refresh()
        assert library.problems() == []
        assert library.counts().files == 1

    def test_a_file_that_grows_while_it_is_read(
        self, folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
    ):
        from arxtui.library import refreshing

        path = folder / "a.txt"
        path.write_text(SAND.record())
        original = refreshing.segments
        grown = []

        def growing(file: object) -> object:
            yield from original(file)  # type: ignore[arg-type]
            if not grown:
                grown.append(True)
                with path.open("a") as more:
                    more.write(CLOCKS.record())

        library = open_here()
        with monkeypatch.context() as patched:
            patched.setattr(refreshing, "segments", growing)
            library.refresh()
        library.refresh()
        assert keys(library) == {SAND.key, CLOCKS.key}


class TestRoots:
    def test_a_file_named_directly_whatever_it_is_called(self, folder: Path, open_here: Opening):
        path = folder / "my papers"
        path.write_text(SAND.record())
        library = open_here(path)
        library.refresh()
        assert keys(library) == {SAND.key}
        (occurrence,) = library.paper(SAND.key).occurrences
        assert (occurrence.root, occurrence.path) == (str(path), "my papers")
        assert library.entry(occurrence).title == SAND.title
        assert [(node.place, node.is_folder, node.papers) for node in library.children()] == [
            (Place(0, "my papers"), False, 1)
        ]
        path.write_text(CLOCKS.record())
        library.refresh()
        assert keys(library) == {CLOCKS.key}

    def test_several_roots(self, folder: Path, tmp_path: Path, open_here: Opening):
        other = tmp_path / "other"
        other.mkdir()
        (folder / "a.txt").write_text(SAND.record())
        (other / "a.txt").write_text(SAND.inline() + CLOCKS.inline())
        library = open_here(folder, other)
        library.refresh()
        assert keys(library) == {SAND.key, CLOCKS.key}
        assert {occurrence.root for occurrence in library.paper(SAND.key).occurrences} == {
            str(folder),
            str(other),
        }
        assert set(library.search("", place=Place(1, "")).keys()) == {SAND.key, CLOCKS.key}
        assert set(library.search("", place=Place(0, "")).keys()) == {SAND.key}
        (folder / "a.txt").rename(other / "b.txt")
        assert library.refresh().renamed == 1
        assert set(library.search("", place=Place(0, "")).keys()) == set()

    def test_roots_that_overlap_count_once(self, folder: Path, open_here: Opening):
        (folder / "sub").mkdir()
        (folder / "sub" / "a.txt").write_text(SAND.record())
        library = open_here(folder / "sub", folder, folder / "sub" / "a.txt", folder)
        library.refresh()
        assert library.roots == (folder,)
        assert library.counts().occurrences == 1

    def test_an_empty_folder(self, library: Library):
        assert library.refresh() == Refreshed(0, 0, 0, 0, 0)
        assert library.search("anything").total == 0
        assert library.search().rows(0, 10) == []
        assert library.counts() == (0, 0, 0, 0, 0, 0)
        assert [node.papers for node in library.children()] == [0]
        assert library.children(Place(0, "")) == []

    @pytest.mark.parametrize("name", ["nowhere", "a.txt/deeper"])
    def test_a_path_that_is_not_there(self, folder: Path, name: str, cache: Path):
        (folder / "a.txt").write_text(SAND.record())
        with pytest.raises(LibraryError, match=name):
            open_library([folder / name], cache_dir=cache)

    def test_no_path_and_no_regular_file(self, folder: Path, cache: Path):
        os.mkfifo(folder / "pipe")
        with pytest.raises(LibraryError, match="neither a folder nor a regular file"):
            open_library([folder / "pipe"], cache_dir=cache)
        with pytest.raises(LibraryError, match="name one"):
            open_library([], cache_dir=cache)

    def test_a_root_that_goes_away_while_it_is_open(self, folder: Path, tmp_path: Path, open_here: Opening):
        (folder / "a.txt").write_text(SAND.record())
        library = open_here()
        library.refresh()
        folder.rename(tmp_path / "away")
        library.refresh()
        assert keys(library) == {SAND.key}  # a disk that is not mounted is no reason to forget
        assert [problem.kind for problem in library.problems()] == ["unreadable"]
        (tmp_path / "away").rename(folder)
        library.refresh()
        assert library.problems() == []
        assert library.paper(SAND.key).title == SAND.title


class TestCache:
    def test_a_cache_that_cannot_be_made(self, folder: Path, tmp_path: Path):
        (tmp_path / "file").write_text("")
        with pytest.raises(LibraryError, match="ARXTUI_CACHE_DIR"):
            open_library([folder], cache_dir=tmp_path / "file" / "cache")

    def test_a_cache_that_may_not_be_written(self, folder: Path, cache: Path, plain_user: PlainUser):
        cache.mkdir()
        with plain_user():
            cache.chmod(0o500)
            with pytest.raises(LibraryError, match=r"permission denied.*ARXTUI_CACHE_DIR"):
                open_library([folder], cache_dir=cache)
            cache.chmod(0o700)

    @pytest.fixture
    def filled(self, folder: Path, open_here: Opening) -> None:
        (folder / "a.txt").write_text("".join(paper.record() for paper in SAMPLES))
        with open_here() as library:
            library.refresh()

    def check(self, library: Library) -> None:
        library.refresh()
        assert keys(library) == {paper.key for paper in SAMPLES}
        assert keys(library, "sand") == {SAND.key}
        assert keys(library, "Schrödinger") == {TEA.key}
        assert library.paper(CLOCKS.key).title == CLOCKS.title
        assert not library.refresh().changed_anything

    @pytest.mark.usefixtures("filled")
    def test_the_text_index_is_gone(self, cache: Path, open_here: Opening):
        for path in cache.glob("libraries/*/text*"):
            shutil.rmtree(path)
        self.check(open_here())

    @pytest.mark.usefixtures("filled")
    @pytest.mark.parametrize("pattern", ["*", "meta.json", "*.store", "*.idx", "*.term"])
    @pytest.mark.parametrize("how", ["empty", "garbage", "half", "gone"])
    def test_the_text_index_is_damaged(self, cache: Path, open_here: Opening, pattern: str, how: str):
        touched = [path for path in cache.glob(f"libraries/*/text*/{pattern}") if path.is_file()]
        assert touched
        for path in touched:
            if how == "gone":
                path.unlink()
            else:
                raw = path.read_bytes()
                path.write_bytes(
                    {"empty": b"", "garbage": b"\xff" * len(raw), "half": raw[: len(raw) // 2]}[how]
                )
        self.check(open_here())

    @pytest.mark.usefixtures("filled")
    def test_catalogue_and_text_index_are_of_different_times(
        self, cache: Path, folder: Path, open_here: Opening
    ):
        (text,) = cache.glob("libraries/*/text*")
        shutil.copytree(text, cache / "old")
        (folder / "a.txt").write_text(
            "".join(paper.inline(comments="a zeppelin") + "\n\n" for paper in SAMPLES)
        )
        with open_here() as library:
            library.refresh()
            assert len(keys(library, "zeppelin")) == 5
        shutil.rmtree(text)
        shutil.copytree(cache / "old", text)
        library = open_here()
        library.refresh()
        assert len(keys(library, "zeppelin")) == 5
        assert keys(library, "ada") == set()

    @pytest.mark.usefixtures("filled")
    def test_a_text_index_of_another_version_is_cleared_away(self, cache: Path, open_here: Opening):
        (text,) = cache.glob("libraries/*/text-*")
        text.rename(text.with_name("text-0"))
        self.check(open_here())
        assert list(cache.glob("libraries/*/text-*")) == [text]

    @pytest.mark.usefixtures("filled")
    def test_a_catalogue_of_another_version(self, cache: Path, open_here: Opening):
        (path,) = cache.glob("libraries/*/catalogue*.sqlite3")
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 4711")
            db.execute("CREATE TABLE strange (thing)")
        db.close()
        self.check(open_here())

    @pytest.mark.usefixtures("filled")
    @pytest.mark.parametrize("how", ["garbage", "half", "empty", "gone"])
    def test_a_catalogue_that_is_damaged(self, cache: Path, open_here: Opening, how: str):
        (path,) = cache.glob("libraries/*/catalogue*.sqlite3")
        for other in path.parent.glob(path.name + "-*"):
            other.unlink()
        raw = path.read_bytes()
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(
                {"garbage": b"garbage" * 999, "half": raw[: len(raw) // 2 // 4096 * 4096], "empty": b""}[how]
            )
        self.check(open_here())


class TestSeveralAtOnce:
    def test_two_processes_that_refresh_the_same_folder(self, folder: Path, cache: Path, open_here: Opening):
        for number in range(30):
            text = "".join(
                paper._replace(key=f"2507.{number:02d}{place:03d}").record()
                for place, paper in enumerate(SAMPLES * 8)
            )
            (folder / f"{number}.txt").write_text(text)
        program = (
            "import sys; from pathlib import Path; from arxtui.library import open_library\n"
            f"with open_library([{str(folder)!r}], cache_dir=Path({str(cache)!r})) as library:\n"
            "    library.refresh(); print(library.counts().papers, library.search('sand').total)"
        )
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for process in processes:
            out, err = process.communicate(timeout=60)
            assert (process.returncode, out.split()) == (0, ["1200", "240"]), err
        library = open_here()
        assert not library.refresh().changed_anything
        assert library.counts()[:3] == (1200, 1200, 30)

    def test_two_threads_that_refresh(self, folder: Path, open_here: Opening):
        library, other = open_here(), open_here()
        failures: list[BaseException] = []

        def refresh(which: Library) -> None:
            try:
                for number in range(3):
                    (folder / f"{number}.txt").write_text(SAMPLES[number].record())
                    which.refresh()
            except BaseException as error:  # noqa: BLE001  whatever it is, the test fails with it
                failures.append(error)

        threads = [threading.Thread(target=refresh, args=(which,)) for which in (library, other, library)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        library.refresh()
        other.refresh()
        assert keys(library) == keys(other) == {paper.key for paper in SAMPLES[:3]}
        assert library.counts()[:3] == (3, 3, 3)
