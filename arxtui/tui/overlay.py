"""What the screens over the reader share: a title, a scrolled body, and the same keys as everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from arxtui.tui.actions import BY_ID, single_keys
from arxtui.tui.layout import TWO_FROM

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.containers import VerticalScroll
    from textual.widget import Widget

Result = TypeVar("Result")

_ACTIONS = (
    "down", "up", "half_down", "half_up", "page_down", "page_up", "first", "last", "detail_down", "detail_up", "open", "help",
    "back", "quit", "quit_now",
)  # fmt: skip


class Overlay(ModalScreen[Result | None]):
    """A screen over the reader. `esc` and `q` go back.

    Args:
        title: one line at its head, cleaned.
    """

    BINDINGS = [
        *(
            Binding(
                ",".join(single_keys(BY_ID[name])),
                f"do('{name}')",
                BY_ID[name].name,
                id=name,
                show=False,
                priority=True,
            )
            for name in _ACTIONS
        ),
        # One `g` is enough where nothing else begins with it; the second finds the list at its top already.
        Binding("g", "do('first')", "Top", id="first_g", show=False, priority=True),
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (TWO_FROM, "-wide")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def body(self) -> Widget:
        """The widget below the title: an `OptionList` or a `VerticalScroll`."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, body, and how to leave."""
        with Vertical(id="overlay"):
            yield Static(self._title, id="overlay-title", markup=False)
            yield self.body()
            yield Static(self.keys_line(), id="overlay-keys", markup=False)

    def keys_line(self) -> str:
        """The line at the foot."""
        return "j k move   esc back"

    def on_mount(self) -> None:
        """Give the body the keys."""
        if self.query("#overlay-body"):  # else a quick esc was here before
            self.moved().focus()

    def moved(self) -> OptionList | VerticalScroll:
        """The widget that the keys move in."""
        raise NotImplementedError

    def action_do(self, name: str) -> None:
        """Run one of the actions that make sense here."""
        if name in ("back", "quit"):
            self.dismiss(None)
        elif name == "quit_now":
            self.run_worker(self.app.action_quit(), group="leave", exit_on_error=False)
        elif name == "help":
            self.show_help()
        elif name == "open" and self.query("#overlay-body"):
            self.open()
        elif name in ("detail_down", "detail_up"):
            self.scroll_below(3 if name == "detail_down" else -3)
        elif self.query("#overlay-body"):
            # A key may come before the list is there, or after it is gone.
            self._move(name)

    def open(self) -> None:
        """What enter does: nothing, unless a screen says otherwise."""

    def show_help(self) -> None:
        """What ? does: the keys of this screen, and all others."""
        from arxtui.tui.help_screen import HelpScreen  # it is an overlay itself

        self.app.push_screen(HelpScreen((self._title, self.keys_line())))

    def scroll_below(self, lines: int) -> None:
        """What J and K scroll: nothing, unless a screen has a text below its list."""

    def _move(self, name: str) -> None:
        widget = self.moved()
        page = max(1, widget.scrollable_content_region.height - 1)
        lines = {"down": 1, "up": -1, "half_down": page // 2, "half_up": -(page // 2), "page_down": page}
        step = lines.get(name, -page)
        if isinstance(widget, OptionList):
            last = widget.option_count - 1
            if last >= 0:
                at = widget.highlighted or 0
                target = {"first": 0, "last": last}.get(name, at + step)
                widget.highlighted = max(0, min(target, last))
        elif name == "first":
            widget.scroll_home(animate=False)
        elif name == "last":
            widget.scroll_end(animate=False)
        else:
            widget.scroll_to(y=widget.scroll_offset.y + step, animate=False)
