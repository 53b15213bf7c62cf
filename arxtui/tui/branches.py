"""What the nodes of the tree stand for, and how they are written. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from arxtui.tui.marks import BOOKMARKED
from arxtui.tui.views import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arxtui.library import Place, TreeNode
    from arxtui.reading import ListInfo
    from arxtui.tui.messages import ListsRead

MOST = 1000
"""Files and folders of one folder that are shown at a time: a hundred thousand would hold up the keys for seconds."""


class Branch(NamedTuple):
    """What a node of the tree stands for.

    Attributes:
        kind: all papers, a folder or file, those of a folder that are left out, a heading, a saved search, or a reading
            list, tag or state.
        name: as it is named on disk; cleaned where it is shown.
        place: of a folder or file.
        is_folder: whether it can be unfolded.
        papers: papers below it; None while they are not counted.
        problems: problems below it.
        query: of a saved search.
        key: the digit that lists a saved search, or the mark of the list that `b` fills, or None.
        shelf: a reading list, tag or state.
        archived: it is a list that was put away.
    """

    kind: Literal["all", "place", "more", "heading", "search", "shelf"]
    name: str
    place: Place | None = None
    is_folder: bool = False
    papers: int | None = 0
    problems: int = 0
    query: str = ""
    key: int | str | None = None
    shelf: Shelf | None = None
    archived: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it lists nothing itself."""
        return self.kind in ("heading", "more")

    @property
    def count_words(self) -> str:
        """What stands at the right edge."""
        papers = "" if self.is_heading or self.papers is None else f"{self.papers:,}"
        return f"! {papers}" if self.problems else papers


SECTIONS = ("Searches", "Reading lists", "Archived lists", "Read state", "Tags")
"""The headings below the files, in their order. One that heads nothing is not there."""
STATES = ("to-read", "unread", "skimmed", "read")
"""The states that are shown, and in which order."""


def shelves(read: ListsRead) -> dict[str, list[Branch]]:
    """What stands below the headings of reading lists, archive, tags and states."""

    def of(each: ListInfo) -> Branch:
        mark = BOOKMARKED if each.name == read.default else None
        return Branch(
            "shelf",
            each.name,
            papers=each.size,
            key=mark,
            shelf=Shelf("list", each.name),
            archived=each.archived,
        )

    states = [(name, read.states[name]) for name in STATES if read.states.get(name)]
    return {
        "Reading lists": [of(each) for each in read.lists if not each.archived],
        "Archived lists": [of(each) for each in read.lists if each.archived],
        "Read state": [
            Branch("shelf", shelf.words, papers=size, shelf=shelf)
            for name, size in states
            for shelf in [Shelf("is", name)]
        ],
        "Tags": [Branch("shelf", name, papers=size, shelf=Shelf("tag", name)) for name, size in read.tags],
    }


def branch_of(node: TreeNode) -> Branch:
    """A folder or file."""
    return Branch("place", node.name, node.place, node.is_folder, node.papers, node.problems)


def excerpt(children: Sequence[TreeNode], wanted: Place | None) -> list[Branch]:
    """What of a folder is shown: all, or those around one, and how many more there are."""
    at = 0
    if len(children) > MOST:
        at = next((number for number, child in enumerate(children) if child.place == wanted), 0)
        at = max(0, min(at - MOST // 2, len(children) - MOST))
    branches = [branch_of(child) for child in children[at : at + MOST]]
    more = len(children) - len(branches)
    return [*branches, Branch("more", f"{more:,} more: ] and [ go on")] if more else branches
