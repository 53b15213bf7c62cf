"""Saved searches."""

from __future__ import annotations

import pytest

from arxtui.reading import ReadingStore, SavedSearch, StoreError

from .operations import a_moment_later
from .test_projection import stores


def names(store: ReadingStore) -> list[str]:
    return [search.name for search in store.searches()]


@pytest.fixture
def three(store: ReadingStore) -> ReadingStore:
    for name in ("one", "two", "three"):
        store.save_search(name, f"{name} or other")
    return store


def test_a_search_is_saved_changed_renamed_and_removed(store: ReadingStore) -> None:
    store.save_search("walls", "ti:wall", 3)
    assert store.searches() == [SavedSearch("walls", "ti:wall", 3)]
    store.save_search("Walls", "abs:wall")
    assert store.searches() == [SavedSearch("walls", "abs:wall", 3)]
    store.save_search("walls", "abs:wall", 0)
    assert store.searches() == [SavedSearch("walls", "abs:wall", None)]
    store.rename_search("walls", "domain walls")
    store.remove_search("domain walls")
    assert store.searches() == []
    said = [
        "removed search “domain walls”",
        "renamed search walls to “domain walls”",
        *["saved search walls"] * 3,
    ]
    assert [store.undo() for _ in range(6)] == [*said, None]
    assert [store.redo() for _ in range(3)] == said[:1:-1]
    assert store.searches() == [SavedSearch("walls", "abs:wall", None)]


def test_a_key_runs_one_search(three: ReadingStore) -> None:
    three.save_search("one", "one or other", 1)
    three.save_search("two", "two or other", 1)
    assert [search.key for search in three.searches()] == [None, 1, None]
    three.undo()
    assert [search.key for search in three.searches()] == [1, None, None]
    for key in (-1, 10):
        with pytest.raises(StoreError, match="keys 1 to 9"):
            three.save_search("one", "one", key)


def test_searches_have_an_order(three: ReadingStore) -> None:
    assert names(three) == ["one", "two", "three"]
    three.move_search("three", before="one")
    assert names(three) == ["three", "one", "two"]
    three.move_search("three", before="two")
    assert names(three) == ["one", "three", "two"]
    three.move_search("one")
    assert names(three) == ["three", "two", "one"]
    three.save_search("four", "four")
    assert names(three) == ["three", "two", "one", "four"]
    three.undo()
    assert three.undo() == "moved search one"
    assert names(three) == ["one", "three", "two"]


def test_the_digits_stay_where_they_are_in_the_order(three: ReadingStore) -> None:
    def keys() -> list[tuple[str, int | None]]:
        return [(search.name, search.key) for search in three.searches()]

    three.save_search("one", "one or other", 1)
    three.save_search("two", "two or other", 1)  # it takes it from the first one
    three.save_search("one", "one or other", 4)
    assert keys() == [("one", 4), ("two", 1), ("three", None)]
    three.move_search("three", before="two")
    assert keys() == [("one", 4), ("three", 1), ("two", None)]
    three.move_search("one")
    assert keys() == [("three", 4), ("two", 1), ("one", None)]
    three.undo()
    assert keys() == [("one", 4), ("three", 1), ("two", None)]
    three.undo()
    assert keys() == [("one", 4), ("two", 1), ("three", None)]


def test_what_is_so_already_is_no_change(three: ReadingStore) -> None:
    before = three.revision()
    three.save_search("one", "one or other")
    three.save_search("one", "one or other", 0)
    three.rename_search("one", "one")
    three.move_search("three")
    three.move_search("one", before="two")
    assert three.revision() == before


def test_names_that_are_taken_or_unknown(three: ReadingStore) -> None:
    with pytest.raises(StoreError, match="'two' already"):
        three.rename_search("one", "Two")
    for change in (three.remove_search, three.move_search, lambda name: three.rename_search(name, "x")):
        with pytest.raises(StoreError, match="no saved search named 'four'"):
            change("four")
    with pytest.raises(StoreError, match="no saved search named 'four'"):
        three.move_search("one", before="four")


def test_a_search_saved_again_after_it_was_removed(three: ReadingStore) -> None:
    three.remove_search("two")
    three.save_search("two", "anew")
    assert SavedSearch("two", "anew") in three.searches()


def test_two_devices_agree_on_keys_and_places() -> None:
    with stores(2) as (here, there):
        for name in ("one", "two", "three"):
            here.save_search(name, name)
        there.load(here.dump())
        here.save_search("one", "one", 1)
        a_moment_later()
        there.save_search("two", "two", 1)
        for store, other in ((here, there), (there, here)):
            store.load(other.dump())
        assert here.searches() == there.searches()
        assert [search.name for search in here.searches() if search.key == 1] == ["two"]
        here.move_search("two", before="one")
        a_moment_later()
        there.move_search("three", before="one")
        for store, other in ((here, there), (there, here)):
            store.load(other.dump())
        assert here.searches() == there.searches()
        assert len([search for search in here.searches() if search.key == 1]) == 1
        # Both stand at one place; moving something between them tells them apart.
        first, second, last = names(here)
        here.move_search(last, before=second)
        assert names(here) == [first, last, second]


def test_searches_that_two_devices_save_by_one_name_are_two() -> None:
    with stores(2) as (here, there):
        here.save_search("new", "date:2025")
        here.rename_search("new", "of 2025")
        here.save_search("walls", "ti:wall")
        a_moment_later()
        there.save_search("new", "date:2026")
        there.save_search("walls", "abs:wall")
        for store, other in ((here, there), (there, here)):
            store.load(other.dump())
        asked = {search.name: search.query for search in here.searches()}
        assert asked == {
            "of 2025": "date:2025",
            "walls": "ti:wall",
            "new": "date:2026",
            "walls (2)": "abs:wall",
        }
        assert here.searches() == there.searches()
