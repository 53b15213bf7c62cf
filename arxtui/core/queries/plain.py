"""What plain words are taken for: words without an operator, a field or a quote, which `arxtui.library.plain` looks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from arxtui.core.queries.tree import And, Node, Word

SHORTEST_LAST = 2
"""Letters of a last word. A single one may just have been begun: behind others it is not asked for while one types."""

MANY_IN_A_ROW = 4
"""Words. A title that has so many in the row in which they were typed is the one they were copied from."""

_YEAR = re.compile("(?:19|20)[0-9][0-9]")


class Plain(NamedTuple):
    """Plain words by what they are for.

    Attributes:
        words: to look for, each once.
        years: that stand among them, for the order alone.
        last: the one that was typed last, which may go on; None where that is a year.
    """

    words: tuple[str, ...]
    years: tuple[str, ...]
    last: str | None

    def goes_on(self, word: str) -> bool:
        """Whether longer words that begin so count as well: a letter behind others is a word."""
        return word == self.last and (len(word) >= SHORTEST_LAST or len(self.words) == 1)

    @property
    def only_year(self) -> bool:
        """Whether nothing but a year was typed: papers of that year are meant, too."""
        return len(self.words) == 1 and is_year(self.words[0])


def plain(words: Sequence[str]) -> Plain:
    """What some words, folded, are taken for; a year alone is a word like others, and `et al` says nothing beside others."""
    years = tuple(filter(is_year, words))
    telling = _without_others(words)
    kept = tuple(dict.fromkeys(word for word in telling if word not in years))
    if not kept:
        kept, years = tuple(words), ()
    return Plain(kept, years, kept[-1] if words[-1] == kept[-1] else None)


def _without_others(words: Sequence[str]) -> Sequence[str]:
    """The words without the `et al` behind a name."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    behind = {at for at, pair in enumerate(pairs) if at and pair == ("et", "al")}
    return [word for at, word in enumerate(words) if not {at, at - 1} & behind]


def plain_words(tree: Node) -> list[str] | None:
    """The words of a tree that holds nothing but words, in any field; None for another."""
    nodes = tree.nodes if isinstance(tree, And) else (tree,)
    words = [node.text for node in nodes if isinstance(node, Word) and node.field is None and not node.prefix]
    return words if len(words) == len(nodes) else None


def is_year(word: str) -> bool:
    """Whether a word may be the year of a paper."""
    return _YEAR.fullmatch(word) is not None
