"""`arxtui search`: papers that match one query, or one line of JSON for each query of a file."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.asking import names_known, understood
from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import UnknownName, claims_of, lookups_of
from arxtui.cli.opening import fresh_library_of, is_bare
from arxtui.cli.output import counted, fitted, is_terminal, paper_line, safe, say
from arxtui.cli.progress import ProgressBar
from arxtui.core.exchange import write
from arxtui.core.exporting import json_line, to_json
from arxtui.core.queries import Hint, explain, parse
from arxtui.core.queries.locating import column_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from arxtui.core.queries import Query
    from arxtui.library import Library, Results

    Lookup = Callable[[str, str], AbstractSet[str]]

_ECHOED = 60
"""Cells of a query that is told."""

HITS = 10
"""How many hits a query of a file gets where --limit does not say."""


def run(arguments: argparse.Namespace) -> int:
    """Print what matches.

    Args:
        arguments: `words` (QUERY and paths; only paths with `queries`), `queries`, `limit`, `sort`, `format`, `explain`.

    Returns:
        The exit code.

    Raises:
        UsageError: the query is missing or a mistake, or a path or the file of queries does not exist.
        CommandError: library or reading lists cannot be read.
    """
    if arguments.queries is None:
        if not arguments.words:
            raise UsageError("search needs a QUERY; '*' means all papers (see arxtui search --help)")
        text, *places = arguments.words
        if arguments.explain and arguments.format is not None:
            raise UsageError("--explain prints no papers: leave --format out")
        query = understood(text)
        with fresh_library_of(arguments, places) as library, lookups_of(arguments) as lookup:
            sort = query.sort or arguments.sort or "relevance"
            doing = "searching" if sort.endswith("relevance") else "sorting the papers"
            with names_known(text), ProgressBar(doing):
                results = library.search(query, limit=arguments.limit, sort=arguments.sort, lookup=lookup)
            if arguments.explain:
                _explain(query, results)
            else:
                _one(library, results, arguments)
                if not results.total and not is_bare(library):
                    if query.identifier is None:
                        say(f"no paper matches {fitted(safe(text), _ECHOED)}")
                    if why := results.why():
                        say(why)
                    for hint in query.hints:
                        say(f"column {hint.column + 1}: {hint.message}")
        return 0
    if arguments.format not in (None, "jsonl") or arguments.explain:
        raise UsageError("--queries answers in JSON lines; leave --format and --explain out")
    with _lines(arguments.queries) as lines, fresh_library_of(arguments, arguments.words) as library:
        is_bare(library)
        return _many(library, lines, arguments)


def _explain(query: Query, results: Results) -> None:
    for line in explain(query).splitlines():
        indent = len(line) - len(line.lstrip(" "))
        print(" " * indent + safe(line))
    if results.note:
        print(safe(results.note))
    print(counted(results.total, "paper"))


def _one(library: Library, results: Results, arguments: argparse.Namespace) -> None:
    form = arguments.format
    if results.note:
        say(results.note)
    shown = 0
    if form == "bibtex":
        keys = list(results.keys())
        shown = len(keys)
        for piece in write("bibtex", lambda: library.papers(keys), claims=claims_of(arguments)):
            sys.stdout.write(piece)
    elif form == "jsonl":
        for shown, paper in enumerate(library.papers(results.keys()), 1):  # noqa: B007 - as below
            print(json_line(to_json(paper)))
    else:
        for shown, row in enumerate(results, 1):  # noqa: B007 - the last number is how many there were
            if form == "ids":
                print(row.key)
            else:
                print(paper_line(row.date, row.key, row.title, row.lead, results.highlights))
    if shown < results.total and is_terminal(sys.stderr):
        say(f"{shown:,} of {counted(results.total, 'paper')}")


def _many(library: Library, lines: Iterable[str], arguments: argparse.Namespace) -> int:
    """Answer each line. One with a mistake has an error for an answer, and is told."""
    code = number = 0
    with lookups_of(arguments) as lookup:
        for number, line in enumerate(lines, 1):
            text = line.rstrip("\r\n")
            query = parse(text).forgiven()
            answer: dict[str, object] = {"query": text}
            errors = query.errors
            if not errors:
                try:
                    answer |= _hits(library, query, arguments, lookup)
                except UnknownName as error:
                    errors = (Hint(str(error), column_of(text, error.name)),)
            if errors:
                answer["error"] = f"column {errors[0].column + 1}: {errors[0].message}"
            # Flushed: a program at the other end may wait for the answer before it asks again.
            print(json_line(answer), flush=True)
            for message, column in errors:
                say(f"{arguments.queries}:{number}:{column + 1}: {message}")
                code = UsageError.code
    if not number:
        say(f"no query in {'standard input' if arguments.queries == '-' else arguments.queries}")
    return code


def _hits(library: Library, query: Query, arguments: argparse.Namespace, lookup: Lookup) -> dict[str, object]:
    """Return the answer to one query of many."""
    began = time.perf_counter()
    results = library.search(query, limit=arguments.limit or HITS, sort=arguments.sort, lookup=lookup)
    hits = [{"id": row.key, "date": row.date or None, "title": row.title} for row in results]
    milliseconds = (time.perf_counter() - began) * 1000
    return {"total": results.total, "ms": round(milliseconds, 3), "hits": hits}


@contextmanager
def _lines(name: str) -> Iterator[Iterable[str]]:
    if name == "-":
        yield sys.stdin
        return
    if not Path(name).exists():
        raise UsageError(f"no such file: {name}")
    with Path(name).open(encoding="utf-8-sig", errors="surrogateescape") as stream:
        yield stream
