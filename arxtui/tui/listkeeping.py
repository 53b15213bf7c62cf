"""Reading lists: what is on them, in which order, and the lists themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from arxtui.core.display import named
from arxtui.tui.actions import TREE
from arxtui.tui.listing import read_papers
from arxtui.tui.messages import Said
from arxtui.tui.rows import called
from arxtui.tui.views import BOOKMARKS, SORT_WORDS, Shelf, View, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arxtui.library import Library, LibraryError
    from arxtui.reading import ListInfo, ReadingStore
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.picker import Choice

_STORED = {
    "date": "date",
    "updated": "updated",
    "title": "title",
    "id": "identifier",
    "hand": "hand",
    "added": "added",
}
"""Sorts of the reader that a list can keep, and how the store calls them."""
_ORDER_WORDS = {
    "hand": "by hand, newest added first",
    "-hand": "by hand, reversed",
    **{
        sign + stored: SORT_WORDS[sign + sort]
        for sort, stored in _STORED.items()
        for sign in ("", "-")
        if sign + sort in SORT_WORDS
    },
}


def papers_words(keys: Sequence[str]) -> str:
    """`2401.00011` or `12 papers`."""
    return called(keys[0]) if len(keys) == 1 else plural(len(keys), "paper", "papers")


class ListKeeping:
    """Handles the actions of reading lists."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    # words

    def order_words(self, view: View) -> str:
        """The order of what a view lists: that of a reading list is kept with it."""
        known = self.screen.keeping.list_named(view.reading_list)
        if known is None or view.searching or view.sort is not None:
            return view.sort_words
        return _ORDER_WORDS[known.sort]

    def heading(self, view: View) -> str:
        """What is said of a reading list beside its name: its size and what it is for."""
        known = self.screen.keeping.list_named(view.reading_list)
        if known is None:
            return ""
        size = plural(known.size, "paper", "papers") + ", archived" * known.archived
        return f"{size}: {known.description}" if known.description else size

    # what is on them

    def do_bookmark(self) -> None:
        """Put papers on the list that `b` fills, or take them off where all are on it."""
        library, store = self.screen.library, self.screen.store

        def change(keys: list[str]) -> None:
            def work() -> Said:
                name = store.default_list()
                return _toggle(library, store, name, keys)

            self.screen.keeping.change(work)

        self.screen.selection.use(change)

    def do_lists(self) -> None:
        """Choose lists to put papers on, or take them off."""
        self.screen.selection.use(self._pick_lists)

    def _pick_lists(self, keys: list[str]) -> None:
        from arxtui.tui.picker import Choice, Picker  # each import delays the first list

        screen = self.screen
        library, store = screen.library, screen.store

        def choices() -> list[Choice]:
            found = []
            for each in store.lists():
                held = len(store.keys(each).intersection(keys))
                found.append(Choice(each.name, each.size, held, len(keys), each))
            return found

        def pick(chosen: list[Choice], then: Callable[[], None], refused: Callable[[str], None]) -> None:
            which = chosen[0].known or chosen[0].name
            screen.keeping.change(lambda: _toggle(library, store, which, keys), then, refused)

        Picker(screen, f"Lists of {papers_words(keys)}", "list", choices, pick).open()

    # their order

    def sort(self, sort: str) -> bool:
        """Sort the reading list that is shown, for good.

        Args:
            sort: as the actions call it.

        Returns:
            Whether this was for a list to do: not while something is looked for in it.
        """
        screen, view = self.screen, self.screen.view
        known = screen.keeping.list_named(view.reading_list)
        if sort in ("hand", "added") and (known is None or view.searching):
            screen.say("This order is of reading lists; choose one in the tree")
            return True
        if known is None or view.searching or sort not in _STORED:
            return False
        stored, store = _STORED[sort], screen.store
        if known.sort == stored and sort != "hand":
            stored = f"-{stored}"
        if store.read_only:
            return False

        def work() -> Said:
            store.sort_list(known, stored)
            return Said(f"{named(store.list_name(known))} is {_ORDER_WORDS[stored]} now; u undoes")

        if view.sort is not None:
            screen.ask(View(shelf=view.shelf), top=screen.showing.rests)
        screen.keeping.change(work)
        return True

    def do_sort_hand(self) -> None:
        """The order that was made by hand."""
        self.sort("hand")

    def do_sort_added(self) -> None:
        """Last added first."""
        self.sort("added")

    def do_entry_down(self) -> None:
        """Move papers, or in the tree a saved search, one down."""
        self._move(1)

    def do_entry_up(self) -> None:
        """Move papers, or in the tree a saved search, one up."""
        self._move(-1)

    def _move(self, step: int) -> None:
        screen, view = self.screen, self.screen.view
        known = screen.keeping.list_named(view.reading_list)
        branch = screen.file_tree.branch if screen.pane == TREE else None
        screen.status.pass_over()  # that there was no further way, say: now there may be one, which is seen and not told
        if branch is not None and branch.kind == "search":
            screen.saved.move(branch.name, step)
        elif known is None or view.searching:
            screen.say("Papers move in reading lists; choose one in the tree")
        elif view.sort is not None or known.sort != "hand":
            screen.say(f"{named(known.name)} is {self.order_words(view)}; after s h papers can be moved")
        else:
            store = screen.store

            def work(keys: list[str]) -> Said | None:
                order, wanted = [entry.key for entry in store.entries(known)], set(keys)
                moved = [key for key in order if key in wanted]
                if not moved:
                    what = "None of these papers is" if len(keys) > 1 else "This paper is not"
                    return Said(f"{what} on {named(store.list_name(known))}")
                others = [key for key in order if key not in wanted]
                # The first of them has only others above it: it goes one further among these.
                at = order.index(moved[0]) + step
                if not 0 <= at <= len(others):
                    return Said("No further: this is the " + ("end" if step > 0 else "top") + " of the list")
                if at == 0:
                    store.move(known, moved, before=others[0] if others else None)
                else:
                    store.move(known, moved, after=others[at - 1])
                return None

            screen.selection.use(lambda keys: screen.keeping.change(lambda: work(keys)))

    # the lists themselves

    @property
    def _here(self) -> str | None:
        """The list that is meant: under the cursor of the tree, else the one that is shown."""
        branch = self.screen.file_tree.branch
        if self.screen.pane == TREE:
            return (
                branch.shelf.name
                if branch is not None and branch.shelf and branch.shelf.kind == "list"
                else None
            )
        return self.screen.view.reading_list

    def _of_list(self, then: Callable[[ListInfo], None]) -> None:
        """Do something to the list that is meant now: another process may rename it while a name is typed."""
        known = self.screen.keeping.list_named(self._here)
        if known is None:
            self.screen.say("No reading list here; choose one in the tree")
        else:
            then(known)

    def do_new_list(self) -> None:
        """Make a list."""
        screen = self.screen

        def work(name: str) -> Said:
            screen.store.create(name)
            return Said(f"Made the list {named(name)}; B puts papers on it; u undoes")

        def go(name: str) -> None:
            # What is done next in the tree is to be done to this list.
            screen.file_tree.go_when_there("Reading lists", normalize("NFC", name))

        in_tree = screen.pane == TREE  # from the palette it may be made while papers are read
        screen.keeping.ask(
            "Name of the new list", "", "enter make it   esc cancel", work, go if in_tree else None
        )

    def do_rename_list(self) -> None:
        """Give a list another name."""
        screen = self.screen

        def ask(known: ListInfo) -> None:
            if known.name == BOOKMARKS:
                screen.say(f"The list {BOOKMARKS} keeps its name; c makes another list")
                return
            was = known.name

            def work(new: str) -> Said:
                nonlocal was
                was = screen.store.list_name(known)
                screen.store.rename_list(known, new)
                return Said(f"{named(was)} is named {named(new)} now; u undoes")

            title, note = f"Another name for {named(known.name)}", "enter rename   esc cancel"
            screen.keeping.ask(title, known.name, note, work, lambda new: self._follow(was, new))

        self._of_list(ask)

    def _follow(self, name: str, new: str) -> None:
        """Go on showing a list under its new name."""
        if self.screen.view.reading_list == name:
            self.screen.ask(replace(self.screen.view, shelf=Shelf("list", new)))

    def do_describe_list(self) -> None:
        """Say what a list is for."""
        store = self.screen.store

        def ask(known: ListInfo) -> None:
            def work(text: str) -> Said:
                store.describe_list(known, text)
                return Said(f"Described {named(store.list_name(known))}; u undoes")

            title, note = f"What {named(known.name)} is for", "enter done   esc cancel"
            self.screen.keeping.ask(title, known.description, note, work)

        self._of_list(ask)

    def do_archive_list(self) -> None:
        """Put a list away, or bring it back."""
        store = self.screen.store

        def change(known: ListInfo) -> None:
            if known.name == BOOKMARKS:
                self.screen.say(f"The list {BOOKMARKS} is always there; c makes one that can be archived")
                return

            def work() -> Said:
                if known.archived:
                    store.unarchive_list(known)
                    return Said(f"{named(store.list_name(known))} is back among the lists; u undoes")
                store.archive_list(known)
                return Said(
                    f"{named(store.list_name(known))} stands below Archived lists now, with all that is on it; u undoes"
                )

            self.screen.keeping.change(work)

        self._of_list(change)

    def do_default_list(self) -> None:
        """Have `b` fill this list."""
        store = self.screen.store

        def change(known: ListInfo) -> None:
            def work() -> Said:
                store.set_default_list(known)
                return Said(f"b puts papers on {named(store.list_name(known))} from now on; u undoes")

            self.screen.keeping.change(work)

        self._of_list(change)


def _toggle(library: Library, store: ReadingStore, which: str | ListInfo, keys: list[str]) -> Said:
    """Put papers on a list, or take them off where all are on it.

    The store is asked, not the screen: another process may have been quicker.
    """
    if isinstance(which, str):
        which = next((each for each in store.lists(archived=True) if each.name == which), which)
    if isinstance(which, str):
        name, present = which, set[str]()
    else:
        name, present = store.list_name(which), store.keys(which)
    if present.issuperset(keys):
        store.remove(which, keys)
        return Said(f"Took {papers_words(keys)} off {named(name)}; u undoes")
    missing = [key for key in keys if key not in present]
    unread: dict[str, LibraryError] = {}
    store.add(which, list(read_papers(library, store, missing, unread.__setitem__)))
    rest = len(keys) - len(missing)
    already = f" ({rest:,} there already)" if rest else ""
    bare = f"; {papers_words(list(unread))} could not be read: kept by identifier alone" if unread else ""
    return Said(f"Put {papers_words(missing)} on {named(name)}{already}{bare}; u undoes")
