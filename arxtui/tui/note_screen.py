"""The note on a paper, below the reader."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from arxtui.core.display import clean
from arxtui.interrupts import left_to_child
from arxtui.tui.typing_line import at_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

_REST = 0.2
"""Seconds after the last letter before the draft is written: that much is lost where the program is killed."""
_KEYS = "esc save   ctrl+s save and go on   ctrl+e in $EDITOR"
_KEPT = "esc leaves and keeps the draft   ctrl+s tries again"


class _Text(TextArea, inherit_bindings=False):
    """A text to write in, in which keys take effect in the order they come in."""

    BINDINGS = at_once(TextArea.BINDINGS)


class NoteScreen(ModalScreen[None]):
    """A text to write in. Leaving saves; where that fails it stays open and says why.

    Args:
        title: whose note.
        text: what stands there.
        found: something to tell: that this is a draft, say.
        unsaved: leaving saves it even where nothing is changed.
        draft: is given the text now and then, to keep it.
        save: is given the text that is to be saved, and what is to be called when it is or cannot be: with what is
            wrong then, nothing where it is saved.
    """

    BINDINGS = [
        Binding("escape", "leave", "Save and leave", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+e", "editor", "Edit in $EDITOR", show=False, priority=True),
        Binding("ctrl+c", "copy_or_quit", "Copy or quit", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        *,
        found: str = "",
        unsaved: bool = False,
        draft: Callable[[str], None],
        save: Callable[[str, Callable[[str], None]], None],
    ) -> None:
        super().__init__()
        self._title, self._found = title, found
        self._text = self._opened = text
        self._saved: str | None = None if unsaved else text
        self._draft, self._save = draft, save
        self._rest: Timer | None = None
        self._asked: str | None = None
        self._refused: str | None = None
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical(id="note"):
            yield Static(clean(self._title), id="prompt-title", markup=False)
            yield _Text(self._text, id="note-text", soft_wrap=True, tab_behavior="focus", compact=True)
            yield Static(id="prompt-note", markup=False)

    def on_mount(self) -> None:
        """Write at the end."""
        self._tell(self._found)
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
            self._tell()
            self._rest = self.set_timer(_REST, lambda: self._draft(self._text))

    def _tell(self, said: str = "", *, refused: bool = False) -> None:
        """Say what the keys do, and below it something else."""
        keys = _KEPT if refused else _KEYS
        self.query_one("#prompt-note", Static).update(f"{keys}\n{said}" if said else keys)
        self.query_one("#note").set_class(refused, "-refused")

    def action_save(self) -> None:
        """Save what is written, if that is anything new."""
        if self._rest is not None:
            self._rest.stop()
        text = self.query_one(TextArea).text
        if text not in (self._saved, self._asked):
            self._asked = text
            self._save(text, lambda wrong: self._answered(text, wrong))

    def _answered(self, text: str, wrong: str) -> None:
        if self._asked == text:
            self._asked = None
        if not self.is_attached:
            return
        if wrong:
            self._refused, self._leaving = text, False
            self._tell(f"Not saved: {clean(wrong, keep_breaks=True)}", refused=True)
            return
        self._saved, self._refused = text, None
        if self._leaving:
            self._leaving = False
            self.action_leave()
        elif self._text == text:
            self._tell("Saved")  # the status line is below this

    def keep_draft(self) -> None:
        """Keep a draft of what is not saved, without waiting for the writer to rest."""
        if self._text not in (self._saved, self._opened):
            self._draft(self._text)

    def action_leave(self) -> None:
        """Save and close. What could not be saved a moment ago is left as a draft."""
        text = self.query_one(TextArea).text
        if text in (self._saved, self._refused):
            self.dismiss(None)
            return
        self._leaving = True
        self.action_save()

    def action_copy_or_quit(self) -> None:
        """Copy what is selected; where nothing is, quit as everywhere, which saves the note."""
        area = self.query_one(TextArea)
        if area.selected_text:
            area.action_copy()
        else:
            self.run_worker(self.app.action_quit(), group="leave", exit_on_error=False)

    def action_editor(self) -> None:
        """Go on in the editor of the user's choice."""
        area = self.query_one(TextArea)
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
        if not command.strip():
            self._tell("EDITOR names no editor: set it, EDITOR=vim say, and start arxtui again")
            return
        self._draft(area.text)
        text, wrong = area.text, ""
        try:
            # Caught in `edited`: whatever leaves this block keeps Textual from taking the terminal back.
            with self.app.suspend():
                text, wrong = edited(command, text)
        except SuspendNotSupported:
            wrong = "This terminal cannot be lent to another program"
        if text != area.text:
            area.load_text(text)
            area.move_cursor(area.document.end)
        if wrong:
            self._tell(clean(wrong))
        self.refresh(layout=True)


def edited(command: str, text: str) -> tuple[str, str]:
    """Have a text edited by another program.

    Args:
        command: the program and its arguments, as a shell would take them; no shell is asked.
        text: what it is given, in a file.

    Returns:
        What the file holds when the program is through, less the line end that editors put at its end, also where the program
        failed: it may have been killed long after something was written. And what went wrong, empty where nothing did.
    """
    wrong = ""
    with tempfile.TemporaryDirectory(prefix="arxtui-") as folder:
        path = Path(folder) / "note.txt"
        try:
            program = shlex.split(command)
            path.write_text(text + "\n" * bool(text), encoding="utf-8")
            # Not what file descriptor 2 leads to while the reader runs: some editors draw there.
            with left_to_child():
                code = subprocess.run([*program, str(path)], check=False, stderr=sys.__stderr__).returncode
            if code:
                how = f"it ended with code {code}" if code > 0 else f"signal {-code} ended it"
                wrong = f"{command} did not work: {how}"
        except (OSError, ValueError) as error:
            wrong = f"{command} did not work: {error}"
        try:
            written = path.read_bytes()
        except OSError as error:
            return text, wrong or f"{command} left nothing that can be read: {error}"
    try:
        text = written.decode()
    except UnicodeDecodeError:
        text = written.decode("latin-1")  # the file goes with the folder: better odd letters than none
    return text.replace("\r\n", "\n").removesuffix("\n"), wrong
