r"""Letters that a regular expression is sure to hold, by which the papers that it may match are found without reading them.

`graph(ene)?` holds `graph`, and `(cat|dog)s? eat` holds `cat` or `dog`, and `eat`. As Google's code search asks for the
trigrams of an expression (Cox, "Regular Expression Matching with a Trigram Index", 2012); here letters may be any number in a
row, but all of one word, for an index of words is asked for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters

from arxtui.core.folding import fold, is_vanishing

SHORTEST = 3
"""Letters; fewer stand in most words."""

_TOKEN = re.compile(
    r"""\\.                                       # an escaped character
      | \[\^?\]?(?:\\.|[^\]\\])*\]                # a set
      | (?P<open>\((?:\?:)?) | (?P<close>\)(?P<group_may>[?*{])?) | (?P<or>\|)
      | (?P<letters>[^\W_]) (?P<maybe>[?*{])?     # a letter, and what may take it away again
      | .""",
    re.VERBOSE | re.DOTALL,
)

Ways = frozenset[str]
"""Letters, folded, one of which stands within one word of whatever is matched."""


def sure_letters(pattern: str) -> list[Ways]:
    """What stands in all that a regular expression matches: of each of these, one at least.

    Only what is sure: nothing of a set or of a group that may be left out, and none that the fold might take away. A letter
    of another script that Python takes for one of ASCII, the Kelvin sign for a k, is not expected right behind a TeX command.

    Args:
        pattern: one that `regexes.fault` finds nothing wrong with.
    """
    if "(?" in pattern.replace("(?:", "("):
        return []  # flags may change what everything else means, and looking ahead is no part of what is matched
    return _alternatives(_TOKEN.finditer(pattern))


def _alternatives(tokens: Iterator[re.Match[str]]) -> list[Ways]:
    """What is sure of a group, up to its end or that of the expression."""
    branches: list[list[Ways]] = [[]]
    run = ""
    for token in tokens:
        if token["letters"] and not token["maybe"]:
            run += token["letters"]
            continue
        branches[-1] += _sure(run)
        run = ""
        if token["open"]:
            branches[-1] += _alternatives(tokens)
        elif token["or"]:
            branches.append([])
        elif token["close"]:
            return [] if token["group_may"] else _any(branches)
    branches[-1] += _sure(run)
    return _any(branches)


def _sure(run: str) -> list[Ways]:
    """Letters in a row, where they are enough to look for."""
    # What comes before may make the first of them the end of a TeX command, which is a word of its own.
    more = run.lstrip(ascii_letters)
    parts = map(fold, (run.removesuffix(more), more))
    return [frozenset([part]) for part in parts if _tells(part)]


def _tells(letters: str) -> bool:
    return len(letters) >= SHORTEST and letters.isalnum() and not is_vanishing(letters)


def _any(branches: list[list[Ways]]) -> list[Ways]:
    """What is sure where any of some branches is taken: one that is sure of each, those that say most."""
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return []
    most = (max(branch, key=lambda ways: min(map(len, ways))) for branch in branches)
    return [frozenset().union(*most)]
