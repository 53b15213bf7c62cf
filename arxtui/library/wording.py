"""What the text index is asked: words, beginnings of words and words with typos, each in the fields that it may stand in."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

import tantivy

from arxtui.core.spellings import other_beginnings, other_spellings
from arxtui.library.spelling import SPELLED, TYPO, Near
from arxtui.library.textschema import LONGEST_WORD

WEIGHTS = {"title": 4.0, "authors": 3.0, "identifier": 3.0, "abstract": 1.0, "comments": 0.7}
"""Fields that a word without a field may stand in, and what it counts there."""

FIELDS = {"title": "title", "author": "authors", "abstract": "abstract", "comment": "comments"}
"""Fields of the search language that hold text, and what they are called in the index."""

_PREFIX_WEIGHT = 0.5  # a whole word counts more than the beginning of one
_FAR = 200
"""Times as many papers as a word hold what it only looks like: `raether` is a name, and no `rather`."""
_SPELLING_WEIGHT = 0.7  # and as it was typed more than in another spelling
_TYPO_WEIGHT = 0.3  # and that more than a word with a typo
TITLE_FIELDS = ("title", "authors")
"""Fields by which people remember papers. They are short, so that much can be asked of them."""
TEXTS = ("abstract", "comments")
"""The others that hold running text."""

SHORTEST_PREFIX = 3
"""Letters of a word that longer ones are looked for by, where not all words have to be held."""

_SHORTEST_PREFIX_IN_TEXT = 4
"""Letters, in a library that is not small. What begins with three stands in most abstracts, and to count those takes a
fifth of a second for 3 M papers."""
_SMALL = 300_000
"""Papers. Of so many, those that hold a word with any beginning are found in less than a tenth of a second."""
_SHORTEST_NUMBER = 4  # digits of the beginning of an identifier
_FEW_TERMS = 100
_YEAR_WEIGHT = (
    12.0  # more than any word gets in a title: of all that match, those of the year must come in sight
)

Clause = tuple[tantivy.Occur, tantivy.Query]


class Wording:
    """Queries about words.

    Args:
        schema: the index's.
        terms: the commonest terms of a field that begin so, a number of them at the most, and how many papers have each.
        held: those of some terms that a field has, and how many papers hold each.
        total: how many papers there are.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        terms: Callable[[str, str, int], Mapping[str, int]],
        held: Callable[[str, Iterable[str]], Mapping[str, int]],
        total: Callable[[], int],
    ) -> None:
        self._schema, self._terms, self._held, self._total = schema, terms, held, total

    def word(self, word: str, fields: Iterable[str] = WEIGHTS) -> tantivy.Query:
        """A whole word in any of some fields of the index."""
        query, schema = tantivy.Query, self._schema
        return any_of(
            query.boost_query(query.term_query(schema, name, word), WEIGHTS[name]) for name in fields
        )

    def spelled(self, word: str, fields: Iterable[str] = WEIGHTS) -> tantivy.Query:
        """The same, also in other spellings that papers have: umlauts in one letter or two, British and American."""
        fields = tuple(fields)
        found = self.word(word, fields)
        others = self._others(word)
        if not others:
            return found
        other = any_of(self.word(other, fields) for other in sorted(others))
        return any_of([found, tantivy.Query.boost_query(other, _SPELLING_WEIGHT)])

    def _others(self, word: str) -> set[str]:
        """The other spellings of a word that papers have; not the word it only looks like, `loss` for `loess`."""
        others = other_spellings(word)
        if not others:
            return set()
        held = [self._held(name, (word, *others)) for name in SPELLED]
        own = max(each.get(word, 0) for each in held)
        most = own * _FAR or sys.maxsize
        return {other for each in held for other, papers in each.items() if papers <= most} - {word}

    def beginning(self, word: str, fields: Iterable[str] | None = None) -> tantivy.Query:
        """A longer word that begins with this one, in any of some fields; by default in those worth the time."""
        if len(word) > LONGEST_WORD:
            return tantivy.Query.empty_query()
        if fields is None:
            in_text = len(word) >= _SHORTEST_PREFIX_IN_TEXT or self._total() <= _SMALL
            number = word.isdigit() and len(word) >= _SHORTEST_NUMBER
            fields = (*TITLE_FIELDS, *(TEXTS if in_text else ()), *(("identifier",) if number else ()))
        return any_of(
            tantivy.Query.boost_query(self._longer(each, name), WEIGHTS[name] * _PREFIX_WEIGHT)
            for each in (word, *other_beginnings(word))
            for name in fields
        )

    def _longer(self, word: str, field: str) -> tantivy.Query:
        terms = self._terms(field, word, _FEW_TERMS + 1)
        if len(terms) > _FEW_TERMS:
            # Words are of letters and digits, so nothing in them means anything in a regular expression.
            return tantivy.Query.regex_query(self._schema, field, word + ".+")
        # A regular expression looks up all papers that hold any of the words, also those that hold no other word of
        # the query: with a few words, by name, a key takes a quarter less time for 3 M papers.
        return any_of(tantivy.Query.term_query(self._schema, field, term) for term in terms if term != word)

    def like(self, near: Mapping[str, Near], fields: Iterable[str] = WEIGHTS) -> tantivy.Query:
        """Words that may have been meant, each in those of some fields that hold it.

        Rare words tell more of a text, but are not meant more often: none counts more than the commonest of them.
        """
        query, ways = tantivy.Query, []
        for name in fields:
            most = max((word.papers.get(name, 0) for word in near.values()), default=0)
            for text, word in near.items():
                papers = word.papers.get(name, 0)
                if papers or name not in SPELLED:
                    weight = WEIGHTS[name] * _TYPO_WEIGHT ** ((1 - word.likeness) / (1 - TYPO))
                    fair = self._telling(most) / self._telling(papers) if papers else 1.0
                    term = query.term_query(self._schema, name, text)
                    ways.append(query.boost_query(term, weight * fair))
        return any_of(ways)

    def _telling(self, papers: int) -> float:
        """How much the text index makes of a word that so many papers hold."""
        return math.log(1.0 + (max(self._total() - papers, 0) + 0.5) / (papers + 0.5))

    def phrase(self, words: Sequence[str], fields: Iterable[str]) -> tantivy.Query:
        """Words that follow each other in any of some fields."""
        query, schema = tantivy.Query, self._schema
        if len(words) == 1:
            return self.word(words[0], fields)
        return any_of(
            query.boost_query(query.phrase_query(schema, name, list(words)), WEIGHTS[name]) for name in fields
        )

    def part(self, letters: Iterable[str], fields: Iterable[str]) -> tantivy.Query:
        """Any word with some of these letters in it, each in a row, in any of some fields."""
        pattern = f".*({'|'.join(sorted(letters))}).*"
        return any_of(tantivy.Query.regex_query(self._schema, name, pattern) for name in fields)

    def year(self, year: str) -> tantivy.Query:
        """Papers of a year, which count much more."""
        found = tantivy.Query.term_query(self._schema, "fact", year)
        return tantivy.Query.const_score_query(found, _YEAR_WEIGHT)


def all_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """What all of these find."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """What any of these finds."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def most_of(queries: Sequence[tantivy.Query], least: int) -> tantivy.Query:
    """What so many of these find."""
    clauses = [(tantivy.Occur.Should, query) for query in queries]
    return tantivy.Query.boolean_query(clauses, minimum_number_should_match=least)
