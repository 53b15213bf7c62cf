"""What the nodes of the tree stand for, and how they are written. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arxtui.library import Place, TreeNode

MOST = 1000
"""Files and folders of one folder that are shown at a time: a hundred thousand would hold up the keys for seconds."""


class Branch(NamedTuple):
    """What a node of the tree stands for.

    Attributes:
        kind: all papers, a folder or file, those of a folder that are left out, the heading of the saved searches or one
            of them, the heading of the reading lists or one of them.
        name: as it is named on disk; cleaned where it is shown.
        place: of a folder or file.
        is_folder: whether it can be unfolded.
        papers: papers below it; None while they are not counted.
        problems: problems below it.
        query: of a saved search.
        key: the digit that lists a saved search, or None.
    """

    kind: Literal["all", "place", "more", "searches", "search", "lists", "list"]
    name: str
    place: Place | None = None
    is_folder: bool = False
    papers: int | None = 0
    problems: int = 0
    query: str = ""
    key: int | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it lists nothing itself."""
        return self.kind in ("lists", "searches", "more")

    @property
    def count_words(self) -> str:
        """What stands at the right edge."""
        papers = "" if self.is_heading or self.papers is None else f"{self.papers:,}"
        return f"! {papers}" if self.problems else papers


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
