"""Searches as they are typed: the last word may go on, and so may names of lists and tags. Runs in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import clean

if TYPE_CHECKING:
    from collections.abc import Collection

    from arxtui.library import Library, Place, Results
    from arxtui.library.verifying import Looking
    from arxtui.reading import ReadingStore

_TOLD = 3
"""Names that are told."""


def search(
    library: Library,
    store: ReadingStore,
    query: str,
    *,
    sort: str | None = None,
    place: Place | None = None,
    keys: Collection[str] | None = None,
    looking: Looking | None = None,
) -> Results:
    """Search a library as `Library.search` does.

    The last word may go on, also once the search is kept: what was found by its beginning must not vanish then.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading lists cannot be read.
    """
    lookup = HalfTyped(store)
    results = library.search(
        query, sort=sort, place=place, keys=keys, lookup=lookup, typing=True, looking=looking
    )
    results.note = "; ".join(filter(None, (*lookup.notes, results.note))) or None
    return results


class HalfTyped:
    """Answers what a search asks of the reading store. A name that nothing has stands for all that begin so.

    Args:
        store: the reading store.

    Attributes:
        notes: what was understood so, a clause each.
    """

    def __init__(self, store: ReadingStore) -> None:
        self._store = store
        self.notes: list[str] = []

    def __call__(self, kind: str, value: str) -> Collection[str]:
        """See `Library.search`; raises StoreError where the store cannot be read."""
        found = self._store.lookup(kind, value)
        if found or kind not in ("list", "tag"):
            return found
        names = [each.name for each in (self._store.lists() if kind == "list" else self._store.tags())]
        typed = value.strip().casefold()
        begun = [name for name in names if name.casefold().startswith(typed)]
        if typed in (name.casefold() for name in begun):
            return found  # it is empty
        told = ", ".join(map(clean, begun[:_TOLD])) + (" …" if len(begun) > _TOLD else "")
        note = f"{kind}:{clean(value)} means {told}" if begun else f"no {kind} is named {clean(value)}"
        if note not in self.notes:
            self.notes.append(note)
        return dict.fromkeys(key for name in begun for key in self._store.lookup(kind, name)).keys()
