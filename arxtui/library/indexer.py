"""The child process that reads the files of a big library, so that the keys of the reader are free.

It is started by `arxtui.library.child`, is told what to do on standard input and says what it did on standard output,
in JSON, a line each. When standard input ends, because its parent is done with it or dead, it commits what it has
read and stops.

    in:   {"folder": ..., "roots": [...], "rebuild": false}   first; then "pause", "resume"
    out:  {"progress": [...]}   as it reads; last {"done": [...]}, {"error": "...", "short": "..."} or {"damaged": "..."}
"""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import sys
import threading
from pathlib import Path

from arxtui.library.catalogue import Catalogue
from arxtui.library.errors import DamagedError, LibraryError, unusable
from arxtui.library.refreshing import refresh_here
from arxtui.library.textindex import TextIndex
from arxtui.library.values import Progress

_NICER = 10
"""What is added to the process's niceness: where there is but one free processor, the keys come first."""


class _Orders:
    """What the parent has said since the first line."""

    def __init__(self) -> None:
        self.ended = False
        self.paused = False
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.paused = json.loads(line) == "pause"
        self.ended = True


def _say(**message: object) -> None:
    try:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody listens any more. What was read is committed all the same.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  it stands in until the process ends


def _progressed(progress: Progress) -> None:
    _say(progress=progress)


def _fail(error: LibraryError) -> None:
    _say(error=str(error), short=error.short)


def main() -> None:
    """Read the files as the first line of standard input says."""
    task = json.loads(sys.stdin.readline())
    orders = _Orders()
    os.nice(_NICER)
    # What this process makes by the million holds no cycles, and is freed without the collector, which would look
    # through it again and again: a fifth of the processor time.
    gc.disable()
    folder, roots = Path(task["folder"]), tuple(map(Path, task["roots"]))
    try:
        catalogue, index = Catalogue.in_folder(folder), TextIndex.in_folder(folder)
        done = refresh_here(
            roots,
            catalogue,
            index,
            _progressed,
            lambda: orders.ended,
            lambda: orders.paused,
            rebuild=task["rebuild"],
        )
        _say(done=done)
    except DamagedError as error:
        _say(damaged=error.reason)
    except LibraryError as error:
        _fail(error)
    except sqlite3.OperationalError as error:
        _fail(unusable(error, folder))


if __name__ == "__main__":
    main()
