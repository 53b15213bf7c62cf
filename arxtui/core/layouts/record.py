"""The record layout: blocks between blank lines, and dates.

[Title
Authors

]Abstract

[Comments

]arXiv:ID
Created: DATE[ Updated: DATE]
"""

from __future__ import annotations

from arxtui.core.layouts.fields import Fields, lines_of, tidy

NAME = "record"

LONGEST_COMMENT = 900
"""Of 700,457 real comments the longest has 884 characters."""


def is_heading(block: str) -> bool:
    """Whether a block is a title and an author list: two lines, neither of them indented."""
    first = block.find("\n")
    return first > 0 and "\n" not in block[first + 1 :] and block[first + 1] not in " \t"


def is_wrapped_heading(block: str) -> bool:
    """Whether a block can be a title and an author list that were broken into more than two lines."""
    return not block.rstrip().endswith(".") and len(lines_of(block)) > 2


def is_comment(block: str) -> bool:
    """Whether a block can be the comments, and not the abstract of another entry.

    Comments are at most `LONGEST_COMMENT` long or, unlike abstracts, do not end with a full stop.
    """
    return len(block) <= LONGEST_COMMENT or not block.rstrip().endswith(".")


def first_block(blocks: list[str]) -> int:
    """Which block the last entry of a text begins with.

    Where the identifier of the entry before was lost, its blocks stand before those of this one.

    Args:
        blocks: the blocks up to an identifier line.

    Returns:
        An index into `blocks`; those from there on are one entry.
    """
    count = len(blocks)
    if count == 1:
        return 0
    if count == 2:
        return 1 if not is_comment(blocks[1]) and not _is_any_heading(blocks[0]) else 0
    if is_heading(blocks[-3]):
        return count - 3
    wrapped = is_wrapped_heading(blocks[-3]) and is_comment(blocks[-1])
    if wrapped and blocks[-2].rstrip().endswith("."):
        return count - 3  # and what follows is an abstract, however many lines it has
    if is_heading(blocks[-2]):
        return count - 2
    if wrapped:
        return count - 3
    return count - 2 if is_comment(blocks[-1]) or is_wrapped_heading(blocks[-2]) else count - 1


def fields(blocks: list[str]) -> Fields:
    """Read the fields of one entry.

    Args:
        blocks: what stands before its identifier line, from `first_block` on; at most three.
    """
    head = blocks[0]
    if len(blocks) == 1:
        if is_heading(head) and not head.rstrip().endswith("."):  # else an abstract broken into two lines
            title, _, authors = head.partition("\n")
            return Fields(tidy(title), tidy(authors), None, None)
        return Fields(None, None, tidy(head), None)
    comments = tidy(blocks[2]) if len(blocks) == 3 else None
    if is_heading(head):
        title, _, authors = head.partition("\n")
        return Fields(tidy(title), tidy(authors), tidy(blocks[1]), comments)
    # An abstract and comments would be the other way round: most abstracts end with a full stop, and are longer.
    wrapped = is_wrapped_heading(head) and (blocks[1].rstrip().endswith(".") or len(blocks[1]) > len(head))
    if len(blocks) == 3 or wrapped:
        title, authors = _divide_heading(head, blocks[1])
        return Fields(tidy(title), tidy(authors), tidy(blocks[1]), comments, extra=len(lines_of(head)) - 2)
    return Fields(None, None, tidy(head), tidy(blocks[1]))


def _is_any_heading(block: str) -> bool:
    return is_heading(block) or is_wrapped_heading(block)


def _divide_heading(head: str, abstract: str) -> tuple[str, str]:
    """Divide a title and authors of more than two lines, where a line breaks before it is full."""
    lines = lines_of(head)
    width = max(map(len, [*lines, *lines_of(abstract)]))
    for number in range(1, len(lines) - 1):
        if len(lines[number - 1]) + 1 + len(lines[number].split(maxsplit=1)[0]) <= width:
            break
    else:
        number = max(len(lines) - 1, 1)
    return "\n".join(lines[:number]), "\n".join(lines[number:])
