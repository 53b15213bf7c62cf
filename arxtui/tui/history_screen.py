"""All changes to what is kept; any of them can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from arxtui.core.display import clean
from arxtui.reading import Line, with_titles
from arxtui.tui.background import PAPER
from arxtui.tui.overlay import Overlay
from arxtui.tui.rows import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from textual.widget import Widget

    from arxtui.library import Library
    from arxtui.reading import Past, ReadingStore
    from arxtui.tui.keeping import Keeping

_PAGE = 200
"""Changes that are read at a time."""
_WIDE = 80
"""Cells of a line from which on remarks are told at length."""
_NARROW = 10
"""Cells for what was done, at least."""


class HistoryScreen(Overlay[None]):
    """Lists the changes, the newest first; `u` takes the one under the cursor back, `ctrl+r` makes it again.

    Args:
        keeping: reads the changes and makes new ones.
    """

    BINDINGS = [
        Binding("u", "undo", "Take back", show=False, priority=True),
        Binding("ctrl+r", "redo", "Make again", show=False, priority=True),
    ]

    def __init__(self, keeping: Keeping) -> None:
        super().__init__("History")
        self._keeping = keeping
        self._past: list[Past] = []
        self._titles: dict[str, str] = {}
        self._whole = False

    def body(self) -> Widget:
        """The changes."""
        return OptionList(id="overlay-body", markup=False)

    def moved(self) -> OptionList:
        """The changes."""
        return self.query_one("#overlay-body", OptionList)

    def keys_line(self) -> str:
        """The line at the foot."""
        return "j k move   u undo it   ctrl+r redo it   ? help   esc back"

    def on_mount(self) -> None:
        """Read the newest."""
        super().on_mount()
        self._read(_PAGE)

    def _read(self, many: int) -> None:
        library, store = self._keeping.screen.library, self._keeping.screen.store
        known = self._titles

        def work() -> tuple[list[Past], dict[str, str]]:
            past = store.history(many)
            keys = {key for each in past for key in each.papers}.difference(known)
            return past, known | _titles(library, store, keys)

        self._keeping.screen.working.start(
            work, self._read_on, group="history", what="The history", lane=PAPER
        )

    def _read_on(self, found: tuple[list[Past], dict[str, str]]) -> None:
        """Show what was read; the cursor stays on its change."""
        if not self.is_mounted:
            return
        past, self._titles = found
        listed = self.moved()
        at = listed.highlighted
        key = self._past[at].id if at is not None and at < len(self._past) else None
        self._whole = len(past) < _PAGE or len(past) == len(self._past)
        self._past = past
        self._show(next((place for place, each in enumerate(past) if each.id == key), 0))

    def _show(self, at: int) -> None:
        """Show the changes, each in one line, with the cursor at one of them."""
        listed = self.moved()
        width = listed.scrollable_content_region.width
        lines = [_line(each, self._titles, width) for each in self._past]
        listed.clear_options()
        if lines:
            listed.add_options([Option(line) for line in lines])
            listed.highlighted = at
        else:
            listed.add_option(Option(Content.styled("Nothing was changed yet.", "$dim"), disabled=True))

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        if self._past:
            self.call_after_refresh(lambda: self._show(self.moved().highlighted or 0))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """At the end of what was read, read on."""
        event.stop()
        if event.option_index == len(self._past) - 1 and not self._whole:
            self._read(len(self._past) + _PAGE)

    def action_undo(self) -> None:
        """Take the change under the cursor back."""
        past = self._here()
        if past is not None and not past.undone:
            self._keeping.undo(past.id, self._again)

    def action_redo(self) -> None:
        """Make it again."""
        past = self._here()
        if past is not None and past.undone:
            self._keeping.redo(past.id, self._again)

    def _here(self) -> Past | None:
        at = self.moved().highlighted
        return self._past[at] if at is not None and at < len(self._past) else None

    def _again(self) -> None:
        self._read(max(_PAGE, len(self._past)))


def _titles(library: Library, store: ReadingStore, keys: Collection[str]) -> dict[str, str]:
    """What papers are called: as the files have them, else as they were kept with lists."""
    found = {key: row.title or row.lead for key, row in library.rows(list(keys)).items()}
    return store.titles(keys) | found if len(found) < len(keys) else found


def _line(past: Past, titles: Mapping[str, str], width: int) -> Content:
    """When, what, and whether it was taken back: in so many cells."""
    try:
        when = datetime.fromisoformat(past.time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        when = past.time[:16]
    head = f"{clean(when)}  "
    elsewhere = "" if past.here else "  (on another machine)" if width >= _WIDE else "  (elsewhere)"
    behind = elsewhere + "  (undone)" * past.undone
    # What is cut may have lost a wide letter: a blank fills its place, which a quotation mark is not to follow.
    room = Line(
        max(width - cell_len(head + behind), _NARROW),
        cell_len,
        lambda text, most: shorten(text, most).rstrip(),
    )
    return Content.assemble(
        (head, "$dim"),
        (with_titles(past, titles, room), "strike $dim" if past.undone else ""),
        (behind, "$dim"),
    )
