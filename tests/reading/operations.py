"""Everything a user can do to a store, as values that Hypothesis can draw, and everything a store shows."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from arxtui.core.papers import Occurrence, Paper
from arxtui.reading import SORTS, STATUSES, ReadingStore, StoreError
from arxtui.reading.changes import writes_of
from arxtui.reading.events import REDO, UNDO, Event

MANY = bool(os.environ.get("ARXTUI_MANY"))
"""Whether to take as many kills, writers and examples as the bars ask for, or as many as there is time for in CI."""

SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  pytest's folders wait for a disk
"""Where properties make their thousands of stores: in memory where there is such a place. Durability is tested on the disk."""

NAMES = st.sampled_from(["bookmarks", "flow", "later"])
KEY = st.sampled_from("abcdef")
KEYS = st.lists(KEY, max_size=4)

KNOWN = ("title", "abstract", "file")
"""How much is known of a paper: by its title; more; more and from a file."""

Operation = tuple[Any, ...]


def _of(method: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Operation]:
    return st.tuples(st.just(method), *arguments)


LISTS = st.one_of(
    _of("add", NAMES, KEYS, st.sampled_from(KNOWN)),
    _of("add", NAMES, KEYS, st.sampled_from(("key", *KNOWN))),
    _of("remove", NAMES, KEYS),
    _of("create", NAMES, st.sampled_from(["", "what is to be read"])),
    _of("rename_list", NAMES, st.sampled_from(["flow", "later", "done"])),
    _of("describe_list", NAMES, st.sampled_from(["", "one", "two"])),
    _of("archive_list", NAMES),
    _of("unarchive_list", NAMES),
    _of("sort_list", NAMES, st.sampled_from(SORTS)),
    _of("move", NAMES, KEYS, st.none() | KEY),
    _of("set_default_list", NAMES),
)
SAME_NAMES = st.one_of(
    _of("create", st.sampled_from(["flow", "later"]), st.just("")),
    _of("add", st.sampled_from(["flow", "later"]), KEYS, st.just("title")),
    _of("remove", st.sampled_from(["flow", "flow (2)"]), KEYS),
    _of(
        "rename_list",
        st.sampled_from(["flow", "later", "flow (2)"]),
        st.sampled_from(["flow", "later", "done"]),
    ),
    _of("archive_list", st.sampled_from(["flow", "later", "flow (2)"])),
    _of("unarchive_list", st.sampled_from(["flow", "later", "flow (2)"])),
)
"""Lists of the same few names made, renamed, put away and brought back."""
PAPERS = st.one_of(
    _of("tag", st.sampled_from(["to cite", "odd"]), KEYS),
    _of("tag_all", st.lists(st.sampled_from(["to cite", "odd", "Odd", "new"]), max_size=3), KEYS),
    _of("untag", st.sampled_from(["to cite", "odd"]), KEYS),
    _of("set_status", KEYS, st.sampled_from((*STATUSES, None))),
    _of("set_stars", KEYS, st.integers(0, 5)),
    _of("set_note", KEY, st.sampled_from(["", "short", "longer\nthan one line", "caf\u00e9"])),
    _of("fill", KEYS, st.sampled_from(KNOWN)),
    _of("decide", KEY, KEY, st.sampled_from(["same", "different", None])),
)
SEARCHES = st.one_of(
    _of(
        "save_search",
        st.sampled_from(["walls", "flows"]),
        st.sampled_from(["wall", "flow"]),
        st.sampled_from([None, 1, 2]),
    ),
    _of("rename_search", st.sampled_from(["walls", "flows"]), st.sampled_from(["walls", "old"])),
    _of("remove_search", st.sampled_from(["walls", "flows"])),
    _of("move_search", st.sampled_from(["walls", "flows"]), st.sampled_from([None, "walls"])),
)
STEPS = st.sampled_from([("undo",), ("redo",)])
MARKS = _of("set_mark", st.sampled_from("xy"), st.none() | KEY)
SHARED = st.one_of(LISTS, LISTS, SAME_NAMES, PAPERS, SEARCHES, STEPS)
"""What other devices see."""


def a_moment_later() -> None:
    """Ids count milliseconds: what two devices do within one is in an order made by chance."""
    time.sleep(0.003)


def paper(key: str, known: str = "title") -> Paper:
    """A paper as something is known of it."""
    if known == "key":
        return Paper(key)
    return Paper(
        key,
        title=f"On {key}, by its {known}",
        abstract=None if known == "title" else f"All of {key}",
        occurrences=(Occurrence("root", "file.txt", 1, 0, 10, "record"),) * (known == "file"),
    )


def do(store: ReadingStore, operation: Operation) -> object:
    """Do it; what the store refuses, as there is no such list, changes nothing."""
    method, *arguments = operation
    if method in ("tag", "tag_all"):
        arguments.append([paper(key, "file") for key in arguments[1][1:]])
    if method in ("set_status", "set_stars"):
        arguments.append([paper(key, "abstract") for key in arguments[0]])
    if method == "add":
        arguments = [arguments[0], [paper(key, *arguments[2:]) for key in arguments[1]]]
    if method == "fill":
        arguments = [[paper(key, *arguments[1:]) for key in arguments[0]]]
    try:
        return getattr(store, method)(*arguments)
    except StoreError:
        return None


def shown(store: ReadingStore) -> dict[str, object]:
    """All that a store shows of what other devices see too."""
    lists = store.lists(archived=True)
    return {
        "lists": lists,
        "entries": {info.name: store.entries(info.name, "hand") for info in lists},
        "default": store.default_list(),
        "tags": {tag: store.lookup("tag", tag.name) for tag in store.tags()},
        "states": store.states("abcdef"),
        "notes": store.notes_of(),
        "records": {key: store.paper(key) for key in "abcdef"},
        "titles": store.titles("abcdef"),
        "decisions": store.decisions(),
        "searches": store.searches(),
    }


def events_in(path: Path) -> list[Event]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT id, time, device, kind, payload, target FROM events").fetchall()
    return [Event(*row[:4], json.loads(row[4]), row[5]) for row in rows]


def shown_writes(path: Path) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(
            connection.execute("SELECT kind, a, b, event, value, detail FROM writes WHERE shown").fetchall()
        )


def written_plainly(events: list[Event]) -> set[tuple[object, ...]]:
    """What is to be shown of a set of events, by the rules as they are told, with no thought of speed."""
    said = {event.target: event.kind for event in sorted(events, key=lambda event: event.id) if event.target}
    cells: dict[tuple[str, str, str], dict[str, tuple[str | None, str | None, bool]]] = {}
    for event in events:
        if event.kind not in (UNDO, REDO):
            for write in writes_of(event):
                counts = said.get(event.id) != UNDO
                cells.setdefault(write.cell, {}).setdefault(event.id, (write.value, write.detail, counts))
    found: set[tuple[object, ...]] = set()
    for cell, writes in cells.items():
        live = {event for event, write in writes.items() if write[2]}
        heads = live - _replaced(writes, live) if cell[0] == "note" else {max(live)} if live else set[str]()
        found |= {(*cell, event, *writes[event][:2]) for event in heads if writes[event][0] is not None}
    return found


def _replaced(writes: dict[str, tuple[str | None, str | None, bool]], live: set[str]) -> set[str]:
    replaced: set[str] = set()
    reached = live
    while reached:
        reached = {
            older for event in reached & writes.keys() for older in (writes[event][1] or "").split()
        } - replaced
        replaced |= reached
    return replaced


def said_of_lists(event: Event) -> list[tuple[str, dict[str, Any]]]:
    """Kinds and payloads of what an event says of lists."""
    parts = event.payload["parts"] if event.kind == "import" else [(event.kind, event.payload)]
    return [(kind, said) for kind, said in parts if isinstance(said, dict) and "list" in said]


def ids_in(said: dict[str, Any]) -> set[str]:
    return {said["list"], *said.get("with", ())}


Lists = list[tuple[str, bool, frozenset[str]]]
"""Name without a number behind it, whether it was put away, and keys of each list."""


def lists_of(store: ReadingStore) -> Lists:
    return sorted(
        (re.sub(r" \(\d+\)$", "", each.name), each.archived, frozenset(store.keys(each.name)))
        for each in store.lists(archived=True)
    )


def lists_plainly(events: list[Event]) -> Lists:
    """The lists that follow from a set of events, by the rules as they are told."""
    events = sorted(events, key=lambda event: event.id)
    verdicts = {event.target: event.kind for event in events if event.target}
    entries = [write[1:3] for write in written_plainly(events) if write[0] == "entry"]
    makings = [
        (event.id, verdicts.get(event.id) != UNDO, said["list"], said["name"])
        for event in events
        for kind, said in said_of_lists(event)
        if kind == "create" or said.get("new")
    ]
    known = [({"bookmarks"}, "bookmarks", False)]
    for event in events:
        for made, counts, row, name in makings:
            if made != event.id or not (counts or row in {row for row, _ in entries}):
                continue
            for ids, shown, archived in known:
                if shown == name and not archived:
                    ids.add(row)
                    break
            else:
                known.append(({row}, name, False))
        for kind, said in said_of_lists(event):
            if kind in ("rename", "archive", "unarchive") and verdicts.get(event.id) != UNDO:
                for each in known[1:]:
                    ids, name, archived = each
                    if meant := ids & ids_in(said):
                        known.remove(each)
                        new = (said["name"], archived) if kind == "rename" else (name, kind == "archive")
                        known += [(meant, *new)] + [(ids - meant, name, archived)] * (ids != meant)
    return sorted(
        (name, archived, frozenset(str(key) for row, key in entries if row in ids))
        for ids, name, archived in known
    )
