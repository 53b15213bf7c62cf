"""Papers as they were when they were put on a list: texts that are named by their digests, so that each is kept once.

A record says where it comes from: `reference` is true where that is no file of a library but one of another program, which often tells less.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from arxtui.core.exporting import to_json
from arxtui.reading.names import key_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from arxtui.core.papers import Paper

_TEXTS = ("id", "title", "abstract", "comments", "doi", "journal_ref", "created", "updated")


def record_of(paper: Paper) -> tuple[str, str]:
    """Return the digest and the text of the record of a paper; both empty where nothing is known but its key.

    Args:
        paper: the paper. Where it stands on this machine is left out, but not whether it stands anywhere.
    """
    known = to_json(paper)
    places = known.pop("occurrences")
    if not any(value for name, value in known.items() if name != "id"):
        return "", ""
    return with_digest(known if places else known | {"reference": True})


def records_by_key(papers: Iterable[Paper]) -> dict[str, tuple[str, str]]:
    """Write the records of papers out, the first of each key.

    Before a lock is taken: of a thousand papers that takes a while, in which others can go on.

    Returns:
        Digest and text of the record by the key.

    Raises:
        StoreError: a key cannot be one.
    """
    records: dict[str, tuple[str, str]] = {}
    for paper in papers:
        if paper.key not in records:
            records[key_of(paper.key)] = record_of(paper)
    return records


def keep(
    connection: sqlite3.Connection, records: Mapping[str, tuple[str, str]], keys: Collection[str]
) -> dict[str, str]:
    """Keep the records of papers.

    Args:
        connection: the store, in a transaction.
        records: what `records_by_key` returned.
        keys: of which papers.

    Returns:
        The digests by the keys that records are of; empty where no more than the key is known.
    """
    digests = {}
    for key in keys:
        digest, text = records.get(key, ("", ""))
        if '"reference":true' in text:
            known = json.loads(text)
            known.pop("reference", None)
            # A paper that comes from a list is the record that is kept there, wherever that one came from.
            plain, _ = with_digest(known)
            if connection.execute("SELECT 1 FROM records WHERE digest = ?", (plain,)).fetchone():
                digest, text = plain, ""
        if text:
            connection.execute("INSERT OR IGNORE INTO records VALUES (?, ?)", (digest, text))
        digests[key] = digest
    return digests


def fullness(record: str) -> tuple[bool, int]:
    """Tell how much a record tells of a paper: the higher, the better it stands for the paper.

    What files of a library say comes before what another program knows; then the one that has more fields.

    Args:
        record: its text; may be empty.
    """
    if not record:
        return False, 0
    known = json.loads(record)
    reference = known.pop("reference", False)
    return not reference, sum(bool(value) for value in known.values())


def best_records(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, str]:
    """Return the fullest record that was ever kept of each of some papers, the last one of several.

    Also one that came with a change which was undone since, or stood on a list that the paper was taken off.

    Args:
        connection: the store.
        keys: keys of the papers.

    Returns:
        Their texts by the key; nothing of papers of which none was kept.
    """
    if not keys:
        return {}
    rows = connection.execute(
        "SELECT b, record FROM writes JOIN records ON digest = value"
        " WHERE kind IN ('entry', 'record') AND b IN (SELECT value FROM json_each(?)) ORDER BY event, digest",
        (json.dumps(list(keys)),),
    ).fetchall()
    return dict(sorted(rows, key=lambda row: fullness(row[1])))


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
        and record.get("reference", True) is True
        and all(
            isinstance(record.get(name), list) and all(isinstance(part, str) for part in record[name])
            for name in ("authors", "categories")
        )
    )
