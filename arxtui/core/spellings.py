"""Two spellings of one word: `gödel` in letters of ASCII, `godel` and `goedel`, or British and American, `colour` and `color`.

Two words are one where their canonical forms are equal. Such a form need be no word: that of `promise` is `promize`, which
stands in no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 32
"""Letters. To look for an umlaut at each place of a word takes the square of its length."""
_SHORTEST_BEGINNING = 5
"""Letters of a word that goes on: `pot` is none of `poetry`, `disk` none of `discovery`."""
_SHORTEST_WITH_UMLAUT = 5  # letters; of shorter ones, `does` and `yuen`, more are other words

_UMLAUT = re.compile("(?<![aeiou])([ao]|(?<![gqxy])u)e(?=[^aeiouy])(?![dl]$|(?<!oe)s$)")
"""At the end `valued`, `michael` and `venues` are no `valud`, `michal` and `venus`; but `erdoes` is `erdos`."""
_MAY_BE_UMLAUT = re.compile("[aou]")

_CONSONANT = "[b-df-hj-np-tv-z]"
_OF_VERBS = "(?:e(?:d|rs?|s)?$|in(?:g|$)|ab|at)"  # `realisat`: the last word of a query may still be typed
_METRIC = "(?:^|centi|deci|femto|giga|hecto|kilo|mega|micro|milli|nano|pico)"


class _Rule(NamedTuple):
    """What is written in two ways, and what stands before it and behind it, a regular expression each."""

    before: str
    british: str
    american: str
    behind: str


_RULES = (
    # Behind three letters and not behind a vowel: not `rise`, `prise`, `ising`, `elisabeth`, `noise` and `reiser`.
    _Rule(f"[a-z][a-z]{_CONSONANT}", "is", "iz", _OF_VERBS),
    _Rule("[ao]l", "ys", "yz", "(?:e(?:d|rs?|s)?$|in|ab)"),
    # `modelling` behind another vowel: not `calling`, which is no `caling`. With other vowels, `refilling` is no `refiling`.
    # Hotelling is a name.
    _Rule(f"(?<!^h)[aeiouy](?:{_CONSONANT}+|qu)[ae]|fue|due|dia|tia", "ll", "l", "(?:ing|e(?:d|rs?)$|able$)"),
    _Rule("cance", "ll", "l", "at"),
    _Rule("fulf|dist|inst", "il", "ill", "(?:s|ments?)?$"),
    _Rule("enr", "ol", "oll", "(?:s|ments?)?$"),
    _Rule("inst", "al", "all", "ments?$"),
    _Rule("sk|w", "il", "ill", "ful"),
    _Rule("focu|bia", "ss", "s", "(?:e[ds]$|in)"),
    # All words there are, for in most others, `contour`, `detour`, `seymour`, `vector`, the ending is no such.
    _Rule(
        "arm|behavi|cand|col|demean|endeav|fav|ferv|flav|harb|^hon|^hum|^lab|neighb|^od|^ranc|rig|^rum|^sav|savi|splend"
        "|tum|^val|vap|vig",
        "our",
        "or",
        "(?!a[rt]|et|i[cfgm]|ou)",  # `laboratory`, `colorimetric` and `humorous` are written so everywhere
    ),
    _Rule("cent|fib|theat|calib|^lust|spect|man(?:oe|e)uv", "re", "er", "s?$"),
    _Rule(f"{_METRIC}(?:met|lit)", "re", "er", "s?$"),
    _Rule("cent|fib|calib|man(?:oe|e)uv", "r", "er", "(?:ed|ing|ab)"),
    _Rule("man", "oeuv", "euv", ""),
    _Rule("anal|catal|dial|homol|orthol|paral", "ogue", "og", "s?$"),
    _Rule("catal|dial", "ogu", "og", "(?:ed$|ers?$|in)"),
    _Rule("def|off|pret|^lic", "enc", "ens", "(?:e(?:s|d|less)?$|ing$)"),
    _Rule("^pract", "is", "ic", "(?:e[ds]?$|in)"),
    _Rule("alumin", "ium", "um", ""),
    _Rule("s", "ulph", "ulf", ""),
    _Rule("^m", "ould", "old", "(?:s|ed|ings?|able)?$"),
    _Rule("art", "efact", "ifact", ""),
    _Rule("progra", "mme", "m", "s?$"),
    _Rule("", "dgement", "dgment", ""),
    _Rule("^(?:anti)?", "ageing", "aging", "$"),
    _Rule("^", "grey", "gray", ""),
    _Rule("^", "sceptic", "skeptic", ""),
    _Rule("^(?:mini)?d", "isc", "isk", "s?$"),
    _Rule("^to", "wards", "ward", "$"),
    _Rule("^c", "aes", "es", "ium"),
    _Rule("^h|leuk|^an|isch", "aem", "em", "[aio]"),
    _Rule("^an", "aesth", "esth", ""),
    _Rule("^(?:ortho)?p", "aed", "ed", "i"),
    _Rule("^arch|^pal", "aeo", "eo", ""),
    _Rule("^f", "oet", "et", "[au]"),
    _Rule("^", "oes", "es", "(?:tr|oph)"),
)
_MAY_BE_BRITISH = re.compile("|".join(f"{rule.british}{rule.behind}" for rule in _RULES))
_MAY_BE_AMERICAN = re.compile("|".join(f"{rule.american}{rule.behind}" for rule in _RULES))
"""Passed by few words, and six times as fast as the rules."""
_BRITISH = re.compile("|".join(f"(?:{rule.before})({rule.british})(?={rule.behind})" for rule in _RULES))
"""All rules, a group each."""
_AMERICAN = tuple(
    (re.compile(f"(?:{rule.before})({rule.american})(?={rule.behind})"), rule.british) for rule in _RULES
)


@lru_cache(maxsize=20_000)  # the words of the best papers, most of which come again with the next key
def canonical(word: str) -> str:
    """What all spellings of a word have in common, to be compared with that of another word.

    Args:
        word: folded.
    """
    if len(word) > _LONGEST:
        return word
    while _MAY_BE_BRITISH.search(word) and (found := _BRITISH.search(word)):
        group = found.lastindex or 0
        word = f"{word[: found.start(group)]}{_RULES[group - 1].american}{word[found.end(group) :]}"
    return _without_umlauts(word)


@lru_cache(maxsize=4096)
def other_spellings(word: str) -> tuple[str, ...]:
    """How else a word may be spelled, by all that is known of how it is spoken: most of these are no words.

    Each has the same canonical form; and the word is among those of each, unless two umlauts of it are typed as two letters.

    Args:
        word: folded.
    """
    if len(word) > _LONGEST:
        return ()
    common = canonical(word)
    found = [each for each in (common, *_with_umlaut(common)) if canonical(each) == common]
    for each in found:  # which grows: `maneuver` becomes `maneuvre`, and that `manoeuvre`
        found += [other for other in _more_british(each) if other not in found and canonical(other) == common]
    return tuple(other for other in found if other != word)


def other_beginnings(word: str) -> tuple[str, ...]:
    """The same for letters that words may begin with; none for few, with which other words begin.

    Args:
        word: folded.
    """
    return other_spellings(word) if len(word) >= _SHORTEST_BEGINNING else ()


def _more_british(word: str) -> Iterator[str]:
    """A word with one more of its endings or stems in British."""
    for american, british in _AMERICAN if _MAY_BE_AMERICAN.search(word) else ():
        for found in american.finditer(word):
            yield f"{word[: found.start(1)]}{british}{word[found.end(1) :]}"


def _without_umlauts(word: str) -> str:
    """A word whose umlauts were typed as two letters as it is folded: `goedel` stands for `gödel`, which is `godel`.

    Short words and those in which the second letter is spoken, `bauer`, `xue`, `michael`, are what they are.
    """
    may_have = len(word) >= _SHORTEST_WITH_UMLAUT and ("oe" in word or "ue" in word or "ae" in word)
    return _UMLAUT.sub(r"\1", word) if may_have else word


def _with_umlaut(word: str) -> Iterator[str]:
    """A folded word with one of its letters as an umlaut that is typed as two: `godel` as `goedel`."""
    for place in _MAY_BE_UMLAUT.finditer(word):
        typed = f"{word[: place.end()]}e{word[place.end() :]}"
        if _without_umlauts(typed) == word:
            yield typed
