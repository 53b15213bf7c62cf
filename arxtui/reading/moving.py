"""The store's events on their way: to other devices, into a file, and back."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.reading import backups, projection, syncing
from arxtui.reading.changes import Malformed
from arxtui.reading.devices import become_new_device, this_device
from arxtui.reading.errors import StoreError
from arxtui.reading.lines import from_line, to_line
from arxtui.reading.opened import OpenedStore
from arxtui.reading.values import Loaded, Synced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BATCH = 200
"""Lines of an export that are taken in at once."""


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
            StoreError: there is no such folder, or it cannot be read or written.
        """
        folder = Path(folder).resolve()
        if not folder.is_dir():
            raise StoreError(f"there is no folder {folder} to sync with. Make it, or bring its drive")
        try:
            received, damaged, notes, files = self._receive(folder)
            with self._reading() as connection:
                own = syncing.own_file(folder, this_device(connection))
                ids = syncing.ids_to_send(connection, folder)
            sent = syncing.append(own, (line.encode() for line in self._lines(ids))) if ids else 0
            if sent:
                backups.sync_to_disk(folder)
                # Read back: what is not in the file was not sent.
                received += self._read_file(own)[0]
        except OSError as error:
            raise StoreError(
                f"{folder} cannot be synced with ({error.strerror or error}). What was received is kept. "
                "Look whether the drive is there, has space and may be written"
            ) from error
        return Synced(sent, received, files, damaged, tuple(notes))

    def _receive(self, folder: Path) -> tuple[int, int, list[str], int]:
        files = syncing.files_in(folder)
        with self._writing() as connection:
            device = this_device(connection)
            syncing.forget_all_but(connection, folder, files)
        received = damaged = newer = 0
        notes = []
        for file in files:
            try:
                new, broken, ahead, devices = self._read_file(file)
            except OSError as error:
                notes.append(f"{file.name} could not be read ({error.strerror or error}); the others were")
                continue
            received, damaged, newer = received + new, damaged + broken, newer + ahead
            if device in devices:
                # Somebody else wrote as this device: a copy of this store, or this store before it was restored from a backup.
                with self._writing() as connection:
                    become_new_device(connection)
                    device = this_device(connection)
        if newer:
            notes.append(
                f"{newer:,} lines were written by a newer arxtui and left where they are; update arxtui to read them"
            )
        return received, damaged, notes, len(files)

    def _read_file(self, file: Path) -> tuple[int, int, int, set[str]]:
        with self._reading() as connection:
            known = syncing.known_end(connection, file)
        received = damaged = newer = 0
        devices: set[str] = set()
        for read in syncing.read_file(file, known):
            with self._writing() as connection:
                new, makers = syncing.take_in(connection, file, read)
            received, damaged, newer = received + new, damaged + read.damaged, newer + read.newer
            devices |= makers
        return received, damaged, newer, devices

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
