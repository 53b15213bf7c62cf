"""The store's backups, and the look after its health."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from arxtui.reading import backups, recovery
from arxtui.reading.errors import Damaged, StoreError
from arxtui.reading.opened import OpenedStore
from arxtui.reading.schema import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from arxtui.reading.values import Restored


class Safety(OpenedStore):
    """The part of the store that sees to it that it lasts."""

    def backups(self) -> list[Path]:
        """Return the backups there are: the dated ones, then what was kept before a restore or a new version; the newest first."""
        return [*backups.dated(self.path), *backups.kept(self.path)]

    def backup(self, path: Path | None = None) -> Path:
        """Make a backup now, whatever is written meanwhile, and look through it.

        Args:
            path: the file to make; an older backup there is replaced. A folder gets a new one named by the time. None is such a
                one beside the store, which stays until the user removes it.

        Returns:
            The file.

        Raises:
            StoreError: it cannot be written, something else than a backup is there, or the store is damaged.
        """
        if path is None:
            target = backups.by_hand(self.path)
            self._copy_to(target)
            return target
        target = backups.by_hand(self.path, path) if path.is_dir() else path
        if target.exists() and not (target.is_file() and backups.is_store(target)):
            raise StoreError(
                f"{path} is there already and is no backup; it was left as it is. Name another file"
            )
        # A folder that is missing may be a drive that is: what was made in its place would be found by nobody.
        if not target.parent.is_dir():
            raise StoreError(
                f"{path} cannot be written: there is no folder {target.parent}. Make it, or connect its drive"
            )
        if not os.access(target.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise StoreError(f"{path} cannot be written: the folder {target.parent} does not allow it")
        self._copy_to(target)
        return target

    def _copy_to(self, target: Path) -> None:
        with (
            self._explained(),
            self._explained_folder(target.parent),
            # A connection of its own: others go on reading and writing.
            closing(connect(self.path, self._patience).connection) as connection,
        ):
            backups.copy(connection, self.path, target)

    def restore(self, backup: Path) -> Restored:
        """Go back to a backup: it takes the place of the store, for all that have it open.

        Args:
            backup: the backup, or any copy of a store.

        Returns:
            Where what was there until now is kept, and what the next sync brings back.

        Raises:
            StoreError: it is no sound backup, or the store cannot be changed. Nothing was changed then.
        """
        if self.refusal is not None:
            raise StoreError(self.refusal)
        if not (backup.is_file() and backups.is_store(backup)):
            raise StoreError(
                f"{backup} is no backup of reading lists; arxtui backup ls shows those there are"
            )
        with self._replaced():
            return recovery.replace_by(self.path, backup, self._patience)

    def lost_records(self) -> int:
        """Count the papers on lists whose records were lost with a damaged file."""
        with self._reading() as connection:
            return recovery.lost_records(connection)

    def look_after(self) -> str | None:
        """Make the backup of today where it lacks something, remove old ones, and put the store right where it is damaged.

        It takes a second for each 100 MB or so: to be called in a worker, some seconds after the first screen and now and
        then, and after a program has changed something; never before anything is shown. Of a store up to `backups.QUICK`
        the backup holds all there is afterwards; of a larger one it may be `backups.RENEWED_AFTER` seconds old.

        Returns:
            What the user must know of, else None.

        Raises:
            StoreError: no backup can be made. The one that there was is as it was.
        """
        if self.read_only:
            return None
        today = backups.today(self.path)
        try:
            with self._explained_folder(self.path.parent):
                with self._reading() as connection:
                    latest = backups.latest_of(connection)
                if not backups.due(self.path, latest):
                    return None
                if self._lacks(backups.latest_in(today) if today.exists() else None):
                    # An older store has taken the place of this one; what came after it should not be lost here as well.
                    recovery.before_return(self.path, today)
            self._copy_to(today)
        except Damaged:
            return self._put_right()
        with suppress(OSError):
            backups.remove_old(self.path)
        return None

    def _lacks(self, event: tuple[int, str] | None) -> bool:
        """Tell whether the last event of a backup is neither here nor the last of what was kept before a restore."""
        if event is None:
            return False
        with self._reading() as connection:
            found = connection.execute("SELECT 1 FROM events WHERE id = ?", event[1:]).fetchone()
        return not found and event not in map(backups.latest_in, backups.kept(self.path))

    def _put_right(self) -> str | None:
        with self._replaced():
            said = recovery.put_right(self.path, self._patience)
        return "; ".join(said) or None

    @contextmanager
    def _replaced(self) -> Iterator[None]:
        """Let the file be replaced by another one, and open that."""
        with self._write_lock, self._read_lock, self._explained(), self._explained_folder(self.path.parent):
            self._reader.close()
            self._writer.close()
            try:
                yield
            finally:
                self._writer, self._written = self._connected()
                self._reader, self._read = self._connected()
