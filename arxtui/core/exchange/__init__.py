"""Formats in and out: papers as text for other programs, and their text as papers.

One module a format, one table of them (`FORMATS`). All is pure: values in, text out; text in, values out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from arxtui.core.exchange import (
    bibtex,
    bibtex_reading,
    csl,
    csv_table,
    ids,
    json_lines,
    markdown,
    ris,
    subscription_viewer,
)
from arxtui.core.exchange.citekeys import BadPattern, CitationKeys, Claim
from arxtui.core.exchange.json_text import elements_of, load
from arxtui.core.exchange.references import (
    Imported,
    NamedList,
    Reference,
    ReferenceProblem,
    merge_repeated,
    with_line_feeds,
)
from arxtui.core.papers import Paper

__all__ = [
    "FORMATS",
    "BadPattern",
    "CitationKeys",
    "Claim",
    "Format",
    "Imported",
    "NamedList",
    "Reference",
    "ReferenceProblem",
    "format_of",
    "read",
    "write",
]

_Read = Callable[[str], tuple[list[Reference], list[ReferenceProblem]]]


@dataclass(frozen=True)
class Format:
    """A format of papers.

    Attributes:
        name: what it is called on the command line.
        extensions: how the names of its files end.
        write: makes text of references, a piece at a time; None where the format is only read.
        write_keyed: the same for a format whose entries have citation keys.
        read: makes references of a whole file; None where the format is only written.
        keys_alone: it writes of a paper its key and nothing else, so that no paper need be read for it.
    """

    name: str
    extensions: tuple[str, ...]
    write: Callable[[Iterable[Reference]], Iterator[str]] | None = None
    write_keyed: Callable[[Iterable[Reference], CitationKeys], Iterator[str]] | None = None
    read: _Read | None = None
    keys_alone: bool = False


_VIEWER: Final = subscription_viewer.NAME

FORMATS: Final[Mapping[str, Format]] = {
    each.name: each
    for each in (
        Format("jsonl", (".jsonl", ".ndjson"), write=json_lines.write, read=json_lines.read),
        Format("bibtex", (".bib", ".bibtex"), write_keyed=bibtex.write, read=bibtex_reading.read),
        Format("ris", (".ris",), write_keyed=ris.write, read=ris.read),
        Format("csl-json", (".json",), write_keyed=csl.write, read=csl.read),
        Format("csv", (".csv",), write=csv_table.write),
        Format("markdown", (".md", ".markdown"), write=markdown.write),
        Format("ids", (".txt", ".ids"), write=ids.write, read=ids.read, keys_alone=True),
        Format(_VIEWER, ()),
    )
}
"""By name, in the order in which the command line offers them. That of arxiv-subscription-viewer is only read, by `read`."""

_ITEM = frozenset(("type", "author", "issued", "DOI", "URL"))
_BIBTEX = re.compile(r"^\s*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_RIS = re.compile(r"^TY {1,2}- ", re.MULTILINE)


def write(
    name: str,
    papers: Callable[[], Iterable[Paper | Reference]],
    pattern: str | None = None,
    claims: Iterable[Claim] = (),
) -> Iterator[str]:
    """Write papers in a format.

    Args:
        name: one of `FORMATS` that can be written.
        papers: gives the papers, or references with tags and notes. Called twice where entries have citation keys: a key
            depends on those of the others, and no more than the keys is held in memory.
        pattern: how citation keys are made, see `citekeys`.
        claims: what gave the papers that are kept their citation keys.

    Returns:
        The text in pieces.

    Raises:
        BadPattern: the pattern makes no keys; at once, not when the text is asked for.
    """
    form = FORMATS[name]
    if form.write_keyed is not None:
        keys = CitationKeys((_reference(each).paper for each in papers()), pattern, claims)
        return form.write_keyed(map(_reference, papers()), keys)
    assert form.write is not None, f"{name} is only read"
    return form.write(map(_reference, papers()))


def _reference(each: Paper | Reference) -> Reference:
    return Reference(each) if isinstance(each, Paper) else each


def read(data: bytes | str, name_hint: str = "") -> Imported:
    """Read the papers of a file of another program.

    Args:
        data: the file. Bytes are UTF-8, UTF-16 with a byte order mark, or else Latin-1.
        name_hint: its name, which decides where the text does not tell the format.

    Returns:
        Papers by arXiv identifier where there is one, else with a key made of their text; tags, notes and lists where the
        format has them; and everything that was not read or not as it stands. Nothing raises, whatever is in the file.
    """
    text = _decoded(data) if isinstance(data, bytes) else data
    text = with_line_feeds(text.removeprefix("\ufeff"))
    name = format_of(text, name_hint)
    if name == _VIEWER:
        imported = subscription_viewer.read(text)
    else:
        reader = FORMATS[name].read
        assert reader is not None  # `format_of` names what can be read
        found, wrong = reader(text)
        imported = Imported(tuple(found), tuple(wrong), name)
    references, repeated = merge_repeated(imported.references)
    problems = [*imported.problems, *repeated]
    if imported.is_empty and not problems:
        problems.append(ReferenceProblem(1, f"there is nothing in this file that looks like {name}"))
    problems.sort(key=lambda problem: problem.line)
    return imported._replace(references=references, problems=tuple(problems))


def format_of(text: str, name_hint: str = "") -> str:
    """The format that a text is in, as a name of `FORMATS` that can be read.

    Args:
        text: a whole file.
        name_hint: its name, which decides where the text does not tell.
    """
    start = text.lstrip()
    if start.startswith("{"):
        whole = load(text)
        if subscription_viewer.is_one(whole):
            return _VIEWER
        # One item alone, which CSL-JSON does not allow and some programs write.
        return "csl-json" if isinstance(whole, dict) and not whole.keys().isdisjoint(_ITEM) else "jsonl"
    if start.startswith("["):
        items, wrong = elements_of(text)
        if wrong is None or items:
            return "csl-json"
    # Both may be found: an abstract may have an at sign with a brace, a note a line "TY  - ". What comes first is no part of a field.
    begun = {name: form.search(text) for name, form in (("ris", _RIS), ("bibtex", _BIBTEX))}
    if places := {name: match.start() for name, match in begun.items() if match}:
        return min(places, key=lambda name: places[name])
    extension = PurePath(name_hint).suffix.lower()
    hinted = (
        name for name, form in FORMATS.items() if extension in form.extensions and form.read is not None
    )
    return next(hinted, "ids")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
