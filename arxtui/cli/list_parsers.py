"""What can be typed behind `arxtui lists`. Nothing here imports what the commands need."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arxtui.cli.parser import MARK, Parser, add_export, add_format, add_from, add_ids, parser_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SORTS = ("hand", "added", "date", "updated", "title", "id")
"""The ways in which lists are sorted, called as those of `arxtui search` are."""

ALL_SORTS = tuple(sign + sort for sort in SORTS for sign in ("", "-"))
"""With `-` in front, the other way round."""

_SORTS_HELP = f"{', '.join(SORTS)}; '-' before it reverses"


def _on_list(name: str, summary: str, examples: str) -> Parser:
    parser = parser_of("lists", name, summary, examples)
    parser.add_argument("list", metavar="LIST")
    return parser


def _changing(name: str, summary: str, examples: str) -> Parser:
    parser = _on_list(name, summary, examples)
    add_format(parser, "text", "json")
    return parser


def _ls() -> Parser:
    parser = parser_of(
        "lists",
        "ls",
        "Print size, name and description of each reading list.",
        "  arxtui lists ls\n  arxtui lists ls --archived --format jsonl",
    )
    parser.add_argument("--archived", action="store_true", help="those that were put away as well")
    add_format(parser, "table", "jsonl")
    return parser


def _show() -> Parser:
    parser = _on_list(
        "show",
        "Print the papers of a reading list, in its order, as they were when they were added. Those of which the files "
        "say something else now are marked 'changed'; jsonl says what. The files are those of --from, else the index "
        "of the current folder, if it has one.",
        "  arxtui lists show bookmarks\n"
        "  arxtui lists show bookmarks --sort -date --format ids\n"
        "  arxtui lists show flow --format jsonl | jq .note\n"
        "  arxtui lists show flow --from ~/abstracts",
    )
    parser.add_argument(
        "--from",
        dest="paths",
        nargs="+",
        metavar="PATH",
        help="compare with what these files or folders have of them",
    )
    parser.add_argument("--sort", choices=ALL_SORTS, metavar="KEY", help=f"another order: {_SORTS_HELP}")
    add_format(parser, "table", "jsonl", "ids")
    return parser


def _create() -> Parser:
    parser = _changing(
        "create",
        "Make an empty reading list.",
        '  arxtui lists create "flow matching"\n  arxtui lists create thesis --description "to cite in chapter 2"',
    )
    parser.add_argument("--description", default="", metavar="TEXT", help="what it is for")
    return parser


def _rename() -> Parser:
    parser = _changing(
        "rename", "Give a reading list another name.", '  arxtui lists rename flow "flow matching"'
    )
    parser.add_argument("name", metavar="NEW", help="its new name")
    return parser


def _describe() -> Parser:
    parser = _changing(
        "describe",
        "Say what a reading list is for.",
        '  arxtui lists describe flow "to read before the seminar"',
    )
    parser.add_argument("text", metavar="TEXT", help="one line; empty takes the description away")
    return parser


def _delete() -> Parser:
    return _changing(
        "delete",
        "Put a reading list away. It keeps its papers: 'arxtui undo' or 'arxtui lists restore' brings it back.",
        "  arxtui lists delete flow\n  arxtui lists ls --archived",
    )


def _restore() -> Parser:
    return _changing("restore", "Bring back a reading list that was put away.", "  arxtui lists restore flow")


def _default() -> Parser:
    return _changing(
        "default",
        "Choose the reading list that 'b' in the reader puts papers on, and that is:bookmarked means.",
        "  arxtui lists default thesis",
    )


def _add() -> Parser:
    parser = _changing(
        "add",
        "Put papers on a reading list, which is made where there is none. "
        "Their records are kept with it where the index of the current folder, another list or one of the indexes used last has "
        "them. Papers that were there by their identifiers alone get their records as well.",
        "  arxtui lists add bookmarks 2507.19427 https://arxiv.org/abs/hep-th/9901001v2\n"
        "  arxtui lists add bookmarks 2507.19427 --from ~/abstracts\n"
        "  arxtui search turbulence --format ids | arxtui lists add flow -",
    )
    add_ids(parser)
    add_from(parser)
    return parser


def _remove() -> Parser:
    parser = _changing(
        "remove", "Take papers off a reading list.", "  arxtui lists remove bookmarks 2507.19427"
    )
    add_ids(parser)
    return parser


def _move() -> Parser:
    parser = _changing(
        "move",
        "Move papers within a reading list, to its top or to another of its papers. They keep the order given.",
        "  arxtui lists move flow 2507.19427\n  arxtui lists move flow 2507.19427 --after hep-th/9901001",
    )
    add_ids(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--before", metavar="ID", help="right above this paper")
    where.add_argument("--after", metavar="ID", help="right below this paper")
    return parser


def _sort() -> Parser:
    parser = _changing(
        "sort",
        "Choose the order of a reading list. The order by hand is kept.",
        "  arxtui lists sort flow -date\n  arxtui lists sort flow hand",
    )
    parser.add_argument("sort", type=_sort_key, metavar="KEY", help=_SORTS_HELP)
    return parser


def _sort_key(text: str) -> str:
    key = text.lstrip(MARK)
    if key not in ALL_SORTS:
        raise argparse.ArgumentTypeError(
            f"{key!r} is none of {', '.join(SORTS)}, with or without '-' before it"
        )
    return key


def _import() -> Parser:
    parser = parser_of(
        "lists",
        "import",
        "Add the papers of a file of another program. It may be BibTeX, RIS, CSL-JSON, JSON lines, identifiers or links, "
        "or the JSON of arxiv-subscription-viewer. Tags, notes and read marks come along. One undo takes all of it back.",
        "  arxtui lists import refs.bib              fills the list refs\n"
        "  arxtui lists import export.ris thesis\n"
        "  curl -s https://example.org/reading.txt | arxtui lists import - group",
    )
    parser.add_argument("file", metavar="FILE", help="what to read; '-' is standard input")
    parser.add_argument(
        "list",
        nargs="?",
        metavar="LIST",
        help="where to put the papers, made where there is none (default: the lists that the file has, else one named "
        "like the file)",
    )
    add_format(parser, "text", "json")
    return parser


def _export() -> Parser:
    parser = _on_list(
        "export",
        "Write the papers of a reading list for another program. Your notes and tags are left out, unless --notes is there.",
        "  arxtui lists export thesis -o thesis.bib\n"
        "  arxtui lists export thesis --format markdown\n"
        "  arxtui lists export thesis --format bibtex --keys '{Author}:{year}'",
    )
    add_export(parser)
    return parser


LISTS: Mapping[str, Callable[[], Parser]] = {
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
    "export": _export,
}
"""The commands behind `lists`."""
