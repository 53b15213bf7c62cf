"""Queries that a command is given."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from arxtui.cli.errors import UsageError
from arxtui.cli.keeping import UnknownName
from arxtui.cli.output import fitted, pointed_at, safe, say
from arxtui.core.queries import parse
from arxtui.core.queries.locating import column_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arxtui.core.queries import Query

_LONGEST = 400
"""Cells of what is said of a mistake, which may hold what was typed."""


def understood(text: str) -> Query:
    """Understand a query.

    Args:
        text: the query as it was typed.

    Raises:
        UsageError: there is a mistake in it, which standard error shows already.
    """
    query = parse(text)
    forgiven = query.forgiven()
    if forgiven.errors:
        raise _mistake(text, *query.errors[0])
    if forgiven is not query:
        message, column = query.errors[0]
        say(f"column {column + 1}: {fitted(safe(message), _LONGEST)}; looked for as plain words")
    return forgiven


@contextmanager
def names_known(text: str) -> Iterator[None]:
    """Point at a list or a tag that is not there, while a query is asked.

    Args:
        text: the query as it was typed.

    Raises:
        UsageError: it names one, which standard error shows already.
    """
    try:
        yield
    except UnknownName as error:
        raise _mistake(text, str(error), column_of(text, error.name)) from error


def _mistake(text: str, message: str, column: int) -> UsageError:
    print(pointed_at(text, column), file=sys.stderr)
    return UsageError(f"column {column + 1} of the query: {fitted(safe(message), _LONGEST)}")
