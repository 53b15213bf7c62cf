"""The screen, kept free of what is written to standard error behind Python's back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def native_errors_hidden() -> Iterator[None]:
    """A block in which what Rust and child processes write to file descriptor 2 is seen by nobody.

    A panic of the text index is printed there before Python gets to know of it, in the middle of the screen. Textual
    draws on `sys.__stderr__`, and reads that name as its driver is made (8.2): in the block it leads to the terminal by
    another descriptor, as does all that Python itself says.
    """
    before, python = sys.__stderr__, sys.stderr
    if before is None:  # there is none, so nothing is written to it
        yield
        return
    before.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    terminal = open(os.dup(2), "w", encoding=before.encoding, errors=before.errors)  # noqa: SIM115  closed below
    try:
        os.dup2(nowhere, 2)
        sys.stderr = sys.__stderr__ = terminal  # type: ignore[misc]  # no constant: Python says that it may be set
        yield
    finally:
        sys.stderr, sys.__stderr__ = python, before  # type: ignore[misc]
        os.dup2(kept, 2)
        for descriptor in (nowhere, kept):
            os.close(descriptor)
        with suppress(OSError):  # what was not written yet, where the terminal is gone
            terminal.close()
