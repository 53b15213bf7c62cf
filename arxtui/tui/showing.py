"""Keeps list and status line in step with what is asked for."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from arxtui.tui.actions import DETAIL, TREE, of_papers
from arxtui.tui.background import SEARCH
from arxtui.tui.listing import answer
from arxtui.tui.looking_on import LookingOn
from arxtui.tui.messages import PapersFound, Question
from arxtui.tui.places import name_of
from arxtui.tui.scope import scope_of
from arxtui.tui.views import View, count_words, empty_words, few_words, foot_ways, problem_words, slow_ways

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual.timer import Timer
    from textual.worker import Worker

    from arxtui.library import Counts
    from arxtui.tui.branches import Branch
    from arxtui.tui.main_screen import MainScreen

SLOW = 0.3
"""Seconds after which the user is told that an answer takes its time."""

STANDS = 3.0
"""Seconds after which a list that is not brought up to date while papers are read says so."""


class Showing:
    """Asks for papers and shows the answers. The cursor stays on its paper wherever the answer holds it.

    But it goes to the first paper while a query is typed, and stays at the top, whatever comes there, until it is moved.
    """

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.view = View()
        self.counts: Counts | None = None
        self.took = 0.0
        self._generation = 0
        self._asking: Worker[None] | None = None
        self._slow: Timer | None = None
        self._told = self._again = False
        self._key: str | None = None
        self._listed = View()
        # How many papers there were when the list was asked for; the same of the one that is shown.
        self._known = self._as_of = 0
        self._since = 0.0
        self._age = ""
        self.looking_on = LookingOn(screen, self._papers_found)

    @property
    def asking(self) -> bool:
        """Whether the last question is not answered yet."""
        return self._asking is not None

    @property
    def waiting(self) -> bool:
        """Whether something else was asked for than what is still listed."""
        return self.asking and self.view != self._listed

    @property
    def rests(self) -> bool:
        """Whether the cursor stands at the top and nothing was done with the paper there: then it follows none."""
        screen = self.screen
        return screen.paper_list.rests and screen.pane != DETAIL and not screen.detail.scroll_offset.y

    def ask(
        self,
        view: View,
        *,
        key: str | None = None,
        row: int | None = None,
        again: bool = False,
        top: bool = False,
    ) -> None:
        """List what a view asks for. Answers to earlier questions are dropped.

        Args:
            view: what to list.
            key: the paper to put the cursor on; None keeps it where it is.
            row: the line of the screen to show that paper on; None keeps the cursor's.
            again: the same view after a change of the files: nothing moves that need not.
            top: the cursor goes to the first paper, whatever that is.
        """
        looking_on = self.looking_on
        if again and view == self.view and (self.waiting or looking_on.busy):
            self._again = True  # else what takes long would begin anew with each change, and never end
            return
        if again and view == self._listed and looking_on.at_least:
            return  # the user has stopped it
        reordered = not again and self._same_papers(view)
        stopped = reordered and looking_on.at_least and not looking_on.busy
        looking_on.stop()
        self._generation += 1
        self._known = self.screen.refreshing.papers
        if view != self.view:
            self.screen.status.pass_over()
        self.view = view
        library, store, listing = self.screen.library, self.screen.store, self.screen.paper_list
        top = top or (again and self.rests)
        # Where it is not laid out yet, more than enough.
        page = listing.page if listing.size.height else self.screen.app.size.height
        question = Question(
            self._generation,
            view,
            None if top else key or self._key,
            again,
            top,
            listing.cursor,
            page,
            row,
            looking_on.known if reordered else None,
            last=stopped,
        )
        # What was asked before is not waited for any more. It would hold up the new search, or the one after that.
        # After a change of the files, an order of all papers is of those before it.
        library.give_up_ordering(None if again else view.order)
        self._asking = self.screen.working.start(
            lambda: answer(library, store, question),
            self._papers_found,
            group="search",
            what="The search",
            lane=SEARCH,
            awaited=not again,
        )
        self._patient()
        self._slow = self.screen.set_timer(SLOW, self._tell)

    def give_up(self) -> None:
        """What was asked for last is not wanted any more: what is listed stays."""
        self._generation += 1
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self.looking_on.stop()
        self.screen.library.give_up_ordering()
        self.view = self._listed
        self.screen.search_line.show(self.view.query)
        self._patient()
        self.show_status()

    def look_no_further(self) -> None:
        """What was found in the texts so far is enough."""
        self._generation += 1
        self.looking_on.end(self._generation)
        self.show_status()

    def holds_up(self, action: str) -> bool:
        """Whether an action would act on papers that are listed but not asked for any more. The user is told why.

        Args:
            action: its id.
        """
        screen = self.screen
        if not self.waiting or screen.searching or screen.pane == TREE or not of_papers(action):
            return False
        screen.say(f"Still {self._doing.lower()}: the key did nothing; esc gives it up")
        return True

    def _tell(self) -> None:
        """The answer takes its time: say so."""
        self._told = self.waiting
        self.show_status()

    def _patient(self) -> None:
        """There is nothing to be told of the time that an answer takes."""
        if self._slow is not None:
            self._slow.stop()
        if self._told:
            self._told = False
            self.screen.status.pass_over()

    @property
    def _doing(self) -> str:
        return "Sorting" if self._same_papers(self.view) else "Searching"

    def _same_papers(self, view: View) -> bool:
        """Whether a view asks for what is listed, in another order at most."""
        return replace(view, sort=None) == replace(self._listed, sort=None)

    def begin(self, first: Future[PapersFound]) -> None:
        """Show the first list: at once where it is there already, as it most often is."""
        if first.done() and first.exception() is None:
            self._papers_found(first.result())
        else:
            self._asking = self.screen.working.start(
                first.result, self._papers_found, group="search", what="The search", lane=SEARCH
            )

    def ended(self, worker: Worker[None]) -> None:
        """A search is through, also where it failed and there is no answer."""
        self.looking_on.ended(worker)
        if worker is self._asking:
            self._asking = None
            self._patient()
            self.show_status()
            self._ask_again()

    def _ask_again(self) -> None:
        """Ask again where that was put off, and nothing is being looked for any more."""
        if self._again and not self.looking_on.busy:
            self._again = False
            self.ask(self.view, again=True)

    def _papers_found(self, found: PapersFound) -> None:
        """Show the answer to the last question."""
        question, papers, listing = found.question, found.papers, self.screen.paper_list
        if question.generation != self._generation:
            return
        looking_on, looking = self.looking_on, papers.looking
        unfinished = looking is not None and not looking.done
        if looking is not None and unfinished:
            if not question.last:
                looking_on.go_on(question, looking)
            if question.again and looking_on.listed not in (None, looking):
                return  # what is listed was found in all texts: it stays until the same is done again
        self.took = found.seconds
        self._listed = question.view
        self._as_of = max(self._known, 0 if self._listed.narrowed else papers.total)
        self._since = monotonic()
        self._patient()
        position = found.position
        if question.again and not (question.top and self.rests) and self._key not in (None, question.key):
            # The cursor moved on while the answer was on its way, most often to a paper close by.
            near = {row.key: at for at, row in found.rows.items()}
            if self._key not in near and papers.total:
                if looking is None:
                    self.ask(question.view, again=True)
                elif question.last:
                    looking_on.ask(question, looking)
                elif not unfinished:
                    looking_on.go_on(question, looking)
                return
            position = near.get(self._key or "")
        row = question.row
        if row is None and listing.total:
            row = listing.screen_row
        rests = question.top and (self.rests or not question.again)
        if position is None:
            # The paper is not among these: start at the top, or stay at the place it has left.
            position = listing.cursor if question.again else 0
            rests = not question.again
        elif rests:
            row = None
        listing.show(papers, position=position, screen_row=row, at_hand=found.rows, rests=rests)
        self.screen.selection.relisted(papers, found.rows, again=question.again)
        if not papers.total:
            roots = [str(root) for root in self.screen.library.roots]
            reading, counts = self.screen.refreshing.running, self.counts
            words = empty_words(question.view, roots, counts, reading=reading, at_least=unfinished)
            listing.show_empty(words)
        self._remember()
        if self.screen.painted:  # with the first list neither is needed, and would be imported
            self.screen.search_line.found(papers)
            self.screen.paper_pane.read()
        self.show_title()
        looking_on.listed = looking
        if not unfinished:
            looking_on.stop()
        self.show_status()
        self._ask_again()

    def read_counts(self) -> None:
        """Ask how much there is."""
        library = self.screen.library
        self.screen.working.start(
            lambda: (library.counts(), library.unfinished),
            self._counts_read,
            group="counts",
            what="The numbers",
            awaited=False,
        )

    def _counts_read(self, read: tuple[Counts, bool]) -> None:
        self.counts, self.screen.refreshing.unfinished = read
        self.show_status()

    def moved(self) -> None:
        """The cursor stands on another paper."""
        self._remember()
        self.show_status()
        self.screen.paper_pane.follow()

    def _remember(self) -> None:
        # Kept while the list is empty, so that the cursor finds its paper again after a search without a match.
        self._key = self.screen.key or self._key

    def chosen(self, branch: Branch) -> None:
        """A node of the tree: narrow the list to it."""
        if branch.is_heading:
            return
        if branch.kind == "search":
            self.screen.saved.show(branch.name, branch.query)
            return
        place, names = branch.place, self.screen.names
        name = name_of(place, names, is_folder=branch.is_folder) if place is not None else ""
        view = replace(
            self.view,
            place=branch.place,
            place_name=name,
            shelf=branch.shelf,
            like=None,
            query="" if self.view.saved else self.view.query,
            saved=None,
        )
        if view != self.view:
            self.screen.search_line.show(view.query)
            self.ask(view, top=self.rests)

    def show_title(self) -> None:
        """Say above the list what it shows."""
        heading = [str(scope_of(self._listed))]
        if self._listed.reading_list is not None:
            heading.append(self.screen.list_keeping.heading(self._listed))
        heading.append(self._age)
        self.screen.headings.show_list(", ".join(filter(None, heading)))

    @property
    def _age_words(self) -> str:
        """Of which papers the list is, where more have been read since: to list them anew may take long."""
        newer = self._as_of and self.screen.refreshing.papers > self._as_of and self._listed.shelf is None
        return f"as of {self._as_of:,} papers" if newer and monotonic() - self._since > STANDS else ""

    def show_status(self) -> None:
        """Say at the foot how much it shows, in which order, and where the cursor is."""
        age = self._age_words
        if age != self._age:
            self._age = age
            self.show_title()
        if self._told:
            self.screen.status.show(slow_ways(self._doing, self.screen.refreshing.words))
            return
        if self.counts is None:
            return
        listing, refreshing, view, counts = (
            self.screen.paper_list,
            self.screen.refreshing,
            self._listed,
            self.counts,
        )
        if not view.narrowed and listing.total > counts.papers:
            # The list was read a moment later.
            more = max(counts.occurrences, listing.total)
            counts = counts._replace(papers=listing.total, occurrences=more)
        at_least = self.looking_on.at_least
        few = few_words(view, listing.total, counts, at_least=at_least)
        said = [count_words(view, listing.total, counts, at_least=at_least), few]
        if counts.problems and not view.narrowed:
            said.insert(1, f"{few}, {problem_words(counts)}")
        selected = self.screen.selection.words
        if selected:
            said = [f"{selected}, {few}"]
        if not counts.papers and not listing.total and refreshing.running:
            said = ["no papers yet"]
        place = f"{listing.cursor + 1:,} of {listing.total:,}" if listing.total else ""
        order = self.screen.list_keeping.order_words(view)
        note = listing.papers.note if listing.papers is not None else None
        doing = self.looking_on.words or refreshing.words
        self.screen.status.show(foot_ways(said, doing, note, order, place))
