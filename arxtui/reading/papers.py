"""What is said of papers: tags, how far they are read, stars, notes, marks, decisions about duplicates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arxtui.reading.changes.papers import STATUSES, VERDICTS
from arxtui.reading.errors import StoreError
from arxtui.reading.listing import holding, known_lists
from arxtui.reading.names import folded, key_of, name_of, storable
from arxtui.reading.notes import all_notes, note_of
from arxtui.reading.opened import OpenedStore
from arxtui.reading.records import keep, records_by_key
from arxtui.reading.values import Note, State, TagInfo

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from arxtui.core.papers import Paper

    Records = dict[str, tuple[str, str]]


class Papers(OpenedStore):
    """The part of the store that keeps what is said of papers, of whatever identifier."""

    def tag(self, name: str, keys: Iterable[str], papers: Iterable[Paper] = ()) -> list[str]:
        """Give papers a tag.

        Args:
            name: the tag; one that differs only in case is taken where there is one.
            keys: keys of the papers.
            papers: the papers as they are now, those of which anything is known; their records are kept.

        Returns:
            The keys of those that did not have it.

        Raises:
            StoreError: the tag or a key is empty or cannot be printed.
        """
        keys = list(map(key_of, dict.fromkeys(keys)))
        name = name_of(name, "tag")
        records = records_by_key(papers)
        with self._writing() as connection:
            name = known_tag(connection, name)
            have = _said_of(connection, "tag", name, keys)
            return self._record_for(connection, "tag", [k for k in keys if k not in have], records, tag=name)

    def tag_all(self, names: Iterable[str], keys: Iterable[str], papers: Iterable[Paper] = ()) -> list[str]:
        """Give papers several tags, in one change.

        Args:
            names: the tags, as in `tag`.
            keys: keys of the papers.
            papers: as in `tag`.

        Returns:
            The tags that any of the papers did not have.

        Raises:
            StoreError: a tag or a key is empty or cannot be printed.
        """
        keys = list(map(key_of, dict.fromkeys(keys)))
        names = [name_of(name, "tag") for name in names]
        records = records_by_key(papers)
        with self._writing() as connection:
            tags: dict[str, str] = {}
            for name in names:
                # Two that differ in case only are one, also where neither is there yet.
                tags.setdefault(folded(name), known_tag(connection, name))
            parts = []
            for name in tags.values():
                have = _said_of(connection, "tag", name, keys)
                if fresh := [key for key in keys if key not in have]:
                    parts.append((name, fresh))
            if len(parts) == 1:
                self._record_for(connection, "tag", parts[0][1], records, tag=parts[0][0])
            elif parts:
                tagged = dict.fromkeys(key for _, fresh in parts for key in fresh)
                said = {"parts": list(map(list, parts)), **known_now(connection, tagged, records)}
                self._record(connection, "tags", said)
        return [name for name, _ in parts]

    def untag(self, name: str, keys: Iterable[str]) -> list[str]:
        """Take a tag off papers.

        Args:
            name: the tag.
            keys: keys of the papers.

        Returns:
            The keys of those that had it.
        """
        keys = list(dict.fromkeys(keys))
        name = name_of(name, "tag")
        with self._writing() as connection:
            name = known_tag(connection, name)
            have = _said_of(connection, "tag", name, keys)
            return self._record_for(connection, "untag", [k for k in keys if k in have], {}, tag=name)

    def tags(self) -> list[TagInfo]:
        """Return all tags that any paper has, by name."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT a, count(*) FROM writes WHERE kind = 'tag' AND shown GROUP BY a"
            )
            return sorted((TagInfo(*row) for row in rows), key=lambda tag: (tag.name.casefold(), tag.name))

    def set_status(self, keys: Iterable[str], status: str | None, papers: Iterable[Paper] = ()) -> list[str]:
        """Say how far papers are read.

        Args:
            keys: keys of the papers.
            status: one of `STATUSES`; None takes back what was said.
            papers: as in `tag`.

        Returns:
            The keys of those of which something else was said before.

        Raises:
            StoreError: there is no such status.
        """
        if status not in (*STATUSES, None):
            raise StoreError(f"a paper cannot be {status!r}; it can be {', '.join(STATUSES)}")
        keys = list(map(key_of, dict.fromkeys(keys)))
        records = records_by_key(papers)
        with self._writing() as connection:
            have = _said_of(connection, "status", "", keys)
            fresh = [key for key in keys if have.get(key) != status]
            return self._record_for(connection, "status", fresh, records, status=status)

    def set_stars(self, keys: Iterable[str], stars: int, papers: Iterable[Paper] = ()) -> list[str]:
        """Give papers stars.

        Args:
            keys: keys of the papers.
            stars: 0 to 5; 0 takes them away.
            papers: as in `tag`.

        Returns:
            The keys of those that had another number.

        Raises:
            StoreError: the number is another.
        """
        if not 0 <= stars <= 5:
            raise StoreError(f"a paper has 0 to 5 stars, not {stars}")
        keys = list(map(key_of, dict.fromkeys(keys)))
        records = records_by_key(papers)
        with self._writing() as connection:
            have = _said_of(connection, "stars", "", keys)
            fresh = [key for key in keys if have.get(key, "0") != str(stars)]
            return self._record_for(connection, "stars", fresh, records, stars=stars)

    def note(self, key: str) -> Note:
        """Return the note on a paper; its text is empty where there is none.

        Args:
            key: key of the paper.
        """
        with self._reading() as connection:
            return note_of(connection, key)

    def set_note(
        self, key: str, text: str, over: Note | None = None, papers: Iterable[Paper] = ()
    ) -> Note | None:
        """Write the note on a paper.

        Args:
            key: key of the paper.
            text: the whole text; empty removes the note.
            over: the note that was edited. Where somebody has written another meanwhile both texts are kept, one under
                the other. None replaces whatever is there.
            papers: as in `tag`.

        Returns:
            The note as it is now; None where nothing was changed.
        """
        text = storable(text)
        key = key_of(key)
        records = records_by_key(papers)
        with self._writing() as connection:
            before = over or note_of(connection, key)
            if before.text == text:
                return None
            said = {"key": key, "text": text, "over": list(before.versions)}
            self._record(connection, "note", said | known_now(connection, [key], records))
            return note_of(connection, key)

    def notes_of(self) -> dict[str, str]:
        """Return the texts of all notes by the key of the paper."""
        with self._reading() as connection:
            return all_notes(connection)

    def states(self, keys: Sequence[str]) -> dict[str, State]:
        """Return what is said of some papers, those on the screen say.

        Args:
            keys: keys of the papers.

        Returns:
            What is said of each of which anything is.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT b, kind, a, value FROM writes WHERE b IN (SELECT value FROM json_each(?))"
                # The sign keeps SQLite from looking through all papers by kind.
                " AND +kind IN ('entry', 'tag', 'status', 'stars', 'note') AND shown",
                (json.dumps(list(keys)),),
            ).fetchall()
            names = {
                row: each.name for each in known_lists(connection) if not each.archived for row in each.ids
            }
        found: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for key, kind, a, value in rows:
            if kind != "entry" or a in names:
                found.setdefault(key, {}).setdefault(kind, []).append((a, value))
        order = list(dict.fromkeys(names.values()))
        return {
            key: State(
                said["status"][0][1] if "status" in said else None,
                int(said["stars"][0][1]) if "stars" in said else 0,
                tuple(sorted(tag for tag, _ in said.get("tag", ()))),
                "note" in said,
                tuple(sorted({names[row] for row, _ in said.get("entry", ())}, key=order.index)),
            )
            for key, said in found.items()
        }

    def set_mark(self, letter: str, key: str | None) -> None:
        """Set a mark on a paper, to jump to it. Marks stay on this device.

        Args:
            letter: one letter.
            key: key of the paper; None takes the mark away.

        Raises:
            StoreError: it is no letter.
        """
        if len(letter) != 1 or not letter.isprintable() or letter.isspace():
            raise StoreError(f"a mark is one letter, not {letter!r}")
        if key is not None:
            key_of(key)
        with self._writing() as connection:
            if marked(connection).get(letter) != key:
                self._record(connection, "mark", {"letter": letter, "key": key})

    def marks(self) -> dict[str, str]:
        """Return the keys of the marked papers by the letter."""
        with self._reading() as connection:
            return marked(connection)

    def decide(self, a: str, b: str, verdict: str | None) -> bool:
        """Say of two papers that look like one whether they are.

        Args:
            a: key of one.
            b: key of the other.
            verdict: `same` or `different`; None leaves it open.

        Returns:
            Whether something else was said before.

        Raises:
            StoreError: there is no such verdict, or the papers are one.
        """
        first, second = sorted((key_of(a), key_of(b)))
        if verdict not in (*VERDICTS, None):
            raise StoreError(f"two papers are {' or '.join(VERDICTS)}, not {verdict!r}")
        if first == second:
            raise StoreError(f"{a} is one paper; a decision wants two")
        with self._writing() as connection:
            if _decisions(connection).get((first, second)) == verdict:
                return False
            self._record(connection, "same", {"papers": [first, second], "verdict": verdict})
        return True

    def decision(self, a: str, b: str) -> str | None:
        """Return what was said of two papers: `same`, `different`, or None for nothing."""
        first, second = sorted((a, b))
        return self.decisions().get((first, second))

    def decisions(self) -> dict[tuple[str, str], str]:
        """Return what was said of all pairs of papers; the lower key of each stands first."""
        with self._reading() as connection:
            return _decisions(connection)

    def _record_for(
        self, connection: sqlite3.Connection, kind: str, keys: list[str], records: Records, **said: Any
    ) -> list[str]:
        if keys:
            self._record(connection, kind, {**said, "keys": keys, **known_now(connection, keys, records)})
        return keys


def known_now(connection: sqlite3.Connection, keys: Iterable[str], records: Records) -> dict[str, Any]:
    """Keep the records of papers of which something is about to be said.

    Args:
        connection: the store, in a transaction.
        keys: keys of the papers.
        records: what `records_by_key` returned.

    Returns:
        The field that the payload gets for it; none where all this is kept with them already.
    """
    digests = keep(connection, records, [key for key in keys if key in records])
    rows = connection.execute(
        "SELECT key, value FROM json_each(?) WHERE value <> '' AND NOT EXISTS"
        " (SELECT 1 FROM writes WHERE kind = 'record' AND a = json_each.value AND b = json_each.key AND shown)",
        (json.dumps(digests),),
    ).fetchall()
    return {"records": list(map(list, rows))} if rows else {}


def known_tag(connection: sqlite3.Connection, name: str) -> str:
    """Return the tag that a name means: itself, else one that differs only in case, else itself."""
    tags = holding(connection, "tag")
    if name in tags:
        return name
    return next((tag for tag in tags if folded(tag) == folded(name)), name)


def values_of(connection: sqlite3.Connection, kind: str, a: str) -> dict[str, str]:
    """Return what is shown of all papers in the cells of a kind, `status` say, by the key."""
    return dict(
        connection.execute(
            "SELECT b, value FROM writes WHERE kind = ? AND a = ? AND shown", (kind, a)
        ).fetchall()
    )


def _said_of(connection: sqlite3.Connection, kind: str, a: str, keys: list[str]) -> dict[str, str]:
    """Return the same of some papers, of which there may be few where many have such a cell."""
    rows = connection.execute(
        "SELECT b, writes.value FROM json_each(?) AS asked JOIN writes ON kind = ? AND a = ? AND b = asked.value"
        " WHERE shown",
        (json.dumps(keys), kind, a),
    )
    return dict(rows.fetchall())


def marked(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the keys of the marked papers by the letter."""
    return dict(connection.execute("SELECT a, value FROM writes WHERE kind = 'mark' AND shown").fetchall())


def _decisions(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT a, b, value FROM writes WHERE kind = 'same' AND shown")
    return {(a, b): value for a, b, value in rows}
