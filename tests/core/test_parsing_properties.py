"""What is true of every file, whatever is in it."""

from __future__ import annotations

import io
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from arxtui.core import encoding, parsing, well_formed
from arxtui.core.papers import Entry, Problem, Separator
from arxtui.core.parsing import Segment, parse_entry, segments
from arxtui.core.problems import KINDS

from .strategies import FILE_TEXT, file_bytes


def divide(raw: bytes) -> list[Segment]:
    return list(segments(io.BytesIO(raw)))


@given(file_bytes() | st.binary())
def test_every_byte_belongs_to_exactly_one_segment(raw: bytes) -> None:
    at = 0
    for segment in divide(raw):
        assert segment.start == at
        assert segment.end > at
        at = segment.end
    assert at == len(raw)


@given(file_bytes())
def test_separators_hold_nothing_but_white_space_and_the_byte_order_mark(raw: bytes) -> None:
    for segment in divide(raw):
        if isinstance(segment, Separator):
            held = raw[segment.start : segment.end].replace(b"\0", b"")
            assert not held.strip() or held in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@given(file_bytes())
def test_problems_have_a_known_kind_a_line_and_say_what_to_do(raw: bytes) -> None:
    for segment in divide(raw):
        for problem in segment.problems if isinstance(segment, Entry) else [segment]:
            if isinstance(problem, Problem):
                assert problem.kind in KINDS
                assert segment.start <= problem.start < problem.end <= segment.end
                assert 1 <= problem.line <= 1 + raw.count(b"\n") + raw.count(b"\r")
                assert len(problem.message) > 20


@given(file_bytes())
def test_an_entry_without_an_identifier_says_so_as_a_problem(raw: bytes) -> None:
    for segment in divide(raw):
        if isinstance(segment, Entry) and segment.identifier is None:
            kinds = {problem.kind for problem in segment.problems}
            assert kinds & {"no-identifier", "bad-identifier", "truncated"}


@given(FILE_TEXT)
def test_the_lines_of_entries_are_the_lines_they_begin_in(text: str) -> None:
    raw = text.encode()
    for segment in divide(raw):
        if not isinstance(segment, Separator):
            assert segment.line == 1 + raw.count(b"\n", 0, segment.start)


@given(FILE_TEXT)
def test_the_quick_way_reads_what_the_slow_way_reads(text: str) -> None:
    raw = text.encode()
    quick = divide(raw)
    with patch.object(parsing, "read_well_formed", lambda _text, at, _limit, _base, line: ([], at, line)):
        slow = divide(raw)
    assert quick == slow


@given(FILE_TEXT, st.integers(1, 40))
def test_the_size_of_the_pieces_read_changes_nothing(text: str, size: int) -> None:
    raw = text.encode()
    whole = divide(raw)
    with patch.object(encoding, "CHUNK", size):
        assert divide(raw) == whole


@given(FILE_TEXT, st.sampled_from(["\r\n", "\r", "\r\r\n"]))
def test_line_ends_change_no_field(text: str, line_end: str) -> None:
    plain = [entry for entry in divide(text.encode()) if isinstance(entry, Entry)]
    other = [entry for entry in divide(text.replace("\n", line_end).encode()) if isinstance(entry, Entry)]
    assert [entry[3:12] for entry in other] == [entry[3:12] for entry in plain]


@given(FILE_TEXT, st.sampled_from(["utf-8-sig", "utf-16"]))
def test_encodings_change_no_field(text: str, codec: str) -> None:
    plain = [entry for entry in divide(text.encode()) if isinstance(entry, Entry)]
    other = [entry for entry in divide(text.encode(codec)) if isinstance(entry, Entry)]
    assert [entry[2:12] for entry in other] == [entry[2:12] for entry in plain]


@given(file_bytes())
def test_an_entry_is_read_again_from_its_span(raw: bytes) -> None:
    mark = raw[:2] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else b""
    for segment in divide(raw):
        if isinstance(segment, Entry):
            again = parse_entry(mark + raw[segment.start : segment.end])
            assert again is not None
            assert again[4:12] == segment[4:12]


def test_the_quick_way_is_taken() -> None:
    text = b"First abstract.\narXiv:2507.00001Second abstract.\n3 pages\narXiv:2507.00002Third"
    found, at, line = well_formed.read_well_formed(text, 0, len(text), 0, 1)
    assert [entry.identifier for entry in found if isinstance(entry, Entry)] == ["2507.00001", "2507.00002"]
    assert text[at:] == b"Third"
    assert line == 4
