"""Where a regular expression matches a text, in bounded time.

Python's own engine cannot be stopped in the middle of a text, keeps every other thread waiting meanwhile, and takes a power
of the text's length, `.*.*x` its cube. So it is given only what takes no longer than reading; all else goes to the `regex`
package, which matches the same, ten times as slowly, but gives up after some time and lets other threads run.
"""

from __future__ import annotations

import re

from arxtui.core.queries.regexes import effort
from arxtui.core.queries.tree import has_capitals

PATIENCE = 0.1
"""Seconds for a text that is looked through; most take a few millionths."""

GLANCE = 0.005
"""Seconds for a text that is painted."""

_SHORT = 1000  # characters of a text in which one repeat takes no more than a millisecond

Span = tuple[int, int]


class TooLongError(Exception):
    """A regular expression takes too long for a text."""


def matches(pattern: str, text: str, seconds: float) -> list[Span]:
    """Where a regular expression matches at least one character; capital letters count where it has any.

    Args:
        pattern: one that `regexes.fault` finds nothing wrong with.
        text: where.
        seconds: how long it may take.

    Raises:
        TooLongError: it took longer.
    """
    ignore_case = not has_capitals(pattern)
    weight = effort(pattern)
    if weight == 0 or (weight == 1 and len(text) <= _SHORT):
        found = [one.span() for one in re.finditer(pattern, text, re.IGNORECASE if ignore_case else 0)]
    else:
        import regex

        flags = regex.IGNORECASE if ignore_case else 0
        try:
            every = regex.finditer(pattern, text, flags, timeout=seconds, concurrent=True)
            found = [one.span() for one in every]
        except TimeoutError:
            raise TooLongError(pattern) from None
    return [(start, end) for start, end in found if end > start]
