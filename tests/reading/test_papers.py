"""Tags, states, stars, notes, marks, decisions, and the questions a search asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.core.papers import Paper
from arxtui.reading import LOOKUP_IS, ReadingStore, State, StoreError, TagInfo
from arxtui.reading.notes import joined

from .operations import events_in, shown_writes, written_plainly

Open = Callable[[], ReadingStore]


def test_several_tags_are_one_change(store: ReadingStore) -> None:
    store.tag("odd", ["a"])
    assert store.tag_all(["Odd", "to cite", "TO CITE", "new"], ["a", "b"]) == ["odd", "to cite", "new"]
    assert store.tags() == [TagInfo("new", 2), TagInfo("odd", 2), TagInfo("to cite", 2)]
    assert store.tag_all(["odd", "new"], ["b", "a"]) == []
    assert store.tag_all(["odd", "more"], ["b"]) == ["more"]
    assert [past.text for past in store.history()] == [
        "tagged b with more",
        "tagged 2 papers with odd, “to cite”, new",
        "tagged a with odd",
    ]
    assert store.undo() == "tagged b with more"
    assert store.undo() == "tagged 2 papers with odd, “to cite”, new"
    assert store.tags() == [TagInfo("odd", 1)]
    assert store.redo() == "tagged 2 papers with odd, “to cite”, new"
    assert len(store.tags()) == 3
    with pytest.raises(StoreError, match="needs a name"):
        store.tag_all(["fine", " "], ["a"])
    assert len(store.tags()) == 3


def test_tags_are_given_taken_and_counted(store: ReadingStore) -> None:
    assert store.tag("to cite", ["a", "b", "a"]) == ["a", "b"]
    assert store.tag("To Cite", ["b", "c"]) == ["c"]
    assert store.tag("alpha", ["a"]) == ["a"]
    assert store.tags() == [TagInfo("alpha", 1), TagInfo("to cite", 3)]
    assert store.untag("TO CITE", ["a", "x"]) == ["a"]
    assert store.lookup("tag", "to cite") == {"b", "c"}
    assert store.undo() == "took tag “to cite” off a"
    assert store.undo() == "tagged a with alpha"
    assert store.undo() == "tagged c with “to cite”"
    assert store.undo() == "tagged 2 papers with “to cite”"
    assert store.tags() == []


def test_states_are_said_and_taken_back(store: ReadingStore) -> None:
    assert store.set_status(["a", "b"], "read") == ["a", "b"]
    assert store.set_status(["b", "c"], "read") == ["c"]
    assert store.set_status(["b"], None) == ["b"]
    assert store.set_status(["x"], None) == []
    assert store.lookup("is", "read") == {"a", "c"}
    assert store.undo() == "said that b is neither read nor unread"
    assert store.undo() == "said that c is read"
    assert store.undo() == "said that 2 papers are read"
    with pytest.raises(StoreError, match="to-read"):
        store.set_status(["a"], "eaten")


def test_stars(store: ReadingStore) -> None:
    assert store.set_stars(["a", "b"], 5) == ["a", "b"]
    assert store.set_stars(["a"], 1) == ["a"]
    assert store.set_stars(["a", "x"], 0) == ["a"]
    assert store.lookup("is", "starred") == {"b"}
    assert store.undo() == "took the stars off a"
    assert store.undo() == "gave a 1 star"
    assert store.states(["a"])["a"].stars == 5
    for stars in (-1, 6):
        with pytest.raises(StoreError, match="0 to 5 stars"):
            store.set_stars(["a"], stars)


def test_a_note_is_written_rewritten_and_removed(store: ReadingStore) -> None:
    assert store.note("a").text == ""
    assert store.set_note("a", "first\nlines")
    assert not store.set_note("a", "first\nlines")
    assert store.set_note("a", "second")
    assert store.notes_of() == {"a": "second"}
    assert store.set_note("a", "")
    assert store.notes_of() == {}
    assert store.undo() == "removed the note on a"
    assert store.undo() == "wrote the note on a"
    assert store.note("a").text == "first\nlines"


def test_a_note_edited_in_two_windows_keeps_both_texts(open_store: Open) -> None:
    here, there = open_store(), open_store()
    here.set_note("a", "first")
    in_the_editor = here.note("a")
    there.set_note("a", "of there")
    assert here.set_note("a", "of here", over=in_the_editor)
    assert here.note("a").text.split("\n\n")[::2] == ["of there", "of here"]
    assert here.note("a") == there.note("a")


def test_a_note_holds_what_a_database_cannot(store: ReadingStore) -> None:
    store.set_note("a", "zero \0 and half \udce9 \U0001d54a")
    text = store.note("a").text
    assert text.replace("\ufffd", "") == "zero  and half  \U0001d54a"
    assert "\ufffd" in text
    assert not store.set_note("a", text)


def test_texts_that_are_the_same_stand_once() -> None:
    assert joined([]) == ""
    assert joined([("2026-01-02T03:04:05.000Z", "x"), ("2026-01-02T03:05:05.000Z", "x")]) == "x"


def test_marks(store: ReadingStore) -> None:
    store.set_mark("x", "a")
    store.set_mark("y", "b")
    store.set_mark("x", "c")
    assert store.marks() == {"x": "c", "y": "b"}
    store.set_mark("y", None)
    assert store.marks() == {"x": "c"}
    assert store.undo() == "took mark y away"
    assert store.undo() == "set mark x on c"
    assert store.marks() == {"x": "a", "y": "b"}
    for letter in ("", "xy", " ", "\x1b"):
        with pytest.raises(StoreError, match="one letter"):
            store.set_mark(letter, "a")


def test_decisions_do_not_depend_on_the_order(store: ReadingStore) -> None:
    assert store.decide("b", "a", "same")
    assert not store.decide("a", "b", "same")
    assert store.decision("b", "a") == "same"
    store.decide("c", "d", "different")
    assert store.decisions() == {("a", "b"): "same", ("c", "d"): "different"}
    assert store.decide("a", "b", None)
    assert store.decision("a", "b") is None
    assert store.undo() == "left open whether a and b are one work"
    assert store.undo() == "said that c and d are two works"
    assert store.undo() == "said that a and b are one work"
    with pytest.raises(StoreError, match="wants two"):
        store.decide("a", "a", "same")
    with pytest.raises(StoreError, match="same or different"):
        store.decide("a", "b", "perhaps")


def test_the_states_of_a_page_of_papers(store: ReadingStore) -> None:
    store.add("later", [Paper("a")])
    store.add("bookmarks", [Paper("a"), Paper("b")])
    store.add("gone", [Paper("c")])
    store.archive_list("gone")
    store.tag("z", ["a"])
    store.tag("b", ["a"])
    store.set_status(["a"], "skimmed")
    store.set_stars(["b"], 4)
    store.set_note("d", "noted")
    store.set_mark("x", "e")
    assert store.states("abcdef") == {
        "a": State("skimmed", 0, ("b", "z"), False, ("bookmarks", "later")),
        "b": State(None, 4, (), False, ("bookmarks",)),
        "d": State(noted=True),
    }
    assert store.states([]) == {}


def test_lookup_gives_a_list_in_the_order_of_adding(store: ReadingStore) -> None:
    store.add("flow", [Paper("m")])
    store.add("flow", [Paper("z"), Paper("b")])
    store.add("flow", [Paper("a")])
    store.move("flow", ["m"])  # by hand to the top
    assert list(store.lookup("list", "flow")) == ["m", "b", "z", "a"]
    assert next(entry.key for entry in store.entries("flow", sort="added")) == "a"


def test_lookup_answers_what_a_search_asks(store: ReadingStore) -> None:
    store.add("flow", [Paper("a"), Paper("b"), Paper("c")])
    store.add("gone", [Paper("d")])
    store.archive_list("gone")
    store.add("bookmarks", [Paper("b")])
    store.set_status(["a"], "read")
    store.set_status(["b"], "to-read")
    store.set_status(["e"], "unread")
    store.set_status(["d"], "skimmed")
    store.set_stars(["c"], 1)
    store.tag("odd", ["c"])
    store.set_note("c", "A domain wall, seen in Schr\u00f6dinger's garden")
    expected = {
        "bookmarked": "b",
        "listed": "abc",
        "read": "a",
        "unread": "bce",
        "to-read": "b",
        "skimmed": "d",
        "noted": "c",
        "starred": "c",
        "tagged": "c",
    }
    assert set(LOOKUP_IS) == set(expected)
    for word, keys in expected.items():
        assert store.lookup("is", word) == set(keys), word
    assert store.lookup("is", "blue") == set()
    assert store.lookup("list", "Flow") == set("abc")
    assert store.lookup("list", "gone") == {"d"}
    for words, keys in {"wall": "c", "dom wal": "c", "schrodinger": "c", "wall flower": "", "ll": ""}.items():
        assert store.lookup("note", words) == set(keys), words
    for kind, value in (("list", "nowhere"), ("list", ""), ("tag", "none"), ("list", "a\x1b")):
        assert store.lookup(kind, value) == set()


def test_keys_of_any_kind_and_nothing_that_is_none(store: ReadingStore) -> None:
    store.tag("odd", ["10.1000/182"])
    for change in (
        lambda: store.tag("odd", ["two\nlines"]),
        lambda: store.set_status([""], "read"),
        lambda: store.set_stars(["\udce9"], 3),
        lambda: store.set_note("", "x"),
        lambda: store.set_mark("x", ""),
        lambda: store.decide("", "a", "same"),
    ):
        with pytest.raises(StoreError, match="identifier"):
            change()
    with pytest.raises(StoreError, match="a tag needs a name"):
        store.tag(" ", ["a"])


SAYINGS: dict[str, Callable[[ReadingStore, Paper], object]] = {
    "tag": lambda store, paper: store.tag("odd", ["a"], [paper]),
    "tags": lambda store, paper: store.tag_all(["odd", "new"], ["a"], [paper]),
    "status": lambda store, paper: store.set_status(["a"], "to-read", [paper]),
    "stars": lambda store, paper: store.set_stars(["a"], 4, [paper]),
    "note": lambda store, paper: store.set_note("a", "short", None, [paper]),
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_what_is_known_of_a_paper_is_kept_with_what_is_said_of_it(
    store: ReadingStore, tmp_path: Path, path: Path, saying: str
) -> None:
    say = SAYINGS[saying]
    assert store.without_record("ab") == ["a", "b"]
    say(store, Paper("a", title="On a"))
    assert store.without_record("ab") == ["b"]
    with ReadingStore(tmp_path / "other.sqlite3") as other:
        other.load(store.dump())
        for each in (store, other):
            assert each.titles(["a"]) == {"a": "On a"}
            kept = each.paper("a")
            assert kept is not None
            assert kept.title == "On a"
            assert each.lists_of("a") == []
    assert store.undo() is not None
    assert store.paper("a") is None
    assert store.undo() is None
    assert store.redo() is not None
    assert shown_writes(path) == written_plainly(events_in(path))


def test_a_record_is_kept_once_with_whatever_is_said(store: ReadingStore) -> None:
    for say in SAYINGS.values():
        say(store, Paper("a", title="On a"))
    assert sum('"records"' in line for line in store.dump()) == 1
    store.set_status(["a"], "read", [Paper("a", title="On a", abstract="All of it.")])
    assert sum('"records"' in line for line in store.dump()) == 2
    kept = store.paper("a")
    assert kept is not None
    assert kept.abstract == "All of it."


def test_what_was_known_is_nothing_to_undo(store: ReadingStore) -> None:
    """Of the tag nothing is left to be taken back, though the paper was not known before it."""
    store.tag("odd", ["a"], [Paper("a", title="On a")])
    store.untag("odd", ["a"])
    store.set_status(["b"], "read")
    tagged = store.history()[2].id
    assert store.undo(tagged) is None
    assert store.paper("a") is not None


def test_which_papers_have_no_record_is_asked_paper_by_paper(store: ReadingStore) -> None:
    """And not by looking through all records for each of them, which of ten thousand took a quarter of a minute."""
    keys = [f"2507.{number:05d}" for number in range(1000)]
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    def work(there: list[str]) -> int:
        nonlocal steps
        store.set_status(there, "read", [Paper(key, title=f"On {key}") for key in there])
        steps = 0
        store._reader.set_progress_handler(step, 1)
        assert store.without_record(keys[:10]) == []
        store._reader.set_progress_handler(None, 0)
        return steps

    few = work(keys[:20])
    assert work(keys) < 2 * few


def test_a_record_that_comes_later_is_shown_wherever_none_was_kept(
    store: ReadingStore, tmp_path: Path
) -> None:
    store.add("flow", [Paper("a"), Paper("b")])
    store.add("later", [Paper("a")])
    store.tag("odd", ["c"])
    assert store.bare() == ["a", "b", "c"]
    assert store.bare(["a", "x"]) == ["a"]
    assert store.fill(
        [Paper("a", title="On a"), Paper("c", title="On c"), Paper("x", title="On x"), Paper("b")]
    ) == [
        "a",
        "c",
    ]
    assert store.bare() == ["b"]
    assert store.history()[0].text == "kept what files say of 2 papers"
    with ReadingStore(tmp_path / "other.sqlite3") as other:
        other.load(store.dump())
        for each in (store, other):
            assert [entry.paper.title for entry in each.entries("flow")] == ["On a", None]
            assert [entry.paper.title for entry in each.entries("later")] == ["On a"]
            entry = each.entry("later", "a")
            assert entry is not None
            assert entry.changed_since(Paper("a", title="Of a")) == ("title",)
            assert {key: paper.title for key, paper in each.papers("abcx").items()} == {
                "a": "On a",
                "b": None,
                "c": "On c",
            }
    revision = store.revision()
    assert store.fill([Paper("a", title="Another"), Paper("x", title="On x")]) == []
    assert store.revision() == revision, "each is kept once"


def test_no_undo_takes_a_record_away_that_was_missing(store: ReadingStore) -> None:
    store.add("flow", [Paper("a")])
    store.tag("odd", ["b"])
    store.undo()
    store.fill([Paper("a", title="On a")])
    filled = store.history()[0].id
    assert store.undo(filled) is None
    # The reader fills by itself: what was undone can be made again nevertheless.
    assert store.redo() == "tagged b with odd"
    assert [store.undo(), store.undo(), store.undo()] == ["tagged b with odd", "added a to flow", None]
    store.add("flow", [Paper("a")])
    assert store.entries("flow")[0].paper.title == "On a"


def test_a_record_of_a_list_that_the_paper_was_taken_off_is_still_known(store: ReadingStore) -> None:
    store.add("flow", [Paper("a", title="On a")])
    store.remove("flow", ["a"])
    store.add("later", [Paper("a")])
    assert store.bare() == []
    assert store.entries("later")[0].paper.title == "On a"
    assert store.paper("a") == store.entries("later")[0].paper
