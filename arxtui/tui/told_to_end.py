"""The reader told by the system to end, as where the machine goes down or a window is closed: it leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arxtui.tui.app import ReaderApp

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 5.0
"""Seconds for a good end. Of a terminal that is gone nobody takes what is written, and Textual would wait for that."""
_BY_SIGNAL = 128
"""What shells add to the number of a signal to tell an end by it from others
(https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02)."""


def run_until_told(app: ReaderApp) -> int | None:
    """Run the app; SIGTERM and SIGHUP end it well, and a second one at once.

    Args:
        app: not running yet.

    Returns:
        What the app returns: 143 or 129 where it was told to end.
    """
    return asyncio.run(_run(app))


async def _run(app: ReaderApp) -> int | None:
    loop = asyncio.get_running_loop()
    told = list[asyncio.Task[None]]()

    def end(number: int) -> None:
        loop.remove_signal_handler(number)
        late = threading.Timer(_PATIENCE, os._exit, (_BY_SIGNAL + number,))
        late.daemon = True
        late.start()
        told.append(asyncio.ensure_future(app.end(_BY_SIGNAL + number)))

    for number in _SIGNALS:
        loop.add_signal_handler(number, end, number)
    return await app.run_async()
