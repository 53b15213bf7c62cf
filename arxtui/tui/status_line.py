"""The two lines at the bottom: what is so, in words, and the keys that matter here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from arxtui.core.display import clean
from arxtui.tui.actions import BY_ID, LIST, PREFIXES, SEARCH_FOOTER, after_prefix, in_footer, shown_key
from arxtui.tui.rows import fit, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.timer import Timer

SEARCH = "search"
"""The name of the search line among the panes."""
_BEFORE_FILES = 3
"""Keys of the list that are more in use than the one that leads to the files."""
_SECONDS, _SECONDS_ERROR = 4.0, 10.0


class StatusLine(Static):
    """Counts at the left, order and position at the right; for a few seconds, what has just been done."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id, markup=False)
        self._ways: Sequence[tuple[str, str]] = [("", "")]
        self._said = ""
        self._drawn: tuple[Content, str] | None = None
        self._error = self._lasting = False
        self._timer: Timer | None = None

    def show(self, ways: Sequence[tuple[str, str]]) -> None:
        """Set both ends.

        Args:
            ways: left and right end from the longest to the shortest: the first that fits is shown.
        """
        if ways != self._ways:
            self._ways = ways
            self._draw()

    def say(self, text: str, *, error: bool = False, lasting: bool = False) -> None:
        """Show a message instead of the counts for a few seconds.

        Args:
            text: what to say.
            error: something failed: it stays longer.
            lasting: it stays also where the user moves on: it tells of a change, say.
        """
        self._said, self._error, self._lasting = text, error, lasting
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SECONDS_ERROR if error else _SECONDS, self.hush)
        self._draw()

    def say_while(self, text: str) -> None:
        """Show a message until another one comes, or `unsay`: something is being done that may take long."""
        self.say(text, lasting=True)
        assert self._timer is not None
        self._timer.stop()

    def unsay(self, text: str) -> None:
        """That is done: show the counts again, unless something else is said by now."""
        if self._said == text:
            self.hush()

    def pass_over(self) -> None:
        """Something else is listed or typed now, of which a message would hide the counts; a failure is told on."""
        if self._said and not self._error:
            self.hush()

    def move_on(self) -> None:
        """The user moves on: why a key did nothing need not be told any more."""
        if not self._lasting:
            self.pass_over()

    def hush(self) -> None:
        """Show the counts again."""
        self._said = ""
        self._draw()

    @property
    def text(self) -> str:
        """What it says at the left now."""
        return self._said or self._ways[0][0]

    def on_resize(self) -> None:
        """Fit both ends to the new width."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        if not width:
            return
        left, right = "", ""
        for left_way, right_way in self._ways:
            left, right = clean(self._said or left_way), clean(right_way)
            if cell_len(left) + cell_len(right) + 2 <= width:
                break
        else:
            right = ""
        room = max(0, width - cell_len(right))
        style = "" if not self._said else "bold $error" if self._error else "bold"
        line = Content.assemble((fit(_shortened(left, room), room), style), (right, "$dim"))
        if (line, style) != self._drawn:
            self._drawn = (line, style)
            # As wide as the window whatever it says: no layout, which a key held down would ask for each time.
            self.update(line, layout=False)


def _shortened(text: str, room: int) -> str:
    """Cut a text to so many cells, but before its last clause, which says what can be done: `u undoes`."""
    head, parted, remedy = text.rpartition("; ")
    rest = room - cell_len(parted + remedy)
    return shorten(text, room) if rest < room // 2 else shorten(head, rest) + parted + remedy


class KeyLine(Static, inherit_bindings=False):
    """The most useful keys of the pane; after a first key of two, what may follow it. Both can be clicked.

    Args:
        pane: the one that has the focus.
        hides_tree: whether the files are not on screen; the key that brings them is shown then.
    """

    class Clicked(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, pane: str, *, hides_tree: bool, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id, markup=False)
        self._pane, self._hides_tree = pane, hides_tree
        self._spots: list[tuple[int, int, int, str]] = []
        self._words = ""
        self._lines = 0
        self.prefix = ""
        self.asked = ""

    def show_pane(self, pane: str, *, hides_tree: bool) -> None:
        """Show the keys of a pane, or of the search line; for `hides_tree` see the class."""
        self._pane, self._hides_tree = pane, hides_tree
        self._draw()

    def ask(self, prefix: str) -> None:
        """Show what may follow a first key."""
        self.prefix = prefix
        self._draw()

    def ask_for(self, action: str, words: str) -> None:
        """Wait for whatever key comes next.

        Args:
            action: the id of the action that is told which.
            words: what is asked.
        """
        self.asked, self._words = action, words
        self._draw()

    def done(self) -> None:
        """Show the keys of the pane again."""
        if self.prefix or self.asked:
            self.prefix = self.asked = ""
            self._draw()

    def on_resize(self) -> None:
        """Show as many keys as fit."""
        self._draw()

    def _items(self) -> list[tuple[str, str, str]]:
        """Key, label and action of each thing that can be done here."""
        if self.prefix:
            choices = after_prefix(self.prefix).items()
            # Digits say it all.
            return [(key, "" if action.numbered else action.label, action.id) for key, action in choices] + [
                ("esc", "cancel", "back")
            ]
        if self.asked:
            return [("esc", "cancel", "back")]
        if self._pane == SEARCH:
            items = [(shown_key(BY_ID[name].keys[-1]), label, name) for name, label in SEARCH_FOOTER]
            last = 1
        else:
            items = [(shown_key(action.keys[0]), action.label, action.id) for action in in_footer(self._pane)]
            if self._pane == LIST and self._hides_tree:
                items.insert(_BEFORE_FILES, (shown_key(BY_ID["left"].keys[0]), "tree", "left"))
            last = 2
        # The way out, and help, close the table and must not fall off the edge: what stands before them gives way.
        while len(items) > last and sum(_cells(item) + 2 for item in items) - 2 > self.content_size.width:
            del items[-last - 1]
        return items

    def _draw(self) -> None:
        lead = f"{PREFIXES[self.prefix]}: " if self.prefix else ""
        if self.asked:
            lead = shorten(clean(self._words), max(0, self.content_size.width - len("  esc cancel"))) + "  "
        lines, at, width = [Content.styled(lead, "bold")], cell_len(lead), self.content_size.width
        self._spots = []
        for item in self._items():
            key, label, action_id = item
            length = _cells(item)
            if at + length > width and self.prefix:
                lines.append(Content(" " * cell_len(lead)))
                at = cell_len(lead)
            self._spots.append((len(lines) - 1, at, at + length, action_id))
            lines[-1] = (
                lines[-1]
                .append(Content.assemble((key, "bold $accent"), (f" {label}" if label else "", "$dim")))
                .append("  ")
            )
            at += length + 2
        # A blank too many at the end would be broken into a line of its own.
        drawn = Content("\n").join(line.rstrip() for line in lines)
        if drawn != self.content:
            # Only another number of lines moves anything else.
            self.update(drawn, layout=len(lines) != self._lines)
            self._lines = len(lines)

    def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        x, y = event.x - self.styles.padding.left, event.y - self.styles.padding.top
        for line, start, stop, action_id in self._spots:
            if line == y and start <= x < stop:
                self.post_message(self.Clicked(action_id))
                return


def _cells(item: tuple[str, str, str]) -> int:
    return cell_len(item[0]) + bool(item[1]) + cell_len(item[1])
