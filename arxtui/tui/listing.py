"""Answers a `View` with papers: from the library's search, or from a reading list. Runs in a worker thread."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from arxtui.core.folding import fold
from arxtui.core.highlighting import Highlights
from arxtui.core.papers import Paper
from arxtui.library import Row, UnknownPaper
from arxtui.tui.messages import PapersFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from arxtui.library import Library, Results
    from arxtui.reading import ReadingStore
    from arxtui.tui.messages import Question
    from arxtui.tui.views import Papers, View

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
    """

    def __init__(
        self, rows: Sequence[Row], highlights: Highlights = NOTHING, note: str | None = None
    ) -> None:
        self._rows = list(rows)
        self._positions = {row.key: number for number, row in enumerate(self._rows)}
        self.total = len(self._rows)
        self.highlights = highlights
        self.note = note

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` up to `stop`."""
        return self._rows[start:stop]

    def position(self, key: str) -> int | None:
        """Where a paper stands, or None."""
        return self._positions.get(key)


def answer(library: Library, store: ReadingStore, question: Question) -> PapersFound:
    """The answer to a question, with the rows that will be on screen: to show it, nothing has to be fetched.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading list cannot be read, or is gone.
    """
    began = monotonic()
    papers = find_papers(library, store, question.view, typing=question.typing)
    position: int | None
    if question.typed:
        # Where the paper is not among the first, its place does not matter, and would take long to find.
        first = papers.rows(0, 2 * question.page)
        near = [row.key for row in first[: question.page]]
        position = near.index(question.key) if question.key in near else 0
        return PapersFound(question, papers, position, dict(enumerate(first)), monotonic() - began)
    position = papers.position(question.key) if question.key is not None else None
    around = position if position is not None else question.cursor if question.again else 0
    start = max(0, min(around, papers.total) - question.page)
    rows = dict(enumerate(papers.rows(start, around + question.page + 1), start))
    return PapersFound(question, papers, position, rows, monotonic() - began)


def find_papers(library: Library, store: ReadingStore, view: View, *, typing: bool = False) -> Papers:
    """The papers that a view asks for.

    Args:
        library: where they are looked for.
        store: where the reading lists are.
        view: what is asked for.
        typing: the query is being typed, so that its last word may go on.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading list cannot be read, or is gone.
    """
    if view.reading_list is not None:
        return _from_list(library, store, view, view.reading_list, typing=typing)
    if view.like is not None and not view.searching and view.sort in (None, "relevance"):
        return library.similar(view.like.key)
    return search_in(library, store, view, view.query, typing=typing)


def search_in(
    library: Library, store: ReadingStore, view: View, query: str, *, typing: bool = False
) -> Results:
    """Search the papers of the library that a view is narrowed to.

    Args:
        library: searched.
        store: where the reading lists are.
        view: its place, reading list or the paper whose like it shows, and its sort, count; its query does not.
        query: what to look for.
        typing: the query is being typed, so that its last word may go on.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading lists cannot be read.
    """
    keys = None
    if view.like is not None:
        keys = list(library.similar(view.like.key).keys())
    elif view.reading_list is not None:
        keys = list(store.keys(view.reading_list))
    return library.search(
        query, sort=view.sort, place=view.place, keys=keys, lookup=store.lookup, typing=typing
    )


def _from_list(library: Library, store: ReadingStore, view: View, name: str, *, typing: bool) -> Papers:
    kept = {entry.key: entry.paper for entry in store.entries(name)}
    known = library.rows(list(kept))
    rows = {key: known.get(key) or row_of(paper) for key, paper in kept.items()}
    if not view.searching:
        return ListedPapers(_sorted(rows.values(), view.sort))
    found = library.search(view.query, keys=list(known), sort=view.sort, lookup=store.lookup, typing=typing)
    wanted = [fold(word) for word in view.query.split()]
    hits = {row.key: row for row in found.rows(0, found.total)}
    for key, paper in kept.items():
        if key not in known and _holds(paper, wanted):
            hits[key] = rows[key]
    ordered = list(hits.values()) if view.sort in (None, "relevance") else _sorted(hits.values(), view.sort)
    return ListedPapers(ordered, found.highlights, found.note)


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


def read_paper(library: Library, store: ReadingStore, key: str) -> Paper | None:
    """The paper to show: as the library has it, else as a reading list keeps it, or None where nobody knows it.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading lists cannot be read.
    """
    try:
        return library.paper(key)
    except UnknownPaper:
        return store.paper(key)
