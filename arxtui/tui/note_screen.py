"""The note on a paper, below the reader."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from arxtui.core.display import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

_REST = 0.2
"""Seconds after the last letter before the draft is written: that much is lost where the program is killed."""
_KEYS = "esc save   ctrl+s save and go on   ctrl+e in $EDITOR"


class NoteScreen(ModalScreen[None]):
    """A text to write in. Leaving saves.

    Args:
        title: whose note.
        text: what stands there.
        found: something to tell: that this is a draft, say.
        unsaved: leaving saves it even where nothing is changed.
        draft: is given the text now and then, to keep it.
        save: is given the text that is to be saved.
    """

    BINDINGS = [
        Binding("escape", "leave", "Save and leave", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+e", "editor", "Edit in $EDITOR", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        *,
        found: str = "",
        unsaved: bool = False,
        draft: Callable[[str], None],
        save: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._title, self._found = title, found
        self._text = self._opened = text
        self._saved: str | None = None if unsaved else text
        self._draft, self._save = draft, save
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical(id="note"):
            yield Static(clean(self._title), id="prompt-title", markup=False)
            yield TextArea(self._text, id="note-text", soft_wrap=True, tab_behavior="focus", compact=True)
            yield Static(self._found or _KEYS, id="prompt-note", markup=False)

    def on_mount(self) -> None:
        """Write at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep a draft when the writer rests."""
        event.stop()
        self._text = event.text_area.text
        if self._rest is not None:
            self._rest.stop()
        if self._text != self._opened:
            self.query_one("#prompt-note", Static).update(_KEYS)
            self._rest = self.set_timer(_REST, lambda: self._draft(self._text))

    def action_save(self) -> None:
        """Save what is written, if that is anything new."""
        if self._rest is not None:
            self._rest.stop()
        text = self.query_one(TextArea).text
        if text != self._saved:
            self._saved = text
            self._save(text)

    def action_leave(self) -> None:
        """Save and close."""
        self.action_save()
        self.dismiss(None)

    def action_editor(self) -> None:
        """Go on in the editor of the user's choice."""
        area, said = self.query_one(TextArea), self.query_one("#prompt-note", Static)
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not command:
            said.update("EDITOR names no editor: set it, EDITOR=vim say, and start arxtui again")
            return
        self._draft(area.text)
        try:
            with self.app.suspend():
                text = edited(command, area.text)
        except SuspendNotSupported:
            said.update("This terminal cannot be lent to another program")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            said.update(clean(f"{command} did not work: {error}"))
        else:
            area.load_text(text)
            area.move_cursor(area.document.end)
        self.refresh(layout=True)


def edited(command: str, text: str) -> str:
    """Have a text edited by another program.

    Args:
        command: the program and its arguments, as a shell would take them; no shell is asked.
        text: what it is given, in a file.

    Returns:
        What the file holds when the program is through, less the line end that editors put at its end.

    Raises:
        OSError: the program cannot be started, or the file not be written or read.
        CalledProcessError: the program says that it failed.
        ValueError: the command is no command, or the file no text.
    """
    program = shlex.split(command)
    if not program:
        raise ValueError("it names no program")
    with tempfile.TemporaryDirectory(prefix="arxtui-") as folder:
        path = Path(folder) / "note.txt"
        path.write_text(text + "\n" * bool(text), encoding="utf-8")
        subprocess.run([*program, str(path)], check=True)
        return path.read_text(encoding="utf-8").removesuffix("\n")
