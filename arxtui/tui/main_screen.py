"""The reader's one screen: it holds the panes, asks the library and the store, and decides."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker

from arxtui.core.display import clean
from arxtui.tui import messages
from arxtui.tui.actions import BY_ID, DETAIL, LIST, MOVE, PANES, TREE, after_prefix, of_papers
from arxtui.tui.background import ROWS
from arxtui.tui.bindings import IN_SEARCH, bindings
from arxtui.tui.detail import Detail
from arxtui.tui.file_tree import FileTree
from arxtui.tui.layout import visible_panes
from arxtui.tui.paper_list import PaperList
from arxtui.tui.parts import Parts
from arxtui.tui.search_bar import SearchBar
from arxtui.tui.status_line import SEARCH, KeyLine, StatusLine
from arxtui.tui.typing_line import one_line
from arxtui.tui.working import Working

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from arxtui.core.queries.completing import Completing
    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.settings import Loaded
    from arxtui.tui.background import Background
    from arxtui.tui.messages import PapersFound
    from arxtui.tui.views import View


_LATER = 0.05
"""Seconds between looks whether the first list is on screen: before, nothing else is asked for."""


class MainScreen(Parts, Screen[int]):
    """Tree, list and paper. Widgets tell it what the user did; workers tell it what they found."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = f"#{LIST} PaperList"

    def __init__(
        self,
        library: Library,
        store: ReadingStore,
        settings: Loaded,
        background: Background,
        first: Future[PapersFound],
    ) -> None:
        super().__init__()
        self.library = library
        self.store = store
        self.settings = settings
        self.names = {str(root): name for root, name in library.root_names.items()}
        self._first = first
        self.pane = LIST
        self.zoomed = False
        self.begun = self.painted = False
        self.working = Working(self, background)

    def compose(self) -> ComposeResult:
        """Three panes above two lines."""
        with Horizontal(id="panes"):
            with self._new_pane(TREE):
                yield Static("Files", id="tree-title", classes="pane-title", markup=False)
                yield FileTree(id="file-tree")
            with self._new_pane(LIST):
                with Horizontal(id="list-head"):
                    yield Static("Papers", id="list-title", classes="pane-title", markup=False)
                    yield _hidden(Static("/", id="search-prompt", markup=False))
                    yield _hidden(SearchBar(self._propose, id="search"))
                    yield _hidden(Static(id="search-scope", markup=False))
                yield Static(id="search-hint", markup=False)
                yield PaperList(lambda work: self.working.background.submit(work, ROWS), id="paper-list")
            with self._new_pane(DETAIL):
                yield Static("Paper", id="detail-title", classes="pane-title", markup=False)
                yield Detail(self.names, id="detail-body")
        yield StatusLine(id="status")
        hidden = TREE not in visible_panes(self.app.size.width, self.pane, zoomed=False)
        yield KeyLine(self.pane, hides_tree=hidden, id="keys")

    def _new_pane(self, name: str) -> Vertical:
        """A pane as `place_panes` would leave it: what is changed once it is there is styled and laid out again."""
        visible = visible_panes(self.app.size.width, self.pane, zoomed=False)
        classes = ["pane", *["-active"] * (name == self.pane), *["-first"] * (name == visible[0])]
        pane = Vertical(id=name, classes=" ".join(classes))
        pane.display = name in visible
        return pane

    def on_mount(self) -> None:
        """The papers first; all the rest when they are on screen."""
        self.file_tree = self.query_one(FileTree)
        self.paper_list = self.query_one(PaperList)
        self.detail = self.query_one(Detail)
        self.search_bar = self.query_one(SearchBar)
        self.status = self.query_one(StatusLine)
        self.key_line = self.query_one(KeyLine)
        self.set_focus(self.paper_list)
        self.showing.begin(self._first)
        self.begun = True  # until here, keys typed ahead waited for the first list
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        if self.showing.asking or not self.size:
            # Not painted yet. Threads that read and import something else would make that late.
            self.set_timer(_LATER, self._go_on)
            return
        self.painted = True
        if not gc.isenabled():
            # Was turned off for the start. What stands by now stays to the end and need never be looked through, a pause of 30 ms.
            gc.freeze()
            gc.enable()
        self.paper_pane.read()
        self.keeping.start()
        self.reading_time.start()
        self.search_line.start()
        self.showing.read_counts()
        self.following.read_folder(None)
        self.refreshing.tell_notes()
        self.refreshing.start()
        self.following.start()
        self.all_parts()  # so that no key waits for an import

    # keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the search line is open, only some keys are the reader's; some belong to a pane."""
        if action != "do" or not self.is_mounted:
            return True
        if self.app.focused is self.search_bar:
            return parameters[0] in IN_SEARCH
        panes = BY_ID[str(parameters[0])].panes
        return not panes or self.pane in panes

    def take_second_key(self, event: events.Key) -> bool:
        """Take a key as the second of two, whatever it is.

        Returns:
            Whether a first one was waiting.
        """
        prefix, asked = self.key_line.prefix, self.key_line.asked
        if not prefix and not asked:
            return False
        self.key_line.done()
        key = event.character if event.is_printable and event.character else event.key
        if asked:
            if key != "escape":
                self.action_do(asked, key)
            return True
        action = after_prefix(prefix).get(key)
        if action is not None:
            self.action_do(action.id, key if action.numbered else "")
        elif key != "escape":
            self.say(f"{prefix} {key} is not a command; ? shows all keys")
        return True

    def action_do(self, name: str, number: str = "") -> None:
        """Run an action of the table; `number` is the key of one that is numbered, or the key that it asked for."""
        self.key_line.done()
        if self.showing.holds_up(name):
            return
        if of_papers(name) and self.pane != TREE and not self.searching:
            self.paper_list.rests = False
        if BY_ID[name].group == MOVE and not self.searching:
            self.status.move_on()
            self.search_line.move_on()
        asks = BY_ID[name].asks
        if asks and not number:
            self.key_line.ask_for(name, self.saying.mark_words if name == "jump" else asks)
            return
        for part in self.all_parts():
            handler = getattr(part, f"do_{name}", None)
            if handler is not None:
                handler(*filter(None, [number]))
                # At once, so that the numbers change in the same frame as what was done; the next is 8 ms later.
                self.showing.show_status()
                return

    def action_prefix(self, key: str) -> None:
        """Wait for the second key of two."""
        self.key_line.ask(key)

    @on(KeyLine.Clicked)
    def _key_clicked(self, event: KeyLine.Clicked) -> None:
        self.action_do(event.action)

    # panes

    def on_resize(self) -> None:
        """Show as many panes as there is room for."""
        self.place_panes()
        if self.painted:
            self.call_after_refresh(self.search_line.show_hint)

    def place_panes(self) -> None:
        """Show the panes that fit and mark the active one."""
        visible = visible_panes(self.size.width or self.app.size.width, self.pane, zoomed=self.zoomed)
        for name in PANES:
            pane = self.query_one(f"#{name}")
            pane.display = name in visible
            pane.set_class(name == self.pane, "-active")
            pane.set_class(name == visible[0], "-first")
        self._show_keys()

    def _show_keys(self) -> None:
        self.key_line.show_pane(SEARCH if self.searching else self.pane, hides_tree=not self.shows(TREE))

    def shows(self, pane: str) -> bool:
        """Whether a pane is on screen."""
        return bool(self.query_one(f"#{pane}").display)

    def go_to(self, pane: str) -> None:
        """Give a pane the focus and show it."""
        self.pane = pane
        self.place_panes()
        self.set_focus({TREE: self.file_tree, LIST: self.paper_list, DETAIL: self.detail}[pane])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The mouse, or anything else, gave a pane the focus."""
        for ancestor in event.widget.ancestors_with_self:
            if ancestor.id in PANES:
                if not self.shows(str(ancestor.id)):
                    # A screen over this one that closes may leave the focus in a pane that is not shown.
                    self.call_after_refresh(self.go_to, self.pane)
                    return
                if ancestor.id != self.pane:
                    self.pane = str(ancestor.id)
                    self.place_panes()
                break
        if self.searching and event.widget is not self.search_bar:
            self.search_line.leave()

    def zoom(self, zoomed: bool) -> None:
        """Show the active pane alone, or share the window again."""
        self.zoomed = zoomed
        self.place_panes()

    def on_click(self) -> None:
        """A click anywhere gives up a first key of two."""
        self.key_line.done()

    # the search line

    @property
    def searching(self) -> bool:
        """Whether the search line is open."""
        return bool(self.search_bar.display)

    def show_search(self, shown: bool) -> None:
        """Put the search line in the place of the list's title, or take it away."""
        self.search_bar.display = shown
        self.query_one("#search-prompt").display = self.query_one("#search-scope").display = shown
        self.query_one("#list-title").display = not shown
        if shown:
            self.search_line.opened()
            self.headings.show_scope(self.view.scope_words)
            self.pane = LIST
            self.place_panes()
            self.set_focus(self.search_bar)
        else:
            self._show_keys()
        self.search_line.show_hint()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted where nothing is typed is looked for."""
        if (text := one_line(event.text)) and not self.searching:
            self.key_line.done()
            self.show_search(True)
            self.search_bar.put(text)

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self.search_line.typed(event.value)

    async def _propose(self, what: Completing) -> list[str]:
        return await self.search_line.propose(what)

    @on(SearchBar.Offered)
    def _offered(self, event: SearchBar.Offered) -> None:
        self.search_line.offered(event.values)

    # work in threads

    async def ready(self) -> None:
        """Wait until what earlier keys asked for is on screen, but not for long.

        Letters typed into the search line do not wait: they narrow whatever is there.
        """
        if not (self.is_mounted and self.searching):
            await self.working.ready()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker is through; what it had to tell has come before this."""
        if event.worker.is_finished:
            self.working.finished(event.worker)
            if event.worker.group in ("search", "looking on"):
                self.showing.ended(event.worker)

    def on_unmount(self) -> None:
        """However the app ends."""
        self.end_reading()
        self.saying.leave()

    def end_reading(self) -> None:
        """Have the threads end that would go on by themselves; what was read by then is kept."""
        self.refreshing.leave()
        self.following.leave()

    @property
    def marks_words(self) -> bool:
        """Whether what is looked for can be marked in a text."""
        return bool(self.paper_list.highlights)

    # what is shown

    @property
    def view(self) -> View:
        """What the list was last asked to show."""
        return self.showing.view

    @property
    def key(self) -> str | None:
        """The paper under the cursor."""
        row = self.paper_list.row
        return row.key if row is not None else None

    def ask(self, view: View, *, key: str | None = None, again: bool = False, top: bool = False) -> None:
        """List what a view asks for; see `Showing.ask`."""
        self.showing.ask(view, key=key, again=again, top=top)

    def say(self, text: str, *, error: bool = False, lasting: bool = False) -> None:
        """Tell the user something as `StatusLine.say` does; what is wrong and does not fit, in full above it as well."""
        self.status.say(text, error=error, lasting=lasting)
        if error and cell_len(clean(text)) > self.status.content_size.width:
            self.keeping.notify(text, once=True)

    # what widgets and workers tell

    @on(PaperList.Moved)
    def _moved(self) -> None:
        self.selection.moved()
        self.showing.moved()

    @on(PaperList.Opened)
    def _opened(self) -> None:
        self.go_to(DETAIL)

    @on(PaperList.Failed)
    def _list_failed(self, event: PaperList.Failed) -> None:
        self.say(event.error, error=True)

    @on(FileTree.Chosen)
    def _chosen(self, event: FileTree.Chosen) -> None:
        self.showing.chosen(event.branch)
        if event.entered and not event.branch.is_heading:
            self.go_to(LIST)

    @on(FileTree.ChildrenWanted)
    def _children_wanted(self, event: FileTree.ChildrenWanted) -> None:
        self.following.read_folder(event.place)

    @on(messages.Said)
    def _said(self, message: messages.Said) -> None:
        self.say(message.text, error=message.error, lasting=True)

    @on(messages.FilesProgress)
    def _files_progress(self, message: messages.FilesProgress) -> None:
        self.refreshing.progressed(message.progress)

    @on(messages.FilesChanged)
    def _files_changed(self) -> None:
        self.refreshing.files_changed()


def _hidden(widget: Widget) -> Widget:
    widget.display = False
    return widget
