"""What the paper list is asked to show, and how that is said in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from arxtui.reading import DEFAULT_LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arxtui.core.highlighting import Highlights
    from arxtui.core.queries import Node, Query
    from arxtui.library import Counts, Place, Row
    from arxtui.library.verifying import Looking

BOOKMARKS = DEFAULT_LIST
"""The reading list that is always there and that `b` fills."""

_VERB = re.compile(r" match(?:es)?\b")

_ECHOED = 80
"""Letters of a query that is told."""

SORT_WORDS = {
    "date": "newest first",
    "-date": "oldest first",
    "updated": "last updated first",
    "-updated": "last updated last",
    "title": "sorted by title",
    "-title": "sorted by title, Z to A",
    "id": "sorted by identifier",
    "-id": "sorted by identifier, reversed",
    "occurrences": "most occurrences first",
    "-occurrences": "fewest occurrences first",
    "added": "last added first",
    "-added": "first added first",
    "relevance": "best match first",
    "-relevance": "best match last",
}


class Papers(Protocol):
    """What the paper list draws from: `library.Results`, or the papers of a reading list."""

    @property
    def total(self) -> int:
        """How many papers there are, exactly."""
        ...

    @property
    def highlights(self) -> Highlights:
        """What to highlight, in any text."""
        ...

    @property
    def note(self) -> str | None:
        """Something to tell the user about how the query was understood."""
        ...

    @property
    def looking(self) -> Looking | None:
        """How far texts have been looked through for them; None where there was no need to."""
        ...

    @property
    def why(self) -> Callable[[], str]:
        """Says why there is none; may take a moment."""
        ...

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` up to `stop`."""
        ...

    def position(self, key: str) -> int | None:
        """Where a paper stands, or None."""
        ...


class Like(NamedTuple):
    """The paper whose like are listed: its key, and what to call it."""

    key: str
    name: str


class Shelf(NamedTuple):
    """Papers that the reading store names: those of a reading list, of a tag, or all that are to be read.

    Attributes:
        kind: `list`, `tag` or `is`, as `ReadingStore.lookup` knows them.
        name: of the list or the tag, or the state.
    """

    kind: Literal["list", "tag", "is"]
    name: str

    @property
    def words(self) -> str:
        """What stands behind `3 papers`: `in flow matching`, `tagged optics`, `to read`."""
        if self.kind == "is":
            return self.name.replace("-", " ")
        return f"tagged {self.name}" if self.kind == "tag" else f"in {self.name}"


@lru_cache(maxsize=8)
def _parse(query: str) -> Query:
    from arxtui.core.queries import parse  # each import delays the first list

    return parse(query)


