"""Where in a query a list or a tag is named."""

from __future__ import annotations

from datetime import date

from arxtui.core.queries.lexing import lex
from arxtui.core.queries.tree import In
from arxtui.core.queries.values import meaning


def column_of(text: str, name: In) -> int:
    """Where a query first names a list, a tag or words of a note.

    Args:
        text: the query as it was typed.
        name: what its tree holds for that.

    Returns:
        The column, in code points counted from 0; 0 where it is not there.
    """
    fields = [""]  # for every open parenthesis, what stands in it by default
    field = ""  # the one that was just named
    for token in lex(text):
        if token.kind == "open":
            fields.append(field or fields[-1])
        elif token.kind == "close" and len(fields) > 1:
            fields.pop()
        elif token.kind in ("word", "phrase") and (field or fields[-1]) == name.kind:
            found = meaning(name.kind, token, date.min).node
            if found == name:
                return token.start
        field = token.text if token.kind == "field" else ""
    return 0
