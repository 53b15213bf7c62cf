"""What is written in a note and not saved yet, so that it outlives the program."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading import Note

if TYPE_CHECKING:
    from pathlib import Path


class Draft(NamedTuple):
    """An unsaved note.

    Attributes:
        text: as it was written so far.
        over: the note that was there when the writing began.
    """

    text: str
    over: Note


class Drafts:
    """Keeps a file for each note that is being written, beside the reading store.

    Args:
        folder: made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unwritten: dict[str, Draft] = {}

    def write(self, draft: Draft) -> None:
        """Keep a draft. Where it cannot be written it is kept in memory, for as long as the program runs."""
        over = draft.over
        said = {"key": over.key, "text": draft.text, "over": over.text, "versions": over.versions}
        path = self._path(over.key)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(said), encoding="utf-8")
            part.replace(path)
        except OSError:
            self._unwritten[over.key] = draft
            with suppress(OSError):
                part.unlink()
        else:
            self._unwritten.pop(over.key, None)

    def read(self, key: str) -> Draft | None:
        """The draft of a note on a paper, if there is one."""
        if key in self._unwritten:
            return self._unwritten[key]
        try:
            said = json.loads(self._path(key).read_text(encoding="utf-8"))
            return Draft(str(said["text"]), Note(key, str(said["over"]), tuple(map(str, said["versions"]))))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def drop(self, key: str) -> None:
        """Forget the draft of a note: it is saved."""
        self._unwritten.pop(key, None)
        with suppress(OSError):
            self._path(key).unlink()

    def keys(self) -> list[str]:
        """The papers whose notes were not saved."""
        found = []
        with suppress(OSError):
            for path in sorted(self.folder.glob("*.json")):
                with suppress(OSError, ValueError, KeyError, TypeError):
                    found.append(str(json.loads(path.read_text(encoding="utf-8"))["key"]))
        return found

    def _path(self, key: str) -> Path:
        # A key may hold a stroke or anything else that a file name cannot.
        return self.folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.json"
