"""The search line."""

from __future__ import annotations

from textual.widgets import Input


class SearchBar(Input):
    """A line to type a query into. The screen listens to its `Changed` and takes enter and escape."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id, compact=True, select_on_focus=False, placeholder="words to look for")
