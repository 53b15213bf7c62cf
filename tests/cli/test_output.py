from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.cli.output import fitted, highlighted, paper_line, pointed_at
from arxtui.cli.progress import progress_line
from arxtui.core.exporting import json_line
from arxtui.core.highlighting import Highlights
from arxtui.core.queries import Word
from arxtui.library import Progress


@given(st.text())
def test_json_is_the_same_text_in_one_safe_line(text: str) -> None:
    line = json_line({"title": text})
    assert json.loads(line) == {"title": text}
    assert len(line.splitlines()) == 1
    assert not set(line) & set("\x1b\x7f\x9b\u200b\u202e\u2066\ufeff\udc80")
    line.encode("utf-8")


def test_json_is_readable() -> None:
    assert json_line("Schr\u00f6dinger \u2192 \u732b") == '"Schr\u00f6dinger \u2192 \u732b"'


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("walls", 5, "walls"),
        ("walls", 4, "wal\u2026"),
        ("walls", 1, "\u2026"),
        ("\u732b\u732b\u732b", 6, "\u732b\u732b\u732b"),
        ("\u732b\u732b\u732b", 5, "\u732b\u732b\u2026"),
        ("\u732b\u732b\u732b", 4, "\u732b\u2026"),
        ("e\u0301e\u0301", 2, "e\u0301e\u0301"),
        ("", 3, ""),
    ],
)
def test_text_is_cut_by_cells(text: str, width: int, expected: str) -> None:
    assert fitted(text, width) == expected


def test_a_line_without_title_or_date_has_no_blanks_at_its_end() -> None:
    assert paper_line("", "text:0123456789abcdef", None, "") == "            text:0123456789abcdef"
    assert paper_line("2024", "a", "T", "lead") == "2024        a                 T"
    assert paper_line("2024", "a", None, "lead") == "2024        a                 lead\u2026"


def test_matches_are_underlined_and_coloured_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert highlighted("A Map", "bold", [(2, 5)]) == "A Map"
    monkeypatch.setattr("arxtui.cli.output.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert highlighted("A Map", "bold", [(2, 5)]) == "\x1b[1mA \x1b[0m\x1b[1;4;33mMap\x1b[0m"
    assert highlighted("Map", "dim", []) == "\x1b[2mMap\x1b[0m"
    line = paper_line("2024", "a", "Ponds and Map", "", Highlights([Word("pond", prefix=True)]))
    assert "\x1b[1;4;33mPond\x1b[0m\x1b[1ms and Map\x1b[0m" in line
    monkeypatch.setenv("NO_COLOR", "1")
    assert highlighted("A Map", "bold", [(2, 5)]) == "A Map"


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("a or", 2, "  a or\n    ^"),
        ("\u732b or", 2, "  \u732b or\n     ^"),
        ("a\x1b[m or", 5, "  a[m or\n      ^"),
    ],
)
def test_a_caret_stands_below_the_mistake(text: str, column: int, expected: str) -> None:
    assert pointed_at(text, column) == expected


def test_of_a_long_query_the_part_around_the_mistake_is_shown() -> None:
    typed, caret = pointed_at("a" * 50_000 + " date:x " + "b" * 50_000, 50_006).splitlines()
    assert len(typed) <= 79
    assert typed[len(caret) - 1] == "x"
    assert typed.startswith("  …aaa")
    assert typed.endswith("bbb…")
    assert pointed_at("c" * 90 + " or", 91).splitlines()[0].endswith("cc or")


def test_progress_in_words() -> None:
    assert progress_line(Progress(3, 12, 25_000_000, 100_000_000, 12_345), 10) == (
        "reading [####............]  25%  3/12 files  12,345 papers  2.5 MB/s  0:30 left"
    )
    assert progress_line(Progress(0, 12, 0, 100_000_000, 0), 0) == (
        "reading [................]   0%  0/12 files  0 papers  0.0 MB/s"
    )
    assert progress_line(Progress(12, 12, 100_000_000, 100_000_000, 50_000), 40) == (
        "reading [################] 100%  12/12 files  50,000 papers  2.5 MB/s  making the index"
    )
