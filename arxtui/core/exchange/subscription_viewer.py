"""The JSON of arxiv-subscription-viewer: its export of what a user noted, and its `config.json`, which holds the same.

The format is that of `export_metadata` and `_config_to_dict` in src/arxiv_browser/config.py of
https://github.com/NicolasSchuler/arxiv-subscription-viewer: an object with `paper_metadata` (identifier -> notes, tags, is_read, starred,
line_annotations, review dates) and `collections` (name, description, paper_ids).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from arxtui.core.display import clean
from arxtui.core.exchange.json_text import load, strings, text_of
from arxtui.core.exchange.references import NamedList, Reference, ReferenceProblem
from arxtui.core.identifiers import parse_identifier
from arxtui.core.papers import Paper

FORMAT = "arxiv-browser-metadata"
"""What its exports call themselves."""

_KEPT_OUT = ("watch_list", "tracked_authors", "bookmarks", "marks", "research_interests")


def is_one(value: object) -> bool:
    """Tell whether a JSON value is such an export or such a configuration."""
    return isinstance(value, dict) and (
        value.get("format") == FORMAT or isinstance(value.get("paper_metadata"), dict)
    )


def read(text: str) -> tuple[list[Reference], list[ReferenceProblem], list[NamedList]]:
    """Read such a file.

    Args:
        text: JSON for which `is_one` holds.

    Returns:
        The papers that something is noted of and those of the collections; what is not taken; the collections.
    """
    data = load(text)
    lines = _Lines(text)
    problems = [
        ReferenceProblem(_Lines(text).of(name), f"{name} is left out: arxtui has nothing of the kind")
        for name in _KEPT_OUT
        if data.get(name)
    ]
    references = list(_noted(data.get("paper_metadata"), lines, problems))
    lists = []
    known = {reference.paper.key for reference in references}
    collections = data.get("collections")
    for collection in collections if isinstance(collections, list) else []:
        if not isinstance(collection, dict) or not clean(text_of(collection.get("name"))):
            problems.append(
                ReferenceProblem(lines.of("collections"), "a collection without a name is left out")
            )
            continue
        name = clean(text_of(collection["name"]))
        keys = []
        for written in strings(collection.get("paper_ids")):
            line = lines.of(written)
            found = parse_identifier(written)
            if found is None:
                problems.append(
                    ReferenceProblem(line, f"no arXiv identifier in {name}: {clean(written)!r} is left out")
                )
                continue
            keys.append(found.key)
            if found.key not in known:
                known.add(found.key)
                references.append(Reference(Paper(found.key, version=found.version), line=line))
        lists.append(
            NamedList(name, clean(text_of(collection.get("description"))), tuple(dict.fromkeys(keys)))
        )
    return references, problems, lists


def _noted(papers: object, lines: _Lines, problems: list[ReferenceProblem]) -> Iterator[Reference]:
    for written, noted in papers.items() if isinstance(papers, dict) else []:
        line = lines.of(written)
        found = parse_identifier(written)
        if found is None or not isinstance(noted, dict):
            problems.append(ReferenceProblem(line, f"no arXiv identifier: {clean(written)!r} is left out"))
            continue
        if noted.get("next_review_date"):
            problems.append(ReferenceProblem(line, f"{found.key}: its date of review is left out"))
        yield Reference(
            paper=Paper(found.key, version=found.version),
            tags=tuple(dict.fromkeys(filter(None, map(clean, strings(noted.get("tags")))))),
            note=_note(noted),
            read=noted.get("is_read") is True,
            starred=noted.get("starred") is True,
            line=line,
        )


def _note(noted: Mapping[str, Any]) -> str | None:
    """Its note, with what it says of single lines of the abstract below."""
    lines = [clean(text_of(noted.get("notes")), keep_breaks=True)]
    annotations = noted.get("line_annotations")
    lines.extend(
        f"line {text_of(annotation.get('line'))}: {said}"
        for annotation in (annotations if isinstance(annotations, list) else [])
        if isinstance(annotation, dict) and (said := clean(text_of(annotation.get("text"))))
    )
    return "\n".join(filter(None, lines)) or None


class _Lines:
    """Tells in which line a word stands, read on from the one before: the words come in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def of(self, written: str) -> int:
        word = json.dumps(written)
        place = self._text.find(word, self._at)
        if place < 0:
            return self._line
        self._line += self._text.count("\n", self._at, place)
        self._at = place
        return self._line
