"""Reads the files in the background, and says how far it is."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING

from arxtui.core.display import clean_path
from arxtui.library import LibraryError
from arxtui.library.scanning import lost
from arxtui.library.stopping import last_stopped, say_stopped
from arxtui.tui.background import REFRESH
from arxtui.tui.messages import FilesProgress, FilesRead
from arxtui.tui.progress_words import Pace, Speed, paused_words, reading_words
from arxtui.tui.rows import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from arxtui.library import Progress
    from arxtui.tui.main_screen import MainScreen

_TELL = 0.25
"""Seconds between progress messages, each of which paints the status line."""
_SILENT = 1.0
"""Seconds in which nothing is said of what most often is over by then: a look at files that have not changed."""

_OWN, _HEARD = 5.0, 15.0
"""Seconds after a stop in which what is committed is of the one that was stopped; and for which a later commit says that
another program reads, which commits every five: it may have been killed since."""

_PATH = 40
"""Cells of the path of a folder that is gone, beside what can be done."""


class Refreshing:
    """Runs `library.refresh`, pauses it, stops it, and has it go on."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.running = True  # nobody knows yet that there is nothing to read: it starts behind the first list
        self.stopped = False
        self._stop = threading.Event()
        self._for_all = self._elsewhere = (
            False  # whether it was stopped by the user; and whether in another reader
        )
        self._pause = threading.Event()
        self._pace = Pace()
        self._progress: Progress | None = None
        self._speed: Speed | None = None
        self._began = self._waits_since = self._ended = 0.0
        self._heard: float | None = None  # when another program committed last, after this one had stopped
        self._asked_for = self._failed = False
        self._why = ""  # that failed, in a few words
        self._once_more = False
        self._told = 0
        self._lost: Sequence[Path] = ()
        self.unfinished = False  # whether the index is of files that were not all read

    # what the user can do

    def do_reread(self) -> None:
        """Read what is new or changed, and say so; go on after a pause."""
        if not self.running:
            self._asked_for = True
            if self._failed:
                self.screen.app.clear_notifications()  # what went wrong last time
            self.screen.status.hush()  # what went wrong since, of a damaged index say
            self.start()
        elif self._pause.is_set():
            self.do_pause()
        elif self._waiting and self._progress is not None and self._progress.state == "paused":
            self.screen.say("Another arxtui reads the files and is paused; P goes on there")
        else:
            self.screen.say("The files are being read already")

    def do_pause(self) -> None:
        """Let the files wait, or go on with them."""
        if not self.running and not self._others_read:
            self.screen.say("Nothing is being read")
        elif not self.running or self._waiting:
            self.screen.say("Another arxtui reads the files; it can be paused there")
        elif self._pause.is_set():
            self._pause.clear()
            self._pace.restart()
            self._speed = None
        else:
            self._pause.set()
        self.screen.showing.show_status()

    def do_stop_reading(self) -> None:
        """Leave the rest of the files for later; the other windows on this library do so, too."""
        if not self.running and not self._others_read:
            self.screen.say("Nothing is being read")
        elif not self.running or (self._progress is not None and self._progress.waits):
            self.screen.say("Another arxtui reads the files; it can be stopped there")
        else:
            self._for_all = True
            self._stop.set()

    # reading

    def start(self) -> None:
        """Read what is new or changed."""
        screen, library = self.screen, self.screen.library
        self.running, self.stopped = True, False
        self._for_all = self._elsewhere = self._once_more = False
        self._began = monotonic()
        self._progress, self._speed, self._pace = None, None, Pace()
        self._pause.clear()
        # A new one, for the thread that stops may not have looked at the old one yet.
        self._stop = stop = threading.Event()

        def run() -> FilesRead:
            told, papers, waits, before = 0.0, -1, False, last_stopped(library.folder)

            def progressed(progress: Progress) -> None:
                nonlocal told, papers, waits
                waits = progress.waits
                if monotonic() - told >= _TELL or progress.papers != papers:
                    told, papers = monotonic(), progress.papers
                    screen.post_message(FilesProgress(progress))

            def stops() -> bool:
                if stop.is_set() and self._for_all:
                    say_stopped(library.folder)  # before those who wait can go on with it
                # Where the other one ends, whatever ends it, this one reads on; but not what its user wants to be left.
                self._elsewhere = waits and last_stopped(library.folder) != before
                return stop.is_set() or self._elsewhere

            try:
                done = library.refresh(progressed, stops, self._pause.is_set)
            except LibraryError as error:
                return FilesRead(True, error=str(error), short=error.short)
            except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                return FilesRead(
                    True, error=f"Reading the files failed: {str(error) or type(error).__name__}"
                )
            return FilesRead(done.changed_anything, done.stopped, lost=lost(library.roots))

        screen.working.start(
            run, self._finished, group="refresh", what="Reading the files", lane=REFRESH, awaited=False
        )
        screen.set_timer(_SILENT + 0.1, screen.showing.show_status)

    def files_changed(self) -> None:
        """Something has changed on disk: read it, unless the user wants nothing to be read."""
        if not self.read_again() and not self.stopped:
            self.start()

    def read_again(self) -> bool:
        """Have what is being read looked through once more when that is done; returns whether anything is read."""
        if self.running:
            self._once_more = True
        return self.running

    def progressed(self, progress: Progress) -> None:
        """Take note of how far it has come."""
        if not self.running:
            return
        before, self._progress = self._progress, progress
        if not progress.waits:
            self._waits_since = 0.0
        elif not self._waits_since:
            self._waits_since = monotonic()
        if before is not None and before.state != progress.state:
            self._pace.restart()
        self._speed = self._pace.report(monotonic(), progress)
        if before is None:
            self.tell_notes()  # why all is read again
        if before is None or progress.papers != before.papers:
            self.screen.following.news()
        self.screen.showing.show_status()

    def _finished(self, read: FilesRead) -> None:
        """All files are read, or reading was stopped."""
        screen = self.screen
        self._failed, self._why = read.error is not None, read.short
        self.running, self.stopped = False, read.stopped or self._failed
        told = self.tell_notes()
        self._waits_since = 0.0
        self._ended, self._heard = monotonic(), None
        self.unfinished = self.stopped
        if read.error is not None:
            # In the status it stays that not all is read, with no more than a few words of why that is.
            screen.keeping.notify(f"{read.error}; R tries again")
        elif read.stopped:
            where = " in another arxtui" if self._elsewhere else ""
            screen.say(f"Reading was stopped{where}; R reads on")
        # An index that was deleted may have been made again by another program, and all in it is new to this one.
        changed = told or read.changed
        self._lost = read.lost
        if self._asked_for and read.lost:
            screen.say(self.words[0])
        elif self._asked_for and read.error is None and not read.stopped:
            screen.say("The files were read again" if changed else "Nothing has changed in the files")
        self._asked_for = False
        if changed or read.stopped or not screen.paper_list.total:
            screen.following.all_read()
        screen.showing.show_status()
        screen.keeping.complete()
        if not self.stopped:
            self._complete()

    def _complete(self) -> None:
        self.screen.following.watch()
        if self._once_more:
            self.start()

    def followed(self, *, unfinished: bool) -> None:
        """Another program has committed something while this one does not read.

        Args:
            unfinished: whether there are files left to read.
        """
        self.unfinished = unfinished
        if self.stopped and not unfinished:
            self.stopped = self._failed = False
            self._complete()
        elif monotonic() - self._ended > _OWN:
            self._heard = monotonic()

    def tell_notes(self) -> bool:
        """Say what the user should know of the index, each once; they are too long for the status line.

        Returns:
            Whether there was anything to say.
        """
        notes = self.screen.library.notes
        for note in notes[self._told :]:
            self.screen.keeping.notify(note)
            self.screen.status.hush()  # what was asked of the index that is gone may have failed
        told, self._told = self._told, len(notes)
        return len(notes) > told

    def leave(self) -> None:
        """Have the thread end; what was read by then is kept."""
        self._stop.set()

    # words

    @property
    def _waiting(self) -> bool:
        """Whether another program writes the index, which this one has to wait for."""
        return self.running and self._waits_since > 0.0 and monotonic() - self._waits_since > _SILENT / 2

    @property
    def _others_read(self) -> bool:
        """Whether another program reads on what was stopped here."""
        return self.stopped and self._heard is not None and monotonic() - self._heard < _HEARD

    @property
    def reading(self) -> bool:
        """Whether there is more to come than is in the list: a search sees only what was read so far."""
        progress = self._progress
        return self.running and progress is not None and progress.bytes_done < progress.bytes_total

    @property
    def papers(self) -> int:
        """How many papers the library has by the latest report; 0 where none came, or where nothing is read."""
        return self._progress.papers if self.running and self._progress is not None else 0

    @property
    def so_far(self) -> str:
        """What has been read, where that is not all: `in what has been read so far (204 of 601 files)`; else empty."""
        progress = self._progress
        if not (self.stopped or self.unfinished or self.reading):
            return ""
        files = f" ({progress.files_done:,} of {progress.files_total:,} files)" if progress else ""
        return f"in what has been read so far{files}"

    @property
    def words(self) -> list[str]:
        """What is going on, from long to short; nothing where nothing is."""
        if self.stopped:
            if self._others_read:
                return ["another arxtui reads the files", "another arxtui reads"]
            if self._why:
                return [f"{self._why}: R tries again", "R tries again"]
            why = "reading was stopped in another arxtui" if self._elsewhere else "not all files are read"
            return [f"{why}: R reads on", "R reads on"]
        if not self.running:
            return [_lost_words(str(self._lost[0])), "the folder is gone: R"] if self._lost else []
        progress = self._progress
        if (
            progress is None
            or (progress.waits and not self._waiting)
            or not (progress.waits or progress.files_total)
        ):
            if monotonic() - self._began > _SILENT:
                return ["looking for changed files"]
            return ["not all files are read yet"] if self.unfinished else []
        if self._pause.is_set():
            return paused_words(progress)
        return reading_words(progress, self._speed, searching=self.screen.view.searching and self.reading)


def _lost_words(path: str) -> str:
    return f"{shorten(clean_path(path), _PATH)} is gone: bring it back, then R"
