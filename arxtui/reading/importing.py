"""Taking in what another program kept: one change, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arxtui.reading.citing import claims_in
from arxtui.reading.errors import StoreError
from arxtui.reading.grouping import id_of
from arxtui.reading.listing import find_list, holding
from arxtui.reading.lists import addition
from arxtui.reading.names import folded, key_of, name_of, storable
from arxtui.reading.notes import note_of
from arxtui.reading.opened import OpenedStore
from arxtui.reading.papers import known_now, known_tag, marked, values_of
from arxtui.reading.records import records_by_key
from arxtui.reading.searches import find_search, known_searches
from arxtui.reading.values import Filled, TakenIn

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from arxtui.core.exchange import Imported, NamedList, Reference
    from arxtui.core.papers import Paper

    Part = tuple[str, dict[str, Any]]

_ONE_STAR = 1
"""Stars of a paper that another program marks as important: those that have one star mean no more than that."""


class Importing(OpenedStore):
    """The part of the store that takes in files of other programs."""

    def take_in(self, imported: Imported, source: str, name: str | None = None) -> TakenIn:
        """Add what a file holds. Nothing that was said here before is lost: a note grows, read and stars stay where they are said.

        All of it is one change, and one undo takes it back.

        Args:
            imported: the file as `core.exchange.read` read it.
            source: its name, for the history.
            name: the list for all its papers; it is made where there is none. None: only the lists that the file itself has.

        Returns:
            What it changed.

        Raises:
            StoreError: the name of the list is empty or cannot be printed, or the key of a paper cannot.
        """
        refused: list[str] = []
        papers = [reference.paper for reference in imported.references]
        lists = _lists(imported.lists, name, papers, refused)
        records = records_by_key(papers)
        told: list[str] = []
        with self._writing() as connection:
            marks = _unmarked(connection, imported.marks, told)
            # First, so that an undo comes to the import.
            for letter, key in marks:
                self._record(connection, "mark", {"letter": letter, "key": key})
            made = self._next_id(connection)
            parts: list[Part] = []
            filled = []
            for wanted, description, keys in lists:
                known = find_list(connection, wanted)
                said = addition(
                    connection, wanted, {key: records[key] for key in keys if key in records}, made
                )
                added = 0 if said is None else len(said["entries"])
                shown = wanted if known is None else known.name
                filled.append(Filled(shown, added, len(keys) - added, known is None))
                if said is None and known is None:
                    row = id_of(wanted, made)
                    parts.append(("create", {"list": row, "name": wanted, "description": description}))
                elif said is not None:
                    parts.append(("add", said))
                    if known is None and description:
                        described = {"list": said["list"], "name": said["name"], "text": description}
                        parts.append(("describe", described))
            tags = _tags(connection, imported.references, refused)
            notes = _notes(connection, imported.references, refused)
            read = _unsaid(connection, "status", (each for each in imported.references if each.read))
            starred = _unsaid(connection, "stars", (each for each in imported.references if each.starred))
            cited = _cited(connection, imported.references, told)
            of_papers: list[Part] = [*tags, *notes, *cited]
            if read:
                of_papers.append(("status", {"status": "read", "keys": read}))
            if starred:
                of_papers.append(("stars", {"stars": _ONE_STAR, "keys": starred}))
            if of_papers:
                # Of what goes on a list the record is kept there.
                loose = set(records).difference(*(keys for _, _, keys in lists))
                of_papers[0][1].update(
                    known_now(connection, sorted(loose & set(_keys_of(of_papers))), records)
                )
            searches = _searches(connection, imported.searches, made, told, refused)
            parts += [*of_papers, *searches]
            if parts:
                said = {"source": storable(source), "parts": list(map(list, parts))}
                self._record(connection, "import", said, made=made)
        tagged = {key for _, part in tags for key in part["keys"]}
        return TakenIn(
            tuple(filled),
            len(tagged),
            len(notes),
            len(read),
            len(starred),
            sum(len(part["keys"]) for _, part in cited),
            len(searches),
            len(marks),
            tuple(told),
            tuple(dict.fromkeys(refused)),
        )


def _keys_of(parts: Iterable[Part]) -> Iterator[str]:
    for kind, said in parts:
        if kind == "cited":
            yield from (key for key, _ in said["keys"])
        else:
            yield from said.get("keys") or [said["key"]]


def _lists(
    theirs: Iterable[NamedList], name: str | None, papers: list[Paper], refused: list[str]
) -> list[tuple[str, str, list[str]]]:
    """Return name, description and keys of each list to fill; two names that differ in case only are one."""
    lists: dict[str, tuple[str, str, list[str]]] = {}
    if name is not None:
        name = name_of(name)
        lists[folded(name)] = (name, "", [paper.key for paper in papers])
    for each in theirs:
        try:
            wanted = name_of(each.name)
        except StoreError as error:
            refused.append(str(error))
            continue
        _, description, keys = lists.get(folded(wanted), ("", "", []))
        together = list(dict.fromkeys([*keys, *each.keys]))
        lists[folded(wanted)] = (wanted, description or storable(each.description), together)
    return list(lists.values())


def _tags(connection: sqlite3.Connection, references: Iterable[Reference], refused: list[str]) -> list[Part]:
    """Return a change for each tag that papers do not have yet."""
    wanted: dict[str, tuple[str, list[str]]] = {}
    there = frozenset(holding(connection, "tag"))
    for reference in references:
        # As in the reader, what is parted by commas is several; but a tag that is there is one.
        parted = ([tag] if tag in there else tag.split(",") for tag in reference.tags)
        for tag in filter(None, (part.strip() for parts_of in parted for part in parts_of)):
            try:
                name = name_of(tag, "tag")
            except StoreError as error:
                refused.append(str(error))
                continue
            _, keys = wanted.setdefault(folded(name), (name, []))
            if reference.paper.key not in keys[-1:]:
                keys.append(reference.paper.key)
    parts: list[Part] = []
    for written, keys in wanted.values():
        name = known_tag(connection, written)
        have = values_of(connection, "tag", name)
        if fresh := [key for key in keys if key not in have]:
            parts.append(("tag", {"tag": name, "keys": fresh}))
    return parts


def _notes(connection: sqlite3.Connection, references: Iterable[Reference], refused: list[str]) -> list[Part]:
    """Return a change for each note that says what is not there yet; it stands below what is."""
    from arxtui.core.exchange.references import note_text, with_line_feeds  # its tables delay the first list

    parts: list[Part] = []
    for reference in references:
        text = reference.note
        if not text:
            continue
        before = note_of(connection, key_of(reference.paper.key))
        if note_text(text) in with_line_feeds(before.text):
            continue
        try:
            whole = storable(f"{before.text}\n\n{text}" if before.text else text)
        except StoreError as error:
            refused.append(f"{before.key}: {error}")
        else:
            parts.append(("note", {"key": before.key, "text": whole, "over": list(before.versions)}))
    return parts


def _cited(connection: sqlite3.Connection, references: Iterable[Reference], told: list[str]) -> list[Part]:
    """Return a change for the citation keys that papers came with; tells of each that cannot be kept.

    A paper that was kept before has a key, and keeps it; one that is another paper's stays that paper's: documents may cite them.
    """
    from arxtui.core.exchange.citekeys import CitationKeys, citation_key  # its tables delay the first list

    claims = claims_in(connection)
    keys = CitationKeys((), claims=claims)
    kept = {claim.paper.key for claim in claims if claim.counts}
    fresh: dict[str, str] = {}
    for paper, cited in ((each.paper, each.cited_as) for each in references if each.cited_as):
        bare = paper.title is None and paper.author_text is None
        before = keys.known(paper.key)
        # A key that is made of an identifier is that paper's in any case.
        if cited in (before, citation_key(paper) if bare else None):
            continue
        if before and paper.key in kept:
            told.append(f"{paper.key} has the citation key {before} already, which stays; not {cited}")
        elif keys.reserve(cited, paper.key):
            fresh[paper.key] = cited
        else:
            told.append(f"another paper has the citation key {cited}; {paper.key} gets one of its own")
    return [("cited", {"keys": list(map(list, fresh.items()))})] if fresh else []


def _searches(
    connection: sqlite3.Connection,
    searches: Iterable[tuple[str, str]],
    made: str,
    told: list[str],
    refused: list[str],
) -> list[Part]:
    """Return a change for each saved search that is not there yet; tells of those whose name another one has."""
    known = known_searches(connection)
    parts: dict[str, Part] = {}
    for written, asked in searches:
        try:
            name = name_of(written, "saved search")
        except StoreError as error:
            refused.append(str(error))
            continue
        found, query = find_search(known, name), storable(asked)
        if found is None and folded(name) not in parts:
            row = f"{made}-{len(parts) + 1}"
            parts[folded(name)] = ("search", {"search": row, "name": name, "query": query})
        elif query != (parts[folded(name)][1]["query"] if found is None else found.info.query):
            told.append(f"there is another saved search named {name} already, which stays")
    return list(parts.values())


def _unmarked(
    connection: sqlite3.Connection, marks: Iterable[tuple[str, str]], told: list[str]
) -> list[tuple[str, str]]:
    """Return the marks whose letters are free; tells of those that are on another paper."""
    have = marked(connection)
    told += [
        f"mark {letter} is on {have[letter]}, where it stays; not on {key}"
        for letter, key in marks
        if have.get(letter, key) != key
    ]
    return [(letter, key) for letter, key in marks if letter not in have]


def _unsaid(connection: sqlite3.Connection, kind: str, references: Iterable[Reference]) -> list[str]:
    """Return the keys of those papers of which nothing of that kind was said here."""
    have = values_of(connection, kind, "")
    return [reference.paper.key for reference in references if reference.paper.key not in have]
