"""Writes what is selected or listed into a file, in a format of other programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.core.display import clean, clean_path
from arxtui.files import complete_or_not
from arxtui.tui.background import ASIDE
from arxtui.tui.listing import read_papers
from arxtui.tui.messages import Said
from arxtui.tui.scope import scope_of
from arxtui.tui.views import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arxtui.core.exchange.references import Reference
    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.tui.main_screen import MainScreen
    from arxtui.tui.views import Papers

_CHUNK = 2000
"""Papers that are read together, with their states."""
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class Exporting:
    """Handles the action that writes papers into a file: which format, which file, over another one or not."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_export(self) -> None:
        """Ask for the format of what is selected, or of all that is listed."""
        screen = self.screen
        papers = screen.paper_list.papers
        if screen.selection.words:
            screen.selection.use(
                lambda keys: self._ask_format(len(keys), "selected", lambda: iter(keys), "papers")
            )
        elif papers is None or not papers.total:
            screen.say("No paper here to export")
        else:
            scope = str(scope_of(screen.view))
            name = _NOT_IN_NAMES.sub("-", scope.removeprefix("in ")).strip("-.")[:60] or "papers"
            self._ask_format(papers.total, scope, lambda: keys_of(papers), name)

    def _ask_format(self, total: int, scope: str, keys: Callable[[], Iterator[str]], name: str) -> None:
        from arxtui.tui.format_screen import FormatScreen  # each import delays the first list

        def chosen(found: tuple[str, str, bool] | None) -> None:
            if found is not None:
                form, extension, notes = found
                file = f"{Path.cwd() / name}{extension}"
                self._ask_file(file, lambda path: self._write(path, form, keys, notes=notes))

        title = f"Export {plural(total, 'paper', 'papers')} {scope}".rstrip()
        self.screen.app.push_screen(FormatScreen(clean(title)), chosen)

    def _ask_file(self, name: str, write: Callable[[Path], None], wrong: str = "") -> None:
        from arxtui.tui.prompt_screen import PromptScreen  # each import delays the first list

        def named(answer: str | None) -> None:
            if not answer:
                return
            path = Path(answer).expanduser()
            # The folder of the file that is proposed is the current one, so that it is seen.
            if path.is_file():
                self._ask_over(path, write)
            else:
                write(path)

        note = "enter write   esc cancel" + (f"\n{wrong}" if wrong else "")
        self.screen.app.push_screen(PromptScreen("Write into the file", value=name, note=note), named)

    def _ask_over(self, path: Path, write: Callable[[Path], None]) -> None:
        from arxtui.tui.confirm_screen import ConfirmScreen  # each import delays the first list

        def answered(sure: bool | None) -> None:
            if sure:
                write(path)
            else:
                self.screen.say("Nothing was written")

        question = f"{clean_path(str(path))} is there already. Write over it?"
        self.screen.app.push_screen(ConfirmScreen(question), answered)

    def _write(self, path: Path, form: str, keys: Callable[[], Iterator[str]], *, notes: bool) -> None:
        screen = self.screen
        library, store = screen.library, screen.store
        shown = clean_path(str(path))

        writing = f"Writing {shown} …"

        def again(wrong: str) -> None:
            screen.status.unsay(writing)
            self._ask_file(str(path), lambda other: self._write(other, form, keys, notes=notes), wrong)

        def work() -> Said | str:
            from arxtui.core.exchange import FORMATS, Reference, write
            from arxtui.core.papers import Paper

            written = 0

            def papers() -> Iterator[Reference]:
                nonlocal written
                written = 0
                found = references(library, store, keys(), notes=notes)
                if FORMATS[form].keys_alone:
                    found = (Reference(Paper(key)) for key in keys())  # no file is read
                for reference in found:
                    written += 1
                    yield reference

            try:
                write_file(path, write(form, papers, claims=store.claims()))
            except OSError as error:
                wrong = f"{shown} cannot be written: {error.strerror or error}"
                # Later the user is about other things: a line to type in would take the keys that are meant for these.
                return Said(wrong, error=True) if written else wrong
            return Said(f"Wrote {plural(written, 'paper', 'papers')} into {shown}")

        screen.status.say_while(writing)
        screen.working.start(work, again, group="export", what="The export", lane=ASIDE, awaited=False)


def keys_of(papers: Papers) -> Iterator[str]:
    """The keys of all papers of a list, a page at a time."""
    for start in range(0, papers.total, _CHUNK):
        yield from (row.key for row in papers.rows(start, start + _CHUNK) if row.key)


def references(
    library: Library, store: ReadingStore, keys: Iterable[str], *, notes: bool
) -> Iterator[Reference]:
    """Papers ready to be written.

    Args:
        library: what it knows of a paper counts more than what was kept of it.
        store: where tags and notes are.
        keys: which papers, in which order.
        notes: with tags and notes.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the store cannot be read.
    """
    from arxtui.core.exchange.references import Reference

    texts = store.notes_of() if notes else {}
    wanted = list(keys)
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        states = store.states(chunk) if notes else {}
        for paper in read_papers(library, store, chunk):
            key = paper.key
            yield Reference(paper, states[key].tags if key in states else (), texts.get(key))


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file that appears when it is complete, or not at all.

    Args:
        path: the file; of a link, the file it leads to is replaced.
        pieces: its text.

    Raises:
        OSError: it cannot be written.
    """
    with complete_or_not(path) as stream:
        stream.writelines(pieces)
