"""Orders of all papers are kept as long as the papers stay the same, and nothing that stands in their place misleads."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import tantivy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arxtui.files import put
from arxtui.library import Library, LibraryError, finding, orderfiles, ordering, orders
from arxtui.library.catalogue import Catalogue
from arxtui.library.errors import DamagedError
from arxtui.library.kept import kept_indexes
from arxtui.library.textindex import TextIndex

from .texts import CLOCKS, KITES, SAND, TEA, Sample

Opening = Callable[..., Library]
SORTS = [sign + name for name in ("title", "updated", "id", "occurrences") for sign in ("", "-")]
BY_TITLE = [CLOCKS.key, SAND.key, TEA.key]


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The orders of few papers are kept like those of many."""
    monkeypatch.setattr(orders, "KEPT_FROM", 0)


@pytest.fixture
def index(folder: Path, cache: Path, library: Library) -> Path:
    """The folder of an index, in which no order was asked for yet."""
    (folder / "papers.txt").write_text(SAND.record() + TEA.record() + CLOCKS.record())
    library.refresh()
    ((found),) = kept_indexes(cache)
    return found.folder


def by_title(library: Library) -> list[str]:
    return list(library.search("", sort="title").keys())


def names(index: Path) -> set[str]:
    own = index / orderfiles.FOLDER
    return {path.name for path in own.iterdir()} if own.exists() else set()


def test_an_order_is_kept_and_read_by_the_next_program(index: Path, open_here: Opening):
    for sort in SORTS:
        open_here().search("", sort=sort)
    assert names(index) == set(SORTS)
    catalogue = Catalogue.in_folder(index)
    try:
        stamp = catalogue.fact("stamp")
        made = catalogue.orders.whole("title")
        assert made is catalogue.orders.whole("title")
    finally:
        catalogue.close()
    # To see where it comes from, what is kept is another order, with the digest of the right one.
    facts = f"{stamp} {orders.order_by('title')}"
    orderfiles.write(index, "title", facts, made[::-1])
    assert by_title(open_here()) == BY_TITLE[::-1]
    assert list(open_here().search("", sort="title", limit=2).keys()) == BY_TITLE[:0:-1]


def test_what_only_few_papers_were_wanted_of_is_not_kept(index: Path, library: Library):
    few = library.search("", sort="title", limit=2)
    assert (few.total, list(few.keys())) == (3, BY_TITLE[:2])
    assert names(index) == set()
    assert [row.key for row in few.rows(0, 3)] == BY_TITLE, "rows are counted over all that was found"


@pytest.mark.parametrize("sort", SORTS)
def test_most_papers_are_put_in_order_by_leaving_the_others_out(
    index: Path, sort: str, monkeypatch: pytest.MonkeyPatch
):
    catalogue = Catalogue.in_folder(index)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(orders, "KEPT_FROM", 1000)
            asked = [array("q", numbers) for numbers in ([], [1], [3, 1], [2, 3], [1, 2, 3], [9, 2, 3])]
            as_sqlite_does = [catalogue.orders.some(sort, among=numbers) for numbers in asked]
            assert not names(index)
        assert catalogue.orders.some(sort, among=array("q", [1, 3])) == as_sqlite_does[2]
        assert names(index) == {sort}, "all of them were put in order, and that was kept"
        assert [catalogue.orders.some(sort, among=numbers) for numbers in asked] == as_sqlite_does
        assert catalogue.orders.some(sort, among=array("q", [1, 2, 3]), limit=2) == as_sqlite_does[4][:2]
    finally:
        catalogue.close()


def gated_making(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event, list[str]]:
    """Orders of all papers take until the second event is set; the first tells that one is begun, the list by what."""
    begun, go_on, made = threading.Event(), threading.Event(), list[str]()
    put_in_order: Callable[..., Any] = orders.Orders._put_in_order

    def slowly(
        self: orders.Orders, connection: sqlite3.Connection, sort: str, *args: Any, **options: Any
    ) -> Any:
        made.append(sort)

        def wait() -> int:
            begun.set()
            return not go_on.wait(10)

        connection.set_progress_handler(wait, 10)
        try:
            return put_in_order(self, connection, sort, *args, **options)
        finally:
            connection.set_progress_handler(None, 0)

    monkeypatch.setattr(orders.Orders, "_put_in_order", slowly)
    return begun, go_on, made


