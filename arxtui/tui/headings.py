"""The lines above the panes: what is listed, what is amiss with the search, which match is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from arxtui.core.display import clean
from arxtui.tui.rows import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arxtui.tui.main_screen import MainScreen


_TALLEST = 4
"""Lines that a hint may take; the list needs the rest."""


class Headings:
    """Writes them, where they say something else than they do."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def show_list(self, scope: str) -> None:
        """Say above the list what it shows: the query and where it looks."""
        self._put("#list-title", _titled("Papers", clean(scope)))

    def show_paper(self, words: str) -> None:
        """Say above the paper which match is shown."""
        self._put("#detail-title", _titled("Paper", words))

    def show_scope(self, scope: str) -> None:
        """Say at the end of the search line what is searched, where that is not everything."""
        self.screen.query_one("#search-scope", Static).update(Content.styled(clean(scope), "$dim"))

    def show_hint(self, text: str) -> None:
        """Say something below the search line, in as many lines as it needs, up to a few."""
        hint = self.screen.query_one("#search-hint", Static)
        said = Content(clean(text))
        # What is amiss ends with the remedy, so that it may take more lines.
        width = hint.content_size.width
        tall = said.cell_length > width > 0
        if tall and len(lines := said.wrap(width)) > _TALLEST:
            last = shorten(f"{lines[_TALLEST - 1].plain.rstrip()} …", width)
            said = Content("\n").join([*lines[: _TALLEST - 1], Content(last)])
        hint.set_class(tall, "-tall")
        self._put("#search-hint", said, layout=tall)

    def show_offers(self, values: Sequence[str], *, key: str) -> None:
        """Say below the search line what a key makes of its end: as many values as fit, none of them cut but the first."""
        hint = self.screen.query_one("#search-hint", Static)
        hint.set_class(False, "-tall")
        lead, end = f"{key}  ", "  …"
        room = (hint.content_size.width or self.screen.size.width) - cell_len(lead)
        said = shorten(clean(values[0]), room)
        for at, value in enumerate(values[1:], 2):
            longer = f"{said}  {clean(value)}"
            if cell_len(longer) + cell_len(end) * (at < len(values)) > room:
                said = shorten(f"{said}{end}", room)
                break
            said = longer
        self._put("#search-hint", Content.assemble((lead, "bold"), said))

    def _put(self, where: str, text: Content, *, layout: bool = False) -> None:
        shown = self.screen.query_one(where, Static)
        if shown.content != text:
            # As wide as the pane whatever it says: no layout, but where it takes several lines.
            shown.update(text, layout=layout)


def _titled(title: str, words: str) -> Content:
    return Content.assemble(title, (f"  {words}" if words else "", "not bold $dim"))
