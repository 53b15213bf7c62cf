"""What the text index cannot answer, for it keeps folded words: capital letters in phrases, and regular expressions.

The index names candidates; their texts are read and looked through, the newest first. While somebody types that is not
done without end; a script is given all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import tantivy

from arxtui.core.folding import fold, is_vanishing
from arxtui.core.marking import leaf_spans
from arxtui.core.merging import Witness, merge
from arxtui.core.papers import Occurrence, Paper
from arxtui.core.queries import Pattern, Phrase
from arxtui.library.catalogue import Catalogue
from arxtui.library.errors import LibraryError
from arxtui.library.rereading import Files
from arxtui.library.textindex import TextIndex
from arxtui.library.values import Row
from arxtui.library.wording import FIELDS, Wording, all_of

_ROWS = 200_000
"""Titles that are looked through; about a second."""

_TEXTS = 10_000
"""Papers whose files are read; about a second."""

_PHRASES = 5_000
"""Papers whose files are read for the capitals of a phrase. Where more hold it, all are found: their number matters more."""

_CUT = 200  # characters of an author list from which on its row may hold but the beginning

_LITERAL = re.compile(
    r"""\\.                                  # an escaped character
      | \[\^?\]?(?:\\.|[^\]\\])*\]           # a set
      | (?P<open>\() | (?P<close>\)) | (?P<or>\|)
      | (?P<letters>[^\W_]) (?P<maybe>[?*{])?  # a letter, and what may take it away again
      | .""",
    re.VERBOSE | re.DOTALL,
)
_SHORTEST = 3  # letters; fewer stand in most words
_AT_ONCE = 500  # rows that are held, and papers until the next look whether somebody still waits


def verified(
    leaf: Phrase | Pattern,
    context: Sequence[tantivy.Query],
    index: TextIndex,
    catalogue: Catalogue,
    roots: Sequence[Path],
    *,
    exact: bool,
) -> tuple[list[int] | None, str | None]:
    """The papers that hold a phrase with its capital letters, or match a regular expression.

    Args:
        leaf: which.
        context: only papers that match all of these are asked about.
        index: names the candidates.
        catalogue: has their titles.
        roots: where the files with their abstracts are.
        exact: look through all candidates, however many they are: 0.1 ms each, and a twentieth where titles will do.

    Returns:
        Their numbers, None for all that hold the phrase whatever its capitals; and what to say where there were more
        candidates than are looked through.

    Raises:
        LibraryError: `Library.give_up_ordering` was called meanwhile.
    """
    before = catalogue.given_up
    fields = (leaf.field,) if leaf.field else tuple(FIELDS)
    names = [FIELDS[field] for field in fields]
    rows_do = fields == ("title",)
    candidates = all_of([index.conditions.everything(), *_candidates(leaf, names, index.wording), *context])
    total = index.count(candidates)
    limit = total if exact else _ROWS if rows_do else _TEXTS
    if isinstance(leaf, Phrase) and not rows_do and not exact and total > _PHRASES:
        return None, f'"{leaf.text}" is found whatever its capitals'
    numbers = index.by_date(candidates, limit)
    found = []
    with Files(roots, catalogue) as files:
        for start in range(0, len(numbers), _AT_ONCE):
            if catalogue.given_up != before:
                raise LibraryError("the texts were not looked through: another search came first")
            for number, row in catalogue.rows(numbers[start : start + _AT_ONCE]).items():
                if any(leaf_spans(leaf, text) for text in _texts(number, row, fields, files, catalogue)):
                    found.append(number)
    note = f"the newest {len(numbers):,} of {total:,} were read" if total > limit else None
    return found, note


def _texts(number: int, row: Row, fields: Sequence[str], files: Files, catalogue: Catalogue) -> Iterator[str]:
    """The texts of some fields, those of the row first."""
    if "title" in fields and row.title:
        yield row.title
    whole = row.authors is None or len(row.authors) < _CUT
    if "author" in fields and row.authors and whole:
        yield row.authors
    if "abstract" in fields or "comment" in fields or ("author" in fields and not whole):
        paper = read_paper(number, row.key, files, catalogue)
        if paper is not None:
            texts = {"author": paper.author_text, "abstract": paper.abstract, "comment": paper.comments}
            for field in fields:
                if text := texts.get(field):
                    yield " ".join(text.split())


def read_paper(number: int, key: str, files: Files, catalogue: Catalogue) -> Paper | None:
    """A paper as its files give it, without the places it stands in; None where none of them can be read."""
    witnesses = []
    for row in catalogue.occurrences(number):
        entry = files.read(row)
        if entry is not None:
            by_text = row.text_key not in (None, key)
            place = Occurrence("", str(row.file), row.line, row.start, row.end, row.layout, by_text)
            witnesses.append(Witness(place, entry))
    return merge(key, witnesses) if witnesses else None


def _candidates(leaf: Phrase | Pattern, names: Sequence[str], wording: Wording) -> list[tantivy.Query]:
    if isinstance(leaf, Phrase):
        return [wording.phrase(leaf.words, names)]
    return [wording.part(letters, names) for letters in literals(leaf.text)]


def literals(pattern: str) -> list[str]:
    """Folded letters in a row that stand within one word of whatever a regular expression matches.

    Only those that are sure: none of an alternative, a group or a set, and none that the fold might take away.
    """
    if "(?" in pattern:
        return []  # flags may change what everything else means
    runs, depth = [""], 0
    for token in _LITERAL.finditer(pattern):
        if token["or"]:
            return []
        depth += bool(token["open"]) - bool(token["close"])
        if token["letters"] and not depth and not token["maybe"]:
            runs[-1] += token["letters"]
        else:
            runs.append("")
    folded = [fold(run) for run in runs]
    return [run for run in folded if len(run) >= _SHORTEST and run.isalnum() and not is_vanishing(run)]
