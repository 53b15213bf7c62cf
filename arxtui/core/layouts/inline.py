"""The inline layout: a line of abstract, perhaps a line of comments, and the identifier.

Abstract
[Comments
]arXiv:IDAbstract of the next entry...
"""

from __future__ import annotations

from arxtui.core.layouts.fields import Fields, lines_of, tidy

NAME = "inline"


def fields(text: str) -> Fields:
    """Read the fields of one entry.

    Args:
        text: what stands before its identifier, without surrounding white space and blank lines.
    """
    lines = lines_of(text)
    if len(lines) <= 2:
        return Fields(None, None, tidy(lines[0]), tidy(lines[1]) if len(lines) == 2 else None)
    # An abstract broken into lines. Its last line ends with a full stop; comments (99.8 %) do not.
    if lines[-1].rstrip().endswith("."):
        return Fields(None, None, tidy(text), None, extra=len(lines) - 1)
    return Fields(None, None, tidy("\n".join(lines[:-1])), tidy(lines[-1]), extra=len(lines) - 2)