@dataclass(frozen=True)
class View:
    """What is to be listed.

    Attributes:
        query: as typed; empty for all.
        place: the folder or file the list is narrowed to.
        place_name: its name, for people.
        shelf: the reading list, tag or state whose papers are shown instead of the library.
        like: the paper whose like are listed; they are those of the whole library.
        saved: the name of the saved search that is listed; whoever changes the query has left it.
        sort: one of the library's sorts, or None for the usual one.
    """

    query: str = ""
    place: Place | None = None
    place_name: str = ""
    shelf: Shelf | None = None
    like: Like | None = None
    saved: str | None = None
    sort: str | None = None

    @property
    def reading_list(self) -> str | None:
        """The reading list that is shown, if it is one."""
        return self.shelf.name if self.shelf is not None and self.shelf.kind == "list" else None

    @property
    def searching(self) -> bool:
        """Whether there is a query that leaves papers out."""
        if not self.query.strip():
            return False
        from arxtui.core.queries import Everything  # each import delays the first list

        return self.understood.tree != Everything()

    @property
    def understood(self) -> Query:
        """What the query asks for."""
        return _parse(self.query)

    @property
    def ranked(self) -> bool:
        """Whether there are words to match, so that the best come first where no other order is asked for."""
        if not self.searching:
            return False
        from arxtui.core.queries import Phrase, Word, wanted  # each import delays the first list

        return any(
            isinstance(leaf, Phrase) or (isinstance(leaf, Word) and leaf.field not in ("id", "category"))
            for leaf in wanted(self.understood.tree)
        )

    @property
    def narrowed(self) -> bool:
        """Whether the list shows less than the whole library."""
        return self.searching or (self.place, self.shelf, self.like) != (None, None, None)

    @property
    def keeps(self) -> bool:
        """Whether what is listed depends on what the user keeps: lists, tags, states, notes."""
        return self.shelf is not None or (self.searching and _asks_store(self.understood.tree))

    @property
    def scope_words(self) -> str:
        """Where the papers come from: `in 002.txt`, `to read`, or empty for the whole library."""
        if self.like is not None:
            return f"like {self.like.name}"
        if self.shelf is not None:
            return self.shelf.words
        return f"in {self.place_name}" if self.place_name else ""

    @property
    def among(self) -> str:
        """Where papers are looked for, in the words that stand beside `match`; see `scope_words`."""
        if self.shelf is not None and self.shelf.kind == "is":
            return f"among those {self.shelf.words}"
        return self.scope_words

    @property
    def _typed_sort(self) -> str | None:
        """The order that the query asks for."""
        return self.understood.sort if self.query.strip() else None

    @property
    def order(self) -> str | None:
        """The order that is asked for, by a key or in the query; None for the usual one."""
        return self.sort or self._typed_sort

    @property
    def sort_words(self) -> str:
        """The order of the list."""
        sort = self.order
        if sort is not None:
            return SORT_WORDS[sort]
        if self.like is not None:
            return "most alike first"
        return SORT_WORDS["relevance" if self.ranked else "date"]

    def sorted_by(self, sort: str) -> str:
        """The sort to use when the user asks for `sort`: the reverse where it is the one in use."""
        current = self.order
        if current is None and self.like is None:
            current = "relevance" if self.ranked else None if self.reading_list is not None else "date"
        return f"-{sort}" if current == sort else sort


def _asks_store(node: Node) -> bool:
    from arxtui.core.queries import And, In, Is, Not, Or  # each import delays the first list

    if isinstance(node, And | Or):
        return any(map(_asks_store, node.nodes))
    return _asks_store(node.node) if isinstance(node, Not) else isinstance(node, Is | In)


class Empty(NamedTuple):
    """What an empty list says: what is so, and what to do."""

    title: str
    advice: str


def empty_words(
    view: View, roots: Sequence[str], counts: Counts | None = None, *, reading: bool, at_least: bool = False
) -> Empty:
    """What to say where the list has no paper.

    Args:
        view: what was asked for.
        roots: the folders and files that were opened.
        counts: how much there is, where that is known.
        reading: the files are still being read.
        at_least: not all texts have been looked through.

    Returns:
        A title and a sentence of advice.
    """
    bare = counts is not None and not counts.papers
    if view.searching and (reading or view.shelf is not None or not bare):
        where = f" {view.among}" if view.among else ""
        identifier = view.understood.identifier
        asked = view.query.strip() if len(view.query) <= _ECHOED else f"{view.query.strip()[:_ECHOED]}…"
        title = f"No paper{where} matches “{asked}”"
        if identifier is not None:
            title = f"No paper {where.strip() or 'here'} has {identifier.key}"
        if at_least:
            return Empty(
                f"{title} so far", "Text after text is looked through; the line at the foot says how far."
            )
        if reading:
            return Empty(f"{title} so far", "The files are still being read. esc ends the search.")
        return Empty(title, "esc ends the search.")
    if view.like is not None:
        return Empty(f"No paper is {view.scope_words}", "esc goes back.")
    if view.reading_list == BOOKMARKS:
        return Empty(
            "No bookmarks yet", "Press b on a paper to keep it here; u takes back what was done by mistake."
        )
    if view.reading_list is not None:
        return Empty(
            f"The list {view.reading_list} is empty",
            "B on a paper, or on several selected ones, puts them here.",
        )
    if view.shelf is not None:
        return Empty(f"No paper is {view.shelf.words}", "i and t say so of a paper.")
    if reading:
        return Empty("Reading the files …", "Papers appear here as they are found.")
    if view.place is not None:
        return Empty(
            f"No papers in {view.place_name}", "esc shows all papers again; ! tells what could not be read."
        )
    return Empty(
        "No papers in " + (", ".join(roots) or "this folder"),
        "arxtui looks for text files (.txt) that hold arXiv abstracts. Put some there and press R, "
        "or quit with q and open another folder: arxtui PATH",
    )