def test_an_order_of_all_papers_goes_on_where_what_is_asked_next_needs_it(
    index: Path, library: Library, monkeypatch: pytest.MonkeyPatch
):
    """As where somebody sorts, and types at once: begun anew with each letter, it would never be there."""
    begun, go_on, made = gated_making(monkeypatch)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(by_title, library)
        assert begun.wait(10)
        second = threads.submit(by_title, library)
        while not second.done():  # it may begin to wait a moment later
            library.give_up_ordering("title")
        with pytest.raises(LibraryError, match="another search came first"):
            second.result()
        third = threads.submit(by_title, library)
        go_on.set()
        assert first.result(10) == third.result(10) == BY_TITLE
    assert made == ["title"]
    assert names(index) == {"title"}


@pytest.mark.parametrize("keep", [None, "id", "-title"])
def test_an_order_that_nobody_needs_does_not_go_on(
    library: Library, index: Path, monkeypatch: pytest.MonkeyPatch, keep: str | None
):
    begun, go_on, _ = gated_making(monkeypatch)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(by_title, library)
        assert begun.wait(10)
        library.give_up_ordering(keep)
        go_on.set()
        with pytest.raises(LibraryError, match="another search came first"):
            asked.result(10)
    assert names(index) == set()


@pytest.fixture
def pebbles(folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch) -> tuple[Library, list[int]]:
    """A library of forty papers, searched as big ones are, and how many papers its text index is asked for."""
    (folder / "pebbles.txt").write_text(
        "".join(
            Sample(
                f"2101.{at:05d}",
                f"W{at:02d} pebble",
                "Ada One",
                f"Pebble {'last' * (at > 35)}.",
                "2021-01-01",
            ).record()
            for at in range(40)
        )
    )
    library = open_here()
    library.refresh()
    monkeypatch.setattr(finding, "_MANY", 1)
    asked: list[int] = []
    numbers = TextIndex.numbers

    def counted(self: TextIndex, query: tantivy.Query, most: int) -> array[int]:
        asked.append(most)
        return numbers(self, query, most)

    monkeypatch.setattr(TextIndex, "numbers", counted)
    return library, asked


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "query", ["abstract:pebble", "abstract:last", "pebble last", "-title:w07", "title:w1*"]
)
def test_the_first_of_many_papers_stand_as_all_of_them_would(
    pebbles: tuple[Library, list[int]], monkeypatch: pytest.MonkeyPatch, sort: str, query: str
):
    library, _ = pebbles
    lazily = library.search(query, sort=sort)
    pages = range(0, lazily.total + 3, 3)
    shown = [row.key for start in pages for row in lazily.rows(start, start + 3)]
    monkeypatch.setattr(finding, "_MANY", 1000)
    assert shown == list(library.search(query, sort=sort).keys())
    assert len(shown) == lazily.total > 3


def test_a_page_of_many_papers_does_not_need_all_of_them(pebbles: tuple[Library, list[int]]):
    library, asked = pebbles
    found = library.search("abstract:pebble", sort="title")
    assert [row.key for row in found.rows(0, 3)] == ["2101.00000", "2101.00001", "2101.00002"]
    assert asked == [3 * finding._SPARE]
    found = library.search("abstract:last", sort="title")
    assert [row.key for row in found.rows(0, 1)] == ["2101.00036"]
    assert asked[1:] == [10 * finding._SPARE, 4], "none of them is among the first"


def test_the_place_of_a_paper_among_many_is_known_wherever_it_is(
    pebbles: tuple[Library, list[int]], monkeypatch: pytest.MonkeyPatch
):
    library, _ = pebbles
    assert finding._LOOKED_AT < finding._SPARE * ordering._SEARCHED, (
        "else it is looked for among the first alone"
    )
    monkeypatch.setattr(finding, "_LOOKED_AT", 10)
    monkeypatch.setattr(ordering, "_SEARCHED", 11)
    found = library.search("abstract:pebble", sort="title")
    assert len(found.rows(0, 3)) == 3
    assert [found.position(f"2101.{at:05d}") for at in (0, 7, 39)] == [0, 7, 39]


def test_papers_that_only_the_text_index_has_left_have_no_place_in_an_order(
    pebbles: tuple[Library, list[int]], monkeypatch: pytest.MonkeyPatch
):
    """As while another program writes: it commits to the catalogue first."""
    library, _ = pebbles
    monkeypatch.setattr(orders.Orders, "whole", lambda self, _: self.some("id", limit=30))
    found = library.search("abstract:pebble", sort="id")
    rows = found.rows(0, 99)
    assert (found.total, len(rows)) == (40, 40)
    assert [bool(row.key) for row in rows] == [True] * 30 + [False] * 10


