"""The search line, and what it offers to complete."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.message import Message
from textual.suggester import Suggester
from textual.widgets.input import Selection

from arxtui.tui.typing_line import TypingLine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arxtui.core.queries.completing import Completing

    Propose = Callable[[Completing], Awaitable[list[str]]]

_REST = 0.02
"""Seconds without another letter before it is looked what the end may become, which takes longer the longer the line is."""

OFFERED = 12
"""Values that are offered; more letters tell more."""


class SearchBar(TypingLine):
    """A line to type a query into. The screen listens to its `Changed` and takes enter and escape.

    What the end of the line may become stands dim behind the cursor; typing goes on as if it did not.

    Args:
        propose: what a beginning may become, the best first.
    """

    class Offered(Message):
        """There is something to complete the end of the line with, or no longer anything.

        Attributes:
            values: what it may become, the best first.
        """

        def __init__(self, values: list[str]) -> None:
            super().__init__()
            self.values = values

    def __init__(self, propose: Propose, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(
            id=id,
            compact=True,
            select_on_focus=False,
            placeholder="words to look for",
            suggester=_Completer(self, propose),
        )
        self._completed = ""
        self._awaited = self._eager = False
        self._before: list[tuple[str, str]] = []  # lines that were completed, and what stood there

    def offer(self, typed: str, values: list[str]) -> str | None:
        """Offer values for the end of what was typed, unless something else stands there by now.

        Returns:
            The line with the best of them, where it begins with what was typed.
        """
        if typed != self.value:
            return None
        self._awaited = False
        if values and not self.cursor_at_end:
            values = []
        from arxtui.core.queries.completing import completed  # each import delays the first list

        ways = (completed(typed, len(typed), value)[0] for value in values)
        self._completed = next((way for way in ways if way != typed), "")
        self.post_message(self.Offered(values))
        if self._eager:
            self.complete()
            return None
        return self._completed if self._completed.startswith(typed) else None

    def put(self, text: str) -> None:
        """Replace the line, the cursor behind it."""
        self.value = text
        self.cursor_position = len(text)

    def take_up(self) -> None:
        """What stands there is the last search: typing replaces it, an arrow or End goes on with it."""
        # At once, not with the focus: letters that were typed ahead come before that.
        self.selection = Selection(0, len(self.value))

    def complete(self) -> bool:
        """Take the best of what is offered, or of what is about to be.

        Returns:
            Whether anything was.
        """
        if self._awaited:
            self._eager = True
            return True
        text, self._completed, self._eager = self._completed, "", False
        if text:
            self._before.append((text, self.value))
            self.put(text)
        return bool(text)

    def uncomplete(self) -> bool:
        """Put back what stood there before the last completion, where nothing was typed since.

        Returns:
            Whether there was any.
        """
        while self._before:
            text, before = self._before.pop()
            if text == self.value:
                self.put(before)
                return True
        return False

    def watch_value(self, value: str) -> None:
        """What was offered for another text is not offered for this one."""
        self._completed, self._awaited, self._eager = "", value != "", False
        if not value:
            self.post_message(self.Offered([]))


class _Completer(Suggester):
    """Asks for values, and shows the best of them behind the cursor.

    Args:
        bar: whose.
        propose: see `SearchBar`.
    """

    def __init__(self, bar: SearchBar, propose: Propose) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._bar, self._propose = bar, propose

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with its end completed, or None."""
        await asyncio.sleep(_REST)
        if value != self._bar.value:
            return None
        from arxtui.core.queries.completing import completing  # each import delays the first list

        values = await self._propose(completing(value, len(value)))
        return self._bar.offer(value, values[:OFFERED])
