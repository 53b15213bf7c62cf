"""The help: keys from the action table, what the marks mean, how search works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from arxtui.tui.actions import grouped, shown_keys
from arxtui.tui.overlay import Overlay

if TYPE_CHECKING:
    from textual.widget import Widget

MARKS = (
    ("★", "on the reading list bookmarks (b)"),
    ("×5", "the paper stands in five places, shown once (d tells where)"),
    ("▎", "the cursor"),
    ("! 2", "in the tree: two things there could not be read (! tells what)"),
    ("slanted", "no title in the files: the first words of the abstract stand in its place"),
    ("2007-05", "no date in the files: the month is the identifier's"),
)
SEARCH = (
    "Type / and words: the list narrows while you type, best match first. All words must occur, in any order, in the "
    "title, the authors, the abstract, the comments or the identifier; accents and TeX do not matter "
    "(schrodinger finds Schr\\\"odinger).",
    "enter goes to the list and keeps the search; n and N step through the matches; esc gives the whole list back "
    "with the cursor on the same paper. A file, folder or reading list chosen in the tree narrows the search to it.",
)


def help_text() -> Content:
    """The whole help as one text."""
    lines: list[Content] = []
    for group, actions in grouped().items():
        lines.append(Content.styled(group, "bold $accent"))
        lines += [
            Content.assemble((f"  {shown_keys(action) or 'palette':<16}", "bold"), f"{action.name:<26}",
                             (action.tooltip, "$dim"))
            for action in actions
        ]  # fmt: skip
        lines.append(Content(""))
    lines.append(Content.styled("Marks", "bold $accent"))
    lines += [Content.assemble((f"  {mark:<16}", "bold"), meaning) for mark, meaning in MARKS]
    lines += [Content(""), Content.styled("Search", "bold $accent")]
    for text in SEARCH:
        lines += [Content(text), Content("")]
    return Content("\n").join(lines)


class HelpScreen(Overlay[None]):
    """Keys, marks and search on one scrolled page."""

    def __init__(self) -> None:
        super().__init__("Help")

    def body(self) -> Widget:
        """The text."""
        return VerticalScroll(Static(help_text(), markup=False), id="overlay-body")

    def moved(self) -> VerticalScroll:
        """The text scrolls."""
        return self.query_one("#overlay-body", VerticalScroll)
