"""From a query to papers in an order."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import tantivy

from arxtui.core.folding import words_of
from arxtui.core.highlighting import Highlights
from arxtui.core.queries import (
    And,
    Everything,
    In,
    Leaf,
    Node,
    Not,
    Or,
    PathGlob,
    Phrase,
    Query,
    Word,
    has_capitals,
    wanted,
)
from arxtui.core.queries.plain import SHORTEST_LAST, plain_words
from arxtui.core.queries.tree import all_of as tree_of
from arxtui.core.queries.tree import any_of as one_of
from arxtui.library.asking import CANDIDATES, asked_for
from arxtui.library.catalogue import Catalogue
from arxtui.library.listing import Found, Scope, by_adding, listed
from arxtui.library.ordering import NumberOrder, Order, all_of
from arxtui.library.orders import only
from arxtui.library.plain import PlainWords
from arxtui.library.ranking import ranked
from arxtui.library.reasons import Reasons
from arxtui.library.textindex import TextIndex
from arxtui.library.translating import Lookup, Translator
from arxtui.library.tree import places_of
from arxtui.library.verifying import Looking
from arxtui.library.wording import all_of as both
from arxtui.library.wording import any_of

_NAMED = "no paper has all of this: those with the identifiers"

_LOOSE = "nothing has all of this: looked for as plain words"

_LONGEST_REFERENCE = 60
"""Words. A text of more names papers, but is none of them."""

_TITLED = "also titles with these words in a row"

_MANY = 50_000
"""Papers. So many can be ordered by the catalogue in a moment; more are ordered by date in the text index."""

_LOOKED_AT = 10_000
"""Papers at the beginning of an order of all that the first of a search are looked for among. For the place of a paper, which
asks for more that are found, all are."""

_SPARE = 3
"""Of them there are so many for each that is wanted, where those that are found stand evenly among all."""

_NO_PAPER = -1


class Finder:
    """One search of a library.

    Args:
        index: the text index.
        catalogue: the catalogue.
        roots: what the library consists of.
    """

    def __init__(self, index: TextIndex, catalogue: Catalogue, roots: Sequence[Path]) -> None:
        self._index, self._catalogue, self._roots = index, catalogue, roots
        self._since = catalogue.orders.given_up

    def find(
        self,
        query: Query,
        sort: str | None,
        scope: Scope,
        lookup: Lookup | None,
        *,
        first: int | None,
        typing: bool,
        looking: Looking | None = None,
    ) -> Found:
        """Find papers.

        Args:
            query: what is asked for.
            sort: one of `SORTS`, `-` before it reverses; None for the best order there is.
            scope: where.
            lookup: what only the reading store knows.
            first: how many of the first papers are wanted; None: any.
            typing: the last word may go on, and texts are looked through step by step.
            looking: what the step before has left to do; None: this is the first.
        """
        sort = query.sort or sort
        if query.tree == Everything():
            order = listed(self._catalogue, len(self._roots), sort, scope, first)
            return Found(order, lambda: self.everything(scope))
        words = None if query.strict else plain_words(query.tree)
        if words is not None:
            return self._loosely(query, words, sort, scope, typing=typing)
        tree = self._unfinished(query.tree, quote=query.open, ended=query.ended) if typing else query.tree
        looking = looking or Looking(0.0 if typing else None)
        exactly = self._strictly(tree, sort, scope, lookup, looking, query.in_a_row)
        if exactly.order.total:
            return exactly
        less: list[Callable[[], Found | None]] = [
            lambda: self._named(query, sort, scope, lookup, looking),
            lambda: self._as_text(query, sort, scope, typing=typing),
        ]
        if len(query.loose) > _LONGEST_REFERENCE:
            less.reverse()
        return next((found for ask in less if (found := ask()) is not None), exactly)

    def _named(
        self, query: Query, sort: str | None, scope: Scope, lookup: Lookup | None, looking: Looking
    ) -> Found | None:
        """The papers with the identifiers in a query; None where it holds none of a paper, or means what it says.

        What stands around an identifier, as where a reference was pasted, is a hint like any word that nothing holds.
        """
        named = () if query.strict and not query.loose else _identifiers(query.tree)
        found = self._strictly(one_of(named), sort, scope, lookup, looking) if named else None
        return found._replace(note=_NAMED) if found is not None and found.order.total else None

    def _as_text(self, query: Query, sort: str | None, scope: Scope, *, typing: bool) -> Found | None:
        """What the words of a title, a reference or a sentence find; None where they find nothing, or it is none."""
        found = self._loosely(query, query.loose, sort, scope, typing=typing) if query.loose else None
        if found is None or not found.order.total:
            return None
        return found._replace(note="; ".join(filter(None, (_LOOSE, found.note))))

    def _loosely(
        self, query: Query, words: Sequence[str], sort: str | None, scope: Scope, *, typing: bool
    ) -> Found:
        """Papers that hold words, or most of them."""
        search = PlainWords(
            self._index,
            self._catalogue,
            words,
            self._within(scope),
            typed=query.typed,
            typing=typing and not query.ended,
        )
        found = search.find()
        order = self._ordered(found.query, found.total, found.first, sort, scope)
        return Found(order, lambda: found.query, found.highlights, found.note)

    def _unfinished(self, node: Node, *, quote: bool, ended: bool) -> Node:
        """A tree whose last word, or path, may go on. A word just begun is not asked for yet behind others.

        Args:
            node: the tree.
            quote: the last quote is still open.
            ended: a blank stands behind the last word: there is no more of it to come.
        """
        if isinstance(node, And) and not ended and _is_begun(node.nodes[-1]):
            return tree_of(node.nodes[:-1])
        if isinstance(node, And | Or):
            last = self._unfinished(node.nodes[-1], quote=quote, ended=ended)
            if isinstance(node, And):
                return tree_of((*node.nodes[:-1], last))
            return Or((*node.nodes[:-1], last))
        if isinstance(node, Not):
            return Not(self._unfinished(node.node, quote=quote, ended=ended))
        if isinstance(node, Phrase) and quote:
            return _open(node)
        if isinstance(node, PathGlob) and not self._is_path(node.text):
            return PathGlob(f"{node.text}**")
        if isinstance(node, Word) and not (ended and len(node.text) < SHORTEST_LAST):
            return Word(node.text, prefix=True, field=node.field)
        return node

    def _is_path(self, text: str) -> bool:
        """Whether a path is one as it stands, or a pattern: nothing is missing then."""
        return "*" in text or any(map(self._catalogue.files_below, places_of(text, self._roots)))

    def _within(self, scope: Scope) -> list[tantivy.Query]:
        conditions, within = self._index.conditions, []
        if scope.place is not None:
            within.append(conditions.in_files(self._catalogue.files_below(scope.place)))
        if scope.keys is not None:
            within.append(conditions.of_papers(self._catalogue.numbers(scope.keys).values()))
        return within

    def everything(self, scope: Scope) -> tantivy.Query:
        """All papers of a scope."""
        return both([self._index.conditions.everything(), *self._within(scope)])

    def _strictly(
        self,
        tree: Node,
        sort: str | None,
        scope: Scope,
        lookup: Lookup | None,
        looking: Looking,
        title: Sequence[str] = (),
    ) -> Found:
        """Exactly what a tree says, and what a title says in so many words."""
        translator = Translator(self._index, self._catalogue, self._roots, lookup, looking)
        within = self._within(scope)
        query = both([translator.query(tree, within), *within])
        if title:
            titled = both([self._index.wording.phrase(title, ("title",)), *within])
            if self._index.count(both([titled, self._index.conditions.without(query)])):
                query = any_of([query, titled])
                translator.notes.append(_TITLED)
        leaves = list(wanted(tree))
        words = list(_words_of(leaves))
        if sort is None and not words:
            sort = "date"
        index = self._index
        held = [index.papers_with(word) for word in words]
        asked = asked_for(words, held, index.total(), forgiving=False)._replace(typed=tuple(title))
        total, candidates = self._index.best(query, CANDIDATES)
        rows = self._catalogue.rows(number for number, _ in candidates)
        first = array(
            "q", (match.number for match in ranked(asked, candidates, rows, [frozenset(rows)] * len(words)))
        )
        if scope.keys is None and lookup is not None:
            lists = [lookup(leaf.kind, leaf.value) for leaf in leaves if isinstance(leaf, In)]
            scope = scope._replace(keys=[key for keys in lists for key in keys])
        order = self._ordered(query, total, first, sort, scope)
        notes = dict.fromkeys([*translator.notes, *filter(None, [looking.note])])  # each once
        reasons = Reasons(index, self._catalogue, self._roots, lookup)
        return Found(
            order,
            lambda: query,
            Highlights(leaves),
            "; ".join(notes) or None,
            looking if looking.used else None,
            lambda: reasons.why(tree, within),
        )

    def _ordered(
        self, query: tantivy.Query, total: int, first: array[int], sort: str | None, scope: Scope
    ) -> Order:
        """The papers that a query finds, in an order.

        Args:
            query: which.
            total: how many.
            first: the numbers of the best.
            sort: which order.
            scope: says in which order they were added.

        Raises:
            LibraryError: the search was given up meanwhile.
        """
        if sort is None or sort == "relevance":
            return NumberOrder(self._catalogue, total, self._by_relevance(query, first))
        if sort in ("date", "-date") and total > _MANY:
            oldest_first = sort == "-date"
            return NumberOrder(
                self._catalogue,
                total,
                lambda count: self._index.by_date(query, count, oldest_first=oldest_first),
            )
        if sort == "-relevance":
            return all_of(self._catalogue, self._by_relevance(query, first)(total)[::-1])
        # What the text index does cannot be cut off. So it is looked between its steps whether anybody still waits.
        orders = self._catalogue.orders
        orders.go_on(self._since)
        if total > _MANY and not sort.endswith("added"):
            whole = orders.for_many(sort, total)
            if whole is not None:
                return NumberOrder(self._catalogue, total, self._out_of(whole, query, total))
        numbers = self._index.numbers(query, total) if total > len(first) else first
        orders.go_on(self._since)
        if sort.endswith("added"):
            return by_adding(self._catalogue, orders.some("date", among=numbers), sort, scope)
        return all_of(self._catalogue, orders.some(sort, among=numbers))

    def _by_relevance(self, query: tantivy.Query, first: array[int]) -> Callable[[int], array[int]]:
        """The numbers of so many of the best papers."""
        seen = set(first)

        def load(count: int) -> array[int]:
            if count <= len(first):
                return first
            # What is as good in the index's eyes may have come before or behind the last of the first.
            more = (number for number, _ in self._index.best(query, count)[1] if number not in seen)
            return first + array("q", more)

        return load

    def _out_of(self, whole: array[int], query: tantivy.Query, total: int) -> Callable[[int], array[int]]:
        """The numbers of the first papers that a query finds, where all papers are in order: to find all takes seconds.

        Args:
            whole: all papers.
            query: which are wanted.
            total: how many it finds.
        """

        def load(count: int) -> array[int]:
            # Among these there are as many, unless the order has to do with what was asked for.
            some = whole[: _SPARE * count * len(whole) // total]
            if len(some) <= _LOOKED_AT:
                conditions = [query, self._index.conditions.of_papers(some)]
                found = only(some, self._index.numbers(both(conditions), len(some)))
                if len(found) >= count:
                    return found
            found = only(whole, self._index.numbers(query, total))
            # The catalogue may be ahead of the text index: papers that it does not have any more have no place in it.
            found.extend([_NO_PAPER] * (total - len(found)))
            return found

        return load


def _identifiers(tree: Node) -> tuple[Word, ...]:
    """The identifiers among the words of a tree."""
    nodes = tree.nodes if isinstance(tree, And) else ()
    return tuple(node for node in nodes if isinstance(node, Word) and node.field == "id")


def _words_of(leaves: Iterable[Leaf]) -> Iterator[str]:
    """The words among what is asked for."""
    for leaf in leaves:
        if isinstance(leaf, Phrase):
            yield from leaf.words
        elif isinstance(leaf, Word) and leaf.field not in ("id", "category"):
            yield leaf.text


def _open(phrase: Phrase) -> Node:
    """A phrase in a quote that is still open: its last word may go on, and may stand anywhere until it is whole."""
    *before, last = phrase.words
    if not before:
        return Word(last, prefix=True, field=phrase.field)
    typed = phrase.text.rsplit(maxsplit=1)[0]
    text = typed if has_capitals(typed) and words_of(typed) == before else " ".join(before)
    whole = Phrase(tuple(before), text, phrase.field)
    if len(last) < SHORTEST_LAST:
        return whole
    return tree_of((whole, Word(last, prefix=True, field=phrase.field)))


def _is_begun(node: Node) -> bool:
    return isinstance(node, Word) and node.field is None and len(node.text) < SHORTEST_LAST
