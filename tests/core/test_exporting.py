"""Papers as JSON and back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.exporting import from_json, to_json
from arxtui.core.papers import Occurrence, Paper

TEXTS = st.none() | st.text(min_size=1)
NAMES = st.none() | st.sampled_from(
    [
        "Ada One, Bo Two",
        "Ada One (Lab, Town), Bo Two and Cy Three",
        "Bojun :",
        r"G{\'e}rard D{\"o}rn",
        "Ada (One, Bo",
    ]
)
PAPERS = st.builds(
    Paper,
    key=st.sampled_from(["2507.00001", "math/0309136", "text:0011223344556677"]),
    version=st.none() | st.integers(1, 9),
    title=TEXTS,
    author_text=NAMES,
    abstract=TEXTS,
    comments=TEXTS,
    categories=st.lists(st.sampled_from(["math.GT", "hep-th"]), unique=True).map(tuple),
    doi=st.none() | st.just("10.1000/182"),
    journal_ref=TEXTS,
    created=st.none() | st.just("2025-07-01"),
    updated=st.none() | st.just("2025-08-01"),
    occurrences=st.lists(st.just(Occurrence("/library", "a/b.txt", 3, 10, 20, "record")), max_size=1).map(
        tuple
    ),
)

FIELDS = "id version title authors abstract comments categories doi journal_ref created updated occurrences"


@given(PAPERS)
def test_a_record_comes_back_from_json(paper: Paper):
    record = json.loads(json.dumps(to_json(paper)))
    again = to_json(from_json(record, paper.key))
    assert again == {**record, "occurrences": []}
    assert from_json(record, paper.key).key == paper.key


@given(PAPERS)
def test_the_fields_are_those_of_the_command_line(paper: Paper):
    assert list(to_json(paper)) == FIELDS.split()


def test_an_example():
    paper = Paper(
        key="2507.00001",
        version=2,
        title="Taps\n on  sand",
        author_text="Ada One, Bo Two",
        abstract="Sand settles.\n  Slowly.",
        created="2025-07-01",
        occurrences=(Occurrence("/library", "a/b.txt", 3, 10, 20, "record", matched_by_text=True),),
    )
    assert to_json(paper) == {
        "id": "2507.00001",
        "version": 2,
        "title": "Taps on sand",
        "authors": ["Ada One", "Bo Two"],
        "abstract": "Sand settles. Slowly.",
        "comments": None,
        "categories": [],
        "doi": None,
        "journal_ref": None,
        "created": "2025-07-01",
        "updated": None,
        "occurrences": [{"path": "a/b.txt", "line": 3, "start": 10, "end": 20, "layout": "record"}],
    }


def test_a_paper_without_an_identifier_has_none_in_json():
    assert to_json(Paper(key="text:0011223344556677"))["id"] is None
