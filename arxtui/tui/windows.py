"""Zoom, the other screens, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arxtui.library import FileProblem
    from arxtui.tui.main_screen import MainScreen


class Windows:
    """Handles the actions of the group Window."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_zoom(self) -> None:
        """Show the pane alone, or share the window again."""
        self.screen.zoom(not self.screen.zoomed)

    def do_problems(self) -> None:
        """List what could not be read."""
        library = self.screen.library
        self.screen.working.start(
            library.problems, self._problems_read, group="problems", what="The problems"
        )

    def _problems_read(self, problems: list[FileProblem]) -> None:
        """Open the list of problems; the one chosen leads to its file."""
        from arxtui.tui.problems_screen import ProblemsScreen  # each import delays the first list

        def leave(problem: FileProblem | None) -> None:
            if problem is not None:
                self.screen.moving.to_place(problem.place, None)

        self.screen.app.push_screen(
            ProblemsScreen(problems, self.screen.names, self.screen.refreshing.so_far), leave
        )

    def do_theme(self) -> None:
        """Choose a theme."""
        from textual.theme import ThemeProvider  # each import delays the first list

        from arxtui.tui.palette import Palette

        self.screen.app.push_screen(Palette([ThemeProvider], placeholder="Search for themes…"))

    def do_palette(self) -> None:
        """Find an action by name."""
        self.screen.app.action_command_palette()

    def do_help(self) -> None:
        """Open the help."""
        from arxtui.tui.help_screen import HelpScreen  # each import delays the first list

        self.screen.app.push_screen(HelpScreen())

    def do_quit(self) -> None:
        """Leave the reader."""
        self.do_quit_now()

    def do_quit_now(self) -> None:
        """Leave once all changes are on disk; with text selected, ctrl+c copies it instead."""
        screen = self.screen
        selected = screen.get_selected_text()
        if selected:
            screen.app.copy_to_clipboard(selected)
            screen.clear_selection()
            screen.say("The selected text was sent to the terminal's clipboard")
        else:
            screen.run_worker(screen.app.action_quit(), group="leave", exit_on_error=False)
