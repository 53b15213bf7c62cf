"""Where in a text that stands which a query asks for.

That of no query, which every list starts with, costs nothing: what looks into texts is imported with the first word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arxtui.core.marking import Markable, Span
    from arxtui.core.queries import Leaf


class Highlights:
    """What to highlight. Equal ones highlight the same.

    Args:
        leaves: words, phrases and regular expressions that speak for a paper; others are passed over.
        forgiving: words with typos were found, and the beginnings of words.
    """

    def __init__(self, leaves: Iterable[Leaf] = (), *, forgiving: bool = False) -> None:
        self._leaves: tuple[Markable, ...] = ()
        self._forgiving = forgiving
        if leaves := tuple(leaves):
            from arxtui.core.marking import markable

            self._leaves = markable(leaves)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Highlights) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __bool__(self) -> bool:
        return bool(self._leaves)

    def _key(self) -> tuple[object, ...]:
        return self._leaves, self._forgiving

    def spans(self, text: str, field: str = "") -> list[Span]:
        """Where to highlight a text.

        Args:
            text: as it is shown.
            field: what it is, in the search language: `title`, `author`, `abstract` or `comment`; empty for any.

        Returns:
            (start, end), offsets in code points, in order and without overlap.
        """
        if not self._leaves:
            return []
        from arxtui.core.marking import spans_of

        return spans_of(self._leaves, text, field, forgiving=self._forgiving)
