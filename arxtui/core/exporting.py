"""Papers as JSON objects, and back."""

from __future__ import annotations

from typing import Any

from arxtui.core.papers import Paper

_OWN = ("path", "line", "start", "end", "layout")


def fold_space(text: str | None) -> str | None:
    """Fold every run of white space to one blank; None where nothing is left."""
    return " ".join(text.split()) or None if text is not None else None


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
