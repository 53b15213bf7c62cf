"""Keeps the paper pane on the paper under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.papers import Paper
from arxtui.library import LibraryError
from arxtui.tui.kept import read_kept
from arxtui.tui.listing import read_paper
from arxtui.tui.messages import PaperRead

if TYPE_CHECKING:
    from textual.timer import Timer

    from arxtui.tui.main_screen import MainScreen

FOLLOW = 0.06
"""Seconds the cursor rests on a paper before the paper is read: with `j` held, only the last one is."""


class PaperPane:
    """Reads the paper under the cursor and has it shown."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._follow: Timer | None = None

    def follow(self) -> None:
        """The cursor stands on another paper; read it when it rests there."""
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.screen.set_timer(FOLLOW, self.read)

    def read(self, *, awaited: bool = False) -> None:
        """Read the paper under the cursor at once, also where it stands there already: something may be said of it now.

        Args:
            awaited: the next key waits for it.
        """
        if self._follow is not None:
            self._follow.stop()
        screen, key = self.screen, self.screen.key
        if key is None:
            screen.detail.show(None, screen.paper_list.highlights)
            screen.hits.tell()
            return
        row = screen.paper_list.row
        title = row.title if row is not None else None
        library, store, shelf = screen.library, screen.store, screen.view.reading_list

        def work() -> PaperRead:
            try:
                paper, unread = read_paper(library, store, key), ""
            except LibraryError as error:
                # Told in the pane, or it would go on showing another paper.
                paper, unread = Paper(key=key, title=title), str(error)
            return PaperRead(key, paper, read_kept(store, key, paper, shelf), unread)

        screen.working.start(
            work,
            self._paper_read,
            group="paper",
            what="The paper",
            awaited=awaited,
        )

    def _paper_read(self, read: PaperRead) -> None:
        screen = self.screen
        if read.key == screen.key:  # else the cursor has gone on
            screen.detail.show(read.paper, screen.paper_list.highlights, read.kept, unread=read.unread)
            screen.hits.paper_shown()
            screen.twins.look()
