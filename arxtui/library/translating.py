"""From the tree of a query to what tantivy is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import chain
from pathlib import Path

import tantivy

from arxtui.core.queries import (
    And,
    DateRange,
    In,
    Is,
    Leaf,
    Node,
    Not,
    Or,
    PathGlob,
    Pattern,
    Phrase,
    Word,
    has_capitals,
)
from arxtui.library.catalogue import Catalogue
from arxtui.library.textindex import TextIndex
from arxtui.library.textschema import FACTS, date_number
from arxtui.library.tree import matching, places_of
from arxtui.library.verifying import Looking, Verifier
from arxtui.library.wording import FIELDS, WEIGHTS, all_of, any_of

Lookup = Callable[[str, str], Collection[str]]
"""Answers what only the reading store knows: ("list", name), ("tag", name), ("note", words), ("is", state) -> keys."""

_LAST_DAY = 99_999_999


class Translator:
    """Makes queries of trees.

    Args:
        index: the text index.
        catalogue: knows keys and files.
        roots: what the library consists of.
        lookup: answers what only the reading store knows; None: nothing is in any list.
        looking: how far texts have been looked through, and how long that may take.

    Attributes:
        notes: what the user should know of the answer, a clause each.
    """

    def __init__(
        self,
        index: TextIndex,
        catalogue: Catalogue,
        roots: Sequence[Path],
        lookup: Lookup | None,
        looking: Looking,
    ) -> None:
        self._index, self._catalogue, self._roots = index, catalogue, roots
        self._lookup, self._looking = lookup, looking
        self._verifier = Verifier(index, catalogue, roots, looking)
        self._wording, self._conditions = index.wording, index.conditions
        self.notes: list[str] = []

    def query(
        self, node: Node, context: Sequence[tantivy.Query] = (), *, denied: bool = False
    ) -> tantivy.Query:
        """The papers that a tree asks for; where not all texts have been looked through, those that are sure.

        Args:
            node: the tree.
            context: what is asked for besides; what has to be looked up in texts is looked up in these papers alone.
            denied: what it finds is to be left out: so is what it might find.
        """
        if isinstance(node, And):
            quick = [self.query(inner, denied=denied) for inner in node.nodes if not is_slow(inner)]
            around, slow = [*context, *quick], []
            for inner in filter(is_slow, node.nodes):
                slow.append(self.query(inner, around, denied=denied))
                if self._looking.done_so_far:  # else more would be asked about next time, and it begins anew
                    around.append(slow[-1])
            return all_of([*quick, *slow])
        if isinstance(node, Or):
            return any_of([self.query(inner, context, denied=denied) for inner in node.nodes])
        if isinstance(node, Not):
            return self._conditions.without(self.query(node.node, context, denied=not denied))
        if isinstance(node, Pattern | Phrase) and is_slow(node):
            verified = self._verifier.verified(node, context)
            return verified.possible if denied else verified.sure
        return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> tantivy.Query:
        match leaf:
            case Word():
                return self._word(leaf)
            case Phrase():
                fields = (FIELDS[leaf.field],) if leaf.field else tuple(WEIGHTS)
                return self._wording.phrase(leaf.words, fields)
            case DateRange():
                return self._dates(leaf)
            case PathGlob():
                return self._path(leaf.text)
            case Is():
                return self._state(leaf.value)
            case In():
                return self._keys(leaf.kind, leaf.value)
            case _:
                return self._conditions.everything()

    def _word(self, leaf: Word) -> tantivy.Query:
        if leaf.field == "id":
            return self._conditions.of_papers(
                self._catalogue.numbers_by_key(leaf.text, beginning=leaf.prefix)
            )
        if leaf.field == "category":
            whole = re.escape(leaf.text)
            # An archive stands for all its categories: `math` for `math.AG`.
            told = self._conditions.category(f"{whole}.*" if leaf.prefix else rf"{whole}(\..*)?")
            return any_of([told, self._archive(leaf)])
        fields = (FIELDS[leaf.field],) if leaf.field else tuple(WEIGHTS)
        whole_word = self._wording.spelled(leaf.text, fields)
        return any_of([whole_word, self._wording.beginning(leaf.text, fields)]) if leaf.prefix else whole_word

    def _archive(self, leaf: Word) -> tantivy.Query:
        """The papers whose identifiers, of before 2007, name an archive: `hep-th/9901001`."""
        if not self._index.terms("category", "", 1):
            self.notes.append("categories are known up to March 2007 only")
        if not leaf.text[:1].isalpha():
            return tantivy.Query.empty_query()
        beginning = leaf.text if leaf.prefix else f"{leaf.text}/"
        return self._conditions.of_papers(self._catalogue.numbers_by_key(beginning, beginning=True))

    def _dates(self, leaf: DateRange) -> tantivy.Query:
        first = date_number(leaf.first) if leaf.first else 1
        if first % 100 == 1:
            first -= 1  # of some papers only the month is known
        return self._conditions.between(leaf.field, first, date_number(leaf.last) if leaf.last else _LAST_DAY)

    def _path(self, glob: str) -> tantivy.Query:
        files = self._files(glob)
        if not files:
            self.notes.append(f"no file or folder is {glob.removesuffix('**')}")
        return self._conditions.in_files(files)

    def _files(self, glob: str) -> list[int]:
        """The numbers of the files that a path or a pattern of paths means; see `places_of`."""
        if "*" in glob:
            return matching(glob, self._catalogue.files(), self._roots)
        found = [self._catalogue.files_below(place) for place in places_of(glob, self._roots)]
        if len(self._roots) == 1:
            # A folder may be called what the root is called: the path as it stands counts first.
            return next(filter(None, found), [])
        return list(dict.fromkeys(chain.from_iterable(found)))

    def _state(self, value: str) -> tantivy.Query:
        if value in FACTS:
            return self._conditions.fact(value)
        return self._keys("is", value)

    def _keys(self, kind: str, value: str) -> tantivy.Query:
        keys = self._lookup(kind, value) if self._lookup is not None else ()
        return self._conditions.of_papers(self._catalogue.numbers(keys).values())


def is_slow(node: Node) -> bool:
    """Whether texts must be read to answer."""
    if isinstance(node, And | Or):
        return any(is_slow(inner) for inner in node.nodes)
    if isinstance(node, Not):
        return is_slow(node.node)
    return isinstance(node, Pattern) or (isinstance(node, Phrase) and has_capitals(node.text))
