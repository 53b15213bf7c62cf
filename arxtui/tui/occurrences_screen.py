"""Where a paper stands, and how its texts differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from arxtui.core.display import clean
from arxtui.core.papers import Occurrence
from arxtui.tui.detail_text import place_words
from arxtui.tui.overlay import Overlay
from arxtui.tui.rows import shorten, shown_identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.widget import Widget

    from arxtui.core.papers import Paper
    from arxtui.tui.twins import Twin
    from arxtui.tui.variants import Difference
_NAMES = {"created": "date", "updated": "date of the last update"}
"""What people call a field, where its own name will not do."""
_READING = 300
"""Characters of a variant that are shown."""


class OccurrencesScreen(Overlay["Occurrence | Twin"]):
    """Lists the occurrences of a paper, and below them what may be the same work; enter goes there.

    Args:
        paper: whose.
        names: what the opened folders are called.
        decide: keeps what the user says of a twin.
    """

    BINDINGS = [
        Binding("y", "decide('same')", "The same work", id="same", show=False, priority=True),
        Binding("n", "decide('different')", "Another work", id="different", show=False, priority=True),
    ]

    def __init__(self, paper: Paper, names: Mapping[str, str], decide: Callable[[Twin, str], None]) -> None:
        name = clean(paper.title or "") or shown_identifier(paper.key)
        super().__init__(f"{shown_identifier(paper.key)}  {shorten(name, 200)}")
        self.paper = paper
        self._names = names
        self._decide = decide
        self._twins: tuple[Twin, ...] = ()
        self._compared: Content | None = None

    def body(self) -> Widget:
        """The list above, the differences below."""
        options = [
            Option(
                Content.assemble(
                    (place_words(one, self._names), "bold"),
                    (f"  {clean(one.layout)}" + (", matched by text" if one.matched_by_text else ""), "$dim"),
                )
            )
            for one in self.paper.occurrences
        ]
        waiting = "Reading the files to compare the texts …" if len(options) > 1 else ""
        return Vertical(
            OptionList(*options, id="overlay-body", markup=False),
            VerticalScroll(Static(waiting, id="variants", markup=False), id="variants-scroll"),
            id="occurrences",
        )

    def moved(self) -> OptionList:
        """The list."""
        return self.query_one("#overlay-body", OptionList)

    def on_mount(self) -> None:
        """Show what was compared before this screen was built."""
        super().on_mount()
        if self._compared is not None:
            self.query_one("#variants", Static).update(self._compared)
        self._list_twins()

    def show_twins(self, twins: tuple[Twin, ...]) -> None:
        """List what may be the same work."""
        if twins != self._twins:
            self._twins = twins
            self._list_twins()

    def _list_twins(self) -> None:
        if not self.query("#overlay-body"):
            return
        options, at = self.moved(), self.moved().highlighted
        options.set_options(
            [*options.options[: len(self.paper.occurrences)], *map(_twin_option, self._twins)]
        )
        options.highlighted = at
        self.query_one("#overlay-keys", Static).update(self.keys_line())

    def keys_line(self) -> str:
        """The line at the foot."""
        do = "y n the same or not   enter go there" if self._twins else "enter go to the file"
        return f"j k move   J K scroll the texts   {do}   esc back"

    def action_decide(self, verdict: str) -> None:
        """Say of the twin under the cursor, or of the only one, whether it is the same work; else say what is missing."""
        chosen = self._chosen()
        if isinstance(chosen, Occurrence) and len(self._twins) == 1:
            chosen = self._twins[0]
        if chosen is not None and not isinstance(chosen, Occurrence):
            self._decide(chosen, verdict)
            return
        said = "No other paper may be the same work   esc back"
        if self._twins:
            # Which of them is not guessed: the cursor goes to the first, and the next key is the answer.
            self.moved().highlighted = len(self.paper.occurrences)
            said = "y the same work   n another   j the next of them   esc back"
        self.query_one("#overlay-keys", Static).update(said)

    def _chosen(self) -> Occurrence | Twin | None:
        number = self.moved().highlighted if self.query("#overlay-body") else None
        lines: list[Occurrence | Twin] = [*self.paper.occurrences, *self._twins]
        return lines[number] if number is not None else None

    def scroll_below(self, lines: int) -> None:
        """J and K scroll the differences."""
        below = self.query_one("#variants-scroll", VerticalScroll)
        below.scroll_to(y=below.scroll_offset.y + lines, animate=False)

    def open(self) -> None:
        """Leave with the occurrence or twin under the cursor."""
        chosen = self._chosen()
        if chosen is not None:
            self.dismiss(chosen)

    def on_option_list_option_selected(self) -> None:
        """A click does what enter does."""
        self.open()

    def show_variants(self, differences: Sequence[Difference], unread: Sequence[Occurrence]) -> None:
        """Say how the texts differ.

        Args:
            differences: field by field.
            unread: occurrences whose file has changed or gone since it was indexed.
        """
        self._compared = variants_text(differences, unread, len(self.paper.occurrences), self._names)
        if self.is_mounted:
            self.query_one("#variants", Static).update(self._compared)


_SAID = {None: "Possibly the same as", "same": "The same work as", "different": "Not the same as"}
"""What is said of a twin, by the verdict."""


def _twin_option(twin: Twin) -> Option:
    said = Content.assemble(
        (f"{_SAID[twin.verdict]} {shown_identifier(twin.key)}", "bold" if twin.verdict is None else ""),
        (f"  {shorten(clean(twin.title), 60)}", "$dim"),
    )
    return Option(said)


def variants_text(
    differences: Sequence[Difference], unread: Sequence[Occurrence], total: int, names: Mapping[str, str]
) -> Content:
    """The differences as text."""
    if total < 2 and not unread:
        return Content("")
    lines: list[Content] = []
    if unread:
        places = ", ".join(place_words(one, names) for one in unread)
        lines += [
            Content.styled(f"Changed since it was read (R reads again): {places}", "$warning"),
            Content(""),
        ]
    if not differences and total - len(unread) > 1:
        lines.append(Content.styled("All of them say the same.", "$dim"))
    for difference in differences:
        given = [variant for variant in difference.variants if variant.text is not None]
        said = "They differ in the" if len(given) > 1 else "Not all have the"
        name = _NAMES.get(difference.field, difference.field)
        lines.append(Content.styled(f"{said} {name}", "bold $accent"))
        for variant in difference.variants:
            places = ", ".join(place_words(one, names) for one in variant.places)
            lines.append(Content.styled(f"  {places}", "$dim"))
            text = "not given" if variant.text is None else shorten(clean(variant.text), _READING)
            lines.append(Content(f"    {text}"))
        lines.append(Content(""))
    return Content("\n").join(lines)
