"""A library: some folders and files, and the index of them."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from arxtui import paths
from arxtui.core.identifiers import parse_identifier
from arxtui.core.papers import Entry, Occurrence, Paper
from arxtui.library.catalogue import LINKING, NAME, Catalogue
from arxtui.library.errors import DamagedError, LibraryError, UnknownPaper, unusable
from arxtui.library.keeping import folder_for, identity, set_aside
from arxtui.library.listing import SORTS, Found, Scope, listed
from arxtui.library.results import Results
from arxtui.library.scanning import resolve_roots
from arxtui.library.tree import Tree, names_of
from arxtui.library.values import Counts, Facets, FileProblem, Place, Progress, Refreshed, Row, TreeNode

if TYPE_CHECKING:
    from arxtui.core.queries import Query
    from arxtui.library.exploring import Explorer
    from arxtui.library.finding import Finder
    from arxtui.library.textindex import TextIndex
    from arxtui.library.translating import Lookup
    from arxtui.library.verifying import Looking

_IN_CHILD_FROM = 4_000_000  # bytes to read; less is read before a child process would have started


def open_library(paths_: Sequence[str | os.PathLike[str]], *, cache_dir: Path | None = None) -> Library:
    """Open the library of some folders and files as its index knows it. `Library.refresh` reads the files.

    Args:
        paths_: folders, searched for text files at any depth, and files.
        cache_dir: where indexes are kept, instead of the user's cache directory.

    Raises:
        LibraryError: a path does not exist or cannot be read, or the index cannot be opened.
    """
    roots = resolve_roots(paths_)
    if not roots:
        raise LibraryError("no folder or file was named: name one")
    return Library(roots, folder_for(roots, cache_dir or paths.cache_dir()))


class Library:
    """Papers out of folders and files. Can be used from several threads; close it, or use it in a `with`.

    Args:
        roots: absolute paths, none within another.
        folder: where its index is.

    Attributes:
        roots: the same.
        folder: the same; another, where the index was deleted and is made again.
        root_names: what to call each of them; no two are called the same.
        notes: what the user should know of the index, a sentence each: that a damaged one is built again.

    Raises:
        LibraryError: the index cannot be opened.
    """

    def __init__(self, roots: tuple[Path, ...], folder: Path) -> None:
        self.roots = roots
        self.root_names = names_of(roots)
        self.notes: list[str] = []
        self.folder = folder
        self._left: list[Catalogue] = []  # other threads may still use what they were given of them
        self._turn = threading.Lock()
        try:
            self._open()
        except DamagedError as error:
            self._begin_anew(error)

    def _open(self) -> None:
        self._catalogue = Catalogue.in_folder(self.folder)
        self._file = identity(self.folder / NAME)
        self._text: TextIndex | None = None
        self._tree = Tree(self.root_names, self._catalogue)
        self._seen = self._catalogue.fact("stamp")

    @property
    def _index(self) -> TextIndex:
        """The text index, opened when it is first asked: to list papers takes the catalogue alone.

        Raises:
            LibraryError: it cannot be opened.
        """
        with self._turn:
            if self._text is None:
                from arxtui.library.textindex import TextIndex

                self._text = TextIndex.in_folder(self.folder)
            return self._text

    def _begin_anew(self, error: DamagedError) -> None:
        reason, aside = error.reason, set_aside(self.folder)
        self.notes.append(f"the index was damaged ({reason}): it is built again; the old one is in {aside}")
        self._open()

    def close(self) -> None:
        """Close the index. The library cannot be used afterwards."""
        for catalogue in (*self._left, self._catalogue):
            catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def refresh(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        should_pause: Callable[[], bool] | None = None,
        *,
        rebuild: bool = False,
    ) -> Refreshed:
        """Read what is new or has changed. Blocks.

        Much text is read in a child process. Where another program writes the index, this waits for that, and shows
        what it commits meanwhile. An index that was deleted is made again.

        Args:
            on_progress: called about ten times a second, from this thread. Where `papers` differs from the last time,
                there is something new to be seen.
            should_stop: asked as often; what was read by then is kept.
            should_pause: asked as often while a child process reads, which then waits.
            rebuild: forget the index first, and read everything.

        Raises:
            LibraryError: the index cannot be written.
        """
        should_stop, should_pause = should_stop or bool, should_pause or bool  # bool() is False
        if identity(self.folder / NAME) != self._file:
            self._left.append(self._catalogue)
            self.folder = folder_for(self.roots, self.folder.parents[1])
            self.notes.append("the index was deleted: it is made again from the files")
            self._open()
        try:
            return self._refresh(on_progress, should_stop, should_pause, rebuild=rebuild)
        except sqlite3.OperationalError as error:
            raise unusable(error, self.folder) from error
        except DamagedError as error:
            self._left.append(self._catalogue)
            self._begin_anew(error)
            return self._refresh(on_progress, should_stop, should_pause, rebuild=False)

    def _refresh(
        self,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool],
        should_pause: Callable[[], bool],
        *,
        rebuild: bool,
    ) -> Refreshed:
        # Not before it is needed: what reads files takes longer to import than the index to open.
        from arxtui.library.child import refresh_in_child
        from arxtui.library.refreshing import refresh_here, what_is_needed

        needed = what_is_needed(self.roots, self._catalogue, self._index)
        if not needed.anything and not rebuild:
            return Refreshed(0, 0, 0, 0, needed.unchanged)
        papers = -1

        def progressed(progress: Progress) -> None:
            nonlocal papers
            if progress.papers != papers:
                papers = progress.papers
                self._see_news()
            if on_progress is not None:
                on_progress(progress)

        try:
            if needed.bytes < _IN_CHILD_FROM and not rebuild:
                return refresh_here(self.roots, self._catalogue, self._index, progressed, should_stop)
            return refresh_in_child(
                self.roots, self.folder, progressed, should_stop, should_pause, rebuild=rebuild
            )
        finally:
            self._see_news()

    def follow(self) -> bool:
        """See what other programs have written to the index; costs next to nothing where there is nothing.

        Returns:
            Whether there was anything, so that what is shown may have to be asked for again.
        """
        if self._catalogue.fact("stamp") == self._seen:
            return False
        self._see_news()
        return True

    def _see_news(self) -> None:
        self._seen = self._catalogue.fact("stamp")
        if self._text is not None:
            self._text.follow(self._seen)
        self._tree.forget()

    def watch(self, stop: threading.Event) -> Iterator[None]:
        """Yields whenever something has changed below the roots, until `stop` is set.

        Raises:
            LibraryError: the system does not let so many folders be watched.
        """
        from arxtui.library.watching import watch_roots  # start-up is budgeted in imports

        return watch_roots(self.roots, stop)

    @property
    def unfinished(self) -> bool:
        """Whether the last refresh was cut off or goes on, so that papers of files that were known may be missing."""
        return self._catalogue.fact(LINKING) == "due"

    def counts(self) -> Counts:
        """How much there is."""
        return self._catalogue.counts()

    def search(
        self,
        query: str | Query = "",
        *,
        limit: int | None = None,
        offset: int = 0,
        sort: str | None = None,
        place: Place | None = None,
        keys: Collection[str] | None = None,
        lookup: Lookup | None = None,
        typing: bool = False,
        looking: Looking | None = None,
    ) -> Results:
        """Find papers.

        Args:
            query: in the search language of `docs/searching.md`, or what `arxtui.core.queries.parse` made of it.
            limit: how many papers iteration over the results goes through.
            offset: how many papers iteration leaves out first.
            sort: one of `SORTS`, `-` before it reverses; by default `relevance` for words and `date` for all. What
                the query itself says counts more.
            place: only papers that occur in this folder or file.
            keys: only these papers.
            lookup: answers what only the reading store knows, with keys: ("list", name), ("tag", name),
                ("note", words), ("is", "read"). Without it, no paper is in any list.
            typing: its last word may go on, and for regular expressions and capitals only the newest texts are read.
            looking: of the results of the same search, to read more texts for `looking.seconds`.

        Raises:
            ValueError: there is no such sort.
        """
        if sort is not None and sort.removeprefix("-") not in SORTS:
            raise ValueError(f"no sort {sort!r}: it is one of {', '.join(SORTS)}")
        scope = Scope(place, keys)
        first = None if limit is None else offset + limit
        if isinstance(query, str) and not query.strip():
            order = listed(self._catalogue, len(self.roots), sort, scope, first)
            found = Found(order, lambda: self._finder().everything(scope))
            return Results(found, limit=limit, offset=offset)
        from arxtui.core.queries import parse  # not for a list of all papers, with which the reader starts

        understood = parse(query) if isinstance(query, str) else query
        finder = self._finder()
        found = finder.find(understood, sort, scope, lookup, first=first, typing=typing, looking=looking)
        return Results(found, hints=understood.hints, limit=limit, offset=offset)

    def give_up_ordering(self, keep: str | None = None) -> None:
        """End the searches of other threads that put papers in order or look through texts: they raise a `LibraryError`.

        Args:
            keep: one of `SORTS`, or one reversed. Where all papers are being put in this order, that goes on: what is
                searched for next is put in order by it.
        """
        self._catalogue.orders.give_up(keep)

    def similar(self, key: str) -> Results:
        """Papers about the same things, the most alike first; neither the paper itself nor what may be the same work.

        Args:
            key: of a paper of this library.

        Raises:
            UnknownPaper: the library has none with this key.
        """
        return Results(self._explorer().similar(key))

    def possibly_same(self, key: str) -> list[Row]:
        """Papers that may be the same work under another identifier, the most alike first.

        These have the same title and first author, or abstracts that are 95 % alike.

        Args:
            key: of a paper of this library.

        Raises:
            UnknownPaper: the library has none with this key.
        """
        return self._explorer().possibly_same(key)

    def facets(self, results: Results) -> Facets:
        """What the papers of a search have in common, each with how many of them have it."""
        return self._explorer().facets(results.query)

    def complete(self, field: str, beginning: str, limit: int = 10) -> list[str]:
        """How a value of a field may go on, the commonest first.

        Args:
            field: `title`, `author`, `abstract`, `comment`, `category`, `path`, `is` or `sort`; empty for a word anywhere.
            beginning: what was typed of it.
            limit: how many at the most.
        """
        return self._explorer().complete(field, beginning, limit)

    def _finder(self) -> Finder:
        from arxtui.library.finding import Finder

        return Finder(self._index, self._catalogue, self.roots)

    def _explorer(self) -> Explorer:
        from arxtui.library.exploring import Explorer

        return Explorer(self._index, self._catalogue, self.roots)

    def paper(self, key: str) -> Paper:
        """A paper as all its occurrences give it.

        Args:
            key: an identifier, however written, or a key that begins with `text:`.

        Raises:
            UnknownPaper: the library has none with this key.
            LibraryError: none of the files it stands in could be read as they were.
        """
        identifier = parse_identifier(key)
        key = identifier.key if identifier else key
        paper = next(self.papers([key]), None)
        if paper is None:
            raise UnknownPaper(key)
        return paper

    def papers(
        self, keys: Iterable[str], unread: Callable[[str, LibraryError], None] | None = None
    ) -> Iterator[Paper]:
        """Papers by their keys, in the order of these and each file opened once for many; see `paper`.

        Args:
            keys: keys, each once; those that the library has no paper of are passed over.
            unread: is given the key of each paper that could not be read, and why; the others come nevertheless.

        Raises:
            LibraryError: none of the files that a paper stands in could be read as they were, and nobody wants to be told.
        """
        # Not before a paper is shown: what reads files again is not needed for a list.
        from arxtui.library.rereading import papers_of

        return papers_of(self.roots, self._catalogue, keys, unread)

    def entry(self, occurrence: Occurrence) -> Entry:
        """What stands at one occurrence.

        Raises:
            LibraryError: its file has changed, is gone or cannot be read.
        """
        place = self.place(occurrence)
        file = None if place is None else self._catalogue.file_at(place)
        if place is None or file is None:
            raise LibraryError(f"{occurrence.path}: not in this library any more")
        from arxtui.library.rereading import Files

        with Files(self.roots, self._catalogue) as files:
            entry = files.entry(file.file, occurrence.start, occurrence.end)
        return entry._replace(line=occurrence.line)

    def place(self, occurrence: Occurrence) -> Place | None:
        """Where in the tree an occurrence is, or None where its root is not of this library."""
        roots = [str(root) for root in self.roots]
        return Place(roots.index(occurrence.root), occurrence.path) if occurrence.root in roots else None

    def rows(self, keys: Sequence[str]) -> dict[str, Row]:
        """The list rows of papers by key; unknown keys are left out."""
        found = self._catalogue.rows(self._catalogue.numbers(keys).values())
        return {row.key: row for row in found.values()}

    def children(self, place: Place | None = None) -> list[TreeNode]:
        """What is in a folder, in the order of names; without one, the roots."""
        return self._tree.children(place)

    def problems(self, place: Place | None = None) -> list[FileProblem]:
        """What could not be read, or not as it stands, in the order of files and lines."""
        return [
            FileProblem(str(self.roots[root]), path, line, kind, message, Place(root, path))
            for root, path, line, kind, message in self._catalogue.problems(place)
        ]
