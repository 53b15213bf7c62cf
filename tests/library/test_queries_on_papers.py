"""Queries with fields and operators, on a real index: each node alone, and together by the laws of sets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arxtui.core.patterns import TooLongError
from arxtui.core.queries import (
    And,
    DateRange,
    Everything,
    In,
    Is,
    Not,
    Or,
    PathGlob,
    Pattern,
    Phrase,
    Query,
    Word,
)
from arxtui.library import Library, LibraryError, Results, open_library
from arxtui.library.catalogue import Catalogue
from arxtui.library.verifying import Looking

from .texts import CLOCKS, KITES, SAMPLES, SAND, SNOW, TEA, Sample

BARE = "Fog lifts when the sun comes up. We say when, to the minute, for a valley that has one road and no wind at all.\n\n"
KEPT = {
    ("list", "bookmarks"): [SAND.key, TEA.key],
    ("tag", "wet"): [TEA.key, SNOW.key],
    ("note", "lend"): [KITES.key],
}
STATES = {"bookmarked": [SAND.key, TEA.key], "read": [SAND.key], "unread": [TEA.key], "noted": [KITES.key]}


def lookup(kind: str, value: str) -> Collection[str]:
    return STATES.get(value, []) if kind == "is" else KEPT.get((kind, value), [])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("queries") / "library"
    (folder / "2024" / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text(
        SAND.record(updated="2025-08-01", version="v2")
        + CLOCKS.record()
        + TEA.record(titled=False, comments="This paper has been withdrawn. 9 Seiten")
    )
    (folder / "2024" / "two.txt").write_text(KITES.inline() + "\n\n" + BARE)
    (folder / "2024" / "deep" / "three.txt").write_text(
        SNOW.record(comments="4 plates")
        + TEA._replace(abstract=TEA.abstract.replace("darkens", "Darkens")).record()
    )
    with open_library([folder], cache_dir=folder.parent / "cache") as library:
        library.refresh()
        yield library


@pytest.fixture(scope="module")
def fog(library: Library) -> str:
    (key,) = (row.key for row in library.search("") if row.key.startswith("text:"))
    return key


def keys(library: Library, query: str | Query) -> set[str]:
    results = library.search(query, lookup=lookup)
    found = list(results.keys())
    assert results.total == len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:sand", {SAND}),
        ("title:snow", {SNOW}),
        ("title:kite", set()),  # an inline file has no titles
        ("abstract:kite", {KITES}),
        ("author:otani", {TEA}),
        ("author:sand", set()),
        ("comment:plates", {SNOW}),
        ("title:(sand or snow)", {SAND, SNOW}),
        ("author:(dorn or four) -snow", {CLOCKS}),
        ("sand or snow", {SAND, SNOW}),
        ("the -sand -snow", "fog, three"),
        ("sand and snow", set()),
        ("not the", set()),
        ('"dry sand"', {SAND}),
        ('"sand dry"', set()),
        ('"felt pad of two"', {CLOCKS}),
        ('"Tea darkens"', {TEA}),
        ('"TEA darkens"', set()),  # a capital asks for this very case
        ('"tea darkens"', {TEA}),
        ('abstract:"Schrodinger equation"', {TEA}),
        ('abstract:"schrodinger Equation"', set()),
        ("footp*", {SNOW}),
        ("title:foot*", {SNOW}),
        ("title:foot", set()),
        ("title:/s(and|now)$/", {SAND, SNOW}),
        ("title:/S(and|now)$/", set()),
        ("title:/^Taps/", {SAND}),
        ("/square root/", {TEA}),
        (r"/\bthree param/", {SAND}),
        (r"author:/^[A-D]\w /", {SNOW}),
        ("author:/ōtani/", {TEA}),
        ("comment:/withdrawn/", {TEA}),
        ("title:/./ -title:/sand|snow|tea/", {CLOCKS}),
        ("id:2507.00001", {SAND}),
        ("id:2507.0000*", {SAND, SNOW}),
        ("id:math/0309136", {TEA}),
        ("id:math*", {TEA}),
        ("id:2507", {SAND, SNOW}),
        ("date:2025", {SAND, SNOW}),
        ("date:2025-07-01", {SAND, SNOW}),
        ("date:2008", {KITES}),
        ("date:2008-11", {KITES}),  # only the month is known
        ("date:2008-11-02..2008-11-30", set()),
        ("date:..2008", {TEA, KITES}),
        ("date:2008..2024", {KITES, CLOCKS}),
        ("updated:2025", {SAND}),
        ("updated:..2024", set()),
        ("path:one.txt", {SAND, CLOCKS, TEA}),
        ("path:2024", "fog, 2024"),
        ("path:2024/**", "fog, 2024"),
        ("path:2024/*", "fog, kites"),
        ("path:20*", "fog, 2024"),
        ("path:*2[0-9]*", set()),
        ("path:*.txt", {SAND, CLOCKS, TEA}),
        ("path:**three*", {SNOW, TEA}),
        ("path:nowhere", set()),
        ("is:duplicate", {TEA}),
        ("is:variant", {TEA}),
        ("is:untitled", "fog, kites"),
        ("is:unidentified", "fog"),
        ("is:withdrawn", {TEA}),
        ("is:bookmarked", {SAND, TEA}),
        ("is:bookmarked is:read", {SAND}),
        ("is:noted", {KITES}),
        ("is:bookmarked is:unread", {TEA}),
        ("list:bookmarks", {SAND, TEA}),
        ("tag:wet", {TEA, SNOW}),
        ("tag:dry", set()),
        ("note:lend", {KITES}),
        ("tag:wet -list:bookmarks date:2025", {SNOW}),
        ("category:math", {TEA}),
        ("category:MAT*", {TEA}),
        ("category:mat", set()),
        ("category:2507*", set()),
    ],
)
def test_what_is_found(library: Library, fog: str, query: str, found: object):
    extra = {
        "fog": {fog},
        "fog, three": {fog, CLOCKS.key, TEA.key, KITES.key},
        "fog, kites": {fog, KITES.key},
        "fog, 2024": {fog, KITES.key, SNOW.key, TEA.key},
    }
    expected = extra[found] if isinstance(found, str) else {paper.key for paper in found}  # type: ignore[attr-defined]
    assert keys(library, query) == expected


def test_nothing_is_in_a_list_where_nobody_knows_the_lists(library: Library):
    assert library.search("list:bookmarks").total == 0
    assert library.search("-list:bookmarks").total == len(SAMPLES) + 1


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are looked through one by one, and a second passes with each look at the clock."""
    for name in ("_TEXTS", "_ROWS", "_AT_ONCE", "_WINDOW"):
        monkeypatch.setattr(f"arxtui.library.verifying.{name}", 1)
    monkeypatch.setattr("arxtui.library.verifying.monotonic", count().__next__)


