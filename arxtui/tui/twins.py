"""The same work under another identifier: offered, and what the user says of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arxtui.library import UnknownPaper
from arxtui.tui.background import ASIDE
from arxtui.tui.messages import Said
from arxtui.tui.rows import shown_identifier

if TYPE_CHECKING:
    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.tui.main_screen import MainScreen

SAME, DIFFERENT = "same", "different"


class Twin(NamedTuple):
    """A paper that may be the same work as another.

    Attributes:
        key: its key.
        title: its title, or the first words of its abstract, as in the file.
        verdict: what the user said: `same`, `different`, or None.
    """

    key: str
    title: str
    verdict: str | None


class TwinsFound(NamedTuple):
    """The twins of a paper, the most alike first."""

    key: str
    twins: tuple[Twin, ...]


def twins_of(library: Library, store: ReadingStore, key: str) -> TwinsFound:
    """Find what may be the same work as a paper. Runs in a worker thread.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: what the user said cannot be read.
    """
    try:
        rows = library.possibly_same(key)
    except UnknownPaper:
        return TwinsFound(key, ())  # only a reading list knows it
    return TwinsFound(
        key, tuple(Twin(row.key, row.title or row.lead, store.decision(key, row.key)) for row in rows)
    )


class Twins:
    """Looks for the twins of the paper that is shown, and keeps what is said of them."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def look(self) -> None:
        """Look for the twins of the paper in the detail pane."""
        library, store, paper = self.screen.library, self.screen.store, self.screen.detail.paper
        if paper is not None:
            key = paper.key
            self.screen.working.start(
                lambda: twins_of(library, store, key),
                self._found,
                group="twins",
                what="Looking for the same work",
                lane=ASIDE,
                awaited=False,
            )

    def _found(self, found: TwinsFound) -> None:
        from arxtui.tui.occurrences_screen import OccurrencesScreen  # each import delays the first list

        detail, top = self.screen.detail, self.screen.app.screen
        if detail.paper is not None and detail.paper.key == found.key:
            detail.show_twins(found.twins)
        if isinstance(top, OccurrencesScreen) and top.paper.key == found.key:
            top.show_twins(found.twins)

    def decide(self, key: str, twin: Twin, verdict: str) -> None:
        """Keep what the user says of two papers.

        Args:
            key: of one.
            twin: the other.
            verdict: `SAME` or `DIFFERENT`.
        """
        store, name = self.screen.store, shown_identifier(twin.key)

        def work() -> Said:
            store.decide(key, twin.key, verdict)
            what = "the same work as" if verdict == SAME else "another work than"
            return Said(f"{shown_identifier(key)} is {what} {name}; u undoes")

        self.screen.keeping.change(work)
