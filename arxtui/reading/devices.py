"""Which device this copy of the store is: what tells its events, and its file in a folder that is synced, from those of others."""

from __future__ import annotations

import hashlib
import platform
import secrets
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def this_device(connection: sqlite3.Connection) -> str:
    """Return the id of this copy of the store: 16 hexadecimal digits."""
    device: str = connection.execute("SELECT value FROM state WHERE name = 'device'").fetchone()[0]
    return device


def become_new_device(connection: sqlite3.Connection, device: str | None = None) -> None:
    """Give this copy of the store an id of its own. What it holds of its own under another stays its own.

    Args:
        connection: the store, inside a transaction.
        device: the id; None makes one.
    """
    device = device or secrets.token_hex(8)
    connection.execute("INSERT OR REPLACE INTO state VALUES ('device', ?)", (device,))


def stay_at_home(connection: sqlite3.Connection, path: Path) -> None:
    """Become a new device where the store was copied here from another place.

    Two copies that both went on as one device would write one file in a synced folder. A new id costs nothing.

    Args:
        connection: the store, inside a transaction.
        path: its file.
    """
    home = _home(path)
    row = connection.execute("SELECT value FROM state WHERE name = 'home'").fetchone()
    if row is None or row[0] != home:
        if row is not None:
            become_new_device(connection)
        connection.execute("INSERT OR REPLACE INTO state VALUES ('home', ?)", (home,))


def _home(path: Path) -> str:
    """Return what tells this place from others without naming it."""
    try:
        machine = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        machine = f"{platform.node()} {uuid.getnode()}"
    place = f"{machine} {path.resolve()}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(place).hexdigest()[:16]
