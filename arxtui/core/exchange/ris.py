"""RIS, the tagged lines that reference managers exchange.

Tags and types are those of the format's table (https://en.wikipedia.org/wiki/RIS_(file_format)); a preprint is `UNPB`, a paper with a
journal reference `JOUR`, as Zotero has it. TeX is written as Unicode: no reader of RIS knows it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from arxtui.core.display import clean
from arxtui.core.exchange.building import Fields, build
from arxtui.core.exchange.citekeys import CitationKeys
from arxtui.core.exchange.markup import without_markup
from arxtui.core.exchange.names import OTHERS, Name, from_last_first, joined, names_of
from arxtui.core.exchange.plain import plain
from arxtui.core.exchange.references import (
    Reference,
    ReferenceProblem,
    comment_of,
    find_identifier,
    full_date,
    iso_date,
    keyword,
    sort_keywords,
    with_line_feeds,
)

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: (?P<value>.*)|\s*)")
_COMMENTS = "Comments: "
_HTML = re.compile(r"\s*<(p|div|h\d|[uo]l|blockquote)\b[^<>]*>.*</\1>\s*", re.IGNORECASE | re.DOTALL)
"""A note of Zotero's, which is HTML."""
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|h\d|li|tr|blockquote)>", re.IGNORECASE)
_Record = dict[str, list[str]]


def write(references: Iterable[Reference], keys: CitationKeys) -> Iterator[str]:
    """The text of an RIS file, a record at a time.

    Args:
        references: what to write.
        keys: their citation keys, which become `ID`.
    """
    for reference in references:
        lines = (f"{tag}  - {value}" for tag, value in _tags(reference, keys) if value or tag == "ER")
        yield "\n".join(lines) + "\n\n"


def _tags(reference: Reference, keys: CitationKeys) -> Iterator[tuple[str, str]]:
    paper = reference.paper
    journal = plain(clean(paper.journal_ref or ""))
    yield "TY", "JOUR" if journal else "UNPB"
    yield "ID", keys.of(paper)
    yield "TI", plain(clean(paper.title or ""))
    for name in names_of(paper):
        yield "AU", _name(name)
    date = clean(paper.date)
    yield "PY", date[:4]
    yield "DA", date.replace("-", "/")
    yield "T2", journal
    yield "PB", "arXiv" if paper.identifier else ""
    yield "AN", f"arXiv:{paper.identifier}" if paper.identifier else ""
    yield "DO", clean(paper.doi or "")
    yield "UR", paper.abstract_url or ""
    for category in paper.categories:
        yield "KW", plain(clean(category))
    for tag in reference.tags:
        yield "KW", keyword(tag)
    yield "AB", plain(clean(paper.abstract or ""))
    comments = plain(clean(paper.comments or ""))
    yield "N1", _COMMENTS + comments if comments else ""
    # A note has lines, a value has none.
    if reference.note:
        for line in with_line_feeds(reference.note).split("\n"):
            yield "N1", _line(line, known=paper.identifier is not None)
    yield "ER", ""


def _line(line: str, *, known: bool) -> str:
    r"""A line of a note: between backslashes where it would be lost, or be taken for something else.

    Args:
        line: the line.
        known: whether the paper has an identifier; where it has none, one in a note would be taken for it.
    """
    mistaken = (
        line.startswith("\\")
        or comment_of(line) is not None
        or _is_only_identifier(line)
        or _HTML.fullmatch(line)
    )
    if not line or line != line.strip() or mistaken or (not known and find_identifier(line)):
        return f"\\{line}\\"
    return line


def _is_between(value: str) -> bool:
    return len(value) > 1 and value[0] == value[-1] == "\\"


def _name(name: Name) -> str:
    if name.whole:
        # A comma would part it.
        return plain(name.family).replace(",", "")
    family = plain(f"{name.particle} {name.family}")
    return ", ".join(filter(None, [family, plain(name.given), plain(name.suffix)])).strip() or OTHERS


def read(text: str) -> tuple[list[Reference], list[ReferenceProblem]]:
    """Read the records of an RIS file.

    Args:
        text: the file, with line feeds.

    Returns:
        The papers, and what could not be read.
    """
    references: list[Reference] = []
    problems: list[ReferenceProblem] = []
    record: _Record | None = None
    begun = 0
    values: list[str] | None = None

    def finish() -> None:
        if record is not None:
            fields = _fields_of(record)
            found, said = build(fields, f"the record {fields.title or ''}".strip(), begun)
            references.extend(found)
            problems.extend(said)

    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.rstrip())
        tag = match["tag"] if match else None
        if tag == "TY":
            if record is not None:
                problems.append(
                    ReferenceProblem(begun, "a record has no line ER: it is read up to the next TY")
                )
            finish()
            record, begun, values = {}, number, None
        elif tag == "ER":
            finish()
            record = values = None
        elif match and record is not None:
            values = record.setdefault(match["tag"], [])
            values.append(match["value"] or "")
        elif line.strip() and values:
            values[-1] += " " + line.strip()
        elif line.strip():
            problems.append(
                ReferenceProblem(number, f"no line of a record: {clean(line)[:60]!r} is left out")
            )
    if record is not None:
        problems.append(ReferenceProblem(begun, "the last record has no line ER: it is read up to the end"))
        finish()
    return references, problems


def _fields_of(record: _Record) -> Fields:
    def first(*tags: str) -> str | None:
        return next((value for tag in tags for value in record.get(tag, []) if value.strip()), None)

    places = ("AN", "UR", "DO", "M3", "L1", "L2", "LK", "M1", "C1", "C7", "SP", "JO", "JF", "T2", "N1", "ID")
    identifier = find_identifier(
        *(value for tag in places for value in record.get(tag, []) if not _is_between(value))
    )
    notes = record.get("N1", []) + (record.get("N2", []) if "AB" in record else [])
    comments, own = [], []
    for note in notes:
        if _is_between(note):
            own.append(note[1:-1])
            continue
        text = _shown(note) if _HTML.fullmatch(note) else note
        if (comment := comment_of(text)) is not None:
            comments.append(comment)
        elif text.strip() and not _is_only_identifier(text):
            own.append(text)
    categories, tags = sort_keywords(record.get("KW", []))
    journal = first("T2", "JO", "JF", "JA")
    # A year alone is the journal's, or says less than the identifier.
    date = first("DA", "Y1", "PY") or ""
    return Fields(
        identifier=identifier,
        title=without_markup(first("TI", "T1", "CT") or ""),
        authors=[
            joined(from_last_first(name))
            for tag in ("AU", "A1")
            for name in record.get(tag, [])
            if name.strip()
        ],
        abstract=without_markup(first("AB", "N2") or ""),
        comments=" ".join(comments),
        categories=categories,
        doi=first("DO"),
        journal_ref=journal if journal and not find_identifier(journal) else None,
        created=full_date(date) if identifier else iso_date(date),
        tags=tags,
        note="\n".join(own),
        cited_as=first("ID") or "",
    )


def _shown(markup: str) -> str:
    """What HTML shows, in lines."""
    lines = html.unescape(re.sub(r"<[^<>]*>", "", _LINE_END.sub("\n", markup))).split("\n")
    return "\n".join(map(str.strip, lines)).strip()


def _is_only_identifier(text: str) -> bool:
    return len(text) < 40 and find_identifier(text) is not None
