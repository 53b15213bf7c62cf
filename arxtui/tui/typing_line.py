"""Lines to type into: Textual's, but keys take effect in the order they come in, however fast they come.

Textual hands a key to the widget, which takes letters; any other goes on to all that the widget stands in and back to the
app, which then looks for what it is bound to. Of `abc←d` that arrive at once, as they do over a slow line, the arrow would
come after the `d` (8.2). What is bound with priority the app looks for first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType


def at_once(bindings: Iterable[BindingType]) -> list[BindingType]:
    """The same keys, bound with priority."""
    return [
        replace(binding, priority=True) if isinstance(binding, Binding) else binding for binding in bindings
    ]


def one_line(text: str) -> str:
    """Several lines in one, with blanks between: a title that was copied may stand on two."""
    return " ".join(filter(None, map(str.strip, text.splitlines())))


class TypingLine(Input, inherit_bindings=False):
    """A line of text."""

    BINDINGS: ClassVar[list[BindingType]] = at_once(Input.BINDINGS)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines; Textual takes the first."""
        event.text = one_line(event.text)
