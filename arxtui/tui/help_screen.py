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
    ("✓", "selected: what changes papers changes all that are (space, v, V; esc gives them up)"),
    ("★", "on the reading list that b fills, bookmarks at first"),
    ("●", "unread, or to be read: said so (r, i), or on a reading list and not read"),
    ("¶", "there is a note on it (e)"),
    ("×5", "the paper stands in five places, shown once (d tells where)"),
    ("▎", "the cursor"),
    ("! 2", "in the tree: two things there could not be read (! tells what)"),
    ("slanted", "no title in the files: the first words of the abstract stand in its place"),
    ("2007-05", "no date in the files: the month is the identifier's"),
)
SEARCH = """\
Type / and words: the list narrows while you type, best match first. All words must occur, in any order, in the title, \
the authors, the abstract, the comments or the identifier; accents and TeX do not matter (schrodinger finds Schrödinger). \
Where that finds too little, typos and plurals are forgiven, and the line at the foot says so.

More can be said: author:noether, title:"exact phrase", date:2021..2023, path:2020/**, is:unread, list:bookmarks, \
category:hep-th, sort:-date; and, or, not, -word, (…), word*, /regular expression/. tab completes what is offered below \
the line, up brings earlier searches back. / shows the last search selected: typing replaces it, an arrow or end goes on with it.

enter goes to the list and keeps the search; n and N step through the matches; esc gives the whole list back with the \
cursor on the same paper. A file, folder or reading list chosen in the tree narrows the search to it; f counts by year, file \
and list what is listed, and narrows to one of them. S saves the search into the tree and on a key from 1 to 9; in the tree \
shift+down and shift+up move it, and with its place it changes its key.
"""

_KEYS, _NAMES = 18, 26


def help_text(width: int, here: tuple[str, str] | None = None) -> Content:
    """The whole help as one text.

    Args:
        width: cells of a line; where they are few, the explanations are left out.
        here: title of another screen and the line of its keys, which come first; None for the reader's own.
    """
    wide = width >= _KEYS + _NAMES + 40
    lines: list[Content] = []
    if here is not None:
        title, keys = here
        lines += [Content.styled(title, "bold $accent"), Content(f"  {keys}"), Content("")]
    for group, actions in grouped().items():
        lines.append(Content.styled(group, "bold $accent"))
        lines += [
            Content.assemble(
                (f"  {shown_keys(action) or 'palette'}".ljust(_KEYS), "bold"),
                action.name.ljust(_NAMES) if wide else action.name,
                (action.tooltip if wide else "", "$dim"),
            )
            for action in actions
        ]
        lines.append(Content(""))
    lines.append(Content.styled("Marks", "bold $accent"))
    for mark, meaning in MARKS:
        first, *rest = Content(meaning).wrap(max(10, width - _KEYS))
        lines.append(Content.styled(f"  {mark}".ljust(_KEYS), "bold").append(first))
        lines += [Content(" " * _KEYS).append(line) for line in rest]
    lines += [Content(""), Content.styled("Search", "bold $accent"), Content(SEARCH)]
    return Content("\n").join(lines)


class HelpScreen(Overlay[None]):
    """Keys, marks and search on one scrolled page.

    Args:
        here: see `help_text`.
    """

    def __init__(self, here: tuple[str, str] | None = None) -> None:
        super().__init__("Help")
        self._here = here

    def body(self) -> Widget:
        """The text."""
        return VerticalScroll(Static(id="help-text", markup=False), id="overlay-body")

    def on_resize(self) -> None:
        """Lay the text out for the width there is."""
        width = self.moved().scrollable_content_region.width
        if width:
            self.query_one("#help-text", Static).update(help_text(width, self._here))

    def moved(self) -> VerticalScroll:
        """The text scrolls."""
        return self.query_one("#overlay-body", VerticalScroll)

    def show_help(self) -> None:
        """It is shown already."""
