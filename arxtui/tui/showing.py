"""Keeps list, detail and status line in step with what is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arxtui.tui.listing import find_papers, read_paper
from arxtui.tui.messages import PaperRead, PapersFound, Question
from arxtui.tui.views import View, count_words, empty_words

if TYPE_CHECKING:
    from textual.timer import Timer

    from arxtui.library import Counts
    from arxtui.tui.file_tree import Branch
    from arxtui.tui.main_screen import MainScreen

FOLLOW = 0.06
"""Seconds the cursor rests on a paper before the paper is read: with `j` held, only the last one is."""


class Showing:
    """Asks for papers and shows the answers. The cursor stays on its paper wherever the answer holds it."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.view = View()
        self.counts: Counts | None = None
        self._generation = 0
        self._key: str | None = None
        self._follow: Timer | None = None

    def ask(self, view: View, *, key: str | None = None, again: bool = False, typed: bool = False) -> None:
        """List what a view asks for. Answers to earlier questions are dropped.

        Args:
            view: what to list.
            key: the paper to put the cursor on; None keeps it where it is.
            again: the same view after a change of the files: nothing moves that need not.
            typed: the query is being typed: the best matches stay in sight.
        """
        self._generation += 1
        self.view = view
        library, store = self.screen.library, self.screen.store
        question = Question(self._generation, view, key or self._key, again, typed)

        def work() -> PapersFound:
            papers = find_papers(library, store, view)
            position = papers.position(question.key) if question.key is not None else None
            return PapersFound(question, papers, library.counts(), position)

        self.screen.in_background(work, group="search", what="The search")

    def papers_found(self, found: PapersFound) -> None:
        """Show the answer to the last question."""
        question, papers, listing = found.question, found.papers, self.screen.paper_list
        if question.generation != self._generation:
            return
        self.counts = found.counts
        row: int | None = listing.screen_row if listing.total else None
        position = found.position
        if question.again and self._key not in (None, question.key):
            position = papers.position(self._key or "")  # the cursor moved on while the answer was on its way
        if question.typed and (position is None or position >= listing.page):
            position = 0
        if position is None:
            # The paper is not among these: start at the top, or stay at the place it has left.
            position = listing.cursor if question.again else 0
        elif question.typed:
            row = None
        listing.show(papers, position=position, screen_row=row)
        if not papers.total:
            roots = [str(root) for root in self.screen.library.roots]
            listing.show_empty(empty_words(question.view, roots, reading=self.screen.refreshing.running))
        self.screen.file_tree.show_total(found.counts.papers)
        self._remember()
        self._read_paper()
        self.show_title()
        self.show_status()
        if papers.note:
            self.screen.say(papers.note)

    def moved(self) -> None:
        """The cursor stands on another paper; read it when it rests there."""
        self._remember()
        self.show_status()
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.screen.set_timer(FOLLOW, self._read_paper)

    def _remember(self) -> None:
        # Kept while the list is empty, so that the cursor finds its paper again after a search without a match.
        self._key = self.screen.key or self._key

    def read_now(self) -> None:
        """Read the paper under the cursor at once, and let the next key wait for it."""
        self._read_paper(awaited=True)

    def _read_paper(self, *, awaited: bool = False) -> None:
        if self._follow is not None:
            self._follow.stop()
        screen, key = self.screen, self.screen.key
        if key is None:
            screen.detail.show(None, (), bookmarked=False)
            return
        library, store = screen.library, screen.store
        screen.in_background(
            lambda: PaperRead(key, read_paper(library, store, key)),
            group="paper",
            what="The paper",
            awaited=awaited,
        )

    def paper_read(self, read: PaperRead) -> None:
        """Show a paper, if the cursor still stands on it."""
        screen = self.screen
        if read.key == screen.key:
            screen.detail.show(
                read.paper, screen.paper_list.words, bookmarked=read.key in screen.keeping.bookmarked
            )
            screen.finding.paper_shown()

    def chosen(self, branch: Branch) -> None:
        """A node of the tree: narrow the list to it."""
        if branch.kind == "lists":
            return
        view = replace(
            self.view,
            place=branch.place,
            place_name=branch.name if branch.kind == "place" else "",
            reading_list=branch.name if branch.kind == "list" else None,
        )
        if view != self.view:
            self.ask(view)

    def show_title(self) -> None:
        """Say above the list what it shows."""
        view = self.view
        query = f"“{view.query.strip()}”" if view.searching else ""
        self.screen.show_list_title(" ".join(filter(None, (query, view.scope_words))))

    def show_status(self) -> None:
        """Say at the foot how much it shows, in which order, and where the cursor is."""
        if self.counts is None:
            return
        listing = self.screen.paper_list
        right = [self.screen.refreshing.words, self.view.sort_words]
        if listing.total:
            right.append(f"{listing.cursor + 1:,} of {listing.total:,}")
        first_time = not self.counts.papers and self.screen.refreshing.running
        left = "no papers yet" if first_time else count_words(self.view, listing.total, self.counts)
        self.screen.status.show(left, ", ".join(filter(None, right)))
