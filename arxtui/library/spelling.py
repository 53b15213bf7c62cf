"""The words papers hold that are like one that was typed: what it may stand for where it holds a typo."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from arxtui.core.spellings import other_spellings

TYPO, BEGINNING, ENDING = 0.75, 0.85, 0.85
"""What part a word counts of the one typed: with a typo (less for a second one), as the beginning of it, and in the
singular for the plural."""

SPELLED = ("title", "authors", "abstract")
"""Fields of the index whose words are known: the comments hold few others."""

_TYPOS, _BEGUN = TYPO * 0.6, TYPO * BEGINNING
_LONG = 8  # letters, from which on one more at the beginning is taken to be right
_ENOUGH = 20
"""Papers. Where so many hold what one edit makes of a long word, nothing is looked for that begins in another way."""
_SURE, _SURE_OF_LONG = 3, 4
"""Letters that a word shares with those it is compared with; in these, one typo is looked for by trying all there are.
So a word is compared with a few hundred of all, for a millisecond or two, however many papers there are."""
_SHORTEST_UNFINISHED = 5  # letters; of fewer, too many words begin so or nearly so
_SHORTEST_WITH_ENDING = 4
_GO_ON = 3  # words, the commonest, that may go on where the one typed may, and may be spelled otherwise
_MOST = 40  # words of each kind, the commonest
_ALL = 1_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Near(NamedTuple):
    """A word that may have been meant.

    Attributes:
        likeness: how well it stands for the word typed, from 0 to 1.
        papers: how many papers hold it, by the field of the index.
    """

    likeness: float
    papers: Mapping[str, int]

    @property
    def held(self) -> int:
        """By how many papers, about."""
        return max(self.papers.values())


def as_typed(near: Mapping[str, Near]) -> dict[str, Near]:
    """What may have been meant by a word that no paper holds: the most likely counts as if it had been typed."""
    most = max((word.likeness for word in near.values()), default=1.0)
    return {text: Near(word.likeness / most, word.papers) for text, word in near.items()}


class Spelling:
    """Looks words up among those of an index.

    Args:
        terms: the commonest terms of a field that begin so, a number of them at the most, and how many papers have each.
        held: those of some terms that a field has, and how many papers hold each.
    """

    def __init__(
        self,
        terms: Callable[[str, str, int], Mapping[str, int]],
        held: Callable[[str, Iterable[str]], Mapping[str, int]],
    ) -> None:
        self._terms, self._held = terms, held

    def near(
        self, word: str, edits: int, fields: tuple[str, ...] = SPELLED, *, unfinished: bool = False
    ) -> dict[str, Near]:
        """The words that so many edits at the most make of one, but not the word itself.

        Args:
            word: folded.
            edits: letters left out, put in, changed, or swapped with the next one; 1 or 2.
            fields: of the index.
            unfinished: longer words are like it as well whose beginning is.
        """
        long = len(word) >= _LONG
        sure = _SURE_OF_LONG if long else _SURE
        begun = self._beginning(word[:sure], fields)
        distances = _within(word, list(begun), edits)
        found = {name: Near(TYPO, begun[name]) for name, distance in distances.items() if distance == 1}
        far = {name: Near(_TYPOS, begun[name]) for name, distance in distances.items() if distance == 2}
        if not (long and any(other.held >= _ENOUGH for other in found.values())):
            odd = list(dict.fromkeys(_with_an_edit(word, sure)))
            found |= {name: Near(TYPO, papers) for name, papers in self._known(odd, fields).items()}
            if edits == 2 and not far and not found:
                for beginning in dict.fromkeys(name[:sure] for name in odd):
                    others = self._beginning(beginning, fields)
                    far |= {name: Near(_TYPOS, others[name]) for name in _within(word, list(others), 2)}
        likeliest = dict(heapq.nlargest(_GO_ON, (found or far).items(), key=lambda item: item[1].held))
        spelled = {
            text: Near(near.likeness, papers)
            for name, near in likeliest.items()
            for text, papers in self._known(other_spellings(name), fields).items()
        }
        longer: dict[str, Near] = {}
        if unfinished:
            for name in likeliest if found else ():
                more = self._beginning(name, fields)
                longer |= {each: Near(_BEGUN, papers) for each, papers in more.items() if each != name}
        if unfinished and len(word) >= _SHORTEST_UNFINISHED:
            for length in (len(word) - 1, len(word), len(word) + 1):
                near = _within(word, list({name[:length] for name in begun if len(name) > length}), 1)
                longer |= {name: Near(_BEGUN, begun[name]) for name in begun if name[:length] in near}
        kept = _commonest(far) | _commonest(longer) | spelled | _commonest(found)
        kept.pop(word, None)
        return kept

    def longer(self, word: str) -> dict[str, Near]:
        """The commonest words that begin with one."""
        begun = self._beginning(word, SPELLED)
        begun.pop(word, None)
        return _commonest({name: Near(TYPO, papers) for name, papers in begun.items()})

    def other_number(self, word: str) -> dict[str, Near]:
        """The plural of a word, or its singular, where papers hold it, however spelled."""
        if len(word) < _SHORTEST_WITH_ENDING or not word.isalpha():
            return {}
        spellings = (word, *other_spellings(word))
        known = self._known(list(dict.fromkeys(chain.from_iterable(map(_other_endings, spellings)))), SPELLED)
        return {name: Near(ENDING, papers) for name, papers in known.items()}

    def _beginning(self, letters: str, fields: tuple[str, ...]) -> dict[str, dict[str, int]]:
        """The words that begin so, and how many papers hold each in each field."""
        return _by_word({field: self._terms(field, letters, _ALL) for field in fields})

    def _known(self, words: Sequence[str], fields: tuple[str, ...]) -> dict[str, dict[str, int]]:
        """Those of some words that papers hold, and how many hold each in each field."""
        return _by_word({field: self._held(field, words) for field in fields})


def _by_word(by_field: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for field, words in by_field.items():
        for word, papers in words.items():
            found.setdefault(word, {})[field] = papers
    return found


def _within(word: str, names: Sequence[str], edits: int) -> dict[str, int]:
    """Those of some names that so many edits at the most make of a word, and how many."""
    from rapidfuzz import process  # not before it is needed: importing it takes longer than most commands
    from rapidfuzz.distance import OSA

    found = process.extract(word, names, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return {name: int(distance) for name, distance, _ in found}


def _commonest(near: Mapping[str, Near]) -> dict[str, Near]:
    if len(near) <= _MOST:
        return dict(near)
    return dict(heapq.nlargest(_MOST, near.items(), key=lambda item: (item[1].held, item[0])))


def _with_an_edit(word: str, sure: int) -> Iterator[str]:
    """What a word may be whose typo is among its first letters."""
    for at in range(min(sure, len(word))):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        yield before + after
        if after:
            yield before + after[0] + letter + after[1:]
        for other in _LETTERS:
            yield before + other + letter + after
            if other != letter:
                yield before + other + after


def _other_endings(word: str) -> Iterator[str]:
    """How a word may end in the plural, or, where it may be one, in the singular."""
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield word[:-2]
    if word.endswith("s"):
        if not word.endswith(("ss", "us", "is")):
            yield word[:-1]
        return
    if word.endswith("y"):
        yield f"{word[:-1]}ies"
    yield f"{word}es" if word.endswith(("x", "z", "ch", "sh")) else f"{word}s"
