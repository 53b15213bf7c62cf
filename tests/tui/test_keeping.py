"""What the reader keeps, beyond what each key does: selections, the picker, notes, shelves, changed papers, exports."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input, OptionList, TextArea

from arxtui.core.papers import Paper
from arxtui.reading import Note, ReadingStore, StoreError
from arxtui.reading.errors import no_space
from arxtui.tui import keeping
from arxtui.tui.drafts import Draft, Drafts
from arxtui.tui.exporting import write_file
from arxtui.tui.fuzzy import best
from arxtui.tui.help_screen import HelpScreen
from arxtui.tui.note_screen import NoteScreen, edited
from arxtui.tui.picker import Picker
from arxtui.tui.views import BOOKMARKS, Shelf, View
from tests.tui.checks import CLOCK, COFFEE, CROWD, KNOTS, SAND, WIDTHS
from tests.tui.conftest import record, write_on_a_full_disk
from tests.tui.keeping_checks import make_list, show_list, to_list_in_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.tui.conftest import Open, Reader


# selections


async def test_a_selection_stays_through_searches_and_changes_all_at_once(reader: Open):
    async with reader() as r:
        await r.press("G", "space", "/", *"clock", "enter", "space")
        assert "2 selected, 1 match" in r.said
        await r.press("escape")
        assert "selected" not in r.said
        await r.press("escape")
        assert r.main.view == View(), "the search is given up after the selection"
        await r.press("space", "G", "space", "B")
        await r.type("tea")
        await r.press("enter")
        assert [entry.key for entry in r.store.entries("tea")] == [CLOCK, KNOTS], "as they were selected"
        assert "Put 2 papers on tea" in r.said
        await r.press("u")
        assert "Undone: added 2 papers to tea" in r.said
        assert not any(each.name == "tea" and each.size for each in r.store.lists())


async def test_a_range_is_used_without_being_ended_and_survives_news(reader: Open):
    async with reader() as r:
        await r.press("j", "v", "j", "j")
        (r.library.roots[0] / "new.txt").write_text("Ink.\n\narXiv:2406.00001\nCreated: 2024-06-01\n\n")
        await r.press("R")
        await r.until(lambda: "2406.00001" in r.keys)
        r.main.status.hush()
        assert "3 in the range" in r.said, "the range keeps its papers where others come above"
        await r.press("i", "r")
        assert r.said == "3 papers are now read; u undoes"
        assert r.store.lookup("is", "read") == {CLOCK, SAND, CROWD}
        await r.press("escape", "v", "/", *"knots", "enter")
        r.main.status.hush()
        assert "range" not in r.said, "of another list it is no range any more"


async def test_a_paper_without_an_identifier_is_kept_and_called_this_paper(reader: Open):
    nameless = record("x", "A thought", "Ann Other", "It has no number. " * 9, "Created: 2020-01-01").replace(
        "arXiv:x\n", ""
    )
    async with reader({"a.txt": nameless}) as r:
        assert r.key is not None
        assert r.key.startswith("text:")
        await r.press("b")
        assert r.said == "Put this paper on bookmarks; u undoes"
        await r.press("r")
        assert r.said == "This paper is now read; u undoes"
        await r.press("e")
        assert "Note on this paper" in r.text


async def test_too_many_are_not_selected(reader: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("arxtui.tui.selection.MOST", 5)
    async with reader() as r:
        await r.press("V")
        assert r.said == "6 papers are too many to select; narrow the list to 5"
        await r.press(*["space"] * 6)
        assert r.said == "5 papers are selected, and no more can be"
        r.main.status.hush()
        assert "5 selected" in r.said


async def test_nothing_to_select_is_said(reader: Open):
    async with reader({"a.md": ""}) as r:
        for key in ("space", "v", "V", "b", "B", "t", "e", "r", "x"):
            await r.press(key)
            assert r.said.startswith("No paper here"), key
        await r.press("m", "a")
        assert r.said == "No paper here to mark"


# the picker


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["flow matching", "bookmarks", "Épinards", "read later"]),
        ("flow", ["flow matching"]),
        ("MATCH", ["flow matching"]),
        ("flm", ["flow matching"]),
        ("epi", ["Épinards"]),
        ("bokmarks", ["bookmarks"]),
        ("a", ["flow matching", "bookmarks", "Épinards", "read later"]),
        ("xyz", []),
    ],
)
def test_names_are_found_by_their_letters(typed: str, found: list[str]):
    names = ["flow matching", "bookmarks", "Épinards", "read later"]
    assert [names[place] for place in best(typed, names)] == found


def test_what_begins_so_comes_before_what_only_holds_it():
    assert best("tea", ["the east", "green tea", "tea", "teapot"]) == [2, 3, 1, 0]


def offered(r: Reader) -> list[str]:
    shown = r.app.screen.query_one("#picker-choices", OptionList)
    return [" ".join(str(option.prompt).split()) for option in shown.options]


async def test_a_new_name_makes_a_list_also_where_another_is_much_like_it(reader: Open):
    async with reader() as r:
        await make_list(r, "qec", COFFEE)
        await r.press("j", "B")
        await r.type("qec2")
        assert offered(r) == ["qec 1", "+ new list “qec2”"]
        await r.press("enter")
        await r.until(lambda: any(each.name == "qec2" for each in r.store.lists()))
        assert r.store.keys("qec") == {COFFEE}


async def test_the_picker_shows_which_lists_hold_the_papers(reader: Open):
    async with reader() as r:
        await make_list(r, "all of them", COFFEE, CLOCK)
        await make_list(r, "one of them", CLOCK, KNOTS)
        await r.press("space", "space", "B")
        assert isinstance(r.app.screen, Picker)
        assert offered(r) == ["bookmarks 0", "✓ all of them 2", "– one of them 2"]
        await r.type("one")
        assert offered(r) == ["– one of them 2", "+ new list “one”"]
        await r.press("tab")
        await r.until(lambda: offered(r)[0] == "✓ one of them 3")
        assert isinstance(r.app.screen, Picker), "tab stays"
        await r.press("tab")
        await r.until(lambda: offered(r)[0] == "one of them 1")
        assert r.store.keys("one of them") == {KNOTS}, "what all have, enter takes away"
        await r.press("escape")
        assert r.app.screen is r.main


async def test_a_new_list_is_made_by_its_name(reader: Open):
    async with reader(size=(60, 20)) as r:
        await r.press("B")
        await r.type("flow matching")
        assert offered(r) == ["+ new list “flow matching”"]
        await r.press("enter")
        assert r.store.keys("flow matching") == {COFFEE}
        await r.press("B")
        await r.type("FLOW MATCHING")
        assert offered(r) == ["✓ flow matching 1"], "a name that differs in case is no new one"
        await r.press("up", "down", "ctrl+q")
        await r.until(lambda: not r.app.is_running)


async def test_letters_typed_right_behind_the_key_are_not_lost(reader: Open):
    async with reader() as r:
        for letter in "Bflow":
            r.app.post_message(events.Key(letter, letter))
        r.app.post_message(events.Key("enter", None))
        await r.until(lambda: r.store.keys("flow") if len(r.store.lists()) > 1 else None)
        await r.settle()
        for letter in "eqj":
            r.app.post_message(events.Key(letter, letter))
        r.app.post_message(events.Key("escape", None))
        await r.until(lambda: r.store.note(COFFEE).text == "qj")


async def test_a_list_with_an_odd_name_cannot_write_on_the_screen(reader: Open):
    async with reader() as r:
        r.store.create("[red]x[/red]")
        await r.until(lambda: "[red]x[/red]" in r.text)
        await r.press("B")
        assert "[red]x[/red] 0" in offered(r)


# changes and the history


async def test_a_slow_change_is_told_of_and_quitting_waits_for_it(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "SLOW", 0.05)
    original = ReadingStore.add

    def slowly(self: ReadingStore, *args: object) -> object:
        time.sleep(0.6)
        return original(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ReadingStore, "add", slowly)
    async with reader() as r:
        await r.pilot.press("b")
        await r.until(lambda: r.said == "Saving …")
        await r.pilot.press("j")
        assert r.key == CLOCK, "keys go on"
        await r.pilot.press("b", "q")
        await r.until(lambda: not r.app.is_running)
        assert r.store.keys(BOOKMARKS) == {COFFEE, CLOCK}


async def test_a_change_or_an_export_that_takes_long_is_told_of_until_it_is_done(
    reader: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(keeping, "SLOW", 0.05)
    monkeypatch.setattr("arxtui.tui.status_line._SECONDS", 0.1)
    may_end = threading.Event()

    def slowly(original: Callable[..., object]) -> Callable[..., object]:
        def late(*arguments: object, **named: object) -> object:
            may_end.wait(20)
            return original(*arguments, **named)

        return late

    monkeypatch.setattr(ReadingStore, "move", slowly(ReadingStore.move))
    monkeypatch.setattr("arxtui.tui.exporting.write_file", slowly(write_file))
    async with reader() as r:
        await make_list(r, "tea", COFFEE, CLOCK)
        await show_list(r, "tea")
        await r.pilot.press("}")
        await r.until(lambda: r.said == "Saving …")
        await r.pilot.pause(0.4)
        assert r.said == "Saving …", "longer than other messages stand"
        may_end.set()
        await r.until(lambda: r.keys == [CLOCK, COFFEE])
        await r.until(lambda: "Saving" not in r.said)
        may_end.clear()
        file = tmp_path / "tea.jsonl"
        await r.press("x", "enter")
        r.app.screen.query_one(Input).value = str(file)
        await r.pilot.press("enter")
        await r.until(lambda: r.said.startswith("Writing "))
        await r.pilot.pause(0.4)
        assert r.said == f"Writing {file} …"
        may_end.set()
        await r.until(lambda: r.said == f"Wrote 2 papers into {file}")


async def test_the_history_reads_on_at_its_end(reader: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("arxtui.tui.history_screen._PAGE", 4)
    async with reader() as r:
        await r.press("U")
        assert "Nothing was changed yet." in r.text
        await r.press("u", "enter", "escape")
        for number in range(9):
            r.store.create(f"list {number}")
        await r.press("U")
        shown = r.app.screen.query_one("#overlay-body", OptionList)
        assert shown.option_count == 4
        await r.press("G", "G", "G")
        await r.until(lambda: shown.option_count == 9)
        assert "list 0" in str(shown.get_option_at_index(8).prompt)
        await r.press("G", "u")
        await r.until(lambda: "(undone)" in r.text)
        assert shown.highlighted == 8, "the cursor stays"
        assert "list 0" not in [each.name for each in r.store.lists()]
        await r.press("ctrl+r")
        await r.until(lambda: "(undone)" not in r.text)
        assert "list 0" in [each.name for each in r.store.lists()]


async def test_enter_changes_nothing_in_the_history_and_its_keys_are_in_the_help(reader: Open):
    async with reader(size=(60, 20)) as r:
        await r.press("b", "U")
        history = r.app.screen
        await r.press("enter", "question_mark")
        assert "u undo it   ctrl+r redo it" in r.text
        assert isinstance(r.app.screen, HelpScreen)
        await r.press("question_mark", "q")
        assert r.app.screen is history, "there was one help, and it gave the history back"
        assert r.store.keys(BOOKMARKS) == {COFFEE}
        assert len(r.store.history()) == 1


async def test_the_history_names_papers_in_one_line_each(reader: Open, tmp_path: Path):
    async with reader(size=(60, 20)) as r:
        with ReadingStore(tmp_path / "other.sqlite3") as other:
            other.tag("theirs", [COFFEE])
            r.store.load(other.dump())
        far = Paper("1901.00001", title="Far away mirrors", author_text="Ann Other")
        r.store.add("tea", [far])
        r.store.tag("to cite", [SAND, COFFEE, KNOTS, WIDTHS])
        r.store.tag("wide", [WIDTHS, KNOTS])
        r.store.set_status([SAND], "read")
        r.store.undo()
        await r.press("U")

        def told() -> list[str]:
            """The lines, once each has the room it is to have: after another size they take their time."""
            shown = r.app.screen.query_one("#overlay-body", OptionList)
            if not shown.virtual_size.height == shown.option_count == 5:
                return []
            return [str(option.prompt).split("  ", 1)[1] for option in shown.options]

        await r.until(lambda: "Far away" in r.text and bool(told()))
        assert told()[0].endswith("  (undone)"), "a title leaves room for it"
        assert told()[2] == "tagged 4 papers with “to cite”"
        assert told()[4].endswith("  (elsewhere)")
        await r.pilot.resize_terminal(160, 30)
        both = "tagged “漢字の幅を測る: measuring wide…” and “Knots that forget how they we…” with wide"
        await r.until(lambda: told()[1:2] == [both])
        assert told()[4] == "tagged “Cusp caustics in a cup of coffee” with theirs  (on another machine)"
        await r.pilot.resize_terminal(60, 20)
        await r.until(lambda: told()[1:2] == ["tagged 2 papers with wide"])


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (121, 30)])
@pytest.mark.parametrize("many", [1, 60])
async def test_the_history_cuts_titles_and_not_what_was_done(reader: Open, size: tuple[int, int], many: int):
    """Also where its lines are so many that a scrollbar takes room from them."""
    async with reader(size=size) as r:
        for _ in range(many):
            r.store.set_status([SAND], "read")
            r.store.set_status([SAND], "skimmed")
        r.store.tag_all(["to cite", "odd ones"], [CROWD])
        await r.press("U")
        shown = r.app.screen.query_one("#overlay-body", OptionList)
        await r.until(lambda: 0 < shown.option_count == shown.virtual_size.height and "tagged" in r.text)
        lines = r.text.splitlines()
        assert all(" is read" in line or " is skimmed" in line for line in lines if "said that" in line)
        (tagged,) = (line for line in lines if "tagged" in line)
        # In 60 cells there is no room for both, which is seen.
        assert ("with “to cite”, “odd ones”" if size[0] >= 80 else "tagged 2210.00777 with “to") in tagged


# notes


def drafted(r: Reader) -> str:
    """What the files of drafts hold."""
    return "".join(path.read_text() for path in (r.store.path.parent / "drafts").glob("*.json"))


def told(r: Reader) -> list[str]:
    """What stands in boxes above the lists."""
    return [each.message for each in r.app._notifications]


async def test_a_note_outlives_the_reader_that_is_killed(
    open_app: Callable[..., tuple[object, object, ReadingStore]], reader: Open
):
    async with reader() as r:
        await r.press("e")
        await r.type("half a thought")
        await r.until(lambda: "half a thought" in drafted(r))
        (file,) = (r.store.path.parent / "drafts").glob("*.json")
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(r.store.path.stat().st_mode) == 0o600
        # It ends here without the note being left: as where the terminal is closed.
    async with reader() as r:
        assert told(r) == ["A note was not saved: e on 2401.00011 goes on with it"]
        assert r.store.note(COFFEE).text == ""
        await r.press("e")
        assert r.app.screen.query_one(TextArea).text == "half a thought"
        assert "never saved" in r.text
        await r.press("escape")
        assert r.store.note(COFFEE).text == "half a thought"
        assert drafted(r) == ""


async def test_two_windows_do_not_share_what_is_half_written(reader: Open):
    async with reader() as r:
        # The other one has begun a note on the same paper, and is still there.
        other = Drafts(r.store.path.parent / "drafts")
        assert other.write(Draft("theirs so far", Note(COFFEE, "", ())))
        await r.press("e")
        assert r.app.screen.query_one(TextArea).text == ""
        await r.type("mine")
        await r.until(lambda: "mine" in drafted(r))
        await r.press("escape")
        assert r.store.note(COFFEE).text == "mine"
        assert other.read(COFFEE) == Draft("theirs so far", Note(COFFEE, "", ()))
        # It is killed: now what it wrote is anybody's.
        other.close()
        await r.press("e")
        assert r.app.screen.query_one(TextArea).text == "theirs so far"
        await r.press("escape")
        text = r.store.note(COFFEE).text
        assert text.startswith("mine\n\n--- also written, ")
        assert text.endswith(" UTC ---\n\ntheirs so far")


async def test_a_note_that_is_on_no_disk_is_not_quit_from_unawares(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader() as r:
        await write_on_a_full_disk(r, monkeypatch)
        await r.press("ctrl+q")
        await r.until(lambda: any("is on no disk" in each for each in told(r)))
        assert r.app.is_running
        assert r.app.screen.query_one(TextArea).text == "much work"
        assert "Not saved: the disk is full" in r.text
        await r.type("!")
        await r.press("ctrl+q")
        assert r.app.is_running, "it is another text"
        await r.press("escape", "q")
        await r.until(lambda: not r.app.is_running)
        assert r.store.history() == []


@pytest.mark.parametrize("quits", [True, False])
async def test_a_note_that_was_on_no_disk_is_when_there_is_room(
    reader: Open, monkeypatch: pytest.MonkeyPatch, quits: bool
):
    """Nobody need save it once more for that."""
    monkeypatch.setattr("arxtui.tui.saying._AGAIN", 600.0 if quits else 0.05)
    async with reader() as r:
        await write_on_a_full_disk(r, monkeypatch)
        await r.press("escape", "escape")
        await r.until(lambda: r.app.screen is r.main, "the list")
        assert r.main.saying._drafts.unwritten == {COFFEE: "much work"}
        (r.store.path.parent / "drafts").unlink()
        if quits:
            await r.press("q")
            await r.until(lambda: not r.app.is_running)
            assert not any("is on no disk" in each for each in told(r))
        await r.until(lambda: not r.main.saying._drafts.unwritten)
        assert "much work" in drafted(r)


async def test_no_draft_is_made_in_the_place_of_a_drive_that_is_gone(reader: Open, tmp_path: Path):
    async with reader() as r:
        gone = r.main.saying._drafts.folder = tmp_path / "gone" / "drafts"
        await r.press("e")
        await r.type("much work")
        await r.until(lambda: r.main.saying._drafts.unwritten)
        assert not gone.parent.exists()
        await r.press("escape")
        assert r.store.note(COFFEE).text == "much work"


async def test_what_another_window_wrote_meanwhile_is_kept_too(reader: Open):
    async with reader() as r:
        await r.press("e")
        await r.type("mine")
        r.store.set_note(COFFEE, "theirs")
        # Saved and gone on with: what is written then is not in the place of both.
        await r.press("ctrl+s")
        await r.until(lambda: "both versions are kept in it; u undoes" in r.said)
        await r.type(" and more")
        await r.press("escape")
        await r.until(lambda: "mine and more" in r.store.note(COFFEE).text)
        text = r.store.note(COFFEE).text
        assert text.count("mine") == text.count("theirs") == 1
        assert "both versions are kept in it; u undoes" in r.said


async def test_a_draft_that_is_older_than_the_note_says_so(reader: Open):
    async with reader() as r:
        await r.press("e")
        await r.type("half a thought")
        await r.until(lambda: "half a thought" in drafted(r))
    async with reader() as r:
        r.store.set_note(COFFEE, "theirs")
        await r.press("e")
        assert "Never saved, and the note was changed since; esc saves both" in r.text
        await r.press("escape")
        assert "both versions are kept in it; u undoes" in r.said
        text = r.store.note(COFFEE).text
        assert "half a thought" in text
        assert "theirs" in text


async def test_removing_a_note_leaves_what_another_window_wrote_meanwhile(reader: Open):
    async with reader() as r:
        await r.press("e")
        await r.type("m")
        await r.press("ctrl+s")
        await r.until(lambda: r.store.note(COFFEE).text == "m")
        r.store.set_note(COFFEE, "theirs")
        await r.press("backspace", "escape")
        assert "not what was written elsewhere; u undoes" in r.said
        assert r.store.note(COFFEE).text == "theirs"


async def test_a_note_that_cannot_be_saved_is_not_lost(reader: Open, monkeypatch: pytest.MonkeyPatch):
    async with reader() as r:
        await write_on_a_full_disk(r, monkeypatch, drafts=True)
        await r.press("escape")
        assert r.app.screen is not r.main, "it stays open"
        assert "Not saved: the disk is full" in r.text
        assert "esc leaves and keeps the draft" in r.text
        assert f"The draft is kept in {r.store.path.parent / 'drafts'}" in r.text
        assert told(r) == []
        assert r.app.screen.query_one(TextArea).text == "much work"
        await r.press("escape")
        assert r.said == "Not saved: the disk is full"
        assert r.app.screen is r.main
        await r.press("e")
        assert r.app.screen.query_one(TextArea).text == "much work"
        monkeypatch.undo()
        await r.press("ctrl+s", "escape")
        assert r.app.screen is r.main
        assert r.store.note(COFFEE).text == "much work"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30)])
async def test_a_note_tells_what_its_keys_do_whatever_else_it_has_to_tell(
    reader: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    keys, kept = "esc save   ctrl+s save and go on   ctrl+e in $EDITOR", "esc leaves and keeps the draft"
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    async with reader(size=size) as r:
        # The longest there is, with a long place.
        why = no_space(
            r.store.path.parent / "a folder of which the name is long" / "reading.sqlite3", "disk I/O error"
        )

        def full(*_: object, **__: object) -> None:
            raise StoreError(why)

        await r.press("e")
        assert keys in r.text
        await r.type("much work")
        await r.press("ctrl+e")
        assert "EDITOR names no editor" in r.text
        assert keys in r.text
        monkeypatch.setattr(r.store, "set_note", full)
        await r.press("ctrl+s")
        shown = " ".join(r.text.split())
        assert "much work" in shown, "the text stays in sight"
        assert kept in shown
        assert "start arxtui again" in shown
        assert shown.endswith("e on the paper goes on with it")
        await r.type("!")
        assert keys in r.text
        assert "Not saved" not in r.text
        monkeypatch.undo()
        await r.press("ctrl+s")
        assert f"{keys}\n  Saved" in r.text
        r.main.saying._drafts.write(Draft("once more", r.store.note(COFFEE)))
        await r.press("escape", "e")
        assert "This was written before and never saved; esc saves it" in r.text
        assert keys in r.text


async def test_a_note_of_which_not_even_a_draft_can_be_written_is_not_lost(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader() as r:
        await write_on_a_full_disk(r, monkeypatch)
        await r.press("escape", "escape")
        await r.until(lambda: r.app.screen is r.main, "the list")
        await r.press("e")
        assert r.app.screen.query_one(TextArea).text == "much work"
        monkeypatch.undo()
        await r.press("escape")
        assert r.store.note(COFFEE).text == "much work"


async def test_the_terminal_is_taken_back_from_an_editor_that_fails(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader() as r:
        resumed: list[str] = []
        driver = r.app._driver
        assert driver is not None
        monkeypatch.setattr(type(driver), "can_suspend", True)
        monkeypatch.setattr(driver, "suspend_application_mode", lambda: None)
        monkeypatch.setattr(driver, "resume_application_mode", lambda: resumed.append("resumed"))
        monkeypatch.delenv("VISUAL", raising=False)
        await r.press("e")
        await r.type("mine")
        for number, editor in enumerate(("no-such-editor", "false", "'"), 1):
            monkeypatch.setenv("EDITOR", editor)
            await r.press("ctrl+e")
            assert len(resumed) == number
            assert f"{editor} did not work" in r.text
        await r.press("escape")
        assert r.store.note(COFFEE).text == "mine"


async def test_saving_goes_on_and_leaving_unchanged_makes_no_change(reader: Open):
    async with reader() as r:
        await r.press("e")
        await r.type("one")
        await r.press("ctrl+s")
        assert r.store.note(COFFEE).text == "one"
        assert isinstance(r.app.screen, NoteScreen)
        await r.type(" two")
        await r.press("ctrl+s", "escape")
        assert r.store.note(COFFEE).text == "one two"
        assert len(r.store.history()) == 2
        await r.press("e", "ctrl+e")
        assert "EDITOR names no editor" in r.text or "cannot be lent" in r.text
        await r.press("ctrl+q")
        await r.until(lambda: not r.app.is_running)
        assert len(r.store.history()) == 2


async def test_a_note_from_elsewhere_cannot_write_on_the_screen_and_may_have_empty_lines(reader: Open):
    async with reader() as r:
        r.store.set_note(COFFEE, "one\n\n[red]two\x1b[31m\n\t- three")
        await r.until(lambda: "note        ¶ one" in r.detail_text)
        assert "¶ one\n\n            [red]two[31m\n                - three" in r.detail_text
        await r.press("e")
        assert r.app.screen.query_one(TextArea).text == "one\n\n[red]two[31m\n\t- three"
        await r.press("escape")
        written = [past for past in r.store.history() if "wrote" in past.text]
        assert len(written) == 1, "it was only looked at"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_quitting_from_a_note_saves_it(reader: Open, key: str):
    async with reader() as r:
        await r.press("e")
        await r.type("last words")
        await r.press("shift+left", "shift+left", "ctrl+c")
        assert r.app.clipboard == "ds", "of what is selected it makes a copy"
        await r.press("right")
        await r.pilot.press(key)
        await r.until(lambda: not r.app.is_running)
        assert r.store.note(COFFEE).text == "last words"


async def test_what_cannot_be_saved_is_refused_before_it_is_written(reader: Open, tmp_path: Path):
    """But what was written before is shown, to be copied."""
    async with reader() as r:
        await r.press("j", "e")
        await r.type("some work")
        await r.until(lambda: list((r.store.path.parent / "drafts").glob("*.json")))
        r.app.screen.dismiss()
        await r.settle()
        r.store._writer.execute("PRAGMA query_only = 1")
        await r.press("e")
        await r.until(lambda: isinstance(r.app.screen, NoteScreen))
        assert r.app.screen.query_one(TextArea).text == "some work"
        await r.press("escape")
        await r.until(lambda: "Not saved: the reading lists" in r.text)
        await r.press("escape")
        await r.until(lambda: r.app.screen is r.main)
        await r.press("k", "e")
        await r.until(lambda: r.said.startswith("the reading lists"))
        assert "can be read but not changed" in r.said
        assert not isinstance(r.app.screen, NoteScreen)


def test_another_program_edits_a_note(tmp_path: Path):
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\ncat "$2" > "$1"\necho "and more" >> "$2"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    seen = tmp_path / "seen"
    assert edited(f"'{script}' {seen}", "a thought\nor two") == ("a thought\nor two\nand more", "")
    assert seen.read_text() == "a thought\nor two\n"
    assert edited("true", "as it was") == ("as it was", "")
    text, wrong = edited("no-such-editor", "as it was")
    assert (text, "no-such-editor did not work" in wrong) == ("as it was", True)
    text, wrong = edited("vim '", "as it was")
    assert (text, "No closing quotation" in wrong) == ("as it was", True)
    script.write_text('#!/bin/sh\nrm "$1"\n')
    text, wrong = edited(f"'{script}'", "as it was")
    assert (text, "left nothing that can be read" in wrong) == ("as it was", True)


def test_what_was_written_in_an_editor_that_failed_is_there(tmp_path: Path):
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\necho "and more" >> "$1"\nkill -KILL $$\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    assert edited(str(script), "a thought") == (
        "a thought\nand more",
        f"{script} did not work: signal 9 ended it",
    )


def test_an_interrupt_is_for_the_editor(tmp_path: Path):
    """The terminal sends it to the reader as well, which would end and kill the editor."""
    script = tmp_path / "editor"
    script.write_text(
        f"#!{sys.executable}\nimport os, pathlib, signal, sys\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\nos.kill(os.getppid(), signal.SIGINT)\n"
        "pathlib.Path(sys.argv[1]).write_text('written behind it')\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    assert edited(str(script), "") == ("written behind it", "")
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_drafts_are_one_a_paper_and_damaged_ones_are_none(tmp_path: Path):
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.keys() == []
    over = Note("math/0309136", "before", ("1",))
    drafts.write(Draft("after\n\ud800", over))
    drafts.write(Draft("after all", over))
    assert drafts.read("math/0309136") == Draft("after all", over)
    assert drafts.keys() == [], "it is being written"
    (written,) = drafts.folder.glob("*.json")
    drafts.close()
    assert [path.name for path in drafts.folder.iterdir()] == [written.name]
    later = Drafts(tmp_path / "drafts")
    assert later.keys() == ["math/0309136"]
    assert later.read("math/0309136") == Draft("after all", over)
    assert later.keys() == [], "it is this one's now"
    (taken,) = drafts.folder.glob("*.json")
    taken.write_text('{"key": 1')
    assert later.read("math/0309136") is None
    later.close()
    assert Drafts(tmp_path / "drafts").keys() == []
    later.drop("math/0309136")
    later.drop("math/0309136")
    (tmp_path / "file").write_text("")
    nowhere = Drafts(tmp_path / "file")
    assert not nowhere.write(Draft("nowhere", over))
    assert nowhere.unwritten == {"math/0309136": "nowhere"}
    assert nowhere.read("math/0309136") == Draft("nowhere", over)


def test_what_a_killed_reader_wrote_is_found(tmp_path: Path):
    program = (
        "import os, signal, sys, pathlib; from arxtui.tui.drafts import Draft, Drafts; from arxtui.reading import Note\n"
        "drafts = Drafts(pathlib.Path(sys.argv[1])); drafts.write(Draft('half', Note('a', '', ())))\n"
        "print('written', flush=True); sys.stdin.read()"
    )
    folder = tmp_path / "drafts"
    with subprocess.Popen(
        [sys.executable, "-c", program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"written\n"
        assert Drafts(folder).keys() == []
        other.kill()
    drafts = Drafts(folder)
    assert drafts.keys() == ["a"]
    assert list(folder.glob("*.lock")) == []
    assert drafts.read("a") == Draft("half", Note("a", "", ()))


# shelves


async def test_states_tags_and_archived_lists_are_folders_with_live_counts(reader: Open, tmp_path: Path):
    async with reader() as r:
        assert "Read state" not in r.text
        other = ReadingStore(tmp_path / "reading.sqlite3")
        other.set_status([COFFEE, CLOCK], "to-read")
        other.tag("optics", [COFFEE, "1901.00001"])
        other.add("old", [Paper(KNOTS)])
        other.archive_list("old")
        await r.until(lambda: "optics" in r.text and "to read" in r.text, "what the other window did")
        lines = [" ".join(line[:35].split()) for line in r.lines]
        order = [
            "▾ Reading lists",
            "★ bookmarks 0▏",
            "▸ Archived lists",
            "▾ Read state",
            "to read 2▏",
            "▾ Tags",
        ]
        places = [
            next(at for at, line in enumerate(lines) if line.startswith(each.rstrip("▏"))) for each in order
        ]
        assert places == sorted(places)
        r.main.ask(View(shelf=Shelf("tag", "optics")))
        await r.settle()
        assert r.keys == [COFFEE, "1901.00001"], "a paper that no file holds is there too"
        assert "2 papers tagged optics" in r.text
        other.untag("optics", [COFFEE])
        await r.until(lambda: r.keys == ["1901.00001"], "live")
        r.main.ask(View(shelf=Shelf("is", "to-read")))
        await r.settle()
        assert r.keys == [COFFEE, CLOCK]
        await r.press("r")
        assert r.keys == [CLOCK], "what is read is no longer to be read"
        other.close()


@pytest.mark.parametrize("keys", ["i t", "r", "* 4", "t o p t i c s enter", "e m i n e escape"])
async def test_what_is_said_of_a_paper_keeps_what_is_known_of_it(reader: Open, keys: str):
    async with reader() as r:
        key = r.key
        assert key is not None
        title = r.library.paper(key).title
        await r.press(*keys.split())
        await r.until(lambda: r.store.paper(key) is not None)
        kept = r.store.paper(key)
        assert kept is not None
        assert kept.title == title
        assert kept.abstract


async def test_what_is_listed_of_a_tag_can_be_saved_as_a_search(reader: Open):
    async with reader() as r:
        r.store.tag("to cite", [COFFEE])
        r.main.ask(View(shelf=Shelf("tag", "to cite")))
        await r.settle()
        await r.press("S", "enter")
        assert [each.query for each in r.store.searches()] == ['tag:"to cite"']
        r.main.ask(View(shelf=Shelf("is", "to-read")))
        await r.settle()
        assert "No paper is to read" in r.text
        await r.press("S", "enter")
        assert [each.query for each in r.store.searches()] == ['tag:"to cite"', "is:to-read"]


async def test_the_cursor_of_the_tree_stays_where_something_is_taken_from_it(reader: Open):
    async with reader() as r:
        for name in ("one", "two", "three"):
            await make_list(r, name, CLOCK)
        tree = r.main.file_tree
        for name, instead in (("two", "three"), ("three", "two")):
            await to_list_in_tree(r, name)
            await r.press("a")
            assert tree.branch is not None
            assert tree.branch.name == instead, "what stands there now; of the last, the one above"
            assert r.main.view.reading_list == instead, "what is listed is what the cursor is on"
            await r.press("u")
            assert tree.branch is not None
            assert tree.branch.name == name, "it is back, and so is the cursor"
            assert r.main.view.reading_list == name
        await r.press("a")
        assert "three stands below Archived lists now" in r.said
        await r.press("k")
        await r.press("u")
        assert tree.branch is not None
        assert tree.branch.name == "one", "the user has gone on"
        assert r.main.pane == "tree"


async def test_a_search_for_a_state_follows_it(reader: Open):
    async with reader() as r:
        await r.press("r", "/", *"is:read", "enter")
        assert r.keys == [COFFEE]
        r.store.set_status([CLOCK], "read")
        await r.until(lambda: r.keys == [COFFEE, CLOCK])


async def test_an_archived_list_is_folded_away_and_comes_back(reader: Open):
    async with reader() as r:
        await make_list(r, "tea", CLOCK)
        await to_list_in_tree(r, "tea")
        await r.press("a")
        assert "tea" not in [" ".join(line[:35].split())[:3] for line in r.lines[:20]]
        await r.press("g", "g")
        while (branch := r.main.file_tree.branch) is not None and branch.name != "Archived lists":
            await r.press("j")
        await r.press("space", "j")
        assert r.main.file_tree.branch is not None
        assert r.main.file_tree.branch.name == "tea"
        await r.press("enter")
        assert r.keys == [CLOCK]
        assert "in tea, 1 paper, archived" in r.text
        await r.press("h", "a")
        assert [each.name for each in r.store.lists()] == [BOOKMARKS, "tea"]


async def test_what_cannot_be_done_to_a_list_is_said(reader: Open):
    async with reader() as r:
        await r.press("h", "r")
        assert r.said == "No reading list here; choose one in the tree"
        await to_list_in_tree(r, BOOKMARKS)
        await r.until(lambda: "no papers in bookmarks" in r.said, "the list, where the cursor rests")
        await r.press("a")
        assert "The list bookmarks is always there" in r.said
        await r.press("r")
        assert "keeps its name" in r.said
        assert r.app.screen is r.main, "nothing is asked for that would be refused"
        await r.press("c")
        await r.type(BOOKMARKS)
        await r.press("enter")
        assert "already" in r.said


async def test_a_list_keeps_its_order(reader: Open):
    async with reader() as r:
        await make_list(r, "tea", COFFEE, KNOTS, WIDTHS)
        await show_list(r, "tea")
        await r.press("s", "t")
        assert r.store.lists()[-1].sort == "title"
        assert "tea is sorted by title now; u undoes" in r.said
        titled = list(r.keys)
        await r.press("escape")
        await show_list(r, "tea")
        assert r.keys == titled
        await r.press("s", "t")
        assert r.keys == titled[::-1]
        await r.press("s", "o")
        assert r.keys[0] == COFFEE
        assert r.store.lists()[-1].sort == "-title", "what a list cannot keep is only shown"
        await r.press("u", "u")
        assert r.store.lists()[-1].sort == "hand"


async def test_a_paper_that_has_changed_says_so(reader: Open):
    async with reader() as r:
        then = replace(
            r.library.paper(COFFEE), title="Cusps in a mug", comments=None, version=3, doi="10.1/x"
        )
        r.store.add("tea", [then])
        await r.until(lambda: r.main.keeping.list_named("tea"))
        await r.settle()
        said = " ".join(r.detail_text.split())
        assert "changed since it was put on tea (" in said
        assert "): title title was: Cusps in a mug" in said
        await r.press("j")
        assert "changed" not in r.detail_text
        await r.press("b", "l")
        assert "changed" not in r.detail_text, "it is as it was when it was added"


# starting, and a store that is in trouble


async def test_the_store_s_notes_are_told_and_it_is_looked_after(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "LOOK_AFTER", 0.1)
    monkeypatch.setattr(ReadingStore, "look_after", lambda _: "two damaged pages were put right")
    original = ReadingStore.__init__

    def opened(self: ReadingStore, *args: object, **kwargs: object) -> None:
        original(self, *args, **kwargs)  # type: ignore[arg-type]
        self.notes.append("an old store was set aside")

    monkeypatch.setattr(ReadingStore, "__init__", opened)
    async with reader() as r:
        await r.until(lambda: told(r) == ["An old store was set aside", "Two damaged pages were put right"])


async def test_a_backup_is_made_some_seconds_after_the_start(reader: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "LOOK_AFTER", 0.1)
    async with reader() as r:
        await r.press("b")
        await r.until(r.store.backups)


async def test_a_store_that_may_only_be_read_is_shown_and_refuses_with_words(
    reader: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with ReadingStore(tmp_path / "reading.sqlite3") as store:
        store.add(BOOKMARKS, [Paper(COFFEE)])
    monkeypatch.setattr(ReadingStore, "read_only", True)
    monkeypatch.setattr(
        ReadingStore,
        "remove",
        lambda *_: (_ for _ in ()).throw(StoreError("the reading lists can be read but not changed")),
    )
    async with reader() as r:
        assert "★●" in r.text
        await r.press("b")
        assert r.said == "Not saved: the reading lists can be read but not changed"
        await show_list(r, BOOKMARKS)
        await r.press("s", "t")
        assert "sorted by title" in r.text, "shown so, though it cannot be kept"


# exports


async def test_an_export_holds_what_is_said_of_papers_and_papers_that_no_file_holds(reader: Open):
    async with reader() as r:
        far = Paper("1901.00001", title="Far away mirrors", author_text="Ann Other")
        r.store.add("tea", [r.library.paper(COFFEE), far])
        r.store.tag("optics", [COFFEE])
        r.store.set_note(COFFEE, "a note")
        await show_list(r, "tea")
        await r.press("x", "G", "k", "enter")
        line = r.app.screen.query_one(Input)
        assert line.value.endswith("/tea.md")
        line.value = str(r.store.path.parent / "no folder" / "tea.md")
        await r.press("enter")
        await r.until(lambda: "cannot be written: No such file or directory" in " ".join(r.text.split()))
        assert "enter write   esc cancel" in r.text
        target = r.store.path.parent / "tea.md"
        r.app.screen.query_one(Input).value = str(target)
        await r.press("enter")
        await r.until(lambda: "Wrote 2 papers into" in r.said)
        text = target.read_text()
        assert text.index("Cusp caustics") < text.index("Far away mirrors")
        assert "a note" not in text
        assert "optics" not in text
        await r.press("x", "n", "n", "n")
        assert "Export 2 papers in tea, with your notes and tags" in r.text
        await r.press("G", "k", "enter")
        r.app.screen.query_one(Input).value = str(target)
        await r.press("enter", "y")
        await r.until(lambda: "a note" in target.read_text())
        assert "optics" in target.read_text()


async def test_of_papers_whose_keys_alone_are_written_none_is_read(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader() as r:
        target = r.store.path.parent / "all.ids"
        monkeypatch.setattr("arxtui.tui.exporting.read_papers", lambda *_: pytest.fail("papers were read"))
        await r.press("x", "G", "enter")
        r.app.screen.query_one(Input).value = str(target)
        await r.press("enter")
        await r.until(lambda: "Wrote 6 papers into" in r.said)
        assert target.read_text().split() == r.keys


def test_a_file_is_complete_or_as_it_was(tmp_path: Path):
    path = tmp_path / "out.txt"
    write_file(path, ["one\n", "two\n"])
    link = tmp_path / "link.txt"
    link.symlink_to(path)

    def broken() -> object:
        yield "half"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_file(link, broken())  # type: ignore[arg-type]
    assert path.read_text() == "one\ntwo\n"
    write_file(link, ["three"])
    assert link.is_symlink()
    assert path.read_text() == "three"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.txt", "out.txt"]


async def test_the_palette_runs_what_a_key_does_only_elsewhere(reader: Open):
    async with reader() as r:
        await r.press(":")
        await r.type("new list")
        await r.press("enter")
        await r.until(lambda: "Name of the new list" in r.text)
        await r.press("escape", ":")
        await r.type("stars: 4")
        await r.press("enter")
        await r.until(lambda: r.store.states([COFFEE]))
        assert r.store.states([COFFEE])[COFFEE].stars == 4
