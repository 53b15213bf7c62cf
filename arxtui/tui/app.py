"""The Textual app: themes, palette and one screen."""

from __future__ import annotations

import asyncio
from concurrent.futures import wait
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import App
from textual.color import Color

from arxtui.tui.background import SEARCH, Background
from arxtui.tui.listing import answer
from arxtui.tui.main_screen import MainScreen
from arxtui.tui.messages import Question
from arxtui.tui.sparing import Shown, SparingUpdate
from arxtui.tui.themes import DARK, LIGHT
from arxtui.tui.views import View
from arxtui.tui.working import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from rich.console import RenderableType
    from textual.command import Provider
    from textual.message_pump import MessagePump
    from textual.screen import Screen

    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.settings import Loaded

FIRST_PAGE = 60
"""Rows that are fetched before the height of the window is known."""
_FIRST_PATIENCE = 0.05
"""Seconds after which the frame is painted without the first list."""
_LAST_PATIENCE = 2.0
"""Seconds for changes to get to the disk where the system wants the reader to end."""


def _actions() -> type[Provider]:
    from arxtui.tui.palette import ActionProvider  # each import delays the first list

    return ActionProvider


class ReaderApp(App[int]):
    """The reader.

    Args:
        library: the opened library.
        store: the reading lists.
        settings: the user's settings, and what is wrong with them.

    Attributes:
        background: its threads.
    """

    CSS_PATH = "arxtui.tcss"
    TITLE = "arxtui"
    COMMANDS = {_actions}
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, library: Library, store: ReadingStore, settings: Loaded) -> None:
        super().__init__()
        self._library = library
        self._store = store
        self._settings = settings
        self.background = Background()
        # The first list is asked for before there is a screen: it then is on the first frame that is painted.
        first = Question(0, View(), None, again=False, top=False, cursor=0, page=FIRST_PAGE, row=None)
        self._first = self.background.submit(lambda: answer(library, store, first), SEARCH)
        # The catalogue answers in a few milliseconds, unless this thread takes the interpreter from it at every step.
        wait([self._first], _FIRST_PATIENCE)
        self._main: MainScreen | None = None
        self._leaving = False
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self._shown = Shown()

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours and two of ours, as plain colours: list and tree draw lines on which none can shine through.

        `dim` is for what is read last, `cursor` for the row under the cursor in the pane that has the focus.
        """
        variables = super().get_css_variables()
        theme = self.current_theme
        foreground, background = variables["foreground"], variables["background"]
        if foreground.startswith("ansi") or background.startswith("ansi"):
            return variables | {"dim": "ansi_bright_black", "cursor": "ansi_default"}
        paper = Color.parse(background)
        return variables | {
            "dim": paper.blend(Color.parse(foreground), 0.62).hex,
            "cursor": paper.blend(Color.parse(theme.accent or theme.primary), 0.25).hex,
        }

    def on_mount(self) -> None:
        """What another program, an editor say, leaves on the terminal is not known."""
        self.app_resume_signal.subscribe(self, lambda _: self._shown.forget(), immediate=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint, but only what is not on the terminal yet. There is no public place to do so (Textual 8.2)."""
        update = SparingUpdate.of(self._shown, renderable)
        super()._display(screen, renderable if update is None else cast("RenderableType", update))

    def on_resize(self) -> None:
        """Terminals differ in what they leave of the text when their size changes."""
        self._shown.forget()

    async def on_event(self, event: events.Event) -> None:
        """Take keys one after the other, each after the last has had its effect.

        Textual hands a key on and takes the next at once. Of keys that arrive together, as they do over a slow line,
        the second would then reach the widget that the first one leaves: the `c` of `/cusp` the list, the `b` that
        follows a search the paper that stood there before.

        Nothing that comes after the key that quits has an effect: nobody would see it, and the screens are closing.
        """
        if self._leaving and isinstance(event, events.InputEvent | events.Paste):
            return
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        main = self.screen
        if isinstance(main, MainScreen):
            await main.ready()
            if isinstance(event, events.Key) and main.take_second_key(event):
                return
        if not self.screen.is_mounted:
            # The key came with the one that opened the screen, and is meant for it.
            await self._caught_up(self.screen)
        await super().on_event(event)
        # What a widget tells the screen goes through all that it stands in.
        for node in self.focused.ancestors_with_self if self.focused is not None else (self.screen,):
            if node is not self and node.is_running:
                await self._caught_up(node)

    @staticmethod
    async def _caught_up(node: MessagePump) -> None:
        """Wait until a widget or screen is through with all that it was told so far."""
        passed = asyncio.Event()
        node.call_later(passed.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), PATIENCE)

    def get_default_screen(self) -> MainScreen:
        """The one screen."""
        self._main = MainScreen(self._library, self._store, self._settings, self.background, self._first)
        return self._main

    def action_command_palette(self) -> None:
        """What ctrl+p does wherever one is."""
        from arxtui.tui.palette import Palette  # each import delays the first list

        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(id="--command-palette"))

    async def action_help_quit(self) -> None:  # type: ignore[override]  # Textual awaits what an action returns
        """What ctrl+c does where no screen has taken it: leave."""
        await self.action_quit()

    def action_quit(self) -> Coroutine[Any, Any, None]:
        """What ctrl+q does: leave once all changes are on disk; a note that is on none must be given up twice."""
        self._leaving = True  # here and not when its turn comes: the next key may be quicker
        return self._quit()

    async def _quit(self) -> None:
        try:
            if self._main is not None:
                self._main.saying.save_note()
                await self._main.keeping.finish()
                await self._main.saying.write_again()
                if self._main.saying.holds_back():
                    self._leaving = False
                    return
                self._main.end_reading()
        except BaseException:
            self._leaving = False
            raise
        self.exit(0)

    async def end(self, code: int) -> None:
        """Leave without asking anything: changes get to the disk, a note that is being written stays a draft.

        Args:
            code: what the app returns.
        """
        self._leaving = True
        if self._main is not None and self._main.begun:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._kept(self._main), _LAST_PATIENCE)
            self._main.end_reading()
        self.exit(code)

    @staticmethod
    async def _kept(main: MainScreen) -> None:
        await main.saying.keep_draft()
        await main.keeping.finish()
