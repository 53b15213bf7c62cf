"""The citation key of a kept paper is its own for good: what is kept later, removed, undone or synced gives it to no other."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from arxtui.core.exchange import CitationKeys, read
from arxtui.core.papers import Paper
from arxtui.reading import ReadingStore

JANE = Paper("2001.00009", title="Quantum taps", author_text="Jane Smith", created="2020-01-05")
JOHN = Paper("2003.00003", title="Quantum lamps", author_text="John Smith", created="2020-03-01")
BIBTEX = """\
@misc{lamps_2020, title = {Quantum lamps}, author = {Smith, John}, eprint = {2003.00003}, archivePrefix = {arXiv}}
@misc{smith_taps, title = {Quantum taps}, author = {Smith, Jane}, eprint = {2001.00009}, archivePrefix = {arXiv}}
"""


def keys(store: ReadingStore, *papers: Paper, pattern: str | None = None) -> list[str]:
    found = CitationKeys(papers, pattern, store.claims())
    return [found.of(paper) for paper in papers]


def test_the_paper_kept_first_has_the_key_and_keeps_it(store: ReadingStore):
    store.add("thesis", [JOHN])
    assert keys(store, JOHN) == ["smith2020quantum"]
    store.add("thesis", [JANE])
    assert keys(store, JOHN, JANE) == ["smith2020quantum", "smith2020quantum-2001.00009"]
    assert keys(store, JANE) == ["smith2020quantum-2001.00009"], "also where it is written alone"
    assert keys(store, JANE, pattern="{author}") == ["smith-2001.00009"]


def test_a_paper_that_goes_and_comes_back_has_its_key_again(store: ReadingStore):
    store.add("thesis", [JOHN])
    store.undo()
    store.add("thesis", [JANE])
    assert keys(store, JOHN, JANE) == ["smith2020quantum", "smith2020quantum-2001.00009"]
    store.remove("thesis", [JANE.key])
    store.add("other", [JOHN])
    store.add("thesis", [JANE])
    assert keys(store, JOHN, JANE) == ["smith2020quantum", "smith2020quantum-2001.00009"]


def test_a_key_does_not_change_with_the_files(store: ReadingStore):
    store.tag("to cite", [JOHN.key], [JOHN])
    now = replace(JOHN, title="Brighter lamps")
    store.add("thesis", [now])
    assert keys(store, now) == ["smith2020quantum"]


def test_a_mention_of_an_identifier_takes_no_name(store: ReadingStore):
    store.add("thesis", [Paper(JOHN.key, abstract="Lamps hum.")])
    store.add("other", [Paper(JANE.key)])
    assert keys(store, Paper(JOHN.key)) == ["2020-2003.00003"]
    store.add("thesis", [JANE])
    store.add("other", [JOHN])
    assert keys(store, JOHN, JANE) == ["smith2020quantum-2003.00003", "smith2020quantum"]


def test_the_devices_agree(store: ReadingStore, tmp_path: Path):
    store.add("thesis", [JOHN])
    with ReadingStore(tmp_path / "other.sqlite3") as other:
        other.add("thesis", [JANE])
        store.load(list(other.dump()))
        other.load(list(store.dump()))
        assert keys(store, JOHN, JANE) == keys(other, JOHN, JANE)
    assert keys(store, JOHN, JANE) == ["smith2020quantum", "smith2020quantum-2001.00009"]


def test_papers_have_the_keys_that_they_came_with(store: ReadingStore):
    done = store.take_in(read(BIBTEX), "refs.bib", "refs")
    assert (done.cited, done.told) == (2, ())
    assert keys(store, JOHN, JANE) == ["lamps_2020", "smith_taps"]
    assert keys(store, JOHN, JANE, pattern="{author}") == ["smith-2003.00003", "smith"]
    again = store.take_in(read(BIBTEX), "refs.bib", "refs")
    assert (again.cited, again.told) == (0, ())
    store.undo()
    store.add("thesis", [JOHN, JANE])
    assert "lamps_2020" not in keys(store, JOHN, JANE)
    store.undo()
    assert store.take_in(read(BIBTEX), "refs.bib", "other").cited == 2, "what was undone is not kept"
    assert keys(store, JOHN, JANE) == ["lamps_2020", "smith_taps"]


def test_the_key_of_a_kept_paper_stays_and_a_key_of_another_one_too(store: ReadingStore):
    store.add("thesis", [JANE])
    taken = BIBTEX.replace("lamps_2020", "Smith2020quantum")
    done = store.take_in(read(taken), "refs.bib", "refs")
    assert (done.cited, done.told) == (
        0,
        (
            "another paper has the citation key Smith2020quantum; 2003.00003 gets one of its own",
            "2001.00009 has the citation key smith2020quantum already, which stays; not smith_taps",
        ),
    )
    assert keys(store, JOHN, JANE) == ["smith2020quantum-2003.00003", "smith2020quantum"]


def test_a_second_key_is_told(store: ReadingStore):
    store.take_in(read(BIBTEX), "refs.bib", "refs")
    other = BIBTEX.replace("smith_taps", "taps")
    assert store.take_in(read(other), "refs.bib", "refs").told == (
        "2001.00009 has the citation key smith_taps already, which stays; not taps",
    )
    assert keys(store, JOHN, JANE) == ["lamps_2020", "smith_taps"]


def test_an_import_of_what_is_exported_changes_nothing(store: ReadingStore):
    store.add("thesis", [JOHN, JANE])
    revision = store.revision()
    own = BIBTEX.replace("lamps_2020", "smith2020quantum-2003.00003").replace(
        "smith_taps", "smith2020quantum"
    )
    store.take_in(read(own), "thesis.bib", "thesis")
    assert store.revision() == revision


def test_an_import_of_keys_alone_is_a_change_of_its_own(store: ReadingStore):
    store.add("refs", [Paper(JOHN.key), Paper(JANE.key)])
    assert store.take_in(read(BIBTEX), "refs.bib", "refs").cited == 2, "they had no keys of their own yet"
    assert store.history()[0].text == "imported 2 papers from refs.bib"
    assert store.undo() == "imported 2 papers from refs.bib"


def synced(folder: Path, *stores: ReadingStore) -> list[tuple[str, ...]]:
    """What each of two syncs told on each device."""
    folder.mkdir(exist_ok=True)
    return [store.sync(folder).notes for store in (*stores, *stores)]


def test_a_sync_names_the_keys_that_are_others_now(store: ReadingStore, tmp_path: Path):
    store.add("thesis", [JOHN])
    time.sleep(0.002)
    with ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        other.add("thesis", [JANE])
        told = "the citation key of 2001.00009 is smith2020quantum-2001.00009 now; smith2020quantum is that of 2003.00003"
        assert synced(tmp_path / "sync", store, other) == [(), (told,), (), ()]
        other.undo()
        store.add("other", [Paper("2004.00001", title="Doors", author_text="Ann One", created="2020-04-01")])
        assert synced(tmp_path / "sync", store, other) == [()] * 4, "what had no key before has no other one"


def test_a_sync_names_the_keys_that_papers_came_with_elsewhere(store: ReadingStore, tmp_path: Path):
    store.take_in(read(BIBTEX), "refs.bib", "refs")
    with ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        other.add("thesis", [JOHN, JANE])
        _, told, *later = synced(tmp_path / "sync", store, other)
        assert set(told) == {
            "the citation key of 2003.00003 is lamps_2020 now, not smith2020quantum-2003.00003",
            "the citation key of 2001.00009 is smith_taps now, not smith2020quantum",
        }
        assert later == [(), ()]


def test_of_many_other_keys_a_few_are_named(store: ReadingStore, tmp_path: Path):
    pairs = [
        [
            replace(paper, key=f"{paper.key[:-2]}{number:02}", author_text=f"A. Smith{'abcdefg'[number]}")
            for number in range(7)
        ]
        for paper in (JOHN, JANE)
    ]
    store.add("thesis", pairs[0])
    time.sleep(0.002)
    with ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        other.add("thesis", pairs[1])
        _, told, *_ = synced(tmp_path / "sync", store, other)
    assert len(told) == 6
    assert told[-1] == "2 more papers have other citation keys now"


def test_a_sync_without_news_asks_for_no_citation_keys(
    store: ReadingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store.add("thesis", [JOHN])
    asked = []
    monkeypatch.setattr(store, "_citation_keys", lambda: asked.append(1))
    synced(tmp_path / "sync", store)
    assert asked == []
