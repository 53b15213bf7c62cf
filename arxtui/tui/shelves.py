"""The papers of a reading list, of a tag, or of a state, those included that no open file holds. Runs in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.folding import fold
from arxtui.core.highlighting import Highlights
from arxtui.core.papers import Paper
from arxtui.library import Row
from arxtui.tui.half_typed import search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from arxtui.library import Library
    from arxtui.library.verifying import Looking
    from arxtui.reading import ReadingStore
    from arxtui.tui.views import Papers, Shelf, View

NOTHING = Highlights()
_LEAD = 200
"""Characters of the abstract and of the authors that a row holds, as in `library.Row`."""


def row_of(paper: Paper) -> Row:
    """The list row of a paper that the library does not know, from the record kept with the list."""
    return Row(
        key=paper.key,
        date=paper.date,
        title=paper.title,
        lead=" ".join((paper.abstract or "").split())[:_LEAD],
        authors=(paper.author_text or "")[:_LEAD] or None,
        updated=paper.updated,
        occurrences=len(paper.occurrences),
    )


class ListedPapers:
    """The papers of a reading list as the paper list wants them.

    Args:
        rows: all of them, in the order they are shown.
        highlights: what to highlight.
        note: something to tell the user, or None.
        looking: how far texts have been looked through for them.
        why: says why there is none.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        highlights: Highlights = NOTHING,
        note: str | None = None,
        looking: Looking | None = None,
        why: Callable[[], str] = str,  # str() is empty
    ) -> None:
        self._rows = list(rows)
        self._positions = {row.key: number for number, row in enumerate(self._rows)}
        self.total = len(self._rows)
        self.highlights = highlights
        self.note = note
        self.looking = looking
        self.why = why

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` up to `stop`."""
        return self._rows[start:stop]

    def position(self, key: str) -> int | None:
        """Where a paper stands, or None."""
        return self._positions.get(key)


def from_shelf(
    library: Library, store: ReadingStore, view: View, shelf: Shelf, looking: Looking | None = None
) -> Papers:
    """The papers of a shelf that a view asks for.

    Args:
        library: what it knows of a paper counts more than what was kept of it.
        store: where the shelf is.
        view: its query and sort.
        shelf: a list comes in its stored order, where the view asks for no other; anything else by date.
        looking: how far texts have been looked through, to go on with.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the shelf cannot be read, or is gone.
    """
    if shelf.kind == "list":
        entries = store.entries(shelf.name)
        keys, kept = [entry.key for entry in entries], {entry.key: entry for entry in entries}
        order = view.sort
    else:
        keys, kept = sorted(store.lookup(*shelf)), {}
        order = view.sort or "date"
    known = library.rows(keys)
    # Records are decoded only of papers that the library does not hold.
    others = [key for key in keys if key not in known]
    said = store.papers(key for key in others if key not in kept)
    papers = {key: kept[key].paper if key in kept else said.get(key) or Paper(key) for key in others}
    rows = {key: known.get(key) or row_of(papers[key]) for key in keys}
    if not view.searching:
        return ListedPapers(_sorted(rows.values(), order))
    found = search(library, store, view.query, keys=list(known), sort=view.sort, looking=looking)
    wanted = [fold(word) for word in view.query.split()]
    hits = {row.key: row for row in found.rows(0, found.total)}
    hits |= {key: rows[key] for key, paper in papers.items() if _holds(paper, wanted)}
    ordered = list(hits.values()) if view.sort in (None, "relevance") else _sorted(hits.values(), view.sort)
    return ListedPapers(ordered, found.highlights, found.note, found.looking, found.why)


def _holds(paper: Paper, wanted: Iterable[str]) -> bool:
    """Whether a paper that no index knows holds all words: plain substrings of the folded text."""
    text = fold(
        " ".join(filter(None, (paper.key, paper.title, paper.author_text, paper.abstract, paper.comments)))
    )
    return all(word in text for word in wanted)


_ORDERS: dict[str, tuple[Callable[[Row], object], bool]] = {
    "date": (lambda row: row.date, True),
    "updated": (lambda row: row.updated or "", True),
    "title": (lambda row: fold(row.title or row.lead), False),
    "id": (lambda row: row.key, False),
    "occurrences": (lambda row: row.occurrences, True),
}
"""What to sort by and whether the greatest comes first; relevance keeps the order the search gave."""


def _sorted(rows: Iterable[Row], sort: str | None) -> list[Row]:
    ordered = list(rows)
    name = (sort or "").removeprefix("-")
    if name in _ORDERS:
        by, greatest_first = _ORDERS[name]
        ordered.sort(key=by, reverse=greatest_first)  # type: ignore[arg-type]  # each key's values compare
    if sort is not None and sort.startswith("-"):
        ordered.reverse()
    return ordered
