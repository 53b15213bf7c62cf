"""Chooses the format of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
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


class FormatScreen(Overlay[tuple[str, str, bool]]):
    """Lists the formats; leaves with the name of one, the extension of its files, and whether notes and tags are wanted."""

    BINDINGS = [Binding("n", "notes", "Notes and tags", show=False, priority=True)]

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._notes = False
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
        return f"n {'leave out' if self._notes else 'add'} your notes and tags   enter choose   esc cancel"

    def action_notes(self) -> None:
        """Write notes and tags too, or leave them out: a file is most often for somebody else."""
        self._notes = not self._notes
        words = f"{self._title}, with your notes and tags" if self._notes else self._title
        self.query_one("#overlay-title", Static).update(words)
        self.query_one("#overlay-keys", Static).update(self.keys_line())

    def open(self) -> None:
        """Leave with the format under the cursor."""
        at = self.moved().highlighted
        if at is not None:
            name = self._names[at]
            self.dismiss((name, FORMATS[name].extensions[0], self._notes))

    def on_option_list_option_selected(self) -> None:
        """A click does what enter does."""
        self.open()
