"""`arxtui search`: papers that match one query, or one line of JSON for each query of a file."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.opening import fresh_library_of
from arxtui.cli.output import counted, is_terminal, paper_line, say
from arxtui.core.exporting import json_line, to_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from arxtui.library import Library

HITS = 10
"""How many hits a query of a file gets where --limit does not say."""


def run(arguments: argparse.Namespace) -> int:
    """Print what matches.

    Args:
        arguments: `words` (QUERY and paths; only paths with `queries`), `queries`, `limit`, `sort`, `format`.

    Returns:
        The exit code.

    Raises:
        UsageError: the query is missing, or a path or the file of queries does not exist.
        CommandError: the library cannot be read.
    """
    if arguments.queries is None:
        if not arguments.words:
            raise UsageError("search needs a QUERY; '*' means all papers (see arxtui search --help)")
        query, *places = arguments.words
        with fresh_library_of(arguments, places) as library:
            _one(library, query, arguments)
    else:
        if arguments.format not in (None, "jsonl"):
            raise UsageError("--queries answers in JSON lines; leave --format out")
        with _lines(arguments.queries) as lines, fresh_library_of(arguments, arguments.words) as library:
            _many(library, lines, arguments)
    return 0


def _one(library: Library, query: str, arguments: argparse.Namespace) -> None:
    results = library.search(query, limit=arguments.limit, sort=arguments.sort)
    if results.note:
        say(results.note)
    shown = 0
    for shown, row in enumerate(results, 1):  # noqa: B007 - the last number is how many there were
        if arguments.format == "ids":
            print(row.key)
        elif arguments.format == "jsonl":
            print(json_line(to_json(library.paper(row.key))))
        else:
            print(paper_line(row.date, row.key, row.title, row.lead))
    if not results.total:
        say(f"no paper matches {query}")
    elif shown < results.total and is_terminal(sys.stderr):
        say(f"{shown:,} of {counted(results.total, 'paper')}")


def _many(library: Library, lines: Iterable[str], arguments: argparse.Namespace) -> None:
    for line in lines:
        query = line.rstrip("\r\n")
        began = time.perf_counter()
        results = library.search(query, limit=arguments.limit or HITS, sort=arguments.sort)
        rows = list(results)
        milliseconds = (time.perf_counter() - began) * 1000
        hits = [{"id": row.key, "date": row.date or None, "title": row.title} for row in rows]
        answer = {"query": query, "total": results.total, "ms": round(milliseconds, 3), "hits": hits}
        # Flushed: a program at the other end may wait for the answer before it asks again.
        print(json_line(answer), flush=True)


@contextmanager
def _lines(name: str) -> Iterator[Iterable[str]]:
    if name == "-":
        yield sys.stdin
        return
    if not Path(name).exists():
        raise UsageError(f"no such file: {name}")
    with Path(name).open(encoding="utf-8-sig", errors="surrogateescape") as stream:
        yield stream
