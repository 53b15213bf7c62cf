"""`arxtui notes`: see and write notes on papers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from arxtui.cli.editing import edited
from arxtui.cli.errors import CommandError
from arxtui.cli.keeping import store_of
from arxtui.cli.output import columns, counted, fitted, safe, say, whole
from arxtui.cli.papers import key_of, keys_of
from arxtui.cli.records import by_keys
from arxtui.cli.telling import rest, tell
from arxtui.core.display import without_controls
from arxtui.core.exporting import json_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from arxtui.reading import Note, ReadingStore

_TITLE = 20
"""Cells of a title that are shown before a note on a narrow terminal."""


def run(arguments: argparse.Namespace) -> int:
    """See or write notes.

    Args:
        arguments: `command` says what to do; `id`, `ids`, `text` and `format` with what.

    Returns:
        1 where there is no note to show or remove, else 0.

    Raises:
        UsageError: what should be an identifier is none; then nothing is changed.
        CommandError: notes cannot be read or written, the text of one is empty, or the editor failed.
    """
    if "id" in arguments:
        arguments.key = key_of(arguments.id)
    if "ids" in arguments:
        arguments.keys = keys_of(arguments.ids)
    if "text" in arguments:
        arguments.text = _text(arguments)
    with store_of(arguments, make=arguments.command not in ("ls", "show")) as store:
        return COMMANDS[arguments.command](store, arguments)


def _text(arguments: argparse.Namespace) -> str:
    """Return the text of a note that is to be written, from the command line or a pipe."""
    piped = arguments.text == "-"
    what = "standard input" if piped else "the note"
    text = whole(sys.stdin.read() if piped else arguments.text, what).strip("\n")
    if not text.strip():
        # What should have made the text may have failed: that is no wish to lose the note there is.
        raise CommandError(
            f"{what} is empty; nothing was changed. arxtui notes remove {arguments.key} removes a note"
        )
    return text


def _ls(store: ReadingStore, arguments: argparse.Namespace) -> int:
    width = columns()
    notes = store.notes_of()
    titles = store.titles(notes)
    papers = store.papers(notes) if arguments.format == "jsonl" else {}
    for key, text in notes.items():
        if arguments.format == "ids":
            print(key)
        elif arguments.format == "jsonl":
            paper = papers.get(key)
            print(json_line({"key": key, "title": paper and paper.title, "note": text}))
        else:
            title = safe(titles.get(key, ""))
            # What was written should be seen too.
            title = title if width is None else fitted(title, max(_TITLE, width // 3))
            line = f"{key:16}  {f'“{title}”  ' if title else ''}{safe(' '.join(text.split()))}"
            print(line if width is None else fitted(line, width))
    return 0


def _show(store: ReadingStore, arguments: argparse.Namespace) -> int:
    text = store.note(arguments.key).text
    if arguments.format == "json":
        print(json_line({"key": arguments.key, "note": text or None}))
    elif text:
        print(without_controls(text))
    if not text:
        say(f"there is no note on {arguments.key}")
    return 0 if text else 1


def _set(store: ReadingStore, arguments: argparse.Namespace) -> int:
    key, text = arguments.key, arguments.text
    kept = store.set_note(key, text, papers=by_keys([key], store, arguments))
    _tell(arguments, text, f"the note on {key} says that already", kept)
    return 0


def _tell(arguments: argparse.Namespace, text: str, same: str, kept: Note | None) -> None:
    done = f"{'wrote' if text else 'removed'} the note on {arguments.key}"
    if kept is not None and kept.has_more_than(text):
        other = "both versions are kept in it" if text else "what was written then is kept"
        done += f"; it was changed elsewhere meanwhile: {other}"
    now = text if kept is None else kept.text
    tell(
        arguments,
        same if kept is None else done,
        changed=kept is not None,
        key=arguments.key,
        note=now or None,
    )


def _edit(store: ReadingStore, arguments: argparse.Namespace) -> int:
    store.try_change()  # first: nobody should write what cannot be kept
    before = store.note(arguments.key)
    # Asked before: what is written must not depend on files that cannot be read.
    papers = by_keys([arguments.key], store, arguments)
    with edited(before.text, arguments.key) as text:
        kept = store.set_note(arguments.key, text, over=before, papers=papers)
    _tell(arguments, text, f"the note on {arguments.key} was not changed", kept)
    return 0


def _remove(store: ReadingStore, arguments: argparse.Namespace) -> int:
    removed = [key for key in arguments.keys if store.set_note(key, "")]
    missing = rest(arguments.keys, removed)
    done = f"removed {counted(len(removed), 'note')}"
    tell(arguments, done, changed=bool(removed), papers=removed, others=missing)
    for key in missing:
        say(f"there is no note on {key}")
    return 1 if missing else 0


COMMANDS: Mapping[str, Callable[[ReadingStore, argparse.Namespace], int]] = {
    "ls": _ls,
    "show": _show,
    "set": _set,
    "edit": _edit,
    "remove": _remove,
}
"""What runs each command behind `notes`."""
