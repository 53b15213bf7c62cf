"""Interrupts that are meant for another program in the same terminal."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def left_to_child() -> Iterator[None]:
    """Leave ctrl+c to a program that has the terminal, an editor say, for a block. Of the main thread only.

    The terminal sends SIGINT to every program that runs in it. Whoever started an editor would else end, and the editor with it,
    while it only gives up a command, as vim does.
    """
    # A function and not SIG_IGN, which the child would inherit (signal(7)).
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
