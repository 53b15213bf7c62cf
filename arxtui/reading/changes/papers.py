"""Changes to what is said of papers: tags, notes, how far they are read, stars, marks, decisions about duplicates.

Cells: `tag` (tag, key), `status`, `stars` and `note` ("", key), `mark` (letter, ""), `same` (key, key); `record` (digest, key) for what was
known of a paper when something was said of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import named
from arxtui.reading.changes.values import (
    Cell,
    Kind,
    Malformed,
    Write,
    checked_key,
    choice_in,
    digest_of,
    keys_in,
    name_in,
    pairs_in,
    papers_in,
    str_in,
)
from arxtui.reading.events import is_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from arxtui.reading.changes.values import Payload, Words

STATUSES = ("unread", "read", "to-read", "skimmed")
"""How far a paper is read."""

VERDICTS = ("same", "different")
"""What can be said of two papers that look like one."""


def _recording(
    writes: Callable[[str, Payload], Iterator[Write]],
) -> Callable[[str, Payload], Iterator[Write]]:
    """What a kind writes and the records that may come with it."""

    def both(event: str, payload: Payload) -> Iterator[Write]:
        yield from writes(event, payload)
        for key, digest in pairs_in(payload, "records") if "records" in payload else ():
            yield Write(Cell("record", digest_of(digest), key), digest)

    return both


def _fill(_: str, payload: Payload) -> Iterator[Write]:
    pairs_in(payload, "records")
    return iter(())


def _tag(_: str, payload: Payload) -> Iterator[Write]:
    tag = name_in(payload, "tag")
    return (Write(Cell("tag", tag, key), "") for key in keys_in(payload))


def _untag(_: str, payload: Payload) -> Iterator[Write]:
    tag = name_in(payload, "tag")
    return (Write(Cell("tag", tag, key), None) for key in keys_in(payload))


def _tags(_: str, payload: Payload) -> Iterator[Write]:
    for tag, keys in _tags_in(payload):
        yield from (Write(Cell("tag", tag, key), "") for key in keys)


def _tags_in(payload: Payload) -> list[tuple[str, list[str]]]:
    """Read pairs of a tag and the papers that get it."""
    parts = payload["parts"]
    if not isinstance(parts, list):
        raise Malformed("parts is no list")
    return [(name_in({"tag": tag}, "tag"), keys_in({"keys": keys})) for tag, keys in parts]


def _status(_: str, payload: Payload) -> Iterator[Write]:
    status = choice_in(payload, "status", (*STATUSES, None))
    return (Write(Cell("status", "", key), status) for key in keys_in(payload))


def _stars(_: str, payload: Payload) -> Iterator[Write]:
    stars = payload["stars"]
    if type(stars) is not int or not 0 <= stars <= 5:
        raise Malformed(f"{stars!r} are no stars")
    return (Write(Cell("stars", "", key), str(stars) if stars else None) for key in keys_in(payload))


def _note(_: str, payload: Payload) -> Iterator[Write]:
    over = payload["over"]
    if not isinstance(over, list) or not all(map(is_id, over)):
        raise Malformed("over names no events")
    yield Write(
        Cell("note", "", checked_key(payload["key"])), str_in(payload, "text") or None, " ".join(over)
    )


def _mark(_: str, payload: Payload) -> Iterator[Write]:
    letter, key = payload["letter"], payload["key"]
    if not isinstance(letter, str) or len(letter) != 1 or not letter.isprintable():
        raise Malformed(f"{letter!r} is no letter")
    yield Write(Cell("mark", letter, ""), None if key is None else checked_key(key))


def _same(_: str, payload: Payload) -> Iterator[Write]:
    first, second = map(checked_key, payload["papers"])
    if first >= second:
        raise Malformed("the papers are not two in their order")
    yield Write(Cell("same", first, second), choice_in(payload, "verdict", (*VERDICTS, None)))


def _tag_words(payload: Payload, counting: Collection[str] | None) -> Words:
    return "tagged ", papers_in(payload["keys"], counting), f" with {named(payload['tag'])}"


def _untag_words(payload: Payload, counting: Collection[str] | None) -> Words:
    return f"took tag {named(payload['tag'])} off ", papers_in(payload["keys"], counting)


def _tags_words(payload: Payload, counting: Collection[str] | None) -> Words:
    parts = _tags_in(payload)
    keys = dict.fromkeys(key for _, keys in parts for key in keys)
    return "tagged ", papers_in(keys, counting), f" with {', '.join(named(tag) for tag, _ in parts)}"


def _status_words(payload: Payload, counting: Collection[str] | None) -> Words:
    which = papers_in(payload["keys"], counting)
    verb = "is" if isinstance(which, tuple) and len(which) == 1 else "are"
    return "said that ", which, f" {verb} {payload['status'] or 'neither read nor unread'}"


def _stars_words(payload: Payload, counting: Collection[str] | None) -> Words:
    which, stars = papers_in(payload["keys"], counting), payload["stars"]
    return ("gave ", which, f" {stars} star{'s' * (stars != 1)}") if stars else ("took the stars off ", which)


def _note_words(payload: Payload, _: Collection[str] | None) -> Words:
    return f"{'wrote' if payload['text'] else 'removed'} the note on ", (payload["key"],)


def _fill_words(payload: Payload, counting: Collection[str] | None) -> Words:
    return "kept what files say of ", papers_in([key for key, _ in payload["records"]], counting)


def _mark_words(payload: Payload, _: Collection[str] | None) -> str | Words:
    letter, key = payload["letter"], payload["key"]
    return f"took mark {letter} away" if key is None else (f"set mark {letter} on ", (key,))


def _same_words(payload: Payload, _: Collection[str] | None) -> Words:
    (first, second), verdict = payload["papers"], payload["verdict"]
    if verdict is None:
        return "left open whether ", (first,), " and ", (second,), " are one work"
    said = "one work" if verdict == "same" else "two works"
    return "said that ", (first,), " and ", (second,), f" are {said}"


KINDS: dict[str, Kind] = {
    "tag": Kind(_recording(_tag), _tag_words),
    "tags": Kind(_recording(_tags), _tags_words),
    "untag": Kind(_untag, _untag_words),
    "status": Kind(_recording(_status), _status_words),
    "stars": Kind(_recording(_stars), _stars_words),
    "note": Kind(_recording(_note), _note_words),
    "fill": Kind(_recording(_fill), _fill_words),
    "mark": Kind(_mark, _mark_words),
    "same": Kind(_same, _same_words),
}
"""The kinds of this module."""
