"""The yardstick for start-up: a Textual app of three panes with nothing in them but a word."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static


class Trivial(App[None]):
    """Three panes."""

    CSS = "Static { width: 1fr; }"

    def compose(self) -> ComposeResult:
        """Three panes side by side."""
        with Horizontal():
            yield Static("left")
            yield Static("trivial app")
            yield Static("right")


if __name__ == "__main__":
    Trivial().run()
