"""Which panes are on screen: pure."""

from __future__ import annotations

from arxtui.tui.actions import DETAIL, LIST, PANES, TREE

THREE_FROM = 120
"""Columns from which tree, list and detail stand side by side."""
TWO_FROM = 80
"""Columns from which two of them do."""


def visible_panes(columns: int, active: str, *, zoomed: bool) -> tuple[str, ...]:
    """The panes to show, from left to right; the active one is always among them.

    Args:
        columns: width of the terminal.
        active: the pane that has the focus.
        zoomed: show it alone.
    """
    if zoomed or columns < TWO_FROM:
        return (active,)
    if columns < THREE_FROM:
        return (TREE, LIST) if active == TREE else (LIST, DETAIL)
    return PANES
