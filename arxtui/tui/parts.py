"""The parts of the main screen, each imported and made when it is first asked for.

The first list needs few of them; to import the others before it is painted would delay it by a tenth of a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from arxtui.tui.exploring import Exploring
    from arxtui.tui.exporting import Exporting
    from arxtui.tui.finding import Finding
    from arxtui.tui.following import Following
    from arxtui.tui.headings import Headings
    from arxtui.tui.hits import Hits
    from arxtui.tui.keeping import Keeping
    from arxtui.tui.listkeeping import ListKeeping
    from arxtui.tui.moving import Moving
    from arxtui.tui.paper_pane import PaperPane
    from arxtui.tui.reading_time import ReadingTime
    from arxtui.tui.refreshing import Refreshing
    from arxtui.tui.saved import Saved
    from arxtui.tui.saying import Saying
    from arxtui.tui.search_line import SearchLine
    from arxtui.tui.selection import Selection
    from arxtui.tui.showing import Showing
    from arxtui.tui.twins import Twins
    from arxtui.tui.using import Using
    from arxtui.tui.windows import Windows

P = TypeVar("P")


class Part(Generic[P]):
    """An attribute that is made when it is first read.

    Args:
        module: in `arxtui.tui`.
        name: of the class in it, which is given the screen.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __set_name__(self, owner: type, attribute: str) -> None:
        self._attribute = attribute

    def __get__(self, screen: object, owner: type) -> P:
        if screen is None:
            raise AttributeError(self._attribute)
        made: P = getattr(import_module(f"arxtui.tui.{self._module}"), self._name)(screen)
        screen.__dict__[self._attribute] = made  # from now on found there
        return made


class Parts:
    """What the main screen consists of besides its widgets."""

    showing: Part[Showing] = Part("showing", "Showing")
    paper_pane: Part[PaperPane] = Part("paper_pane", "PaperPane")
    headings: Part[Headings] = Part("headings", "Headings")
    refreshing: Part[Refreshing] = Part("refreshing", "Refreshing")
    following: Part[Following] = Part("following", "Following")
    search_line: Part[SearchLine] = Part("search_line", "SearchLine")
    moving: Part[Moving] = Part("moving", "Moving")
    finding: Part[Finding] = Part("finding", "Finding")
    hits: Part[Hits] = Part("hits", "Hits")
    exploring: Part[Exploring] = Part("exploring", "Exploring")
    saved: Part[Saved] = Part("saved", "Saved")
    twins: Part[Twins] = Part("twins", "Twins")
    using: Part[Using] = Part("using", "Using")
    keeping: Part[Keeping] = Part("keeping", "Keeping")
    selection: Part[Selection] = Part("selection", "Selection")
    saying: Part[Saying] = Part("saying", "Saying")
    list_keeping: Part[ListKeeping] = Part("listkeeping", "ListKeeping")
    reading_time: Part[ReadingTime] = Part("reading_time", "ReadingTime")
    exporting: Part[Exporting] = Part("exporting", "Exporting")
    windows: Part[Windows] = Part("windows", "Windows")

    def all_parts(self) -> list[Any]:
        """Every one of them; those that are not there yet are made."""
        return [getattr(self, name) for name, value in vars(Parts).items() if isinstance(value, Part)]
