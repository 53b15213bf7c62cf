"""Brings into view what is new in the library, whoever has read it."""

from __future__ import annotations

import threading
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from arxtui.core.display import sentence
from arxtui.library import LibraryError
from arxtui.tui.background import TREE, WATCH
from arxtui.tui.messages import FilesChanged, FolderRead, Said

if TYPE_CHECKING:
    from arxtui.library import Place
    from arxtui.tui.main_screen import MainScreen

LOOK = 1.0
"""Seconds between looks at what was committed: by this program's child process, or by another program."""
_TREE = 5.0
"""Seconds between counts of the papers in each file while they are read."""
_SHARE, _TREE_SHARE = 5, 20
"""What costs much is done seldom: what took a second to find is not looked for again within five, and what took a
second to count not within twenty."""


class Following:
    """Looks for news, and asks list and tree again at a pace that leaves the processor to those who read."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._news = self._recount = False
        self._shown = self._counted = 0.0
        self._counting: dict[Place | None, float] = {}
        self._watching = False
        self._end = threading.Event()

    def start(self) -> None:
        """Look for news from now on."""
        self.screen.set_interval(LOOK, self._look)

    def leave(self) -> None:
        """Have the thread that watches end."""
        self._end.set()

    def news(self) -> None:
        """There is something new: show it soon, or at once where there was nothing."""
        self._news = self._recount = True
        if not self.screen.paper_list.total:
            self._show()

    def all_read(self) -> None:
        """The files have been read: show all that is new at once."""
        self._news = self._recount = True
        self._shown = self._counted = 0.0
        self._counting.clear()
        self._show()
        self._count()

    def _look(self) -> None:
        if self._news and monotonic() - self._shown >= max(LOOK * 0.9, _SHARE * self.screen.showing.took):
            self._show()
        if self._recount and monotonic() - self._counted >= max(
            _TREE, _TREE_SHARE * sum(self._counting.values())
        ):
            self._count()
        if not self.screen.refreshing.running:  # else it is told so
            self.screen.working.start(
                self._follow,
                self._followed,
                group="follow",
                what="Looking for news",
                awaited=False,
            )
            if self.screen.refreshing.stopped:
                self.screen.showing.show_status()  # that another program reads is said for a while

    def _follow(self) -> bool | None:
        """Whether files are left to read, where another program has committed something; else None."""
        library = self.screen.library
        with suppress(LibraryError):  # whoever asks for something is told
            return library.unfinished if library.follow() else None
        return None

    def _followed(self, unfinished: bool) -> None:
        self.screen.refreshing.followed(unfinished=unfinished)
        self.news()

    def _show(self) -> None:
        screen = self.screen
        if not screen.showing.asking:  # else a little later
            self._news = False
            self._shown = monotonic()
            screen.ask(screen.view, again=True)
            screen.showing.read_counts()

    def _count(self) -> None:
        self._recount = False
        self._counted = monotonic()
        self.read_folder(None)
        self.screen.saved.count()
        for place in self.screen.file_tree.unfolded:
            self.read_folder(place)

    def read_folder(self, place: Place | None) -> None:
        """Read what a folder of the tree holds."""
        library = self.screen.library

        def work() -> FolderRead:
            began = monotonic()
            children, total = library.children(place), None
            if place is None:
                # Of one commit with what stands below it: the root has them all, where there is but one.
                total = children[0].papers if len(children) == 1 else library.counts().papers
            return FolderRead(place, children, monotonic() - began, total)

        self.screen.working.start(
            work, self._folder_read, group=f"folder {place}", what="The folder", lane=TREE, awaited=False
        )

    def _folder_read(self, read: FolderRead) -> None:
        """Show what a folder holds."""
        self._counting[read.place] = read.seconds
        if read.total is not None:
            self.screen.file_tree.show_total(read.total)
        self.screen.file_tree.show_children(read.place, read.children)

    def watch(self) -> None:
        """Have what changes on disk read by itself. Not before all is read once: that takes what watching would."""
        if not self._watching:
            self._watching = True
            self.screen.working.background.submit(self._watch, WATCH)

    def _watch(self) -> None:
        screen = self.screen
        try:
            for _ in screen.library.watch(self._end):
                screen.post_message(FilesChanged())
        except LibraryError as error:
            screen.post_message(Said(sentence(str(error))))
        except Exception as error:  # noqa: BLE001  a thread that dies without a word would be missed
            screen.post_message(Said(f"Changes are not seen by themselves ({error}): R reads again"))
