"""Plain words: all of them, and where that finds too little, with typos, and then most of them."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Sequence
from typing import NamedTuple

import tantivy

from arxtui.core.highlighting import Highlights
from arxtui.core.queries import Word
from arxtui.core.queries.plain import SHORTEST_LAST, plain
from arxtui.core.typos import edits_for
from arxtui.library.catalogue import Catalogue
from arxtui.library.ranking import Asked, Match, ranked, rarity
from arxtui.library.rewording import Reworded, in_one, in_two
from arxtui.library.textindex import TextIndex
from arxtui.library.textschema import COMMONEST, lacking
from arxtui.library.wording import (
    FIELDS,
    SHORTEST_PREFIX,
    TITLE_FIELDS,
    Clause,
    all_of,
    any_of,
    most_of,
)

_TEXTS = (*TITLE_FIELDS, "abstract")
"""Where typos are forgiven once titles and names hold none."""

CANDIDATES = 200
"""The best in the eyes of the text index, which are put in order by what their rows say."""

_CANDIDATES_OF_ALL = 100
"""The same where papers hold all words as they stand: what was meant stands further up then."""

_FEW = 20
"""Papers. Where all words find no more, and only somewhere in their texts, others may be meant."""
_STRONG = 0.7  # where the best paper has this much of what was asked for in its title and authors, it is what was meant
_TITLE_ENOUGH = 0.55  # the same where a word is lacking
_WORDS_TO_LACK_ONE = 3  # of fewer words none is let off as long as typos explain it
_MANY_WORDS = 4  # of which one may be wrong although papers have all
_COMMON = 0.3  # the part of all papers from which on a word tells nothing
_COMMON_AT_LEAST = 10_000  # papers; to look through fewer takes no time
_RARE = 2e-4  # the part of all papers up to which a word may be a typo
_RARE_AT_LEAST = 3  # papers
_SHORTEST_TYPO_IN_TEXT = 5  # letters: every text holds an `and` for `sand`
_TYPOS = "also matches with typos"
_LACKING = "no paper has all words: these lack one or more"
_LACKING_WITH_TYPOS = f"{_LACKING}, also with typos"
_YEAR_ALONE = 0.1  # what a paper counts for being of the year that was typed: less than for any word


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


class _Step(NamedTuple):
    """One way to ask, and the best of what it finds.

    Attributes:
        query: what was asked.
        total: how many papers it finds.
        best: the best of them.
        exact: all of them hold all words, and there are some.
    """

    query: tantivy.Query
    total: int
    best: list[Match]
    exact: bool

    @property
    def merit(self) -> float:
        return self.best[0].merit if self.best else 0.0

    @property
    def coverage(self) -> float:
        return self.best[0].coverage if self.best else 0.0


class PlainWords:
    """A search for plain words.

    Args:
        index: where.
        catalogue: for the rows of candidates.
        words: folded, as typed.
        scope: what papers must match besides.
        typing: the last word is being typed. It may be the beginning of a longer one in any case.
    """

    def __init__(
        self,
        index: TextIndex,
        catalogue: Catalogue,
        words: Sequence[str],
        scope: Sequence[tantivy.Query],
        *,
        typing: bool = False,
    ) -> None:
        self._index, self._catalogue, self._scope, self._typing = index, catalogue, scope, typing
        self._wording = index.wording
        self._plain = plain(words)
        self._words, self._years, self._last = self._plain
        # Counted once for a search: each count is a query of its own.
        self._held = [index.papers_with(word) for word in self._words]
        self._asked = asked_for(
            self._words, self._held, index.total(), years=self._years, unfinished=self._last is not None
        )
        common = max(_COMMON_AT_LEAST, index.total() * _COMMON)
        self._common = frozenset(
            word for word, held in zip(self._words, self._held, strict=True) if held > common
        )
        self._rare = max(_RARE_AT_LEAST, round(index.total() * _RARE))

    def find(self) -> Found:
        """Search."""
        if len(self._words) == 1 and not self._years and not self._scope:
            # Every search begins with one word, often the same: for "a" or "the", millions of papers are looked through.
            return self._index.kept(f"{self._words[0]} {self._last} {self._typing}", self._find)
        return self._find()

    def _find(self) -> Found:
        exact = self._exactly()
        if exact.total > _FEW or exact.coverage >= _STRONG:
            return self._found(exact, None)
        if exact.total:
            # All words stand in a text. Only a title that lacks but one of them is more likely to be meant.
            most = self._lacking_in_title(exact) if len(self._words) >= _MANY_WORDS else exact
            if most is exact or most.coverage < _TITLE_ENOUGH or most.merit < exact.merit:
                return self._found(exact, None)
            return self._found(most, "few papers have all words: also those that lack one")
        one = in_one(self._words, self._index)
        if one is not None and (reworded := self._reworded(one).as_they_stand(one.note, _STRONG)):
            return reworded
        typos = self._with_typos(exact)
        if typos.coverage >= _STRONG:
            return self._found(typos, _TYPOS)
        two = in_two(self._words, self._index)
        if two is not None and (reworded := self._reworded(two).as_they_stand(two.note, 0.0)):
            return reworded
        few = len(self._words) < _WORDS_TO_LACK_ONE
        if few and (in_texts := self._with_typos_in_texts()):
            return self._found(in_texts, _TYPOS)
        found, note = (typos, _TYPOS) if typos.merit > exact.merit else (exact, None)
        for relax, told, enough in (
            (self._lacking_in_title, _LACKING, _TITLE_ENOUGH),
            (self._lacking_with_typos, _LACKING_WITH_TYPOS, _TITLE_ENOUGH),
            (self._lacking, _LACKING, _STRONG),
            (self._with_far_typos, _TYPOS, _STRONG),
        ):
            step = relax(found)
            if step.merit > found.merit:
                found, note = step, told
            if found.coverage >= enough:
                break
        # Most papers of some files have no title that a typo could stand in, and to hold all words is more than to lack one.
        if not few and found.coverage < _TITLE_ENOUGH and (in_texts := self._with_typos_in_texts()):
            return self._found(in_texts, _TYPOS)
        return self._found(found, note)

    def _exactly(self) -> _Step:
        begun = self._begun()
        asked = [word for word in self._words if word != begun]
        if self._common.issuperset(asked):
            # One has to be looked for, with a score, so that the newer come first.
            clauses = [
                (tantivy.Occur.Must, tantivy.Query.const_score_query(self._wording.spelled(asked[0]), 1.0))
            ]
            clauses += map(self._holding, asked[1:])
        else:
            clauses = [self._holding(word) for word in asked]
        if asked[-1] == self._last and self._last in self._common:
            clauses.append((tantivy.Occur.Should, self._wording.beginning(self._last)))
        if begun is not None and begun not in self._common:
            clauses.append((tantivy.Occur.Should, self._wording.spelled(begun)))
        return self._step(clauses, self._asked._replace(forgiving=False), known=True)

    def _begun(self) -> str | None:
        """The last word, where it is not asked for: a letter behind others may just have been begun."""
        last = self._last
        if last is None or len(self._words) == 1 or len(last) > SHORTEST_LAST:
            return None
        # Of two letters that most papers hold as a word nothing is told, and longer words begin with them.
        return last if last in self._common or (self._typing and len(last) < SHORTEST_LAST) else None

    def _holding(self, word: str) -> Clause:
        """What asks for a word as it stands, or, of the last one, for its beginning."""
        if word not in self._common:
            ways = [
                self._wording.spelled(word),
                *([self._wording.beginning(word)] if self._plain.goes_on(word) else []),
            ]
            if self._plain.only_year:  # whoever types nothing else means the year as well
                of_year = self._index.conditions.fact(word)
                ways.append(tantivy.Query.const_score_query(of_year, _YEAR_ALONE))
            return tantivy.Occur.Must, any_of(ways)
        # To work out how much "of" counts in each of millions of papers takes a fifth of the time, and tells nothing.
        # To look for it in the lists of all papers that hold it takes several times as long as for what lacks it.
        if word in COMMONEST:
            return tantivy.Occur.MustNot, self._index.conditions.fact(lacking(word))
        return tantivy.Occur.Must, tantivy.Query.const_score_query(self._wording.spelled(word), 0.0)

    def as_they_stand(self, note: str, coverage: float) -> Found | None:
        """The papers that hold all words, where titles and names account for so much of them.

        Args:
            note: what to say of them.
            coverage: from 0 to 1.
        """
        exact = self._exactly()
        return self._found(exact, note) if exact.total and exact.coverage >= coverage else None

    def _reworded(self, to: Reworded) -> PlainWords:
        """The same search with its words put in another way."""
        follow = [self._wording.phrase(two, FIELDS.values()) for two in to.parts]
        given, scope = (*self._years, *to.words), (*self._scope, *follow)
        return PlainWords(self._index, self._catalogue, given, scope, typing=self._typing)

    def _forgiving(self, edits: int, *, only: Collection[str]) -> list[tantivy.Query]:
        """For every word what finds it, for some of them also with typos and as a beginning."""
        clauses = []
        for word in self._words:
            ways = [self._wording.word(word)]
            if word in only and len(word) >= SHORTEST_PREFIX:
                ways.append(self._wording.beginning(word))
            if word in only and edits_for(word):
                ways.append(self._wording.typo(word, min(edits, edits_for(word))))
            clauses.append(any_of(ways))
        return clauses

    def _with_typos(self, before: _Step) -> _Step:
        # What many papers hold is no typo, or one that only the others can tell.
        odd = self._odd()
        return self._all(self._forgiving(1, only=odd)) if odd else before

    def _odd(self) -> list[str]:
        """The words that so few papers hold that they may be typos."""
        return [word for word, held in zip(self._words, self._held, strict=True) if held <= self._rare]

    def _with_typos_in_texts(self) -> _Step | None:
        """With a typo anywhere, where that finds anything."""
        odd = [word for word in self._odd() if edits_for(word) and len(word) >= _SHORTEST_TYPO_IN_TEXT]
        if not odd:
            return None
        ways = []
        for word in self._words:
            typos = [self._wording.typo(word, 1, fields=_TEXTS)] if word in odd else []
            longer = [self._wording.beginning(word)] if self._plain.goes_on(word) else []
            ways.append(any_of([self._wording.word(word), *typos, *longer]))
        found = self._step([(tantivy.Occur.Must, way) for way in ways], self._asked, held=True)
        return found if found.total else None

    def _with_far_typos(self, before: _Step) -> _Step:
        """With two edits in long words, which takes several times as long to look for."""
        if all(edits_for(word) < 2 for word in self._words):
            return before
        return self._all(self._forgiving(2, only=self._words))

    def _lacking_in_title(self, before: _Step) -> _Step:
        clauses = [self._wording.word(word, TITLE_FIELDS) for word in self._telling()]
        return self._most(before, clauses, lacking=1, also=(before.query,) if before.exact else ())

    def _lacking_with_typos(self, before: _Step) -> _Step:
        return self._most(before, self._forgiving(1, only=self._words))

    def _lacking(self, before: _Step) -> _Step:
        return self._most(before, [self._wording.word(word) for word in self._telling()])

    def _telling(self) -> list[str]:
        """The words without those that many papers hold, or all where there are no others: "of" tells nothing."""
        return [word for word in self._words if word not in self._common] or list(self._words)

    def _all(self, clauses: Sequence[tantivy.Query]) -> _Step:
        return self._step([(tantivy.Occur.Must, clause) for clause in clauses], self._asked)

    def _holders(self, candidates: Sequence[tuple[int, float]]) -> list[frozenset[int]]:
        """For every word those candidates that hold it, anywhere."""
        among = self._index.conditions.of_papers(number for number, _ in candidates)
        asked = [all_of([among, self._wording.word(word)]) for word in self._words]
        return [frozenset(number for number, _ in self._index.best(query, CANDIDATES)[1]) for query in asked]

    def _most(
        self,
        before: _Step,
        clauses: Sequence[tantivy.Query],
        *,
        lacking: int = sys.maxsize,
        also: Sequence[tantivy.Query] = (),
    ) -> _Step:
        """As many of the words as any paper has.

        Args:
            before: what was found with less forgiven, for the case that this finds nothing.
            clauses: a query for each word.
            lacking: how many words may be lacking.
            also: what else is found.
        """
        count = len(clauses)
        low = max(count - lacking, 1)
        least = high = count - 1
        best = before
        while low <= high:
            found = self._all([any_of([most_of(clauses, least), *also])])
            if found.total:
                best, low = found, least + 1
            else:
                high = least - 1
            # What holds many of them holds fewer, too: of a whole abstract that was pasted, few numbers need be asked.
            least = (low + high + 1) // 2
        return best

    def _step(
        self, clauses: Sequence[Clause], asked: Asked, *, known: bool = False, held: bool = False
    ) -> _Step:
        """Ask.

        Args:
            clauses: what must hold.
            asked: what to rank by.
            known: all papers that are found hold all words as they stand.
            held: they do, or with typos.
        """
        scope = [(tantivy.Occur.Must, query) for query in self._scope]
        hints = [(tantivy.Occur.Should, self._wording.year(year)) for year in self._years]
        query = tantivy.Query.boolean_query([*clauses, *hints, *scope])
        total, candidates = self._index.best(query, _CANDIDATES_OF_ALL if known else CANDIDATES)
        rows = self._catalogue.rows(number for number, _ in candidates)
        holders = (
            [frozenset(rows)] * len(self._words)
            if known or held
            else self._holders(candidates)
            if candidates
            else []
        )
        return _Step(query, total, ranked(asked, candidates, rows, holders), known and total > 0)

    def _found(self, step: _Step, note: str | None) -> Found:
        first = array("q", (match.number for match in step.best))
        leaves = [Word(word, prefix=word == self._last) for word in (*self._words, *self._years)]
        return Found(step.query, step.total, first, note, Highlights(leaves, forgiving=note is not None))


def asked_for(
    words: Sequence[str],
    held: Sequence[int],
    total: int,
    *,
    years: Sequence[str] = (),
    unfinished: bool = False,
    forgiving: bool = True,
) -> Asked:
    """What to put candidates in order by.

    Args:
        words: folded.
        held: by how many papers each of them is held.
        total: how many papers there are.
        years: years that were named.
        unfinished: the last word may go on.
        forgiving: whether typos count.
    """
    rarities = tuple(rarity(papers, total) for papers in held)
    return Asked(tuple(words), rarities, unfinished, tuple(years), forgiving)
