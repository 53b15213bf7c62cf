"""Asks in threads on behalf of the screen, and says when keys may go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from arxtui.library import LibraryError
from arxtui.library.errors import DamagedError
from arxtui.reading import StoreError
from arxtui.tui.background import PAPER
from arxtui.tui.messages import Said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.worker import Worker

    from arxtui.tui.background import Background
    from arxtui.tui.main_screen import MainScreen

Found = TypeVar("Found")

PATIENCE = 1.0
"""Seconds that a key waits for what the keys before it have asked for."""


class Working:
    """Runs work in the background; what it finds is handed to whoever asked."""

    def __init__(self, screen: MainScreen, background: Background) -> None:
        self.screen = screen
        self.background = background
        self._awaited: set[Worker[None]] = set()
        self._too_slow: set[Worker[None]] = set()
        self._settled = asyncio.Event()

    def start(
        self,
        work: Callable[[], Found | Said | None],
        then: Callable[[Found], None] | None = None,
        *,
        group: str,
        what: str,
        lane: str = PAPER,
        awaited: bool = True,
        after: Callable[[], Awaitable[None]] | None = None,
    ) -> Worker[None]:
        """Run something slow in a thread. What goes wrong is told in the status line.

        Args:
            work: may touch the library and the store, never a widget. Where it returns `Said`, that is told.
            then: is given anything else it returns but None, on the screen's turn.
            group: a later piece of work of the same group makes this one's answer void.
            what: begins the message where something unforeseen fails.
            lane: the kind of work; see `Background`.
            awaited: the next key waits for the answer; see `ready`.
            after: what is waited for before the work is begun.

        Returns:
            The worker, to tell when it is through.
        """

        async def run() -> None:
            found: Found | Said | None
            if after is not None:
                await after()
            try:
                found = await self.background.run(work, lane)
            except DamagedError as error:
                # Whatever reads the files makes it again, and tells of it; else the user is to have them read.
                found = None if self.screen.refreshing.read_again() else Said(str(error), error=True)
            except (LibraryError, StoreError) as error:
                found = Said(str(error), error=True)
            except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                found = Said(f"{what} failed: {str(error) or type(error).__name__}", error=True)
            if isinstance(found, Said):
                self.screen.post_message(found)
            elif found is not None and then is not None:
                self.screen.call_later(then, found)

        # The function, not its coroutine: of a screen that is closing, none is left over that nobody awaits.
        started: Worker[None] = self.screen.run_worker(
            run, exclusive=True, group=group, exit_on_error=False, description=what
        )
        if awaited:
            self.await_for(started)
        return started

    def await_for(self, worker: Worker[None]) -> None:
        """Let the next key wait for the answer of a worker; see `ready`."""
        self._awaited.add(worker)

    def finished(self, worker: Worker[None]) -> None:
        """A worker is through; what it had to tell has come before this."""
        self._awaited.discard(worker)
        self._too_slow.discard(worker)
        if not self._awaited - self._too_slow:
            self._settled.set()

    async def ready(self) -> None:
        """Wait until what earlier keys asked for is on screen, but not for long, and only once for each."""
        if self._awaited - self._too_slow or not self.screen.begun:
            self._settled.clear()
            try:
                await asyncio.wait_for(self._settled.wait(), PATIENCE)
            except TimeoutError:
                self._too_slow |= self._awaited
