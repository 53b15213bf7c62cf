"""What the user says of papers: how far they are read, stars, tags, notes, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import clean, named, sentence, without_controls
from arxtui.tui.background import KEEP, PAPER
from arxtui.tui.drafts import Draft, Drafts
from arxtui.tui.listing import read_papers
from arxtui.tui.listkeeping import papers_words
from arxtui.tui.messages import Said
from arxtui.tui.rows import called, shown_identifier
from arxtui.tui.views import Shelf, View, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from arxtui.core.papers import Paper
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.note_screen import NoteScreen
    from arxtui.tui.picker import Choice

_STATUS_WORDS = {"read": "read", "unread": "unread", "to-read": "to read", "skimmed": "skimmed"}


_AGAIN = 5.0
"""Seconds after which a draft that could not be written is tried again."""


class Saying:
    """Handles the actions that say something of papers: of all that are selected, or of the one under the cursor."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._drafts = Drafts(screen.store.path.parent / "drafts")
        self._writing: NoteScreen | None = None
        self._told: dict[str, str] = {}

    def known(self, keys: list[str]) -> list[Paper]:
        """What is known of papers of which something is about to be said, where nothing was kept then before. For a worker thread."""
        library, store = self.screen.library, self.screen.store
        # What the user says is kept in any case, of papers that cannot be read too.
        return list(read_papers(library, store, store.without_record(keys), lambda *_: None))

    # how far they are read

    def do_read(self) -> None:
        """Read, or unread where all were read."""
        store = self.screen.store

        def status(keys: list[str]) -> str:
            states = store.states(keys)
            return "unread" if all(key in states and states[key].status == "read" for key in keys) else "read"

        self._say(status)

    def do_is_read(self) -> None:
        """Read."""
        self._say(lambda _: "read")

    def do_is_unread(self) -> None:
        """Unread."""
        self._say(lambda _: "unread")

    def do_is_to_read(self) -> None:
        """To read."""
        self._say(lambda _: "to-read")

    def do_is_skimmed(self) -> None:
        """Skimmed."""
        self._say(lambda _: "skimmed")

    def do_is_nothing(self) -> None:
        """Nothing is said of it any more."""
        self._say(lambda _: None)

    def _say(self, status: Callable[[list[str]], str | None]) -> None:
        """Say how far papers are read; `status` tells, in a thread, from their keys."""
        store = self.screen.store

        def change(keys: list[str]) -> None:
            def work() -> Said:
                said = status(keys)
                changed = store.set_status(keys, said, self.known(keys) if said else [])
                words = _STATUS_WORDS[said] if said else "neither read nor unread"
                return _changed(keys, changed, ("is", "are"), words)

            self.screen.keeping.change(work)

        self.screen.selection.use(change)

    def do_stars(self, number: str) -> None:
        """Give stars."""
        store, stars = self.screen.store, int(number)

        def change(keys: list[str]) -> None:
            def work() -> Said:
                words = plural(stars, "star", "stars")
                changed = store.set_stars(keys, stars, self.known(keys) if stars else [])
                return _changed(keys, changed, ("has", "have"), words)

            self.screen.keeping.change(work)

        self.screen.selection.use(change)

    # tags

    def do_tags(self) -> None:
        """Choose tags."""
        self.screen.selection.use(self._pick_tags)

    def _pick_tags(self, keys: list[str]) -> None:
        from arxtui.tui.picker import Choice, Picker  # each import delays the first list

        store, screen = self.screen.store, self.screen

        def choices() -> list[Choice]:
            held: dict[str, int] = {}
            for state in store.states(keys).values():
                for tag in state.tags:
                    held[tag] = held.get(tag, 0) + 1
            return [Choice(tag.name, tag.size, held.get(tag.name, 0), len(keys)) for tag in store.tags()]

        def pick(chosen: list[Choice], then: Callable[[], None], refused: Callable[[str], None]) -> None:
            names = [each.name for each in chosen]

            def work() -> Said:
                if len(names) == 1 and store.lookup("tag", names[0]) >= set(keys):
                    store.untag(names[0], keys)
                    return Said(f"Took the tag {named(names[0])} off {papers_words(keys)}; u undoes")
                added = store.tag_all(names, keys, self.known(keys))
                if not added:
                    return Said(sentence(f"{papers_words(keys)} had these tags already"))
                return Said(f"Tagged {papers_words(keys)}: {', '.join(map(named, added))}; u undoes")

            screen.keeping.change(work, then, refused)

        Picker(screen, f"Tags of {papers_words(keys)}", "tag", choices, pick).open()

    # notes

    def do_note(self) -> None:
        """Write a note on the paper under the cursor."""
        screen, key = self.screen, self.screen.key
        if key is None:
            screen.say("No paper here to write on")
            return
        store, drafts = screen.store, self._drafts

        def work() -> tuple[Draft, str]:
            draft, note = drafts.read(key), store.note(key)
            if draft is None or draft.text == note.text:
                store.try_change()  # nobody should write what cannot be kept; a draft is there to be seen and copied
                return Draft(note.text, note), ""
            if draft.over.versions != note.versions:
                return draft, "Never saved, and the note was changed since; esc saves both"
            return draft, "This was written before and never saved; esc saves it"

        screen.working.start(
            work, lambda found: self._write(*found), group="note", what="The note", lane=KEEP
        )

    def _write(self, draft: Draft, found: str) -> None:
        from arxtui.tui.note_screen import NoteScreen  # each import delays the first list

        screen, store, drafts, over = self.screen, self.screen.store, self._drafts, draft.over
        key = over.key
        name = called(key)

        def keep(text: str) -> None:
            screen.working.background.submit(lambda: drafts.write(Draft(text, over)), KEEP)

        def save(text: str, answered: Callable[[str], None]) -> None:
            nonlocal over
            base = over

            def work() -> Said:
                nonlocal over
                # On disk before the store is asked: where that refuses, the text is still there.
                drafts.write(Draft(text, base))
                kept = store.set_note(key, text, base, self.known([key]) if text else [])
                drafts.drop(key)
                if kept is None:
                    return Said(f"The note on {name} said that already")
                over = kept.after(text)
                done = f"Saved the note on {name}" if text else f"Removed the note on {name}"
                if kept.has_more_than(text):
                    done += ": both versions are kept in it" if text else ", not what was written elsewhere"
                return Said(f"{done}; u undoes")

            def refused(wrong: str) -> None:
                kept = (
                    "until you quit, for it is on no disk"
                    if key in drafts.unwritten
                    else f"in {drafts.folder}"
                )
                answered(f"{wrong}\nThe draft is kept {kept}; e on the paper goes on with it")

            screen.keeping.change(work, lambda: answered(""), refused)

        self._writing = NoteScreen(
            f"Note on {name}",
            without_controls(draft.text),
            found=found,
            unsaved=bool(found),
            draft=keep,
            save=save,
        )
        screen.app.push_screen(self._writing)

    def save_note(self) -> None:
        """Save the note that is being written, if one is: the reader is being left."""
        if self._writing is not None and self._writing.is_attached:
            self._writing.action_save()

    async def keep_draft(self) -> None:
        """Have what is being written on disk as a draft, and wait until it is there."""
        if self._writing is not None and self._writing.is_attached:
            self._writing.keep_draft()
            await self.screen.working.background.run(lambda: None, KEEP)  # its one thread takes turns

    async def write_again(self) -> None:
        """Write drafts that are on no disk, as far as there is room now, and wait until that is done."""
        if self._drafts.unwritten:
            await self.screen.working.background.run(self._drafts.write_again, KEEP)

    def holds_back(self) -> bool:
        """Tell the user, once, that a note would be lost by leaving: neither it nor a draft could be written.

        Returns:
            Whether there is such a note of which the user was not told before.
        """
        lost = self._drafts.unwritten
        if not lost or lost == self._told:
            return False
        self._told = lost
        names, one = ", ".join(map(called, lost)), len(lost) == 1
        self.screen.keeping.notify(
            f"The note{'' if one else 's'} on {names} {'is' if one else 'are'} on no disk: free some space and save "
            f"{'it' if one else 'each'} (e, then ctrl+s), or copy {'it' if one else 'them'} elsewhere. "
            f"Quitting again leaves without {'it' if one else 'them'}"
        )
        return True

    def leave(self) -> None:
        """The reader ends: drafts it leaves may be taken up by others."""
        self._drafts.close()

    def tell_drafts(self) -> None:
        """Say that there are notes that were not saved."""

        def told(keys: list[str]) -> None:
            if keys:
                names = ", ".join(map(shown_identifier, keys[:3])) + (" and others" if len(keys) > 3 else "")
                self.screen.keeping.notify(
                    f"A note was not saved: e on {names} goes on with it"
                    if len(keys) == 1
                    else f"Notes were not saved: e goes on with them, on {names}"
                )

        self.screen.working.start(self._drafts.keys, told, group="drafts", what="The drafts", awaited=False)
        self.screen.set_interval(_AGAIN, self.write_again)

    # marks

    @property
    def mark_words(self) -> str:
        """What is asked when a mark is to be gone to: which there are."""
        letters = self.screen.keeping.read.letters if self.screen.keeping.read is not None else {}
        marks = "  ".join(f"{letter} {shown_identifier(key)}" for letter, key in sorted(letters.items()))
        return f"Go to mark: {marks}" if marks else "Go to mark: none yet, m sets one"

    def do_mark(self, letter: str) -> None:
        """Mark the paper under the cursor with a letter; again with the same letter: no more."""
        screen, store, key = self.screen, self.screen.store, self.screen.key
        if key is None:
            screen.say("No paper here to mark")
            return

        def work() -> Said:
            if store.marks().get(letter) == key:
                store.set_mark(letter, None)
                return Said(f"{letter} marks nothing any more; u undoes")
            store.set_mark(letter, key)
            return Said(f"{letter} marks {called(key)}: ' {letter} goes there")

        screen.keeping.change(work)

    def do_jump(self, letter: str) -> None:
        """Go to the paper that a letter marks: in what is listed, else among all, else on a list that keeps it."""
        screen, store, library = self.screen, self.screen.store, self.screen.library
        papers = screen.paper_list.papers

        def work() -> tuple[View | None, str] | Said:
            key = store.marks().get(letter)
            if key is None:
                return Said(f"{clean(letter)} marks no paper; m {clean(letter)} would mark this one")
            if papers is not None and papers.position(key) is not None:
                return None, key
            if library.rows([key]):
                return View(), key
            lists = store.lists_of(key)
            if lists:
                return View(shelf=Shelf("list", lists[0])), key
            return Said(
                f"{shown_identifier(key)}, which {clean(letter)} marks, is in none of the open files or lists"
            )

        def found(answer: tuple[View | None, str]) -> None:
            view, key = answer
            if view is not None:
                screen.search_line.show("")
            screen.ask(view or screen.view, key=key)

        screen.working.start(work, found, group="jump", what="The mark", lane=PAPER)


def _changed(keys: list[str], changed: list[str], ways: tuple[str, str], words: str) -> Said:
    """What was done: `12 papers are now read (3 were already); u undoes`.

    Args:
        keys: of the papers in question.
        changed: those of which something else was said before.
        ways: the verb for one paper, and for more.
        words: what is so of them.
    """
    verb = ways[len(changed or keys) > 1]
    if not changed:
        said = f"{papers_words(keys)} {verb} {words} already"
    else:
        rest = f" ({len(keys) - len(changed):,} were so already)" if len(changed) < len(keys) else ""
        now = f"now {verb}" if verb in ("has", "have") else f"{verb} now"
        said = f"{papers_words(changed)} {now} {words}{rest}; u undoes"
    return Said(sentence(said))
