"""Turns the rows of the paper list into strips of styled text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from arxtui.core.display import clean
from arxtui.tui.rows import GUTTER, Run, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from arxtui.tui.views import Empty

ROLES: Final = ("title", "lead", "dim", "mark", "match", "plain")
ROW_TO_COME: Final = (Run(" " * (GUTTER - 1) + "…", "dim"),)


class Painter:
    """Knows the looks of the list in its theme.

    Args:
        widget: whose component classes are the looks.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, str, bool], Style] = {}

    def forget(self) -> None:
        """Forget the looks of the old theme."""
        self._styles.clear()

    def line(self, runs: Iterable[Run], width: int, *, cursor: bool) -> Strip:
        """A line of a row.

        Args:
            runs: its text, less the cell of the cursor.
            width: cells.
            cursor: whether the cursor stands there.
        """
        bar = Segment("▎" if cursor else " ", self._style("bar" if cursor else "plain", "", cursor))
        segments = [bar, *(Segment(run.text, self._style(run.role, run.base, cursor)) for run in runs)]
        strip = Strip(segments).adjust_cell_length(width, self._style("plain", "", cursor))
        return Strip(_joined(strip), width)

    def blank(self, width: int) -> Strip:
        """A line without a row."""
        return Strip.blank(width, self._widget.rich_style)

    def empty(self, words: Empty | None, y: int, width: int) -> Strip:
        """A line of what an empty list says."""
        lines = [("", "plain")]
        if words is not None:
            lines += [(text, "title") for text in _folded(words.title, width - 4)]
            lines += [(text, "dim") for text in _folded(words.advice, width - 4)]
        text, role = lines[y] if y < len(lines) else ("", "plain")
        return Strip([Segment(fit("  " + text, width), self._style(role, "", cursor=False))])

    def _style(self, role: str, base: str, cursor: bool) -> Style:
        key = (role, base, cursor)
        style = self._styles.get(key)
        if style is None:
            style = self._widget.rich_style
            if cursor:
                row = self._widget.get_component_rich_style("paper-list--cursor")
                style += Style(bgcolor=row.bgcolor, reverse=row.reverse)
            for name in filter(None, (base, role)):
                style += self._widget.get_component_rich_style(f"paper-list--{name}", partial=True)
            self._styles[key] = style
        return style


def _joined(segments: Sequence[Segment] | Strip) -> list[Segment]:
    """The same in fewer pieces: blanks look alike in every colour, and each change of colour is 40 bytes of output."""
    joined: list[tuple[str, Style | None]] = []
    for text, style, _ in segments:
        before, before_style = joined[-1] if joined else ("", style)
        if joined and (style == before_style or (text.isspace() and _plain(before_style))):
            joined[-1] = (before + text, before_style)
        elif len(joined) == 1 and before.isspace() and _plain(style):
            joined[-1] = (before + text, style)
        else:
            joined.append((text, style))
    return [Segment(text, style) for text, style in joined]


def _plain(style: Style | None) -> bool:
    """Whether a blank shows no more of a style than its background."""
    return style is not None and not (style.underline or style.reverse or style.strike)


def _folded(text: str, width: int) -> list[str]:
    return [line.plain for line in Content(clean(text)).wrap(max(8, width))]
