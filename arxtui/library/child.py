"""A refresh in a child process: reading in Python would hold the interpreter that the keys need."""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from arxtui.library.errors import DamagedError, LibraryError
from arxtui.library.values import Progress, Refreshed

_LOOK = 0.05
"""Seconds between two looks whether the caller wants it stopped or paused."""


def refresh_in_child(
    roots: Sequence[Path],
    folder: Path,
    on_progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
    should_pause: Callable[[], bool],
    *,
    rebuild: bool,
) -> Refreshed:
    """Read what is new or has changed, in a child process.

    Args:
        roots: what the library consists of.
        folder: where its index is.
        on_progress: called about ten times a second.
        should_stop: asked often; the child then goes on for a moment, to commit what it has read.
        should_pause: asked often.
        rebuild: forget the index first, and read everything.

    Raises:
        LibraryError: the child could not be started, could not write the index, or died.
        DamagedError: it found that the index makes no sense.
    """
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "arxtui.library.indexer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # ctrl+c in the terminal is for the reader, which tells the child
        )
    except OSError as error:
        raise LibraryError(f"the files cannot be read: no second process can be started ({error})") from error
    assert child.stdin is not None
    try:
        _tell(child, {"folder": str(folder), "roots": [str(root) for root in roots], "rebuild": rebuild})
        return _listen(child, on_progress, should_stop, should_pause)
    finally:
        # The end of its input stops it, if it has not ended by itself. Nobody waits for that but the thread.
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()


def _listen(
    child: subprocess.Popen[str],
    on_progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
    should_pause: Callable[[], bool],
) -> Refreshed:
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read_lines, args=(child, lines), daemon=True).start()
    paused = False
    while True:
        if should_stop():
            return Refreshed(0, 0, 0, 0, 0, stopped=True)
        if should_pause() != paused:
            paused = not paused
            _tell(child, "pause" if paused else "resume")
        try:
            line = lines.get(timeout=_LOOK)
        except queue.Empty:
            continue
        if not line:
            raise LibraryError(
                f"reading the files was cut short ({_end(child.wait())}): what was read is kept, the next reading goes on",
                "reading was cut short",
            )
        message = json.loads(line)
        if "progress" in message:
            on_progress(Progress(*message["progress"]))
        elif "error" in message:
            raise LibraryError(message["error"], message["short"])
        elif "damaged" in message:
            raise DamagedError(message["damaged"])
        else:
            return Refreshed(*message["done"])


def _end(code: int) -> str:
    """How a process ended, in words: `it was killed, SIGKILL` or `exit 1`."""
    if code >= 0:
        return f"exit {code}"
    with contextlib.suppress(ValueError):
        return f"it was killed, {signal.Signals(-code).name}"
    return f"it was killed, signal {-code}"


def _read_lines(child: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    """Lines of a child's output and an empty one for its end; also when nobody listens to them any more."""
    assert child.stdout is not None
    with child.stdout:
        for line in child.stdout:
            lines.put(line)
    child.wait()
    lines.put("")


def _tell(child: subprocess.Popen[str], message: object) -> None:
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # it has died, which shows when it is listened to
        child.stdin.write(json.dumps(message) + "\n")
        child.stdin.flush()
