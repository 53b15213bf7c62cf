"""The two layouts by example: each field where it belongs, and citations that end no entry."""

from __future__ import annotations

import pytest

from arxtui.core.papers import Entry
from arxtui.core.parsing import parse

LONG = (
    "We measure how a heap of dry sand settles when the plate below it is tapped. The angle of rest falls with the"
    " logarithm of the number of taps, and a model of three parameters gives all the curves we have."
)
OTHER = (
    "Two clocks on one wall agree after a day. We find the beam in the wall that couples them, and show that a felt"
    " pad of two millimetres is enough to keep them apart."
)
THIRD = "A short note on the colour of tea. It darkens as the square root of time, whatever the pot is made of and however large."


def read(text: str) -> list[Entry]:
    """The entries of a file in which nothing is odd."""
    found = list(parse(text.encode()))
    assert all(isinstance(item, Entry) for item in found), found
    return [item for item in found if isinstance(item, Entry)]


def summary(entry: Entry) -> tuple[str | None, str | None, str | None]:
    return entry.identifier, entry.abstract, entry.comments


class TestRecord:
    def test_every_field(self):
        text = f"Taps on sand\nAda One, Bo Two\n\n{LONG}\n\n12 pages, 3 figures\n\narXiv:2507.00001v2\nCreated: 2025-07-01 Updated: 2025-08-02\n\n"
        assert read(text) == [
            Entry(0, len(text), 1, "record", "2507.00001", 2, "Taps on sand", "Ada One, Bo Two", LONG,
                  "12 pages, 3 figures", "2025-07-01", "2025-08-02")
        ]  # fmt: skip

    @pytest.mark.parametrize("titled", [True, False])
    @pytest.mark.parametrize("comments", ["12 pages", None])
    @pytest.mark.parametrize("updated", ["2025-08-02", None])
    @pytest.mark.parametrize("kept", [True, False])
    def test_with_and_without_each_part(
        self, *, titled: bool, comments: str | None, updated: str | None, kept: bool
    ):
        abstract = LONG.replace(". ", ".\n  ") if kept else LONG
        head = "Taps on sand\nAda One\n\n" if titled else ""
        dates = "Created: 2025-07-01" + (f" Updated: {updated}" if updated else "")
        tail = f"{comments}\n\n" if comments else ""
        one = f"{head}{abstract}\n\n{tail}arXiv:2507.00001\n{dates}\n\n"
        first, second = read(one + one.replace("2507.00001", "2507.00002"))
        assert (first.title, first.authors) == (("Taps on sand", "Ada One") if titled else (None, None))
        assert (first.abstract, first.comments, first.created, first.updated) == (
            abstract,
            comments,
            "2025-07-01",
            updated,
        )
        assert second.identifier == "2507.00002"
        assert second[6:12] == first[6:12]
        assert second.line == 1 + one.count("\n")

    def test_a_paragraph_break_is_kept(self):
        text = f"{LONG}\n  {OTHER}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        assert read(text)[0].abstract == f"{LONG}\n  {OTHER}"

    def test_comments_that_go_on_in_an_indented_line(self):
        text = f"{LONG}\n\n12 pages,\n  3 figures\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        assert read(text)[0].comments == "12 pages,\n  3 figures"

    def test_a_comment_of_one_letter(self):
        assert read(f"{LONG}\n\n4\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n")[0].comments == "4"

    def test_an_abstract_of_one_letter(self):
        assert summary(read(".\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n")[0]) == ("2507.00001", ".", None)

    def test_comments_longer_than_the_abstract(self):
        text = f"Withdrawn.\n\n{LONG}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        assert summary(read(text)[0]) == ("2507.00001", "Withdrawn.", LONG)

    def test_a_title_and_authors_of_one_letter(self):
        entry = read(f"K\n:\n\n{LONG}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n")[0]
        assert (entry.title, entry.authors, entry.abstract) == ("K", ":", LONG)

    @pytest.mark.parametrize(
        "cited",
        ["arXiv:2401.00007", "arXiv:2401.00007v1", "arXiv:math.GT/0309136", "arXiv:2401.00007 has more", "arXiv:2401.00007, 4 pages",
         "arXiv:2401.00007: a sequel", "arXiv:2401.00007v2; in German", "arXiv:2401.00007) was wrong"],
    )  # fmt: skip
    def test_comments_that_begin_with_or_are_a_citation(self, cited: str):
        text = f"{LONG}\n\n{cited}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n{OTHER}\n\narXiv:2507.00002\nCreated: 2025-07-02\n\n"
        assert [summary(entry) for entry in read(text)] == [
            ("2507.00001", LONG, cited),
            ("2507.00002", OTHER, None),
        ]

    def test_an_abstract_that_begins_with_a_citation(self):
        abstract = f"arXiv:2401.00007 is continued. {LONG}"
        text = f"{OTHER}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n{abstract}\n\narXiv:2507.00002\nCreated: 2025-07-02\n\n"
        assert [entry.abstract for entry in read(text)] == [OTHER, abstract]

    def test_a_title_that_begins_with_a_citation(self):
        text = f"arXiv:2401.00007 is wrong\nAda One\n\n{LONG}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        assert read(text)[0].title == "arXiv:2401.00007 is wrong"

    def test_a_citation_at_the_beginning_of_an_indented_line(self):
        abstract = f"{LONG} See also\n  arXiv:2401.00007 for the other half."
        assert read(f"{abstract}\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n")[0].abstract == abstract

    def test_without_dates(self):
        text = f"Taps on sand\nAda One\n\n{LONG}\n\n3 pages\n\narXiv:2507.00001\n\n{OTHER}\n\narXiv:2507.00002\n\n"
        first, second = read(text)
        assert (first.title, first.abstract, first.comments, first.created) == (
            "Taps on sand",
            LONG,
            "3 pages",
            None,
        )
        assert summary(second) == ("2507.00002", OTHER, None)

    @pytest.mark.parametrize("gap", ["\n\n\n", "\n \n", "\n\t\n\n\n"])
    def test_more_than_one_blank_line(self, gap: str):
        text = f"Taps on sand\nAda One\n\n{LONG}\n\n3 pages\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
        assert [entry[4:12] for entry in read(text.replace("\n\n", gap))] == [
            entry[4:12] for entry in read(text)
        ]

    def test_the_file_may_end_anywhere_behind_the_date(self):
        text = f"{LONG}\n\narXiv:2507.00001\nCreated: 2025-07-01"
        for end in ("", "\n", "\n\n", "\n\n\n \n"):
            assert [entry[4:12] for entry in read(text + end)] == [entry[4:12] for entry in read(text)]


