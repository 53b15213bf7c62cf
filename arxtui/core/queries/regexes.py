r"""Which regular expressions may be asked for.

Some take exponential time: `(a+)+$` needs years for forty letters. So what repeats something that itself repeats or has
alternatives is refused, and so are many repeats, each of which multiplies the time by the length of the text: such an
expression would be given up in most texts, which `core.patterns` does after a moment.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 200
"""Characters of a regular expression."""
_REPEAT, _OPTION, _MOST = 3, 1, 10
"""What each `*` `+` `{,}` and each `?` adds, and how much there may be: three repeats, or ten options, or some of both."""

_TOKEN = re.compile(
    r"""\\. | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\]) | (?P<open>\((?:\?[^)]*?[:=!>)])?) | (?P<close>\))
      | (?P<repeat>[*+]|\{\d*,\d*\}) | (?P<count>\{\d+\}) | (?P<option>\?) | (?P<or>\|) | .""",
    re.VERBOSE | re.DOTALL,
)
_ODD_SET = re.compile(r"\\.|\[|--|&&|~~|\|\|", re.DOTALL)
_ODD_GROUP = re.compile(r"\(\?(?:[#(]|[aiLmsu-]*x)")


def fault(text: str) -> str | None:
    """What is wrong with a regular expression and what to do about it; None where it can be used."""
    if not text:
        return "nothing stands between the slashes: write title:/graph(ene)?/"
    if len(text) > LONGEST:
        return f"a regular expression has at most {LONGEST} characters: shorten it"
    return _slow(text) or _refused(text)


@lru_cache(maxsize=64)  # asked for every text that is looked through
def effort(text: str) -> int:
    """To which power of a text's length matching may take time, beyond reading it; 2 for more than a square, too.

    Args:
        text: a regular expression that `fault` finds nothing wrong with.
    """
    kinds = [token.lastgroup for token in _TOKEN.finditer(text)]
    repeats = kinds.count("repeat")
    if repeats and (repeats > 1 or "or" in kinds or "option" in kinds):
        return 2
    return repeats


def _refused(text: str) -> str | None:
    """What Python finds wrong."""
    try:
        re.compile(text)
    except re.error as error:
        where = "" if error.pos is None else f" at its character {error.pos + 1}"
        return f"no regular expression: {error.msg}{where}; put \\ before a sign that stands for itself"
    except (ValueError, OverflowError, RecursionError):
        return "no regular expression: its flags or counts make no sense; leave them out"
    return None


def _slow(text: str) -> str | None:
    """Why it may take too long, or why Python may read it in another way some day."""
    weight = 0
    varied = [False]  # for every open group, then the whole: whether one text may be matched in several ways
    before: str | None = None  # the kind of the token before
    closed = False  # a group that varies ends right here
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind in ("repeat", "count") and closed:
            return "a repeat of what repeats or has alternatives can take forever: repeat a plain group or a set, [ab]+"
        if kind == "repeat":
            weight += _REPEAT
        elif kind == "option" and before not in ("repeat", "count", "option"):  # else it makes that one lazy
            weight += _OPTION
        elif kind == "open" and _ODD_GROUP.match(token[0]):
            return "comments, conditions and the flag x are not understood: leave them out"
        elif token[0] == "[":
            return r"the set that [ begins is still open: close it with ], or put \ before a [ that stands for itself"
        elif kind == "set" and _is_odd(token[0]):
            return r"signs in a set that may mean something one day: put \ before [ - & ~ | in it"
        before = kind
        varied[-1] |= kind in ("repeat", "option", "or")
        closed = False
        if kind == "open" and not token[0].endswith(")"):
            varied.append(False)
        elif kind == "close" and len(varied) > 1:
            closed = varied.pop()
            varied[-1] |= closed
    if weight > _MOST:
        return "more than three of * + {,}, or ten of ?, or some of both, can take forever: leave some out"
    return None


def _is_odd(characters: str) -> bool:
    """Whether Python warns of a set: it may have sets of sets one day (FutureWarning since 3.7)."""
    inside = characters[1:-1].removeprefix("^")
    return any(not found[0].startswith("\\") for found in _ODD_SET.finditer(inside))
