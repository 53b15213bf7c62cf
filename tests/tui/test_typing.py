"""What is typed into takes effect in the order it comes in, however much of it comes at once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from arxtui.core.queries import completing, parse
from arxtui.tui.prompt_screen import PromptScreen

if TYPE_CHECKING:
    import pytest

    from tests.tui.conftest import Open, Reader


def post(r: Reader, *keys: str) -> None:
    """Keys that arrive together; a word is typed as its letters."""
    for key in keys:
        named = (
            key if key in ("left", "right", "home", "end", "enter", "escape", "backspace", "slash") else ""
        )
        for name in [named] if named else key:
            r.app.post_message(events.Key(name, None if named else name))


async def test_arrows_and_letters_of_one_burst_keep_their_order_in_the_search_line(reader: Open):
    async with reader() as r:
        post(
            r, "slash", "kots", "left", "left", "left", "n", "end", "x", "backspace", "home", "right", "enter"
        )
        await r.settle()
        assert r.main.view.query == "knots"
        assert not r.main.searching


async def test_what_is_pasted_between_keys_stands_between_them(reader: Open):
    async with reader() as r:
        post(r, "slash", "a")
        r.app.post_message(events.Paste("cus"))
        post(r, "p", "home", "right", "backspace", "enter")
        await r.settle()
        assert r.main.view.query == "cusp"


async def test_a_burst_filters_and_chooses_in_a_picker(reader: Open):
    async with reader() as r:
        r.store.create("tides")
        r.store.create("tin")
        await r.press("B")
        post(r, "tis", "left", "de", "enter")
        await r.settle()
        assert {each.name: each.size for each in r.store.lists()} == {"bookmarks": 0, "tides": 1, "tin": 0}


async def test_a_burst_answers_a_prompt(reader: Open):
    async with reader() as r:
        answers: list[str | None] = []
        r.app.push_screen(PromptScreen("Name", value="old"), answers.append)
        await r.settle()
        post(r, "nw", "left", "e", "enter")
        await r.settle()
        assert answers == ["new"]
        assert not r.app.screen.query(Input).filter("#prompt-line")


async def test_a_burst_writes_a_note(reader: Open):
    async with reader() as r:
        await r.press("e")
        post(r, "sad", "left", "n", "end", "!", "escape")
        await r.settle()
        assert r.key is not None
        assert r.store.note(r.key).text == "sand!"


async def test_a_query_is_not_understood_anew_for_every_letter_of_a_burst(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    understood: list[str] = []
    monkeypatch.setattr("arxtui.core.queries.parse", lambda text: understood.append(text) or parse(text))
    module = import_module("arxtui.core.queries.completing")
    monkeypatch.setattr(
        module, "completing", lambda text, at: understood.append(text) or completing(text, at)
    )
    for rest in ("search_line.DEBOUNCE", "search_bar._REST"):
        monkeypatch.setattr(f"arxtui.tui.{rest}", 60.0)
    async with reader() as r:
        await r.press("/")
        typed = "cusp or date:20 " * 20
        post(r, *typed)
        await r.until(lambda: r.main.search_bar.value == typed)
        assert understood == []
        monkeypatch.undo()
        post(r, "backspace")
        await r.until(lambda: r.main.view.query == typed[:-1])


async def test_what_takes_long_to_find_is_not_asked_for_in_each_short_break(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("arxtui.tui.search_line.DEBOUNCE", 0.0)
    monkeypatch.setattr("arxtui.tui.search_line._LONGEST_REST", 60.0)
    async with reader() as r:
        await r.press("/")
        r.main.showing.took = 60.0
        for letter in "knots":
            await r.type(letter)
        assert r.main.view.query == ""
        monkeypatch.undo()
        post(r, "x", "backspace")
        await r.until(lambda: r.main.view.query == "knots")
