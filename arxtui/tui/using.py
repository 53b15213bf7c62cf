"""What can be done with one paper: open, copy, look where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.papers import Occurrence, Paper
from arxtui.library import LibraryError
from arxtui.tui.listing import read_paper
from arxtui.tui.messages import CopyReady, Said, VariantsRead
from arxtui.tui.views import View

if TYPE_CHECKING:
    from arxtui.core.papers import Entry
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.twins import Twin

COMPARED = 50
"""Occurrences whose texts are compared; each is read from its file."""


class Using:
    """Handles the actions of the groups Paper and Copy."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_all_authors(self) -> None:
        """Show all names, or fold them."""
        self.screen.detail.toggle_authors()

    def do_open_page(self) -> None:
        """Open the abstract page."""
        self._browse("abstract_url", "page")

    def do_open_pdf(self) -> None:
        """Open the PDF."""
        self._browse("pdf_url", "PDF")

    def _browse(self, which: str, what: str) -> None:
        screen = self.screen
        url = None if screen.key is None else getattr(Paper(key=screen.key), which)
        if url is None:
            screen.say(
                f"No {what}: this paper has no arXiv identifier" if screen.key else f"No paper, no {what}"
            )
        else:
            import webbrowser  # each import delays the first list

            try:
                webbrowser.get()
            except webbrowser.Error:
                screen.say(f"No browser was found for {url}; y u copies the link", error=True)
                return
            screen.app.open_url(url)
            screen.say(f"Opening {url}")

    def do_copy_id(self) -> None:
        """Copy the identifier."""
        self._copy("copy_id")

    def do_copy_link(self) -> None:
        """Copy the link."""
        self._copy("copy_link")

    def do_copy_bibtex(self) -> None:
        """Copy the BibTeX entry."""
        self._copy("copy_bibtex")

    def do_copy_title(self) -> None:
        """Copy the title."""
        self._copy("copy_title")

    def do_copy_citation(self) -> None:
        """Copy the citation."""
        self._copy("copy_citation")

    def _copy(self, action: str) -> None:
        from arxtui.tui.links import COPIES  # each import delays the first list

        screen = self.screen
        key = screen.key
        library, store = screen.library, screen.store
        if key is None:
            screen.say("No paper here to copy from")
            return

        def work() -> CopyReady | Said:
            paper = read_paper(library, store, key)
            text = COPIES[action].make(paper, store) if paper is not None else None
            return (
                CopyReady(text, COPIES[action].what)
                if text
                else Said(f"This paper has no {COPIES[action].what}")
            )

        screen.working.start(work, self._copied, group="copy", what="Copying")

    def _copied(self, ready: CopyReady) -> None:
        """Hand the text to the terminal, which does not say whether it took it."""
        self.screen.app.copy_to_clipboard(ready.text)
        self.screen.say(f"The {ready.what} was sent to the terminal's clipboard")

    def do_occurrences(self) -> None:
        """Show where the paper stands."""
        screen = self.screen
        key, library, store = screen.key, screen.library, screen.store
        if key is None:
            screen.say("No paper here")
            return

        def work() -> Paper | Said:
            paper = read_paper(library, store, key)
            if paper is None or not paper.occurrences:
                return Said("This paper stands in none of the open files")
            return paper

        screen.working.start(work, self._occurrences_read, group="occurrences", what="The paper")

    def _occurrences_read(self, paper: Paper) -> None:
        """Open the list of occurrences; compare the texts meanwhile."""
        # Imported here, for each import delays the first list.
        from arxtui.tui.occurrences_screen import OccurrencesScreen
        from arxtui.tui.variants import differences

        screen, library = self.screen, self.screen.library

        def work() -> VariantsRead:
            found: list[tuple[Occurrence, Entry]] = []
            unread: list[Occurrence] = []
            for occurrence in paper.occurrences[:COMPARED]:
                try:
                    found.append((occurrence, library.entry(occurrence)))
                except LibraryError:
                    unread.append(occurrence)
            return VariantsRead(paper.key, differences(found), unread)

        def leave(chosen: Occurrence | Twin | None) -> None:
            if isinstance(chosen, Occurrence):
                screen.moving.to_occurrence(chosen, paper.key)
            elif chosen is not None:
                screen.search_line.show("")
                screen.finding.lead(View(), key=chosen.key)

        def decide(twin: Twin, verdict: str) -> None:
            screen.twins.decide(paper.key, twin, verdict)

        screen.app.push_screen(OccurrencesScreen(paper, screen.names, decide), leave)
        screen.twins.look()
        screen.working.start(
            work, self._variants_read, group="variants", what="Comparing the texts", awaited=False
        )

    def _variants_read(self, read: VariantsRead) -> None:
        """Show the comparison, if its screen is still there."""
        from arxtui.tui.occurrences_screen import OccurrencesScreen

        top = self.screen.app.screen
        if isinstance(top, OccurrencesScreen) and top.paper.key == read.key:
            top.show_variants(read.differences, read.unread)
