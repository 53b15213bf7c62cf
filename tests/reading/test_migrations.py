"""Stores of older versions are brought up to date without a loss."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from arxtui.core.papers import Paper
from arxtui.reading import ListInfo, ReadingStore, StoreError, schema

from .operations import events_in, shown_writes, written_plainly

VERSION_1 = """
CREATE TABLE state (device TEXT NOT NULL, next_position INTEGER NOT NULL) STRICT;
CREATE TABLE records (digest TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, device TEXT NOT NULL,
    session TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload)),
    undoes TEXT REFERENCES events (id), redoes TEXT REFERENCES events (id)
) STRICT;
CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE entries (
    list INTEGER NOT NULL REFERENCES lists (id), key TEXT NOT NULL, position INTEGER NOT NULL, added TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES records (digest), PRIMARY KEY (list, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_position ON entries (list, position);
CREATE INDEX entries_by_key ON entries (key);
CREATE TABLE changes (
    first INTEGER PRIMARY KEY REFERENCES events (seq), latest INTEGER NOT NULL REFERENCES events (seq),
    session TEXT NOT NULL, undone INTEGER NOT NULL CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX changes_by_session ON changes (undone, session, first);
CREATE INDEX changes_by_age ON changes (undone, first);
"""


class FirstVersion:
    """Writes a store as the first version did: lists, entries and the events behind them."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True)
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.executescript(VERSION_1)
        self.connection.execute("INSERT INTO state VALUES ('0123456789abcdef', 1)")
        self.connection.execute("INSERT INTO lists (name) VALUES ('bookmarks')")
        self.connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        self.connection.execute("PRAGMA user_version = 1")
        self.position = 0

    def close(self) -> None:
        self.connection.close()

    def entries(self, *titles: str) -> list[list[Any]]:
        """Entries for papers with titles; the first one gets the highest position."""
        made = []
        for number, title in enumerate(titles):
            record = dict.fromkeys(
                ("id", "version", "abstract", "comments", "doi", "journal_ref", "created", "updated")
            )
            record |= {"title": title, "authors": ["A. Writer"], "categories": []}
            text = json.dumps(record | {"occurrences": [{"path": "my/files.txt", "line": 1}]}, sort_keys=True)
            digest = hashlib.sha256(text.encode()).hexdigest()
            self.connection.execute("INSERT OR IGNORE INTO records VALUES (?, ?)", (digest, text))
            place = self.position + len(titles) - number
            made.append([title[0], place, "2026-01-02T03:04:05.000Z", digest])
        self.position += len(titles)
        return made

    def event(
        self,
        kind: str,
        name: str,
        entries: list[list[Any]],
        *,
        whole: bool = False,
        session: str = "s",
        undoes: str | None = None,
        redoes: str | None = None,
    ) -> str:
        seq = self.connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM events").fetchone()[0]
        made = f"{0x19000000000 + seq:012x}7{0:03x}8{seq:015x}"
        payload = json.dumps({"list": name, "whole_list": whole, "entries": entries})
        self.connection.execute(
            "INSERT INTO events VALUES (?, ?, '2026-01-02T03:04:05.000Z', '0123456789abcdef', ?, ?, ?, ?, ?)",
            (seq, made, session, kind, payload, undoes, redoes),
        )
        if kind in ("add", "create"):
            self.connection.execute("INSERT OR IGNORE INTO lists (name) VALUES (?)", (name,))
        row = self.connection.execute("SELECT id FROM lists WHERE name = ?", (name,)).fetchone()[0]
        for entry in entries:
            if kind == "add":
                self.connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (row, *entry))
            else:
                self.connection.execute("DELETE FROM entries WHERE list = ? AND key = ?", (row, entry[0]))
        if whole and kind in ("remove", "delete"):
            self.connection.execute("DELETE FROM lists WHERE id = ?", (row,))
        first = undoes or redoes
        if first is None:
            self.connection.execute("INSERT INTO changes VALUES (?, ?, ?, 0)", (seq, seq, session))
        else:
            self.connection.execute(
                "UPDATE changes SET latest = ?, undone = ? WHERE first = (SELECT seq FROM events WHERE id = ?)",
                (seq, undoes is not None, first),
            )
        return made


@pytest.fixture
def old(path: Path) -> FirstVersion:
    return FirstVersion(path)


def titles(store: ReadingStore, name: str) -> list[str | None]:
    return [entry.paper.title for entry in store.entries(name)]


def test_lists_entries_records_and_history_are_kept(old: FirstVersion, path: Path) -> None:
    old.event("add", "bookmarks", old.entries("a wall", "b flow"))
    old.event("create", "empty", [], whole=True)
    flow = old.entries("c first", "d second", "e third")
    old.event("add", "flow", flow, whole=True)
    removed = old.event("remove", "flow", flow[1:2])
    gone = old.event("add", "gone", old.entries("f away"), whole=True)
    old.event("remove", "gone", [["f", 6, "2026-01-02T03:04:05.000Z", "0" * 64]], whole=True, undoes=gone)
    old.event("add", "flow", flow[1:2], undoes=removed)
    old.event("remove", "flow", flow[1:2], redoes=removed)
    old.close()
    with ReadingStore(path) as store:
        assert store.lists() == [ListInfo("bookmarks", 2), ListInfo("empty", 0), ListInfo("flow", 2)]
        assert titles(store, "bookmarks") == ["a wall", "b flow"]
        assert titles(store, "flow") == ["c first", "e third"]
        assert store.entries("flow")[0].added == "2026-01-02T03:04:05.000Z"
        assert store.entries("flow")[0].paper.authors == ("A. Writer",)
        assert [past.text for past in store.history()] == [
            "added f to gone",
            "removed d from flow",
            "added 3 papers to flow",
            "created list empty",
            "added 2 papers to bookmarks",
        ]
        assert [past.undone for past in store.history()] == [True, False, False, False, False]
        assert all(past.here for past in store.history())
        assert store.check() == []
        assert store.notes == []
        # What could be undone then can be undone now.
        assert store.redo(store.history()[0].id) == "added f to gone"
        assert store.undo() == "added f to gone"
        assert store.undo() == "removed d from flow"
        assert titles(store, "flow") == ["c first", "d second", "e third"]
        assert store.undo() == "added 3 papers to flow"
    assert shown_writes(path) == written_plainly(events_in(path))


def test_no_path_of_this_machine_is_kept(old: FirstVersion, path: Path) -> None:
    old.event("add", "bookmarks", old.entries("a wall"))
    old.close()
    with ReadingStore(path) as store:
        assert "my/files.txt" not in "".join(store.dump())
        assert store._reader.execute(
            "SELECT count(*) FROM records WHERE record LIKE '%files.txt%'"
        ).fetchone() == (0,)


def test_what_the_old_rules_made_of_two_windows_stays(old: FirstVersion, path: Path) -> None:
    """Undo there removed what it had added and nobody had taken out since, and left what others had put in again."""
    flow = old.entries("a one", "b two")
    first = old.event("add", "flow", flow, whole=True, session="here")
    old.event("remove", "flow", flow[:1], session="there")
    # By the rules of today the undo of `first` would take the list with it.
    old.event("remove", "flow", flow[1:], session="here", undoes=first)
    old.event("create", "later", [], whole=True)
    again = old.entries("c three")
    added = old.event("add", "later", again)
    taken = old.event("remove", "later", again, session="there")
    old.event("remove", "later", [], undoes=added)
    # By the rules of today nothing would come back: what the undo restores is undone itself.
    old.event("add", "later", again, session="there", undoes=taken)
    old.close()
    with ReadingStore(path) as store:
        assert store.lists() == [ListInfo("bookmarks", 0), ListInfo("later", 1), ListInfo("flow", 0)]
        assert titles(store, "later") == ["c three"]
    assert shown_writes(path) == written_plainly(events_in(path))


def test_the_old_store_is_kept_beside_the_backups(old: FirstVersion, path: Path) -> None:
    old.event("add", "bookmarks", old.entries("a wall"))
    old.close()
    ReadingStore(path).close()
    kept = path.parent / "backups" / "reading-before-version-4.sqlite3"
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT key FROM entries").fetchall() == [("a",)]


def test_a_migrated_store_whose_first_page_is_destroyed(old: FirstVersion, path: Path) -> None:
    """Its tables begin elsewhere than those of a new store, but where they do in its backup."""
    old.event("add", "bookmarks", old.entries("a wall"))
    old.close()
    with ReadingStore(path) as store:
        store.backup()
        store.add("bookmarks", [Paper("later")])
    path.write_bytes(b"\xaa" * 4096 + path.read_bytes()[4096:])
    with ReadingStore(path) as store:
        assert store.keys("bookmarks") == {"a", "later"}


def test_an_empty_old_store(old: FirstVersion, path: Path) -> None:
    old.close()
    with ReadingStore(path) as store:
        assert store.lists() == [ListInfo("bookmarks", 0)]
        assert store.add("flow", [Paper("a")]) == ["a"]


def test_a_crash_in_the_middle_leaves_the_old_store(
    old: FirstVersion, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.event("add", "bookmarks", old.entries("a wall"))
    old.close()
    from arxtui.reading import migrations

    def crash(*_: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_hold_against", crash)
        with pytest.raises(RuntimeError, match="power"):
            ReadingStore(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
    with ReadingStore(path) as store:
        assert titles(store, "bookmarks") == ["a wall"]


def test_an_old_store_that_may_only_be_read_is_read(
    open_folder: Path, plain_user: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_folder / "data" / "reading.sqlite3"
    old = FirstVersion(path)
    old.event("add", "bookmarks", old.entries("a wall"))
    old.close()
    path.parent.chmod(0o555)
    path.chmod(0o444)
    before = path.read_bytes()
    with plain_user(), ReadingStore(path) as store:
        assert titles(store, "bookmarks") == ["a wall"]
        assert store.read_only
        with pytest.raises(StoreError, match="can be read but not changed"):
            store.add("bookmarks", [Paper("b")])
        assert titles(store, "bookmarks") == ["a wall"]
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_version_that_never_was(path: Path) -> None:
    FirstVersion(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreError, match="no arxtui ever wrote version 0"):
        ReadingStore(path)


def test_the_second_version_learns_what_was_made_here(path: Path, tmp_path: Path) -> None:
    """It took what came under an id that this copy once had for its own."""
    with ReadingStore(path) as store, ReadingStore(tmp_path / "other" / "reading.sqlite3") as other:
        store.add("flow", [Paper("a")])
        other.add("flow", [Paper("b")])
        store.load(other.dump())
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP TABLE away; CREATE TABLE devices (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
            "UPDATE changes SET here = 1; PRAGMA user_version = 2;"
        )
        connection.execute("INSERT INTO devices SELECT DISTINCT device FROM events")
        connection.commit()
    with ReadingStore(path) as store:
        assert {past.text: past.here for past in store.history()} == {
            "added a to flow": True,
            "added b to flow": False,
        }
        assert store.undo() == "added a to flow"
        assert store.undo() is None
        assert store.check() == []
    kept = path.parent / "backups" / "reading-before-version-4.sqlite3"
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_the_lists_of_the_third_version_stay(path: Path) -> None:
    """Their ids were the names they were made with, and a name was all that said that one was made."""
    with ReadingStore(path) as store:
        store.add("flow", [Paper("a")])
        store.create("later")
        store.rename_list("flow", "flows")
        store.archive_list("flows")
        store.create("gone")
        store.undo()
    with closing(sqlite3.connect(path)) as connection:
        for seq, payload in connection.execute("SELECT seq, payload FROM events").fetchall():
            said = json.loads(payload)
            if "list" in said:
                said["list"] = said["list"].partition("#")[0]
            connection.execute("UPDATE events SET payload = ? WHERE seq = ?", (json.dumps(said), seq))
        connection.executescript(
            "UPDATE OR REPLACE writes SET a = substr(a, 1, instr(a, '#') - 1) WHERE a LIKE '%#%';"
            "UPDATE OR REPLACE writes SET b = 'name' WHERE kind = 'list' AND b = 'made'; PRAGMA user_version = 3;"
        )
        connection.commit()
    with ReadingStore(path) as store:
        assert store.lists(archived=True) == [
            ListInfo("bookmarks", 0),
            ListInfo("flows", 1, archived=True),
            ListInfo("later", 0),
        ]
        assert store.undo() == "archived list flows"
        assert store.undo() == "renamed list flow to flows"
        assert store.keys("flow") == {"a"}
        store.add("gone", [Paper("b")])
    assert shown_writes(path) == written_plainly(events_in(path))
