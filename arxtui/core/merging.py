"""One paper out of all that the files say of it.

A pure function of the occurrences: the order in which files are read does not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from arxtui.core.exporting import fold_space
from arxtui.core.papers import TEXT_KEY, Entry, Occurrence, Paper


class Witness(NamedTuple):
    """What one occurrence says of a paper.

    Attributes:
        occurrence: where.
        entry: what.
    """

    occurrence: Occurrence
    entry: Entry


def key_for(entry: Entry) -> str:
    """The key that an entry belongs to: its identifier, or `text:` and a digest of its text.

    Two entries without an identifier are the same paper where their texts are the same but for white space.
    """
    if entry.identifier is not None:
        return entry.identifier
    return text_key(fold_space(entry.abstract) or fold_space(entry.title) or "")


def text_key(text: str) -> str:
    """The key of a paper that no identifier names: `text:` and 16 hexadecimal digits that stand for its text."""
    return TEXT_KEY + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def merge(key: str, witnesses: Iterable[Witness]) -> Paper:
    """Merge all occurrences of a paper.

    Each field comes from the best occurrence that has it. An occurrence that carries the identifier is better
    than one matched by its text, a later version better than an earlier one, a later `Updated`, else `Created`, better than an earlier
    or none, then the fuller text; equally good ones are told apart by the text itself, so that order never decides.

    Args:
        key: the paper's key.
        witnesses: one at least, in any order; an occurrence counts once.
    """
    by_place = {witness.occurrence: witness.entry for witness in witnesses}
    entries = [
        entry if not occurrence.matched_by_text else entry._replace(version=None)
        for occurrence, entry in by_place.items()
    ]
    trusted = {
        id(entry): not occurrence.matched_by_text for entry, occurrence in zip(entries, by_place, strict=True)
    }

    def best(field: str) -> str | None:
        found = [entry for entry in entries if getattr(entry, field)]
        if not found:
            return None
        text: str = getattr(max(found, key=lambda entry: (trusted[id(entry)], *_rank(entry, field))), field)
        return text

    return Paper(
        key=key,
        version=max((entry.version for entry in entries if entry.version), default=None),
        title=best("title"),
        author_text=best("authors"),
        abstract=best("abstract"),
        comments=best("comments"),
        created=best("created"),
        updated=max((entry.updated for entry in entries if entry.updated), default=None),
        occurrences=tuple(sorted(by_place)),
    )


def _rank(entry: Entry, field: str) -> tuple[int, str, int, str]:
    text: str = getattr(entry, field)
    return entry.version or 0, entry.updated or entry.created or "", len(text), text


def differ(entries: Iterable[Entry]) -> bool:
    """Whether entries of one paper say different things: two texts of one field, white space aside.

    A field that one of them lacks is no difference: an inline file has no titles at all.
    """
    entries = list(entries)
    for field in ("title", "authors", "abstract", "comments"):
        texts = {text for entry in entries if (text := getattr(entry, field))}
        if len(texts) > 1 and len(set(map(fold_space, texts))) > 1:
            return True
    return False
