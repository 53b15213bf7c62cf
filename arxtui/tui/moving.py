"""Moving about: lines, pages, panes, files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arxtui.tui.actions import DETAIL, LIST, PANES, TREE
from arxtui.tui.background import TREE as TREE_LANE
from arxtui.tui.places import name_of, next_file, way_to

if TYPE_CHECKING:
    from arxtui.core.papers import Occurrence
    from arxtui.library import Place
    from arxtui.tui.detail import Detail
    from arxtui.tui.file_tree import FileTree
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.messages import FileFound
    from arxtui.tui.paper_list import PaperList


class Moving:
    """Handles the actions of the group Move."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    @property
    def _here(self) -> FileTree | PaperList | Detail:
        screen = self.screen
        if screen.pane == TREE:
            return screen.file_tree
        return screen.detail if screen.pane == DETAIL else screen.paper_list

    def do_down(self) -> None:
        """One down; in the search line, a newer search; where none was recalled, into the list."""
        if not self.screen.searching:
            self._here.step(1)
        elif not self.screen.search_line.recall(-1):
            self.screen.search_line.accept()

    def do_up(self) -> None:
        """One up; in the search line, an older search."""
        if self.screen.searching:
            self.screen.search_line.recall(1)
        else:
            self._here.step(-1)

    def do_half_down(self) -> None:
        """Half a page down."""
        self._here.step(max(1, self._here.page // 2), scroll=True)

    def do_half_up(self) -> None:
        """Half a page up."""
        self._here.step(-max(1, self._here.page // 2), scroll=True)

    def do_page_down(self) -> None:
        """A page down; from the search line, into the list."""
        if self.screen.searching:
            self.screen.search_line.accept()
        self._here.step(self._here.page, scroll=True)

    def do_page_up(self) -> None:
        """A page up."""
        self._here.step(-self._here.page, scroll=True)

    def do_first(self) -> None:
        """The top."""
        self._here.go_first()

    def do_last(self) -> None:
        """The bottom."""
        self._here.go_last()

    def do_detail_down(self) -> None:
        """Scroll the paper three lines."""
        self.screen.detail.step(3)

    def do_detail_up(self) -> None:
        """Scroll the paper back."""
        self.screen.detail.step(-3)

    def do_open(self) -> None:
        """One pane further in."""
        if self.screen.searching:
            self.screen.search_line.accept()
        elif self.screen.pane == TREE:
            self.screen.file_tree.choose()
        else:
            self.screen.go_to(DETAIL)

    def do_fold(self) -> None:
        """Unfold or fold the folder in the tree."""
        if self.screen.pane == TREE:
            self.screen.file_tree.action_toggle_node()

    def do_next_pane(self) -> None:
        """The pane to the right, round the corner; in the search line, what it offers, and never out of it."""
        if not self.screen.searching:
            self._pane(1, around=True)
        elif not self.screen.search_bar.complete():
            self.screen.say("Nothing to complete; enter keeps the search")

    def do_previous_pane(self) -> None:
        """The pane to the left, round the corner; in the search line, what stood there before it was completed."""
        if not self.screen.searching:
            self._pane(-1, around=True)
        elif not self.screen.search_bar.uncomplete():
            self.screen.say("Nothing was completed; enter keeps the search")

    def do_left(self) -> None:
        """The pane to the left; in the tree, the folder above."""
        if self.screen.pane == TREE:
            self.screen.file_tree.fold_or_rise()
        else:
            self._pane(-1)

    def do_right(self) -> None:
        """The pane to the right."""
        self._pane(1)

    def _pane(self, step: int, *, around: bool = False) -> None:
        at = PANES.index(self.screen.pane) + step
        if around:
            self.screen.go_to(PANES[at % len(PANES)])
        elif 0 <= at < len(PANES):
            self.screen.go_to(PANES[at])

    # files

    def do_next_file(self) -> None:
        """The papers of the next file."""
        self._file(1)

    def do_previous_file(self) -> None:
        """The papers of the file before."""
        self._file(-1)

    def _file(self, step: int) -> None:
        screen = self.screen
        library, place = screen.library, screen.view.place
        screen.working.start(
            lambda: next_file(library, place, step),
            self._file_found,
            group="files",
            what="Looking for the file",
            lane=TREE_LANE,
        )

    def to_place(self, place: Place, key: str | None) -> None:
        """Go to a file in the tree, narrow the list to it, and put the cursor on a paper."""
        library = self.screen.library
        self.screen.working.start(
            lambda: way_to(library, place, key),
            self._file_found,
            group="files",
            what="Looking for the file",
            lane=TREE_LANE,
        )

    def to_occurrence(self, occurrence: Occurrence, key: str) -> None:
        """Go to the file an occurrence stands in."""
        place = self.screen.library.place(occurrence)
        if place is None:
            self.screen.say(f"{occurrence.path} is not among the open files")
        else:
            self.to_place(place, key)

    def _file_found(self, found: FileFound) -> None:
        screen = self.screen
        if found.place is None:
            screen.say("No more files in this direction")
            return
        branch = screen.file_tree.reveal(found.chain, found.place)
        if branch is None:
            screen.say("The file is not in the tree any more; R reads again")
            return
        view = replace(
            screen.view,
            place=found.place,
            place_name=name_of(found.place, screen.names, is_folder=False),
            shelf=None,
            like=None,
        )
        if found.key is not None:
            # The paper may not match the search: what was asked for is to see it in its file.
            view = replace(view, query="", sort=None)
            screen.search_line.show("")
            screen.show_search(False)
            screen.go_to(LIST)
        screen.ask(view, key=found.key)
