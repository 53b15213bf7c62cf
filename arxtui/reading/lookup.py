"""What the search language asks the store: which papers are on a list, have a tag, are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.reading.changes.papers import STATUSES
from arxtui.reading.errors import StoreError
from arxtui.reading.listing import default_of, entry_keys, find_list, holding, known_lists
from arxtui.reading.names import folded
from arxtui.reading.notes import all_notes
from arxtui.reading.opened import OpenedStore

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Set as AbstractSet

    from arxtui.reading.listing import KnownList

LOOKUP_IS = ("bookmarked", "listed", *STATUSES, "noted", "starred", "tagged")
"""The words that can stand behind `is:`."""

_KINDS = {"noted": "note", "starred": "stars", "tagged": "tag"}


class Lookup(OpenedStore):
    """The part of the store that answers searches."""

    def lookup(self, kind: str, value: str) -> AbstractSet[str]:
        """Return the papers of which something is said.

        Args:
            kind: `list`, `tag`, `note` or `is`.
            value: the name of a list or tag, with or without regard to case; words that begin words of the note; or one of
                `LOOKUP_IS`. `bookmarked` is on the default list, `listed` on any that is not archived. `unread` was said to
                be so, or is `listed` and neither read nor skimmed.

        Returns:
            Their keys; those of a list in the order they were added. None where there is no such list, tag or word.
        """
        with self._reading() as connection:
            if kind == "is":
                return _is(connection, value)
            if kind == "note":
                from arxtui.core.folding import words_of  # its tables delay the first list

                wanted = words_of(value)
                return {key for key, text in all_notes(connection).items() if _has(words_of(text), wanted)}
            try:
                if kind == "list":
                    found = find_list(connection, value)
                    return set() if found is None else _as_added(connection, found)
            except StoreError:
                return set()  # no list can have such a name
            tags = [tag for tag in holding(connection, kind) if folded(tag) == folded(value.strip())]
            exact = [tag for tag in tags if tag == value.strip()]
            return {key for tag in exact or tags for key in _keys(connection, kind, tag)}


def _as_added(connection: sqlite3.Connection, known: KnownList) -> AbstractSet[str]:
    rows = connection.execute(
        "SELECT b FROM writes WHERE kind = 'entry' AND a IN (SELECT value FROM json_each(?)) AND shown ORDER BY event, detail",
        (known.among,),
    )
    return {key: None for (key,) in rows}.keys()


def _has(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in wanted)


def _keys(connection: sqlite3.Connection, kind: str, a: str) -> set[str]:
    rows = connection.execute("SELECT b FROM writes WHERE kind = ? AND a = ? AND shown", (kind, a))
    return {key for (key,) in rows}


def _is(connection: sqlite3.Connection, word: str) -> set[str]:
    if word == "bookmarked":
        return entry_keys(connection, default_of(connection))
    if word == "listed":
        return {
            key
            for each in known_lists(connection)
            if not each.archived
            for key in entry_keys(connection, each)
        }
    if word in _KINDS:
        rows = connection.execute("SELECT DISTINCT b FROM writes WHERE kind = ? AND shown", (_KINDS[word],))
        return {key for (key,) in rows}
    statuses = dict(
        connection.execute("SELECT b, value FROM writes WHERE kind = 'status' AND shown").fetchall()
    )
    found = {key for key, status in statuses.items() if status == word}
    if word == "unread":
        found |= {key for key in _is(connection, "listed") if statuses.get(key) not in ("read", "skimmed")}
    return found
