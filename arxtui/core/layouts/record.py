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


def is_comment(block: str) -> bool:
    """Whether a block can be the comments, and not the abstract of another entry.

    Comments are at most `LONGEST_COMMENT` long or, unlike abstracts, do not end with a full stop.
    """
    return len(block) <= LONGEST_COMMENT or not block.endswith(".")


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
        return 1 if not is_comment(blocks[1]) and not is_heading(blocks[0]) else 0
    for index in (count - 3, count - 2):
        if is_heading(blocks[index]):
            return index
    if count == 3 and len(lines_of(blocks[0])) > 2 and is_comment(blocks[2]):
        return 0  # a title or an author list that runs over several lines
    return count - 2 if is_comment(blocks[-1]) else count - 1


def fields(blocks: list[str]) -> Fields:
    """Read the fields of one entry.

    Args:
        blocks: what stands before its identifier line, from `first_block` on; at most three.
    """
    head = blocks[0]
    if len(blocks) == 1:
        if is_heading(head) and not head.endswith("."):  # else an abstract broken into two lines
            title, _, authors = head.partition("\n")
            return Fields(tidy(title), tidy(authors), None, None)
        return Fields(None, None, tidy(head), None)
    if len(blocks) == 3 or is_heading(head):
        title, _, authors = head.partition("\n")
        return Fields(
            tidy(title), tidy(authors), tidy(blocks[1]), tidy(blocks[2]) if len(blocks) == 3 else None
        )
    return Fields(None, None, tidy(head), tidy(blocks[1]))
