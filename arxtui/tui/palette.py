"""The command palette's provider: every action of the table, by name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from arxtui.tui.actions import ACTIONS, shown_keys

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arxtui.tui.actions import Action


class Palette(CommandPalette):
    """Textual's palette, which breaks down over a page key that comes before its list is laid out (8.2)."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)


class ActionProvider(Provider):
    """Finds actions by the letters of their names."""

    def _run(self, action: Action) -> Callable[[], Awaitable[bool]]:
        return lambda: self.app.run_action(f"do('{action.id}')", self.screen)

    @staticmethod
    def _help(action: Action) -> str:
        keys = shown_keys(action)
        return f"{action.tooltip} ({keys})" if keys else action.tooltip

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for action in ACTIONS:
            if action.id != "palette":
                yield DiscoveryHit(action.name, self._run(action), help=self._help(action))

    async def search(self, query: str) -> Hits:
        """The actions whose names match."""
        matcher = self.matcher(query)
        for action in ACTIONS:
            score = matcher.match(action.name)
            if score > 0 and action.id != "palette":
                yield Hit(score, matcher.highlight(action.name), self._run(action), help=self._help(action))
