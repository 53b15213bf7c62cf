"""What the reader keeps of one paper, in words. It is read in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arxtui.core.display import clean, without_controls
from arxtui.reading import State
from arxtui.tui.marks import BOOKMARKED, NOTED, UNREAD
from arxtui.tui.rows import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arxtui.core.papers import Paper
    from arxtui.reading import ReadingStore

_WAS = 300
"""Characters of an earlier text that are shown."""
_TAB = 4
"""Cells that a tab in a note stands for."""
_NAMES = {
    "journal_ref": "journal reference",
    "doi": "DOI",
    "created": "date",
    "updated": "date of the last update",
}
"""What people call a field, where its own name will not do."""


class Kept(NamedTuple):
    """What the reader keeps of a paper.

    Attributes:
        state: how far it is read, stars, tags, lists.
        default: the name of the list that `b` fills.
        note: the note on it, or empty.
        since: what the changes are counted from, `it was put on bookmarks (2026-11-22)`; empty where there are none.
        changes: fields that say something else now, and what they said then.
    """

    state: State = State()
    default: str = ""
    note: str = ""
    since: str = ""
    changes: tuple[tuple[str, str], ...] = ()

    def lines(self) -> Iterator[tuple[str, str]]:
        """Label and text of what the detail pane shows, cleaned; the marks of the list are explained there."""
        state = self.state
        if state.lists:
            names = [f"{BOOKMARKED} {name}" if name == self.default else name for name in state.lists]
            yield "lists", clean(", ".join(names))
        status = state.status or ("unread" if state.lists else None)
        if status is not None:
            mark = f"{UNREAD} " if status in ("unread", "to-read") else ""
            yield "status", mark + status.replace("-", " ")
        if state.stars:
            yield "stars", f"{state.stars} of 5"
        if state.tags:
            yield "tags", clean(", ".join(state.tags))
        mark = f"{NOTED} "
        for line in without_controls(self.note).split("\n") if self.note else ():
            yield ("note" if mark else ""), mark + line.expandtabs(_TAB).rstrip()
            mark = ""
        if self.changes:
            names_of = ", ".join(_NAMES.get(field, field) for field, _ in self.changes)
            yield "changed", f"since {clean(self.since)}: {names_of}"
            for field, was in self.changes:
                yield "", f"{_NAMES.get(field, field)} was: {shorten(clean(was), _WAS)}"


NOTHING_KEPT = Kept()


def read_kept(store: ReadingStore, key: str, paper: Paper | None, shown: str | None) -> Kept:
    """Read what is kept of a paper.

    Args:
        store: where.
        key: of the paper.
        paper: as it is now; None where nobody knows it.
        shown: the reading list that is shown: changes are counted from when the paper came on that one, if it holds it.

    Raises:
        StoreError: the store cannot be read.
    """
    state = store.states([key]).get(key)
    if state is None:
        return NOTHING_KEPT
    default = store.default_list()
    note = store.note(key).text if state.noted else ""
    if not state.lists or paper is None or not paper.occurrences:
        return Kept(state, default, note)
    name = shown if shown in state.lists else state.lists[0]
    entry = store.entry(name, key)
    changed = entry.changed_since(paper) if entry is not None else ()
    if entry is None or not changed:
        return Kept(state, default, note)
    then = entry.paper
    was = tuple((field, _text(getattr(then, field))) for field in changed)
    return Kept(state, default, note, f"it was put on {name} ({entry.added[:10]})", was)


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
