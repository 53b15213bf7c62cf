"""The way back from what the reader was led to: similar papers, a year chosen from the counts. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from arxtui.tui.views import View


class Step(NamedTuple):
    """A place on the way.

    Attributes:
        view: what was listed.
        key: the paper the cursor stood on, or None.
    """

    view: View
    key: str | None


class Trail:
    """Remembers where each step began.

    It goes back only from where it led, however that is sorted by now: whoever searches on has left it.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[Step, View]] = []

    def lead(self, start: Step, to: View) -> None:
        """Take note of a step."""
        if self._steps and not _same(self._steps[-1][1], start.view):
            self._steps.clear()
        self._steps.append((start, to))

    def back(self, here: View) -> Step | None:
        """Where the step began that led here, which is then forgotten; None where none did."""
        if not self._steps or not _same(self._steps[-1][1], here):
            self._steps.clear()
            return None
        return self._steps.pop()[0]


def _same(one: View, other: View) -> bool:
    return replace(one, sort=None) == replace(other, sort=None)
