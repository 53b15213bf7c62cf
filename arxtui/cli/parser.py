"""What every command's arguments have in common. Nothing here imports what the commands need."""

from __future__ import annotations

import argparse
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from arxtui.cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH_HELP = "files or folders (default: the current folder)"

MARK = "\0"
"""Stands before each word that begins with a dash and is no option while argparse is at work; no word of a command line can hold it."""

_UNKNOWN = "unrecognized arguments: "
"""What argparse says before words that begin with a dash and are no options."""

_LACKING = "the following arguments are required: "
"""What it says where there are too few others."""

_LETTERS = ("-h", "-o")
"""The options that are one letter."""

_WIDTH = 80
"""Letters in a line of help, as wide as a terminal is at least."""

_NAME_CELLS = 10
"""Letters for the name of a command in a list of them: the longest, and two blanks."""

EXPORTS = ("jsonl", "bibtex", "ris", "csl-json", "csv", "markdown", "ids")
"""The formats that `core.exchange` writes, written here too so that `arxtui export --help` need not load it."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and takes options in any place."""

    def __init__(self, prog: str, summary: str, examples: str) -> None:
        super().__init__(
            prog=prog,
            description="\n".join(map(_wrapped, summary.split("\n"))),
            epilog=f"examples:\n{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.summary = summary.partition("\n")[0].partition(". ")[0].rstrip(".")
        """The first sentence of what it says of itself, for a list of commands."""
        self._dashed: list[str] = []  # words that begin with a dash and are no options
        everywhere = self.add_argument_group("everywhere")
        everywhere.add_argument(
            "--data-dir", type=Path, metavar="DIR", help="where reading lists are kept (ARXTUI_DATA_DIR)"
        )
        everywhere.add_argument(
            "--cache-dir", type=Path, metavar="DIR", help="where indexes are kept (ARXTUI_CACHE_DIR)"
        )
        everywhere.add_argument(
            "--config", type=Path, metavar="FILE", help="the settings, or their folder (ARXTUI_CONFIG)"
        )

    def parse_words(self, words: list[str]) -> argparse.Namespace:
        """Understand words, options in any place.

        Raises:
            UsageError: they make no sense.
        """
        self._dashed = [word for word in words if re.match("-[^-]", word) and word[:2] not in _LETTERS]
        return self.parse_intermixed_args(words)

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` where argparse would print and leave."""
        if message.startswith(_LACKING) and self._dashed:
            message += f": write -- before {self._dashed[0]}, if it is no option"
        unknown = message.removeprefix(_UNKNOWN)
        if unknown != message and any(re.match("-[^-]", word) for word in unknown.split()):
            message += ": write -- before what is no option"
        raise UsageError(f"{message} (see {self.prog} --help)")


def commands_text(summaries: Mapping[str, str]) -> str:
    """Write a list of commands for a help text.

    Args:
        summaries: what each is for, by its name.
    """
    listed = "\n".join(f"  {name:{_NAME_CELLS}}{summary}" for name, summary in summaries.items())
    return f"commands (each has its own --help):\n{listed}"


def _wrapped(line: str) -> str:
    behind = " " * (2 + _NAME_CELLS) if line.startswith("  ") else ""
    return textwrap.fill(line, _WIDTH, subsequent_indent=behind, break_on_hyphens=False)


def add_paths(parser: Parser) -> None:
    """Let a command take files and folders."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=PATH_HELP)


def add_format(parser: Parser, *formats: str) -> None:
    """Let a command print in one of several ways, the first by default."""
    parser.add_argument("--format", choices=formats, help=f"how to print it (default: {formats[0]})")


def add_ids(parser: Parser, least: int = 1) -> None:
    """Let a command take identifiers of papers, at least none or one."""
    parser.add_argument(
        "ids",
        nargs="+" if least else "*",
        metavar="ID",
        help="identifiers or links, written in any way; '-' reads them from standard input, one a line, and leaves out lines that begin with #",
    )


def add_from(parser: Parser) -> None:
    """Let a command that keeps something of papers be told which files know them."""
    parser.add_argument(
        "--from",
        dest="paths",
        nargs="+",
        metavar="PATH",
        help="keep the records that these files or folders have of them",
    )


def add_export(parser: Parser) -> None:
    """Let a command write papers in any format that can be written."""
    parser.add_argument(
        "--format",
        choices=EXPORTS,
        help=f"{', '.join(EXPORTS)} (default: what the ending of FILE says, such as .bib or .md; jsonl without -o)",
        metavar="FORMAT",
    )
    parser.add_argument(
        "--keys",
        metavar="PATTERN",
        help="how citation keys are made: {author}, {year}, {title} (its first word that tells), {id}, or with a capital "
        "{Author}, {Title} (default: {author}{year}{title})",
    )
    parser.add_argument(
        "--notes",
        action="store_true",
        help="write your notes and tags too (default: only what others may see)",
    )
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="write to this file, which appears when it is complete"
    )


def at_least_one(text: str) -> int:
    """Read a number of at least 1.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of at least 1")
    return number


def parser_of(group: str, name: str, summary: str, examples: str) -> Parser:
    """Make the parser of a command behind another one.

    Args:
        group: the command before it, `lists` say.
        name: the command.
        summary: what it does.
        examples: lines that use it.
    """
    parser = Parser(f"arxtui {group} {name}", summary, examples)
    parser.set_defaults(command=name)
    return parser
