"""Events as lines of text: what other devices are sent, and what an export of everything holds.

A line is a JSON object that stands for itself: one event, with the records it needs and at its end a sum of all before it, so that a line that was
damaged on its way is no other event but none. A line cut short is never JSON.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from arxtui.reading.changes import RECORDED, Malformed, writes_of
from arxtui.reading.events import REDO, UNDO, Event, is_device, is_id, is_time
from arxtui.reading.records import is_record, with_digest

if TYPE_CHECKING:
    import sqlite3

FORMAT = 1
"""Version of the lines."""

_DEEPEST = 20
"""How deep values may stand in each other in a payload: ours do three deep, and SQLite has a bound too."""


class Newer(Malformed):
    """A line that only a newer arxtui can read."""


def to_line(connection: sqlite3.Connection, event: Event) -> str:
    """Write an event as a line.

    Args:
        connection: the store, which is asked for records.
        event: the event.

    Returns:
        The line, with its end.
    """
    fields: dict[str, str] = {
        "arxtui": str(FORMAT),
        "id": _text(event.id),
        "time": _text(event.time),
        "device": _text(event.device),
        "kind": _text(event.kind),
    }
    if event.target is not None:
        fields["target"] = _text(event.target)
    fields["payload"] = _text(event.payload)
    digests = [write.value for write in writes_of(event) if write.cell.kind in RECORDED and write.value]
    if digests:
        rows = connection.execute(
            "SELECT digest, record FROM records WHERE digest IN (SELECT value FROM json_each(?)) ORDER BY digest",
            (json.dumps(digests),),
        )
        # Records are JSON as they are kept, and 10,000 of them need not be read for that.
        fields["records"] = "{" + ",".join(f'"{digest}":{record}' for digest, record in rows) + "}"
    said = "{" + ",".join(f'"{name}":{text}' for name, text in fields.items())
    return f'{said},"sum":"{_sum(said)}"}}\n'


def from_line(line: str | bytes) -> tuple[Event, dict[str, str]]:
    """Read a line.

    Args:
        line: the line, with or without its end.

    Returns:
        The event, and the records it came with by their digests.

    Raises:
        Newer: a newer arxtui wrote it.
        Malformed: it is no event, or not whole.
    """
    try:
        text = line if isinstance(line, str) else line.decode()
        body = json.loads(text, parse_constant=_no_number)
        if not isinstance(body, dict):
            raise Malformed("the line is no object")
        if isinstance(body.get("arxtui"), int) and body["arxtui"] > FORMAT:
            raise Newer("a newer arxtui wrote the line")
        said, _, rest = text.rstrip().rpartition(',"sum":"')
        if rest != _sum(said) + '"}':
            raise Malformed("the line was changed on its way")
        if not _is_whole(body):
            raise Malformed("the line holds no event")
        event = Event(
            body["id"], body["time"], body["device"], body["kind"], body["payload"], body.get("target")
        )
        writes_of(event)
        return event, _records_in(body.get("records", {}))
    # A line nested deeper than Python can follow is malformed like any other.
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed(f"the line cannot be read: {error}") from error


def is_sound(line: bytes) -> bool:
    """Tell whether a line is as it was written, in a fraction of the time that reading it takes.

    Args:
        line: the line, with its end. Without one it was cut short.
    """
    said, _, rest = line.rstrip().rpartition(b',"sum":"')
    return line.endswith(b"\n") and rest == hashlib.sha256(said).hexdigest()[:16].encode() + b'"}'


def _is_whole(body: dict[str, Any]) -> bool:
    kind, target = body["kind"], body.get("target")
    return (
        is_id(body["id"])
        and is_time(body["time"])
        and is_device(body["device"])
        and isinstance(kind, str)
        and kind.isidentifier()
        and isinstance(body["payload"], dict)
        and _depth(body["payload"]) <= _DEEPEST
        and (is_id(target) if kind in (UNDO, REDO) else target is None)
    )


def _depth(value: object) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, parts), default=0)


def _no_number(text: str) -> float:
    raise Malformed(f"{text} is no JSON")


def _records_in(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        raise Malformed("the records are no object")
    records = {}
    for digest, record in found.items():
        named, text = with_digest(record) if is_record(record) else ("", "")
        if named != digest:
            raise Malformed(f"the record {digest} is not what its digest says")
        records[digest] = text
    return records


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _sum(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
