"""The one form in which names, keys and texts are kept; what cannot be kept is refused."""

from __future__ import annotations

import unicodedata

from arxtui.core.display import without_controls, without_joiners
from arxtui.reading.errors import StoreError

_LONGEST = 1000
"""Letters in a name or key: far more than anybody types, and little enough for an index."""

_MOST_LETTERS = 1_000_000
"""Letters in a note or a description: above that it is no note."""


def name_of(text: str, what: str = "reading list") -> str:
    """Bring the name of a list, tag or search to the one form it is kept in.

    Args:
        text: the name as somebody typed it.
        what: what is named, for the message.

    Returns:
        The name without blanks around it, in Unicode's composed form: an e with an accent is one, however typed.

    Raises:
        StoreError: it is empty, too long or holds what cannot be printed.
    """
    name = unicodedata.normalize("NFC", text.strip())
    if not name:
        raise StoreError(f"a {what} needs a name")
    shown = without_joiners(name)
    if not shown.isprintable() or without_controls(shown) != shown:
        raise StoreError(
            f"the name of a {what} cannot hold line breaks or characters that do not show: {name!r}"
        )
    if len(name) > _LONGEST:
        raise StoreError(f"the name of a {what} can have {_LONGEST:,} letters, not {len(name):,}")
    return name


def folded(name: str) -> str:
    """Return what two names have in common that are one to who reads them: their case and what only joins letters do not count.

    Args:
        name: the name of a list, tag or search.
    """
    return without_joiners(name).casefold()


def key_of(text: str) -> str:
    """Look at the key of a paper, which may be any identifier, known to a library or not.

    Args:
        text: the key.

    Returns:
        The key as it is.

    Raises:
        StoreError: it is empty, too long or holds what cannot be printed.
    """
    if not text or not text.isprintable() or len(text) > _LONGEST:
        raise StoreError(f"this cannot be the identifier of a paper: {text[:80]!r}")
    return text


def storable(text: str) -> str:
    """Return a text without what a database or a file of UTF-8 cannot hold.

    Args:
        text: any text; half characters, as in odd file names, become a sign that one was lost, and zeros go.

    Raises:
        StoreError: it is too long.
    """
    if len(text) > _MOST_LETTERS:
        raise StoreError(
            f"a note or description can have {_MOST_LETTERS:,} letters, not {len(text):,}; shorten it"
        )
    return text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
