"""Keys that come sooner than what they are meant for, or later."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.command import CommandList
from textual.widgets import TextArea

from arxtui.tui.occurrences_screen import OccurrencesScreen
from arxtui.tui.palette import Palette
from arxtui.tui.problems_screen import ProblemsScreen
from tests.tui.conftest import write_on_a_full_disk

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Reader

BURST = ["j", "k", "tab", "escape", "d", "exclamation_mark", "question_mark", "G", "slash", "a", "enter", "pagedown",
         "ctrl+p", "s", "t", "b", "u", "n", "z", "h", "l", "J", "right_square_bracket", "up"]  # fmt: skip


@pytest.mark.parametrize("size", [(60, 18), (60, 20), (80, 24), (80, 27), (100, 30)])
async def test_the_end_of_a_long_palette_is_on_screen(reader: Open, size: tuple[int, int]):
    async with reader(size=size) as r:
        await r.press("ctrl+p")
        assert isinstance(r.app.screen, Palette)
        await r.until(
            lambda: r.app.screen.query(CommandList) and r.app.screen.query_one(CommandList).option_count > 50
        )
        commands = r.app.screen.query_one(CommandList)
        await r.pilot.pause()
        commands.action_last()
        await r.until(lambda: "Quit from anywhere" in r.text, "the last command")
        assert commands.region.bottom <= size[1]


async def test_a_page_down_before_the_palette_has_filled(reader: Open):
    async with reader() as r:
        palette = Palette(id="--command-palette")
        await r.app.push_screen(palette)
        commands = palette.query_one(CommandList)
        for _ in range(3):
            for action in ("page_down", "page_up", "first", "last"):
                commands._index_to_line.clear()  # as it is while commands have come and no frame was painted since
                palette._action_command_list(action)
            await r.pilot.pause(0.02)
        assert r.app.screen is palette


async def test_keys_for_a_screen_that_is_not_built_yet_or_is_gone(reader: Open):
    async with reader() as r:
        paper = r.library.paper(r.keys[0])
        for screen in (ProblemsScreen([], {}), OccurrencesScreen(paper, {}, lambda *_: None)):
            for name in ("down", "last", "open"):
                screen.action_do(name)  # nothing to move in
            await r.app.push_screen(screen)
            screen.dismiss(None)
            await r.settle()
            screen.action_do("down")
        assert r.app.screen is r.main


def post(r: Reader, keys: list[str]) -> None:
    for key in keys:
        r.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_bursts_of_any_keys_break_nothing(reader: Open):
    dice = random.Random(11)  # noqa: S311  the same keys at every run
    async with reader(size=(100, 30)) as r:
        for _ in range(25):
            post(r, [dice.choice(BURST) for _ in range(dice.randrange(1, 6))])
            await r.pilot.pause(dice.choice([0, 0.01, 0.05]))
        for _ in range(6):
            post(r, ["escape"])
            await r.pilot.pause(0.05)
        await r.settle()
        assert r.app.is_running
        assert r.app._exception is None


async def test_leaving_the_tree_before_the_cursor_has_rested_chooses_what_it_is_on(reader: Open):
    async with reader() as r:
        await r.press("h")
        post(r, ["j", "j", "tab"])
        await r.settle()
        node = r.main.file_tree.cursor_node
        assert node is not None
        assert node.data is not None
        assert r.main.view.place == node.data.place


@pytest.mark.parametrize("rest", ["t", "B", "u", "b", "eabc", "*5", ":", "jb", "qqu"])
async def test_keys_behind_the_one_that_quits_have_no_effect(reader: Open, rest: str):
    async with reader() as r:
        r.store.set_stars([r.key], 3)
        before = r.store.revision()
        post(r, ["q", *rest])
        await r.until(lambda: not r.app.is_running)
        assert r.app._exception is None
        assert r.store.revision() == before


async def test_keys_count_again_where_a_note_holds_quitting_back(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    async with reader() as r:
        await write_on_a_full_disk(r, monkeypatch)
        await r.press("ctrl+q")
        await r.type("!")
        assert r.app.screen.query_one(TextArea).text == "much work!"
        assert r.app.is_running
