"""Chooses among lists or tags: type to filter, enter adds or removes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from arxtui.core.display import clean
from arxtui.tui.background import PAPER
from arxtui.tui.fuzzy import best, holds
from arxtui.tui.rows import fit
from arxtui.tui.typing_line import TypingLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from arxtui.reading import ListInfo
    from arxtui.tui.main_screen import MainScreen


_KEYS = "enter choose   tab choose and go on   esc close"


class Choice(NamedTuple):
    """A list or tag.

    Attributes:
        name: of it.
        size: papers that it has.
        held: how many of the papers in question have it.
        of: how many these are.
        known: the list, which may be called otherwise when it is chosen; None for a tag, and for what is new.
    """

    name: str
    size: int = 0
    held: int = 0
    of: int = 1
    known: ListInfo | None = None

    @property
    def mark(self) -> str:
        """`✓` where all papers have it, `–` where some do."""
        return "✓" if self.held == self.of else "–" if self.held else " "


class Picker(ModalScreen[None]):
    """Offers what there is and what is typed as a new one.

    Args:
        reader: the screen below: it has the threads, and makes the changes.
        title: what is chosen for what.
        what: `list` or `tag`. Several new tags may be typed with commas between.
        load: reads the choices, in a thread.
        pick: is given what was chosen, and what to call when the change is made or, with what is wrong, refused.
        typed: what stands in the line at first.
        note: a line below.
    """

    BINDINGS = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("enter", "pick(True)", "Choose and close", show=False, priority=True),
        Binding("tab", "pick(False)", "Choose and go on", show=False, priority=True),
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "step(10)", "Page down", show=False, priority=True),
        Binding("pageup", "step(-10)", "Page up", show=False, priority=True),
        Binding("ctrl+c,ctrl+q", "app.quit", "Quit at once", show=False, priority=True),
    ]

    def __init__(
        self,
        reader: MainScreen,
        title: str,
        what: str,
        load: Callable[[], list[Choice]],
        pick: Callable[[list[Choice], Callable[[], None], Callable[[str], None]], None],
        *,
        typed: str = "",
        note: str = _KEYS,
    ) -> None:
        super().__init__()
        self._reader, self._title, self._what = reader, title, what
        self._load, self._pick = load, pick
        self._typed, self._note = typed, note
        self._choices: list[Choice] = []
        self._offered: list[list[Choice]] = []

    def open(self) -> None:
        """Show it once the choices are read: nothing jumps."""

        def opened(found: list[Choice]) -> None:
            self._choices = found
            self._reader.app.push_screen(self)

        self._reader.working.start(self._load, opened, group="picker", what="Reading the choices", lane=PAPER)

    def compose(self) -> ComposeResult:
        """Title, line, choices, keys."""
        with Vertical(id="picker"):
            yield Static(clean(self._title), id="prompt-title", markup=False)
            yield TypingLine(
                self._typed,
                id="prompt-line",
                compact=True,
                placeholder=f"name of a {self._what}, there or new",
            )
            yield OptionList(id="picker-choices", markup=False)
            yield Static(self._note, id="prompt-note", markup=False)

    def on_mount(self) -> None:
        """The line has the keys."""
        self.query_one("#picker-choices").can_focus = False
        self.set_focus(self.query_one(Input))
        self._offer(first=True)

    def on_resize(self) -> None:
        """Fit names and numbers to the width."""
        self.call_after_refresh(self._offer)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter."""
        event.stop()
        self._offer(first=True)

    def on_option_list_option_selected(self) -> None:
        """A click does what enter does."""
        self.action_pick(close=True)

    def _offer(self, *, first: bool = False) -> None:
        """Show what the typed text means; the cursor stays on its line unless the `first` is wanted."""
        if not self.query("#picker-choices"):
            return  # the screen has closed, or its window with it, since this was asked for
        shown = self.query_one("#picker-choices", OptionList)
        typed = self.query_one(Input).value.strip()
        width = max(20, shown.scrollable_content_region.width)
        at = 0 if first else shown.highlighted or 0
        lines: list[Content] = []
        self._offered = []
        several = self._what == "tag" and "," in typed
        for place in [] if several else best(typed, [choice.name for choice in self._choices]):
            choice = self._choices[place]
            size = f"{choice.size:,}"
            name = fit(clean(choice.name), max(4, width - 4 - cell_len(size)))
            lines.append(Content.assemble((f" {choice.mark} ", "bold $accent"), name, (f" {size}", "$dim")))
            self._offered.append([choice])
        names = [name for part in typed.split(",") if (name := part.strip())] if several else [typed]
        known = {choice.name.casefold() for choice in self._choices}
        if typed and names and (several or typed.casefold() not in known):
            said = ", ".join(f"“{clean(name)}”" for name in names)
            new = f"these {self._what}s: {said}" if several else f"new {self._what} {said}"
            lines.append(Content.assemble((" + ", "bold $accent"), fit(new, max(4, width - 4))))
            self._offered.append([Choice(name) for name in names])
        shown.clear_options()
        shown.add_options([Option(line) for line in lines])
        if lines:
            # What was typed is made before anything that is only much like it is changed.
            other = typed and not any(holds(typed, choice.name) for choice in self._offered[0])
            shown.highlighted = len(lines) - 1 if first and other else max(0, min(at, len(lines) - 1))

    def action_step(self, lines: int) -> None:
        """Move the cursor."""
        shown = self.query_one("#picker-choices", OptionList)
        if shown.option_count:
            shown.highlighted = max(0, min((shown.highlighted or 0) + lines, shown.option_count - 1))

    def action_pick(self, close: bool) -> None:
        """Add the papers to what the cursor stands on, or remove them."""
        at = self.query_one("#picker-choices", OptionList).highlighted
        if at is None or at >= len(self._offered):
            return
        chosen, typed = self._offered[at], self.query_one(Input).value

        def refused(wrong: str) -> None:
            note = f"{_KEYS}\nNot saved: {clean(wrong)}"
            if close:
                again = Picker(
                    self._reader, self._title, self._what, self._load, self._pick, typed=typed, note=note
                )
                again.open()
            elif self.is_attached:
                self.query_one("#prompt-note", Static).update(note)

        if close:
            self.dismiss(None)
            self._pick(chosen, lambda: None, refused)
        else:
            self._pick(chosen, self._again, refused)

    def _again(self) -> None:
        """Read the choices anew after a change."""
        self._reader.working.start(
            self._load, self._loaded, group="picker", what="Reading the choices", lane=PAPER
        )

    def _loaded(self, found: list[Choice]) -> None:
        self._choices = found
        if self.is_mounted:
            self._offer()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
