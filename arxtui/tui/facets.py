"""What the papers that are listed have in common, counted. Runs in a worker thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from arxtui.core.queries.narrowing import narrowed
from arxtui.core.queries.writing import write_value
from arxtui.library.values import Facet
from arxtui.tui.listing import search_in

if TYPE_CHECKING:
    from arxtui.library import Library
    from arxtui.library.verifying import Looking
    from arxtui.reading import ReadingStore
    from arxtui.tui.views import View


class Groups(NamedTuple):
    """Papers counted by what they have in common.

    Attributes:
        total: how many there are.
        years: the newest first.
        files: those with the most papers first.
        lists: in their order.
        some: not all texts have been looked through: only the papers found first were counted.
    """

    total: int
    years: tuple[Facet, ...]
    files: tuple[Facet, ...]
    lists: tuple[Facet, ...]
    some: bool = False


def count_groups(library: Library, store: ReadingStore, view: View, looking: Looking | None = None) -> Groups:
    """Count the papers of a view by year, file and reading list. What all of them have in common is left out.

    Args:
        library: searched.
        store: where the reading lists are.
        view: whose papers.
        looking: what is known of their texts; no more is looked through for it.

    Raises:
        LibraryError: the library cannot be read.
        StoreError: the reading lists cannot be read.
    """
    view = replace(view, sort=None)  # an order is of no use here, and is given up with the next search
    results = search_in(library, store, view, view.query, looking)
    facets = library.facets(results)
    lists = []
    for each in store.lists():
        condition = f"list:{write_value('list', each.name)}"
        if each.size and each.name != view.reading_list:
            found = search_in(library, store, view, narrowed(view.query, condition), looking).total
            lists.append(Facet(each.name, found, condition))

    def telling(group: tuple[Facet, ...] | list[Facet]) -> tuple[Facet, ...]:
        return tuple(
            facet for facet in group if 0 < facet.papers < results.total or (len(group) > 1 and facet.papers)
        )

    some = results.looking is not None and not results.looking.done
    return Groups(results.total, telling(facets.years), telling(facets.files), telling(lists), some)