class TestInline:
    def test_every_field(self):
        text = f"{LONG}\n12 pages\narXiv:2507.00001v3{OTHER}\narXiv:math.GT/0309136"
        cut = text.index(OTHER)
        assert read(text) == [
            Entry(0, cut, 1, "inline", "2507.00001", 3, None, None, LONG, "12 pages", None, None),
            Entry(cut, len(text), 3, "inline", "math/0309136", None, None, None, OTHER, None, None, None),
        ]

    @pytest.mark.parametrize(
        ("identifier", "glued"),
        [
            ("2507.00001", "3 clocks on a wall agree."),
            ("1412.0001", "5 clocks on a wall agree."),
            ("hep-th/9901001", "77 clocks on a wall agree."),
            ("2507.00001", "very slow clocks agree."),
            ("2507.00001", "v2.0 of our clock is out."),
            ("2507.00001", "(Slow) clocks agree."),
            ("2507.00001", "$n$ clocks agree."),
            ("2507.00001", "\\emph{Slow} clocks agree."),
            ("2507.00001", '"Slow" clocks agree.'),
            ("2507.00001", "Élan vital of clocks."),
            ("2507.00001", "[Slow] clocks agree."),
            ("2507.00001", ".5 per cent of clocks agree."),
            ("2507.00001", "-- Clocks agree."),
            ("2507.00001v2", "Clocks agree."),
            ("2507.00001v2", "(Slow) clocks agree."),
        ],
    )
    def test_what_is_glued_to_the_identifier(self, identifier: str, glued: str):
        first, second = read(f"{LONG}\narXiv:{identifier}{glued}\n1 page\narXiv:2507.00009")
        assert first.abstract == LONG
        assert f"{first.identifier}{f'v{first.version}' if first.version else ''}" == identifier
        assert summary(second) == ("2507.00009", glued, "1 page")

    @pytest.mark.parametrize(
        "cited",
        ["arXiv:2401.00007", "arXiv:2401.00007 has more", "arXiv:2401.00007, 4 pages", "arXiv:2401.00007v2: as published", "see arXiv:2401.00007",
         "arXiv:math/0309136"],
    )  # fmt: skip
    def test_comments_that_are_or_begin_with_a_citation(self, cited: str):
        text = f"{LONG}\n{cited}\narXiv:2507.00001{OTHER}\narXiv:2507.00002"
        assert [summary(entry) for entry in read(text)] == [
            ("2507.00001", LONG, cited),
            ("2507.00002", OTHER, None),
        ]

    def test_a_comment_of_one_letter(self):
        assert read(f"{LONG}\n4\narXiv:2507.00001{OTHER}\narXiv:2507.00002")[0].comments == "4"

    def test_comments_longer_than_the_abstract(self):
        assert summary(read(f"Withdrawn.\n{LONG}\narXiv:2507.00001")[0]) == ("2507.00001", "Withdrawn.", LONG)

    def test_breaks_that_are_kept(self):
        text = f"{LONG}\n  {OTHER}\n3 pages,\n  in German\narXiv:2507.00001{THIRD}\narXiv:2507.00002"
        first, second = read(text)
        assert summary(first) == ("2507.00001", f"{LONG}\n  {OTHER}", "3 pages,\n  in German")
        assert second.line == 5

    def test_a_line_feed_at_the_end_of_the_file(self):
        assert [entry.identifier for entry in read(f"{LONG}\narXiv:2507.00001\n")] == ["2507.00001"]

    def test_entries_apart_from_one_another(self):
        text = (
            f"{LONG}\narXiv:2507.00001\n\n{OTHER}\n2 pages\narXiv:2507.00002\n\n{THIRD}\narXiv:2507.00003\n"
        )
        assert [summary(entry) for entry in read(text)] == [
            ("2507.00001", LONG, None),
            ("2507.00002", OTHER, "2 pages"),
            ("2507.00003", THIRD, None),
        ]

    def test_each_entry_on_lines_of_its_own(self):
        text = f"{LONG}\narXiv:2507.00001\n{OTHER}\n2 pages\narXiv:2507.00002\n{THIRD}\narXiv:2507.00003\n"
        assert [summary(entry) for entry in read(text)] == [
            ("2507.00001", LONG, None),
            ("2507.00002", OTHER, "2 pages"),
            ("2507.00003", THIRD, None),
        ]


RECORD = f"Taps on sand\nAda One\n\n{LONG}\n\n3 pages\n\narXiv:2507.00001\nCreated: 2025-07-01\n\n"
BARE = f"{OTHER}\n\narXiv:2507.00002\nCreated: 2025-07-02\n\n"
INLINE = f"{THIRD}\n1 page\narXiv:2507.00003"


@pytest.mark.parametrize(
    "parts",
    [
        (RECORD, INLINE, INLINE),
        (INLINE, RECORD),
        (INLINE, BARE, INLINE, RECORD),
        (BARE, RECORD, INLINE),
        (RECORD, BARE),
    ],
)
def test_layouts_mixed_in_one_file(parts: tuple[str, ...]):
    alone = [read(part)[0] for part in parts]
    together = read("".join(parts))
    assert [entry[3:12] for entry in together] == [entry[3:12] for entry in alone]


@pytest.mark.parametrize("same", [RECORD, INLINE, BARE])
def test_a_paper_that_a_file_repeats(same: str):
    first, second, third = read(same * 3)
    assert first[3:12] == second[3:12] == third[3:12]
    assert first.start < second.start < third.start
