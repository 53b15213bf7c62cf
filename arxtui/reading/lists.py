"""Reading lists and their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arxtui.reading.errors import StoreError
from arxtui.reading.grouping import DEFAULT_LIST, id_of
from arxtui.reading.listing import (
    ENTRIES,
    WITH_RECORDS,
    KnownList,
    default_of,
    entry_keys,
    find_list,
    known_list,
    known_lists,
)
from arxtui.reading.names import name_of, storable
from arxtui.reading.opened import OpenedStore
from arxtui.reading.places import inserted
from arxtui.reading.records import best_records, keep, records_by_key
from arxtui.reading.sorting import in_order, known_sort
from arxtui.reading.values import ListEntry, ListInfo

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from arxtui.core.papers import Paper


class Lists(OpenedStore):
    """The part of the store that keeps lists.

    Its methods take a list by its name, as it is typed in a shell, or as `lists` told of it: who has chosen one means that one,
    whatever another process has named it, or another one by its name, since. A list that is meant so and gone is a `StoreError`.
    """

    def lists(self, archived: bool = False) -> list[ListInfo]:
        """Return all lists, `bookmarks` first, then in the order of their making.

        Args:
            archived: those that were put away as well.
        """
        with self._reading() as connection:
            sizes = dict(
                connection.execute(
                    "SELECT a, count(*) FROM writes WHERE kind = 'entry' AND shown GROUP BY a"
                ).fetchall()
            )
            return [
                ListInfo(
                    each.name,
                    # A paper that was put on two lists which are one now counts once.
                    len(entry_keys(connection, each)) if len(each.ids) > 1 else sizes.get(each.ids[0], 0),
                    each.description,
                    each.archived,
                    each.sort,
                    each.ids[0],
                )
                for each in known_lists(connection)
                if archived or not each.archived
            ]

    def list_name(self, which: ListInfo) -> str:
        """Return the name that a list has now.

        Raises:
            StoreError: it is gone.
        """
        with self._reading() as connection:
            return known_list(connection, which).name

    def entries(self, which: str | ListInfo, sort: str | None = None) -> list[ListEntry]:
        """Return the entries of a list.

        Args:
            which: the list.
            sort: one of `SORTS`, with `-` in front the other way round; None is that of the list. `hand` puts the newest
                first, what was added together in its order, and each that was moved where it was moved to.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._reading() as connection:
            known = known_list(connection, which)
            rows = connection.execute(WITH_RECORDS, {"ids": known.among}).fetchall()
            # What was added by its identifier alone has the record that came later, if any did.
            later = best_records(connection, [key for key, _, record in rows if not record])
        entries = [ListEntry(key, time, record or later.get(key, "")) for key, time, record in rows]
        return in_order(entries, known_sort(sort or known.sort))

    def keys(self, which: str | ListInfo) -> set[str]:
        """Return the keys of a list.

        Args:
            which: the list.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._reading() as connection:
            return entry_keys(connection, known_list(connection, which))

    def entry(self, name: str, key: str) -> ListEntry | None:
        """Return one entry of a list, or None where the list does not hold the paper.

        Args:
            name: the list.
            key: key of the paper.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT time, coalesce(record, '') FROM writes JOIN events ON events.id = event"
                " LEFT JOIN records ON digest = value"
                " WHERE writes.kind = 'entry' AND a IN (SELECT value FROM json_each(?)) AND b = ? AND shown"
                " ORDER BY event DESC",
                (known_list(connection, name).among, key),
            ).fetchone()
            if row is None:
                return None
            time, record = row
            return ListEntry(key, time, record or best_records(connection, [key]).get(key, ""))

    def lists_of(self, key: str) -> list[str]:
        """Return the names of the lists that hold a paper and are not archived, in the order of `lists()`.

        Args:
            key: key of the paper.
        """
        with self._reading() as connection:
            rows = connection.execute("SELECT a FROM writes WHERE kind = 'entry' AND b = ? AND shown", (key,))
            holding = {row for (row,) in rows}
            known = known_lists(connection)
            return [each.name for each in known if holding.intersection(each.ids) and not each.archived]

    def default_list(self) -> str:
        """Return the name of the list that papers go to when no other is named."""
        with self._reading() as connection:
            return default_of(connection).name

    def set_default_list(self, which: str | ListInfo) -> None:
        """Say which list papers go to when no other is named.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._writing() as connection:
            known = known_list(connection, which)
            if default_of(connection) != known:
                self._record(connection, "default", _of(known))

    def create(self, name: str, description: str = "") -> None:
        """Make an empty list.

        Args:
            name: its name.
            description: what it is for.

        Raises:
            StoreError: there is one of that name, or the name is empty or cannot be printed.
        """
        name = name_of(name)
        with self._writing() as connection:
            _refuse_taken(connection, name)
            made = self._next_id(connection)
            said = _new(name, made)
            if description:
                said["description"] = storable(description)
            self._record(connection, "create", said, made=made)

    def rename_list(self, which: str | ListInfo, new: str) -> None:
        """Give a list another name.

        Raises:
            UnknownList: there is none of that name.
            StoreError: the new name is taken, empty or cannot be printed, or the list is `bookmarks`.
        """
        new = name_of(new)
        with self._writing() as connection:
            known = known_list(connection, which)
            if DEFAULT_LIST in known.ids:
                raise StoreError(
                    f"the list {DEFAULT_LIST} keeps its name; make another list and put its papers there"
                )
            if known.name != new:
                _refuse_taken(connection, new, but=known)
                self._record(connection, "rename", _of(known) | {"name": new, "was": known.name})

    def describe_list(self, which: str | ListInfo, text: str) -> None:
        """Say what a list is for.

        Raises:
            UnknownList: there is none of that name.
        """
        text = storable(text)
        with self._writing() as connection:
            known = known_list(connection, which)
            if known.description != text:
                self._record(connection, "describe", _of(known) | {"text": text})

    def archive_list(self, which: str | ListInfo) -> None:
        """Put a list away: it is not shown among the others, and keeps all that is on it.

        Raises:
            UnknownList: there is none of that name.
            StoreError: it is `bookmarks`.
        """
        with self._writing() as connection:
            known = known_list(connection, which)
            if DEFAULT_LIST in known.ids:
                raise StoreError(f"the list {DEFAULT_LIST} is always there; it cannot be archived")
            if not known.archived:
                self._record(connection, "archive", _of(known))

    def unarchive_list(self, which: str | ListInfo) -> None:
        """Take a list out of the archive.

        Raises:
            UnknownList: there is none of that name.
        """
        with self._writing() as connection:
            known = known_list(connection, which)
            if known.archived:
                self._record(connection, "unarchive", _of(known))

    def sort_list(self, which: str | ListInfo, sort: str) -> None:
        """Say how a list is sorted.

        Args:
            which: the list.
            sort: one of `SORTS`, with `-` in front the other way round.

        Raises:
            UnknownList: there is none of that name.
            StoreError: there is no such sort.
        """
        sort = known_sort(sort)
        with self._writing() as connection:
            known = known_list(connection, which)
            if known.sort != sort:
                self._record(connection, "sort", _of(known) | {"sort": sort})

    def add(self, which: str | ListInfo, papers: Sequence[Paper]) -> list[str]:
        """Put papers at the top of a list, in their order, and keep their records as they are now.

        Args:
            which: the list; where there is none of that name it is made.
            papers: the papers; `Paper(key=...)` alone will do, of whatever identifier.

        Returns:
            The keys really added: those that the list did not hold.

        Raises:
            StoreError: the name is empty or cannot be printed, or a key cannot; or the list that is meant is gone.
        """
        name = name_of(which) if isinstance(which, str) else ""
        records = records_by_key(papers)
        with self._writing() as connection:
            name = name or known_list(connection, which).name
            made = self._next_id(connection)
            said = addition(connection, name, records, made)
            if said is None:
                return []
            self._record(connection, "add", said, made=made)
        return [key for key, _ in said["entries"]]

    def remove(self, which: str | ListInfo, keys: Sequence[str]) -> list[str]:
        """Take papers out of a list.

        Args:
            which: the list.
            keys: keys of the papers.

        Returns:
            The keys really removed, those that the list held, in its order.

        Raises:
            UnknownList: there is no list of that name.
        """
        wanted = set(keys)
        with self._writing() as connection:
            known = known_list(connection, which)
            gone = [key for key, *_ in connection.execute(ENTRIES, {"ids": known.among}) if key in wanted]
            if gone:
                self._record(connection, "remove", _of(known) | {"keys": gone})
        return gone

    def move(
        self, which: str | ListInfo, keys: Sequence[str], before: str | None = None, after: str | None = None
    ) -> bool:
        """Put entries of a list somewhere else in its order by hand.

        Args:
            which: the list.
            keys: keys of the entries, in the order they shall have.
            before: the entry that they shall stand right above.
            after: the entry that they shall stand right below. With neither they go to the top.

        Returns:
            Whether that changed anything.

        Raises:
            UnknownList: there is no list of that name.
            StoreError: it does not hold one of the papers.
        """
        moved = dict.fromkeys(keys)
        with self._writing() as connection:
            known = known_list(connection, which)
            rows = connection.execute(ENTRIES, {"ids": known.among}).fetchall()
            places = {key: place for key, _, _, place in rows}
            for key in (*moved, before, after):
                if key is not None and key not in places:
                    raise StoreError(f"{key} is not on {known.name}")
            others = [key for key in places if key not in moved]
            anchor = before if before is not None else after
            if anchor in moved:
                # Beside itself it stands already; the others come to it.
                at = sum(key not in moved for key in list(places)[: list(places).index(anchor)])
            else:
                at = _index(others, before, after)
            if not moved or [*others[:at], *moved, *others[at:]] == list(places):
                return False
            given = inserted(list(moved), [(key, places[key]) for key in others], at)
            self._record(connection, "move", _of(known) | {"places": list(map(list, given))})
        return True


def addition(
    connection: sqlite3.Connection, name: str, records: dict[str, tuple[str, str]], made: str
) -> dict[str, Any] | None:
    """Keep the records of papers, and say what adds those to a list that it does not hold.

    Args:
        connection: the store, in a transaction.
        name: the list, there or not.
        records: what `records_by_key` returned.
        made: id of the event that will add them.

    Returns:
        The payload of an `add`, or None where there is nothing to add.
    """
    known = find_list(connection, name)
    present = set() if known is None else entry_keys(connection, known)
    fresh = [key for key in records if key not in present]
    if not fresh:
        return None
    digests = keep(connection, records, fresh)
    said = _new(name, made) | {"new": True} if known is None else _of(known)
    return said | {"entries": list(map(list, digests.items()))}


def _index(others: list[str], before: str | None, after: str | None) -> int:
    if before in others:
        return others.index(before)
    return others.index(after) + 1 if after in others else 0


def _of(known: KnownList) -> dict[str, Any]:
    """What is said of a list names it by."""
    first, *others = known.ids
    said: dict[str, Any] = {"list": first, "name": known.name}
    return said | {"with": others} if others else said


def _new(name: str, made: str) -> dict[str, Any]:
    """What makes a list names it by."""
    return {"list": id_of(name, made), "name": name}


def _refuse_taken(connection: sqlite3.Connection, name: str, but: KnownList | None = None) -> None:
    found = find_list(connection, name)
    if found is not None and found != but:
        away = ", in the archive" if found.archived else ""
        raise StoreError(f"there is a reading list named {found.name!r} already{away}")
