"""All changes to what is kept; any of them can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from arxtui.core.display import clean
from arxtui.tui.background import PAPER
from arxtui.tui.overlay import Overlay

if TYPE_CHECKING:
    from textual.widget import Widget

    from arxtui.reading import Past
    from arxtui.tui.keeping import Keeping

_PAGE = 200
"""Changes that are read at a time."""


class HistoryScreen(Overlay[None]):
    """Lists the changes, the newest first; `u` takes the one under the cursor back, `ctrl+r` makes it again.

    Args:
        keeping: reads the changes and makes new ones.
    """

    BINDINGS = [
        Binding("u", "undo", "Take back", show=False, priority=True),
        Binding("ctrl+r", "redo", "Make again", show=False, priority=True),
    ]

    def __init__(self, keeping: Keeping) -> None:
        super().__init__("History")
        self._keeping = keeping
        self._past: list[Past] = []
        self._whole = False

    def body(self) -> Widget:
        """The changes."""
        return OptionList(id="overlay-body", markup=False)

    def moved(self) -> OptionList:
        """The changes."""
        return self.query_one("#overlay-body", OptionList)

    def keys_line(self) -> str:
        """The line at the foot."""
        return "j k move   u undo it   ctrl+r redo it   esc back"

    def on_mount(self) -> None:
        """Read the newest."""
        super().on_mount()
        self._read(_PAGE)

    def _read(self, many: int) -> None:
        store = self._keeping.screen.store
        self._keeping.screen.working.start(
            lambda: store.history(many), self._show, group="history", what="The history", lane=PAPER
        )

    def _show(self, past: list[Past]) -> None:
        """Show what was read; the cursor stays on its change."""
        if not self.is_mounted:
            return
        listed = self.moved()
        at = listed.highlighted
        key = self._past[at].id if at is not None and at < len(self._past) else None
        self._whole = len(past) < _PAGE or len(past) == len(self._past)
        self._past = past
        lines = [_line(each) for each in past]
        listed.clear_options()
        if lines:
            listed.add_options([Option(line) for line in lines])
            listed.highlighted = next((place for place, each in enumerate(past) if each.id == key), 0)
        else:
            listed.add_option(Option(Content.styled("Nothing was changed yet.", "$dim"), disabled=True))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """At the end of what was read, read on."""
        event.stop()
        if event.option_index == len(self._past) - 1 and not self._whole:
            self._read(len(self._past) + _PAGE)

    def action_undo(self) -> None:
        """Take the change under the cursor back."""
        past = self._here()
        if past is not None and not past.undone:
            self._keeping.undo(past.id, self._again)

    def action_redo(self) -> None:
        """Make it again."""
        past = self._here()
        if past is not None and past.undone:
            self._keeping.redo(past.id, self._again)

    def open(self) -> None:
        """Enter does what can be done: take it back, or make it again."""
        self.action_undo()
        self.action_redo()

    def _here(self) -> Past | None:
        at = self.moved().highlighted
        return self._past[at] if at is not None and at < len(self._past) else None

    def _again(self) -> None:
        self._read(max(_PAGE, len(self._past)))


def _line(past: Past) -> Content:
    """When, what, and whether it was taken back."""
    try:
        when = datetime.fromisoformat(past.time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        when = past.time[:16]
    elsewhere = "" if past.here else "  (on another machine)"
    undone = "  (undone)" if past.undone else ""
    return Content.assemble(
        (f"{clean(when)}  ", "$dim"),
        (clean(past.text), "strike $dim" if past.undone else ""),
        (elsewhere + undone, "$dim"),
    )
