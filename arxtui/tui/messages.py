"""What workers find, and what threads tell the screen as they go on. Neither touch widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from arxtui.core.papers import Occurrence, Paper
    from arxtui.library import Place, Progress, Row, TreeNode
    from arxtui.library.verifying import Looking
    from arxtui.reading import ListInfo, TagInfo
    from arxtui.tui.kept import Kept
    from arxtui.tui.marks import Marks
    from arxtui.tui.variants import Difference
    from arxtui.tui.views import Papers, View


class Question(NamedTuple):
    """What the list was asked to show.

    Attributes:
        generation: the number of the question.
        view: what to list.
        key: the paper the cursor should stand on, or None.
        again: the same view after the files have changed: nothing moves that need not.
        top: the cursor goes to the first paper, whatever that is.
        cursor: the place of the cursor now.
        page: how many papers fit on the screen.
        row: the line of the screen that paper should stand on; None keeps the cursor's.
        looking: how far texts have been looked through for it, to go on with; None: not at all.
        last: no more is looked through behind the answer, however much is left.
    """

    generation: int
    view: View
    key: str | None
    again: bool
    top: bool
    cursor: int
    page: int
    row: int | None
    looking: Looking | None = None
    last: bool = False


class PapersFound(NamedTuple):
    """A view has been answered.

    Attributes:
        question: what was asked; the answer to an older one is dropped.
        papers: the answer.
        position: where the cursor should go, or None where the question's paper is not in it, or too far down.
        rows: those around that place, or around the cursor where there is none, by position.
        seconds: how long it took.
    """

    question: Question
    papers: Papers
    position: int | None
    rows: dict[int, Row]
    seconds: float


class PaperRead(NamedTuple):
    """The paper for the detail pane; None where nobody knows it any more; and what the reader keeps of it.

    `unread` is why no file could be read for it; the paper then is what the list knows.
    """

    key: str
    paper: Paper | None
    kept: Kept
    unread: str = ""


class FolderRead(NamedTuple):
    """What a folder of the tree holds; `place` is None for the roots, with how many papers all of them have."""

    place: Place | None
    children: list[TreeNode]
    seconds: float = 0.0
    total: int | None = None


class FileFound(NamedTuple):
    """A file to go to in the tree, with every folder above it unfolded.

    Attributes:
        place: the file, or None where there is none in that direction.
        chain: each folder from the root down and what it holds.
        key: the paper to put the cursor on, or None.
    """

    place: Place | None
    chain: list[FolderRead]
    key: str | None = None


class ListsRead(NamedTuple):
    """What the reader keeps, as it is on disk now.

    Attributes:
        lists: all reading lists, those in the archive too.
        default: the name of the list that `b` fills.
        tags: with the number of their papers.
        states: how many papers are in each state that the tree shows.
        marks: which papers carry a mark in the list.
        letters: the keys of the papers that a letter marks.
        revision: of the store, from before all this was read.
    """

    lists: list[ListInfo]
    default: str
    tags: list[TagInfo]
    states: dict[str, int]
    marks: Marks
    letters: dict[str, str]
    revision: int


@dataclass
class Said(Message):
    """Something to tell the user in the status line; `error` makes it stay longer."""

    text: str
    error: bool = False


@dataclass
class FilesProgress(Message):
    """How far the reading of the files has come."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the latest matters."""
        return isinstance(message, FilesProgress)


class FilesRead(NamedTuple):
    """The files have been read; `changed` tells whether anything is new, `error` why it ended early, `short` the same in a few words.

    `lost` are the opened folders and files that are not there any more.
    """

    changed: bool
    stopped: bool = False
    error: str | None = None
    lost: Sequence[Path] = ()
    short: str = ""


@dataclass
class FilesChanged(Message):
    """Something has changed below the roots."""


class CopyReady(NamedTuple):
    """Text for the clipboard and what it is."""

    text: str
    what: str


class VariantsRead(NamedTuple):
    """How the texts of a paper's occurrences differ; `unread` are those whose file has changed or gone."""

    key: str
    differences: list[Difference]
    unread: list[Occurrence]
