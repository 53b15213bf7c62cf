from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from arxtui.core.papers import Occurrence, Paper
from arxtui.reading import ListInfo, ReadingStore, StoreError, UnknownList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WALL = Paper(
    key="2403.01234",
    version=2,
    title="Domain walls that remember",
    author_text="A. Writer, B. Reader",
    abstract="We let a wall walk and watch it come back.",
    comments="4 pages",
    created="2024-03-02",
)


def keys(store: ReadingStore, name: str = "bookmarks") -> list[str]:
    return [entry.key for entry in store.entries(name)]


def test_bookmarks_are_there_from_the_start_and_come_first(store: ReadingStore) -> None:
    assert store.lists() == [ListInfo("bookmarks", 0)]
    store.create("alpha")
    store.add("aaa", [WALL])
    assert store.lists() == [ListInfo("bookmarks", 0), ListInfo("alpha", 0), ListInfo("aaa", 1)]


def test_add_says_what_it_really_added(store: ReadingStore) -> None:
    assert store.add("bookmarks", [Paper("a"), Paper("b"), Paper("a")]) == ["a", "b"]
    assert store.add("bookmarks", [Paper("b"), Paper("c")]) == ["c"]
    assert store.add("bookmarks", []) == []
    assert store.keys("bookmarks") == {"a", "b", "c"}


def test_remove_says_what_it_really_removed(store: ReadingStore) -> None:
    store.add("bookmarks", [Paper("a"), Paper("b"), Paper("c")])
    assert store.remove("bookmarks", ["c", "zzz", "a", "c"]) == ["a", "c"]
    assert keys(store) == ["b"]


def test_the_newest_stand_first_and_a_batch_keeps_its_order(store: ReadingStore) -> None:
    store.add("bookmarks", [Paper("a"), Paper("b")])
    store.add("bookmarks", [Paper("c"), Paper("a"), Paper("d")])
    assert keys(store) == ["c", "d", "a", "b"]


def test_what_changes_nothing_is_no_change(store: ReadingStore) -> None:
    store.add("bookmarks", [Paper("a")])
    before = store.revision()
    store.add("bookmarks", [Paper("a")])
    store.remove("bookmarks", ["b"])
    store.add("other", [])
    assert store.revision() == before
    assert [info.name for info in store.lists()] == ["bookmarks"]
    assert store.undo() == "added a to bookmarks"


def test_the_record_is_kept_as_it_was(store: ReadingStore, open_store: Callable[[], ReadingStore]) -> None:
    store.add("bookmarks", [WALL])
    kept = open_store().entries("bookmarks")[0]
    assert kept.paper.title == WALL.title
    assert kept.paper.abstract == WALL.abstract
    assert kept.paper.authors == WALL.authors
    assert kept.paper.version == 2
    assert kept.paper.created == "2024-03-02"
    # Added again it is the same entry, with the record of its time.
    store.add("bookmarks", [Paper(WALL.key, title="Another title")])
    assert store.entries("bookmarks")[0].paper.title == WALL.title


def test_a_record_can_be_asked_for_by_key(store: ReadingStore) -> None:
    assert store.paper(WALL.key) is None
    store.add("flow", [WALL])
    found = store.paper(WALL.key)
    assert found is not None
    assert found.title == WALL.title


def test_many_records_are_asked_for_in_one_question(store: ReadingStore) -> None:
    many = [Paper(f"2403.{number:05d}", title=f"Number {number}") for number in range(300)]
    store.add("flow", many)
    store.tag("to cite", ["2507.00001"])
    asked: list[str] = []
    store._reader.set_trace_callback(asked.append)
    found = store.papers([paper.key for paper in many] + ["2507.00001", "2507.00002"])
    store._reader.set_trace_callback(None)
    assert len(asked) == 1
    assert [found[paper.key].title for paper in many] == [paper.title for paper in many]
    assert found.keys() == {paper.key for paper in many}, "of the others nothing is kept"


IN_FILES = replace(WALL, occurrences=(Occurrence("root", "file.txt", 1, 0, 10, "record"),))
REFERENCE = Paper(
    WALL.key, title="Another title", author_text="A. Writer", abstract="Another.", comments="c", created="2024",
    updated="2025", doi="10.1/2", journal_ref="J. 1", version=1, categories=("math.GT",),
)  # fmt: skip


def title_of(store: ReadingStore, key: str = WALL.key) -> str | None:
    found = store.paper(key)
    assert found is not None
    return found.title


