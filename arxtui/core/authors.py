"""Division of an author list into names.

Lists come as `A. One, B. Two and C. Three (Institute, Town)`: commas and `and` divide, but not inside
parentheses or braces. Every character but those dividers stays, however odd (`Bojun :`).
"""

from __future__ import annotations

import re

_PIECE = re.compile(r"[(){}]|,|;|\s+and\s+|\s+")
_DIVIDER = re.compile(r"[,;]|(?<=\s)and(?=\s)")


def split_authors(text: str) -> tuple[str, ...]:
    """Divide an author list into names, each with what stands in parentheses behind it.

    Args:
        text: the list as it stands in a file.

    Returns:
        The names in order, white space folded. Where parentheses or braces do not match, each comma divides.
    """
    names: list[str] = []
    start = depth = 0
    for match in _PIECE.finditer(text):
        mark = match[0]
        if mark in "({":
            depth += 1
        elif mark in ")}":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and (mark in ",;" or mark.strip() == "and"):
            names.append(text[start : match.start()])
            start = match.end()
    if depth:
        names, start = _DIVIDER.split(text), len(text)
    names.append(text[start:])
    # A list such as "A. One, and B. Two" divides twice at one place.
    folded = (" ".join(name.removeprefix("and ").split()) for name in map(str.strip, names))
    return tuple(name for name in folded if name)
