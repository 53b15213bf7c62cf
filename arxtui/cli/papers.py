"""Papers by the identifiers that people type, and where they stand."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError, NothingToDo, UsageError
from arxtui.core.identifiers import parse_identifier
from arxtui.core.papers import TEXT_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arxtui.core.identifiers import Identifier

_BEHIND = ".,;: "
"""Signs of a sentence that stand behind an identifier in one."""
_AROUND = _BEHIND + "()[]{}\"'"
_TEXT_KEY = re.compile(re.escape(TEXT_KEY) + r"[0-9a-f]{16}")


def key_of(text: str) -> str:
    """Return the key of the paper that somebody means.

    Args:
        text: an identifier in any way of writing, with what stood around it where it was copied, or the key of a paper that has none.

    Raises:
        UsageError: it is neither.
    """
    identifier = parse_identifier(text) or _pasted(text)
    if identifier is not None:
        return identifier.key
    if _TEXT_KEY.fullmatch(text):
        return text
    raise UsageError(f"not an arXiv identifier: {text} (they look like 2507.19427 or hep-th/9901001)")


def _pasted(text: str) -> Identifier | None:
    # Imported here: most identifiers are written plainly, and the search language takes a while to load.
    from arxtui.core.queries.pasted import pasted

    return pasted(text) or pasted(text.rstrip(_BEHIND)) or pasted(text.strip(_AROUND))


def keys_of(words: Iterable[str]) -> list[str]:
    """Return the keys of the papers that somebody means, each once and in their order.

    Args:
        words: identifiers in any way of writing; `-` stands for the lines of standard input, less those that begin with `#`.

    Raises:
        UsageError: a word is no identifier.
        CommandError: a line of standard input is none.
        NothingToDo: standard input named none, and nothing else does.
    """
    words = list(words)
    keys = list(
        dict.fromkeys(key for word in words for key in (_keys_in() if word == "-" else [key_of(word)]))
    )
    if words and not keys:
        raise NothingToDo("standard input named no papers; nothing was changed")
    return keys


def _keys_in() -> Iterator[str]:
    for number, line in enumerate(sys.stdin, 1):
        text = line.strip()
        # As in lists that are imported.
        if text and not text.startswith("#"):
            try:
                yield key_of(text)
            except UsageError as error:
                raise CommandError(f"standard input, line {number}: {error}; nothing was changed") from error


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
