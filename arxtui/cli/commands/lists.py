"""`arxtui lists`: see and change reading lists."""

from __future__ import annotations

import shlex
import unicodedata
from typing import TYPE_CHECKING

from arxtui.cli.keeping import store_of
from arxtui.cli.output import cells, columns, counted, fitted, paper_line, safe, say, styled, whole
from arxtui.cli.papers import key_of, keys_of
from arxtui.cli.records import by_keys, complete, files_are_known, in_files
from arxtui.cli.telling import rest, say_archived, tell
from arxtui.core.display import named
from arxtui.core.exporting import json_line, to_json
from arxtui.reading.names import folded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from arxtui.reading import ListEntry, ListInfo, ReadingStore, State


_STORED = {"id": "identifier"}
"""Orders that the reading store calls otherwise than `arxtui search` does."""
_WIDTH = 120
"""Cells of a line where no terminal shows it; whoever wants all of a description asks for JSON lines."""


def run(arguments: argparse.Namespace) -> int:
    """See or change reading lists.

    Args:
        arguments: `command` says what to do; the others are those of its parser.

    Returns:
        1 where a paper was not on the list or a file held what could not be used, else 0.

    Raises:
        UsageError: what should be an identifier is none; then nothing is changed.
        CommandError: there is no such list, or the lists cannot be read or changed.
    """
    if arguments.command == "export":
        # Imported here: it may need a library, which the others do not.
        from arxtui.cli.commands import export

        arguments.paths, arguments.query = [], None
        return export.run(arguments)
    if "ids" in arguments:
        # Looked at before anything is opened or changed.
        arguments.keys = keys_of(arguments.ids)
    with store_of(arguments, make=arguments.command not in ("ls", "show")) as store:
        return COMMANDS[arguments.command](store, arguments)


def _ls(store: ReadingStore, arguments: argparse.Namespace) -> int:
    default = store.default_list()
    for info in store.lists(archived=arguments.archived):
        if arguments.format == "jsonl":
            said = {key: value for key, value in vars(info).items() if key != "id"}
            print(json_line({**said, "sort": _shown(info.sort), "default": info.name == default}))
        else:
            print(_list_line(info))
    return 0


def _list_line(info: ListInfo) -> str:
    name = f"{info.size:7}  {safe(info.name)}"
    rest = "  (archived)" * info.archived + (f"  {safe(info.description)}" if info.description else "")
    # A description may be long, and this is a table also where no terminal shows it.
    width = columns() or max(_WIDTH, cells(name))
    rest = fitted(name + rest, width)[len(name) :]
    return name + (styled(rest, "dim") if rest else "")


def _stored(sort: str) -> str:
    """Return what the reading store calls an order."""
    name = sort.removeprefix("-")
    return sort.removesuffix(name) + _STORED.get(name, name)


def _shown(sort: str) -> str:
    """Return what people call an order of the reading store."""
    return next((sort.replace(stored, name) for name, stored in _STORED.items() if stored in sort), sort)


def _show(store: ReadingStore, arguments: argparse.Namespace) -> int:
    sort = arguments.sort and _stored(arguments.sort)
    entries = store.entries(arguments.list, sort)
    keys = [entry.key for entry in entries]
    if arguments.format == "ids":
        for key in keys:
            print(key)
        return 0
    now = in_files(arguments, arguments.paths, keys) or {}
    complete(store, arguments, keys, now)
    entries = store.entries(arguments.list, sort)
    changes = {entry.key: entry.changed_since(now[entry.key]) for entry in entries if entry.key in now}
    if arguments.format != "jsonl":
        for entry in entries:
            print(_paper_line(entry, changed=bool(changes.get(entry.key))))
        return 0
    states = store.states(keys)
    notes = store.notes_of()
    for entry in entries:
        said = _entry_json(entry, states.get(entry.key), notes.get(entry.key))
        print(json_line({**said, "changed": changes.get(entry.key) if entry.record else None}))
    return 0


def _paper_line(entry: ListEntry, *, changed: bool) -> str:
    paper = entry.paper
    lead = (paper.abstract or "")[: max(200, columns() or 0)]
    return paper_line(paper.date, entry.key, paper.title, lead, behind="  (changed)" * changed)


def _entry_json(entry: ListEntry, state: State | None, note: str | None) -> dict[str, object]:
    said = {
        "added": entry.added,
        "status": state.status if state else None,
        "stars": state.stars if state else 0,
        "tags": list(state.tags) if state else [],
        "note": note,
    }
    return {"key": entry.key, **to_json(entry.paper), **said}


