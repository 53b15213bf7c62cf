"""Papers as JSON objects, and back."""

from __future__ import annotations

import json
import re
from typing import Any

from arxtui.core.papers import Paper

_OWN = ("path", "line", "start", "end", "layout")

# Characters that JSON allows as they are and that a terminal obeys or a line-splitter breaks at: DEL and C1, zero
# width and bidi controls, line and paragraph separators, the byte order mark; and lone surrogates, which stand for
# bytes of file names that are no UTF-8. Escaped they are the same JSON.
_UNSAFE = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def fold_space(text: str | None) -> str | None:
    """Fold every run of white space to one blank; None where nothing is left."""
    if text is None:
        return None
    text = text.strip()
    # No white space but the blank is printable. To see that nothing is to be done takes a fifth of the time of doing it.
    return (text if text.isprintable() and "  " not in text else " ".join(text.split())) or None


def to_json(paper: Paper) -> dict[str, Any]:
    """The object that `arxtui export --format jsonl` prints for a paper.

    Returns:
        `id version title authors abstract comments categories doi journal_ref created updated occurrences`,
        the names and categories as lists, None for what is missing, white space folded.
    """
    return {
        "id": paper.identifier,
        "version": paper.version,
        "title": fold_space(paper.title),
        "authors": list(paper.authors),
        "abstract": fold_space(paper.abstract),
        "comments": fold_space(paper.comments),
        "categories": list(paper.categories),
        "doi": paper.doi,
        "journal_ref": fold_space(paper.journal_ref),
        "created": paper.created,
        "updated": paper.updated,
        "occurrences": [dict(zip(_OWN, occurrence[1:6], strict=True)) for occurrence in paper.occurrences],
    }


def from_json(record: dict[str, Any], key: str) -> Paper:
    """A paper as `to_json` wrote it, without its occurrences: those belong to a library.

    Args:
        record: what `to_json` returned.
        key: the paper's key, which the record of one without an identifier does not tell.
    """
    return Paper(
        key=key,
        version=record["version"],
        title=record["title"],
        author_text=", ".join(record["authors"]) or None,
        abstract=record["abstract"],
        comments=record["comments"],
        categories=tuple(record["categories"]),
        doi=record["doi"],
        journal_ref=record["journal_ref"],
        created=record["created"],
        updated=record["updated"],
    )


def json_line(value: object) -> str:
    """Write a value as one line of JSON that is safe to print anywhere."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