def plural(number: int, one: str, many: str) -> str:
    """`1 paper`, `1,204 papers`, `no papers`."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many}" if number else f"no {many}"


def count_words(view: View, shown: int, counts: Counts, *, at_least: bool = False) -> str:
    """The status line's counts: `16 papers, 4 repeats folded, no problems`, or `3 of 16 papers match`.

    Args:
        view: what is listed.
        shown: how many papers are.
        counts: how much there is.
        at_least: there may be more of them, for not all texts have been looked through.
    """
    if view.searching:
        if not counts.papers and not shown and view.shelf is None:
            return "no papers to search"
        verb = "matches" if shown == 1 else "match"
        if at_least:
            scope = f" {view.among}" if view.among else ""
            return (
                f"at least {plural(shown, 'paper', 'papers')} {verb}{scope}"
                if shown
                else f"no match{scope} so far"
            )
        if view.shelf is not None or view.like is not None:
            return f"{plural(shown, 'paper', 'papers')} {verb} {view.among}"
        whole = plural(counts.papers, "paper", "papers")
        scope = f" {view.scope_words}" if view.scope_words else ""
        return f"{shown:,} of {whole} {verb}{scope}" if shown else f"none of {whole} matches{scope}"
    if view.shelf is not None or view.like is not None:
        return f"{plural(shown, 'paper', 'papers')} {view.scope_words}"
    if view.place is not None:
        return f"{shown:,} of {plural(counts.papers, 'paper', 'papers')} in {view.place_name}"
    repeats = counts.occurrences - counts.papers
    parts = [plural(counts.papers, "paper", "papers"), plural(repeats, "repeat", "repeats") + " folded"]
    if counts.unidentified:
        parts.append(f"{counts.unidentified:,} without identifier")
    return ", ".join([*parts, problem_words(counts)])


def problem_words(counts: Counts) -> str:
    """How much could not be read: `no problems`, or `2 problems (!)`."""
    return plural(counts.problems, "problem", "problems") + " (!)" * bool(counts.problems)


def few_words(view: View, shown: int, counts: Counts, *, at_least: bool = False) -> str:
    """The counts in so few words that something else fits beside them: `16 papers`, or `3 match`; see `count_words`."""
    if view.searching and at_least:
        return f"at least {shown:,}" if shown else "none so far"
    if view.searching:
        return f"{shown:,} {'matches' if shown == 1 else 'match'}"
    return plural(shown if view.narrowed else counts.papers, "paper", "papers")


def slow_ways(doing: str, reading: Sequence[str]) -> list[tuple[str, str]]:
    """Both ends of the status line while an answer takes its time, from the longest to the shortest.

    Args:
        doing: `Sorting`, say.
        reading: what goes on besides, from long to short; nothing where nothing does.
    """
    lefts = [f"{doing} … {rest}esc gives it up" for rest in ("the list is still the one before; ", "")]
    return [*((left, way) for left in lefts for way in reading or [""]), (lefts[-1], "")]


def foot_ways(
    counts: Sequence[str], doing: Sequence[str], note: str | None, order: str, place: str
) -> list[tuple[str, str]]:
    """Both ends of the status line in every way to say it, from the longest to the shortest.

    Order and place tell what the list is, and where in it one is: what was merely counted gives way first.

    Args:
        counts: how much there is, from long to short.
        doing: what is going on, from long to short; nothing where nothing is.
        note: what is said of the search.
        order: the order of the list.
        place: of the cursor.
    """
    usual = ", ".join(filter(None, (order, place)))
    few = counts[-1]
    if doing:
        rights = ["; ".join(filter(None, (way, end))) for end in (usual, place, "") for way in doing]
        ways = [*((each, rights[0]) for each in counts), *((few, right) for right in rights)]
        return [*ways, ("", doing[-1])]
    if note and note.startswith("also matches"):
        counts = [_VERB.sub("" if " paper" in each else " found", each, count=1) for each in counts]
    lefts = [f"{each}, {note}" if note else each for each in counts]
    return [*((left, usual) for left in lefts), (lefts[-1], place), (lefts[-1], "")]
