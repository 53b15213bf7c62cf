"""Search, sort, hits, and the way back: the actions that change what the list shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arxtui.tui.actions import DETAIL, LIST, TREE
from arxtui.tui.views import View

if TYPE_CHECKING:
    from textual.timer import Timer

    from arxtui.tui.main_screen import MainScreen

DEBOUNCE = 0.03
"""Seconds after the last letter before the search is asked."""


class Finding:
    """Handles the actions of the groups Find and Sort."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._timer: Timer | None = None
        self._pending_hit = 0

    def typed(self, query: str) -> None:
        """The search line says something else now."""
        if self._timer is not None:
            self._timer.stop()
        if query != self.screen.view.query:
            self._timer = self.screen.set_timer(DEBOUNCE, lambda: self._ask(query))

    def _ask(self, query: str) -> None:
        view = replace(self.screen.view, query=query)
        if view.sort in ("relevance", "-relevance") and not view.searching:
            view = replace(view, sort=None)
        self.screen.ask(view, typed=view.searching)

    def do_search(self) -> None:
        """Open the search line with what was last looked for."""
        self.screen.show_search(True)

    def accept(self) -> None:
        """Leave the search line for the list and keep the query."""
        screen = self.screen
        if self._timer is not None:
            self._timer.stop()
        query = screen.search_bar.value
        if query != screen.view.query:
            self._ask(query)
        screen.show_search(False)
        screen.go_to(LIST)

    def _clear_query(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.screen.search_bar.value = ""
        self.screen.show_search(False)
        if self.screen.view.query:
            self._ask("")

    def do_back(self) -> None:
        """Undo the last narrowing: zoom, the one pane shown, the search, the place; never quits."""
        screen = self.screen
        if screen.zoomed:
            screen.zoom(False)
        elif screen.searching:
            self._clear_query()
            screen.go_to(LIST)
        elif screen.pane == DETAIL or (screen.pane == TREE and not screen.shows(DETAIL)):
            screen.go_to(LIST)
        elif screen.view.query:
            self._clear_query()
        elif screen.view.place is not None or screen.view.reading_list is not None:
            screen.file_tree.go_all()
            screen.ask(View(query=screen.view.query, sort=screen.view.sort))
        else:
            screen.say("Nothing to go back from; q quits")

    # sorting

    def _sort(self, sort: str) -> None:
        screen = self.screen
        if sort == "relevance" and not screen.view.searching:
            screen.say("Relevance needs a search: press / and type a word")
            return
        view = replace(screen.view, sort=screen.view.sorted_by(sort))
        screen.ask(view)

    def do_sort_date(self) -> None:
        """Newest first."""
        self._sort("date")

    def do_sort_updated(self) -> None:
        """Last updated first."""
        self._sort("updated")

    def do_sort_title(self) -> None:
        """A to Z."""
        self._sort("title")

    def do_sort_id(self) -> None:
        """By identifier."""
        self._sort("id")

    def do_sort_occurrences(self) -> None:
        """Most occurrences first."""
        self._sort("occurrences")

    def do_sort_relevance(self) -> None:
        """Best match first."""
        self._sort("relevance")

    # hits

    def do_next_hit(self) -> None:
        """The next match in the paper, else the next paper."""
        self._step(1)

    def do_previous_hit(self) -> None:
        """The match before, else the paper before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        screen = self.screen
        if not screen.view.searching:
            screen.say("Nothing is looked for; press / to search")
        elif self._pending_hit:
            return
        elif not screen.detail.step_hit(step):
            position = screen.paper_list.cursor + step
            if 0 <= position < screen.paper_list.total:
                self._pending_hit = step
                screen.paper_list.move_to(position)
                screen.showing.read_now()
            else:
                screen.say("No more matches" if step > 0 else "No matches before this")

    def paper_shown(self) -> None:
        """A paper has come into the detail pane: if `n` brought it, go to its match."""
        step, self._pending_hit = self._pending_hit, 0
        if step:
            self.screen.detail.step_hit(step)
