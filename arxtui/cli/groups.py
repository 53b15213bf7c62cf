"""The commands that have commands of their own, `lists` say. Nothing here imports what they need."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.keeping_parsers import BACKUP, NOTES, TAGS
from arxtui.cli.list_parsers import LISTS
from arxtui.cli.parser import Parser, add_paths, commands_text, parser_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_GROUPS = {
    "lists": (
        "See and change reading lists. Every change can be taken back with 'arxtui undo'.",
        (
            "  arxtui lists\n  arxtui lists show bookmarks\n  arxtui lists add flow 2507.19427\n"
            "  arxtui search turbulence --format ids | arxtui lists add flow -\n"
            "  arxtui lists export flow --format bibtex -o flow.bib"
        ),
    ),
    "tags": (
        "See tags, give them to papers and take them off.",
        '  arxtui tags\n  arxtui tags add "to cite" 2507.19427\n  arxtui search \'tag:"to cite"\' ~/abstracts',
    ),
    "notes": (
        "See and write notes on papers.",
        (
            '  arxtui notes\n  arxtui notes set 2507.19427 "Compare with section 3."\n  arxtui notes edit 2507.19427\n'
            "  arxtui search note:section ~/abstracts"
        ),
    ),
    "backup": (
        "See and make backups of lists, tags, notes and the rest; write all of it out and read it in.",
        "  arxtui backup\n  arxtui backup now\n  arxtui backup dump -o everything.jsonl",
    ),
    "cache": (
        "See and delete indexes, which can always be made again from the files.",
        "  arxtui cache\n  arxtui cache clear ~/abstracts\n  arxtui cache clear --all",
    ),
}
"""What each command that has commands of its own is for, and examples."""


def group_of(name: str) -> Parser:
    """The parser of `arxtui lists`, say, alone, which knows only the help.

    Args:
        name: the command.
    """
    summary, examples = _GROUPS[name]
    listed = commands_text({word: builder().summary for word, builder in GROUPS[name].items()})
    parser = Parser(f"arxtui {name}", f"{summary}\n\n{listed}", examples)
    parser.usage = f"arxtui {name} {{{','.join(GROUPS[name])}}} ..."
    return parser


def command_of(name: str, word: str) -> Callable[[], Parser]:
    """What makes the parser of one of the commands behind another.

    Args:
        name: the command before it, `lists` say.
        word: what was typed behind it.

    Raises:
        UsageError: there is no such command.
    """
    commands = GROUPS[name]
    if word not in commands:
        close = difflib.get_close_matches(word, commands, n=1)
        hint = f"; did you mean 'arxtui {name} {close[0]}'?" if close else f": {', '.join(commands)}"
        raise UsageError(f"{name} has no command {word!r}{hint}")
    return commands[word]


def _cache_ls() -> Parser:
    return parser_of(
        "cache",
        "ls",
        "Print size, papers, last use and folders of each index.",
        "  arxtui cache ls",
    )


def _cache_clear() -> Parser:
    parser = parser_of(
        "cache",
        "clear",
        "Delete the indexes of some files or folders, which may be gone. Reading lists are not touched.",
        "  arxtui cache clear ~/abstracts\n  arxtui cache clear --all",
    )
    add_paths(parser)
    parser.add_argument("--all", action="store_true", help="delete every index")
    return parser


GROUPS: Mapping[str, Mapping[str, Callable[[], Parser]]] = {
    "lists": LISTS,
    "tags": TAGS,
    "notes": NOTES,
    "backup": BACKUP,
    "cache": {
        "ls": _cache_ls,
        "clear": _cache_clear,
    },
}
"""The commands behind each command that has some. Typed alone, it means the first."""
