"""What can be typed: each command, its arguments and its help. Nothing here imports what the commands need."""

from __future__ import annotations

import argparse
import difflib
import os
from functools import partial
from typing import TYPE_CHECKING

import arxtui
from arxtui.cli.groups import GROUPS, command_of, group_of
from arxtui.cli.keeping_parsers import history_parser, read_parser, redo_parser, sync_parser, undo_parser
from arxtui.cli.list_parsers import ALL_SORTS as LIST_SORTS
from arxtui.cli.parser import (
    MARK,
    PATH_HELP,
    Parser,
    add_export,
    add_format,
    add_paths,
    at_least_one,
    commands_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SORTS = ("date", "updated", "title", "id", "occurrences", "relevance", "added")
"""The sort keys of the library, written here too so that `arxtui search --help` need not load it."""

_FRESH = (
    "\n\nFiles that are new or have changed are read first; where that takes longer than a second, standard error says so. "
    "Where another arxtui reads them just now, the answer is what it has read so far."
)
"""Said of the commands that look papers up in files."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Understand a command line.

    Args:
        argv: the words behind `arxtui`.

    Returns:
        The arguments; `module` is the module of `arxtui.cli.commands` that runs them.

    Raises:
        UsageError: they make no sense.
        SystemExit: the help or the version was asked for and printed.
    """
    words = list(argv)
    builder: Callable[[], Parser] = _reader
    name = "reader"
    place = _first_word(words)
    if place < len(words) and words[place] in COMMANDS:
        name = words.pop(place)
        builder = COMMANDS[name]
        if name in GROUPS:
            place = _first_word(words)
            word = words.pop(place) if place < len(words) and not words[place].startswith("-") else None
            if word is None and not {"-h", "--help"} & set(words):
                word = next(iter(GROUPS[name]))
            builder = COMMANDS[name] if word is None else command_of(name, word)
    parser = builder()
    sorting = parser.prog == "arxtui lists sort"
    arguments = parser.parse_words(_marked(_with_sorts(words, alone=sorting)))
    for option, value in vars(arguments).items():
        setattr(arguments, option, _unmarked(value))
    arguments.module = name
    return arguments


_EVERYWHERE = ("--data-dir", "--cache-dir", "--config")


def _first_word(words: Sequence[str]) -> int:
    """Return the place of the first word that is none of the options that may stand before a command."""
    place = 0
    while place < len(words):
        if words[place] in _EVERYWHERE:
            place += 2
        elif words[place].startswith(tuple(f"{option}=" for option in _EVERYWHERE)):
            place += 1
        else:
            break
    return min(place, len(words))


_REVERSED = frozenset(f"-{sort.removeprefix('-')}" for sort in (*SORTS, *LIST_SORTS))


def _with_sorts(words: list[str], *, alone: bool) -> list[str]:
    """Let `--sort -date` mean `--sort=-date`: argparse would take `-date` for an option.

    Args:
        words: the words behind the command.
        alone: a sort stands alone behind this command, so that it is no option either.
    """
    joined: list[str] = []
    for word in words:
        if word in _REVERSED and joined[-1:] == ["--sort"]:
            joined[-1] = f"--sort={word}"
        else:
            joined.append(MARK + word if alone and word in _REVERSED else word)
    return joined


def _marked(words: list[str]) -> list[str]:
    """Let words behind `--` begin with a dash: argparse forgets about `--` where options stand between arguments."""
    if "--" not in words:
        return words
    place = words.index("--")
    return words[:place] + [MARK + word for word in words[place + 1 :]]


def _unmarked(value: object) -> object:
    if isinstance(value, list):
        return [_unmarked(each) for each in value]
    return value.removeprefix(MARK) if isinstance(value, str) else value


def suggestion(word: str) -> str | None:
    """Return the command that a word looks like, mistyped, or None.

    Args:
        word: the first word of the command line, where it is neither a command nor a path.
    """
    if os.sep in word:
        return None
    return next(iter(difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.6)), None)


def _reader() -> Parser:
    listed = commands_text({name: builder().summary for name, builder in COMMANDS.items()})
    parser = Parser(
        "arxtui",
        f"Read folders of plain-text arXiv abstracts: open the reader, or run a command.\n\n{listed}",
        "  arxtui ~/abstracts                      open the reader on a folder\n"
        '  arxtui search "cusp caustic" ~/abstracts\n'
        "  arxtui show 2507.19427 ~/abstracts\n"
        "  arxtui export ~/abstracts > papers.jsonl\n"
        "  arxtui ./search                         open a folder that is named like a command",
    )
    parser.usage = f"arxtui [options] [PATH ...]\n       arxtui {{{','.join(COMMANDS)}}} ..."
    add_paths(parser)
    parser.add_argument("--version", action="version", version=f"arxtui {arxtui.__version__}")
    return parser


