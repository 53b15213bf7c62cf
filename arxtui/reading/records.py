"""Papers as they were when they were put on a list: texts that are named by their digests, so that each is kept once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from arxtui.core.exporting import to_json

if TYPE_CHECKING:
    from arxtui.core.papers import Paper

_TEXTS = ("id", "title", "abstract", "comments", "doi", "journal_ref", "created", "updated")


def record_of(paper: Paper) -> tuple[str, str]:
    """Return the digest and the text of the record of a paper; both empty where nothing is known but its key.

    Args:
        paper: the paper. Where it stands on this machine is left out.
    """
    known = to_json(paper)
    del known["occurrences"]
    if not any(value for name, value in known.items() if name != "id"):
        return "", ""
    return with_digest(known)


def with_digest(record: dict[str, Any]) -> tuple[str, str]:
    """Return the digest of a record and its text, in the one way that it is written."""
    # ASCII: file names that are no UTF-8 hold lone surrogates, which SQLite cannot store.
    text = json.dumps(record, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest(), text


def is_record(record: object) -> bool:
    """Tell whether something that was read is a record as `record_of` makes them."""
    return (
        isinstance(record, dict)
        and all(record.get(name, 0) is None or isinstance(record.get(name), str) for name in _TEXTS)
        and (record.get("version", "") is None or isinstance(record.get("version"), int))
        and all(
            isinstance(record.get(name), list) and all(isinstance(part, str) for part in record[name])
            for name in ("authors", "categories")
        )
    )
