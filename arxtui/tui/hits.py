"""From match to match: within the paper, and on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.tui.actions import DETAIL

if TYPE_CHECKING:
    from arxtui.tui.main_screen import MainScreen

_PASSED = 20
"""Papers without a match to be shown that are passed over: what was found in them may be a category, or a file."""


class Hits:
    """Handles the actions that step through the matches."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._step = 0
        self._passed = 0

    def do_next_hit(self) -> None:
        """The next match in the paper, else in the next paper that has one."""
        self._go(1)

    def do_previous_hit(self) -> None:
        """The match before, else the last one of a paper before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        screen = self.screen
        if not screen.view.searching:
            screen.say("Nothing is looked for; press / to search")
        elif self._step:
            return  # the paper that it leads to is on its way
        elif not screen.detail.shows(screen.key, screen.paper_list.highlights):
            self._step, self._passed = (
                step,
                0,
            )  # the search has just changed, or the cursor: begin when it is shown
            screen.paper_pane.read(awaited=True)
        elif not self._in_paper(step):
            self._passed = 0
            self._next_paper(step)

    def _in_paper(self, step: int) -> bool:
        screen = self.screen
        if not screen.detail.step_hit(step):
            return False
        screen.status.pass_over()
        if not screen.shows(DETAIL):
            screen.go_to(DETAIL)
        self.tell()
        return True

    def _next_paper(self, step: int) -> None:
        screen = self.screen
        position = screen.paper_list.cursor + step
        if 0 <= position < screen.paper_list.total:
            self._step = step
            screen.paper_list.move_to(position)
            screen.paper_pane.read(awaited=True)
        else:
            screen.say("No more matches" if step > 0 else "No matches before this")

    def paper_shown(self) -> None:
        """A paper has come into the detail pane: if `n` brought it, go to its match, or on where it has none."""
        step, self._step = self._step, 0
        self.tell()
        if step and not self._in_paper(step) and self.screen.marks_words:
            self._passed += 1
            if self._passed < _PASSED:
                self._next_paper(step)

    def tell(self) -> None:
        """Say above the paper which match this is."""
        self.screen.headings.show_paper(self.screen.detail.hit_words)
