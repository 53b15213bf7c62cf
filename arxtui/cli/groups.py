"""The commands that have commands of their own: `lists` and `cache`. Nothing here imports what they need."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.parser import Parser, add_format, add_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_GROUPS = {
    "lists": (
        "See and change reading lists.",
        "  arxtui lists\n  arxtui lists show bookmarks\n  arxtui lists add flow 2507.19427",
    ),
    "cache": (
        "See and delete indexes, which can always be made again from the files.",
        "  arxtui cache\n  arxtui cache clear ~/abstracts\n  arxtui cache clear --all",
    ),
}
"""What each command that has commands of its own is for, and examples."""


def group_of(name: str) -> Parser:
    """The parser of `arxtui lists` or `arxtui cache` alone, which knows only the help.

    Args:
        name: the command.
    """
    summary, examples = _GROUPS[name]
    listed = "\n".join(f"  {word:8}{builder().summary}" for word, builder in GROUPS[name].items())
    parser = Parser(f"arxtui {name}", f"{summary}\n\ncommands (each has its own --help):\n{listed}", examples)
    parser.usage = f"arxtui {name} {{{','.join(GROUPS[name])}}} ..."
    return parser


def command_of(name: str, word: str) -> Callable[[], Parser]:
    """What makes the parser of one of the commands behind `lists` or `cache`.

    Args:
        name: `lists` or `cache`.
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


def _parser(group: str, name: str, summary: str, examples: str) -> Parser:
    parser = Parser(f"arxtui {group} {name}", summary, examples)
    parser.set_defaults(command=name)
    return parser


def _ls() -> Parser:
    return _parser("lists", "ls", "Print the size and the name of each reading list.", "  arxtui lists ls")


def _create() -> Parser:
    parser = _parser(
        "lists", "create", "Make an empty reading list.", '  arxtui lists create "flow matching"'
    )
    parser.add_argument("list", metavar="LIST")
    return parser


def _add() -> Parser:
    parser = _parser(
        "lists",
        "add",
        "Put papers on a reading list, which is made where there is none.",
        "  arxtui lists add bookmarks 2507.19427 --from ~/abstracts\n  arxtui lists add flow - < ids.txt",
    )
    parser.add_argument("list", metavar="LIST")
    parser.add_argument(
        "ids", nargs="+", metavar="ID", help="identifiers; '-' reads them from standard input"
    )
    parser.add_argument(
        "--from",
        dest="paths",
        nargs="+",
        metavar="PATH",
        help="keep the records that these files or folders have of them, not only the identifiers",
    )
    return parser


def _remove() -> Parser:
    parser = _parser(
        "lists", "remove", "Take papers off a reading list.", "  arxtui lists remove bookmarks 2507.19427"
    )
    parser.add_argument("list", metavar="LIST")
    parser.add_argument(
        "ids", nargs="+", metavar="ID", help="identifiers; '-' reads them from standard input"
    )
    return parser


def _show_list() -> Parser:
    parser = _parser(
        "lists",
        "show",
        "Print the papers of a reading list, the newest first.",
        "  arxtui lists show bookmarks\n  arxtui lists show bookmarks --format ids",
    )
    parser.add_argument("list", metavar="LIST")
    add_format(parser, "table", "jsonl", "ids")
    return parser


def _cache_ls() -> Parser:
    return _parser(
        "cache",
        "ls",
        "Print size, papers, last use and folders of each index.",
        "  arxtui cache ls",
    )


def _cache_clear() -> Parser:
    parser = _parser(
        "cache",
        "clear",
        "Delete the indexes of some files or folders, which may be gone. Reading lists are not touched.",
        "  arxtui cache clear ~/abstracts\n  arxtui cache clear --all",
    )
    add_paths(parser)
    parser.add_argument("--all", action="store_true", help="delete every index")
    return parser


GROUPS: Mapping[str, Mapping[str, Callable[[], Parser]]] = {
    "lists": {
        "ls": _ls,
        "create": _create,
        "add": _add,
        "remove": _remove,
        "show": _show_list,
    },
    "cache": {
        "ls": _cache_ls,
        "clear": _cache_clear,
    },
}
"""The commands behind each command that has some. Typed alone, it means the first."""
