"""Names of authors taken apart, and put together again.

arXiv writes `A. B. von Name Jr. (Institute)`; other formats want family name and the rest apart. What is no person's name, a
collaboration's say, stays in one piece. The rule for particles is BibTeX's: small words before the last name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from arxtui.core.display import clean
from arxtui.core.exchange.plain import plain
from arxtui.core.papers import Paper

OTHERS = "et al."
"""The name that stands for those who are not named."""

_GROUP = re.compile(
    r"\b(?:collaborations?|consortium|team|group|project|society|committee|working|university|institute|laboratory|network"
    r"|experiment|council|foundation|initiative|alliance|center|centre)\b|\bon behalf of\b|\bfor the\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:and\s+)?(?:et\.?\s+al\.?|others|\.\.\.)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|II|III|IV", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s]+")
_CAPITAL_PARTICLES = frozenset("De Del Della Di Da Du Van Von Der Den Dos La Le St. Saint".split())
_PAIR = re.compile(r"(?P<part>[A-Za-z]+(?:-i)?)\s*=\s*(?P<text>.*)")
_BRACED = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")


class Name(NamedTuple):
    """The parts of a name; each may be empty.

    Attributes:
        family: the name that lists are sorted by; all of it where it is no person's.
        given: what stands before it, initials or names.
        particle: small words that belong to the family name: `van der`.
        suffix: `Jr.`, `III`.
        whole: whether it is no person's name, and all of it in `family`.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    whole: bool = False


def names_of(paper: Paper) -> Iterator[Name]:
    """The authors of a paper, without their affiliations; `OTHERS` last where the list is cut short."""
    # A colon stands behind a collaboration whose members follow.
    bare = (without_affiliation(clean(text)).rstrip(" :") for text in _whole(paper.authors))
    names = (split_name(name) for name in bare if name)
    return (name for name in names if name.family)


def _whole(authors: Iterable[str]) -> list[str]:
    """Authors, of which none is a suffix or a sign alone, `Jr.` or the colon behind a collaboration: that belongs to the one before."""
    whole: list[str] = []
    for name in authors:
        if whole and _SIGNS.fullmatch(name):
            whole[-1] += name
        elif whole and _SUFFIX.fullmatch(name):
            whole[-1] += f" {name}"
        else:
            whole.append(name)
    return whole


def without_affiliation(name: str) -> str:
    """A name without what stands in parentheses behind it; all of it where nothing else would be left."""
    return (name.partition("(")[0].rstrip() if name.endswith(")") else name) or name


def split_name(name: str) -> Name:
    """Take a name apart.

    Args:
        name: one name as arXiv writes it, given names first, without affiliation; TeX.
    """
    if _OTHERS.fullmatch(name):
        return Name(OTHERS, whole=True)
    if _BRACED.fullmatch(name):
        return Name(name[1:-1].strip(), whole=True)
    words = _words(name)
    lower = [word.lower() for word in words]
    if _GROUP.search(name) or "and" in lower or "," in name or not words:
        return Name(name, whole=True)
    suffix = words.pop() if len(words) > 1 and _SUFFIX.fullmatch(words[-1].rstrip(",")) else ""
    last = len(words) - 1
    small = [place for place in range(last) if _is_small(words[place])]
    if small and small[0] == 0 and (_is_small(words[last]) or last - len(small) > 0):
        small = small[1:]  # the first of several words is a given name however it is written
    if small:
        start, particle = small[-1] + 1, small[0]
    else:
        start = last
        while start > 1 and words[start - 1] in _CAPITAL_PARTICLES:
            start -= 1
        particle = start
    return Name(" ".join(words[start:]), " ".join(words[:particle]), " ".join(words[particle:start]), suffix)


def _is_small(word: str) -> bool:
    letters = [letter for letter in plain(word) if letter.isalpha()]
    return bool(letters) and letters[0].islower()


def _words(name: str) -> list[str]:
    r"""The words of a name; blanks in braces and behind a command (`\c Celik`) part none."""
    words, depth, start = [], 0, 0
    for match in re.finditer(r"\\[A-Za-z]+\s*|\\[`'^\"~=.]\s*|\\.|[{}]|\s+", name):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif match[0].isspace() and depth <= 0:
            words.append(name[start : match.start()])
            start = match.end()
    return [word for word in [*words, name[start:]] if word]


def joined(name: Name) -> str:
    """A name as arXiv writes it, given names first, fit to stand in a list that commas divide."""
    text = " ".join(part for part in (name.given, name.particle, name.family, name.suffix) if part)
    divided = re.search(r"[,;(){}]|(?:^|\s)and(?:\s|$)", text, re.IGNORECASE)
    return f"{{{_even(text)}}}" if divided and (name.whole or "," in text or ";" in text) else text


def _even(text: str) -> str:
    """A text whose braces and parentheses do not upset a list of names: without any where they do not match."""
    depth = 0
    for sign in re.findall(r"[(){}]", text):
        depth += 1 if sign in "({" else -1
        if depth < 0:
            break
    return re.sub(r"[(){}]", "", text) if depth else text


def from_last_first(text: str) -> Name:
    """Take apart a name as BibTeX and RIS write it: `von Last, Jr, First`, `Last, First, Jr` or `First von Last`.

    BibLaTeX also writes `family=Last, given=First, prefix=von, useprefix=true`.

    Args:
        text: one name, TeX; braces around all of it say that it is no person's.
    """
    text = clean(text)
    if text.lower() == "others":
        return Name(OTHERS, whole=True)
    parts = _parts(text)
    if named := _named(parts):
        return named
    if len(parts) == 1:
        return split_name(text)
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return split_name(parts[0])._replace(suffix=parts[1])  # as people write it, `First von Last, Jr.`
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[1]):
        suffix, given = parts[1], " ".join(parts[2:])
    elif len(parts) > 2:
        suffix, given = parts[2], " ".join([parts[1], *parts[3:]])
    else:
        suffix, given = "", parts[1]
    words = _words(parts[0])
    small = 0
    while small < len(words) - 1 and _is_small(words[small]):
        small += 1
    return Name(" ".join(words[small:]), given, " ".join(words[:small]), suffix)


def _named(parts: list[str]) -> Name | None:
    """A name whose parts are called by their names (biblatex manual, section 3.4); None where they are not."""
    pairs = [_PAIR.fullmatch(part) for part in parts]
    told = {pair["part"].lower(): pair["text"].strip('"') for pair in pairs if pair}
    if len(told) < len(parts) or "family" not in told:
        return None
    return Name(told["family"], told.get("given", ""), told.get("prefix", ""), told.get("suffix", ""))


def _parts(text: str) -> list[str]:
    """A text divided at its commas, but not inside braces."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[{},]", text):
        if match[0] == ",":
            if depth <= 0:
                parts.append(text[start : match.start()].strip())
                start = match.end()
        else:
            depth += 1 if match[0] == "{" else -1
    return [*parts, text[start:].strip()]
