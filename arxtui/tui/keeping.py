"""What the user keeps: changes to the reading store, undo and redo, and what other processes do to it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from arxtui.core.display import clean, sentence
from arxtui.library import LibraryError
from arxtui.reading import StoreError
from arxtui.tui.background import ASIDE, KEEP
from arxtui.tui.branches import STATES, shelves
from arxtui.tui.marks import Marks
from arxtui.tui.messages import ListsRead, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from arxtui.reading import ListInfo
    from arxtui.tui.main_screen import MainScreen

POLL = 0.5
"""Seconds between looks at the store's revision: a change by another process shows within one."""
LOOK_AFTER = 5.0
"""Seconds after the first list before the store is backed up and looked through: others need the disk until then."""
LOOK_AGAIN = 600.0
"""Seconds between later looks: what was changed since is in a backup then, also where the reader is never left."""
SLOW = 0.8
"""Seconds after which a change that is not made yet is told of."""
_TOGETHER = 500
"""Papers that are read before what the files say of them is kept."""
_SAVING = "Saving …"
_STANDS = 20.0
"""Seconds for which something is told that has no room in the status line."""


class Keeping:
    """Makes the changes of all parts one after the other, off the UI thread, and takes them back."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.read: ListsRead | None = None
        self._turn = asyncio.Lock()
        self._open = 0
        self._notified: dict[str, float] = {}
        self._revision: int | None = None

    def start(self) -> None:
        """Read the lists and go on watching them; tell what the store has to tell, and look after it later."""
        self.read_lists()
        self.screen.set_interval(POLL, self._poll)
        self.screen.set_timer(LOOK_AFTER, self._look_after)
        self.screen.set_interval(LOOK_AGAIN, self._look_after)
        self.screen.saying.tell_drafts()
        for note in self.screen.store.notes:
            self.notify(note)
        if self.screen.store.read_only and not self.screen.store.notes:
            self.notify("The reading lists can be read but not changed")

    def notify(self, text: str, *, once: bool = False) -> None:
        """Tell something that is too long for the status line, or must not be passed over.

        Args:
            text: a sentence.
            once: many may come to say the same: it is told once as long as it stands there.
        """
        text, now = clean(text), monotonic()
        if once and self._notified.get(text, -_STANDS) > now - _STANDS:
            return
        self._notified = {text: now}
        self.screen.notify(sentence(text), severity="warning", timeout=_STANDS, markup=False)

    def _look_after(self) -> None:
        self.screen.working.start(
            self.screen.store.look_after,
            self.notify,
            group="look after",
            what="The backup of the reading lists",
            lane=ASIDE,
            awaited=False,
        )

    def complete(self) -> None:
        """Keep the records of papers that were put on lists by their identifiers alone, where an open file has them."""
        library, store = self.screen.library, self.screen.store

        def work() -> None:
            # Nobody asked for it: where it cannot be done it is tried again after the next change.
            with suppress(LibraryError, StoreError):
                bare = [] if store.read_only else store.bare()
                for start in range(0, len(bare), _TOGETHER):
                    store.fill(library.papers(bare[start : start + _TOGETHER], lambda *_: None))

        self.screen.working.start(
            work, group="complete", what="Keeping what files say of papers", lane=ASIDE, awaited=False
        )

    def _poll(self) -> None:
        if self._open:
            return  # our own change is under way, and the store is busy with it
        try:
            revision = self.screen.store.revision()
        except StoreError:
            return  # the next change says so
        if revision != self._revision:
            self._revision = revision
            self.read_lists()
            self.complete()

    def read_lists(self) -> None:
        """Read lists, tags and marks anew."""
        self.screen.working.start(
            self._read, self.lists_read, group="lists", what="Reading the reading lists", awaited=False
        )

    def _read(self) -> ListsRead:
        store = self.screen.store
        revision = store.revision()  # first: a change while the rest is read is then seen by the next look
        states = {state: store.lookup("is", state) for state in STATES}
        return ListsRead(
            lists=store.lists(archived=True),
            default=store.default_list(),
            tags=store.tags(),
            states={state: len(keys) for state, keys in states.items()},
            marks=Marks(
                store.lookup("is", "bookmarked"),
                states["unread"] | states["to-read"],
                store.lookup("is", "noted"),
            ),
            letters=store.marks(),
            revision=revision,
        )

    def lists_read(self, read: ListsRead) -> None:
        """Show what is kept now."""
        screen, before = self.screen, self.read
        self._revision = read.revision
        self.read = read
        screen.paper_list.show_marks(read.marks)
        elsewhere = None
        for name, branches in shelves(read).items():
            elsewhere = screen.file_tree.show_section(name, branches) or elsewhere
        screen.saved.read()
        if before is None:
            screen.showing.show_status()
        elif elsewhere is not None:
            # Here and not by a message, which would come after what is told of the change and hide it.
            screen.showing.chosen(elsewhere)
        elif screen.view.keeps:
            screen.ask(screen.view, again=True)
            return
        screen.paper_pane.read()

    def list_named(self, name: str | None) -> ListInfo | None:
        """What is known of a reading list."""
        lists = self.read.lists if self.read is not None else []
        return next((each for each in lists if each.name == name), None)

    async def finish(self) -> None:
        """Wait until everything asked for is on disk."""
        while self._open:
            async with self._turn:
                pass
            await asyncio.sleep(0)  # one that was asked for may not have taken its turn yet

    def change(
        self,
        work: Callable[[], Said | None],
        then: Callable[[], None] | None = None,
        refused: Callable[[str], None] | None = None,
        *,
        awaited: bool = False,
    ) -> None:
        """Make a change after those before it; the lists are read again, and what it returns is told.

        Args:
            work: makes the change, in a thread.
            then: called on the screen's turn when the change is made, before what is listed is asked for again.
            refused: called on the screen's turn where it cannot be made, with what is wrong.
            awaited: the next key waits for it, but not for long.
        """
        self._open += 1
        # Ten thousand papers are read for a list in some seconds.
        slow = self.screen.set_timer(SLOW, lambda: self.screen.status.say_while(_SAVING))

        async def take_turn() -> None:
            async with self._turn:
                said: Said | None
                read: ListsRead | None
                wrong = ""
                try:
                    said, read = await self.screen.working.background.run(
                        lambda: (work(), self._read()), KEEP
                    )
                except StoreError as error:
                    said, read, wrong = None, None, str(error)
                except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                    said, read, wrong = None, None, str(error) or type(error).__name__
                if wrong:
                    said = Said(f"Not saved: {wrong}", error=True)
                    if refused is not None:
                        self.screen.call_later(refused, wrong)
                        # Whoever asked shows it in full, and a message above the status would cover that.
                        self.screen.call_later(self.screen.status.say, said.text, error=True, lasting=True)
                        said = None
                if read is not None and then is not None:
                    self.screen.call_later(then)
                if read is not None:
                    self.screen.call_later(self.lists_read, read)
                slow.stop()
                self.screen.status.unsay(_SAVING)
                if said is not None:
                    self.screen.post_message(said)
                self._open -= 1

        worker = self.screen.run_worker(
            take_turn(), group="store", exit_on_error=False, description="changing what is kept"
        )
        if awaited:
            self.screen.working.await_for(worker)

    def ask(
        self,
        title: str,
        value: str,
        note: str,
        work: Callable[[str], Said],
        then: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for a line and make a change with it. Where that is refused, the line is there again to be mended.

        Args:
            title: what is asked for.
            value: what stands there at first.
            note: what the keys do.
            work: makes the change, in a thread; is given what was typed.
            then: called on the screen's turn when the change is made; is given what was typed.
        """
        from arxtui.tui.prompt_screen import PromptScreen  # each import delays the first list

        def answered(text: str | None) -> None:
            if text is not None:
                # What comes next may be meant for a list that has another name then.
                done = None if then is None else partial(then, text)
                self.change(lambda: work(text), done, lambda wrong: ask(text, wrong), awaited=True)

        def ask(text: str, wrong: str = "") -> None:
            said = f"{note}\nNot saved: {clean(wrong)}" if wrong else note
            self.screen.app.push_screen(PromptScreen(clean(title), value=text, note=said), answered)

        ask(value)

    def do_undo(self) -> None:
        """Take back the last change."""
        self.undo(None)

    def undo(self, event: str | None, then: Callable[[], None] | None = None) -> None:
        """Take back a change: the last one, or that of an id; see `change` for `then`."""
        store = self.screen.store

        def work() -> Said:
            done = store.undo(event)
            return Said(f"Undone: {done}; ctrl+r makes it again" if done else "Nothing to undo")

        self.change(work, then)

    def do_redo(self) -> None:
        """Make it again."""
        self.redo(None)

    def redo(self, event: str | None, then: Callable[[], None] | None = None) -> None:
        """Make a change again: the last one that was taken back, or that of an id; see `change` for `then`."""
        store = self.screen.store

        def work() -> Said:
            done = store.redo(event)
            return Said(f"Made again: {done}" if done else "Nothing to make again")

        self.change(work, then)

    def do_history(self) -> None:
        """Show all changes that were made."""
        from arxtui.tui.history_screen import HistoryScreen  # each import delays the first list

        self.screen.app.push_screen(HistoryScreen(self))