def steps(library: Library, query: str | Query) -> Iterator[Results]:
    """What is found while one types, then step by step until all texts have been looked through."""
    results = library.search(query, lookup=lookup, typing=True)
    yield results
    while results.looking is not None and not results.looking.done:
        results.looking.seconds = 5
        results = library.search(query, lookup=lookup, typing=True, looking=results.looking)
        yield results


@pytest.mark.parametrize("query", ["abstract:/the/", "title:/.../", '"A "', "-abstract:/e/"])
def test_while_one_types_the_newest_texts_come_first_and_the_others_step_by_step(
    library: Library, query: str, few_at_a_time: None
):
    first, *others = steps(library, query)
    assert first.total <= 1
    assert first.looking is not None
    assert first.note == f"1 of {first.looking.total} texts were read"
    assert len(others) > 1
    assert set(others[-1].keys()) == keys(library, query)
    assert others[-1].note is None
    assert first.looking.looked == first.looking.total


def test_what_is_soon_looked_through_is_done_at_once(library: Library):
    results = library.search("abstract:/the/", typing=True)
    assert results.looking is not None
    assert results.looking.done
    assert results.note is None
    assert library.search("the", typing=True).looking is None


def test_what_comes_behind_is_looked_for_in_what_was_found_before(library: Library, few_at_a_time: None):
    *_, last = steps(library, "title:/tea/ abstract:/e/")
    assert last.looking is not None
    assert set(last.keys()) == {TEA.key}
    assert last.looking.total == 2, "one title that may hold it, and its text"


@pytest.mark.parametrize(
    "query", ["abstract:/the/", "title:/.../", "/T(ea|wo)/", '"Tea darkens"', '"TEA darkens"']
)
def test_a_script_is_given_all_that_match(library: Library, query: str, monkeypatch: pytest.MonkeyPatch):
    whole = keys(library, query)
    for name in ("_TEXTS", "_ROWS", "_WINDOW", "_AT_ONCE"):
        monkeypatch.setattr(f"arxtui.library.verifying.{name}", 1)
    assert keys(library, query) == whole
    assert library.search(query).note is None
    assert bool(whole) == ("TEA" not in query)


def test_texts_are_not_looked_through_for_nobody(library: Library, monkeypatch: pytest.MonkeyPatch):
    rows = Catalogue.rows
    asked = []

    def given_up(self: Catalogue, numbers: Iterable[int]) -> object:
        asked.append(numbers)
        library.give_up_ordering()
        return rows(self, numbers)

    monkeypatch.setattr("arxtui.library.verifying._AT_ONCE", 1)
    monkeypatch.setattr(Catalogue, "rows", given_up)
    with pytest.raises(LibraryError, match="another search came first"):
        library.search("abstract:/the/")
    assert len(asked) == 1


