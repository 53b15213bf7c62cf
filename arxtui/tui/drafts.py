"""What is written in a note and not saved yet, so that it outlives the program."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
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

    Each reader has files of its own, and beside them one that it keeps locked while it runs: what another reader is
    writing is no business of this one, and what a reader left that has ended is anybody's.

    Args:
        folder: made when it is needed, in a folder that is there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._name = secrets.token_hex(6)
        self._lock: int | None = None
        self._unwritten: dict[str, Draft] = {}

    def write(self, draft: Draft) -> bool:
        """Keep a draft. Where it cannot be written it is kept in memory, for as long as the program runs.

        Returns:
            Whether it is in a file.
        """
        over = draft.over
        said = {"key": over.key, "text": draft.text, "over": over.text, "versions": over.versions}
        path = self._path(over.key)
        part = path.with_suffix(".part")
        try:
            # Not what it stands in: a drive may be gone, and what were made in its place would be found by nobody.
            self.folder.mkdir(exist_ok=True)
            self._stay()
            # Its owner's alone, as the store is.
            handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(json.dumps(said))
                stream.flush()
                os.fsync(stream.fileno())  # else it may be empty after a power cut
            part.replace(path)
        except OSError:
            self._unwritten[over.key] = draft
            with suppress(OSError):
                part.unlink()
            return False
        self._unwritten.pop(over.key, None)
        return True

    def read(self, key: str) -> Draft | None:
        """The draft of a note on a paper, if this reader has one or an ended one has left one; that is this one's then."""
        if key in self._unwritten:
            return self._unwritten[key]
        own = self._path(key)
        if not own.exists():
            with suppress(OSError):
                left = [path for path in self._left() if path.name.startswith(_digest(key))]
                if left:
                    self._stay()
                    max(left, key=lambda path: path.stat().st_mtime).replace(own)
        found = _read(own)
        return None if found is None or found.over.key != key else found

    def drop(self, key: str) -> None:
        """Forget the draft of a note: it is saved."""
        self._unwritten.pop(key, None)
        with suppress(OSError):
            self._path(key).unlink()

    def write_again(self) -> None:
        """Keep what could not be written before: there may be room for it now."""
        for draft in list(self._unwritten.values()):
            self.write(draft)

    @property
    def unwritten(self) -> dict[str, str]:
        """The texts that are in no file, by the papers: they end with the program."""
        return {key: draft.text for key, draft in self._unwritten.items()}

    def keys(self) -> list[str]:
        """The papers whose notes were not saved by readers that have ended."""
        found = [draft.over.key for path in self._left() if (draft := _read(path)) is not None]
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Leave what there is to other readers."""
        if self._lock is not None:
            with suppress(OSError):
                self._lock_of(self._name).unlink()
            os.close(self._lock)
            self._lock = None

    def _left(self) -> list[Path]:
        """The files of readers that have ended."""
        there = {self._name} | {path.stem for path in self.folder.glob("*.lock") if _is_locked(path)}
        return [
            path for path in sorted(self.folder.glob("*.json")) if path.stem.partition("-")[2] not in there
        ]

    def _stay(self) -> None:
        """Lock this reader's file, that others see that it runs."""
        if self._lock is None:
            made = self._lock_of(self._name).with_suffix(".new")
            handle = os.open(made, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            with suppress(OSError):  # some network drives know no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
            self._lock = handle
            # Locked before it has its name, so that nobody ever finds it unlocked.
            made.replace(self._lock_of(self._name))

    def _lock_of(self, name: str) -> Path:
        return self.folder / f"{name}.lock"

    def _path(self, key: str) -> Path:
        return self.folder / f"{_digest(key)}-{self._name}.json"


def _digest(key: str) -> str:
    # A key may hold a stroke or anything else that a file name cannot.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _read(path: Path) -> Draft | None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        over = Note(str(said["key"]), str(said["over"]), tuple(map(str, said["versions"])))
        return Draft(str(said["text"]), over)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_locked(path: Path) -> bool:
    """Tell whether the reader of a lock runs; what a killed one left is removed."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()  # whoever left it was killed
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
