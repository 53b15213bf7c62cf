"""Queries that a command is given."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.output import pointed_at
from arxtui.core.queries import parse

if TYPE_CHECKING:
    from arxtui.core.queries import Query


def understood(text: str) -> Query:
    """Understand a query.

    Args:
        text: the query as it was typed.

    Raises:
        UsageError: there is a mistake in it, which standard error shows already.
    """
    query = parse(text)
    if query.errors:
        message, column = query.errors[0]
        print(pointed_at(text, column), file=sys.stderr)
        raise UsageError(f"column {column + 1} of the query: {message}")
    return query
