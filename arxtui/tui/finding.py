"""Search, sort, and the way back: the actions that change what the list shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arxtui.tui.actions import DETAIL, LIST, TREE
from arxtui.tui.trail import Step, Trail
from arxtui.tui.views import View

if TYPE_CHECKING:
    from arxtui.tui.main_screen import MainScreen


class Finding:
    """Handles the actions of the groups Find and Sort."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._trail = Trail()

    def lead(self, view: View, *, key: str | None = None) -> None:
        """List something else, with a way back to what is listed now.

        Args:
            view: what to list.
            key: the paper to put the cursor on; None keeps it where it is.
        """
        screen = self.screen
        self._trail.lead(Step(screen.view, screen.key), view)
        screen.ask(view, key=key, top=key is None and screen.showing.rests)
        screen.go_to(LIST)

    def do_search(self) -> None:
        """Open the search line with what was last looked for, for typing to replace."""
        self.screen.show_search(True)

    def do_back(self) -> None:
        """Undo the last narrowing: zoom, what is still looked for, selection, the one pane shown, the search, the place; never quits."""
        screen = self.screen
        if screen.zoomed:
            screen.zoom(False)
        elif screen.searching:
            screen.search_line.clear()
            screen.go_to(LIST)
        elif screen.showing.waiting:
            screen.showing.give_up()
        elif screen.showing.looking_on.busy:
            screen.showing.look_no_further()
        elif screen.selection.unwind():
            pass
        elif screen.pane == DETAIL or (screen.pane == TREE and not screen.shows(DETAIL)):
            screen.go_to(LIST)
        elif (step := self._trail.back(screen.view)) is not None:
            screen.search_line.show(step.view.query)
            screen.ask(step.view, key=step.key)
        elif screen.view.query:
            screen.search_line.clear()
        elif screen.view.narrowed:
            screen.file_tree.go_all()
            screen.ask(View(query=screen.view.query, sort=screen.view.sort))
        else:
            screen.say("Nothing to go back from; q quits")

    # sorting

    def _sort(self, sort: str) -> None:
        screen = self.screen
        if screen.list_keeping.sort(sort):
            return
        if sort == "relevance" and not screen.view.searching:
            screen.say("Relevance needs a search: press / and type a word")
            return
        view = replace(screen.view, sort=screen.view.sorted_by(sort))
        if view.understood.sort is not None:
            # It would count more than the key.
            query = str(replace(view.understood, sort=None)) if view.searching else ""
            view = replace(view, query=query, saved=None)
            screen.search_line.show(view.query)
        screen.ask(view, top=screen.showing.rests)

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
