"""JSON from others: read piece by piece with the line of each, whatever is in it."""

from __future__ import annotations

import json
import re
from typing import Any

_SPACE = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def line_of(text: str, place: int) -> int:
    """The line that a place in a text stands in, counted from 1."""
    return text.count("\n", 0, place) + 1


def load(text: str) -> Any:
    """The value of a JSON text, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def elements_of(text: str) -> tuple[list[tuple[Any, int]], int | None]:
    """The elements of a JSON array; of a text that is no array, its one value.

    Args:
        text: the JSON, perhaps cut off or damaged.

    Returns:
        Each element with the line it begins in, up to the first that is no JSON; and the place of that, or None.
    """
    found: list[tuple[Any, int]] = []
    array = text.lstrip().startswith("[")
    at = text.find("[") + 1 if array else 0
    line, counted = 1, 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if text[at : at + 1] == ("]" if array else ""):
            return found, None
        line += text.count("\n", counted, at)
        counted = at
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found, at
        found.append((value, line))
        at = end


def text_of(value: object) -> str:
    """A JSON value as text; empty for what is neither text nor number."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return ""


def strings(value: object) -> list[str]:
    """The texts and numbers in a JSON array, as text; empty for anything else."""
    return [text for item in value if (text := text_of(item))] if isinstance(value, list) else []
