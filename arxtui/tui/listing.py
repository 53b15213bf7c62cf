"""Answers a `View` with papers: from the library's search, or from a shelf. Runs in a worker thread."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from arxtui.library import UnknownPaper
from arxtui.tui.messages import PapersFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from arxtui.core.papers import Paper
    from arxtui.library import Library, LibraryError, Results
    from arxtui.library.verifying import Looking
    from arxtui.reading import ReadingStore
    from arxtui.tui.messages import Question
    from arxtui.tui.views import Papers, View


def answer(library: Library, store: ReadingStore, question: Question) -> PapersFound:
    """The answer to a question, with the rows that will be on screen: to show it, nothing has to be fetched.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading list cannot be read, or is gone.
    """
    began = monotonic()
    papers = find_papers(library, store, question.view, question.looking)
    position: int | None
    if question.top:
        first = papers.rows(0, 2 * question.page)
        return PapersFound(question, papers, 0, dict(enumerate(first)), monotonic() - began)
    position = papers.position(question.key) if question.key is not None else None
    around = position if position is not None else question.cursor if question.again else 0
    start = max(0, min(around, papers.total) - question.page)
    rows = dict(enumerate(papers.rows(start, around + question.page + 1), start))
    return PapersFound(question, papers, position, rows, monotonic() - began)


def find_papers(library: Library, store: ReadingStore, view: View, looking: Looking | None = None) -> Papers:
    """The papers that a view asks for.

    Args:
        library: where they are looked for.
        store: where the reading lists are.
        view: what is asked for.
        looking: to go on with, where texts have been looked through for it.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading list cannot be read, or is gone.
    """
    if view.shelf is not None:
        from arxtui.tui.shelves import from_shelf  # each import delays the first list

        return from_shelf(library, store, view, view.shelf, looking)
    if view.like is not None and not view.searching and view.sort in (None, "relevance"):
        return library.similar(view.like.key)
    return search_in(library, store, view, view.query, looking)


def search_in(
    library: Library, store: ReadingStore, view: View, query: str, looking: Looking | None = None
) -> Results:
    """Search the papers of the library that a view is narrowed to.

    Args:
        library: searched.
        store: where the reading lists are.
        view: its place, shelf or the paper whose like it shows, and its sort, count; its query does not.
        query: what to look for.
        looking: see `find_papers`.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading lists cannot be read.
    """
    keys = None
    if view.like is not None:
        keys = list(library.similar(view.like.key).keys())
    elif view.shelf is not None:
        keys = list(store.lookup(*view.shelf))
    if not query.strip():
        return library.search(sort=view.sort, place=view.place, keys=keys)
    from arxtui.tui.half_typed import search  # each import delays the first list

    return search(library, store, query, sort=view.sort, place=view.place, keys=keys, looking=looking)


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


def read_papers(
    library: Library,
    store: ReadingStore,
    keys: Sequence[str],
    unread: Callable[[str, LibraryError], None] | None = None,
) -> Iterator[Paper]:
    """Papers as `read_paper` has them, in the order of their keys; of one that nobody knows only its key is known.

    Args:
        library: what it knows of a paper counts more than what was kept of it.
        store: what is kept.
        keys: of the papers, each once; held in memory together.
        unread: is given the key of each paper that is in the library and can be read neither there nor in the store, and why.

    Raises:
        LibraryError: such a one is met, and nobody wants to be told.
        StoreError: the store cannot be read.
    """
    from arxtui.core.papers import Paper  # each import delays the first list

    errors: dict[str, LibraryError] = {}
    known = {paper.key: paper for paper in library.papers(keys, errors.__setitem__)}
    kept = store.papers(key for key in keys if key not in known)
    for key in keys:
        if (paper := known.get(key) or kept.get(key)) is None and (error := errors.get(key)) is not None:
            if unread is None:
                raise error
            unread(key, error)
        yield paper or Paper(key)
