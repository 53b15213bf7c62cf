"""How the occurrences of one paper differ: a field, and which files say what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arxtui.core.papers import Entry, Occurrence

FIELDS = ("identifier", "version", "title", "authors", "abstract", "comments", "created", "updated")
"""The fields of an entry that are compared."""


class Variant(NamedTuple):
    """One reading of a field and where it stands; `text` is None where the field is missing."""

    text: str | None
    places: tuple[Occurrence, ...]


class Difference(NamedTuple):
    """A field that is not the same everywhere, with its readings, the commonest first."""

    field: str
    variants: tuple[Variant, ...]


def differences(entries: Sequence[tuple[Occurrence, Entry]]) -> list[Difference]:
    """The fields in which the entries of one paper differ.

    Args:
        entries: each occurrence with its entry. Runs of white space count as one blank.

    Returns:
        One item a field that differs, in the order of `FIELDS`.
    """
    found = []
    for field in FIELDS:
        readings: dict[str | None, list[Occurrence]] = {}
        for occurrence, entry in entries:
            value = getattr(entry, field)
            readings.setdefault(None if value is None else " ".join(str(value).split()), []).append(
                occurrence
            )
        if len(readings) > 1:
            ranked = sorted(readings.items(), key=lambda item: -len(item[1]))
            found.append(Difference(field, tuple(Variant(text, tuple(places)) for text, places in ranked)))
    return found
