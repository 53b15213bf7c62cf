from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from arxtui.tui import actions
from arxtui.tui.actions import (
    ACTIONS,
    PANES,
    PREFIXES,
    after_prefix,
    key_table_markdown,
    shown_keys,
    single_keys,
)
from arxtui.tui.help_screen import help_text
from arxtui.tui.main_screen import MainScreen

if TYPE_CHECKING:
    from tests.tui.conftest import Open


def test_no_key_is_given_twice():
    for pane in PANES:
        keys = [key for action in ACTIONS if pane in (action.panes or PANES) for key in action.keys]
        assert len(keys) == len(set(keys))
        assert not set(keys) & set(PREFIXES), "a first key of two cannot act alone"


def test_every_two_key_action_begins_with_a_known_key():
    for action in ACTIONS:
        for key in action.keys:
            first, _, second = key.partition(" ")
            assert not second or first in PREFIXES
            assert not second or action.label, f"{action.id} has no name in the prompt"


def test_every_action_is_bound_by_its_id():
    bound: dict[str, set[str]] = {}
    for binding in MainScreen.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id
        bound[binding.id] = set(binding.key.split(","))
    for action in ACTIONS:
        if action.numbered:
            single = single_keys(action)
            assert [bound[f"{action.id}_{key}"] for key in single] == [{key} for key in single]
        else:
            assert bound.get(action.id, set()) == set(single_keys(action))
    assert {f"prefix_{key}" for key in PREFIXES} <= set(bound)


def test_the_second_keys_are_those_of_the_design():
    assert list(after_prefix("y")) == list("iubtc")
    assert list(after_prefix("s")) == list("dutiorha")
    assert list(after_prefix("g")) == ["g"]
    assert list(after_prefix("i")) == list("rutsx")
    assert list(after_prefix("*")) == list("012345")


def test_every_action_stands_in_help_and_readme_table():
    help_page, table = help_text(150).plain, key_table_markdown()
    for action in ACTIONS:
        assert action.name in help_page
        assert action.tooltip in help_page
        assert shown_keys(action) in help_page
        assert f"| {action.name} |" in table
    assert table.count("\n") == len(ACTIONS) + 2


def test_the_footer_shows_only_what_the_table_names():
    for pane in actions.PANES:
        for action in actions.in_footer(pane):
            assert action.label
            assert action.keys


def test_the_names_are_short_enough_for_help():
    assert max(len(action.name) for action in ACTIONS) < 26
    assert max(len(shown_keys(action)) for action in ACTIONS) < 16


@pytest.mark.parametrize("width", [60, 80, 100])
async def test_a_small_window_keeps_the_keys_that_are_used_most(reader: Open, width: int):
    async with reader(size=(width, 20)) as r:
        for shown in ("/ search", "space select", "b bookmark", "? help", "q quit"):
            assert shown in r.lines[-1]
