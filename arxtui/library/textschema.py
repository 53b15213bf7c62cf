"""What the text index knows of a paper: its fields, and the document that a paper becomes.

Everything that a query can ask of the library stands in it, so that any combination, its complement and its exact
total are one query of tantivy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import tantivy

from arxtui.core.folding import fold, words_of
from arxtui.core.papers import Entry, Paper

ANALYZER = "folded"
"""Name of the tokenizer of text fields; folded text goes in."""

LONGEST_WORD = 80
"""Letters; what is longer is no word a person types, and is not indexed."""

TEXT_FIELDS = ("title", "authors", "abstract", "comments", "identifier")
"""Fields that hold words, with their positions."""

FACTS = ("duplicate", "variant", "untitled", "unidentified", "withdrawn")
"""States that `is:` can ask for and that the files alone decide."""

COMMONEST = ("the", "of", "a", "and", "in", "to")
"""Words that nearly all papers hold. Which of them a paper lacks is a fact of it."""

VERSION = 5
"""Of the fields and of the fold, which is part of the folder's name: an index of other fields is not opened."""

FOLDER = f"text-{VERSION}"
"""Name of the text index's folder within that of an index."""

OF_ANY_VERSION = "text-*"
"""What the names of such folders look like."""

_RECENCY = 0.1
_RECENCY_STEPS = 1 << 22
_DAYS = 80 * 372  # from 1990 on
_LETTERS = bytes(code if chr(code).isalnum() or code > 127 else 32 for code in range(256))
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|manuscript|submission|preprint|work|note|it) (?:has been|is|was|have been) (?:temporarily |now )?"
    r"(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)


def schema() -> tantivy.Schema:
    """The fields.

    - `paper`: its number in the catalogue; `file`: the numbers of the files it stands in.
    - `date`, `updated`: `date_number` of what it is listed by, and of its `Updated`.
    - `recency`: by which scores are weighted, so that the newer of two equal matches comes first.
    - `fact`: single terms: see `facts_of`; the year, `2019`; and which of the commonest words is lacking, `no the`.
      To look for such a word in the lists of all papers that hold it takes several times as long.
    - `category`: arXiv categories, in lower case.
    - the text fields.
    - `stamp`: of the one document that is no paper, and ties the index to the catalogue.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("paper", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("file", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("date", stored=False, indexed=False, fast=True)
    builder.add_unsigned_field("updated", stored=False, indexed=False, fast=True)
    builder.add_float_field("recency", stored=False, indexed=False, fast=True)
    for name in ("fact", "category"):
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name=ANALYZER, index_option="position")
    return builder.build()


def analyzer() -> tantivy.TextAnalyzer:
    """Splits folded text into words. Tokenizers are no part of an index: each process that opens it registers them."""
    # No filter for lower case: each costs a call a word, and folding has done that.
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.remove_long(LONGEST_WORD)).build()


def date_number(date: str) -> int:
    """A date as a number: `2021-05-09` is 20210509, `2021-05` is 20210500, none is 0."""
    return int(date.replace("-", "").ljust(8, "0")) if date else 0


def recency(number: int, date: str) -> float:
    """How new a paper is, from 1 to 1 + `_RECENCY`; a little differs also between papers of one day.

    tantivy multiplies a score by log2(2 + recency), so the newest paper gets 5 % more than the oldest. In steps of a
    power of two, which tantivy packs into 19 bits a paper instead of 64.
    """
    return _recency(date, number % 13) if date else 1.0


@lru_cache(maxsize=4096)
def _recency(date: str, part: int) -> float:
    day = (int(date[:4]) - 1990) * 372 + (int(date[5:7]) - 1) * 31 + int(date[8:10] or 1) - 1
    share = min(max((day + part / 13) / _DAYS, 0.0), 1.0)
    return 1.0 + round(share * _RECENCY * _RECENCY_STEPS) / _RECENCY_STEPS


def facts_of(text: Entry | Paper, places: int, *, variant: bool) -> list[str]:
    """What `is:` can ask of a paper.

    Args:
        text: what is known of it.
        places: in how many places it stands.
        variant: whether they say different things.
    """
    facts = []
    if places > 1:
        facts.append("duplicate")
    if variant:
        facts.append("variant")
    if not text.title:
        facts.append("untitled")
    if not text.identifier:
        facts.append("unidentified")
    if _is_withdrawn(text):
        facts.append("withdrawn")
    return facts


def _is_withdrawn(text: Entry | Paper) -> bool:
    """ArXiv has no field for it: authors say so in the comments, or in what is left of the abstract."""
    if text.comments and "withdrawn" in text.comments.lower():
        return True
    abstract = text.abstract
    return bool(
        abstract and ("withdrawn" in abstract or "retracted" in abstract) and _WITHDRAWN.search(abstract)
    )


def lacking(word: str) -> str:
    """The fact that a paper lacks one of the `COMMONEST` words."""
    return f"no {word}"


_COMMONEST = [(lacking(word), f" {word} ", f" {word} ".encode()) for word in COMMONEST]


def document(
    number: int,
    text: Entry | Paper,
    authors: str | None,
    date: str,
    files: Sequence[int],
    *,
    variant: bool,
) -> tantivy.Document:
    """What the index keeps of a paper; for the arguments see `Writer.add`."""
    found = tantivy.Document()
    add_text, add_unsigned = found.add_text, found.add_unsigned
    found.add_float("recency", recency(number, date))
    add_unsigned("paper", number)
    for file in set(files):
        add_unsigned("file", file)
    for fact in facts_of(text, len(files), variant=variant):
        add_text("fact", fact)
    if date:
        add_unsigned("date", date_number(date))
        add_text("fact", date[:4])
    if text.updated:
        add_unsigned("updated", date_number(text.updated))
    if isinstance(text, Paper):
        for category in text.categories:
            add_text("category", category.lower())
    folded = []
    for name, words in (
        ("title", text.title),
        ("authors", authors),
        ("identifier", text.identifier),
        ("abstract", text.abstract),
        ("comments", text.comments),
    ):
        if words:
            folded.append(fold(words))
            add_text(name, folded[-1])
    for fact in _lacking(" ".join(folded)):
        add_text("fact", fact)
    return found


def _lacking(folded: str) -> list[str]:
    """The facts that say which of the commonest words do not stand in a text."""
    doubtful = [common for common in _COMMONEST if common[1] not in folded]
    if not doubtful:
        return []
    if not folded.isascii():
        held = set(words_of(folded))
        return [fact for fact, word, _ in doubtful if word.strip() not in held]
    apart = b" %b " % folded.encode("ascii").translate(_LETTERS)
    return [fact for fact, _, word in doubtful if word not in apart]
