"""What could not be read, with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from arxtui.core.display import clean
from arxtui.tui.detail_text import file_words
from arxtui.tui.overlay import Overlay
from arxtui.tui.views import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.widget import Widget

    from arxtui.library import FileProblem

SHOWN = 2_000
"""Problems that are listed; `arxtui check` prints all. An option list lays every line out."""


class ProblemsScreen(Overlay["FileProblem"]):
    """Lists problems; enter goes to the file in the tree.

    Args:
        problems: all of them.
        names: what the opened folders are called.
        so_far: says what has been read, where that is not all.
    """

    def __init__(self, problems: Sequence[FileProblem], names: Mapping[str, str], so_far: str = "") -> None:
        title = plural(len(problems), "problem", "problems").capitalize()
        super().__init__(" ".join(filter(None, (title, so_far))))
        self._so_far = so_far
        self._names = names
        self._problems = problems[:SHOWN]
        self._more = len(problems) - len(self._problems)

    def body(self) -> Widget:
        """The list, or a word that all is well."""
        if not self._problems:
            return VerticalScroll(
                Static(
                    f"Everything {self._so_far or 'in the files'} could be read.",
                    markup=False,
                ),
                id="overlay-body",
            )
        options = [
            Option(
                Content.assemble(
                    (f"{file_words(one.root, one.path, self._names)}:{one.line}", "bold"),
                    (f"  {one.kind}\n", "$warning"),
                    (clean(one.message), "$dim"),
                )
            )
            for one in self._problems
        ]
        if self._more:
            options.append(
                Option(Content(f"and {self._more:,} more: arxtui check prints all"), disabled=True)
            )
        return OptionList(*options, id="overlay-body", markup=False)

    def moved(self) -> OptionList | VerticalScroll:
        """The list, or the text in its place."""
        if self._problems:
            return self.query_one("#overlay-body", OptionList)
        return self.query_one("#overlay-body", VerticalScroll)

    def keys_line(self) -> str:
        """The line at the foot."""
        return "j k move   enter go to the file   esc back" if self._problems else "esc back"

    def open(self) -> None:
        """Leave with the problem under the cursor."""
        widget = self.moved()
        if isinstance(widget, OptionList) and widget.highlighted is not None:
            self.dismiss(self._problems[widget.highlighted])

    def on_option_list_option_selected(self) -> None:
        """A click does what enter does."""
        self.open()
