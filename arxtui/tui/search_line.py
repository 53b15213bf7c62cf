"""What happens in the search line: the list narrows as one types, its end is completed, earlier searches come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import Input

from arxtui.library import LibraryError
from arxtui.tui.actions import LIST
from arxtui.tui.background import ASIDE
from arxtui.tui.search_bar import OFFERED
from arxtui.tui.search_history import NAME, Recall, SearchHistory
from arxtui.tui.views import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from arxtui.core.queries.completing import Completing
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.views import Papers

DEBOUNCE = 0.03
"""Seconds after the last letter before the search is asked."""

_LONGEST_REST = 0.3
"""The same where the last search took as long."""

STILL = 0.25
"""Seconds after an answer without papers before it is asked why: who types on need not know."""

_SHORTEST = 2
"""Letters from which fields and operators are offered: one letter is the beginning of any word."""
_KNOWN_TO_OTHERS = ("author", "category", "path", "list", "tag")
"""Fields whose values the library or the reading store knows."""


class SearchLine:
    """Asks for what is typed, and for what it may become."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._timer: Timer | None = None
        self._history = SearchHistory(screen.store.path.with_name(NAME))
        self._recall = Recall()
        self._offered: Sequence[str] = ()
        self._origin: tuple[str | None, int] | None = None
        self._read = False  # what is amiss with the search
        self._wondering: Timer | None = None
        self._why = (View(), "")  # what nothing was found for, and why

    def start(self) -> None:
        """Read the earlier searches."""
        self.screen.working.start(
            self._history.read,
            self._remember,
            group="history",
            what="The earlier searches",
            lane=ASIDE,
            awaited=False,
        )

    def _remember(self, entries: list[str]) -> None:
        self._recall.entries = entries

    # typing

    def opened(self) -> None:
        """The line was opened: escape will lead back to where the cursor is now."""
        screen = self.screen
        self._recall.begin()
        screen.search_bar.take_up()
        screen.status.pass_over()
        self._read = False
        key = screen.key
        # The cursor that was never moved has no paper to go back to.
        place = (None, 0) if screen.showing.rests else (key, screen.paper_list.screen_row)
        self._origin = None if key is None or screen.view.query else place

    def typed(self, query: str) -> None:
        """The line says something else now."""
        self.still()
        self.screen.status.pass_over()
        # To understand a query takes longer the longer it is: of keys that come fast, after the last.
        # What takes long to find is not begun in each short break, only to be given up.
        rest = max(DEBOUNCE, min(self.screen.showing.took, _LONGEST_REST))
        self._timer = self.screen.set_timer(rest, lambda: self._rested(query))

    def _rested(self, query: str) -> None:
        """Nothing was typed for a moment."""
        if query != self.screen.search_bar.value:
            return  # its timer was stopped when it had gone off already: something else is typed, or nothing any more
        self._timer = None
        self.show_hint()
        if query != self.screen.view.query:
            self.ask(query)

    def found(self, papers: Papers) -> None:
        """A search is answered. Where it finds nothing, the user is told why once nothing more is typed.

        Args:
            papers: the answer.
        """
        view = self.screen.view
        if self._wondering is not None:
            self._wondering.stop()
        unfinished = papers.looking is not None and not papers.looking.done
        if papers.total or unfinished or not view.searching:
            if self._why[1]:
                self._explained((view, ""))
            return

        def work() -> tuple[View, str]:
            try:
                return view, papers.why()
            except LibraryError:
                return view, ""  # given up for another search

        self._wondering = self.screen.set_timer(
            STILL,
            lambda: self.screen.working.start(
                work, self._explained, group="why", what="The reason", lane=ASIDE, awaited=False
            ),
        )

    def _explained(self, why: tuple[View, str]) -> None:
        self._why = why
        self.show_hint()

    def still(self) -> None:
        """What was typed last need not be asked for any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def ask(self, query: str, origin: tuple[str | None, int] | None = None) -> None:
        """Narrow the list to a query.

        Args:
            query: as typed.
            origin: the paper to put the cursor on, or None for the first, and the line of the screen to show it on.
        """
        view = self.screen.view
        view = replace(view, query=query, saved=view.saved if query == view.query else None)
        if view.sort in ("relevance", "-relevance") and not view.searching:
            view = replace(view, sort=None)
        key, row = origin or (None, None)
        top = key is None if origin is not None else bool(query.strip())
        self.screen.showing.ask(view, key=key, row=row, top=top)

    def accept(self) -> None:
        """Leave the line for the list and keep the query."""
        self.leave()
        self.screen.go_to(LIST)

    def leave(self) -> None:
        """The query stands now as it is typed, with what it has found, and is one of the earlier searches."""
        screen = self.screen
        self.still()
        query = screen.search_bar.value
        screen.show_search(False)
        if query != screen.view.query:
            self.ask(query)
        self._origin = None
        self._keep(query)

    def show(self, query: str) -> None:
        """Have the line say what is listed, without asking for it."""
        with self.screen.search_bar.prevent(Input.Changed):
            self.screen.search_bar.put(query)
        self.still()

    def clear(self) -> None:
        """Leave the line, and list what was listed before there was a query.

        Where that was not kept, the cursor is where it was before, too; else it stays on the paper that was found.
        """
        self.show("")
        origin, self._origin = self._origin, None
        self.screen.show_search(False)
        if self.screen.view.saved:
            self.screen.file_tree.go_all()
        if origin is not None and (self.screen.view.query or self.screen.key != origin[0]):
            self.ask("", origin)
        elif self.screen.view.query:
            self.ask("")

    # earlier searches

    def _keep(self, query: str) -> None:
        self._recall.begin()
        if query.strip():
            history = self._history
            self.screen.working.start(
                lambda: history.add(query),
                self._remember,
                group="history",
                what="The search",
                lane=ASIDE,
                awaited=False,
            )

    def recall(self, back: int) -> bool:
        """Put an older (1) or newer (-1) search into the line.

        Returns:
            Whether there is one, or there was: whoever steps through them goes on typing at their end.
        """
        bar = self.screen.search_bar
        text = self._recall.step(back, bar.value)
        if text is not None:
            bar.put(text)
        return text is not None or self._recall.walked

    # completion and hints

    async def propose(self, what: Completing) -> list[str]:
        """What is typed at the end of the line may become these."""
        if what.kind == "word" and len(what.beginning) < _SHORTEST:
            return []
        if what.kind in _KNOWN_TO_OTHERS:
            return await self.screen.working.background.run(lambda: self._known(what), ASIDE)
        from arxtui.core.queries.completing import choices  # each import delays the first list

        return choices(what)

    def _known(self, what: Completing) -> list[str]:
        library, store = self.screen.library, self.screen.store
        if what.kind not in ("list", "tag"):
            found = library.complete(what.kind, what.beginning, OFFERED)
        else:
            names = [each.name for each in (store.lists() if what.kind == "list" else store.tags())]
            found = [name for name in names if name.casefold().startswith(what.beginning.casefold())]
        # What is typed already is a value like the others, but nothing to offer alone.
        return [] if [name.casefold() for name in found] == [what.beginning.casefold()] else found

    def offered(self, values: Sequence[str]) -> None:
        """The end of the line can be completed, or no longer."""
        self._offered = values
        if self._timer is None:
            self.show_hint()

    def move_on(self) -> None:
        """The user looks at what was found: what is amiss with the search need not be told any more."""
        if not self._read:
            self._read = True
            self.show_hint()

    def show_hint(self) -> None:
        """Say below the line what its end may become, or else what is amiss with it."""
        screen = self.screen
        if screen.searching and self._offered:
            screen.headings.show_offers(self._offered, key="tab")
        else:
            query = screen.search_bar.value if screen.searching else "" if self._read else screen.view.query
            view, why = self._why
            asked = why and view == screen.view and query.strip() == view.query.strip()
            screen.headings.show_hint("; ".join(filter(None, (_amiss(query), why if asked else ""))))


def _amiss(query: str) -> str:
    """What there is to say of a query that was typed."""
    return "; ".join(hint.message for hint in View(query=query).understood.hints) if query else ""
