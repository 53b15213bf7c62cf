"""The library on disk: which files, which papers, where each occurs, and search in them."""

from __future__ import annotations

from arxtui.library.errors import LibraryError, UnknownPaper
from arxtui.library.library import Library, open_library
from arxtui.library.listing import SORTS
from arxtui.library.results import Results
from arxtui.library.values import Counts, FileProblem, Place, Progress, Refreshed, Row, TreeNode

__all__ = [
    "SORTS",
    "Counts",
    "FileProblem",
    "Library",
    "LibraryError",
    "Place",
    "Progress",
    "Refreshed",
    "Results",
    "Row",
    "TreeNode",
    "UnknownPaper",
    "open_library",
]
