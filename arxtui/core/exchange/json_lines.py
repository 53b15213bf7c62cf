"""JSON lines: an object a paper as `core.exporting` makes it. The one format that keeps all there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from arxtui.core.display import clean
from arxtui.core.exchange.building import Fields, build
from arxtui.core.exchange.json_text import load, strings, text_of
from arxtui.core.exchange.references import Reference, ReferenceProblem, find_identifier, iso_date, tag_text
from arxtui.core.exporting import json_line, to_json
from arxtui.core.identifiers import Identifier


def write(references: Iterable[Reference]) -> Iterator[str]:
    """The text of a file of JSON lines; `tags` and `note` stand in the lines of papers that have some."""
    for reference in references:
        noted = {"tags": list(reference.tags), "note": reference.note}
        yield (
            json_line({**to_json(reference.paper), **{name: value for name, value in noted.items() if value}})
            + "\n"
        )


def read(text: str) -> tuple[list[Reference], list[ReferenceProblem]]:
    """Read JSON lines as `write` makes them.

    Args:
        text: the file, with line feeds.

    Returns:
        The papers, and what could not be read.
    """
    references: list[Reference] = []
    problems: list[ReferenceProblem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        record = load(line)
        if not isinstance(record, dict):
            problems.append(ReferenceProblem(number, f"no JSON object: {clean(line)[:60]!r} is left out"))
            continue
        found, said = build(_fields_of(record), "the record", number)
        references += found
        problems += said
    return references, problems


def _fields_of(record: Mapping[str, Any]) -> Fields:
    found = find_identifier(text_of(record.get("id")))
    version = record.get("version")
    if found and isinstance(version, int) and not isinstance(version, bool) and 0 < version < 1000:
        found = Identifier(found.key, version)
    return Fields(
        identifier=found,
        title=text_of(record.get("title")),
        authors=strings(record.get("authors")),
        abstract=text_of(record.get("abstract")),
        comments=text_of(record.get("comments")),
        categories=tuple(filter(None, map(clean, strings(record.get("categories"))))),
        doi=text_of(record.get("doi")),
        journal_ref=text_of(record.get("journal_ref")),
        created=iso_date(text_of(record.get("created"))),
        updated=iso_date(text_of(record.get("updated"))),
        tags=tuple(filter(None, map(tag_text, strings(record.get("tags"))))),
        note=text_of(record.get("note")),
    )
