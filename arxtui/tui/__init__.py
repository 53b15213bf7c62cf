"""The reader in the terminal: a Textual app over a library and a reading store."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.settings import Loaded

__all__ = ["run_reader"]

_PATIENCE = 0.1
"""Seconds that threads have to end by themselves: those that read and watch were told before the app was over."""


def run_reader(library: Library, store: ReadingStore, settings: Loaded) -> int:
    """Open the reader and return when the user leaves it.

    Args:
        library: the opened library; the reader refreshes it in the background.
        store: the reading lists.
        settings: the user's settings, and what is wrong with them.

    Returns:
        The exit code: 0, 1 where the app broke down, 143 or 129 where the system told it to end. Where a thread is still busy with the index then, this ends
        the process with that code, once the store is closed.
    """
    # Textual reads this as it is imported. It paints that often at the most; at its 60 a key waits 8 ms longer.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    # Imported here, so that the action table (and the README test) can be had without Textual.
    from arxtui.core.display import clean
    from arxtui.reading import StoreError
    from arxtui.tui.app import ReaderApp
    from arxtui.tui.native_errors import native_errors_hidden
    from arxtui.tui.told_to_end import run_until_told

    app = ReaderApp(library, store, settings)
    with native_errors_hidden():
        result = run_until_told(app)
    code = result if result is not None else app.return_code or 0
    if not app.background.at_rest(_PATIENCE):
        # Nothing can interrupt a search of millions of papers, and Python would wait for it, or end its thread in
        # the middle of it. The terminal is as it was, and what the user made is on disk once the store is closed.
        try:
            said = store.look_after()
        except StoreError as error:
            said = f"warning: {error}"
        store.close()
        if said:
            sys.stderr.write(f"arxtui: {clean(said)}\n")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code
