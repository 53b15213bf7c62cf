"""Places in an order that can be made by hand: texts, between any two of which there is always another.

A place is hexadecimal digits and never ends in `0`; what sorts higher stands before what sorts lower.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = "0123456789abcdef"
_MOST = 0xFFFFFFFF


def is_place(text: object) -> bool:
    """Tell whether something is a place."""
    return isinstance(text, str) and bool(re.fullmatch(r"[0-9a-f]*[1-9a-f]", text))


def place_of(event: str, number: int) -> str:
    """Return the place that an event gives to the papers it adds.

    Args:
        event: id of the event; that of a later one stands higher.
        number: place among those added together, from 0, which stands highest.

    Returns:
        21 digits: 12 of the event's time, 8 that fall with the number, and one that leaves room beneath.
    """
    return f"{event[:12]}{_MOST - number:08x}8"


def between(low: str | None, high: str | None) -> str:
    """Return a place between two.

    Args:
        low: the lower one; None is below all.
        high: the higher one; None is above all that are there now. It sorts below what is added later.

    Returns:
        A short text that sorts between them.
    """
    if high is None:
        # Longer than the highest and beginning with it: what is added later begins with a higher time. So do all
        # times since 1970 + 35 years, whose first digits are higher than 01.
        return "01" if low is None else low + "8"
    low = low or ""
    made = ""
    for at in range(len(high) + len(low) + 1):
        floor = _DIGITS.index(low[at]) if at < len(low) else 0
        ceiling = _DIGITS.index(high[at]) if high is not None and at < len(high) else 16
        if ceiling - floor > 1:
            return made + _DIGITS[(floor + ceiling) // 2]
        made += _DIGITS[floor]
        if ceiling > floor:
            high = None  # already lower than it, whatever follows
    raise ValueError(f"no place between {low!r} and {high!r}")


def spread(low: str | None, high: str | None, count: int) -> list[str]:
    """Return places between two for several papers.

    Args:
        low: as in `between`.
        high: as in `between`.
        count: how many.

    Returns:
        The places, the highest first, each a few digits longer than its neighbours however many there are.
    """
    if count == 0:
        return []
    middle = between(low, high)
    above = (count - 1) // 2
    # Halving keeps them short: one after the other, each would be a digit longer than the last.
    return [*spread(middle, high, above), middle, *spread(low, middle, count - 1 - above)]


def inserted(moved: Sequence[str], others: Sequence[tuple[str, str]], at: int) -> list[tuple[str, str]]:
    """Return the places that put some things where they shall stand.

    Two devices may have given one place to two things. Where the moved ones shall stand between such, those below get new places too.

    Args:
        moved: what is moved, in the order it shall have.
        others: all the others and their places, the highest first.
        at: how many of them stand above.

    Returns:
        All that get a new place, with it.
    """
    high = others[at - 1][1] if at > 0 else None
    end = at
    while high is not None and end < len(others) and others[end][1] >= high:
        end += 1
    low = others[end][1] if end < len(others) else None
    names = [*moved, *(name for name, _ in others[at:end])]
    return list(zip(names, spread(low, high, len(names)), strict=True))
