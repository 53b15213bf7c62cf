"""Errors that the user is told of in one line."""

from __future__ import annotations


class CommandError(Exception):
    """A command could not do what was asked, because of the data it met.

    The text is for the user: what is wrong with what, and what to do.
    """

    code = 1
    """The exit code."""


class NothingToDo(CommandError):
    """What came through a pipe was empty, as the result of a search may be: no failure, but to be said."""

    code = 0


class UsageError(CommandError):
    """What was asked for makes no sense as it was typed."""

    code = 2
