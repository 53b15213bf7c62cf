"""What the detail pane says of a paper: pure, from a `Paper` and a width to lines of `Content`."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from arxtui.core.display import clean, clean_path
from arxtui.tui.kept import NOTHING_KEPT, Kept
from arxtui.tui.rows import NO_IDENTIFIER, shown_identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arxtui.core.highlighting import Highlights
    from arxtui.core.papers import Occurrence, Paper
    from arxtui.tui.twins import Twin

AUTHORS_SHOWN = 12
"""Names that a folded author list shows."""
AUTHORS_FOLDED_FROM = 16
"""Names from which a list is folded: hiding two or three is not worth a key."""
AUTHORS_FOUND = 8
"""Names behind these that it shows because they match what is looked for."""
_PARAGRAPH = re.compile(r"\n[ \t]+")
_DIM, _BOLD, _MATCH, _THIS = "$dim", "bold", "$warning underline", "$warning underline reverse"


class DetailText(NamedTuple):
    """The text of the detail pane.

    Attributes:
        content: lines already broken to the width.
        hits: the line of every match of the query, counted from 0.
    """

    content: Content
    hits: tuple[int, ...]


class _Page:
    """Collects blocks of text, broken to a width."""

    def __init__(self, width: int, highlights: Highlights, current: int) -> None:
        self.width = max(10, width)
        self.highlights = highlights
        self.current = current
        self.lines: list[Content] = []
        self.hits: list[int] = []

    def blank(self) -> None:
        """An empty line, but never two."""
        if self.lines and self.lines[-1].plain:
            self.lines.append(Content(""))

    def add(self, text: str, style: str = "", *, indent: int = 0, field: str = "", tail: str = "") -> None:
        """A block of cleaned text in one style, with what matches marked where it is a field that is searched, but not in its tail."""
        spans = self.highlights.spans(text, field) if field and self.highlights else []
        text += tail
        content = Content(text).stylize(style) if style else Content(text)
        for number, (start, end) in enumerate(spans, len(self.hits)):
            content = content.stylize(_THIS if number == self.current else _MATCH, start, end)
        at = 0
        starts = [start for start, _ in spans]
        for line in content.wrap(self.width - indent):
            # Wrapping drops the blank a line is broken at, so the place of a line is looked for, not counted.
            plain = line.plain.strip()
            found = text.find(plain, at) if plain else at
            first = found if found >= 0 else at
            self.hits += [len(self.lines) for start in starts if at <= start < first + len(plain)]
            starts = [start for start in starts if start >= first + len(plain)]
            at = first + len(plain)
            self.lines.append(Content(" " * indent).append(line) if indent else line)
        self.hits += [max(0, len(self.lines) - 1)] * len(starts)

    def labelled(self, label: str, text: str, *, field: str = "") -> None:
        """`label  text`, the label dim and the text indented below it; a link that is too long for that, below."""
        if len(text) > self.width - 12 and " " not in text:
            self.lines.append(Content(label).stylize(_DIM))
            self.add(text, field=field)
            return
        if not text:
            self.lines.append(Content(label).stylize(_DIM))
            return
        before = len(self.lines)
        self.add(text, indent=12, field=field)
        first = self.lines[before]
        self.lines[before] = Content(label.ljust(12)).stylize(_DIM).append(first[12:])


def paragraphs(abstract: str) -> list[str]:
    """The paragraphs of an abstract: a line feed followed by blanks begins one; a bare line feed is a blank."""
    return [text for part in _PARAGRAPH.split(abstract.strip()) if (text := clean(part))]


def place_words(occurrence: Occurrence, names: Mapping[str, str]) -> str:
    """Where an occurrence stands: `seeds/sub/002.txt:14`; see `file_words`."""
    return f"{file_words(occurrence.root, occurrence.path, names)}:{occurrence.line}"


def file_words(root: str, path: str, names: Mapping[str, str]) -> str:
    """A file as the tree names it: several folders may be open, and each may hold an `x.txt`.

    Args:
        root: absolute path of the opened folder or file.
        path: path relative to it; empty for itself.
        names: what the opened ones are called; one that was open when the paper was kept has its last name.
    """
    last = Path(root).name
    name = names.get(root, last)
    return clean_path(name if path in ("", last) else f"{name}/{path}")


def author_words(paper: Paper, highlights: Highlights, *, everyone: bool) -> tuple[str, str]:
    """The author list, and what there is to say of its length.

    Where it is long, it is folded to the first names and the first of those that match, unless `everyone` is asked for.
    """
    names = paper.authors
    if everyone or len(names) < AUTHORS_FOLDED_FROM:
        return clean(paper.author_text or ""), " (A shows fewer)" if len(names) >= AUTHORS_FOLDED_FROM else ""
    return _folded(names, highlights)


@lru_cache(maxsize=4)  # lists of thousands, for as long as one steps through the matches or scrolls
def _folded(names: tuple[str, ...], highlights: Highlights) -> tuple[str, str]:
    cleaned = [clean(name) for name in names]
    named = [*range(AUTHORS_SHOWN), *_found_behind(cleaned, highlights)]
    words = cleaned[0]
    for before, at in pairwise(named):
        words += f", {cleaned[at]}" if at == before + 1 else f", …, {cleaned[at]}"
    more = len(names) - len(named)
    return words, f" and {more:,} more (A shows all)" if more else ""


def _found_behind(names: Sequence[str], highlights: Highlights) -> list[int]:
    """The places of the first names that match, behind those that are shown in any case."""
    if not highlights:
        return []
    # As one text, in which an expression may reach from name to name.
    begins = list(accumulate((len(name) + 2 for name in names), initial=0))
    found = set[int]()
    for start, end in highlights.spans(", ".join(names), "author"):
        found.update(range(bisect_right(begins, start) - 1, bisect_right(begins, end - 1)))
    return sorted(at for at in found if at >= AUTHORS_SHOWN)[:AUTHORS_FOUND]


def detail_text(
    paper: Paper,
    width: int,
    highlights: Highlights,
    names: Mapping[str, str],
    *,
    everyone: bool = False,
    current: int = -1,
    kept: Kept = NOTHING_KEPT,
    twins: Sequence[Twin] = (),
    unread: str = "",
) -> DetailText:
    """The text of the detail pane.

    Args:
        paper: what to show.
        width: cells of a line.
        highlights: what to mark.
        names: what the opened folders are called.
        everyone: show all names of a long author list.
        current: the number of the match that `n` has reached, or -1.
        kept: what the reader keeps of it.
        twins: papers that may be the same work.
        unread: why none of its files could be read; the paper is then what the list knows.
    """
    page = _Page(width, highlights, current)
    if paper.title:
        page.add(clean(paper.title), _BOLD, field="title")
    else:
        page.add("No title in the files", f"{_DIM} italic")
    if paper.author_text:
        words, tail = author_words(paper, highlights, everyone=everyone)
        page.add(words, _DIM, field="author", tail=tail)
    page.blank()
    _facts(page, paper)
    for label, text in kept.lines():
        page.labelled(label, text)
    for twin in twins:
        if twin.verdict != "different":
            label, more = ("same as", "") if twin.verdict else ("same as?", " (d: yes or no)")
            page.labelled(label, f"{shown_identifier(twin.key)}  {clean(twin.title)}{more}")
    page.blank()
    if unread:
        page.add(clean(unread), "$warning")
        return DetailText(Content("\n").join(page.lines), tuple(page.hits))
    for text in paragraphs(paper.abstract or ""):
        page.add(text, field="abstract")
        page.blank()
    if not paper.abstract:
        page.add("No abstract in the files", f"{_DIM} italic")
        page.blank()
    _found_in(page, paper, names)
    return DetailText(Content("\n").join(page.lines), tuple(page.hits))


def _facts(page: _Page, paper: Paper) -> None:
    if paper.identifier:
        version = f"v{paper.version}" if paper.version else ""
        page.labelled("arXiv", clean(paper.identifier) + version, field="id")
        page.labelled("page", clean(paper.abstract_url or ""))
        page.labelled("PDF", clean(paper.pdf_url or ""))
    else:
        page.labelled("arXiv", NO_IDENTIFIER + " in the files")
    if paper.created:
        page.labelled("created", clean(paper.created))
    elif paper.date:
        page.labelled("month", f"{clean(paper.date)} (from the identifier)")
    if paper.updated:
        page.labelled("updated", clean(paper.updated))
    for label, text, field in (
        ("categories", " ".join(paper.categories), "category"),
        ("DOI", paper.doi, ""),
        ("published", paper.journal_ref, ""),
        ("comments", paper.comments, "comment"),
    ):
        if text:
            page.labelled(label, clean(text), field=field)


def _found_in(page: _Page, paper: Paper, names: Mapping[str, str]) -> None:
    files = len({(one.root, one.path) for one in paper.occurrences})
    if not files:
        page.add("In none of the open files; this is what was kept of it", _DIM)
        return
    page.add(f"Found in {files:,} file" + ("s" if files > 1 else "") + " (d tells more)", _DIM)
    for occurrence in paper.occurrences[:50]:
        how = ", matched by text" if occurrence.matched_by_text else ""
        page.add(f"{place_words(occurrence, names)}  {clean(occurrence.layout)}{how}", _DIM, indent=2)
    if len(paper.occurrences) > 50:
        page.add(f"and {len(paper.occurrences) - 50:,} more", _DIM, indent=2)
