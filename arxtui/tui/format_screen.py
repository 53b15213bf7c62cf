"""Chooses the format of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from arxtui.core.exchange import FORMATS
from arxtui.tui.overlay import Overlay

if TYPE_CHECKING:
    from textual.widget import Widget

_FOR = {
    "jsonl": "for scripts, with all that is known",
    "bibtex": "for LaTeX and most reference managers",
    "ris": "for reference managers",
    "csl-json": "for pandoc and Zotero",
    "csv": "for spreadsheets",
    "markdown": "a reading list to paste",
    "ids": "identifiers, one a line",
}
_NAME = 12


class FormatScreen(Overlay[tuple[str, str]]):
    """Lists the formats; leaves with the name of one and the extension of its files."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._names = [name for name, form in FORMATS.items() if form.write or form.write_keyed]

    def body(self) -> Widget:
        """The formats."""
        return OptionList(
            *(
                Option(Content.assemble((name.ljust(_NAME), "bold"), (_FOR.get(name, ""), "$dim")))
                for name in self._names
            ),
            id="overlay-body",
            markup=False,
        )

    def moved(self) -> OptionList:
        """The formats."""
        return self.query_one("#overlay-body", OptionList)

    def keys_line(self) -> str:
        """The line at the foot."""
        return "j k move   enter choose   esc cancel"

    def open(self) -> None:
        """Leave with the format under the cursor."""
        at = self.moved().highlighted
        if at is not None:
            name = self._names[at]
            self.dismiss((name, FORMATS[name].extensions[0]))

    def on_option_list_option_selected(self) -> None:
        """A click does what enter does."""
        self.open()