@pytest.mark.parametrize("order", ["rlb", "lrb", "blr", "brl"])
def test_the_fullest_record_stands_for_a_paper(store: ReadingStore, order: str) -> None:
    """That of a file of a library, however much a reference has to tell; each list keeps its own, if it has any."""
    papers = {"r": REFERENCE, "l": IN_FILES, "b": Paper(WALL.key)}
    for name in order:
        store.add(name, [papers[name]])
    assert title_of(store) == WALL.title
    assert store.titles([WALL.key]) == {WALL.key: WALL.title}
    assert [store.entries(name)[0].paper.title for name in "lrb"] == [WALL.title, "Another title", WALL.title]
    store.remove("l", [WALL.key])
    assert title_of(store) == "Another title"


def test_of_references_the_one_with_more_stands_for_a_paper_then_the_later(store: ReadingStore) -> None:
    store.add("a", [REFERENCE])
    store.add("b", [Paper(WALL.key, title="Poor")])
    store.add("c", [replace(REFERENCE, title="Later")])
    assert title_of(store) == "Later"


def test_a_record_that_goes_from_list_to_list_is_still_of_a_file(store: ReadingStore, path: Path) -> None:
    for kept in (IN_FILES, replace(REFERENCE, key="other")):
        store.add("a", [kept])
        copy = store.paper(kept.key)
        assert copy is not None
        assert not copy.occurrences
        store.add("b", [copy])
        store.remove("a", [kept.key])
        store.add("c", [replace(REFERENCE, key=kept.key, title="Poor", comments="more")])
    assert title_of(store) == WALL.title
    assert title_of(store, "other") == "Poor", "a reference stays one"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (4,)


def test_an_identifier_alone_and_a_paper_without_one(store: ReadingStore) -> None:
    store.add("bookmarks", [Paper("hep-th/9901001"), Paper("text:0123456789abcdef", abstract="No number.")])
    bare, nameless = (entry.paper for entry in store.entries("bookmarks"))
    assert (bare.key, bare.title, bare.abstract) == ("hep-th/9901001", None, None)
    assert (nameless.key, nameless.identifier, nameless.abstract) == (
        "text:0123456789abcdef",
        None,
        "No number.",
    )


def test_file_names_that_are_no_utf8_do_no_harm(store: ReadingStore) -> None:
    odd = Occurrence("/library", "caf\udce9.txt", 1, 0, 10, "inline")
    store.add("bookmarks", [Paper("2403.01234", abstract="A \u202e B \x00 \U0001d54a", occurrences=(odd,))])
    assert store.entries("bookmarks")[0].paper.abstract == "A \u202e B \x00 \U0001d54a"


def test_an_unknown_list(store: ReadingStore) -> None:
    for call in (store.entries, store.keys, lambda name: store.remove(name, ["a"])):
        with pytest.raises(UnknownList, match="'nowhere'") as caught:
            call("nowhere")
        assert caught.value.name == "nowhere"


def test_a_list_is_made_once(store: ReadingStore) -> None:
    store.create("flow matching")
    with pytest.raises(StoreError, match="'flow matching' already"):
        store.create(" flow matching ")
    with pytest.raises(StoreError, match="'bookmarks' already"):
        store.create("bookmarks")


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "esc\x1b[31m", "bidi\u202e", "lone\udce9"])
def test_names_that_cannot_be_shown_are_refused(store: ReadingStore, name: str) -> None:
    with pytest.raises(StoreError, match="name"):
        store.create(name)
    with pytest.raises(StoreError, match="name"):
        store.add(name, [WALL])
    assert [info.name for info in store.lists()] == ["bookmarks"]


def test_a_name_is_the_same_however_its_accents_are_typed(store: ReadingStore) -> None:
    store.add("re\u0301sume\u0301", [WALL])
    assert store.keys("r\u00e9sum\u00e9") == {WALL.key}


def test_times_are_utc(store: ReadingStore) -> None:
    store.add("bookmarks", [WALL])
    assert store.entries("bookmarks")[0].added.endswith("Z")


def test_revision_tells_of_every_change(store: ReadingStore, open_store: Callable[[], ReadingStore]) -> None:
    other = open_store()
    seen = [store.revision()]
    for change in (
        lambda: store.add("bookmarks", [WALL]),
        lambda: other.add("bookmarks", [Paper("b")]),
        store.undo,
        other.redo,
        lambda: other.create("x"),
    ):
        change()
        assert store.revision() == other.revision()
        seen.append(store.revision())
    assert seen == sorted(set(seen))


def test_threads_share_a_store(store: ReadingStore) -> None:
    def work(name: int) -> None:
        for number in range(25):
            store.add("bookmarks", [Paper(f"{name}.{number}")])
            store.keys("bookmarks")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.keys("bookmarks") == {f"{name}.{number}" for name in range(8) for number in range(25)}


def test_a_record_is_stored_once_however_often_it_comes_and_goes(store: ReadingStore, path: Path) -> None:
    for _ in range(5):
        store.add("bookmarks", [WALL])
        store.remove("bookmarks", [WALL.key])
    store.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM records").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM events").fetchone() == (10,)
    connection.close()
