"""The search line: earlier searches come back, and what is typed is completed without being in the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events

from arxtui.core.queries import parse
from arxtui.tui.search_history import KEPT, Recall, SearchHistory
from tests.tui.conftest import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.tui.conftest import Open, Reader


def test_searches_are_kept_in_a_file_the_last_one_last(tmp_path: Path):
    history = SearchHistory(tmp_path / "searches.txt")
    assert history.read() == []
    for query in ("cusp", "knot  theory", "  ", "cusp"):
        history.add(query)
    assert SearchHistory(tmp_path / "searches.txt").read() == ["knot theory", "cusp"]
    for number in range(KEPT + 5):
        history.add(f"word{number}")
    kept = history.read()
    assert len(kept) == KEPT
    assert kept[-1] == f"word{KEPT + 4}"
    assert [path.name for path in tmp_path.iterdir()] == ["searches.txt"]


def test_two_windows_add_to_one_history(tmp_path: Path):
    one, other = (SearchHistory(tmp_path / "searches.txt") for _ in range(2))
    one.add("cusp")
    other.add("knot")
    assert one.add("clock") == ["cusp", "knot", "clock"]


def test_a_history_that_cannot_be_written_or_read_is_no_trouble(tmp_path: Path):
    history = SearchHistory(tmp_path / "gone" / "searches.txt")
    assert history.add("cusp") == ["cusp"]
    assert history.read() == []
    (tmp_path / "odd.txt").write_bytes(b"cusp\n\xff\xfe\n\n" + b"x" * 5000 + b"\nknot")
    assert SearchHistory(tmp_path / "odd.txt").read() == ["cusp", "��", "knot"]


def test_recall_goes_back_and_returns_to_what_was_typed():
    recall = Recall()
    recall.entries = ["one", "two", "three"]
    assert recall.step(1, "dra") == "three"
    assert recall.step(1, "three") == "two"
    assert recall.step(1, "two") == "one"
    assert recall.step(1, "one") is None
    assert recall.step(-1, "one") == "two"
    assert recall.step(-1, "two") == "three"
    assert recall.step(-1, "three") == "dra"
    assert recall.step(-1, "dra") is None


def test_recall_passes_over_the_search_that_is_in_the_line():
    recall = Recall()
    recall.entries = ["one", "two"]
    assert recall.step(1, "two") == "one"
    recall.begin()
    assert recall.step(-1, "one") is None


async def search(r: Reader, query: str, *keys: str) -> None:
    await r.press("/")
    r.main.search_bar.value = ""
    await r.type(query)
    await r.press(*keys)


async def test_earlier_searches_come_back_also_in_another_session(reader: Open):
    async with reader() as r:
        await search(r, "cusp", "enter")
        await search(r, "knot", "enter")
        await search(r, "gone", "escape")
        path = r.store.path.with_name("searches.txt")
        await r.until(lambda: path.exists() and path.read_text() == "cusp\nknot\n")
    async with reader() as r:
        await r.press("/")
        await r.type("cl")
        await r.press("up")
        assert r.main.search_bar.value == "knot"
        assert r.keys == ["math/0309136"], "the list follows"
        await r.press("up", "up")
        assert r.main.search_bar.value == "cusp"
        await r.press("down", "down")
        assert r.main.search_bar.value == "cl"
        assert r.main.searching
        await r.press("down", "b")
        assert r.main.search_bar.value == "clb", (
            "below the newest is the line itself: letters are no commands"
        )
        await r.press("escape", "/", "k", "down")
        assert r.app.focused is r.main.paper_list, "where none was recalled, down goes to the list"


@pytest.mark.parametrize(
    ("typed", "offered", "line"),
    [
        ("cusp au", "author:", "cusp author:"),
        ("is:boo", "bookmarked", "is:bookmarked"),
        ("sort:-ti", "-title", "sort:-title"),
        ("cusp list:to", "to read", 'cusp list:"to read"'),
        ("list:book", "bookmarks", "list:bookmarks"),
    ],
)
async def test_tab_completes_the_end_of_the_line(reader: Open, typed: str, offered: str, line: str):
    async with reader() as r:
        r.store.create("to read")
        await search(r, typed)
        assert f"tab  {offered}" in r.lines[1]
        await r.press("tab")
        assert r.main.search_bar.value == line
        assert r.app.focused is r.main.search_bar
        assert "tab" not in r.lines[1]


async def test_an_operator_is_no_beginning_of_a_name(reader: Open):
    papers = {"a.txt": record("2401.00003", "Ink", "Ana Perez, Bo Orlando", "Dry.", "Created: 2024-01-03")}
    async with reader(papers) as r:
        await search(r, "author:(orl")
        assert "tab  orlando" in r.lines[1]
        await search(r, "author:(perez or")
        assert "tab" not in r.lines[1]
        assert "the parenthesis is still open" in r.lines[1]


async def test_right_at_the_end_of_the_line_completes_too(reader: Open):
    async with reader() as r:
        await search(r, "is:boo", "right")
        assert r.main.search_bar.value == "is:bookmarked"


async def test_completion_is_not_in_the_way(reader: Open):
    async with reader() as r:
        await search(r, "a")
        assert "tab" not in r.lines[1], "one letter begins any word"
        await search(r, "author cusp", "left", "left")
        await r.type("x")
        assert r.main.search_bar.value == "author cuxsp"
        await search(r, "knot", "tab")
        assert r.app.focused is r.main.search_bar, (
            "where nothing is offered, tab does not make letters commands"
        )
        assert "Nothing to complete" in r.said
        await r.type("s")
        assert r.main.search_bar.value == "knots"


async def test_tab_waits_for_what_is_about_to_be_offered(reader: Open):
    async with reader() as r:
        r.store.create("to read")
        await r.press("/")
        r.main.search_bar.put("list:to")
        assert r.main.search_bar.complete(), "it has been asked for"
        await r.settle()
        assert r.main.search_bar.value == 'list:"to read"'


async def test_what_is_half_typed_is_said_below_the_line(reader: Open):
    async with reader() as r:
        await search(r, "date:20")
        assert "date:20" in r.lines[1]
        await search(r, "cusp")
        assert r.lines[1][36:100].strip() == ""
        await search(r, "is:bo")
        await r.press("escape")
        assert "tab" not in r.lines[1]


@pytest.mark.parametrize("query", ["titel:cusp", "foo:cusp"])
@pytest.mark.parametrize("width", [60, 100, 160])
async def test_a_hint_that_does_not_fit_takes_more_lines(reader: Open, width: int, query: str):
    async with reader(size=(width, 24)) as r:
        await search(r, query)
        hint = r.main.query_one("#search-hint")
        said = " ".join(
            " ".join(str(strip.text) for strip in hint.render_lines(hint.region.reset_offset)).split()
        )
        assert said == parse(query).hints[0].message
        await search(r, "cusp")
        assert hint.size.height == 1


async def test_a_half_typed_list_or_tag_stands_for_those_that_begin_so_and_this_is_said(reader: Open):
    async with reader() as r:
        for name, key in (("tide tables", r.keys[0]), ("tides", r.keys[1]), ("tin", r.keys[2])):
            r.store.create(name)
            r.store.add(name, [r.library.paper(key)])
            r.store.tag(name, [key])
        r.store.create("ti empty")
        one, two, three, *_ = r.keys
        await search(r, "list:tid")
        assert r.keys == [one, two]
        assert "list:tid means tide tables, tides" in r.said
        await search(r, "list:TIDES")
        assert r.keys == [two]
        assert "means" not in r.said
        await search(r, 'list:"ti empty"')
        assert r.keys == []
        assert "named" not in r.said
        await search(r, "tag:ti", "enter")
        assert r.keys == [one, two, three]
        await search(r, "-tag:tid")
        assert one not in r.keys
        await search(r, "tag:zzz")
        assert r.keys == []
        assert "no tag is named zzz" in r.said


def hint(r: Reader) -> list[str]:
    shown = r.main.query_one("#search-hint")
    return [strip.text.strip() for strip in shown.render_lines(shown.region.reset_offset)]


async def test_what_is_amiss_is_told_until_the_reader_goes_on(reader: Open):
    async with reader() as r:
        await search(r, 'title:""')
        told = hint(r)
        assert told != [""]
        await r.press("enter")
        assert hint(r) == told, "who types fast sees it too"
        await r.press("j")
        assert hint(r) == [""]
        await r.press("/")
        assert hint(r) == told
        await r.press("escape")
        assert hint(r) == [""]
        await search(r, 'title:""', "enter", "escape")
        assert hint(r) == [""]


async def test_more_than_four_lines_of_hints_are_marked_as_cut(reader: Open):
    async with reader(size=(60, 24)) as r:
        await search(r, "foo:a")
        whole = hint(r)
        assert 1 < len(whole) <= 4
        assert not whole[-1].endswith("…")
        await search(r, "foo:a bar:b baz:c date:20 author:")
        cut = hint(r)
        assert len(cut) == 4
        assert cut[-1].endswith("…")
        await search(r, "foo:a")
        assert hint(r) == whole


async def test_moving_on_hides_why_a_key_did_nothing_but_not_what_was_changed(reader: Open):
    async with reader() as r:
        await r.press("n")
        assert "Nothing is looked for" in r.said
        await r.press("j")
        assert "Nothing is looked for" not in r.said
        await r.press("b")
        assert "bookmarks" in r.said
        said = r.said
        await r.press("j")
        assert r.said == said
        await r.press("v")
        assert "Select a range" in r.said
        await r.press("j")
        assert "Select a range" in r.said


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("knot", "knot"),
        (("end", "x"), "cuspx"),
        (("right", "x"), "cuspx"),
        (("left", "x"), "xcusp"),
        (("backspace", "x"), "x"),
        (("up", "x"), "sandx"),
        (("up", "down", "x"), "cuspx"),
        (("k", "up", "down", "n"), "kn"),
        (("end", "space", "a", "u", "t", "h", "tab"), "cusp author:"),
        (("enter", "slash", "enter", "slash", "k"), "k"),
        (("end", "enter"), "cusp"),
        (("k", "escape", "slash", "x"), "x"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
async def test_the_last_search_is_replaced_by_what_is_typed_or_gone_on_with(
    reader: Open, keys: Sequence[str], line: str, at_once: bool
):
    async with reader() as r:
        await search(r, "sand", "enter")
        await search(r, "cusp", "enter")
        await r.until(lambda: r.main.search_line._recall.entries == ["sand", "cusp"], "the earlier searches")
        if at_once:  # as they come over a slow line
            for key in ("slash", *keys):
                r.app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))
        else:
            await r.press("slash", *keys)
        # Where the line comes out as it was, nothing else tells that the keys have been taken.
        await r.settle()
        await r.until(lambda: r.main.search_bar.value == line, f"{line} instead of {r.main.search_bar.value}")
        await r.until(lambda: r.main.view.query == line, "the list follows")


async def test_a_paste_of_several_lines_is_one_query(reader: Open):
    async with reader() as r:
        await r.press("/")
        r.app.post_message(events.Paste("\r\nKnots that forget\r\n  how they \nwere tied\n"))
        await r.settle()
        assert r.main.search_bar.value == "Knots that forget how they were tied"
        assert r.keys == ["math/0309136"]
        r.app.post_message(events.Paste(" \n"))
        await r.type(" x")
        assert r.main.search_bar.value == "Knots that forget how they were tied x"


async def test_a_paste_outside_the_search_line_opens_it(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("cusp")
        await r.press("enter", "tab", "g")
        r.app.post_message(events.Paste("https://arxiv.org/abs/math/0309136v1\n"))
        await r.settle()
        assert r.main.searching
        assert r.main.search_bar.value == "https://arxiv.org/abs/math/0309136v1"
        await r.until(lambda: r.keys == ["math/0309136"])
        await r.press("escape")
        r.app.post_message(events.Paste("\n \n"))
        await r.settle()
        assert not r.main.searching
        await r.press("e")
        r.app.post_message(events.Paste("two\nlines"))
        await r.press("escape")
        assert r.store.note(r.key).text == "two\nlines"
        assert not r.main.searching


async def test_shift_tab_goes_back_through_completions_and_never_out_of_the_line(reader: Open):
    async with reader() as r:
        await r.press("/")
        await r.type("au")
        await r.press("tab")
        assert r.main.search_bar.value == "author:"
        await r.type("tan")
        await r.press("tab")
        assert r.main.search_bar.value == "author:tanaka"
        await r.press("shift+tab")
        assert r.main.search_bar.value == "author:tan"
        await r.press("tab")
        assert r.main.search_bar.value == "author:tanaka"
        await r.press("shift+tab", "shift+tab", "x")
        assert r.main.search_bar.value == "author:tanx"
        assert r.main.searching
        await r.press("shift+tab")
        assert "Nothing was completed" in r.said
        assert r.main.search_bar.value == "author:tanx"


async def test_a_value_that_is_typed_already_is_offered_beside_longer_ones(reader: Open):
    papers = {
        "a.txt": record("2401.00003", "On ice", "Ada Wan", "No year here.", "Created: 2024-01-03")
        + record("2401.00002", "On snow", "Bo Wander, Cy Wan", "Nor here.", "Created: 2024-01-02")
    }
    async with reader(papers) as r:
        await r.press("/")
        await r.type("author:wan")
        assert "tab  wan  wander" in r.lines[1]
        await r.press("tab")
        assert r.main.search_bar.value == "author:wander"
        assert "tab" not in r.lines[1]


@pytest.mark.parametrize("width", [60, 80])
async def test_as_many_values_are_offered_as_fit(reader: Open, width: int):
    names = [f"Quentin Quill Quartz {letter * 4}" for letter in "ABCDEFGH"]
    papers = {"a.txt": record("2401.00003", "On ice", ", ".join(names), "None.", "Created: 2024-01-03")}
    async with reader(papers, size=(width, 20)) as r:
        await search(r, 'author:"quentin qu')
        (told,) = hint(r)
        values = told.removeprefix("tab  ").removesuffix("  …").split("  ")
        assert 1 <= len(values) < len(names)
        assert set(values) <= {name.lower() for name in names}
        assert told.endswith("  …"), "there are more"


async def test_a_break_in_typing_that_is_told_too_late_asks_for_nothing(reader: Open):
    async with reader() as r:
        await r.press("slash", *"knots")
        r.main.search_line._rested("knot")
        await r.settle()
        assert r.main.view.query == "knots", "the line says more than it did at the break"
        await r.press("escape")
        r.main.search_line._rested("knots")
        await r.settle()
        assert r.main.view.query == ""
