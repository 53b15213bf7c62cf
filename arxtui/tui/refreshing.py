"""Reads the files in the background and brings what is new into view."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from arxtui.library import LibraryError
from arxtui.tui.messages import FilesProgress, FilesRead, FolderRead

if TYPE_CHECKING:
    from arxtui.library import Place, Progress
    from arxtui.tui.main_screen import MainScreen

_NEWS = 1.0
"""Seconds between looks at what a first indexing has found so far."""
_TELL = 0.1
"""Seconds between progress messages: a folder of 100,000 small files would otherwise send as many."""


class Refreshing:
    """Runs `library.refresh` and keeps tree and list in step with it."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.running = False
        self.words = ""
        self._news_at = 0.0
        self._papers = 0
        self._asked_for = False

    def do_reread(self) -> None:
        """Read what is new or changed, and say so."""
        if self.running:
            self.screen.say("The files are being read already")
        else:
            self._asked_for = True
            self.start()

    def start(self) -> None:
        """Read what is new or changed."""
        self.running = True
        self._news_at = monotonic()
        screen, library = self.screen, self.screen.library

        def run() -> None:
            worker = get_current_worker()
            told = 0.0

            def progressed(progress: Progress) -> None:
                nonlocal told
                if monotonic() - told >= _TELL:
                    told = monotonic()
                    screen.post_message(FilesProgress(progress))

            try:
                done = library.refresh(progressed, lambda: worker.is_cancelled)
                message = FilesRead(done.changed_anything)
            except LibraryError as error:
                message = FilesRead(True, str(error))
            except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                message = FilesRead(True, f"Reading the files failed: {str(error) or type(error).__name__}")
            if not worker.is_cancelled:
                screen.post_message(message)

        screen.run_worker(
            run, thread=True, group="refresh", exit_on_error=False, description="reading the files"
        )

    def progressed(self, progress: Progress) -> None:
        """Say how far it has come, and show new papers every second."""
        if not self.running:
            return
        if progress.files_total:
            self.words = f"reading {progress.files_done:,} of {progress.files_total:,} files"
        if progress.papers != self._papers and monotonic() - self._news_at >= _NEWS:
            self._papers = progress.papers
            self._news_at = monotonic()
            self._show_news()
        self.screen.showing.show_status()

    def finished(self, read: FilesRead) -> None:
        """All files are read."""
        self.running = False
        self.words = ""
        if read.error is not None:
            self.screen.say(read.error, error=True)
        elif self._asked_for:
            self.screen.say(
                "The files were read again" if read.changed else "Nothing has changed in the files"
            )
        self._asked_for = False
        if read.changed or not self.screen.paper_list.total:
            self._show_news()
        self.screen.showing.show_status()

    def _show_news(self) -> None:
        self.read_folder(None)
        for place in self.screen.file_tree.unfolded:
            self.read_folder(place)
        self.screen.ask(self.screen.view, again=True)

    def read_folder(self, place: Place | None) -> None:
        """Read what a folder of the tree holds."""
        library = self.screen.library
        self.screen.in_background(
            lambda: FolderRead(place, library.children(place)),
            group=f"folder {place}",
            what="The folder",
            awaited=False,
        )
