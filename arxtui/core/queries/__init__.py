"""The search language: one for the app, the command line and Python.

`parse` reads a text into a `Query`, whose tree of nodes says which papers are asked for; `write` writes a tree,
`explain` says it in words. `completing`, `narrowed` and `widened` help to type one. `docs/searching.md` describes it.
"""

from __future__ import annotations

from arxtui.core.queries.completing import Completing, choices, completed, completing
from arxtui.core.queries.explaining import explain
from arxtui.core.queries.narrowing import narrowed, widened
from arxtui.core.queries.parsing import Query, parse
from arxtui.core.queries.tree import (
    FIELDS,
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
    has_capitals,
    opposite,
    wanted,
)
from arxtui.core.queries.writing import write, write_value

__all__ = [
    "FIELDS",
    "SIGN_FIELDS",
    "SORTS",
    "STATES",
    "TEXT_FIELDS",
    "And",
    "Completing",
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
    "choices",
    "completed",
    "completing",
    "explain",
    "has_capitals",
    "narrowed",
    "opposite",
    "parse",
    "wanted",
    "widened",
    "write",
    "write_value",
]
