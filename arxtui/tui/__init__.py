"""The reader in the terminal: a Textual app over a library and a reading store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arxtui.library import Library
    from arxtui.reading import ReadingStore

__all__ = ["run_reader"]


def run_reader(library: Library, store: ReadingStore) -> int:
    """Open the reader and return when the user leaves it.

    Args:
        library: the opened library; the reader refreshes it in the background.
        store: the reading lists.

    Returns:
        The exit code: 0, or 1 where the app broke down.
    """
    # Imported here, so that the action table (and the README test) can be had without Textual.
    from arxtui.tui.app import ReaderApp

    app = ReaderApp(library, store)
    result = app.run()
    return result if result is not None else app.return_code or 0
