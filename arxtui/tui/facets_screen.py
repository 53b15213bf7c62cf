"""What the papers that are listed have in common; one of it can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from arxtui.core.display import clean, clean_path
from arxtui.tui.overlay import Overlay
from arxtui.tui.views import plural

if TYPE_CHECKING:
    from textual.widget import Widget

    from arxtui.tui.facets import Groups
    from arxtui.tui.scope import Scope

_BAR = 20
"""Cells of the bar of the year with the most papers."""


class FacetsScreen(Overlay[str]):
    """Lists years, files and lists with their papers; enter leaves with the condition to add to the query.

    Args:
        groups: what was counted.
        scope: what was listed, in words.
    """

    BINDINGS = [
        Binding("tab", "group(1)", "Next group", show=False, priority=True),
        Binding("shift+tab", "group(-1)", "Previous group", show=False, priority=True),
    ]

    def __init__(self, groups: Groups, scope: Scope) -> None:
        papers = f"{'the first ' * groups.some}{plural(groups.total, 'paper', 'papers')}"
        super().__init__(f"{papers.capitalize()} {scope}".rstrip())
        self._total = groups.total
        self._conditions: list[str | None] = []
        self._options: list[Option] = []
        self._groups: dict[str, int] = {}  # where the first of each stands
        for heading, facets in (("Years", groups.years), ("Files", groups.files), ("Lists", groups.lists)):
            if not facets:
                continue
            if self._options:
                self._add(Content(""), None)
            self._add(Content.styled(heading, "bold $accent"), None)
            self._groups[heading] = len(self._options)
            most = max(facet.papers for facet in facets)
            digits = max(len(f"{facet.papers:,}") for facet in facets)
            for facet in facets:
                name = clean_path(facet.value) if heading == "Files" else clean(facet.value)
                bar = "▪" * max(1, round(_BAR * facet.papers / most)) if heading == "Years" else ""
                self._add(
                    Content.assemble((f"  {facet.papers:>{digits},}  ", "$dim"), f"{name}  ", (bar, "$dim")),
                    facet.query,
                )

    def _add(self, line: Content, condition: str | None) -> None:
        self._options.append(Option(line, disabled=condition is None))
        self._conditions.append(condition)

    def body(self) -> Widget:
        """The list, or a word that there is nothing to choose from."""
        if self._options:
            return OptionList(*self._options, id="overlay-body", markup=False)
        nothing = "Nothing here tells these papers apart: no year, file or list has some of them only."
        if self._total < 2:
            nothing = "There is one paper only." if self._total else "There are no papers to count."
        return VerticalScroll(Static(nothing, markup=False), id="overlay-body")

    def moved(self) -> OptionList | VerticalScroll:
        """The list, or the text in its place."""
        if self._options:
            return self.query_one("#overlay-body", OptionList)
        return self.query_one("#overlay-body", VerticalScroll)

    def on_mount(self) -> None:
        """Begin at the first that can be chosen."""
        super().on_mount()
        for options in self.query(OptionList):
            options.highlighted = next(at for at, each in enumerate(self._conditions) if each)

    def keys_line(self) -> str:
        """The line at the foot: it names the groups, for a long one hides those below it."""
        if not self._options:
            return "esc back"
        move = f"tab {', '.join(self._groups).lower()}" if len(self._groups) > 1 else "j k move"
        return f"{move}   enter only these   esc back"

    def action_group(self, step: int) -> None:
        """Go to the first of the next group (1), or of this one or the one before (-1), round the corner."""
        widget = self.moved()
        if not isinstance(widget, OptionList):
            return
        at, begins = widget.highlighted or 0, list(self._groups.values())
        if step > 0:
            widget.highlighted = next((begin for begin in begins if begin > at), begins[0])
        else:
            widget.highlighted = next((begin for begin in reversed(begins) if begin < at), begins[-1])
        # With its heading, and as much of it as there is room for.
        self.call_after_refresh(widget.scroll_to, y=(widget.highlighted or 0) - 1, animate=False)

    def open(self) -> None:
        """Leave with the condition under the cursor."""
        widget = self.moved()
        if isinstance(widget, OptionList) and widget.highlighted is not None:
            condition = self._conditions[widget.highlighted]
            if condition is not None:
                self.dismiss(condition)

    def on_option_list_option_selected(self) -> None:
        """A click does what enter does."""
        self.open()
