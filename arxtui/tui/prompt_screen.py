"""Asks for one line of text: the name of a search, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from arxtui.tui.typing_line import TypingLine

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PromptScreen(ModalScreen[str | None]):
    """Leaves with what was typed, or with None where `esc` was pressed.

    Args:
        title: what is asked for, cleaned.
        value: what stands there at first.
        note: a line below, to tell what an answer leads to.
    """

    BINDINGS = [
        Binding("escape", "leave", "Cancel", show=False, priority=True),
        Binding("ctrl+c,ctrl+q", "quit", "Quit at once", show=False, priority=True),
    ]

    def __init__(self, title: str, *, value: str = "", note: str = "") -> None:
        super().__init__()
        self._title, self._value, self._note = title, value, note

    def compose(self) -> ComposeResult:
        """Title, line, note."""
        with Vertical(id="prompt"):
            yield Static(self._title, id="prompt-title", markup=False)
            yield TypingLine(self._value, id="prompt-line", compact=True, select_on_focus=True)
            yield Static(self._note or "enter done   esc cancel", id="prompt-note", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave with the line."""
        event.stop()
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
