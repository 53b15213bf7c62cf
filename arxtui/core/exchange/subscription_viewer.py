"""The JSON of arxiv-subscription-viewer: its export of what a user noted, and its `config.json`, which holds the same.

The format is that of `export_metadata` and `_config_to_dict` in src/arxiv_browser/config.py of
https://github.com/NicolasSchuler/arxiv-subscription-viewer: an object with `paper_metadata` (identifier -> notes, tags, is_read, starred,
line_annotations, review dates), `collections` (name, description, paper_ids), `bookmarks` (name and query of saved searches) and `marks`
(letter -> identifier). Its queries are those of `query.py` there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from arxtui.core.display import clean
from arxtui.core.exchange.json_text import load, strings, text_of
from arxtui.core.exchange.references import Imported, NamedList, Reference, ReferenceProblem
from arxtui.core.identifiers import parse_identifier
from arxtui.core.papers import Paper
from arxtui.core.queries import parse

NAME = "arxiv-subscription-viewer"

FORMAT = "arxiv-browser-metadata"
"""What its exports call themselves."""

_KEPT_OUT = ("watch_list", "tracked_authors", "research_interests")
_OTHERWISE = re.compile(r'"[^"]*"|(?<!\S)(?:cat:|author:=|(?:unread|starred)(?!\S))')
"""What its queries write in another way than ours; not what stands in quotation marks."""


def is_one(value: object) -> bool:
    """Tell whether a JSON value is such an export or such a configuration."""
    return isinstance(value, dict) and (
        value.get("format") == FORMAT or isinstance(value.get("paper_metadata"), dict)
    )


def read(text: str) -> Imported:
    """Read such a file.

    Args:
        text: JSON for which `is_one` holds.

    Returns:
        The papers that something is noted of and those of the collections, the collections, the saved searches and marks, and what is
        not taken.
    """
    data = load(text)
    lines = _Lines(text)
    problems = [
        ReferenceProblem(_Lines(text).of(name), f"{name} is left out: arxtui has nothing of the kind")
        for name in _KEPT_OUT
        if data.get(name)
    ]
    references = list(_noted(data.get("paper_metadata"), lines, problems))
    lists = list(_collections(data.get("collections"), lines, problems))
    known = {reference.paper.key for reference in references}
    for line, paper in (each for _, papers in lists for each in papers):
        if paper.key not in known:
            known.add(paper.key)
            references.append(Reference(paper, line=line))
    searches = tuple(_searches(data.get("bookmarks"), _Lines(text), problems))
    marks = tuple(_marks(data.get("marks"), _Lines(text), problems))
    return Imported(
        tuple(references),
        tuple(problems),
        NAME,
        tuple(
            named._replace(keys=tuple(dict.fromkeys(paper.key for _, paper in papers)))
            for named, papers in lists
        ),
        searches,
        marks,
    )


def _collections(
    collections: object, lines: _Lines, problems: list[ReferenceProblem]
) -> Iterator[tuple[NamedList, list[tuple[int, Paper]]]]:
    """The collections without their keys, each with the lines and papers that it holds."""
    for collection in collections if isinstance(collections, list) else []:
        if not isinstance(collection, dict) or not clean(text_of(collection.get("name"))):
            problems.append(
                ReferenceProblem(lines.of("collections"), "a collection without a name is left out")
            )
            continue
        name = clean(text_of(collection["name"]))
        papers = []
        for written in strings(collection.get("paper_ids")):
            line = lines.of(written)
            found = parse_identifier(written)
            if found is None:
                problems.append(
                    ReferenceProblem(line, f"no arXiv identifier in {name}: {clean(written)!r} is left out")
                )
                continue
            papers.append((line, Paper(found.key, version=found.version)))
        yield NamedList(name, clean(text_of(collection.get("description"))), ()), papers


def _searches(
    bookmarks: object, lines: _Lines, problems: list[ReferenceProblem]
) -> Iterator[tuple[str, str]]:
    for bookmark in bookmarks if isinstance(bookmarks, list) else []:
        name, asked = (
            clean(text_of(bookmark.get(field))) if isinstance(bookmark, dict) else ""
            for field in ("name", "query")
        )
        line = lines.of(name) if name else lines.of("bookmarks")
        query = _OTHERWISE.sub(lambda found: _ours(found[0]), asked)
        if not name or not query:
            problems.append(ReferenceProblem(line, "a saved search without a name or a query is left out"))
        elif errors := parse(query).errors:
            problems.append(
                ReferenceProblem(line, f"the saved search {name} is left out: {errors[0].message}")
            )
        else:
            yield name, query


def _ours(piece: str) -> str:
    return {"cat:": "category:", "author:=": "author:", "unread": "is:unread", "starred": "is:starred"}.get(
        piece, piece
    )


def _marks(marks: object, lines: _Lines, problems: list[ReferenceProblem]) -> Iterator[tuple[str, str]]:
    for letter, written in marks.items() if isinstance(marks, dict) else []:
        found = parse_identifier(text_of(written))
        if found is None or len(letter) != 1 or not letter.isprintable() or letter.isspace():
            line = lines.of(text_of(written))
            problems.append(
                ReferenceProblem(line, f"the mark {clean(letter)!r} is on no arXiv identifier: left out")
            )
        else:
            yield letter, found.key


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