def test_few_papers_are_put_in_order_alone(index: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(orders, "KEPT_FROM", 1)
    monkeypatch.setattr(orders, "_MOST_OF_ALL", 1)
    catalogue = Catalogue.in_folder(index)
    try:
        assert sorted(catalogue.orders.some("title", among=array("q", [3, 1]))) == [1, 3]
        assert not names(index)
    finally:
        catalogue.close()


def test_it_ends_with_the_state_of_the_papers(index: Path, folder: Path, library: Library):
    assert by_title(library) == BY_TITLE
    old = (index / orderfiles.FOLDER / "title").read_bytes()
    (folder / "papers.txt").write_text(SAND.record() + KITES.record() + CLOCKS.record())
    library.refresh()
    assert names(index) == set()
    # As many papers as before, and the file that a program has kept that began to put them in order before.
    put_back = index / orderfiles.FOLDER
    put_back.mkdir()
    (put_back / "title").write_bytes(old)
    assert by_title(library) == [CLOCKS.key, KITES.key, SAND.key]
    assert (put_back / "title").read_bytes() != old, "it was made again"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_its_place_the_order_is_right(
    index: Path, open_here: Opening, data: st.DataObject
):
    library = open_here()
    assert by_title(library) == BY_TITLE
    path = index / orderfiles.FOLDER / "title"
    sound = path.read_bytes()
    damaged = bytearray(sound)
    at = data.draw(st.integers(0, len(sound) - 1))
    damaged[at] ^= data.draw(st.integers(1, 255))
    kinds = [bytes(damaged), sound[:at], sound + sound[at:], data.draw(st.binary(max_size=len(sound)))]
    path.write_bytes(data.draw(st.sampled_from(kinds)))
    assert by_title(open_here()) == BY_TITLE
    assert path.read_bytes() == sound


@pytest.mark.parametrize("kind", ["fifo", "folder", "loop", "a file for the folder"])
def test_what_is_no_file_is_passed_over(index: Path, open_here: Opening, folder: Path, kind: str):
    own = index / orderfiles.FOLDER
    if kind == "a file for the folder":
        own.write_text("mine")
    else:
        own.mkdir()
    if kind == "fifo":
        os.mkfifo(own / "title")
    elif kind == "folder":
        (own / "title").mkdir()
    elif kind == "loop":
        (own / "title").symlink_to(own / "title")
    library = open_here()
    assert by_title(library) == BY_TITLE
    (folder / "more.txt").write_text(KITES.record())
    library.refresh()
    assert len(by_title(open_here())) == 4


def test_where_it_cannot_be_kept_it_is_made(
    index: Path, open_here: Opening, plain_user: Callable[[], AbstractContextManager[None]]
):
    with plain_user():
        library = open_here()
        assert by_title(library) == BY_TITLE
        shutil.rmtree(index / orderfiles.FOLDER)
        (index / orderfiles.FOLDER).mkdir(mode=0o500)
        assert by_title(open_here()) == BY_TITLE
        assert names(index) == set()


def test_a_writer_sees_what_it_has_changed_and_keeps_nothing_of_it(index: Path):
    catalogue = Catalogue.in_folder(index)
    try:
        before = catalogue.orders.whole("title")
        with catalogue.connection() as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("DELETE FROM papers WHERE key = ?", (CLOCKS.key,))
            assert catalogue.orders.whole("title") == before[1:]
            assert catalogue.orders.at_hand("title") is None
            db.execute("ROLLBACK")
        assert catalogue.orders.whole("title") == before
    finally:
        catalogue.close()


def test_a_title_that_is_no_text_is_damage(index: Path):
    catalogue = Catalogue.in_folder(index)
    try:
        with catalogue.connection() as db:
            db.execute("UPDATE papers SET title = CAST(x'54ff' AS TEXT) WHERE key = ?", (TEA.key,))
        with pytest.raises(DamagedError):
            catalogue.orders.whole("title")
    finally:
        catalogue.close()


def test_an_index_is_counted_with_its_orders(index: Path, cache: Path, library: Library):
    without = kept_indexes(cache)[0].bytes
    by_title(library)
    assert kept_indexes(cache)[0].bytes - without >= (index / orderfiles.FOLDER / "title").stat().st_size > 0


def test_a_file_that_cannot_be_written_leaves_what_stood_there(tmp_path: Path):
    path = tmp_path / "file"
    put(path, [b"one", array("q", [1])])
    sound = path.read_bytes()
    assert sound == b"one" + array("q", [1]).tobytes()

    def pieces() -> Iterator[bytes]:
        yield b"other"
        raise OSError("no space left on the device")

    with pytest.raises(OSError, match="no space"):
        put(path, pieces())
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == sound
