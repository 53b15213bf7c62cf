"""What takes more than a moment to look through: the first papers are listed, and the search goes on behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.tui.background import SEARCH
from arxtui.tui.listing import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer
    from textual.worker import Worker

    from arxtui.library.verifying import Looking
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.messages import PapersFound, Question

REST = 0.4
"""Seconds without a new search after which more is looked through: who types on is not held up by it."""

_FIRST, _LONGEST = 1.0, 16.0
"""Seconds between two lists: each takes twice as long as the one before, for the more is found, the longer it takes to list."""

_TOLD = 0.5
"""Seconds after which it is told anew how far that is."""


class LookingOn:
    """Looks through all texts for the search that is listed, until it is told to stop.

    Args:
        screen: the reader's.
        found: takes each list, which holds more than the one before.

    Attributes:
        listed: how far texts have been looked through for what is listed; None where there was no need to.
    """

    def __init__(self, screen: MainScreen, found: Callable[[PapersFound], None]) -> None:
        self._screen, self._found = screen, found
        self.listed: Looking | None = None
        self._looking: Looking | None = None
        self._question: Question | None = None
        self._rest: Timer | None = None
        self._teller: Timer | None = None
        self._step: Worker[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether it goes on."""
        return self._teller is not None

    @property
    def at_least(self) -> bool:
        """Whether there may be more papers than are listed."""
        return self.listed is not None and not self.listed.done

    @property
    def known(self) -> Looking | None:
        """What is known of the texts for what is listed: for the same in another order, or fewer of it."""
        return None if self.listed is None else self.listed.again()

    def go_on(self, question: Question, looking: Looking) -> None:
        """Look through more, and list it.

        Args:
            question: what to answer.
            looking: how far the last answer to it has come.
        """
        first = not self.busy
        looking.seconds = _FIRST if first else min(2 * (looking.seconds or _FIRST), _LONGEST)
        self._looking = looking
        if first:
            self._teller = self._screen.set_interval(_TOLD, self._screen.showing.show_status)
            self._rest = self._screen.set_timer(REST, lambda: self.ask(question, looking))
        else:
            self.ask(question, looking)

    def ask(self, question: Question, looking: Looking) -> None:
        """List what is found with what is known of the texts, and what `looking.seconds` bring yet; see `go_on`."""
        screen = self._screen
        library, store = screen.library, screen.store
        top, cursor = screen.showing.rests if question.again else question.top, screen.paper_list.cursor
        key = None if top else screen.key or question.key
        self._question = asked = question._replace(
            key=key, again=True, top=top, cursor=cursor, row=None, looking=looking
        )
        self._step = screen.working.start(
            lambda: answer(library, store, asked),
            self._found,
            group="looking on",
            what="The search",
            lane=SEARCH,
            awaited=False,
        )

    def end(self, generation: int) -> None:
        """Look no further, and list what was found since the last list: its step was cut off.

        Args:
            generation: of the last question.
        """
        looking, step, question = self._looking, self._step, self._question
        self.stop()
        self._screen.library.give_up_ordering()
        # Where all texts were looked through before, and the files have changed since, that list stays.
        if step is not None and question is not None and looking is not None and looking is self.listed:
            self.listed = looking.again()  # the step may not have noticed yet
            self.ask(question._replace(generation=generation, last=True), self.listed)

    def stop(self) -> None:
        """Nothing of this is wanted any more. Whoever calls this has the library give up as well."""
        for timer in (self._rest, self._teller):
            if timer is not None:
                timer.stop()
        if self._step is not None:
            self._step.cancel()
        if self._looking is not None:
            self._looking.seconds = (
                0.0  # for a step that begins just now, and is not given up with the others
            )
        self._rest = self._teller = self._step = None

    def ended(self, worker: Worker[None]) -> None:
        """A worker is through. Where it was the last step, and there is no next one, it has failed."""
        if worker is self._step:
            self.stop()

    @property
    def words(self) -> list[str]:
        """How far it is, from long to short; nothing where it does not go on."""
        looking = self._looking
        if looking is None or not self.busy:
            return []
        looked, total = min(looking.looked, looking.total), looking.total
        end = (
            "" if self._screen.searching else "; esc stops"
        )  # in the search line, it leads back to all papers
        part = f"{100 * looked // max(total, 1)} %"
        return [f"{looked:,} of {total:,} texts looked through{end}", f"{part} looked through{end}"]
