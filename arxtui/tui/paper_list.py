"""The paper list: a virtual list over `Papers` that draws only what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from arxtui.tui.rows import fit, lines_per_row, row_lines

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from textual import events

    from arxtui.library import Row
    from arxtui.tui.views import Empty, Papers

ROLES: Final = ("title", "lead", "dim", "mark", "match", "plain")


class PaperList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows papers and a cursor. It is given `Papers` and the bookmarked keys; it asks nobody else.

    Nothing is kept a paper: the height is `total` times the lines of a row, and the rows of the visible window
    are fetched when they are drawn, so three million papers cost what thirty do.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {f"paper-list--{name}" for name in (*ROLES, "cursor", "bar")}

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another paper."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Opened(Message):
        """The paper under the cursor was clicked a second time."""

    class Failed(Message):
        """The rows could not be read."""

        def __init__(self, error: str) -> None:
            super().__init__()
            self.error = error

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id)
        self._papers: Papers | None = None
        self._bookmarked: AbstractSet[str] = frozenset()
        self._rows: dict[int, Row] = {}
        self._empty: Empty | None = None
        self._styles: dict[tuple[str, str, bool], Style] = {}
        self._row_lines = 2

    # what it is given

    @property
    def total(self) -> int:
        """How many papers the list has."""
        return self._papers.total if self._papers is not None else 0

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the query."""
        return tuple(self._papers.words) if self._papers is not None else ()

    def show(self, papers: Papers, *, position: int, screen_row: int | None = None) -> None:
        """Show other papers.

        Args:
            papers: what to show.
            position: where the cursor goes.
            screen_row: lines below the top at which the cursor's paper should stand; None: scroll as little as
                needed from the top.
        """
        self._papers = papers
        self._rows = {}
        self._empty = None
        self._resize()
        position = max(0, min(position, papers.total - 1))
        self.set_reactive(PaperList.cursor, position)
        top = 0 if screen_row is None else max(0, position * self._row_lines - screen_row)
        self.scroll_to(y=top, animate=False, force=True)
        self._reveal()
        self.refresh()

    def show_empty(self, empty: Empty) -> None:
        """Say why there is nothing, where there is nothing."""
        self._empty = empty
        self.refresh()

    def show_bookmarks(self, keys: AbstractSet[str]) -> None:
        """Draw the bookmark marks anew."""
        if keys != self._bookmarked:
            self._bookmarked = keys
            self.refresh()

    # the cursor

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None in an empty list."""
        return self._row(self.cursor)

    @property
    def screen_row(self) -> int:
        """How many lines below the top of the list the cursor's paper stands."""
        return self.cursor * self._row_lines - self.scroll_offset.y

    @property
    def page(self) -> int:
        """How many papers fit on the screen, at least one."""
        return max(1, self.scrollable_content_region.height // self._row_lines)

    def move_to(self, position: int) -> None:
        """Put the cursor on a paper; positions outside the list mean its first or last."""
        if self.total:
            self.cursor = max(0, min(position, self.total - 1))
            self._reveal()

    def step(self, papers: int, *, scroll: bool = False) -> None:
        """Move the cursor; with `scroll`, the window too, so that the cursor keeps its line."""
        if scroll:
            self.scroll_to(y=self.scroll_offset.y + papers * self._row_lines, animate=False, force=True)
        self.move_to(self.cursor + papers)

    def go_first(self) -> None:
        """The first paper."""
        self.move_to(0)

    def go_last(self) -> None:
        """The last paper."""
        self.move_to(self.total - 1)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows the cursor left and reached, and tell the screen."""
        for position in (old, new):
            self.refresh_lines(position * self._row_lines, self._row_lines)
        row = self.row
        if row is not None:
            self.post_message(self.Moved(row.key))

    def _reveal(self) -> None:
        """Scroll just as far as the cursor's row needs, without animation."""
        top, height = self.cursor * self._row_lines, self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif top + self._row_lines > self.scroll_offset.y + height:
            self.scroll_to(y=top + self._row_lines - height, animate=False, force=True)

    # drawing

    def on_resize(self) -> None:
        """Fit the rows to the new width and keep the cursor in sight."""
        screen_row = self.screen_row // self._row_lines
        self._resize()
        self.scroll_to(y=max(0, (self.cursor - screen_row) * self._row_lines), animate=False, force=True)
        self._reveal()

    def _resize(self) -> None:
        width = self._width
        self._row_lines = lines_per_row(width)
        self.virtual_size = Size(width, self.total * self._row_lines)

    def notify_style_update(self) -> None:
        """Forget the looks of the old theme."""
        super().notify_style_update()
        self._styles.clear()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def _row(self, position: int) -> Row | None:
        """One row, fetching what of the visible window is not at hand in one piece."""
        if self._papers is None or not 0 <= position < self.total:
            return None
        if position not in self._rows:
            first = min(position, self.scroll_offset.y // self._row_lines)
            last = max(position, first + self.page)
            if last - first > 2 * self.page:  # the cursor is out of sight: do not fetch all that lies between
                first, last = position, position
            missing = [at for at in range(first, min(last, self.total - 1) + 1) if at not in self._rows]
            self._rows = {at: row for at, row in self._rows.items() if first <= at <= last}
            start = missing[0]
            try:
                rows = self._papers.rows(start, missing[-1] + 1)
            except Exception as error:  # noqa: BLE001  whatever the index raises, the user gets a sentence
                self.post_message(self.Failed(str(error)))
                return None
            self._rows.update(zip(range(start, start + len(rows)), rows, strict=True))
        return self._rows.get(position)

    def _style(self, role: str, base: str, cursor: bool) -> Style:
        key = (role, base, cursor)
        style = self._styles.get(key)
        if style is None:
            style = self.rich_style
            if cursor:
                row = self.get_component_rich_style("paper-list--cursor")
                style += Style(bgcolor=row.bgcolor, reverse=row.reverse)
            for name in filter(None, (base, role)):
                style += self.get_component_rich_style(f"paper-list--{name}", partial=True)
            self._styles[key] = style
        return style

    def render_line(self, y: int) -> Strip:
        """One line of the window: `y` counts from its top."""
        width = self._width
        if not self.total:
            return self._empty_line(y, width)
        position, line = divmod(self.scroll_offset.y + y, self._row_lines)
        row = self._row(position)
        if row is None or self._papers is None:
            return Strip.blank(width, self.rich_style)
        cursor = position == self.cursor
        marked, words = row.key in self._bookmarked, self._papers.words
        runs = row_lines(row, width, words, bookmarked=marked, lines=self._row_lines)[line]
        bar = Segment("▎" if cursor else " ", self._style("bar" if cursor else "plain", "", cursor))
        segments = [bar, *(Segment(run.text, self._style(run.role, run.base, cursor)) for run in runs)]
        return Strip(segments).adjust_cell_length(width, self._style("plain", "", cursor))

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = [("", "plain")]
        if self._empty is not None:
            lines += [(text, "title") for text in _folded(self._empty.title, width - 4)]
            lines += [(text, "dim") for text in _folded(self._empty.advice, width - 4)]
        text, role = lines[y] if y < len(lines) else ("", "plain")
        return Strip([Segment(fit("  " + text, width), self._style(role, "", cursor=False))])

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """A click chooses the paper; a second one opens it."""
        position = (event.y + self.scroll_offset.y) // self._row_lines
        if event.y < self.size.height and 0 <= position < self.total:
            self.move_to(position)
            if event.chain == 2:
                self.post_message(self.Opened())

    def refresh_lines(self, y_start: int, line_count: int = 1) -> None:
        """Repaint some lines, where they are on screen."""
        top = y_start - self.scroll_offset.y
        if -line_count < top < self.size.height:
            self.refresh(Region(0, top, self.size.width, line_count))


def _folded(text: str, width: int) -> list[str]:
    from textual.content import Content

    from arxtui.core.display import clean

    return [line.plain for line in Content(clean(text)).wrap(max(8, width))]
