"""BibTeX read: by our own small parser, for it tells the line of everything it cannot read and goes on behind it.

The rules are those of "BibTeXing" (O. Patashnik, 1988): what stands between entries is comment, values are in braces or quotation
marks and joined with `#`, braces count whether or not a backslash stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from arxtui.core.display import clean
from arxtui.core.exchange.bibtex import MONTHS
from arxtui.core.exchange.bibtex_text import loosen
from arxtui.core.exchange.building import Fields, build
from arxtui.core.exchange.journals import journal_name
from arxtui.core.exchange.names import Name, from_last_first, joined
from arxtui.core.exchange.plain_text import keywords_of, unescape
from arxtui.core.exchange.references import (
    Reference,
    ReferenceProblem,
    comment_of,
    find_identifier,
    find_old_identifier,
    full_date,
    iso_date,
    note_text,
    sort_keywords,
)
from arxtui.core.identifiers import Identifier

_BEGIN = re.compile(r"@[ \t]*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
# One with blanks is no key to BibTeX; where the comma behind a key is missing, they part it from a field.
_KEY = re.compile(r"\s*((?:[^\s,{}()=\"#]+[ \t]+)+[^\s,{}()=\"#]+(?=\s*,)|[^\s,{}()=\"#]*)\s*")
_NAME = re.compile(r"[\s,]*([^\s,{}()=\"#]+)\s*=\s*")
_WORD = re.compile(r"[^\s,{}()=\"#]+")
_END = re.compile(r"[\s,]*[})]")
# An entry that begins inside of a value means that the value was never closed.
_IN_BRACES = re.compile(r"[{}]|\n[ \t]*@[A-Za-z]+[ \t]*\{[^\s,{}\"]*,")
_IN_QUOTES = re.compile(r"[{}\"]|\n[ \t]*@[A-Za-z]+[ \t]*\{[^\s,{}\"]*,")
_COMPLETE = re.compile(r',\s*(?P<name>[A-Za-z][\w-]*)\s*=\s*(?:\{([^{}]*)\}|"([^"{}]*)"|(\d+))')
_FAR = 10_000
"""Letters behind the beginning of such a value in which others are looked for, so that a damaged file takes no longer than its length."""
_ARXIV_JOURNAL = re.compile(r"arxiv|^corr$|^abs/", re.IGNORECASE)
_AND = re.compile(r"[{}]|\s+and(?=\s)", re.IGNORECASE)


class _Entry(NamedTuple):
    type: str
    key: str
    fields: dict[str, str]
    line: int
    wrong: str | None


class _Broken(Exception):
    """What stands at a place is no BibTeX."""


def read(text: str) -> tuple[list[Reference], list[ReferenceProblem]]:
    """Read the entries of a BibTeX file.

    Args:
        text: the file, with line feeds.

    Returns:
        The papers, and what could not be read.
    """
    references: list[Reference] = []
    problems: list[ReferenceProblem] = []
    for entry in _entries(text):
        name = f"@{entry.type}{{{entry.key}}}"
        if entry.wrong:
            problems.append(ReferenceProblem(entry.line, f"{name} {entry.wrong}: read up to there"))
        found, said = build(_fields_of(entry), name, entry.line)
        references += found
        problems += said
    return references, problems


def _entries(text: str) -> Iterator[_Entry]:
    macros = dict(zip(MONTHS, MONTHS, strict=True))
    at, line, counted = 0, 1, 0
    while begin := _BEGIN.search(text, at):
        line += text.count("\n", counted, begin.start())
        counted = begin.start()
        kind = begin["type"].lower()
        scanner = _Scanner(text, begin.end(), macros)
        at = begin.end()
        try:
            if kind in ("comment", "preamble"):
                scanner.skip(begin["open"])
            elif kind == "string":
                macros.update(scanner.fields())
            else:
                yield _Entry(kind, scanner.key(), scanner.fields(), line, None)
            at = scanner.at
        except _Broken as error:
            if kind not in ("comment", "preamble", "string"):
                scanner.find_behind()
                yield _Entry(kind, scanner.name, scanner.found, line, str(error))
            at = max(at, scanner.at)


class _Scanner:
    """Reads one entry; `at` is the place behind what was read, `name` and `found` what came out of it so far."""

    def __init__(self, text: str, at: int, macros: Mapping[str, str]) -> None:
        self._text, self.at, self._macros = text, at, macros
        self.name = ""
        self.found: dict[str, str] = {}
        self._field = ""
        self._unended: int | None = None

    def key(self) -> str:
        match = _KEY.match(self._text, self.at)
        assert match is not None  # it takes nothing at all
        ahead = self._text[match.end() : match.end() + 1]
        if ahead == "=":  # an entry without a key
            return ""
        self.at, self.name = match.end(), match[1]
        return self.name

    def fields(self) -> dict[str, str]:
        while not (end := _END.match(self._text, self.at)):
            name = _NAME.match(self._text, self.at)
            if name is None:
                raise _Broken("has something that is no field, or does not end")
            self.at, self._field = name.end(), name[1].lower()
            # The first of two fields with one name counts, as in BibTeX.
            value = self._value()
            self.found.setdefault(self._field, value)
        self.at = end.end()
        return self.found

    def find_behind(self) -> None:
        """Find the fields that stand, complete, behind the beginning of a value that does not end: the identifier among them, as a rule."""
        if self._unended is None:
            return
        rest = self._text[self._unended : min(self.at, self._unended + _FAR)]
        for match in _COMPLETE.finditer(rest):
            self.found.setdefault(self._field, rest[: match.start()])  # up to the first of them
            self.found.setdefault(match["name"].lower(), match[match.lastindex or 0])

    def skip(self, opened: str) -> None:
        if opened == "{":
            self._until(_IN_BRACES, "}")
        else:
            close = self._text.find(")", self.at)
            self.at = close + 1 if close >= 0 else self.at

    def _value(self) -> str:
        pieces = []
        while True:
            sign = self._text[self.at : self.at + 1]
            if sign == "{":
                self.at += 1
                pieces.append(self._until(_IN_BRACES, "}"))
            elif sign == '"':
                self.at += 1
                pieces.append(self._until(_IN_QUOTES, '"'))
            elif word := _WORD.match(self._text, self.at):
                self.at = word.end()
                pieces.append(self._macros.get(word[0].lower(), word[0]))
            else:
                raise _Broken("has a field without a value")
            joint = re.compile(r"\s*#\s*").match(self._text, self.at)
            if joint is None:
                return "".join(pieces)
            self.at = joint.end()

    def _until(self, pattern: re.Pattern[str], close: str) -> str:
        """What stands before the sign that closes a value, which is passed over."""
        start, depth = self.at, 0
        for match in pattern.finditer(self._text, start):
            sign = match[0]
            if sign == close and depth == 0:
                self.at = match.end()
                return self._text[start : match.start()]
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
            elif sign != '"':
                self.at = match.start()
                break
        else:
            self.at = len(self._text)
        self._unended = start
        raise _Broken("has a field that does not end")


def _fields_of(entry: _Entry) -> Fields:
    given = {name: value for name, value in entry.fields.items() if value.strip()}
    text = {name: loosen(clean(value)) for name, value in given.items()}
    identifier = _identifier(given, entry.key)
    words = keywords_of(given.get("keywords", ""))
    if not words or words == [""]:
        words = re.split(r"[,;]", text.get("keywords", text.get("mendeley-tags", "")))
    # A class that is no category, as `cs` alone, is no tag of anybody's.
    named, _ = sort_keywords([text.get("primaryclass") or text.get("eprintclass", "")])
    categories, tags = sort_keywords([*named, *words])
    notes = [
        given[name]
        for name in ("annote", "annotation", "note")
        if name in given and not (name == "note" and find_identifier(given[name]))
    ]
    comments = [loosen(clean(comment)) for note in notes if (comment := comment_of(note)) is not None]
    return Fields(
        identifier=identifier,
        title=text.get("title"),
        authors=_authors(given),
        abstract=text.get("abstract"),
        categories=categories,
        doi=given.get("doi"),
        journal_ref=_journal_reference(text),
        created=_created(entry.type, text, identifier),
        tags=tags,
        comments=" ".join(comments),
        note="\n".join(_note(note) for note in notes if comment_of(note) is None) or None,
        cited_as=entry.key,
    )


def _note(value: str) -> str:
    """A note: as it was written where it is plain text, else as TeX."""
    value = note_text(value)
    plain = unescape(value)
    return loosen(clean(value, keep_breaks=True)) if plain is None else plain


def _identifier(given: Mapping[str, str], key: str) -> Identifier | None:
    archive = (given.get("archiveprefix") or given.get("eprinttype") or "arxiv").lower()
    eprint = given.get("eprint", "").strip() if archive == "arxiv" else ""
    return (
        find_identifier(eprint)
        or find_old_identifier(eprint, given.get("primaryclass") or given.get("eprintclass") or "")
        or find_identifier(
            *(given.get(name) for name in ("arxivid", "arxiv", "url", "doi", "journal", "journaltitle")),
            given.get("volume", "").removeprefix("abs/"),  # as DBLP writes it
            *(given.get(name) for name in ("howpublished", "note", "link", "file")),
            key,
        )
    )


def _authors(given: Mapping[str, str]) -> list[str]:
    """The authors, with the collaboration that INSPIRE names beside them first, as arXiv has it."""
    names = [joined(_loose(from_last_first(name))) for name in _names(clean(given.get("author", "")))]
    groups = []
    for name in _names(clean(given.get("collaboration", ""))):
        group = loosen(name)
        if not any(group.lower() in author.lower() for author in names):
            whole = group if "collaboration" in group.lower() else f"{group} Collaboration"
            groups.append(joined(Name(whole, whole=True)))
    return groups + names


def _loose(name: Name) -> Name:
    # Taken apart first: braces keep the commas of a collaboration's name from dividing it.
    family, given, particle, suffix = map(loosen, name[:4])
    return Name(family, given, particle, suffix, name.whole)


def _names(authors: str) -> list[str]:
    """The names of an author field: `and` divides them, but not inside braces."""
    names, depth, start = [], 0, 0
    for match in _AND.finditer(authors):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth <= 0:
            names.append(authors[start : match.start()])
            start = match.end()
    return [name for name in map(str.strip, [*names, authors[start:]]) if name]


def _journal_reference(text: Mapping[str, str]) -> str | None:
    journal = journal_name(text.get("journal") or text.get("journaltitle") or text.get("booktitle") or "")
    if journal and not _ARXIV_JOURNAL.search(journal):
        number = text.get("volume", "") + (f"({text['number']})" if "number" in text else "")
        year = text.get("year", "")
        pages = text.get("pages") or text.get("eid", "")
        parts = [f"{journal} {number}".strip(), pages.replace("–", "-").replace("--", "-")]
        return ", ".join(filter(None, parts)) + (f" ({year})" if year else "")
    published = text.get("howpublished", "")
    return None if "://" in published or find_identifier(published) else published or None


def _created(kind: str, text: Mapping[str, str], identifier: Identifier | None) -> str | None:
    """The date, where it is that of the preprint: the year of an article is the journal's."""
    date = text.get("date", "")
    month = text.get("month", "")[:3].lower()
    if month in MONTHS:
        month = str(MONTHS.index(month) + 1)
    written = iso_date(date) or iso_date(f"{text.get('year', '')}-{month}" if month else text.get("year", ""))
    if identifier is None:
        return written
    if full_date(date):
        return date[:10]
    return written if kind == "misc" and written and len(written) > 4 else None
