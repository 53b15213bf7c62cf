"""Saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arxtui.reading.errors import StoreError
from arxtui.reading.listing import free_name
from arxtui.reading.names import folded, name_of, storable
from arxtui.reading.opened import OpenedStore
from arxtui.reading.places import inserted
from arxtui.reading.values import SavedSearch

if TYPE_CHECKING:
    import sqlite3


class KnownSearch(NamedTuple):
    """A saved search as the store knows it: its id, its place in the order, and what users see of it."""

    id: str
    place: str
    info: SavedSearch


class Searches(OpenedStore):
    """The part of the store that keeps searches.

    Its methods take a search by its name, or as `searches` told of it, which is that one under whatever name it has now.
    """

    def searches(self) -> list[SavedSearch]:
        """Return all saved searches in their order."""
        with self._reading() as connection:
            return [each.info for each in known_searches(connection)]

    def search_name(self, which: SavedSearch) -> str:
        """Return the name that a saved search has now.

        Raises:
            StoreError: it is gone.
        """
        with self._reading() as connection:
            return _wanted(known_searches(connection), which).info.name

    def save_search(self, name: str, query: str, key: int | None = None) -> None:
        """Save a search, or change the one of that name.

        Args:
            name: its name.
            query: what is searched.
            key: the digit 1 to 9 that runs it, taken from the search that had it; 0 takes it away; None leaves it.

        Raises:
            StoreError: the name is empty or cannot be printed, or there is no such key.
        """
        name, query = name_of(name, "saved search"), storable(query)
        if key is not None and not 0 <= key <= 9:
            raise StoreError(f"a saved search is run by one of the keys 1 to 9, not {key}")
        with self._writing() as connection:
            found = find_search(known_searches(connection), name)
            if found is not None and found.info.query == query and key in (None, found.info.key or 0):
                return
            made = self._next_id(connection)
            row = found.id if found else made
            said = {"search": row, "name": found.info.name if found else name, "query": query}
            self._record(connection, "search", said if key is None else said | {"key": key}, made=made)

    def rename_search(self, which: str | SavedSearch, new: str) -> None:
        """Give a saved search another name.

        Raises:
            StoreError: it is not there, or the new name is taken, empty or cannot be printed.
        """
        new = name_of(new, "saved search")
        with self._writing() as connection:
            known = known_searches(connection)
            found = _wanted(known, which)
            taken = find_search(known, new)
            if taken is not None and taken.id != found.id:
                raise StoreError(f"there is a saved search named {taken.info.name!r} already")
            if new != found.info.name:
                said = {"search": found.id, "name": new, "was": found.info.name}
                self._record(connection, "rename_search", said)

    def remove_search(self, which: str | SavedSearch) -> None:
        """Remove a saved search.

        Raises:
            StoreError: it is not there.
        """
        with self._writing() as connection:
            found = _wanted(known_searches(connection), which)
            self._record(connection, "remove_search", {"search": found.id, "name": found.info.name})

    def move_search(self, which: str | SavedSearch, before: str | SavedSearch | None = None) -> None:
        """Put a saved search somewhere else in the order. The digits stay: what stands where another stood is run by its digit.

        Args:
            which: the search.
            before: the one that it shall stand before; None puts it at the end.

        Raises:
            StoreError: it is not there.
        """
        with self._writing() as connection:
            known = known_searches(connection)
            found = _wanted(known, which)
            others = [each for each in known if each.id != found.id]
            at = len(others) if before is None else others.index(_wanted(others, before))
            if known.index(found) == at:
                return
            # The order of searches rises, places fall: turned round, as `inserted` wants it.
            falling = [(each.id, each.place) for each in reversed(others)]
            places = inserted([found.id], falling, len(others) - at)
            order = [*others[:at], found, *others[at:]]
            digits = [
                [now.id, was.info.key or 0]
                for now, was in zip(order, known, strict=True)
                if now.info.key != was.info.key
            ]
            said = {"name": found.info.name, "places": list(map(list, places)), "digits": digits}
            self._record(connection, "move_search", said)


def known_searches(connection: sqlite3.Connection) -> list[KnownSearch]:
    """Return all saved searches in their order."""
    fields: dict[str, dict[str, tuple[str, str]]] = {}
    for row, field, event, value in connection.execute(
        "SELECT a, b, event, value FROM writes WHERE kind = 'search' AND shown"
    ):
        fields.setdefault(row, {})[field] = event, value
    made = dict(
        connection.execute(
            "SELECT a, min(event) FROM writes WHERE kind = 'search' AND b = 'name' AND live GROUP BY a"
        ).fetchall()
    )
    fields = {row: found for row, found in fields.items() if "name" in found}
    # Two devices may have given one key to two searches: who did last has it.
    holders: dict[str, str] = {}
    for row in sorted(fields, key=lambda row: fields[row].get("key", ("", ""))[0]):
        if "key" in fields[row]:
            holders[fields[row]["key"][1]] = row
    places = {
        row: found["place"][1] if "place" in found else made[row] + "8" for row, found in fields.items()
    }
    names = set[str]()
    known = []
    for row in sorted(fields, key=lambda row: (places[row], made[row], row)):
        found = fields[row]
        name = free_name(found["name"][1], names)
        names.add(name)
        key = found.get("key", ("", ""))[1]
        info = SavedSearch(
            name, found.get("query", ("", ""))[1], int(key) if holders.get(key) == row else None, row
        )
        known.append(KnownSearch(row, places[row], info))
    return known


def find_search(known: list[KnownSearch], name: str) -> KnownSearch | None:
    """Find a saved search by its name, else by the name without regard to case; None where there is none."""
    for of_case in (str, folded):
        for each in known:
            if of_case(each.info.name) == of_case(name):
                return each
    return None


def _wanted(known: list[KnownSearch], which: str | SavedSearch) -> KnownSearch:
    if isinstance(which, SavedSearch):
        for each in known:
            if each.id == which.id:
                return each
        raise StoreError(f"the saved search {which.name!r} is gone")
    found = find_search(known, name_of(which, "saved search"))
    if found is None:
        raise StoreError(f"there is no saved search named {which!r}")
    return found
