"""The store's events on their way: to other devices, into a file, and back."""

from __future__ import annotations

import os
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from arxtui.core.display import named
from arxtui.reading import backups, projection, syncing
from arxtui.reading.changes import Malformed
from arxtui.reading.citing import changed, citation_keys
from arxtui.reading.devices import become_new_device, this_device
from arxtui.reading.errors import StoreError
from arxtui.reading.lines import from_line, to_line
from arxtui.reading.listing import names_by_id
from arxtui.reading.opened import OpenedStore
from arxtui.reading.values import Loaded, Synced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_BATCH = 200
"""Lines of an export that are taken in at once."""


class _FileRead(NamedTuple):
    """What was read of a file.

    Attributes:
        received: number of events that are new here.
        damaged: numbers of the lines that are no events.
        newer: number of lines that a newer arxtui wrote.
        devices: who made the new events.
        nothing: no line of it is of any arxtui.
    """

    received: int
    damaged: list[int]
    newer: int
    devices: set[str]
    nothing: bool


class Moving(OpenedStore):
    """The part of the store that sends and receives."""

    def sync(self, folder: str | os.PathLike[str]) -> Synced:
        """Exchange events with a folder that anything may carry to other devices and back.

        It can be called at any time, on any number of devices; in whatever order the files arrive, all show the same in the end. Marks stay here.

        Args:
            folder: the folder. One file in it is this device's own.

        Returns:
            What was sent and received.

        Raises:
            StoreError: there is no such folder, it is the one of the store, or it cannot be read or written.
        """
        folder = Path(folder).resolve()
        if folder == self.path.parent.resolve():
            raise StoreError(
                f"{folder} holds the reading lists themselves, which must not be carried while they are open: "
                "make another folder to sync with"
            )
        if not folder.is_dir():
            raise StoreError(f"there is no folder {folder} to sync with. Make it, or connect its drive")
        with self._reading() as connection:
            before = names_by_id(connection)
        cited = cache(self._citation_keys)
        try:
            notes = self._mend(folder)
            received, damaged, told, files = self._receive(folder, cited)
            with self._reading() as connection:
                own = syncing.own_file(folder, this_device(connection))
                ids = syncing.ids_to_send(connection, folder)
            sent = syncing.append(own, (line.encode() for line in self._lines(ids))) if ids else 0
            if sent:
                backups.sync_to_disk(folder)
                # Read back: what is not in the file was not sent.
                received += self._read_file(own).received
        except OSError as error:
            raise StoreError(
                f"{folder} cannot be synced with ({error.strerror or error}). What was received is kept. "
                "Look whether the drive is there, has space and may be written"
            ) from error
        with self._reading() as connection:
            after = names_by_id(connection)
        renamed = {before[row]: name for row, name in after.items() if before.get(row, name) != name}
        called = [f"the list {named(old)} is called {named(new)} now" for old, new in renamed.items()]
        other_keys = changed(cited(), self._citation_keys()) if received else []
        return Synced(sent, received, files, damaged, (*notes, *told, *called, *other_keys))

    def _citation_keys(self) -> dict[str, str]:
        with self._reading() as connection:
            return citation_keys(connection)

    def _mend(self, folder: Path) -> list[str]:
        with (
            self._writing() as connection
        ):  # a copy of a store takes its own id first, and then has another file
            own = syncing.own_file(folder, this_device(connection))
        wrong = syncing.mend(own)
        if not wrong:
            return []
        with self._writing() as connection:
            syncing.read_again(connection, own)
        which = f"line{'s' * (len(wrong) > 1)} {', '.join(map(str, wrong))}"
        return [f"{own.name}, {which}: damaged; the file is this machine's own and was made right"]

    def _receive(self, folder: Path, beforehand: Callable[[], object]) -> tuple[int, int, list[str], int]:
        """Take in what the files have, and call what is to be found out before anything of it counts: not where there is nothing new."""
        files = syncing.files_in(folder)
        with self._writing() as connection:
            device = this_device(connection)
            syncing.forget_all_but(connection, folder, files)
        received = damaged = newer = 0
        notes = []
        for file in files:
            try:
                new, broken, ahead, devices, nothing = self._read_file(file, beforehand)
            except OSError as error:
                notes.append(f"{file.name} could not be read ({error.strerror or error}); the others were")
                continue
            received, damaged, newer = received + new, damaged + len(broken), newer + ahead
            if broken:
                notes.append(syncing.damage_words(file.name, broken, nothing=nothing))
            if device in devices:
                # Somebody else wrote as this device: a copy of this store, or this store before it was restored from a backup.
                with self._writing() as connection:
                    become_new_device(connection)
                    device = this_device(connection)
        if newer:
            notes.append(
                f"{newer:,} {'line was' if newer == 1 else 'lines were'} written by a newer arxtui and left in place; "
                "update arxtui to read what they say"
            )
        return received, damaged, notes, len(files)

    def _read_file(self, file: Path, beforehand: Callable[[], object] = lambda: None) -> _FileRead:
        with self._reading() as connection:
            known = syncing.known_end(connection, file)
        received = newer = 0
        damaged: list[int] = []
        devices: set[str] = set()
        nothing = True
        for read in syncing.read_file(file, known):
            if read.events:
                beforehand()
            with self._writing() as connection:
                new, makers = syncing.take_in(connection, file, read)
            received, newer = received + new, newer + read.newer
            damaged += read.damaged
            devices |= makers
            nothing = nothing and read.first and not (read.events or read.newer)
        if damaged:
            with self._writing() as connection:
                syncing.read_again(connection, file)
        return _FileRead(received, damaged, newer, devices, nothing)

    def dump(self) -> Iterator[str]:
        """Give everything as lines of JSON, one for each event, with their line ends.

        `load` of them into an empty store shows the same.
        """
        with self._reading() as connection:
            ids = [event for (event,) in connection.execute("SELECT id FROM events ORDER BY id")]
        yield from self._lines(ids)

    def _lines(self, ids: Iterable[str]) -> Iterator[str]:
        for event in ids:
            # One at a time: whoever writes them to a slow drive keeps nobody from reading.
            with self._reading() as connection:
                found = projection.event_of(connection, event)
                line = "" if found is None else to_line(connection, found)
            yield line

    def load(self, lines: Iterable[str]) -> Loaded:
        """Add what `dump` gave, here or on another device, or what a synced folder holds.

        Args:
            lines: the lines; what is no event is passed over.

        Returns:
            How many were new, known, and could not be read.
        """
        received = known = damaged = 0
        rest = (line for line in lines if line.strip())
        while batch := list(islice(rest, _BATCH)):
            read = []
            for line in batch:
                try:
                    read.append(from_line(line))
                except Malformed:
                    damaged += 1
            with self._writing() as connection:
                new = len(syncing.add_all(connection, read))
            received, known = received + new, known + len(read) - new
        return Loaded(received, known, damaged)
