"""Saved searches: folders of the tree that no disk has, on the keys 1 to 9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import clean, named
from arxtui.library import LibraryError
from arxtui.tui.background import ASIDE, KEEP
from arxtui.tui.half_typed import search
from arxtui.tui.messages import Said
from arxtui.tui.rows import shorten
from arxtui.tui.scope import scope_of
from arxtui.tui.views import View

if TYPE_CHECKING:
    from arxtui.reading import SavedSearch
    from arxtui.tui.main_screen import MainScreen

_KEYS = range(1, 10)
_PATIENCE = 2.0
"""Seconds for which texts are looked through for a number. Where that is not enough, there is none."""
_NAMED = 40
"""Characters of a name that is proposed."""


class Saved:
    """Handles the actions of saved searches, and counts what they find."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.searches: list[SavedSearch] = []
        self._counts: dict[str, int] = {}

    # what there is

    def read(self) -> None:
        """Read the saved searches anew."""
        self.screen.working.start(
            self.screen.store.searches,
            self._read,
            group="saved",
            what="The saved searches",
            lane=KEEP,  # where they are counted, that may take some seconds
            awaited=False,
        )

    def _read(self, searches: list[SavedSearch]) -> None:
        self.searches = searches
        self.screen.file_tree.show_searches(searches, self._counts)
        self.count()

    def count(self) -> None:
        """Count what they find now: papers have come or gone, or lists have changed."""
        library, store, searches = self.screen.library, self.screen.store, self.searches
        before = self._counts

        def work() -> dict[str, int]:
            counts = {}
            for each in searches:
                try:
                    found = search(library, store, each.query)
                    if found.looking is not None and not found.looking.done:
                        found.looking.seconds = _PATIENCE
                        found = search(library, store, each.query, looking=found.looking)
                    if found.looking is None or found.looking.done:
                        counts[each.query] = found.total
                except (
                    LibraryError
                ):  # whoever lists it is told; a search that takes long may just have been given up
                    if each.query in before:
                        counts[each.query] = before[each.query]
            return counts

        if searches:
            self.screen.working.start(
                work, self._counted, group="saved counts", what="Counting", lane=ASIDE, awaited=False
            )

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.screen.file_tree.show_searches(self.searches, counts)

    # what the user can do

    def do_saved(self, key: str = "") -> None:
        """List what the search on a key finds: one that was saved by the key before as well."""

        def show(searches: list[SavedSearch]) -> None:
            self._read(searches)
            found = next((each for each in searches if str(each.key) == key), None)
            if found is None:
                self.screen.say(f"No search on {key}: S saves the one that is listed")
            else:
                self.show(found.name, found.query)

        self.screen.working.start(
            self.screen.store.searches,
            show,
            group="saved on a key",
            what="The saved searches",
            after=self.screen.keeping.finish,
        )

    def show(self, name: str, query: str) -> None:
        """List what a saved search finds."""
        screen = self.screen
        screen.search_line.show(query)
        screen.file_tree.go_below("Searches", name)
        view = View(query=query, saved=name)
        if view != screen.view:
            screen.ask(view)

    def move(self, name: str, step: int) -> None:
        """Put a saved search one further down in the tree, or up; the keys stay in their order.

        Args:
            name: which.
            step: 1 or -1.
        """
        store = self.screen.store
        known = next((each for each in self.searches if each.name == name), None)

        def work() -> Said | None:
            found = store.searches()
            place = next((at for at, each in enumerate(found) if known and each.id == known.id), None)
            if place is None:
                return Said(f"There is no search {named(name)} any more")
            at = place + step
            if not 0 <= at < len(found):
                return Said("No further: this is the " + ("last" if step > 0 else "first") + " saved search")
            moved = found.pop(place)
            store.move_search(moved, before=found[at] if at < len(found) else None)
            return None

        self.screen.keeping.change(work)

    def do_save_search(self) -> None:
        """Ask for a name and save what is listed; where it is saved already, rename or remove that."""
        screen, store = self.screen, self.screen.store
        query = _whole_query(screen.view, several_roots=len(screen.names) > 1)
        if query is None:
            screen.say("There is no search to save; press / to search")
            return
        if errors := screen.view.understood.errors:
            screen.say(f"Not saved, for there is a mistake in it: {errors[0].message}", error=True)
            return
        known = next((each for each in self.searches if each.query == query), None)
        key = _free_key(self.searches)
        if known is not None:
            note = "another name renames it, none removes it   esc cancel"
            value, title = known.name, f"{named(known.name)} is saved"
        else:
            note = f"enter save, {f'on key {key}' if key else 'on no key: 1 to 9 are taken'}   esc cancel"
            if key is None:
                note += "\nTo free a key, list its search and press S: no name removes it"
            value, title = _name_for(screen.view), "Save this search as"

        def work(name: str) -> Said:
            if known is None:
                key = _free_key(store.searches())  # another process may have taken the one that was told
                store.save_search(name, query, key)
                return Said(f"Saved as {named(name)}" + (f": {key} lists it" if key else "") + "; u undoes")
            if not name:
                was = store.search_name(known)
                store.remove_search(known)
                return Said(f"Removed the search {named(was)}; u undoes")
            store.rename_search(known, name)
            return Said(f"The search is named {named(name)} now; u undoes")

        screen.keeping.ask(title, value, note, work)


def _free_key(searches: list[SavedSearch]) -> int | None:
    taken = {each.key for each in searches}
    return next((key for key in _KEYS if key not in taken), None)


def _whole_query(view: View, *, several_roots: bool) -> str | None:
    """What a view lists as a query; None where that is everything, or no query can say it."""
    from arxtui.core.queries import narrowed, write_value  # each import delays the first list

    query = view.query.strip()
    if view.like is not None:
        return None
    if view.place is not None and (view.place.path or several_roots):
        path = view.place_name.rstrip("/") if several_roots else view.place.path
        query = narrowed(query, f"path:{write_value('path', path)}")
    if view.shelf is not None:
        kind, name = view.shelf
        query = narrowed(query, f"{kind}:{write_value(kind, name)}")
    return query if View(query=query).searching else None


def _name_for(view: View) -> str:
    """A name to propose: the query as it was typed, else where."""
    return shorten(clean(view.query.strip() or ", ".join(scope_of(view).conditions)), _NAMED)
