"""A paper that was looked at for some time counts as read, where the user's settings say so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from arxtui.core.display import sentence
from arxtui.tui.actions import DETAIL
from arxtui.tui.messages import Said
from arxtui.tui.rows import called

if TYPE_CHECKING:
    from arxtui.tui.main_screen import MainScreen

LOOK = 0.25
"""Seconds between looks at where the user is."""

_OPEN = (None, "unread")
"""States that time changes. Of a paper that is to be read, or was skimmed, the user has said something else."""


class ReadingTime:
    """Watches how long one paper is in the paper pane while that has the focus, which a paper that is merely passed never is."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._key: str | None = None
        self._since = 0.0
        self._said: set[str] = set()

    def start(self) -> None:
        """Watch, if the settings say so; and tell what is wrong with them."""
        loaded = self.screen.settings
        for problem in loaded.problems:
            self.screen.keeping.notify(f"Settings: {problem}")
        if loaded.settings.reading.mark_read_after and not self.screen.store.read_only:
            self.screen.set_interval(LOOK, self._look)

    @property
    def _looked_at(self) -> str | None:
        screen = self.screen
        here = screen.pane == DETAIL and screen.is_current and screen.app.app_focus
        return screen.key if here else None

    def _look(self) -> None:
        key, now = self._looked_at, time.monotonic()
        if key != self._key:
            self._key, self._since = key, now
        seconds = self.screen.settings.settings.reading.mark_read_after
        # Once: whoever takes it back, or says something else, is not contradicted.
        if key is not None and key not in self._said and now - self._since >= seconds:
            self._said.add(key)
            self._say_read(key, seconds)

    def _say_read(self, key: str, seconds: float) -> None:
        store = self.screen.store

        def work() -> Said | None:
            state = store.states([key]).get(key)
            if (state.status if state is not None else None) not in _OPEN:
                return None
            store.set_status([key], "read", self.screen.saying.known([key]))
            return Said(sentence(f"{called(key)} is now read, after {seconds:g} s here; u undoes"))

        self.screen.keeping.change(work)
