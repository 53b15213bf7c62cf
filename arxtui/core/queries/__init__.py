"""The search language: one for the app, the command line and Python.

`parse` reads a text into a `Query`, whose tree of nodes says which papers are asked for.
"""

from __future__ import annotations

from arxtui.core.queries.parsing import Query, parse
from arxtui.core.queries.tree import (
    SIGN_FIELDS,
    SORTS,
    STATES,
    TEXT_FIELDS,
    And,
    DateRange,
    Everything,
    Hint,
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
    all_of,
    any_of,
    opposite,
    wanted,
)

__all__ = [
    "SIGN_FIELDS",
    "SORTS",
    "STATES",
    "TEXT_FIELDS",
    "And",
    "DateRange",
    "Everything",
    "Hint",
    "In",
    "Is",
    "Leaf",
    "Node",
    "Not",
    "Or",
    "PathGlob",
    "Pattern",
    "Phrase",
    "Query",
    "Word",
    "all_of",
    "any_of",
    "opposite",
    "parse",
    "wanted",
]
