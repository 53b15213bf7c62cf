"""`arxtui show`: one paper."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.keeping import store_of, store_path
from arxtui.cli.opening import fresh_library_of, paper_in
from arxtui.cli.output import counted, is_terminal, safe, say, styled
from arxtui.cli.papers import file_of, key_of
from arxtui.core.exporting import json_line, to_json

if TYPE_CHECKING:
    import argparse

    from arxtui.core.papers import Paper

WIDTH = 80
"""Letters a line: as wide as is pleasant to read, however wide the terminal."""


def run(arguments: argparse.Namespace) -> int:
    """Print one paper.

    Args:
        arguments: `words` (ID and paths), `format`.

    Returns:
        The exit code.

    Raises:
        UsageError: ID is missing or none, or a path does not exist.
        CommandError: nobody knows the paper, or the library cannot be read.
    """
    if not arguments.words:
        raise UsageError("show needs an ID, for example 2507.19427 (see arxtui show --help)")
    text, *places = arguments.words
    paper = _find(arguments, key_of(text), places)
    print(json_line(to_json(paper)) if arguments.format == "json" else readable(paper))
    return 0


def _find(arguments: argparse.Namespace, key: str, places: list[str]) -> Paper:
    with fresh_library_of(arguments, places) as library:
        paper = paper_in(library, key)
        where = ", ".join(str(root) for root in library.roots)
    if paper is not None:
        return paper
    # Looked for only where there is a store: showing a paper should not make one.
    if store_path(arguments).exists():
        with store_of(arguments) as store:
            kept = store.paper(key)
        if kept is not None:
            say(f"{key} is not in {where}; this is the record kept of it")
            return kept
    raise CommandError(f"no paper {key} in {where}")


def readable(paper: Paper) -> str:
    """Write a paper for people.

    Args:
        paper: the paper.

    Returns:
        Lines of at most `WIDTH` letters, without control characters from files.
    """
    width = min(WIDTH, shutil.get_terminal_size().columns) if is_terminal(sys.stdout) else WIDTH
    title = textwrap.wrap(safe(paper.title or "(no title in the files)"), width)
    blocks = ["\n".join(styled(line, "bold" if paper.title else "italic") for line in title)]
    if paper.author_text:
        blocks[0] += "\n" + _wrapped(paper.author_text, width)
    facts = [
        ("arXiv", f"{paper.key}{f'v{paper.version}' if paper.version else ''}" if paper.identifier else None),
        ("key", None if paper.identifier else paper.key),
        ("abstract", paper.abstract_url),
        ("PDF", paper.pdf_url),
        ("created", paper.created),
        ("updated", paper.updated),
        ("categories", " ".join(paper.categories)),
        ("DOI", paper.doi),
        ("journal", paper.journal_ref),
    ]
    blocks.append(
        "\n".join(f"{styled(f'{name:10}', 'dim')}  {safe(value)}" for name, value in facts if value)
    )
    if paper.abstract:
        blocks.append("\n".join(_wrapped(part, width) for part in _paragraphs(paper.abstract)))
    if paper.comments:
        blocks.append(_wrapped(f"Comments: {paper.comments}", width))
    if paper.occurrences:
        places = [
            f"{file_of(o.root, o.path)}:{o.line}" + " (by its text)" * o.matched_by_text
            for o in paper.occurrences
        ]
        head = f"Found in {counted(len(places), 'place')}:"
        blocks.append("\n".join([head, *(f"  {safe(place)}" for place in places)]))
    return "\n\n".join(blocks)


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(safe(text), width, break_long_words=False, break_on_hyphens=False)


def _paragraphs(abstract: str) -> list[str]:
    """Return the paragraphs of an abstract; a line feed followed by blanks begins one."""
    return re.split(r"\n[ \t]+", abstract)
