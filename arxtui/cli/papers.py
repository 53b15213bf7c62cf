"""Papers by the identifiers that people type, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from arxtui.cli.errors import UsageError
from arxtui.core.identifiers import parse_identifier
from arxtui.core.papers import TEXT_KEY

_TEXT_KEY = re.compile(re.escape(TEXT_KEY) + r"[0-9a-f]{16}")


def key_of(text: str) -> str:
    """Return the key of the paper that somebody means.

    Args:
        text: an identifier in any way of writing, or the key of a paper that has none.

    Raises:
        UsageError: it is neither.
    """
    identifier = parse_identifier(text)
    if identifier is not None:
        return identifier.key
    if _TEXT_KEY.fullmatch(text):
        return text
    raise UsageError(f"not an arXiv identifier: {text} (they look like 2507.19427 or hep-th/9901001)")


def file_of(root: str, path: str) -> str:
    """Return a file of a library, relative to the current folder where it stands below it.

    Args:
        root: absolute path of what was opened, a folder or a file.
        path: path of the file relative to it; of no account where `root` is a file.
    """
    file = Path(root) if _is_file(root) else Path(root, path)
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


@lru_cache
def _is_file(path: str) -> bool:
    return Path(path).is_file()