def _search() -> Parser:
    parser = Parser(
        "arxtui search",
        "Print the papers that match a query, the best match first.\n\n"
        f"QUERY is one argument; '*' means all papers. With --queries all arguments are paths.{_FRESH}",
        '  arxtui search "cusp caustic" ~/abstracts\n'
        '  arxtui search --sort date --limit 20 "*"\n'
        '  arxtui search -- "-word" ~/abstracts     a query that begins with a dash\n'
        "  arxtui search 'author:noether date:..1935' --explain\n"
        "  arxtui search turbulence --format ids | arxtui lists add flow -",
    )
    parser.usage = (
        "arxtui search [options] QUERY [PATH ...]\n       arxtui search [options] --queries FILE [PATH ...]"
    )
    parser.add_argument("words", nargs="*", metavar="QUERY [PATH ...]", help=f"what to look for; {PATH_HELP}")
    parser.add_argument("--limit", type=at_least_one, metavar="N", help="print at most N papers")
    parser.add_argument(
        "--sort",
        choices=[sign + key for key in SORTS for sign in ("", "-")],
        metavar="KEY",
        help=f"{', '.join(SORTS)}; '-' before it reverses (default: relevance, date for '*')",
    )
    add_format(parser, "table", "jsonl", "ids", "bibtex")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="print no papers: say how the query is understood, and how many match",
    )
    parser.add_argument(
        "--queries",
        metavar="FILE",
        help="answer one query a line ('-': standard input) with one line of JSON each: query, total, ms (the engine's "
        "own milliseconds) and hits, 10 unless --limit says otherwise; of a mistaken query: query and error",
    )
    return parser


def _export() -> Parser:
    parser = Parser(
        "arxtui export",
        "Write papers out for other programs.\n\n"
        f"With --list and no PATH the records are those that were kept when the papers were added.{_FRESH}",
        "  arxtui export ~/abstracts > papers.jsonl\n"
        '  arxtui export ~/abstracts --query "cusp caustic" -o cusps.jsonl\n'
        "  arxtui export --list bookmarks -o bookmarks.bib\n"
        "  arxtui export --list bookmarks --format bibtex --keys '{Author}:{year}'",
    )
    add_paths(parser)
    parser.add_argument("--query", metavar="Q", help="only papers that match it")
    parser.add_argument("--list", metavar="NAME", help="only papers of this reading list")
    add_export(parser)
    return parser


def _show() -> Parser:
    parser = Parser(
        "arxtui show",
        f"Print one paper. ID may be written in any way: with a version, with arXiv:, as a link.{_FRESH}",
        "  arxtui show 2507.19427 ~/abstracts\n"
        "  arxtui show https://arxiv.org/abs/math.GT/0309136v2 --format json",
    )
    parser.usage = "arxtui show [options] ID [PATH ...]"
    parser.add_argument("words", nargs="*", metavar="ID [PATH ...]", help=f"the paper; {PATH_HELP}")
    add_format(parser, "text", "json")
    return parser


def _index() -> Parser:
    parser = Parser(
        "arxtui index",
        "Read what is new or changed, so that the reader opens at once.",
        "  arxtui index ~/abstracts\n  arxtui index ~/abstracts --rebuild --stats",
    )
    add_paths(parser)
    parser.add_argument("--rebuild", action="store_true", help="read everything anew")
    parser.add_argument(
        "--stats",
        action="store_true",
        help="print JSON: papers, occurrences, files, problems, unidentified, bytes, seconds",
    )
    return parser


def _check() -> Parser:
    parser = Parser(
        "arxtui check",
        f"Print what could not be read, as file:line: kind: message. Exit code 1 where there is any.{_FRESH}",
        "  arxtui check ~/abstracts",
    )
    add_paths(parser)
    return parser


def _doctor() -> Parser:
    parser = Parser(
        "arxtui doctor",
        "Look at versions, folders, terminal, reading lists and index. Exit code 1 where something is wrong.",
        "  arxtui doctor\n  arxtui doctor ~/abstracts --format json",
    )
    add_paths(parser)
    add_format(parser, "text", "json")
    return parser


def _config() -> Parser:
    return Parser(
        "arxtui config",
        "Print the settings that hold. It looks like the settings file, whose place the first line names; exit code 1 where "
        "something in it is wrong.",
        "  arxtui config\n  arxtui config > my-settings.toml && arxtui --config my-settings.toml",
    )


COMMANDS: Mapping[str, Callable[[], Parser]] = {
    "search": _search,
    "export": _export,
    "show": _show,
    "index": _index,
    "check": _check,
    "lists": partial(group_of, "lists"),
    "tags": partial(group_of, "tags"),
    "notes": partial(group_of, "notes"),
    "read": read_parser,
    "undo": undo_parser,
    "redo": redo_parser,
    "history": history_parser,
    "sync": sync_parser,
    "backup": partial(group_of, "backup"),
    "doctor": _doctor,
    "config": _config,
    "cache": partial(group_of, "cache"),
}
"""The commands. Each is run by the module of that name; without one the module `reader` opens the reader."""
