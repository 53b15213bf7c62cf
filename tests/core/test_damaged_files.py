"""Files in the states that real folders have them in: nothing is lost silently, and problems say what to do."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from arxtui.core.papers import Entry, Problem
from arxtui.core.parsing import LONGEST_ENTRY, parse, segments
from arxtui.core.problems import KINDS

LONG = (
    "We measure how a heap of dry sand settles when the plate below it is tapped. The angle of rest falls with the"
    " logarithm of the number of taps, and a model of three parameters gives all the curves we have."
)
OTHER = (
    "Two clocks on one wall agree after a day. We find the beam in the wall that couples them, and show that a felt"
    " pad of two millimetres is enough to keep them apart."
)
RECORD = f"Taps on sand\nAda One\n\n{LONG}\n\n3 pages\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
BARE = f"{OTHER}\n\narXiv:2507.00002\nCreated: 2025-07-02\n\n"


def divided(raw: bytes) -> tuple[list[Entry], list[Problem]]:
    found = list(parse(raw))
    return [item for item in found if isinstance(item, Entry)], [
        item for item in found if isinstance(item, Problem)
    ]


def one_problem(raw: bytes, kind: str, line: int, *, says: str) -> list[Entry]:
    """Read bytes that have one problem; returns the entries."""
    entries, problems = divided(raw)
    assert [(problem.kind, problem.line) for problem in problems] == [(kind, line)]
    assert says in problems[0].message
    assert kind in KINDS
    return entries


class TestIdentifiersThatAreMissing:
    def test_at_the_end_of_an_inline_file(self):
        raw = f"{LONG}\narXiv:2507.00001{OTHER}\n2 pages".encode()
        first, second = one_problem(raw, "truncated", 2, says="get the file again")
        assert first.identifier == "2507.00001"
        assert (second.identifier, second.abstract, second.comments) == (None, OTHER, "2 pages")

    def test_at_the_end_of_a_record_file(self):
        raw = (BARE + RECORD.partition("arXiv:")[0]).encode()
        first, second = one_problem(raw, "truncated", 6, says="get the file again")
        assert first.identifier == "2507.00002"
        assert (second.title, second.authors, second.abstract, second.comments) == (
            "Taps on sand",
            "Ada One",
            LONG,
            "3 pages",
        )

    @pytest.mark.parametrize("cut", range(1, 12))
    def test_in_the_middle_of_the_last_identifier(self, cut: int):
        raw = f"{OTHER}\narXiv:2507.00002{LONG}\narXiv:2507.00001"[:-cut].encode()
        entries, problems = divided(raw)
        assert [entry.identifier for entry in entries] == ["2507.00002", None]
        assert entries[1].abstract is not None
        assert entries[1].abstract.startswith(LONG)
        # With one digit less it looks like an identifier of another month.
        assert [problem.kind for problem in problems] == ["bad-identifier" if cut == 1 else "truncated"]

    def test_in_the_middle_of_a_record_file(self):
        raw = (RECORD.replace("arXiv:2507.00001\n", "") + BARE).encode()
        lost, kept = one_problem(raw, "no-identifier", 1, says="arXiv:ID")
        assert (lost.title, lost.abstract, lost.comments, lost.created) == (
            "Taps on sand",
            LONG,
            "3 pages",
            "2025-07-01",
        )
        assert kept[4:12] == divided(BARE.encode())[0][0][4:12]

    def test_with_its_dates_in_the_middle_of_a_record_file(self):
        raw = (BARE + BARE.partition("arXiv:")[0] + RECORD).encode()
        entries = one_problem(raw, "no-identifier", 6, says="arXiv:ID")
        assert [(entry.identifier, entry.title, entry.abstract) for entry in entries] == [
            ("2507.00002", None, OTHER),
            (None, None, OTHER),
            ("2507.00001", "Taps on sand", LONG),
        ]

    def test_in_the_middle_of_an_inline_file(self):
        raw = f"{LONG}\n{OTHER}\n2 pages\narXiv:2507.00002".encode()
        (entry,) = one_problem(raw, "extra-lines", 1, says="1 line more")
        assert entry.abstract == f"{LONG}\n{OTHER}"
        assert entry.comments == "2 pages"

    def test_in_the_whole_file(self):
        raw = (RECORD + BARE).replace("arXiv:2507.00001\n", "").replace("arXiv:2507.00002\n", "").encode()
        entries, problems = divided(raw)
        assert [(entry.title, entry.created) for entry in entries] == [
            ("Taps on sand", "2025-07-01"),
            (None, "2025-07-02"),
        ]
        assert {problem.kind for problem in problems} == {"no-identifier"}

    def test_a_single_abstract_is_a_file(self):
        (entry,) = one_problem(LONG.encode(), "no-identifier", 1, says="arXiv:ID")
        assert entry.abstract == LONG


class TestWhatIsMalformed:
    @pytest.mark.parametrize(
        "written", ["2513.00001", "2507.0001", "math/9913001", "nonsense", "2507.000011"]
    )
    def test_an_identifier_of_a_record(self, written: str):
        raw = BARE.replace("2507.00002", written).encode()
        (entry,) = one_problem(raw, "bad-identifier", 3, says=f"arXiv:{written}")
        assert (entry.identifier, entry.abstract, entry.created) == (None, OTHER, "2025-07-02")

    def test_an_identifier_between_inline_entries(self):
        raw = f"{LONG}\narXiv:2513.00001{OTHER}\narXiv:2507.00002".encode()
        first, second = one_problem(raw, "bad-identifier", 2, says="arXiv:2513.00001")
        assert (first.identifier, first.abstract) == (None, LONG)
        assert (second.identifier, second.abstract) == ("2507.00002", OTHER)

    @pytest.mark.parametrize(
        ("dates", "created", "updated"),
        [
            ("Created: yesterday", None, None),
            ("Created: 2025-13-01", None, None),
            ("Created: 2025-07-32 Updated: 2025-08-01", None, "2025-08-01"),
            ("Created: 2025-07-02 Updated: soon", "2025-07-02", None),
            ("Created:", None, None),
            ("Created: 2025-07-02 Changed: 2025-07-03", None, None),
        ],
    )
    def test_dates(self, dates: str, created: str | None, updated: str | None):
        raw = BARE.replace("Created: 2025-07-02", dates).encode()
        (entry,) = one_problem(raw, "bad-date", 3, says="YYYY-MM-DD")
        assert (entry.identifier, entry.created, entry.updated) == ("2507.00002", created, updated)

    def test_an_entry_without_an_abstract(self):
        raw = f"{BARE}arXiv:2507.00001\nCreated: 2025-07-01\n\n".encode()
        _, entry = one_problem(raw, "no-abstract", 6, says="add it")
        assert (entry.identifier, entry.abstract) == ("2507.00001", None)

    def test_an_entry_with_a_title_and_no_abstract(self):
        raw = b"Taps on sand\nAda One\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        (entry,) = one_problem(raw, "no-abstract", 1, says="add it")
        assert (entry.title, entry.authors, entry.abstract) == ("Taps on sand", "Ada One", None)


class TestTextThatIsNoEntry:
    def test_a_heading_before_the_first_entry(self):
        entries = one_problem(f"My papers\n\n{RECORD}".encode(), "stray-text", 1, says="remove it")
        assert [(entry.title, entry.abstract) for entry in entries] == [("Taps on sand", LONG)]

    def test_a_note_at_the_end(self):
        raw = f"{RECORD}{BARE}To be read in May.\n".encode()
        entries = one_problem(raw, "stray-text", 16, says="remove it")
        assert [entry.identifier for entry in entries] == ["2507.00001", "2507.00002"]

    def test_a_file_of_something_else(self):
        text = "# What this is\n\nA folder of abstracts, kept since the summer of the year before last.\n\nMake: run it.\n"
        assert one_problem(text.encode(), "no-papers", 1, says="move it out of the folder") == []

    @pytest.mark.parametrize(
        "written", ["arXiv: 2507.00001", "arxiv:2507.00001", "  arXiv:2507.00001", "> arXiv:2507.00001"]
    )
    def test_identifiers_that_are_almost_written(self, written: str):
        text = f"{LONG}\n{written}\n\n{OTHER}\n{written}\n"
        assert one_problem(text.encode(), "no-papers", 1, says=written.strip("> ")) == []
        text = f"{LONG}\n{written}\n"
        (entry,) = one_problem(text.encode(), "no-identifier", 1, says=written.strip("> "))
        assert entry.abstract is not None
        assert LONG in entry.abstract

    @pytest.mark.parametrize(
        "raw", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n\n"]
    )
    def test_an_empty_file_has_nothing_and_no_problem(self, raw: bytes):
        assert list(parse(raw)) == []

    @pytest.mark.parametrize(
        "raw", [b"PK\x03\x04\0\0abc", b"\0", LONG.encode() + b"\0", LONG.encode("utf-16-le")]
    )
    def test_a_file_that_is_no_text(self, raw: bytes):
        assert one_problem(raw, "not-text", 1, says="move the file out") == []


class TestHardWrappedText:
    def test_an_inline_abstract(self):
        lines = LONG.replace(" and ", "\nand ").replace(" The ", "\nThe ")
        raw = f"{lines}\n2 pages\narXiv:2507.00001{OTHER}\narXiv:2507.00002".encode()
        first, second = one_problem(raw, "extra-lines", 1, says="join its lines")
        assert (first.abstract, first.comments) == (lines, "2 pages")
        assert second.abstract == OTHER

    def test_a_record(self):
        text = (
            "A rather long title on the behaviour of a heap of dry\nsand\nAda One, Bo Two, Cy Three, Di Four, Ed Five, Flo\n"
            f"Six\n\n{LONG.replace('. ', f'.{chr(10)}')}\n\n3 pages\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        )
        long_lines = LONG.replace(". ", ".\n")
        (entry,) = one_problem((text).encode(), "extra-lines", 1, says="2 lines more than a title")
        assert (entry.abstract, entry.comments) == (long_lines, "3 pages")

    def test_where_the_title_ends_is_seen_from_the_width_of_the_lines(self):
        text = (
            "On the behaviour of a heap of sand\nwhen it is tapped\nAda One, Bo Two, Cy Three, Di Four\nand Ed Five\n\n"
            "We measure how a heap of sand sets\nwhen the plate below it is tapped,\nand find that it sets at once.\n\n"
            "arXiv:2507.00001\nCreated: 2025-07-01\n\n"
        )
        (entry,) = one_problem(text.encode(), "extra-lines", 1, says="is a guess")
        assert entry.title == "On the behaviour of a heap of sand\nwhen it is tapped"
        assert entry.authors == "Ada One, Bo Two, Cy Three, Di Four\nand Ed Five"
        assert entry.abstract is not None
        assert entry.abstract.endswith("sets at once.")


class TestEncodings:
    TEXT = f"{LONG} Müller’s way.\n2 pages\narXiv:2507.00001{OTHER}\narXiv:2507.00002".replace("’", "'")

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
    def test_the_same_entries_whatever_the_bytes(self, codec: str, line_end: str):
        entries, problems = divided(self.TEXT.replace("\n", line_end).encode(codec))
        assert not problems
        assert [entry[2:12] for entry in entries] == [entry[2:12] for entry in divided(self.TEXT.encode())[0]]

    def test_utf_16_with_the_big_end_first(self):
        raw = b"\xfe\xff" + self.TEXT.encode("utf-16-be")
        assert [entry.identifier for entry in divided(raw)[0]] == ["2507.00001", "2507.00002"]

    def test_spans_are_of_the_file_as_it_is_stored(self):
        raw = self.TEXT.encode("utf-16")
        entry = divided(raw)[0][1]
        assert raw[entry.start : entry.end].decode("utf-16-le") == f"{OTHER}\narXiv:2507.00002"

    def test_latin_1_is_read_and_reported(self):
        first, second = one_problem(self.TEXT.encode("latin-1"), "not-utf8", 1, says="save the file as UTF-8")
        assert first.abstract == f"{LONG} Müller's way."
        assert second.abstract == OTHER

    def test_half_a_character_at_the_end(self):
        entries, problems = divided(self.TEXT.encode("utf-16") + b"x")
        assert len(entries) == 2
        assert [problem.kind for problem in problems] == ["truncated"]

    def test_a_zero_byte_far_into_a_file_spoils_only_its_entry(self):
        raw = (RECORD * 60 + BARE.replace("wall", "w\0ll") + RECORD).encode()
        entries, problems = divided(raw)
        assert len(entries) == 62
        assert not problems


class TestFilesPutTogether:
    @pytest.mark.parametrize("between", ["", "\n", "\n\n"])
    def test_two_record_files(self, between: str):
        raw = (RECORD.rstrip() + between + BARE).encode()
        entries, problems = divided(raw)
        assert [entry.identifier for entry in entries][-1] == "2507.00002"
        if between:
            assert [entry[4:12] for entry in entries] == [
                entry[4:12] for part in (RECORD, BARE) for entry in divided(part.encode())[0]
            ]
            assert not problems
        else:  # the date runs into the abstract: said, whatever is made of it
            assert problems

    @pytest.mark.parametrize("between", ["", "\n", "\n\n"])
    def test_two_inline_files(self, between: str):
        raw = f"{LONG}\narXiv:2507.00001{between}{OTHER}\narXiv:2507.00002".encode()
        entries, problems = divided(raw)
        assert [(entry.identifier, entry.abstract) for entry in entries] == [
            ("2507.00001", LONG),
            ("2507.00002", OTHER),
        ]
        assert not problems

    def test_lines_that_stand_twice(self):
        doubled = "".join(line * 2 for line in RECORD.splitlines(keepends=True))
        entries, problems = divided((doubled + BARE).encode())
        assert entries[-1][4:12] == divided(BARE.encode())[0][0][4:12]
        assert "2507.00001" in {entry.identifier for entry in entries}
        assert problems


class TestSizes:
    def test_an_entry_of_more_than_a_mebibyte(self):
        raw = b"word " * (LONGEST_ENTRY // 4) + f"\narXiv:2507.00001{OTHER}\narXiv:2507.00002".encode()
        (entry,) = one_problem(raw, "too-long", 1, says="put their arXiv:ID lines in")
        assert (entry.identifier, entry.abstract, entry.line) == ("2507.00002", OTHER, 2)

    def test_many_mebibytes_without_an_identifier_are_one_problem(self):
        raw = f"{OTHER}\narXiv:2507.00002".encode() + b"word\n" * LONGEST_ENTRY
        (entry,) = one_problem(raw, "too-long", 2, says="passed over")
        assert entry.identifier == "2507.00002"

    def test_an_author_list_of_many_thousand_names(self):
        authors = ", ".join(f"A. Name{number}" for number in range(6000))
        text = f"Taps\n{authors}\n\n{LONG}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        entries, problems = divided(text.encode())
        assert entries[0].authors == authors
        assert not problems

    @pytest.mark.parametrize(
        "raw",
        [
            b"x" * 99 + b" " * 500_000 + b"y",
            b"x" * 99 + b" " * 500_000 + b"y \nz\n\narXiv:2507.00001",
            b"x" * 99 + b"\v" * 500_000 + b"y",
            b"x\n" + b" \n" * 250_000 + b"y",
            b"\narXiv:2507.00001 " * 25_000,
            b"\narXiv:2507.00001" + b" " * 500_000 + b"x",
            b"arXiv:\n" * 70_000,
            b"\n\nCreated: 2025-01-01" * 25_000,
        ],
        ids=lambda raw: repr(raw[:30]),
    )
    def test_time_grows_with_the_size_and_no_faster(self, raw: bytes):
        begin = time.process_time()
        list(parse(raw))
        assert time.process_time() - begin < 10  # about 0.1 s; where it goes with the square, minutes


class Endless:
    """A file that is made while it is read, and never exists as a whole."""

    def __init__(self, part: bytes, size: int) -> None:
        self._part, self._left, self._held = part, size // len(part), b""
        self.size = self._left * len(part)

    def read(self, size: int, /) -> bytes:
        while len(self._held) < size and self._left:
            count = min(self._left, 1 + size // len(self._part))
            self._held += self._part * count
            self._left -= count
        piece, self._held = self._held[:size], self._held[size:]
        return piece


@pytest.mark.parametrize(
    ("part", "megabytes"),
    [
        (RECORD.replace(LONG, LONG * 90).encode(), 64),
        (RECORD.replace("\n", "\r\n").encode(), 4),
        (b"\n", 8),
        (b"\r", 8),
        (b"no papers at all ", 16),
    ],
    ids=["records", "crlf", "line feeds", "carriage returns", "no line"],
)
def test_memory_does_not_grow_with_the_file(part: bytes, megabytes: int):
    file = Endless(part, megabytes << 20)
    at = 0
    tracemalloc.start()
    try:
        for segment in segments(file):
            at = segment.end
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert at == file.size
    assert peak < 6 * LONGEST_ENTRY


class TestFilesThatAreOneEntryOrNone:
    """Without any identifier only prose is taken for an entry."""

    def test_an_entry_cut_in_mid_sentence(self):
        (entry, problem) = parse(
            b"Salt paths keep the memory of carts for longer than anybody thought, and we meas"
        )
        assert isinstance(entry, Entry)
        assert isinstance(problem, Problem)
        assert problem.kind == "truncated"

    def test_settings_are_no_papers(self):
        lines = "".join(f"package{number}==1.{number} --hash=sha256:{number:064x}\n" for number in range(9))
        (problem,) = parse(lines.encode())
        assert isinstance(problem, Problem)
        assert problem.kind == "no-papers"

    def test_bytes_that_were_never_text(self):
        (problem,) = parse(bytes(range(128, 256)) * 8)
        assert isinstance(problem, Problem)
        assert problem.kind == "no-papers"
