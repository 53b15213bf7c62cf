"""From the papers that are listed to others: some of them by year, file or list, and those that are like one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arxtui.core.display import clean
from arxtui.tui.background import ASIDE
from arxtui.tui.rows import shorten, shown_identifier
from arxtui.tui.scope import scope_of
from arxtui.tui.views import Like, View

if TYPE_CHECKING:
    from arxtui.tui.facets import Groups
    from arxtui.tui.main_screen import MainScreen

_NAMED = 40
"""Cells of a title that name a paper."""


class Exploring:
    """Handles the actions that lead on, and from which esc leads back."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_similar(self) -> None:
        """List the papers that are like this one."""
        screen, row = self.screen, self.screen.paper_list.row
        if row is None:
            screen.say("No paper here")
            return
        name = f"“{shorten(clean(row.title), _NAMED)}”" if row.title else shown_identifier(row.key)
        screen.search_line.show("")
        screen.finding.lead(View(like=Like(row.key, name)))

    def do_facets(self) -> None:
        """Count the papers by year, file and list."""
        from arxtui.tui.facets import count_groups  # each import delays the first list

        screen = self.screen
        library, store, view = screen.library, screen.store, screen.view
        looking = screen.showing.looking_on.known
        screen.working.start(
            lambda: (view, count_groups(library, store, view, looking)),
            self._counted,
            group="facets",
            what="Counting",
            lane=ASIDE,
        )

    def _counted(self, counted: tuple[View, Groups]) -> None:
        from arxtui.tui.facets_screen import FacetsScreen  # each import delays the first list

        screen, (view, groups) = self.screen, counted

        def leave(condition: str | None) -> None:
            if condition is not None:
                from arxtui.core.queries import narrowed  # each import delays the first list

                query = narrowed(view.query, condition)
                screen.search_line.show(query)
                screen.finding.lead(replace(view, query=query, saved=None))

        screen.app.push_screen(FacetsScreen(groups, scope_of(view)), leave)
