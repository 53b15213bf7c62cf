"""How a query was understood, in words."""

from __future__ import annotations

from collections.abc import Iterator

from arxtui.core.queries.parsing import Query
from arxtui.core.queries.plain import plain, plain_words
from arxtui.core.queries.tree import (
    STATES,
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

_ORDERS = {
    "date": ("newest first", "oldest first"),
    "updated": ("last updated first", "first updated first"),
    "title": ("by title, A to Z", "by title, Z to A"),
    "id": ("by identifier", "by identifier, last first"),
    "relevance": ("best match first", "worst match first"),
    "occurrences": ("those in most places first", "those in fewest places first"),
    "added": ("last added first", "first added first"),
}
_IN_NOTES = {
    "list": 'on the reading list "{}"',
    "tag": 'with the tag "{}"',
    "note": 'with "{}" in their notes',
}


def explain(query: Query) -> str:
    """Say how a query was understood, in lines: what is asked for, how strictly, in which order, and its hints."""
    words = None if query.strict else plain_words(query.tree)
    lines = list(_lines(query.tree) if words is None else _loosely(words))
    if query.identifier is not None:
        lines.append("this very paper, for the whole query is its identifier")
    elif words is None and any(isinstance(leaf, Word) for leaf in _leaves(query.tree)):
        # What is neither strict nor plain words holds identifiers among them.
        if not query.strict:
            lines.append("where no paper has all of it, its identifiers will do")
        elif not query.loose:
            lines.append("nothing less will do")
    if query.in_a_row:
        lines.append(f"also titles with all these words in a row, first of all: {' '.join(query.in_a_row)}")
    if query.strict and query.loose:
        lines.append(f"where nothing is found, {' '.join(query.loose)} as plain words will do")
    if query.sort is not None:
        lines.append(_ORDERS[query.sort.removeprefix("-")][query.sort.startswith("-")])
    lines += [f"column {hint.column + 1}: {hint.message}" for hint in query.hints]
    return "\n".join(lines)


def _loosely(words: list[str]) -> Iterator[str]:
    """What plain words mean: the last may go on, years count for the order alone."""
    taken = plain(words)
    asked = [
        f"the word {word}" + (", or one that begins so" if taken.goes_on(word) else "")
        for word in taken.words
    ]
    if taken.only_year:
        asked[0] += ", or the year"
    several = len(asked) > 1
    if several:
        yield "all of these:"
    yield from (f"  {line}" if several else line for line in asked)
    yield from (f"the year {year}, for the order alone" for year in taken.years)
    less = "words with typos, or not all words" if several else "a word with a typo"
    yield f"where that finds too little, less will do: {less}"


def _leaves(node: Node) -> Iterator[Node]:
    """All leaves, wherever they stand."""
    for inner in node.nodes if isinstance(node, And | Or) else (node.node,) if isinstance(node, Not) else ():
        yield from _leaves(inner)
    if not isinstance(node, And | Or | Not):
        yield node


def _lines(node: Node, indent: str = "") -> Iterator[str]:
    """A line for each condition, indented below what joins them."""
    if isinstance(node, And | Or):
        yield indent + ("all of these:" if isinstance(node, And) else "any of these:")
        for inner in node.nodes:
            yield from _lines(inner, indent + "  ")
    elif isinstance(node, Not):
        if isinstance(node.node, And | Or):
            yield indent + "not:"
            yield from _lines(node.node, indent + "  ")
        else:
            yield f"{indent}not: {_words(node.node)}"
    else:
        yield indent + _words(node)


def _words(leaf: Leaf | Not) -> str:
    """One condition."""
    match leaf:
        case Word(text, prefix, "id" | "category" as field):
            what = "identifier" if field == "id" else "category"
            return f"{what} {text}" + (" or one that begins so" if prefix else "")
        case Word(text, prefix, field):
            return (f"a word that begins with {text}" if prefix else f"the word {text}") + _where(field)
        case Phrase(words, text, field):
            capitals = _capitals(text)
            return f'the words "{text if capitals else " ".join(words)}" in a row{_where(field)}{capitals}'
        case Pattern(text, field):
            return f"what matches /{text}/{_where(field)}{_capitals(text)}"
        case DateRange(field, first, last):
            ends = f"{first} to {last}" if first and last else f"since {first}" if first else f"until {last}"
            return f"{'dated' if field == 'date' else 'updated'} {ends}"
        case PathGlob(text):
            return f"in files that match {text}" if "*" in text else f"in the file or folder {text}"
        case In(kind, value):
            return _IN_NOTES[kind].format(value)
        case Is(value):
            return STATES[value]
        case _:
            return "all papers"


def _where(field: str | None) -> str:
    return "" if field is None else f" in the {field}"


def _capitals(text: str) -> str:
    return ", capitals as typed" if has_capitals(text) else ""
