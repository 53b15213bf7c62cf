"""The paper list: a virtual list over `Papers` that draws only what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView

from arxtui.core.highlighting import Highlights
from arxtui.library import LibraryError
from arxtui.tui.marks import SELECTED, Marks, Selected
from arxtui.tui.row_painting import ROLES, ROW_TO_COME, Painter
from arxtui.tui.row_window import RowWindow, fetch_here
from arxtui.tui.rows import lines_per_row, row_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.strip import Strip

    from arxtui.library import Row
    from arxtui.tui.row_window import Fetch
    from arxtui.tui.rows import Run
    from arxtui.tui.views import Empty, Papers


class PaperList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows papers and a cursor. It is given `Papers`, marks and what is selected; it asks nobody else.

    Nothing is kept a paper: the height is `total` times the lines of a row, and the rows of the visible window
    are fetched when they are drawn, so three million papers cost what thirty do.

    Over a slow line each byte counts, so only lines that say something else than before are painted. A list that
    scrolls by a line paints all of them; so where the cursor leaves the window, this one turns the page, of which one row stays, and
    the next keys move the cursor through what is there.

    Args:
        fetch: has rows fetched in another thread; by default they are fetched at once.

    Attributes:
        rests: whether the cursor stands at the top and nobody has moved it since the list was shown.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {f"paper-list--{name}" for name in (*ROLES, "cursor", "bar")}

    cursor: reactive[int] = reactive(0, repaint=False)
    # More papers change the scroll bar, not what is on the screen.
    virtual_size = Reactive(Size(0, 0), layout=True, repaint=False)

    class Moved(Message):
        """The cursor stands on another paper."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Opened(Message):
        """The paper under the cursor was clicked a second time."""

    class RowsCame(Message):
        """Rows came that took too long to wait for."""

        def __init__(self, window: RowWindow) -> None:
            super().__init__()
            self.window = window

    class Failed(Message):
        """The rows could not be read."""

        def __init__(self, error: str) -> None:
            super().__init__()
            self.error = error

    def __init__(self, fetch: Fetch = fetch_here, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id)
        self._fetch = fetch
        self._window: RowWindow | None = None
        self._told: str | None = None
        self._marks = Marks()
        self._selected = Selected()
        self._painted: dict[int, object] = {}
        self._empty: Empty | None = None
        self._painter = Painter(self)
        self._row_lines = 2
        self.rests = True  # also where the first list cannot be read, and another comes later

    # what it is given

    @property
    def papers(self) -> Papers | None:
        """What it shows."""
        return self._window.papers if self._window is not None else None

    @property
    def total(self) -> int:
        """How many papers the list has."""
        return self._window.papers.total if self._window is not None else 0

    @property
    def highlights(self) -> Highlights:
        """What to highlight."""
        return self._window.papers.highlights if self._window is not None else Highlights()

    def show(
        self,
        papers: Papers,
        *,
        position: int,
        screen_row: int | None = None,
        at_hand: Mapping[int, Row] = {},
        rests: bool = False,
    ) -> None:
        """Show other papers.

        Args:
            papers: what to show.
            position: where the cursor goes.
            screen_row: lines below the top at which the cursor's paper should stand; None: scroll as little as
                needed from the top.
            at_hand: rows that have been fetched already, by position.
            rests: the cursor stands at the top, and nobody has moved it there.
        """
        was_empty = not self.total
        self._window = RowWindow(papers, at_hand, self._fetch, self._rows_came)
        self._empty = None
        self._resize()
        position = max(0, min(position, papers.total - 1))
        self.set_reactive(PaperList.cursor, position)
        self._told = None
        top = 0 if screen_row is None else max(0, position * self._row_lines - screen_row)
        self.scroll_to(y=self._top_that_shows(top), animate=False, force=True)
        self.rests = rests
        if was_empty or not papers.total:
            self.refresh()
        else:
            self._repaint()

    def show_empty(self, empty: Empty) -> None:
        """Say why there is nothing, where there is nothing."""
        if empty != self._empty:
            self._empty = empty
            self.refresh()

    def show_marks(self, marks: Marks) -> None:
        """Draw the marks anew."""
        if marks != self._marks:
            self._marks = marks
            self._repaint()

    def show_selected(self, selected: Selected) -> None:
        """Draw what is selected anew."""
        self._selected = selected
        self._repaint()

    # the cursor

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None in an empty list, and while it is on its way."""
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
        self.rests = False
        if self.total:
            self.cursor = max(0, min(position, self.total - 1))
            self._reveal()

    def step(self, papers: int, *, scroll: bool = False) -> None:
        """Move the cursor; with `scroll`, the window too, so that the cursor keeps its line.

        Where the mouse has scrolled it out of sight, it moves from the row in sight that is next to it.
        """
        start = self._in_sight
        if scroll:
            self.scroll_to(y=self.scroll_offset.y + papers * self._row_lines, animate=False, force=True)
        self.move_to(start + papers)

    @property
    def _in_sight(self) -> int:
        """The row that can be seen whole and is the cursor's, or next to it."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = -(-top // self._row_lines)
        last = max(first, (top + height) // self._row_lines - 1)
        return max(first, min(self.cursor, last))

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
        self._told = None
        self._tell()

    def _tell(self) -> None:
        """Tell the screen where the cursor stands, once that is known."""
        row = self.row
        if row is not None and row.key != self._told:
            self._told = row.key
            self.post_message(self.Moved(row.key))

    def _reveal(self) -> None:
        """Scroll the cursor's row into the window, without animation."""
        self.scroll_to(y=self._top_that_shows(self.scroll_offset.y), animate=False, force=True)

    def _top_that_shows(self, above: int) -> int:
        """The line to stand at the top so that the cursor's row is in the window.

        Args:
            above: where that is now. Where the row is not in sight, it is moved by a page at least, less one row for the eye.
        """
        top, height = self.cursor * self._row_lines, self.scrollable_content_region.height
        turn = max(self.page - 1, 1) * self._row_lines
        if top < above:
            return max(0, min(top, above - turn))
        if top + self._row_lines > above + height:
            # Not so far that the cursor would stand above the window.
            return min(max(above + turn, top + self._row_lines - height), top)
        return above

    # drawing

    def on_resize(self) -> None:
        """Fit the rows to the new width and keep the cursor in sight."""
        screen_row = self.screen_row // self._row_lines
        self._resize()
        top = self._top_that_shows(max(0, (self.cursor - screen_row) * self._row_lines))
        self.scroll_to(y=top, animate=False, force=True)
        self._painted.clear()  # rows may have other lines now, and the same place may hold others
        self.refresh()

    def _resize(self) -> None:
        width = self._width
        self._row_lines = lines_per_row(width)
        self.virtual_size = Size(width, self.total * self._row_lines)

    def notify_style_update(self) -> None:
        """Forget the looks of the old theme."""
        super().notify_style_update()
        self._painter.forget()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def _row(self, position: int) -> Row | None:
        """One row, if it is at hand; else what is missing of the visible window is fetched in one piece."""
        window = self._window
        if window is None or not 0 <= position < self.total:
            return None
        row = window.get(position)
        if row is None:
            first = min(position, self.scroll_offset.y // self._row_lines)
            last = max(position, first + self.page)
            if last - first > 2 * self.page:  # the cursor is out of sight: do not fetch all that lies between
                first, last = position, position
            try:
                window.need(first, last)
            except Exception as error:  # noqa: BLE001  whatever the index raises, the user gets a sentence
                self._failed(error)
            row = window.get(position)
        return row

    def _failed(self, error: Exception) -> None:
        said = str(error) if isinstance(error, LibraryError) else f"The list could not be read: {error}"
        self.post_message(self.Failed(said))

    def _rows_came(self, window: RowWindow) -> None:
        self.post_message(self.RowsCame(window))  # from the thread that fetched them

    def on_paper_list_rows_came(self, event: RowsCame) -> None:
        """Draw the rows that were late, unless something else is shown by now."""
        event.stop()
        if event.window is not self._window:
            return
        try:
            event.window.take()
        except Exception as error:  # noqa: BLE001  whatever the index raises, the user gets a sentence
            self._failed(error)
        self._repaint()
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Move the scroll bar and paint what stands elsewhere now; Textual's own would paint all."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.rests = False  # by the mouse, for all else that scrolls says so
            self._repaint()

    def _repaint(self) -> None:
        """Paint the lines that have to say something else than they do."""
        for y in range(self.size.height):
            if self._content(y) != self._painted.get(y, self):
                self.refresh(Region(0, y, self._width, 1))

    def _content(self, y: int) -> object:
        """All that the look of a line depends on, the theme and the width aside, with which all is painted."""
        position, line = divmod(self.scroll_offset.y + y, self._row_lines)
        row = self._row(position)
        return (
            row,
            position < self.total,
            line,
            position == self.cursor,
            self._marked(row, position),
            self.highlights,
        )

    def _marked(self, row: Row | None, position: int) -> str:
        """What stands in front of a row."""
        if row is None:
            return ""
        return (SELECTED if self._selected.holds(row.key, position) else " ") + self._marks.of(row.key)

    def render_line(self, y: int) -> Strip:
        """One line of the window: `y` counts from its top."""
        width = self._width
        if not self.total:
            self._painted.clear()
            return self._painter.empty(self._empty, y, width)
        self._painted[y] = self._content(y)
        position, line = divmod(self.scroll_offset.y + y, self._row_lines)
        row = self._row(position)
        if position >= self.total:
            return self._painter.blank(width)
        runs: Sequence[Run] = ROW_TO_COME if line == 0 else ()
        if row is not None:
            marks = self._marked(row, position)
            runs = row_lines(row, width, self.highlights, marks=marks, lines=self._row_lines)[line]
        return self._painter.line(runs, width, cursor=position == self.cursor)

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
            self.refresh(Region(0, top, self._width, line_count))
