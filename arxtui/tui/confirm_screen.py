"""Asks a question that is answered with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ConfirmScreen(ModalScreen[bool]):
    """Leaves with whether the answer was yes.

    Args:
        question: cleaned.
    """

    BINDINGS = [
        Binding("y", "answer(True)", "Yes", show=False, priority=True),
        Binding("n,escape,q,enter", "answer(False)", "No", show=False, priority=True),
        Binding("ctrl+c,ctrl+q", "app.quit", "Quit at once", show=False, priority=True),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(id="prompt"):
            yield Static(self._question, id="confirm-question", markup=False)
            yield Static("y yes   n no", id="prompt-note", markup=False)

    def action_answer(self, sure: bool) -> None:
        """Leave."""
        self.dismiss(sure)
