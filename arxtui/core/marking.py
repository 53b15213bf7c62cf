"""Looks for words, phrases and regular expressions in a text; `core.highlighting` keeps which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache

from arxtui.core.folding import fold_with_origin
from arxtui.core.patterns import GLANCE, PATIENCE, TooLongError, matches
from arxtui.core.queries.tree import Leaf, Pattern, Phrase, Word, has_capitals
from arxtui.core.spellings import canonical, other_beginnings
from arxtui.core.typos import edits_between, edits_for

Span = tuple[int, int]
Markable = Word | Phrase | Pattern
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]+"


def markable(leaves: Iterable[Leaf]) -> tuple[Markable, ...]:
    """Those of some leaves that stand in running text, each once."""
    kept = dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Markable))
    return tuple(leaf for leaf in kept if leaf.field not in ("id", "category"))


def spans_of(leaves: Iterable[Markable], text: str, field: str, *, forgiving: bool) -> list[Span]:
    """Where any of some leaves stands in a text; see `Highlights.spans`."""
    asked = [leaf for leaf in leaves if not field or leaf.field in (None, field)]
    words = tuple(leaf for leaf in asked if isinstance(leaf, Word))
    found = list(_word_spans(words, text, forgiving=forgiving)) if words else []
    for leaf in asked:
        if not isinstance(leaf, Word):
            with suppress(TooLongError):
                found += leaf_spans(leaf, text, GLANCE)
    return _apart(found)


def leaf_spans(leaf: Phrase | Pattern, text: str, seconds: float = PATIENCE) -> list[Span]:
    """Where a phrase or a regular expression stands in a text; capital letters count where it has any.

    Args:
        leaf: the phrase or regular expression.
        text: where.
        seconds: how long a regular expression may take.

    Raises:
        TooLongError: it took longer.
    """
    if isinstance(leaf, Pattern):
        return matches(leaf.text, text, seconds)
    cased = has_capitals(leaf.text)
    words = _WORD.findall(fold_with_origin(leaf.text, cased=True)[0]) if cased else leaf.words
    folded, starts, ends = fold_with_origin(text, cased=cased)
    phrase = re.compile(rf"(?<![^\W_]){_BETWEEN.join(map(re.escape, words))}(?![^\W_])")
    return [(starts[found.start()], ends[found.end() - 1]) for found in phrase.finditer(folded)]


def _word_spans(wanted: tuple[Word, ...], text: str, *, forgiving: bool) -> Iterator[Span]:
    folded, starts, ends = fold_with_origin(text)
    for found in _WORD.finditer(folded):
        length = _match(wanted, found[0], forgiving=forgiving)
        if length:
            yield starts[found.start()], ends[found.start() + length - 1]


@lru_cache(maxsize=20_000)
def _match(wanted: tuple[Word, ...], word: str, *, forgiving: bool) -> int:
    """How many letters of a word are what was asked for."""
    common = canonical(word)
    if any(common == canonical(leaf.text) for leaf in wanted):
        return len(word)
    begun = [each for leaf in wanted if leaf.prefix for each in (leaf.text, *other_beginnings(leaf.text))]
    beginnings = [each for each in begun if word.startswith(each)]
    if beginnings:
        return len(max(beginnings, key=len))
    if forgiving:
        for leaf in wanted:
            edits = edits_for(leaf.text)
            if len(leaf.text) > 2 and word.startswith(leaf.text):
                return len(leaf.text)
            if edits and edits_between(leaf.text, word, edits) is not None:
                return len(word)
    return 0


def _apart(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap put together."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
