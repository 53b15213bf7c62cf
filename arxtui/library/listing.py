"""Papers in an order without regard to their text, and what any search gives back.

The first list of the reader comes from here. So nothing of the search language or of the text index is imported, which takes as long
as all the rest of opening a library.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

from arxtui.core.highlighting import Highlights
from arxtui.library.catalogue import Catalogue
from arxtui.library.ordering import DateOrder, NumberOrder, Order, all_of
from arxtui.library.values import Place

if TYPE_CHECKING:
    import tantivy

    from arxtui.library.verifying import Looking

    Ask = Callable[[], tantivy.Query]

SORTS = ("date", "updated", "title", "id", "occurrences", "relevance", "added")
"""What results can be sorted by; with `-` before it, the other way round."""

_FEW = 20_000  # papers that are picked out of all more quickly than all are put in order


class Found(NamedTuple):
    """What a search finds.

    Attributes:
        order: the papers.
        query: makes the query for the same papers, for the text index.
        highlights: what to highlight in their texts.
        note: how the query was understood, where that may surprise; else None.
        looking: how far texts have been looked through; None where there was no need to.
        why: says why there is none, where that can be told.
    """

    order: Order
    query: Ask
    highlights: Highlights = Highlights()
    note: str | None = None
    looking: Looking | None = None
    why: Callable[[], str] = str  # str() is empty


class Scope(NamedTuple):
    """Which papers are looked through.

    Attributes:
        place: only those in this folder or file.
        keys: only these, in the order they were added to whatever holds them.
    """

    place: Place | None = None
    keys: Collection[str] | None = None


def listed(
    catalogue: Catalogue, roots: int, sort: str | None, scope: Scope, first: int | None = None
) -> Order:
    """All papers of a scope: the catalogue has them in order.

    Args:
        catalogue: where they are.
        roots: how many roots the library has.
        sort: one of `SORTS`, `-` before it reverses; None, or by relevance to nothing: newest first.
        scope: which.
        first: how many of the first papers are wanted; None: any.
    """
    place, keys = scope
    if sort is None or sort.endswith("relevance"):
        sort = "date"
    whole = keys is None and (place is None or (roots == 1 and not place.path))
    if whole and sort in ("date", "-date"):
        return DateOrder(catalogue, oldest_first=sort == "-date")
    if whole and not sort.endswith("added"):
        return _whole(catalogue, sort, first)
    among = None if keys is None else list(catalogue.numbers(keys).values())
    if sort.endswith("added"):
        return by_adding(catalogue, catalogue.orders.some("date", place=place, among=among), sort, scope)
    return all_of(catalogue, catalogue.orders.some(sort, place=place, among=among))


def _whole(catalogue: Catalogue, sort: str, first: int | None) -> Order:
    """All papers in an order, which takes half the time where only the first few are wanted."""
    orders = catalogue.orders
    numbers = orders.whole(sort) if first is None or first > _FEW else orders.at_hand(sort)
    if numbers is not None:
        return all_of(catalogue, numbers)
    few = orders.some(sort, limit=first)
    total = catalogue.counts().papers
    return NumberOrder(catalogue, total, lambda count: few if count <= len(few) else orders.whole(sort))


def by_adding(catalogue: Catalogue, numbers: array[int], sort: str, scope: Scope) -> Order:
    """The last added first; papers that were added to nothing behind, as they were.

    Args:
        catalogue: where they are.
        numbers: of the papers.
        sort: `added`, or `-added` for the first added first.
        scope: its keys say in which order they were added.
    """
    places = {number: at for at, number in enumerate(catalogue.numbers(scope.keys or ()).values())}
    ordered = sorted(numbers, key=lambda number: -places.get(number, -1))
    if sort.startswith("-"):
        ordered.sort(key=lambda number: places.get(number, len(places)))
    return all_of(catalogue, array("q", ordered))
