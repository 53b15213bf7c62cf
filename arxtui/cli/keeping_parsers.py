"""What can be typed to say things of papers, to look back and to move it all. Nothing here imports what the commands need."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arxtui.cli.parser import Parser, add_format, add_from, add_ids, at_least_one, parser_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STATUSES = ("unread", "read", "to-read", "skimmed")
"""How far a paper is read, written here too so that `arxtui read --help` need not load the reading store."""

NOT_SAID = "none"
"""What takes a status back."""


READ_FORMATS = ("table", "jsonl", "ids")
"""How `arxtui read` prints papers."""

SAID_FORMATS = ("text", "json")
"""How it prints what it has changed."""


def read_parser() -> Parser:
    """The parser of `arxtui read`."""
    parser = Parser(
        "arxtui read",
        "Say how far papers are read, or print it. With ID they count as read, or as --as says; --stars gives stars instead. "
        "Without ID, print the papers of which something was said.",
        "  arxtui read 2507.19427\n"
        "  arxtui read --as to-read 2507.19427 hep-th/9901001\n"
        "  arxtui read --stars 4 2507.19427\n"
        "  arxtui read                                what was said\n"
        "  arxtui read --as to-read --format ids      what is to be read",
    )
    add_ids(parser, least=0)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--as",
        dest="status",
        choices=(*STATUSES, NOT_SAID),
        metavar="STATUS",
        help=f"{', '.join(STATUSES)}, or {NOT_SAID} to take back what was said",
    )
    what.add_argument("--stars", type=_stars, metavar="N", help="give 0 to 5 stars")
    add_from(parser)
    parser.add_argument(
        "--format",
        choices=(*READ_FORMATS, *SAID_FORMATS),
        metavar="FORMAT",
        help=f"how to print it: {', '.join(READ_FORMATS)} (default: {READ_FORMATS[0]}); "
        f"with ID, {' or '.join(SAID_FORMATS)} (default: {SAID_FORMATS[0]})",
    )
    return parser


def _stars(text: str) -> int:
    if text not in ("0", "1", "2", "3", "4", "5"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of stars from 0 to 5")
    return int(text)


def undo_parser() -> Parser:
    """The parser of `arxtui undo`."""
    return _step(
        "undo",
        "Take back the last change. That is the last one of this machine, in the reader or by a command.",
    )


def redo_parser() -> Parser:
    """The parser of `arxtui redo`."""
    return _step("redo", "Make the change again that was undone last.")


def _step(name: str, summary: str) -> Parser:
    parser = Parser(
        f"arxtui {name}", summary, f"  arxtui {name}\n  arxtui {name} 01a2035330c4      any other change"
    )
    parser.add_argument(
        "change",
        nargs="?",
        metavar="CHANGE",
        help="another one, by its id in the history or as much of it as tells it apart",
    )
    add_format(parser, "text", "json")
    return parser


def history_parser() -> Parser:
    """The parser of `arxtui history`."""
    parser = Parser(
        "arxtui history",
        "Print the changes that were made, the newest first. Each line has id, time and what was done.",
        "  arxtui history\n  arxtui history --limit 10 --format jsonl\n  arxtui undo 01a2035330c4",
    )
    parser.add_argument(
        "--limit", type=at_least_one, default=50, metavar="N", help="at most N changes (default: 50)"
    )
    add_format(parser, "table", "jsonl")
    return parser


def sync_parser() -> Parser:
    """The parser of `arxtui sync`."""
    parser = Parser(
        "arxtui sync",
        "Exchange changes with other machines through a folder. Something must carry it: Syncthing, Dropbox, git, a USB stick. "
        "Each machine writes one file of its own there, so nothing can conflict.",
        "  arxtui sync ~/Sync/arxtui",
    )
    parser.add_argument("folder", metavar="FOLDER", help="the folder; it must be there")
    add_format(parser, "text", "json")
    return parser


def _tags_ls() -> Parser:
    parser = parser_of(
        "tags", "ls", "Print the number of papers and the name of each tag.", "  arxtui tags ls"
    )
    add_format(parser, "table", "jsonl")
    return parser


def _tags_show() -> Parser:
    parser = parser_of(
        "tags", "show", "Print the papers that have a tag.", '  arxtui tags show "to cite" --format ids'
    )
    parser.add_argument("tag", metavar="TAG")
    add_format(parser, "table", "jsonl", "ids")
    return parser


def _tags_add() -> Parser:
    parser = parser_of(
        "tags",
        "add",
        "Give papers a tag. Their records are kept where the index of the current folder, or a reading list, has them.",
        '  arxtui tags add "to cite" 2507.19427 hep-th/9901001\n'
        "  arxtui search author:noether --format ids | arxtui tags add noether -",
    )
    parser.add_argument("tag", metavar="TAG")
    add_ids(parser)
    add_from(parser)
    add_format(parser, "text", "json")
    return parser


def _tags_remove() -> Parser:
    parser = parser_of(
        "tags", "remove", "Take a tag off papers.", '  arxtui tags remove "to cite" 2507.19427'
    )
    parser.add_argument("tag", metavar="TAG")
    add_ids(parser)
    add_format(parser, "text", "json")
    return parser


def _notes_ls() -> Parser:
    parser = parser_of(
        "notes",
        "ls",
        "Print each paper that has a note, its title as far as one is kept, and how the note begins.",
        "  arxtui notes ls --format jsonl",
    )
    add_format(parser, "table", "jsonl", "ids")
    return parser


def _notes_show() -> Parser:
    parser = parser_of("notes", "show", "Print the note on a paper.", "  arxtui notes show 2507.19427")
    parser.add_argument("id", metavar="ID")
    add_format(parser, "text", "json")
    return parser


def _notes_set() -> Parser:
    parser = parser_of(
        "notes",
        "set",
        "Write the note on a paper. It replaces the one that is there; 'arxtui undo' brings that back.",
        '  arxtui notes set 2507.19427 "Compare with section 3."\n  arxtui notes set 2507.19427 - < note.txt',
    )
    parser.add_argument("id", metavar="ID")
    parser.add_argument("text", metavar="TEXT", help="the note; '-' reads it from standard input")
    add_from(parser)
    add_format(parser, "text", "json")
    return parser


def _notes_edit() -> Parser:
    parser = parser_of(
        "notes",
        "edit",
        "Edit the note on a paper with $VISUAL, $EDITOR or vi.",
        "  arxtui notes edit 2507.19427\n  EDITOR='code --wait' arxtui notes edit 2507.19427",
    )
    parser.add_argument("id", metavar="ID")
    add_from(parser)
    add_format(parser, "text", "json")
    return parser


def _notes_remove() -> Parser:
    parser = parser_of("notes", "remove", "Remove the notes on papers.", "  arxtui notes remove 2507.19427")
    add_ids(parser)
    add_format(parser, "text", "json")
    return parser


TAGS: Mapping[str, Callable[[], Parser]] = {
    "ls": _tags_ls,
    "show": _tags_show,
    "add": _tags_add,
    "remove": _tags_remove,
}
"""The commands behind `tags`."""

NOTES: Mapping[str, Callable[[], Parser]] = {
    "ls": _notes_ls,
    "show": _notes_show,
    "set": _notes_set,
    "edit": _notes_edit,
    "remove": _notes_remove,
}
"""The commands behind `notes`."""


def _backup_ls() -> Parser:
    parser = parser_of(
        "backup",
        "ls",
        "Print the backups, the newest first; those that were kept before a restore come last.",
        "  arxtui backup ls --format jsonl",
    )
    add_format(parser, "table", "jsonl")
    return parser


def _backup_now() -> Parser:
    parser = parser_of(
        "backup",
        "now",
        "Make a backup and print where it is. One a day is made by itself.",
        "  arxtui backup now\n  arxtui backup now /media/stick\n  arxtui backup now /media/stick/reading.sqlite3",
    )
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a file, or a folder that is there, for one with the time in its name (default: the backups beside the reading lists)",
    )
    add_format(parser, "text", "json")
    return parser


def _backup_dump() -> Parser:
    parser = parser_of(
        "backup",
        "dump",
        "Write everything as JSON lines. There is one for each change; docs/reading-store.md describes them.",
        "  arxtui backup dump -o everything.jsonl\n  arxtui backup dump | ssh laptop arxtui backup load -",
    )
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="write to this file, which appears when it is complete"
    )
    return parser


def _backup_load() -> Parser:
    parser = parser_of(
        "backup",
        "load",
        "Add everything that a dump or a backup holds and that is not here yet. Nothing is replaced or lost.",
        "  arxtui backup load everything.jsonl\n  arxtui backup load old-laptop/backups/reading-2026-11-22.sqlite3",
    )
    parser.add_argument("file", metavar="FILE", help="what to read; '-' is standard input")
    add_format(parser, "text", "json")
    return parser


def _backup_restore() -> Parser:
    parser = parser_of(
        "backup",
        "restore",
        "Go back to a backup. What is there now is kept beside the backups, and restoring that undoes it. "
        "What was synced since comes back with the next sync.",
        "  arxtui backup restore 2026-11-20\n  arxtui backup restore /media/stick/reading.sqlite3",
    )
    parser.add_argument(
        "file", metavar="FILE", help="the backup, or the date of one that 'arxtui backup ls' shows"
    )
    add_format(parser, "text", "json")
    return parser


BACKUP: Mapping[str, Callable[[], Parser]] = {
    "ls": _backup_ls,
    "now": _backup_now,
    "restore": _backup_restore,
    "dump": _backup_dump,
    "load": _backup_load,
}
"""The commands behind `backup`."""
