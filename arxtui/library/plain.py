"""Plain words: all of them, and where that finds too little, with typos, and then most of them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import tantivy

from arxtui.core.highlighting import Highlights
from arxtui.core.queries import Word
from arxtui.core.queries.plain import Plain, plain
from arxtui.core.typos import edits_for
from arxtui.library.asking import Reading, Step
from arxtui.library.catalogue import Catalogue
from arxtui.library.rewording import Reworded, in_one, in_two
from arxtui.library.spelling import BEGINNING, ENDING, SPELLED, TYPO, Near, as_typed
from arxtui.library.textindex import TextIndex
from arxtui.library.wording import FIELDS, SHORTEST_PREFIX, TITLE_FIELDS, all_of, any_of

_FEW = 20
"""Papers. Where all words find no more, and only somewhere in their texts, others may be meant."""
_STRONG = 0.7  # where the best paper has this much of what was asked for in its title and authors, it is what was meant
_TITLE_ENOUGH = 0.55  # the same where a word is lacking
_MOST = 24
"""Words that are looked for where no paper has all: so many find a reference, and of a page that was pasted they tell enough."""
_MANY_WORDS = 4  # of which one may be wrong although papers have all
_RARE = 2e-4  # the part of all papers up to which a word may be a typo
_RARE_AT_LEAST = 3  # papers
_RATHER = 100
"""Times as many papers as all words find must hold another word for it to be meant: papers hold what nobody mistyped."""
_RATHER_THAN_A_WORD = 10  # times as many as the word itself, where no paper holds all words
_SHORTEST_TYPO_IN_TEXT = 5  # letters: every text holds an `and` for `sand`
_TYPOS = "also matches with typos"
_ENDINGS = "also matches singular and plural"
_LACKING = "no paper has all words: these lack one or more"
_LACKING_ONE = "few papers have all words: also those that lack one"


class Found(NamedTuple):
    """What plain words find.

    Attributes:
        query: which papers, for the text index.
        total: how many.
        first: the numbers of the first of them, best first.
        note: how it was understood, where that may surprise; else None.
        highlights: what to highlight.
    """

    query: tantivy.Query
    total: int
    first: array[int]
    note: str | None
    highlights: Highlights


class PlainWords:
    """A search for plain words.

    Args:
        index: where.
        catalogue: for the rows of candidates.
        words: folded, as typed.
        scope: what papers must match besides.
        typed: all words in their order, those that stand twice as well.
        typing: the last word is being typed. It may be the beginning of a longer one in any case.
    """

    def __init__(
        self,
        index: TextIndex,
        catalogue: Catalogue,
        words: Sequence[str],
        scope: Sequence[tantivy.Query],
        *,
        typed: Sequence[str] = (),
        typing: bool = False,
    ) -> None:
        self._index, self._catalogue, self._scope, self._typing = index, catalogue, scope, typing
        self._typed, self._plain = tuple(typed), plain(words)
        self._rare = max(_RARE_AT_LEAST, round(index.total() * _RARE))

    @property
    def _many(self) -> bool:
        return len(self._plain.words) >= _MANY_WORDS

    def find(self) -> Found:
        """Search."""
        words, years, last = self._plain
        if len(words) == 1 and not years and not self._scope:
            # Every search begins with one word, often the same: for "a" or "the", millions of papers are looked through.
            return self._index.kept(f"{words[0]} {last} {self._typing}", self._find)
        return self._find()

    def _find(self) -> Found:
        as_typed = self._reading()
        exact = as_typed.exactly()
        if 0 < exact.total <= max(_FEW, self._rare) and not self._many:
            # Words that are not held are still being typed.
            whole = all(map(self._index.papers_with, self._plain.words))
            two = in_two(self._plain.words, self._index, self._rare) if whole else None
            if two is not None and (both := self._also(exact, two)):
                return both
        if exact.coverage >= _STRONG:
            return self._found(as_typed, exact, None)
        if exact.total:
            # Nobody mistypes a word so that it stands with three others in a paper.
            other = as_typed if self._many else self._reading(self._meant(known=exact.total))
            also = other.exactly() if other.near else exact
            if also.total > exact.total:
                return self._standing(other, also, before=exact)
            return self._standing(as_typed, exact)
        if len(self._plain.words) > _MOST:
            return self._of_fewer()
        one = in_one(self._plain.words, self._index)
        if one is not None and (reworded := self._reworded(one, _STRONG)):
            return reworded
        meant = self._meant(known=0)
        other = self._reading(meant)
        step = other.exactly() if meant else exact
        if meant and step.total <= _FEW and not self._many:
            # So that a typo finds what the right spelling would.
            other = self._reading({**self._endings(), **meant})
            step = other.exactly()
        if step.total > _FEW or step.coverage >= _STRONG:
            return self._standing(other, step)
        two = in_two(self._plain.words, self._index, self._rare)
        if two is not None and (reworded := self._reworded(two, 0.0)):
            return reworded
        return self._standing(other, step) if step.total else self._relaxed(other, step)

    def _of_fewer(self) -> Found:
        """What the words find that tell most, those that fewest papers hold: each more takes its time."""
        words = self._plain.words
        held = {word: self._index.papers_with(word) for word in words}
        telling = set(sorted(filter(held.get, words), key=lambda word: held[word])[:_MOST])
        if not telling:
            telling = set(words[:_MOST])
        kept = [word for word in words if word in telling]
        found = PlainWords(self._index, self._catalogue, (*self._plain.years, *kept), self._scope).find()
        told = f"of {len(words):,} words the {len(kept)} that tell most"
        return found._replace(note=f"{told}, {found.note}" if found.note else told)

    def _reading(self, near: Mapping[str, Mapping[str, Near]] | None = None) -> Reading:
        """The words, or those that may have been meant by them."""
        return Reading(
            self._index,
            self._catalogue,
            self._plain,
            self._scope,
            typed=self._typed,
            typing=self._typing,
            near=near or {},
        )

    def _meant(self, *, known: int) -> dict[str, Mapping[str, Near]]:
        """What may have been meant, by the word typed.

        Args:
            known: how many papers hold all words as they stand.
        """
        meant = dict[str, Mapping[str, Near]]()
        for word in self._plain.words:
            held = self._index.papers_with(word)
            others = self._like(word) if held <= self._rare else {}
            most = max((other.held for other in others.values()), default=0)
            if most > max(known * _RATHER, held * _RATHER_THAN_A_WORD):
                meant[word] = others if held else as_typed(others)
        # Among many words, those that lack the one with another ending are found as well, in half the time.
        return meant if meant or known > _FEW or self._many else self._endings()

    def _endings(self) -> dict[str, Mapping[str, Near]]:
        """The plurals and singulars of the words, by the word typed."""
        others_of = {word: self._index.other_number(word) for word in self._plain.words}
        return {word: others for word, others in others_of.items() if others}

    def _like(self, word: str) -> Mapping[str, Near]:
        """What a word that nearly no paper holds may stand for."""
        edits, goes_on = edits_for(word), self._plain.goes_on(word)
        fields = SPELLED if len(word) >= _SHORTEST_TYPO_IN_TEXT else TITLE_FIELDS
        near = self._index.near(word, edits, fields, unfinished=goes_on) if edits else {}
        if any(other.likeness == TYPO and other.held > self._rare for other in near.values()):
            # With one edit it is a word that papers hold: nobody need have mistyped twice.
            near = {text: other for text, other in near.items() if other.likeness >= TYPO * BEGINNING}
        if not goes_on and len(word) >= SHORTEST_PREFIX:
            near = {**self._index.longer(word), **near}
        return near

    def _reworded(self, to: Reworded, coverage: float) -> Found | None:
        """What the words put in another way find, where titles and names account for so much of them."""
        reading, words = self._in_other_words(to)
        exact = reading.exactly()
        if not exact.total or exact.coverage < coverage:
            return None
        return self._found(reading, exact, f"taken {to.note}", words=words, forgiving=True)

    def _also(self, exact: Step, to: Reworded) -> Found | None:
        """What the words find, and behind it what they find put in another way, where that is much more."""
        reading, _ = self._in_other_words(to)
        step = reading.exactly()
        if step.total < exact.total * _RATHER_THAN_A_WORD:
            return None
        query = any_of([exact.query, step.query])
        step = step._replace(query=query, total=self._index.count(query))
        words = plain((*self._plain.years, *to.words, *self._plain.words))
        return self._found(reading, step, f"also {to.note}", exact, words=words)

    def _in_other_words(self, to: Reworded) -> tuple[Reading, Plain]:
        follow = [self._index.wording.phrase(two, FIELDS.values()) for two in to.parts]
        words, scope = plain((*self._plain.years, *to.words)), (*self._scope, *follow)
        return Reading(self._index, self._catalogue, words, scope, typing=self._typing), words

    def _standing(self, reading: Reading, step: Step, *, before: Step | None = None) -> Found:
        """What all words find; where they find few, also what lacks one of many.

        Args:
            reading: of the words.
            step: all words, as they stand or as they may have been meant.
            before: what comes first, for it holds the words as they stand.
        """
        note = _told(reading)
        few = step.total <= _FEW or reading.near
        if few and step.coverage < _STRONG and self._many:
            # All words stand in a text. Only a title that lacks but one of them is more likely to be meant.
            most = reading.lacking_in_title(step)
            if most is not step and most.coverage >= _TITLE_ENOUGH and most.merit >= step.merit:
                return self._found(reading, most, f"{_LACKING_ONE}, {note}" if note else _LACKING_ONE)
        return self._found(reading, step, note, before)

    def _relaxed(self, reading: Reading, found: Step) -> Found:
        """What has most of the words, or more typos, where nothing has all of them."""
        with_typos = f"{_LACKING}, {_TYPOS}"
        lacking = with_typos if _told(reading) == _TYPOS else _LACKING
        note = None
        for relax, told, enough in (
            (reading.lacking_in_title, lacking, _TITLE_ENOUGH),
            (reading.lacking_with_typos, with_typos, _TITLE_ENOUGH),
            (reading.lacking, lacking, _STRONG),
            (reading.with_far_typos, _TYPOS, _STRONG),
        ):
            step = relax(found)
            if step.merit > found.merit:
                found, note = step, told
            if found.coverage >= enough:
                break
        return self._found(reading, found, note, forgiving=True)

    def _found(
        self,
        reading: Reading,
        step: Step,
        note: str | None,
        before: Step | None = None,
        *,
        words: Plain | None = None,
        forgiving: bool = False,
    ) -> Found:
        words = words or self._plain
        first = dict.fromkeys(match.number for best in (before, step) if best for match in best.best)
        leaves = [Word(word, prefix=word == words.last) for word in (*words.words, *words.years)]
        leaves += [Word(text) for others in reading.near.values() for text in others]
        unmet = [year for year in words.years if step.total and self._is_unmet(year, step)]
        told = [f"none is of {' or '.join(unmet)}"] if unmet else []
        note = ", ".join([note, *told] if note else told) or None
        return Found(step.query, step.total, array("q", first), note, Highlights(leaves, forgiving=forgiving))

    def _is_unmet(self, year: str, step: Step) -> bool:
        """Whether none of the papers found is of a year that was typed."""
        if year in step.years:
            return False
        of_year = all_of([step.query, self._index.conditions.fact(year)])
        return step.total <= len(step.best) or not self._index.count(of_year)


def _told(reading: Reading) -> str | None:
    """What is to be told of all words."""
    others = [word.likeness for near in reading.near.values() for word in near.values()]
    return (_TYPOS if any(likeness != ENDING for likeness in others) else _ENDINGS) if others else None
