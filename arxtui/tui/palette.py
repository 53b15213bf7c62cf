"""The command palette's provider: every action of the table, by name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from arxtui.core.display import clean
from arxtui.tui.actions import ACTIONS, shown_keys
from arxtui.tui.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from arxtui.tui.actions import Action


class Palette(CommandPalette):
    """Textual's palette, which breaks down over a page key that comes before its list is laid out (8.2).

    Its list takes 70 % of the screen, and begins eight lines down: on a low screen the end of it would not be seen.
    """

    VERTICAL_BREAKPOINTS = [(0, "-low"), (28, "-high")]
    DEFAULT_CSS = "Palette.-low > Vertical { margin-top: 0; }"

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)


class ActionProvider(Provider):
    """Finds actions by the letters of their names."""

    def _run(self, action: Action, number: str = "") -> Callable[[], Awaitable[bool]]:
        async def run() -> bool:
            # Not as a key: what a key does only in one pane is done here from any.
            if isinstance(self.screen, MainScreen):
                self.screen.action_do(action.id, number)
            return True

        return run

    def _list(self, name: str, query: str) -> Callable[[], Awaitable[bool]]:
        async def run() -> bool:
            if isinstance(self.screen, MainScreen):
                self.screen.saved.show(name, query)
            return True

        return run

    @staticmethod
    def _help(action: Action) -> str:
        keys = shown_keys(action)
        return f"{action.tooltip} ({keys})" if keys else action.tooltip

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Awaitable[bool]]]]:
        """Name, help and what to run of every action, and of every saved search in the place of its keys."""
        for action in ACTIONS:
            if action.id == "saved":
                for each in self.screen.saved.searches if isinstance(self.screen, MainScreen) else ():
                    help_ = clean(each.query) + (f" ({each.key})" if each.key else "")
                    yield f"{action.name}: {clean(each.name)}", help_, self._list(each.name, each.query)
            elif action.numbered:
                for key in action.keys:
                    number = key[-1]
                    yield f"{action.name}: {number}", self._help(action), self._run(action, number)
            elif action.id != "palette":
                yield action.name, self._help(action), self._run(action)

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for name, help_, run in self._commands():
            yield DiscoveryHit(name, run, help=help_)

    async def search(self, query: str) -> Hits:
        """The actions whose names match."""
        matcher = self.matcher(query)
        for name, help_, run in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=help_)