def _create(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.create(arguments.list, whole(arguments.description, "the description"))
    tell(arguments, f"created list {named(arguments.list)}", list=arguments.list)
    return 0


def _rename(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.rename_list(arguments.list, arguments.name)
    tell(arguments, f"renamed list {named(arguments.list)} to {named(arguments.name)}", list=arguments.name)
    return 0


def _describe(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.describe_list(arguments.list, " ".join(whole(arguments.text, "the description").split()))
    tell(arguments, f"described list {named(arguments.list)}", list=arguments.list)
    return 0


def _delete(store: ReadingStore, arguments: argparse.Namespace) -> int:
    archived = (known := _info(store, arguments.list)) is not None and known.archived
    store.archive_list(arguments.list)
    back = "'arxtui undo' or 'arxtui lists restore' brings it back"
    done = f"archived list {named(arguments.list)} with all that is on it; {back}"
    if archived:
        done = f"list {named(arguments.list)} is archived already; nothing was changed"
    tell(arguments, done, changed=not archived, list=arguments.list)
    return 0


def _restore(store: ReadingStore, arguments: argparse.Namespace) -> int:
    archived = (known := _info(store, arguments.list)) is not None and known.archived
    store.unarchive_list(arguments.list)
    done = "is back" if archived else "was not archived; nothing was changed"
    tell(arguments, f"list {named(arguments.list)} {done}", changed=archived, list=arguments.list)
    return 0


def _default(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.set_default_list(arguments.list)
    name = store.default_list()
    tell(arguments, f"{named(name)} is the default list", list=name)
    return 0


def _add(store: ReadingStore, arguments: argparse.Namespace) -> int:
    papers = by_keys(arguments.keys, store, arguments)
    known = _info(store, arguments.list)
    added = store.add(arguments.list, papers)
    others = rest(arguments.keys, added)
    # A mistyped name makes a list: it should be seen.
    new = bool(added) and known is None
    papers_words = counted(len(added), "paper")
    done = (
        f"made the list {named(arguments.list)} and added {papers_words} to it"
        if new
        else f"added {papers_words} to {named(arguments.list)}"
    )
    there = f"; {len(others):,} there already" if others else ""
    facts: dict[str, object] = {"list": arguments.list, "new": new, "papers": added, "others": others}
    tell(arguments, done + there, changed=bool(added), **facts)
    bare = store.bare(arguments.keys)
    if bare and not files_are_known(arguments, arguments.paths):
        which, their = (
            (f"{bare[0]} is", "its identifier")
            if len(bare) == 1
            else (f"{len(bare):,} papers are", "their identifiers")
        )
        say(
            f"warning: {which} kept by {their} alone, as nothing says which files to look in; "
            "the same with --from FOLDER keeps title, authors and abstract too"
        )
    if known is not None:
        say_archived(store, [known.name])
    return 0


def _info(store: ReadingStore, name: str) -> ListInfo | None:
    """Return the list that the store finds by a name, None where there is none."""
    name = unicodedata.normalize("NFC", name.strip())
    infos = store.lists(archived=True)
    exact = [info for info in infos if info.name == name]
    return next(iter(exact or [info for info in infos if folded(info.name) == folded(name)]), None)


def _remove(store: ReadingStore, arguments: argparse.Namespace) -> int:
    removed = store.remove(arguments.list, arguments.keys)
    missing = rest(arguments.keys, removed)
    done = f"removed {counted(len(removed), 'paper')} from {named(arguments.list)}"
    tell(arguments, done, changed=bool(removed), list=arguments.list, papers=removed, others=missing)
    for key in missing:
        say(f"{key} is not on {named(arguments.list)}")
    return 1 if missing else 0


def _move(store: ReadingStore, arguments: argparse.Namespace) -> int:
    before, after = (text and key_of(text) for text in (arguments.before, arguments.after))
    moved = store.move(arguments.list, arguments.keys, before, after)
    there = "it stands" if len(arguments.keys) == 1 else "they stand"
    done = f"moved {counted(len(arguments.keys), 'paper')}" if moved else f"{there} there already"
    tell(arguments, done, changed=moved, list=arguments.list, papers=arguments.keys if moved else [])
    info = _info(store, arguments.list)
    if info is not None and info.sort != "hand":
        say(
            f"{named(info.name)} is sorted by {_shown(info.sort)}; "
            f"'arxtui lists sort {shlex.quote(info.name)} hand' shows the order by hand"
        )
    return 0


def _sort(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.sort_list(arguments.list, _stored(arguments.sort))
    done = f"sorted list {named(arguments.list)} by {arguments.sort}"
    tell(arguments, done, list=arguments.list, sort=arguments.sort)
    return 0


def _import(store: ReadingStore, arguments: argparse.Namespace) -> int:
    # Imported here: the formats take a while to load.
    from arxtui.cli.importing import import_file

    return import_file(store, arguments)


COMMANDS: Mapping[str, Callable[[ReadingStore, argparse.Namespace], int]] = {
    "ls": _ls,
    "show": _show,
    "create": _create,
    "rename": _rename,
    "describe": _describe,
    "delete": _delete,
    "restore": _restore,
    "default": _default,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "sort": _sort,
    "import": _import,
}
"""What runs each command behind `lists`, but for `export`."""
