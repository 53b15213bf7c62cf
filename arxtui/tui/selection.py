"""Which papers are selected, so that a change is made to all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.tui.actions import LIST
from arxtui.tui.background import SEARCH
from arxtui.tui.marks import Selected
from arxtui.tui.messages import Said
from arxtui.tui.views import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arxtui.library import Row
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.views import Papers

MOST = 100_000
"""Papers that can be selected: their keys are held in memory, and a change reads each of them."""
_CHUNK = 5_000


class Selection:
    """Handles the actions of the group Select. What is selected stays so while the list shows something else.

    A range is two places in the list until something is done with it: only then are its keys fetched.
    """

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        # A dictionary keeps the order in which papers were selected: it is that in which they come on a list.
        self._keys: dict[str, None] = {}
        self._anchor: tuple[int, str] | None = None

    @property
    def words(self) -> str:
        """How much is selected; empty where nothing is."""
        kept = f"{len(self._keys):,} selected" if self._keys else ""
        if self._span is None:
            return kept
        first, last = self._span
        return (
            f"{kept} and {last - first + 1:,} in the range" if kept else f"{last - first + 1:,} in the range"
        )

    @property
    def _span(self) -> tuple[int, int] | None:
        if self._anchor is None:
            return None
        cursor = self.screen.paper_list.cursor
        return min(self._anchor[0], cursor), max(self._anchor[0], cursor)

    # what the user can do

    def do_select(self) -> None:
        """Select the paper under the cursor, or no more, and go on; at the end of a range, select that."""
        key = self.screen.key
        if self._anchor is not None:
            self._take_range()
        elif key is None:
            self.screen.say("No paper here to select")
        else:
            if key in self._keys:
                del self._keys[key]
            elif len(self._keys) < MOST:
                self._keys[key] = None
            else:
                self.screen.say(f"{MOST:,} papers are selected, and no more can be")
                return
            self._show()
            self.screen.paper_list.step(1)

    def do_select_range(self) -> None:
        """Begin a range at the cursor, or end it there."""
        key = self.screen.key
        if self._anchor is not None:
            self._take_range()
        elif key is None:
            self.screen.say("No paper here to select")
        else:
            self._anchor = (self.screen.paper_list.cursor, key)
            self.screen.go_to(LIST)
            self._show()
            self.screen.say(
                "Select a range: move to its end, then v, or the key of what to do with it", lasting=True
            )

    def do_select_all(self) -> None:
        """Select all papers that are listed, or none of them where all are."""
        papers = self.screen.paper_list.papers
        self._anchor = None
        if papers is None or not papers.total:
            self.screen.say("No paper here to select")
        else:
            self._fetch(papers, 0, papers.total, self._take_all)

    def unwind(self) -> bool:
        """Give up the range, else the selection.

        Returns:
            Whether there was any.
        """
        if self._anchor is not None:
            self._anchor = None
        elif self._keys:
            self._keys = {}
        else:
            return False
        self._show()
        return True

    def use(self, then: Callable[[list[str]], None]) -> None:
        """Do something with the papers that are selected, or with the one under the cursor where none is.

        Args:
            then: is given their keys, at least one; not called where there is no paper.
        """
        papers, span = self.screen.paper_list.papers, self._span
        if span is not None and papers is not None:

            def taken(keys: list[str]) -> None:
                self._take(keys)
                then(list(self._keys))

            self._fetch(papers, span[0], span[1] + 1, taken)
        elif self._keys:
            then(list(self._keys))
        elif self.screen.key is not None:
            then([self.screen.key])
        else:
            self.screen.say("No paper here")

    # what happens to the list

    def moved(self) -> None:
        """The cursor stands elsewhere: a range grows or shrinks."""
        if self._anchor is not None:
            self._show()

    def relisted(self, papers: Papers, rows: Mapping[int, Row], *, again: bool) -> None:
        """The list shows other papers: a range goes on where it is the same list with news in it.

        Args:
            papers: what is shown now.
            rows: those at hand, by position.
            again: the same was asked for as before.
        """
        if self._anchor is None:
            return
        key = self._anchor[1]
        position = next((at for at, row in rows.items() if row.key == key), None) if again else None
        if position is None and again and self._anchor[0] < papers.total:
            position = self._anchor[0]
        self._anchor = (position, key) if position is not None else None
        self._show()

    # fetching

    def _fetch(self, papers: Papers, start: int, stop: int, then: Callable[[list[str]], None]) -> None:
        """Fetch the keys of a range."""

        def work() -> list[str] | Said:
            if stop - start > MOST:
                return Said(f"{stop - start:,} papers are too many to select; narrow the list to {MOST:,}")
            keys: list[str] = []
            for at in range(start, stop, _CHUNK):
                keys += [row.key for row in papers.rows(at, min(stop, at + _CHUNK)) if row.key]
            return keys

        self.screen.working.start(work, then, group="selection", what="Selecting", lane=SEARCH)

    def _take_range(self) -> None:
        papers, span = self.screen.paper_list.papers, self._span
        if papers is not None and span is not None:
            self._fetch(papers, span[0], span[1] + 1, self._take)

    def _take(self, keys: list[str]) -> None:
        self._anchor = None
        self._keys |= dict.fromkeys(keys)
        self._show()

    def _take_all(self, keys: list[str]) -> None:
        if self._keys.keys() >= set(keys):
            for key in keys:
                del self._keys[key]
            self.screen.say(f"{plural(len(keys), 'paper', 'papers').capitalize()} no longer selected")
        else:
            self._keys |= dict.fromkeys(keys)
            self.screen.say(f"Selected {plural(len(keys), 'paper', 'papers')}; esc gives the selection up")
        self._show()

    def _show(self) -> None:
        self.screen.paper_list.show_selected(Selected(frozenset(self._keys), self._span))
        self.screen.showing.show_status()
