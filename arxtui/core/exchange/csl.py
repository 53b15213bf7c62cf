"""CSL-JSON, which pandoc, Zotero and every citeproc read.

The names of the fields are those of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html, appendix IV); a preprint is an
`article` whose number is its arXiv identifier, as Zotero has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from arxtui.core.display import clean
from arxtui.core.exchange.building import Fields, build
from arxtui.core.exchange.citekeys import CitationKeys
from arxtui.core.exchange.json_text import elements_of, line_of, strings, text_of
from arxtui.core.exchange.markup import NO_CASE, SIGN, without_markup
from arxtui.core.exchange.names import Name, joined, names_of, split_name
from arxtui.core.exchange.plain import plain, plain_parts
from arxtui.core.exchange.references import (
    Reference,
    ReferenceProblem,
    find_identifier,
    full_date,
    iso_date,
    keyword,
    sort_keywords,
)
from arxtui.core.exporting import json_line

_TAG = re.compile(r"<(?=/?(?:i|b|sc|span|sub|sup)(?:\s[^<>]*)?>)", re.IGNORECASE)
_RAISED = re.compile("[⁰¹²³⁴-ⁿ₀-₎]+")
_KEYWORD = re.compile(r"(?:\\[\\,;]|[^,;])+")


def write(references: Iterable[Reference], keys: CitationKeys) -> Iterator[str]:
    """The text of a CSL-JSON file: an array with an item a line.

    Args:
        references: what to write.
        keys: their citation keys, which become `id`.
    """
    before = "[\n"
    for reference in references:
        yield before + json_line(_item(reference, keys))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _item(reference: Reference, keys: CitationKeys) -> dict[str, Any]:
    paper = reference.paper
    journal = _marked(paper.journal_ref)
    numbers = [int(part) for part in paper.date.split("-") if part.isdecimal() and part.isascii()][:3]
    item = {
        "id": keys.of(paper),
        "type": "article-journal" if journal else "article",
        "title": _marked(paper.title),
        "author": [_author(name) for name in names_of(paper)],
        "issued": {"date-parts": [numbers]} if numbers else None,
        "container-title": journal,
        "publisher": "arXiv" if paper.identifier else "",
        "number": f"arXiv:{paper.identifier}" if paper.identifier else "",
        "DOI": clean(paper.doi or ""),
        "URL": paper.abstract_url,
        "keyword": ", ".join(
            # A comma or semicolon of a keyword has a backslash before it, and so has a backslash.
            re.sub(r"[\\,;]", r"\\\g<0>", word)
            for word in (*map(plain, map(clean, paper.categories)), *map(keyword, reference.tags))
        ),
        "abstract": _marked(paper.abstract),
        "annote": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _marked(tex: str | None) -> str:
    """A text that a citation style shows as it is, for TeX.

    Styles set titles with capitals, also in formulas, but not in a span without case. There is no other way to write a tag that is
    none: entities are shown as they stand. So its first sign has a span of its own.
    """
    text, formulas = "", []
    for part in plain_parts(clean(tex or "")):
        formulas += [(len(text), len(text) + len(part.text))] if part.math else []
        text += part.text
    # Where Unicode can write one the letters beside it are its own as a rule: `H₂O`.
    formulas += [found.span() for found in _RAISED.finditer(text)]
    pieces, at = [], 0
    for start, end in _with_letters(text, formulas):
        pieces += [_signed(text[at:start]), NO_CASE.format(_signed(text[start:end]))]
        at = end
    return "".join([*pieces, _signed(text[at:])])


def _with_letters(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where formulas begin and end, with the letters and digits beside them; those without a letter are left out."""
    found: list[tuple[int, int]] = []
    last = 0
    for place in sorted(places):
        start, end = place[0], max(place[1], last)
        while start > last and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        if found and start <= last:
            start, _ = found.pop()
        found.append((start, end))
        last = end
    return [(start, end) for start, end in found if any(map(str.isalpha, text[start:end]))]


def _signed(text: str) -> str:
    return _TAG.sub(SIGN, text)


def _author(name: Name) -> dict[str, str]:
    if name.whole or not (name.given or name.particle or name.suffix):
        return {"literal": plain(name.family)}
    parts = {
        "family": plain(name.family),
        "given": plain(name.given),
        "non-dropping-particle": plain(name.particle),
        "suffix": plain(name.suffix),
    }
    return {part: text for part, text in parts.items() if text}


def read(text: str) -> tuple[list[Reference], list[ReferenceProblem]]:
    """Read the items of a CSL-JSON file.

    Args:
        text: the file, a JSON array of items.

    Returns:
        The papers, and what could not be read.
    """
    references: list[Reference] = []
    problems: list[ReferenceProblem] = []
    items, wrong = elements_of(text)
    for item, line in items:
        if not isinstance(item, dict):
            problems.append(ReferenceProblem(line, "no item of CSL-JSON, which are objects: left out"))
            continue
        found, said = build(_fields_of(item), f"the item {text_of(item.get('id'))}", line)
        references += found
        problems += said
    if wrong is not None:
        problems.append(
            ReferenceProblem(line_of(text, wrong), "no JSON from here on: what stands before it is read")
        )
    return references, problems


def _fields_of(item: Mapping[str, Any]) -> Fields:
    def given(name: str) -> str:
        return text_of(item.get(name))

    places = ("number", "archive_location", "archiveID", "URL", "DOI", "note", "container-title", "id")
    identifier = find_identifier(*map(given, places))
    categories, tags = sort_keywords(_keywords(given("keyword")))
    date = _date(item.get("issued"))
    journal = given("container-title")
    note = given("note") if not find_identifier(given("note")) else ""
    authors = item.get("author")
    return Fields(
        identifier=identifier,
        title=without_markup(given("title")),
        authors=[name for author in authors if (name := _name(author))] if isinstance(authors, list) else (),
        abstract=without_markup(given("abstract")),
        categories=categories,
        doi=given("DOI"),
        journal_ref=without_markup(journal) if journal and not find_identifier(journal) else None,
        created=full_date(date) if identifier else iso_date(date),
        tags=tags,
        note="\n".join(filter(None, [given("annote"), note])),
        cited_as=given("id"),
    )


def _keywords(text: str) -> list[str]:
    return [re.sub(r"\\([\\,;])", r"\1", word) for word in _KEYWORD.findall(text)]


def _name(author: object) -> str:
    if isinstance(author, str):
        return joined(split_name(clean(author)))
    if not isinstance(author, dict):
        return ""
    parts = {part: clean(text_of(author.get(part))) for part in ("literal", "family", "given", "suffix")}
    if parts["literal"] or not parts["family"]:
        return joined(split_name(parts["literal"] or parts["given"]))
    particles = [clean(text_of(author.get(f"{kind}-particle"))) for kind in ("dropping", "non-dropping")]
    return joined(Name(parts["family"], parts["given"], " ".join(filter(None, particles)), parts["suffix"]))


def _date(issued: object) -> str:
    if not isinstance(issued, dict):
        return ""
    dates = issued.get("date-parts")
    if isinstance(dates, list) and dates and isinstance(dates[0], list):
        numbers = strings(dates[0])
        return "-".join(number.zfill(2) for number in numbers[:3])
    return text_of(issued.get("raw")) or text_of(issued.get("literal"))
