"""From a tree to text that is read into the same tree again."""

from __future__ import annotations

import re
from typing import Literal

from arxtui.core.queries.dates import written
from arxtui.core.queries.lexing import OPERATORS
from arxtui.core.queries.tree import (
    TEXT_FIELDS,
    And,
    DateRange,
    Everything,
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
)

_PLAIN = re.compile(r"[^\s()\"“„«\\]+")
"""A value that needs no quotes."""


def write(tree: Node, *, within: Literal["or", "and", "not"] = "or") -> str:
    """Write a tree as a query.

    Args:
        tree: in the form that `tree` describes.
        within: what it will stand in; parentheses are put around what binds less.
    """
    if isinstance(tree, Or):
        text = " or ".join(write(node, within="and") for node in tree.nodes)
        return text if within == "or" else f"({text})"
    if isinstance(tree, And):
        text = " ".join(write(node, within="and") for node in tree.nodes)
        return f"({text})" if within == "not" else text
    if isinstance(tree, Not):
        return f"-{write(tree.node, within='not')}"
    return _leaf(tree)


def _leaf(leaf: Leaf) -> str:
    """One condition."""
    match leaf:
        case Everything():
            return "*"
        case Word(text, prefix, field):
            # With a sign before it, an operator is a word.
            sign = "+" if field is None and text in OPERATORS and not prefix else ""
            return f"{_before(field)}{sign}{text}{'*' if prefix else ''}"
        case Phrase(_, text, field):
            return f'{_before(field)}"{text}"'
        case Pattern(text, field):
            escaped = re.sub(
                r"\\.|/", lambda found: r"\/" if found[0] == "/" else found[0], text, flags=re.DOTALL
            )
            return f"{_before(field)}/{escaped}/"
        case DateRange(field, first, last):
            return f"{field}:{written(first, last)}"
        case PathGlob(text):
            return f"path:{_quoted(text)}"
        case Is(value):
            return f"is:{value}"
        case In(kind, value):
            return f"{kind}:{_quoted(value)}"


def write_value(field: str | None, value: str) -> str:
    r"""Write a value for a field as it stands outside of queries: a name of a list, an author, a path.

    Returns:
        The value, in quotes where it needs them.
    """
    if field in TEXT_FIELDS and not _PLAIN.fullmatch(value):
        # A backslash stays one there: `Schr\"odinger` is TeX.
        return '"' + re.sub(r'(?<!\\)"', "", value).rstrip("\\ ") + '"'
    return _quoted(value)


def _before(field: str | None) -> str:
    return "" if field is None else f"{field}:"


def _quoted(value: str) -> str:
    r"""A value as it is, or in quotes with `\` before quotes and backslashes."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + re.sub(r'["\\]', r"\\\g<0>", value) + '"'
