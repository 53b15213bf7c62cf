"""Search: exact totals, lazy pages, orders, filters, and the many ways to write the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.library import SORTS, Library, LibraryError, Place, rereading

from .texts import CLOCKS, KITES, SAMPLES, SAND, SNOW, TEA

Opening = Callable[..., Library]


@pytest.fixture
def library(folder: Path, open_here: Opening) -> Library:
    (folder / "sub").mkdir()
    (folder / "one.txt").write_text(
        SAND.record(updated="2025-08-01", version="v2")
        + CLOCKS.record()
        + TEA.record(titled=False, comments="9 Seiten")
    )
    (folder / "sub" / "two.txt").write_text(KITES.inline() + TEA.inline() + SAND.inline())
    (folder / "sub" / "three.txt").write_text(SNOW.record() + TEA.record())
    library = open_here()
    library.refresh()
    return library


def keys(library: Library, query: str = "", **options: object) -> list[str]:
    return list(library.search(query, **options).keys())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sand", {SAND}),
        ("SAND", {SAND}),
        ("sand plate", {SAND}),
        ("sand clocks", {SAND, CLOCKS}),  # no paper has both
        ("nowhere", set()),
        ("clo", {CLOCKS}),  # the last word may be cut short
        ("clo wall", {CLOCKS}),  # another too, where whole words find nothing
        ("wall clo", {CLOCKS}),
        ("Schrödinger", {TEA}),
        ("schrodinger", {TEA}),
        (r"Schr\"odinger", {TEA}),
        ("schro", {TEA}),
        ("gerard", {CLOCKS}),
        ("Gérard Dörn", {CLOCKS}),
        ("otani", {TEA}),
        ("Ōtani", {TEA}),
        ("α", {TEA}),
        ("alpha", {TEA}),
        (r"$\alpha$", {TEA}),
        ("seiten", {TEA}),
        ("footprints", {SNOW}),
        ("*", set(SAMPLES)),
        ("", set(SAMPLES)),
        ("  ", set(SAMPLES)),
        ("2507.00001", {SAND}),
        ("2507.00001v1", {SAND}),
        ("arXiv:2507.00001", {SAND}),
        ("https://arxiv.org/abs/2507.00001v2", {SAND}),
        ("https://arxiv.org/pdf/math.GT/0309136.pdf", {TEA}),
        ("math.AG/0309136v4", {TEA}),
        ("2507.99999", set()),
        ('"sand', {SAND}),
        ("sand AND OR NOT ( ] } : ^ ~", {SAND}),
        ("sand:", {SAND}),
        (".*", set(SAMPLES)),
    ],
)
def test_what_is_found(library: Library, query: str, found: set[object]):
    results = library.search(query)
    expected = {paper.key for paper in SAMPLES if paper in found}
    assert set(results.keys()) == expected
    assert results.total == len(expected)


@pytest.mark.parametrize(
    "query",
    ["\x00", "\ud800", "\\", "a\nb", "' OR 1=1 --", "%s", "🙂", "(" * 500, "a " * 300],
    ids=lambda query: repr(query)[:12],
)
def test_any_query_has_an_answer(library: Library, query: str):
    assert library.search(query).total == len(list(library.search(query)))


def test_a_word_as_long_as_a_page(library: Library):
    assert library.search("a" * 2000).total == 0


def test_a_word_in_the_title_counts_more(library: Library, folder: Path):
    (folder / "more.txt").write_text(SAND._replace(key="2507.00077", title="Kites and taps").record())
    library.refresh()
    assert keys(library, "kite")[0] == "2507.00077"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (None, [SNOW, SAND, CLOCKS, KITES, TEA]),
        ("date", [SNOW, SAND, CLOCKS, KITES, TEA]),
        ("-date", [TEA, KITES, CLOCKS, SAND, SNOW]),
        ("updated", [SAND, SNOW, CLOCKS, KITES, TEA]),
        ("-updated", [TEA, KITES, CLOCKS, SNOW, SAND]),
        ("title", [CLOCKS, SNOW, SAND, TEA, KITES]),  # without a title last
        ("-title", [TEA, SAND, SNOW, CLOCKS, KITES]),
        ("id", [KITES, CLOCKS, SAND, SNOW, TEA]),
        ("-id", [TEA, SNOW, SAND, CLOCKS, KITES]),
        ("occurrences", [TEA, SAND, SNOW, CLOCKS, KITES]),
        ("-occurrences", [KITES, CLOCKS, SNOW, SAND, TEA]),
    ],
)
def test_orders(library: Library, sort: str | None, order: list[object]):
    expected = [paper.key for paper in order]  # type: ignore[attr-defined]
    assert keys(library, sort=sort) == expected
    if sort is not None:
        assert keys(library, "the", sort=sort) == [key for key in expected if key in keys(library, "the")]


def test_the_worst_match_first(library: Library):
    assert keys(library, "sand", sort="-relevance") == keys(library, "sand")[::-1]
    assert keys(library, "the", sort="-relevance") == keys(library, "the")[::-1]


@pytest.mark.parametrize("sort", ["", "Date", "--date", "name", "date;"])
def test_an_order_that_there_is_not(library: Library, sort: str):
    with pytest.raises(ValueError, match="it is one of date, updated"):
        library.search(sort=sort)


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{sort}" for sort in SORTS)])
@pytest.mark.parametrize("query", ["", "the"])
def test_position_is_where_the_row_is(library: Library, sort: str, query: str):
    results = library.search(query, sort=sort)
    for number, key in enumerate(list(results.keys())):
        assert results.position(key) == number
        assert results.rows(number, number + 1)[0].key == key
    assert results.position("2507.99999") is None


def test_position_of_what_was_not_found(library: Library):
    assert library.search("sand").position(TEA.key) is None
    assert library.search("", place=Place(0, "one.txt")).position(KITES.key) is None


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("", set(SAMPLES)),
        ("one.txt", {SAND, CLOCKS, TEA}),
        ("sub", {KITES, TEA, SAND, SNOW}),
        ("sub/two.txt", {KITES, TEA, SAND}),
        ("su", set()),
        ("nowhere", set()),
    ],
)
def test_only_what_is_in_a_place(library: Library, place: str, found: set[object]):
    expected = {paper.key for paper in SAMPLES if paper in found}
    assert set(keys(library, place=Place(0, place))) == expected
    assert set(keys(library, "the", place=Place(0, place))) == expected & set(keys(library, "the"))
    assert library.search("", place=Place(0, place)).total == len(expected)


def test_only_some_keys(library: Library):
    wanted = [TEA.key, SAND.key, "2507.99999"]
    assert keys(library, keys=wanted) == [SAND.key, TEA.key]
    assert keys(library, "sand", keys=wanted) == [SAND.key]
    assert keys(library, "sand", keys=[TEA.key]) == []
    assert keys(library, keys=[]) == []
    assert keys(library, "sand", keys=[]) == []
    assert keys(library, SAND.key, keys=[TEA.key]) == []
    assert keys(library, keys=wanted, place=Place(0, "one.txt"), sort="id") == [SAND.key, TEA.key]


def test_limit_and_offset_bound_what_is_gone_through_and_not_the_total(library: Library):
    every = keys(library)
    assert keys(library, limit=2) == every[:2]
    assert keys(library, limit=2, offset=1) == every[1:3]
    assert keys(library, offset=3) == every[3:]
    assert keys(library, limit=0) == []
    assert keys(library, offset=99) == []
    results = library.search("", limit=1, offset=1)
    assert results.total == 5
    assert [row.key for row in results.rows(0, 3)] == every[:3]


def test_windows(library: Library):
    results = library.search()
    every = [row.key for row in results.rows(0, 99)]
    assert len(every) == 5
    assert [row.key for row in results.rows(2, 4)] == every[2:4]
    assert results.rows(5, 9) == []
    assert results.rows(3, 3) == []
    assert results.rows(4, 2) == []
    assert [row.key for row in results.rows(-2, 1)] == every[:1]


def test_what_was_looked_for_is_highlighted(library: Library):
    results = library.search("Schrödinger tea")
    assert results.spans(r"A Schr\"odinger for tea", "title") == [(2, 15), (20, 23)]
    assert library.search("2507.00001").spans("2507.00001") == []
    assert not library.search("*").highlights


def test_what_a_row_shows(library: Library):
    rows = library.rows([SAND.key, KITES.key, "2507.99999"])
    assert rows.keys() == {SAND.key, KITES.key}
    assert rows[SAND.key] == (SAND.key, "2025-07-01", SAND.title, "", SAND.authors, "2025-08-01", 2)
    assert rows[KITES.key][:3] == (KITES.key, "2008-11", None)
    assert KITES.abstract.startswith(rows[KITES.key].lead)
    assert len(rows[KITES.key].lead) == 200
    assert library.paper("https://arxiv.org/abs/2507.00001v1").key == SAND.key


def test_a_page_costs_the_page(folder: Path, open_here: Opening):
    """Of thousands of papers, no more are fetched than a screen holds."""
    from unittest.mock import patch

    from arxtui.library.catalogue import Catalogue

    (folder / "many.txt").write_text(
        "".join(
            SAND._replace(key=f"2507.{number:05d}", created=f"2025-{number % 12 + 1:02d}-01").record()
            for number in range(3000)
        )
    )
    library = open_here()
    library.refresh()
    fetched = 0
    original = Catalogue.rows

    def counting(self: Catalogue, numbers: object) -> object:
        found = original(self, numbers)  # type: ignore[arg-type]
        nonlocal fetched
        fetched += len(found)
        return found

    with patch.object(Catalogue, "rows", counting):
        for query, sort in [("", None), ("", "title"), ("sand", None), ("sand", "id"), ("", "-date")]:
            results = library.search(query, sort=sort)
            assert results.total == 3000
            assert fetched <= (200 if query else 0)  # the best of words are compared by their rows
            fetched = 0
            assert len(results.rows(2900, 2940)) == 40
            assert fetched <= 40
            fetched = 0
    every = [row.key for row in library.search("", sort="date")]
    assert len(set(every)) == 3000
    assert [row.key for row in library.search("", sort="-date")] == every[::-1]
    results = library.search()
    assert all(results.position(every[place]) == place for place in (0, 1, 1499, 2998, 2999))


def test_search_while_a_refresh_runs(folder: Path, open_here: Opening):
    library = open_here()
    library.refresh()
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                for query in ("", "sand", "the"):
                    results = library.search(query)
                    for row in results.rows(0, 20):
                        if row.key:
                            library.rows([row.key])
                library.children(Place(0, ""))
                library.counts()
        except BaseException as error:  # noqa: BLE001  whatever it is, the test fails with it
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        (folder / f"{number}.txt").write_text(
            "".join(
                paper._replace(key=f"2507.{number:02d}{place:03d}").record()
                for place, paper in enumerate(SAMPLES * 40)
            )
        )
        library.refresh()
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert library.search("").total == library.counts().papers == 6 * 200


def test_a_paper_whose_files_are_gone(library: Library, folder: Path):
    for path in folder.rglob("*.txt"):
        path.unlink()
    with pytest.raises(LibraryError, match="read the library again"):
        library.paper(SAND.key)
    assert library.rows([SAND.key])[SAND.key].title == SAND.title


def test_papers_are_read_together_and_each_file_is_opened_once(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    wanted = keys(library, "*")[::-1]
    one_by_one = [library.paper(key) for key in wanted]
    opened: list[str] = []
    original = rereading.open_regular

    def opens(path: str) -> int:
        opened.append(path)
        return original(path)

    monkeypatch.setattr(rereading, "open_regular", opens)
    assert list(library.papers([*wanted, "2507.99999"])) == one_by_one
    assert len(opened) == len(set(opened)) == len(list(folder.rglob("*.txt")))
    # In smaller lots they are the same.
    monkeypatch.setattr(rereading, "_TOGETHER", 2)
    assert list(library.papers(wanted)) == one_by_one


def test_a_paper_that_cannot_be_read_keeps_no_other_from_being_read(library: Library, folder: Path):
    wanted = keys(library, "*")
    lost = {CLOCKS.key}  # the others of that file stand in others too
    (folder / "one.txt").unlink()
    told: dict[str, LibraryError] = {}
    found = [paper.key for paper in library.papers(wanted, told.__setitem__)]
    assert found == [key for key in wanted if key not in lost]
    assert told.keys() == lost
    with pytest.raises(LibraryError, match="have changed or are gone"):
        list(library.papers(wanted))


def test_of_equal_matches_the_newer_comes_first(folder: Path, open_here: Opening):
    entries = (
        f"A pebble is weighed.\n\narXiv:21{month:02d}.00001\nCreated: 2021-{month:02d}-01\n\n"
        for month in (5, 2, 11, 8, 1, 12, 3)
    )
    (folder / "pebbles.txt").write_text("".join(entries))
    library = open_here()
    library.refresh()
    assert keys(library, "pebble") == [f"21{month:02d}.00001" for month in (12, 11, 8, 5, 3, 2, 1)]


def test_an_order_that_takes_long_can_be_given_up(library: Library):
    """As where somebody types on: what is put in order for the query before is not waited for."""
    catalogue = library._catalogue
    seen: list[object] = []

    def search() -> None:
        with catalogue.connection() as connection:
            connection.set_progress_handler(lambda: library.give_up_ordering() or 0, 10)  # type: ignore[func-returns-value]
        try:
            seen.append(library.search(sort="title"))
        except LibraryError as error:
            seen.append(str(error))

    thread = threading.Thread(target=search)
    thread.start()
    thread.join(10)
    assert seen == ["the papers were not put in order: another search came first"]
    assert library.search(sort="title").total == library.counts().papers
