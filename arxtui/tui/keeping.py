"""The reading lists: bookmarking, undo, and what other processes do to them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from arxtui.core.papers import Paper
from arxtui.reading import StoreError
from arxtui.tui.background import PAPER
from arxtui.tui.listing import read_paper
from arxtui.tui.messages import ListsRead, Said
from arxtui.tui.rows import shown_identifier
from arxtui.tui.views import BOOKMARKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from arxtui.tui.main_screen import MainScreen

POLL = 0.5
"""Seconds between looks at the store's revision: a change by another process shows within one."""


class Keeping:
    """Handles the actions of the group Keep. Changes are made one after the other, off the UI thread."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.bookmarked: set[str] = set()
        self._turn = asyncio.Lock()
        self._revision: int | None = None

    def start(self) -> None:
        """Read the lists and go on watching them."""
        self.read_lists()
        self.screen.set_interval(POLL, self._poll)

    def _poll(self) -> None:
        if self._turn.locked():
            return  # our own change is under way, and the store is busy with it
        try:
            revision = self.screen.store.revision()
        except StoreError:
            return  # the next change says so
        if revision != self._revision:
            self._revision = revision
            self.read_lists()

    def read_lists(self) -> None:
        """Read names, sizes and bookmarks anew."""
        self.screen.working.start(
            self._read, self.lists_read, group="lists", what="Reading the reading lists", awaited=False
        )

    def _read(self) -> ListsRead:
        store = self.screen.store
        revision = store.revision()  # first: a change while the lists are read is then seen by the next look
        return ListsRead(store.lists(), store.keys(BOOKMARKS), revision)

    def lists_read(self, read: ListsRead) -> None:
        """Show what the lists are now."""
        screen, before = self.screen, self.bookmarked
        self._revision = read.revision
        self.bookmarked = read.bookmarked
        screen.paper_list.show_bookmarks(read.bookmarked)
        screen.file_tree.show_lists(read.lists)
        screen.saved.read()
        screen.twins.look()
        if screen.detail.paper is not None:
            screen.detail.show_bookmark(screen.detail.paper.key in read.bookmarked)
        shown = screen.view.reading_list
        if shown is not None and (shown != BOOKMARKS or before != read.bookmarked):
            screen.ask(screen.view, again=True)

    async def finish(self) -> None:
        """Wait until everything asked for is on disk."""
        async with self._turn:
            pass

    def change(self, work: Callable[[], Said]) -> None:
        """Make a change after those before it; the lists are read again, and what it returns is told."""

        async def take_turn() -> None:
            async with self._turn:
                try:
                    said, read = await self.screen.working.background.run(
                        lambda: (work(), self._read()), PAPER
                    )
                except StoreError as error:
                    said, read = Said(f"Not saved: {error}", error=True), None
                except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                    said, read = Said(f"Not saved: {str(error) or type(error).__name__}", error=True), None
                if read is not None:
                    self.screen.call_later(self.lists_read, read)
                self.screen.post_message(said)

        self.screen.run_worker(
            take_turn(), group="store", exit_on_error=False, description="changing a reading list"
        )

    def do_bookmark(self) -> None:
        """Put the paper under the cursor on the list, or take it off."""
        screen = self.screen
        key = screen.key
        if key is None:
            screen.say("No paper here to bookmark")
            return
        library, store, name = screen.library, screen.store, shown_identifier(key)

        def work() -> Said:
            # Asked of the store, not of the screen: another process may have been quicker.
            if key in store.keys(BOOKMARKS):
                store.remove(BOOKMARKS, [key])
                return Said(f"Bookmark taken off {name}; u puts it back")
            store.add(BOOKMARKS, [read_paper(library, store, key) or Paper(key=key)])
            return Said(f"Bookmarked {name}; u takes it back")

        self.change(work)

    def do_undo(self) -> None:
        """Take back the last change."""
        store = self.screen.store

        def work() -> Said:
            done = store.undo()
            return Said(f"Undone: {done}; ctrl+r makes it again" if done else "Nothing to undo")

        self.change(work)

    def do_redo(self) -> None:
        """Make it again."""
        store = self.screen.store

        def work() -> Said:
            done = store.redo()
            return Said(f"Made again: {done}" if done else "Nothing to make again")

        self.change(work)
