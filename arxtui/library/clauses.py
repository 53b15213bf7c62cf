"""Parts of questions in SQL that several modules ask."""

from __future__ import annotations

import os
from collections.abc import Iterable

from arxtui.library.values import Place


def json_list(numbers: Iterable[int]) -> str:
    """Numbers for `json_each`, which takes any number of them where `IN (?, ?)` has a limit."""
    return f"[{','.join(map(str, numbers))}]"


def below(place: Place) -> tuple[str, list[object]]:
    """A condition for the files that are a place or lie below it, and its values."""
    if not place.path:
        return "root = ?", [place.root]
    path = os.fsencode(place.path)
    # "/" and the byte behind it enclose all that begins with "path/".
    return "root = ? AND (path = ? OR (path > ? AND path < ?))", [place.root, path, path + b"/", path + b"0"]
