"""The detail pane: one paper, scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from arxtui.core.highlighting import Highlights
from arxtui.tui.detail_text import detail_text
from arxtui.tui.kept import NOTHING_KEPT, Kept
from arxtui.tui.views import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from arxtui.core.papers import Paper
    from arxtui.tui.twins import Twin


class Detail(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Shows one paper and steps through the matches in it. It is given papers; it asks nobody.

    Args:
        names: what the opened folders are called.
    """

    def __init__(self, names: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id)
        self._names = names
        self.paper: Paper | None = None
        self._highlights = Highlights()
        self._hits: tuple[int, ...] = ()
        self._current = -1
        self._sought = False
        self._everyone = False
        self._kept = NOTHING_KEPT
        self._unread = ""
        self._twins: tuple[Twin, ...] = ()
        self._shown_width = 0

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="paper-text", markup=False)

    def show(
        self, paper: Paper | None, highlights: Highlights, kept: Kept = NOTHING_KEPT, *, unread: str = ""
    ) -> None:
        """Show a paper from its top; the same paper again stays where it is scrolled to.

        Args:
            paper: None clears the pane.
            highlights: what to mark.
            kept: what the reader keeps of it.
            unread: why there is no more of it than the list knows.
        """
        if (paper, highlights, kept, unread) == (self.paper, self._highlights, self._kept, self._unread):
            return
        same = paper is not None and self.paper is not None and paper.key == self.paper.key
        if not same:
            self._everyone = False
            self._twins = ()
        if not same or highlights != self._highlights:
            self._current = -1
        self.paper, self._highlights, self._kept, self._unread = paper, highlights, kept, unread
        self._draw()
        if not same:
            self.scroll_home(animate=False)

    def show_twins(self, twins: tuple[Twin, ...]) -> None:
        """Say which papers may be the same work."""
        if twins != self._twins:
            self._twins = twins
            self._draw()

    def toggle_authors(self) -> None:
        """Show all names of a long list, or fold it again."""
        self._everyone = not self._everyone
        self._draw()

    def step_hit(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match.

        Returns:
            Whether there was one.
        """
        if not self._hits:
            return False
        start = self._current if self._current >= 0 else (-1 if step > 0 else len(self._hits))
        if not 0 <= start + step < len(self._hits):
            return False
        self._current = start + step
        self._draw()
        self._see_hit()
        return True

    def _see_hit(self) -> None:
        """Scroll to the match that was gone to, as soon as the pane is on the screen: before, it has no lines."""
        height = self.scrollable_content_region.height
        self._sought = not height
        if height and 0 <= self._current < len(self._hits):
            line = self._hits[self._current]
            if not self.scroll_offset.y <= line < self.scroll_offset.y + height:
                self.scroll_to(y=max(0, line - height // 3), animate=False, force=True)

    def shows(self, key: str | None, highlights: Highlights) -> bool:
        """Whether it shows a paper, with these matches marked."""
        return self.paper is not None and self.paper.key == key and self._highlights == highlights

    @property
    def hit_words(self) -> str:
        """How many matches there are, and which one was gone to: `hit 3 of 7`."""
        total = len(self._hits)
        if self._current < 0 or not total:
            return plural(total, "hit", "hits") if total else ""
        return f"hit {self._current + 1:,} of {total:,}"

    @property
    def page(self) -> int:
        """Lines of a page, one less than the pane has, so that the eye finds its place again."""
        return max(1, self.scrollable_content_region.height - 1)

    def step(self, lines: int, *, scroll: bool = False) -> None:  # noqa: ARG002  (the panes move alike)
        """Scroll down by some lines, or up."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def go_first(self) -> None:
        """The top of the paper."""
        self.scroll_home(animate=False, force=True)

    def go_last(self) -> None:
        """The end of the paper."""
        self.scroll_end(animate=False, force=True)

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self._width() != self._shown_width:
            self._draw()
        if self._sought:
            self.call_after_refresh(self._see_hit)

    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _draw(self) -> None:
        text = self.query_one("#paper-text", Static)
        self._shown_width = self._width()
        if self.paper is None:
            self._hits = ()
            text.update(Content(""))
            return
        drawn = detail_text(
            self.paper,
            self._shown_width,
            self._highlights,
            self._names,
            everyone=self._everyone,
            current=self._current,
            kept=self._kept,
            twins=self._twins,
            unread=self._unread,
        )
        self._hits = drawn.hits
        text.update(drawn.content)