def test_the_last_word_may_go_on_while_one_types(library: Library):
    assert library.search("title:san").total == 0
    assert library.search("title:san", typing=True).total == 1
    assert library.search("-title:san", typing=True).total == len(SAMPLES)
    assert library.search("title:san the", typing=True).total == 0


def test_sorting_within_the_query(library: Library):
    def order(query: str, **options: object) -> list[str]:
        return list(library.search(query, lookup=lookup, **options).keys())  # type: ignore[arg-type]

    assert order("the sort:id") == order("the", sort="id") == sorted(order("the"))
    assert order("the sort:-id", sort="date") == sorted(order("the"), reverse=True)
    assert order("list:bookmarks sort:added") == [TEA.key, SAND.key]  # the last added first
    assert order("list:bookmarks sort:-added") == [SAND.key, TEA.key]
    assert order("date:..2024") == order("date:..2024", sort="date")  # where there are no words


NODES = [
    Everything(),
    Word("the"),
    Word("sand"),
    Word("s", prefix=True),
    Word("tea", field="title"),
    Word("d", prefix=True, field="author"),
    Phrase(("dry", "sand"), "dry sand"),
    Phrase(("tea",), "Tea"),
    Phrase(("a",), "A", "abstract"),
    Pattern("[st]a", "title"),
    Pattern("ite|ow"),
    DateRange("date", "2024-01-01", None),
    DateRange("updated", None, "2025-12-31"),
    PathGlob("2024/**"),
    PathGlob("one.txt"),
    Is("duplicate"),
    Is("untitled"),
    Is("read"),
    Is("unread"),
    In("list", "bookmarks"),
    In("tag", "wet"),
]
trees = st.recursive(
    st.sampled_from(NODES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
        inner.map(Not),
    ),
    max_leaves=5,
)


def found(library: Library, tree: object) -> set[str]:
    return keys(library, Query(tree, strict=True))  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(one=trees, other=trees)
def test_the_laws_of_sets(library: Library, one: object, other: object):
    every = found(library, Everything())
    first, second = found(library, one), found(library, other)
    assert found(library, And((one, other))) == first & second  # type: ignore[arg-type]
    assert found(library, Or((one, other))) == first | second  # type: ignore[arg-type]
    assert found(library, Not(one)) == every - first  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees)
def test_each_step_finds_more_and_nothing_that_is_not_so(library: Library, few_at_a_time: None, tree: object):
    query = Query(tree, strict=True)  # type: ignore[arg-type]
    found = [set(results.keys()) for results in steps(library, query)]
    exact = set(library.search(query, lookup=lookup, typing=True, looking=Looking(None)).keys())
    assert found[-1] == exact
    assert all(one <= other for one, other in pairwise(found))


def test_where_no_file_tells_categories_that_is_said(library: Library):
    once = "categories are known up to March 2007 only"
    assert library.search("category:math").note == once
    assert library.search("category:(math or hep-th) -category:cs").note == once
    assert library.search("id:math").note is None


@pytest.mark.parametrize(
    ("query", "found", "whole"),
    [
        ("path:on", {SAND, CLOCKS, TEA}, set()),
        ("path:2024/dee", {SNOW, TEA}, set()),
        ("path:2024/de -path:nowhere", set(), set()),  # only what is last is still being typed
        ('title:"taps on sa', {SAND}, set()),
        ('title:"taps on s', {SAND}, set()),
        ('title:"taps on x', {SAND}, set()),
        ('title:"taps on xy', set(), set()),
        ('"Taps on san', {SAND}, set()),
        ('"san', {SAND}, set()),
        ('title:"taps on sa"', set(), set()),
        ("2507.0000", {SAND, SNOW}, {SAND, SNOW}),
    ],
)
def test_what_is_half_typed_may_go_on_while_typing(
    library: Library, query: str, found: set[Sample], whole: set[Sample]
):
    typed = set(library.search(query, typing=True).keys())
    assert {paper.key for paper in found} <= typed
    assert found or not typed
    assert keys(library, query) == {paper.key for paper in whole}


def test_a_path_that_is_whole_does_not_go_on(library: Library):
    assert library.search("path:2024", typing=True).total == library.search("path:2024").total


def test_what_takes_too_long_to_match_is_left_out_and_told(library: Library, monkeypatch: pytest.MonkeyPatch):
    def late(leaf: object, text: str) -> list[tuple[int, int]]:
        if "san" in text.lower():
            raise TooLongError
        return [(0, 1)]

    monkeypatch.setattr("arxtui.library.verifying.leaf_spans", late)
    results = library.search("title:/./")
    assert SAND.key not in set(results.keys())
    assert results.note == "left out, for they take too long to match: 1"
    monkeypatch.setattr("arxtui.library.verifying._LEFT_OUT", 0)
    with pytest.raises(LibraryError, match="takes too long: write more plain letters"):
        library.search("title:/./")
