"""What a library tells of itself: rows, tree nodes, counts, problems, progress."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Place(NamedTuple):
    """A folder or file of a library.

    Attributes:
        root: index into `Library.roots`.
        path: relative to that root, with `/` between names; empty for the root itself.
    """

    root: int
    path: str


class TreeNode(NamedTuple):
    """A line of the file tree.

    Attributes:
        place: the folder or file.
        name: its name; the whole path of a root, where the name alone would not tell it from another.
        is_folder: whether it can be unfolded.
        papers: how many distinct papers stand in it or below.
        problems: how many problems.
    """

    place: Place
    name: str
    is_folder: bool
    papers: int
    problems: int


class Row(NamedTuple):
    """A line of the paper list.

    Attributes:
        key: the paper's key.
        date: `YYYY-MM-DD`, or `YYYY-MM` where only the identifier tells, or empty.
        title: None where no file has it.
        lead: the first words of the abstract, at most 200 characters, white space folded.
        authors: the beginning of the author list, at most 200 characters, or None.
        updated: ISO date or None.
        occurrences: in how many places it stands.
    """

    key: str
    date: str
    title: str | None
    lead: str
    authors: str | None
    updated: str | None
    occurrences: int


class Counts(NamedTuple):
    """How much there is in a library.

    Attributes:
        papers: distinct papers, those without an identifier included.
        occurrences: entries; `occurrences - papers` repeats were folded.
        files: files that were read.
        problems: what could not be read, or not as it stands.
        unidentified: papers without an identifier.
        bytes: the size of all files.
    """

    papers: int
    occurrences: int
    files: int
    problems: int
    unidentified: int
    bytes: int


class Facet(NamedTuple):
    """What some of the papers found have in common.

    Attributes:
        value: a year, or the path of a file.
        papers: how many of them have it.
        query: what to add to the query to see only these.
    """

    value: str
    papers: int
    query: str


class Facets(NamedTuple):
    """What the papers found have in common.

    Attributes:
        years: the newest first.
        files: those with the most papers first.
    """

    years: tuple[Facet, ...]
    files: tuple[Facet, ...]


class FileProblem(NamedTuple):
    """A problem and where it is.

    Attributes:
        root: absolute path of the opened folder or file.
        path: path of the file relative to `root`.
        line: counted from 1.
        kind: one of `arxtui.core.problems.KINDS`.
        message: what is wrong and what to do.
        place: the file in the tree.
    """

    root: str
    path: str
    line: int
    kind: str
    message: str
    place: Place


class Progress(NamedTuple):
    """How far a refresh is.

    Attributes:
        files_done, files_total: files that had to be read. Where an earlier refresh was cut off and this one goes on
            with it, those that the earlier one has read count as well.
        bytes_done, bytes_total: the same in bytes.
        papers: papers in the library by now.
        bytes_before: how many of `bytes_done` an earlier refresh has read.
        state: `reading` files; `repairing` the text index out of the catalogue, where files count for the papers that
            stand in them; or waiting, while another program is `writing` the index or has `paused` in the middle: the
            numbers are what that one said last, zeros where it said nothing.
    """

    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int
    papers: int
    bytes_before: int = 0
    state: Literal["reading", "repairing", "writing", "paused"] = "reading"

    @property
    def waits(self) -> bool:
        """Whether another program has the index, and this one waits for it."""
        return self.state in ("writing", "paused")


class Refreshed(NamedTuple):
    """What a refresh did, in numbers of files.

    Attributes:
        added, changed, removed, renamed: what was found on disk.
        unchanged: files that did not have to be read.
        stopped: whether it was stopped before it had seen everything.
    """

    added: int
    changed: int
    removed: int
    renamed: int
    unchanged: int
    stopped: bool = False

    @property
    def changed_anything(self) -> bool:
        """Whether the library may show something else than before."""
        return bool(self.added or self.changed or self.removed or self.renamed)
