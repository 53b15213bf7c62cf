"""What another program kept comes in as one change, and goes again with one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtui.core.exchange import Imported, NamedList, Reference, read, write
from arxtui.core.papers import Paper
from arxtui.reading import Filled, ReadingStore, SavedSearch, StoreError, TakenIn

BIBTEX = """\
@misc{one, title = {Walls That Walk}, eprint = {2403.01234}, archivePrefix = {arXiv}, keywords = {to cite, walls},
  annote = {Compare with the pond.}}
@misc{two, title = {A Map of the Pond}, eprint = {math/0309136}, archivePrefix = {arXiv}, keywords = {to cite}}
"""
A, B = "2403.01234", "math/0309136"


def shown(store: ReadingStore) -> object:
    """All that a user sees."""
    lists = store.lists(archived=True)
    return (
        [(info, [(entry.key, entry.paper.title) for entry in store.entries(info.name)]) for info in lists],
        store.tags(),
        store.notes_of(),
        store.states([A, B, "2507.19427"]),
    )


def test_everything_of_a_file_is_one_change(store: ReadingStore):
    before = shown(store)
    assert store.take_in(read(BIBTEX), "refs.bib", "refs") == TakenIn(
        (Filled("refs", 2, 0, new=True),), tagged=2, noted=1, cited=2
    )
    assert [entry.paper.title for entry in store.entries("refs")] == ["Walls That Walk", "A Map of the Pond"]
    assert store.note(A).text == "Compare with the pond."
    assert store.states([A])[A].tags == ("to cite", "walls")
    (past,) = store.history()
    assert past.text == "imported 2 papers from refs.bib"
    after = shown(store)
    assert store.undo() == "imported 2 papers from refs.bib"
    assert shown(store) == before
    assert store.redo() == "imported 2 papers from refs.bib"
    assert shown(store) == after


@pytest.mark.parametrize("name", ["jsonl", "csl-json", "bibtex", "ris"])
def test_a_note_comes_as_it_was_written(store: ReadingStore, name: str):
    for note in ("x  ", "\n  x\ny\n\n", "a\r\nb\rc"):
        text = "".join(write(name, lambda: [Reference(Paper(A, title="Walls"), note=note)]))  # noqa: B023
        store.set_note(A, "")
        store.take_in(read(text), "refs", "refs")
        exact = name in ("jsonl", "csl-json")
        expected = note if exact else note.replace("\r\n", "\n").replace("\r", "\n")
        assert store.note(A).text == expected
        assert store.take_in(read(text), "refs", "refs").noted == 0


def test_what_is_known_of_papers_on_no_list_is_kept_too(store: ReadingStore):
    references = (
        Reference(Paper(A, title="On a"), ("to cite",)),
        Reference(Paper(B, title="On b"), read=True),
    )
    store.take_in(Imported(references, (), "viewer", (NamedList("mine", "", (B,)),)), "viewer.json")
    assert store.titles([A, B]) == {A: "On a", B: "On b"}
    assert store.without_record([A, B]) == [B], "that one is on a list"
    (line,) = store.dump()
    assert '"records":[["2403.01234"' in line
    assert store.undo() == "imported 2 papers from viewer.json"
    assert (store.paper(A), store.paper(B)) == (None, None)


def test_a_second_time_nothing_is_new(store: ReadingStore):
    store.take_in(read(BIBTEX), "refs.bib", "refs")
    assert store.take_in(read(BIBTEX), "refs.bib", "REFS") == TakenIn((Filled("refs", 0, 2, new=False),))
    assert len(store.history()) == 1


def test_what_was_said_here_stays(store: ReadingStore):
    store.set_note(A, "Mine.")
    store.set_status([A], "to-read")
    store.set_stars([A], 4)
    store.tag("To Cite", [A])
    references = (
        Reference(Paper(A), ("to cite",), "Theirs.", read=True, starred=True),
        Reference(Paper(B), (), None, read=True, starred=True),
    )
    done = store.take_in(Imported(references, (), "ids"), "viewer.json")
    assert done == TakenIn((), tagged=0, noted=1, read=1, starred=1)
    assert store.note(A).text == "Mine.\n\nTheirs."
    states = store.states([A, B])
    assert (states[A].status, states[A].stars, states[A].tags) == ("to-read", 4, ("To Cite",))
    assert (states[B].status, states[B].stars) == ("read", 1)
    store.undo()
    assert store.note(A).text == "Mine."
    assert B not in store.states([B])


def test_lists_of_the_file_are_lists_here_and_names_differ_by_more_than_case(store: ReadingStore):
    lists = (
        NamedList("Flow", "about flows", (A,)),
        NamedList("flow", "", (B, A)),
        NamedList(" ", "", (A,)),
    )
    imported = Imported((Reference(Paper(A)), Reference(Paper(B))), (), "x", lists)
    done = store.take_in(imported, "x.json", "all")
    assert [(each.name, each.added) for each in done.lists] == [("all", 2), ("flow", 2)]
    assert done.refused == ("a reading list needs a name",)
    assert [(info.name, info.size, info.description) for info in store.lists()][1:] == [
        ("all", 2, ""),
        ("flow", 2, "about flows"),
    ]


def test_a_note_too_long_to_be_one_is_refused_and_the_rest_taken(store: ReadingStore):
    long = Reference(Paper(A), note="x" * 1_000_001)
    done = store.take_in(Imported((long,), (), "x"), "x", "refs")
    assert done.lists[0].added == 1
    assert done.noted == 0
    assert "1,000,000 letters" in done.refused[0]
    with pytest.raises(StoreError, match="1,000,000 letters"):
        store.set_note(A, "x" * 1_000_001)


def test_a_bad_name_changes_nothing(store: ReadingStore):
    with pytest.raises(StoreError, match="line breaks or characters that do not show"):
        store.take_in(read(BIBTEX), "refs.bib", "a\nb")
    assert store.history() == []


def test_an_import_goes_to_other_stores(store: ReadingStore, tmp_path: Path):
    store.take_in(read(BIBTEX), "refs.bib", "refs")
    with ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        assert other.load(store.dump()).received == 1
        assert shown(other) == shown(store)
        assert other.history()[0].text == "imported 2 papers from refs.bib"


VIEWER = Imported(
    (Reference(Paper(A), tags=("a,b", " walls ,, to cite")),),
    (),
    "viewer",
    (NamedList("later", "about nothing yet", ()), NamedList("mine", "", (A,))),
    (("Mine", "walls"), ("mine", "ponds")),
    (("a", A), ("b", B)),
)


def test_searches_marks_and_empty_lists_come_too(store: ReadingStore):
    store.tag("a,b", [B])
    before = shown(store), store.searches(), store.marks()
    done = store.take_in(VIEWER, "viewer.json")
    assert done.lists == (Filled("later", 0, 0, new=True), Filled("mine", 1, 0, new=True))
    assert (done.searches, done.marks, done.told, done.refused) == (
        1,
        2,
        ("there is another saved search named mine already, which stays",),
        (),
    )
    assert store.searches() == [SavedSearch("Mine", "walls")]
    assert store.marks() == {"a": A, "b": B}
    assert {info.name: (info.size, info.description) for info in store.lists()} == {
        "bookmarks": (0, ""),
        "later": (0, "about nothing yet"),
        "mine": (1, ""),
    }
    assert store.states([A])[A].tags == ("a,b", "to cite", "walls"), "a tag that is there may have a comma"
    again = store.take_in(VIEWER, "viewer.json")
    assert again.told == done.told
    assert (again.searches, again.marks, [each.new for each in again.lists]) == (0, 0, [False, False])
    assert store.undo() == f"imported {A} from viewer.json"
    assert (shown(store), store.searches()) == before[:2]
    assert store.undo(), "marks stay on this device, and are changes of their own"
    assert store.undo()
    assert store.marks() == before[2]


def test_marks_and_searches_that_are_there_stay(store: ReadingStore):
    store.set_mark("a", B)
    store.save_search("mine", "lamps")
    done = store.take_in(VIEWER, "viewer.json")
    assert (done.searches, done.marks) == (0, 1)
    assert done.told == (
        f"mark a is on {B}, where it stays; not on {A}",
        "there is another saved search named Mine already, which stays",
        "there is another saved search named mine already, which stays",
    )
    assert store.marks() == {"a": B, "b": B}
    assert [each.query for each in store.searches()] == ["lamps"]


def test_searches_alone_are_an_import(store: ReadingStore):
    store.take_in(Imported((), (), "viewer", searches=(("Mine", "walls"),)), "viewer.json")
    assert store.undo() == "imported viewer.json"
