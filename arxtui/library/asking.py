"""One reading of plain words: which papers hold all of them, or most, and which of those are the best."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import tantivy

from arxtui.core.queries.plain import SHORTEST_LAST, Plain
from arxtui.core.typos import edits_for
from arxtui.library.catalogue import Catalogue
from arxtui.library.ranking import Asked, Match, ranked, rarity
from arxtui.library.spelling import Near
from arxtui.library.textindex import TextIndex
from arxtui.library.textschema import COMMONEST, lacking
from arxtui.library.wording import (
    SHORTEST_PREFIX,
    TITLE_FIELDS,
    WEIGHTS,
    Clause,
    all_of,
    any_of,
    most_of,
)

CANDIDATES = 200
"""The best in the eyes of the text index, which are put in order by what their rows say."""

_CANDIDATES_OF_ALL = 100
"""The same where papers hold all words as they stand: what was meant stands further up then."""

_COMMON = 0.3  # the part of all papers from which on a word tells nothing
_COMMON_AT_LEAST = 10_000  # papers; to look through fewer takes no time
_YEAR_ALONE = 0.1  # what a paper counts for being of the year that was typed: less than for any word


class Step(NamedTuple):
    """One way to ask, and the best of what it finds.

    Attributes:
        query: what was asked.
        total: how many papers it finds.
        best: the best of them.
        exact: all of them hold all words, and there are some.
        years: those of the best.
    """

    query: tantivy.Query
    total: int
    best: list[Match]
    exact: bool
    years: frozenset[str]

    @property
    def merit(self) -> float:
        """That of the best paper."""
        return self.best[0].merit if self.best else 0.0

    @property
    def coverage(self) -> float:
        """That of the best paper."""
        return self.best[0].coverage if self.best else 0.0


class Reading:
    """Plain words, and what they are taken for.

    Args:
        index: where.
        catalogue: for the rows of candidates.
        words: what they are for.
        scope: what papers must match besides.
        typed: all words in their order, those that stand twice and operators as well.
        typing: the last word is being typed. It may be the beginning of a longer one in any case.
        near: for some of the words those that may have been meant.
    """

    def __init__(
        self,
        index: TextIndex,
        catalogue: Catalogue,
        words: Plain,
        scope: Sequence[tantivy.Query],
        *,
        typed: Sequence[str] = (),
        typing: bool = False,
        near: Mapping[str, Mapping[str, Near]] = MappingProxyType({}),
    ) -> None:
        self._index, self._catalogue, self._scope, self._typing = index, catalogue, scope, typing
        self._wording = index.wording
        self._plain, self.near = words, near
        self._words, self._years, self._last = words
        held = [index.papers_with(word) for word in self._words]
        meant = [
            max([papers, *(other.held for other in near.get(word, {}).values())])
            for word, papers in zip(self._words, held, strict=True)
        ]
        unfinished = self._last is not None
        asked = asked_for(self._words, meant, index.total(), years=self._years, unfinished=unfinished)
        self._asked = asked._replace(near=near, typed=tuple(typed))
        common = max(_COMMON_AT_LEAST, index.total() * _COMMON)
        self._common = frozenset(
            word for word, papers in zip(self._words, meant, strict=True) if papers > common
        )

    def exactly(self) -> Step:
        """What holds all words, as they stand or as they may have been meant."""
        begun = self._begun()
        # What may stand for a word that most papers hold tells nothing, and takes long to look for.
        asked = [
            word for word in self._words if word != begun and not (word in self.near and word in self._common)
        ]
        asked = asked or list(self._words)
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

    def lacking_in_title(self, before: Step) -> Step:
        """What lacks at most one of them in its title and authors; for `before` see `_most`."""
        clauses = [self._anywhere(word, TITLE_FIELDS) for word in self._telling()]
        return self._most(before, clauses, lacking=1, also=(before.query,) if before.exact else ())

    def lacking_with_typos(self, before: Step) -> Step:
        """What has as many of them as any paper, with a typo in any that stands in a title or a name."""
        return self._most(before, self._forgiving(1))

    def lacking(self, before: Step) -> Step:
        """What has as many of them as any paper."""
        return self._most(before, [self._anywhere(word) for word in self._telling()])

    def with_far_typos(self, before: Step) -> Step:
        """With two edits in long words, which takes several times as long to look for."""
        if all(edits_for(word) < 2 for word in self._words):
            return before
        return self._all(self._forgiving(2))

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
                *([self._wording.like(self.near[word])] if word in self.near else []),
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

    def _forgiving(self, edits: int) -> list[tantivy.Query]:
        """For every word what finds it, in titles and names also with typos and as a beginning."""
        clauses = []
        for word in self._words:
            ways = [self._anywhere(word)]
            if len(word) >= SHORTEST_PREFIX:
                ways.append(self._wording.beginning(word))
            if edits_for(word):
                most = min(edits, edits_for(word))
                near = self._index.near(word, most, TITLE_FIELDS)
                ways.append(self._wording.like(near, TITLE_FIELDS))
            clauses.append(any_of(ways))
        return clauses

    def _anywhere(self, word: str, fields: Iterable[str] = WEIGHTS) -> tantivy.Query:
        """A word, or what it may stand for."""
        found = self._wording.spelled(word, fields)
        near = self.near.get(word)
        return any_of([found, self._wording.like(near, fields)]) if near else found

    def _telling(self) -> list[str]:
        """The words without those that many papers hold, or all where there are no others: "of" tells nothing."""
        return [word for word in self._words if word not in self._common] or list(self._words)

    def _all(self, clauses: Sequence[tantivy.Query]) -> Step:
        return self._step([(tantivy.Occur.Must, clause) for clause in clauses], self._asked)

    def _holders(self, candidates: Sequence[tuple[int, float]]) -> list[frozenset[int]]:
        """For every word those candidates that hold it, anywhere."""
        among = self._index.conditions.of_papers(number for number, _ in candidates)
        asked = [all_of([among, self._anywhere(word)]) for word in self._words]
        return [frozenset(number for number, _ in self._index.best(query, CANDIDATES)[1]) for query in asked]

    def _most(
        self,
        before: Step,
        clauses: Sequence[tantivy.Query],
        *,
        lacking: int = sys.maxsize,
        also: Sequence[tantivy.Query] = (),
    ) -> Step:
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

    def _step(self, clauses: Sequence[Clause], asked: Asked, *, known: bool = False) -> Step:
        """Ask.

        Args:
            clauses: what must hold.
            asked: what to rank by.
            known: all papers that are found hold all words, as they stand or as they may have been meant.
        """
        scope = [(tantivy.Occur.Must, query) for query in self._scope]
        hints = [(tantivy.Occur.Should, self._wording.year(year)) for year in self._years]
        query = tantivy.Query.boolean_query([*clauses, *hints, *scope])
        total, candidates = self._index.best(query, _CANDIDATES_OF_ALL if known else CANDIDATES)
        rows = self._catalogue.rows(number for number, _ in candidates)
        holders = (
            [frozenset(rows)] * len(self._words) if known else self._holders(candidates) if candidates else []
        )
        years = frozenset(row.date[:4] for row in rows.values()) if self._years else frozenset()
        return Step(query, total, ranked(asked, candidates, rows, holders), known and total > 0, years)


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
