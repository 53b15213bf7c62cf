"""One paper out of what several places say of it, in whatever order they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.merging import Witness, key_for, merge
from arxtui.core.papers import Entry, Occurrence, Paper

KEY = "2507.00001"


def entry(**fields: object) -> Entry:
    values: dict[str, object] = dict.fromkeys(Entry._fields)
    values |= {
        "start": 0,
        "end": 9,
        "line": 1,
        "layout": "record",
        "identifier": KEY,
        "problems": (),
    } | fields
    return Entry(**values)  # type: ignore[arg-type]


def place(number: int, *, by_text: bool = False) -> Occurrence:
    return Occurrence("/library", f"{number}.txt", 1, 0, 9, "record", by_text)


def merged(*entries: Entry) -> Paper:
    return merge(KEY, [Witness(place(number), each) for number, each in enumerate(entries)])


TEXTS = st.none() | st.sampled_from(["a", "b", "ab", "a b", "aaa", "\u00e9"])
DATES = st.none() | st.sampled_from(["2024-01-01", "2025-01-01", "2025-07-31"])
ENTRIES = st.builds(
    entry,
    version=st.none() | st.integers(1, 3),
    title=TEXTS,
    authors=TEXTS,
    abstract=TEXTS,
    comments=TEXTS,
    created=DATES,
    updated=DATES,
)
WITNESSES = st.lists(st.tuples(st.integers(0, 9), st.booleans(), ENTRIES), min_size=1, max_size=6, unique_by=lambda each: each[0]).map(
    lambda each: [Witness(place(number, by_text=by_text), one) for number, by_text, one in each]
)  # fmt: skip


@given(WITNESSES.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_order_does_not_matter(both: tuple[list[Witness], list[Witness]]):
    one, other = both
    assert merge(KEY, one) == merge(KEY, other)


@given(WITNESSES)
def test_to_say_it_twice_changes_nothing(witnesses: list[Witness]):
    assert merge(KEY, witnesses + witnesses) == merge(KEY, witnesses)


@given(WITNESSES)
def test_no_field_that_anyone_has_is_missing(witnesses: list[Witness]):
    paper = merge(KEY, witnesses)
    for field, value in [
        ("title", paper.title),
        ("authors", paper.author_text),
        ("abstract", paper.abstract),
        ("comments", paper.comments),
        ("created", paper.created),
        ("updated", paper.updated),
    ]:
        said = {getattr(witness.entry, field) for witness in witnesses} - {None}
        assert value in (said or {None})


@given(WITNESSES)
def test_every_occurrence_is_kept_in_order(witnesses: list[Witness]):
    assert list(merge(KEY, witnesses).occurrences) == sorted(witness.occurrence for witness in witnesses)


def test_each_field_comes_from_whom_has_it():
    paper = merged(
        entry(title="Taps"), entry(abstract="Sand.", authors="Ada One"), entry(created="2025-07-01")
    )
    assert (paper.title, paper.abstract, paper.author_text, paper.created) == (
        "Taps",
        "Sand.",
        "Ada One",
        "2025-07-01",
    )


def test_a_later_version_is_better_however_long_the_text_of_the_earlier():
    paper = merged(
        entry(version=1, abstract="A very long abstract.", updated="2025-09-09"),
        entry(version=2, abstract="Short."),
    )
    assert (paper.version, paper.abstract, paper.updated) == (2, "Short.", "2025-09-09")


@pytest.mark.parametrize(
    ("dates", "other_dates"),
    [
        ({"updated": "2025-08-02"}, {"updated": "2025-08-01"}),
        ({"created": "2025-07-01", "updated": "2025-08-01"}, {"created": "2025-07-01"}),
        ({"created": "2025-07-01"}, {}),
    ],
)
def test_a_later_date_is_better_than_an_earlier_or_none(dates: dict[str, str], other_dates: dict[str, str]):
    better, other = entry(abstract="New.", **dates), entry(abstract="Old, and longer.", **other_dates)
    assert merged(better, other).abstract == "New."


def test_the_fuller_text_is_better_among_equals():
    assert merged(entry(title="Taps on s"), entry(title="Taps on sand")).title == "Taps on sand"


def test_what_is_matched_by_its_text_gives_way_and_fills_gaps():
    own = Witness(place(1), entry(abstract="Sand."))
    other = Witness(
        place(2, by_text=True),
        entry(identifier=None, abstract="Sand. And more.", title="Taps", updated="2025-09-09", version=7),
    )
    paper = merge(KEY, [own, other])
    assert (paper.abstract, paper.title, paper.version) == ("Sand.", "Taps", None)
    assert [occurrence.matched_by_text for occurrence in paper.occurrences] == [False, True]


def test_the_key_of_an_entry_without_an_identifier_is_of_its_text():
    one, same = (
        entry(identifier=None, abstract="Sand\n  settles."),
        entry(identifier=None, abstract=" Sand settles. ", line=9),
    )
    assert key_for(one) == key_for(same)
    assert key_for(one).startswith("text:")
    assert key_for(one) != key_for(entry(identifier=None, abstract="Sand does not settle."))
    assert key_for(entry(abstract="Sand settles.")) == KEY


def test_what_a_paper_says_of_itself():
    paper = Paper(key="math/0309136")
    assert paper.date == "2003-09"
    assert paper.abstract_url == "https://arxiv.org/abs/math/0309136"
    assert paper.pdf_url == "https://arxiv.org/pdf/math/0309136"
    assert Paper(key="0704.0001", created="2006-01-02").date == "2006-01-02"
    unidentified = Paper(key="text:0011223344556677")
    assert (unidentified.identifier, unidentified.date, unidentified.abstract_url, unidentified.pdf_url) == (
        None,
        "",
        None,
        None,
    )
