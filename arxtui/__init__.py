"""arxtui: a terminal reader for folders of plain-text arXiv abstracts.

The public interface is small, and loads only what is asked for (PEP 562):

    open_library(paths) -> Library    a library of folders and files, with its index
    Library.search(query) -> Results  an exact total, and pages as they are needed
    Library.paper(key) -> Paper       one paper as all its occurrences give it
    parse(bytes or path)              the entries and problems of one file
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arxtui.core.papers import Entry, Occurrence, Paper, Problem
    from arxtui.core.parsing import parse
    from arxtui.library import Library, LibraryError, Results, open_library

__all__ = [
    "Entry",
    "Library",
    "LibraryError",
    "Occurrence",
    "Paper",
    "Problem",
    "Results",
    "__version__",
    "open_library",
    "parse",
]

__version__ = "0.1.0"

_HOMES = {
    "Entry": "arxtui.core.papers",
    "Occurrence": "arxtui.core.papers",
    "Paper": "arxtui.core.papers",
    "Problem": "arxtui.core.papers",
    "parse": "arxtui.core.parsing",
    "Library": "arxtui.library",
    "LibraryError": "arxtui.library",
    "Results": "arxtui.library",
    "open_library": "arxtui.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
