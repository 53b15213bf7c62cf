"""Why a strict query finds nothing: which word no paper holds, and what is like it, or which condition leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import tantivy

from arxtui.core.identifiers import parse_identifier
from arxtui.core.queries import (
    And,
    Leaf,
    Node,
    PathGlob,
    Pattern,
    Phrase,
    Word,
    has_capitals,
    wanted,
    write,
)
from arxtui.core.queries.regexes import fault
from arxtui.core.queries.tree import all_of as tree_of
from arxtui.core.queries.tree import without_capitals
from arxtui.core.typos import edits_for
from arxtui.library.catalogue import Catalogue
from arxtui.library.textindex import TextIndex
from arxtui.library.translating import Lookup, Translator, is_slow
from arxtui.library.verifying import Looking
from arxtui.library.wording import FIELDS, TEXTS, TITLE_FIELDS
from arxtui.library.wording import all_of as both

_TOLD = 3  # conditions, and words that are like one
_PARTS = 8  # conditions that are left out in turn
_LONGEST = 30  # letters of a word or a condition in a message

_LACKS = {
    None: "no paper holds",
    "title": "no title holds",
    "author": "no author is called",
    "abstract": "no abstract holds",
    "comment": "no comment holds",
    "id": "no paper here has",
    "category": "no paper here is of the category",
}


class Reasons:
    """Looks for what leaves a query without papers.

    Args:
        index: the text index.
        catalogue: the catalogue.
        roots: what the library consists of.
        lookup: what only the reading store knows.
    """

    def __init__(
        self, index: TextIndex, catalogue: Catalogue, roots: Sequence[Path], lookup: Lookup | None
    ) -> None:
        self._index, self._catalogue, self._roots, self._lookup = index, catalogue, roots, lookup

    def why(self, tree: Node, within: Sequence[tantivy.Query]) -> str:
        """Say why a tree finds no paper, in a few words; empty where that would take long to find out, or there are none.

        Args:
            tree: what was asked for.
            within: what papers must match besides.
        """
        if not self._index.total():
            return ""
        parts = tree.nodes if isinstance(tree, And) else (tree,)
        nothing = [part for part in map(_small, parts) if not is_slow(part) and not self._count(part)]
        if nothing:
            said = dict.fromkeys(
                reason for part in nothing for reason in self._lacking(part, alone=part is tree)
            )
            return "; ".join(list(said)[:_TOLD])
        if within and (elsewhere := self._count(tree)):
            return f"in all papers: {elsewhere:,}"
        small = tree_of(map(_small, parts))
        said = {}
        if small != tree and (found := self._count(small, within)):
            said[f"in other capitals: {found:,}"] = None
        for part in parts[:_PARTS] if len(parts) > 1 else ():
            if found := self._count(tree_of(other for other in parts if other is not part), within):
                said[f"without {_shown(part)}: {found:,}"] = None
        return "; ".join(list(said)[:_TOLD])

    def _count(self, tree: Node, within: Sequence[tantivy.Query] = ()) -> int:
        """How many papers a tree finds; 0 where texts would have to be looked through for long."""
        looking = Looking()
        translator = Translator(self._index, self._catalogue, self._roots, self._lookup, looking)
        asked = translator.query(tree, within)
        return self._index.count(both([asked, *within])) if looking.done else 0

    def _lacking(self, part: Node, *, alone: bool) -> Iterator[str]:
        """What no paper has, of a condition that no paper fulfils. That nothing else was asked for is known already."""
        if initials := isinstance(part, Phrase) and self._with_initials(part):
            yield f"no paper has {_shown(part)} in a row"
            yield initials
            return
        said = False
        for leaf in wanted(part):
            words = [leaf] if isinstance(leaf, Word) else _words_of(leaf)
            for word in words:
                if not self._count(word):
                    said = True
                    yield self._no_paper_holds(word)
        if said:
            return
        if isinstance(part, Phrase) and len(part.words) > 1:
            yield f"no paper has {_shown(part)} in a row"
        elif not alone and not isinstance(
            part, PathGlob
        ):  # of a path that leads nowhere the search has a note
            yield f"{_shown(part)} finds no paper"

    def _with_initials(self, phrase: Phrase) -> str:
        """What the initials in a name find where the forenames are spelled out; empty for nothing."""
        names = [Word(word, len(word) == 1, phrase.field) for word in phrase.words]
        initials = phrase.field == "author" and any(name.prefix for name in names[:-1])
        found = self._count(tree_of(names)) if initials else 0
        return f"author:({' '.join(map(_typed, names))}): {found:,}" if found else ""

    def _no_paper_holds(self, word: Word) -> str:
        text = _cut(word.text)
        if word.field == "id" and word.prefix and parse_identifier(word.text) is None:
            return f"no identifier here begins with {text}"
        said = f"{_LACKS[word.field]} {text}"
        if word.field in ("id", "category"):
            return said
        near = self._like(word.text, (FIELDS[word.field],) if word.field else (*TITLE_FIELDS, *TEXTS))
        if near:
            said += f"; like it: {', '.join(near)}"
        if word.field and (elsewhere := self._count(Word(word.text, word.prefix))):
            said += f"; without {word.field}: {elsewhere:,}"
        return said

    def _like(self, word: str, fields: tuple[str, ...]) -> list[str]:
        """The words of some fields that are the fewest edits away, the commonest first."""
        near = self._index.near(word, edits_for(word), fields) if edits_for(word) else {}
        return sorted(near, key=lambda each: (-near[each].likeness, -near[each].held, each))[:_TOLD]


def _typed(name: Word) -> str:
    return f"{name.text}*" if name.prefix else name.text


def _small(part: Node) -> Node:
    """A phrase or a regular expression without regard to capitals; anything else as it is."""
    if isinstance(part, Phrase) and has_capitals(part.text):
        return Phrase(part.words, " ".join(part.words), part.field)
    if isinstance(part, Pattern):
        small = without_capitals(part.text)
        return part if fault(small) else Pattern(small, part.field)
    return part


def _words_of(leaf: Leaf) -> list[Word]:
    """The words of a phrase."""
    return [Word(word, field=leaf.field) for word in leaf.words] if isinstance(leaf, Phrase) else []


def _shown(part: Node) -> str:
    """A condition as it might be typed. A word that may go on stands as it was typed."""
    if isinstance(part, Word):
        part = Word(part.text, field=part.field)
    return _cut(write(part, within="and"))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
