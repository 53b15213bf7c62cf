"""Asks in threads on behalf of the screen, and says when keys may go on."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from arxtui.library import LibraryError
from arxtui.reading import StoreError
from arxtui.tui.background import PAPER
from arxtui.tui.messages import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message
    from textual.worker import Worker

    from arxtui.tui.background import Background
    from arxtui.tui.main_screen import MainScreen

PATIENCE = 1.0
"""Seconds that a key waits for what the keys before it have asked for."""


class Working:
    """Runs work in the background; its answers are messages to the screen."""

    def __init__(self, screen: MainScreen, background: Background) -> None:
        self.screen = screen
        self.background = background
        self._awaited: set[Worker[None]] = set()
        self._settled = asyncio.Event()

    def start(
        self,
        work: Callable[[], Message | None],
        *,
        group: str,
        what: str,
        lane: str = PAPER,
        awaited: bool = True,
    ) -> Worker[None]:
        """Run something slow in a thread; what it returns is posted to the screen, and its errors become messages.

        Args:
            work: may touch the library and the store, never a widget.
            group: a later piece of work of the same group makes this one's answer void.
            what: begins the message where something unforeseen fails.
            lane: the kind of work; see `Background`.
            awaited: the next key waits for the answer; see `ready`.

        Returns:
            The worker, to tell when it is through.
        """

        async def run() -> None:
            message: Message | None
            try:
                message = await self.background.run(work, lane)
            except (LibraryError, StoreError) as error:
                message = Said(str(error), error=True)
            except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                message = Said(f"{what} failed: {str(error) or type(error).__name__}", error=True)
            if message is not None:
                self.screen.post_message(message)

        started = self.screen.run_worker(
            run(), exclusive=True, group=group, exit_on_error=False, description=what
        )
        if awaited:
            self._awaited.add(started)
        return started

    def finished(self, worker: Worker[None]) -> None:
        """A worker is through; what it had to tell has come before this."""
        self._awaited.discard(worker)
        if not self._awaited:
            self._settled.set()

    async def ready(self) -> None:
        """Wait until what earlier keys asked for is on screen, but not for long."""
        if self._awaited or not self.screen.begun:
            self._settled.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._settled.wait(), PATIENCE)
