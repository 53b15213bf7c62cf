"""The reader's one screen: it holds the panes, asks the library and the store, and decides."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from arxtui.core.display import clean
from arxtui.library import LibraryError
from arxtui.reading import StoreError
from arxtui.tui import messages
from arxtui.tui.actions import ACTIONS, DETAIL, LIST, PANES, PREFIXES, TREE, after_prefix, single_keys
from arxtui.tui.detail import Detail
from arxtui.tui.file_tree import FileTree
from arxtui.tui.finding import Finding
from arxtui.tui.keeping import Keeping
from arxtui.tui.layout import visible_panes
from arxtui.tui.moving import Moving
from arxtui.tui.paper_list import PaperList
from arxtui.tui.refreshing import Refreshing
from arxtui.tui.search_bar import SearchBar
from arxtui.tui.showing import Showing
from arxtui.tui.status_line import SEARCH, KeyLine, StatusLine
from arxtui.tui.using import Using
from arxtui.tui.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.message import Message

    from arxtui.library import Library
    from arxtui.reading import ReadingStore
    from arxtui.tui.views import View


def _bindings() -> list[Binding]:
    """A binding for every action with a key, and one for every first key of two.

    With priority, so that a key has acted before the next one is looked at; see `ReaderApp.on_event`.
    """
    bound = [
        Binding(",".join(single_keys(action)), f"do('{action.id}')", action.name, id=action.id, tooltip=action.tooltip,
                show=False, priority=True)
        for action in ACTIONS if single_keys(action)
    ]  # fmt: skip
    return bound + [
        Binding(key, f"prefix('{key}')", name, id=f"prefix_{key}", show=False, priority=True)
        for key, name in PREFIXES.items()
    ]


PATIENCE = 1.0
"""Seconds that a key waits for what the keys before it have asked for."""
IN_SEARCH = ("open", "down", "page_down", "back", "next_pane", "previous_pane", "palette", "quit_now")
"""The actions whose keys work in the search line."""


class MainScreen(Screen[int]):
    """Tree, list and paper. Widgets tell it what the user did; workers tell it what they found."""

    BINDINGS: ClassVar[list[BindingType]] = [*_bindings()]
    AUTO_FOCUS = None

    def __init__(self, library: Library, store: ReadingStore) -> None:
        super().__init__()
        self.library = library
        self.store = store
        self.pane = LIST
        self.zoomed = False
        self._begun = False
        self._awaited: set[Worker[None]] = set()
        self._settled = asyncio.Event()
        self.showing = Showing(self)
        self.finding = Finding(self)
        self.moving = Moving(self)
        self.keeping = Keeping(self)
        self.using = Using(self)
        self.windows = Windows(self)
        self.refreshing = Refreshing(self)

    def compose(self) -> ComposeResult:
        """Three panes above two lines."""
        with Horizontal(id="panes"):
            with Vertical(id=TREE, classes="pane"):
                yield Static("Files", id="tree-title", classes="pane-title", markup=False)
                yield FileTree(id="file-tree")
            with Vertical(id=LIST, classes="pane"):
                with Horizontal(id="list-head"):
                    yield Static("Papers", id="list-title", classes="pane-title", markup=False)
                    yield Static("/", id="search-prompt", markup=False)
                    yield SearchBar(id="search")
                yield PaperList(id="paper-list")
            with Vertical(id=DETAIL, classes="pane"):
                yield Static("Paper", id="detail-title", classes="pane-title", markup=False)
                yield Detail(id="detail-body")
        yield StatusLine(id="status")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Paint first; then the lists, the list of papers and the files."""
        self.file_tree = self.query_one(FileTree)
        self.paper_list = self.query_one(PaperList)
        self.detail = self.query_one(Detail)
        self.search_bar = self.query_one(SearchBar)
        self.status = self.query_one(StatusLine)
        self.key_line = self.query_one(KeyLine)
        self.show_search(False)
        self.go_to(LIST)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.keeping.start()
        self.refreshing.read_folder(None)
        self.ask(self.view)
        self.refreshing.start()
        self._begun = True  # until here, keys typed ahead waited for the first list

    # keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the search line is open, only some keys are the reader's; the others edit the line."""
        if action == "do" and self.is_mounted and self.app.focused is self.search_bar:
            return parameters[0] in IN_SEARCH
        return True

    def take_second_key(self, event: events.Key) -> bool:
        """Take a key as the second of two, whatever it is.

        Returns:
            Whether a first one was waiting.
        """
        prefix = self.key_line.prefix
        if not prefix:
            return False
        self.key_line.done()
        key = event.character if event.is_printable and event.character else event.key
        action = after_prefix(prefix).get(key)
        if action is not None:
            self.action_do(action.id)
        elif key != "escape":
            self.say(f"{prefix} {key} is not a command; ? shows all keys")
        return True

    def action_do(self, name: str) -> None:
        """Run an action of the table."""
        self.key_line.done()
        for part in (self.moving, self.finding, self.using, self.keeping, self.windows, self.refreshing):
            handler = getattr(part, f"do_{name}", None)
            if handler is not None:
                handler()
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

    def place_panes(self) -> None:
        """Show the panes that fit and mark the active one."""
        visible = visible_panes(self.size.width or self.app.size.width, self.pane, zoomed=self.zoomed)
        for name in PANES:
            pane = self.query_one(f"#{name}")
            pane.display = name in visible
            pane.set_class(name == self.pane, "-active")
            pane.set_class(name == visible[0], "-first")
        self.key_line.show_pane(SEARCH if self.searching else self.pane)

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
                if ancestor.id != self.pane:
                    self.pane = str(ancestor.id)
                    self.place_panes()
                break
        if self.searching and event.widget is not self.search_bar:
            self.show_search(False)

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
        self.query_one("#search-prompt").display = shown
        self.query_one("#list-title").display = not shown
        if shown:
            self.pane = LIST
            self.place_panes()
            self.set_focus(self.search_bar)
        else:
            self.key_line.show_pane(self.pane)

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self.finding.typed(event.value)

    # work in threads

    async def ready(self) -> None:
        """Wait until what earlier keys asked for is on screen, but not for long.

        Letters typed into the search line do not wait: they narrow whatever is there.
        """
        if (self._awaited or not self._begun) and not (self.is_mounted and self.searching):
            self._settled.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._settled.wait(), PATIENCE)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker is through; what it had to tell has come before this."""
        if event.worker.is_finished:
            self._awaited.discard(event.worker)
            if not self._awaited:
                self._settled.set()

    def in_background(
        self, work: Callable[[], Message | None], *, group: str, what: str, awaited: bool = True
    ) -> None:
        """Run something slow in a thread; what it returns is posted here, and its errors become messages.

        Args:
            work: may touch the library and the store, never a widget.
            group: a later piece of work of the same group makes this one's answer void.
            what: begins the message where something unforeseen fails.
            awaited: the next key waits for the answer; see `ready`.
        """

        def run() -> None:
            worker = get_current_worker()
            message: Message | None
            try:
                message = work()
            except (LibraryError, StoreError) as error:
                message = messages.Said(str(error), error=True)
            except Exception as error:  # noqa: BLE001  a traceback would take the screen with it
                message = messages.Said(f"{what} failed: {str(error) or type(error).__name__}", error=True)
            if message is not None and not worker.is_cancelled:
                self.post_message(message)

        started = self.run_worker(
            run, thread=True, exclusive=True, group=group, exit_on_error=False, description=what
        )
        if awaited:
            self._awaited.add(started)

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

    def ask(self, view: View, *, key: str | None = None, again: bool = False, typed: bool = False) -> None:
        """List what a view asks for; see `Showing.ask`."""
        self.showing.ask(view, key=key, again=again, typed=typed)

    def show_list_title(self, scope: str) -> None:
        """Say above the list what it shows: the query and where it looks."""
        title = Content.assemble("Papers", (f"  {clean(scope)}" if scope else "", "not bold $dim"))
        self.query_one("#list-title", Static).update(title)

    def say(self, text: str, *, error: bool = False) -> None:
        """Tell the user something in the status line."""
        self.status.say(text, error=error)

    # what widgets and workers tell

    @on(PaperList.Moved)
    def _moved(self) -> None:
        self.showing.moved()

    @on(PaperList.Opened)
    def _opened(self) -> None:
        self.go_to(DETAIL)

    @on(PaperList.Failed)
    def _list_failed(self, event: PaperList.Failed) -> None:
        self.say(f"The list could not be read: {event.error}", error=True)

    @on(FileTree.Chosen)
    def _chosen(self, event: FileTree.Chosen) -> None:
        self.showing.chosen(event.branch)
        if event.entered and event.branch.kind != "lists":
            self.go_to(LIST)

    @on(FileTree.ChildrenWanted)
    def _children_wanted(self, event: FileTree.ChildrenWanted) -> None:
        self.refreshing.read_folder(event.place)

    @on(messages.PapersFound)
    def _papers_found(self, message: messages.PapersFound) -> None:
        self.showing.papers_found(message)

    @on(messages.PaperRead)
    def _paper_read(self, message: messages.PaperRead) -> None:
        self.showing.paper_read(message)

    @on(messages.FolderRead)
    def _folder_read(self, message: messages.FolderRead) -> None:
        self.file_tree.show_children(message.place, message.children)

    @on(messages.FileFound)
    def _file_found(self, message: messages.FileFound) -> None:
        self.moving.file_found(message)

    @on(messages.ListsRead)
    def _lists_read(self, message: messages.ListsRead) -> None:
        self.keeping.lists_read(message)

    @on(messages.Said)
    def _said(self, message: messages.Said) -> None:
        self.say(message.text, error=message.error)

    @on(messages.FilesProgress)
    def _files_progress(self, message: messages.FilesProgress) -> None:
        self.refreshing.progressed(message.progress)

    @on(messages.FilesRead)
    def _files_read(self, message: messages.FilesRead) -> None:
        self.refreshing.finished(message)

    @on(messages.ProblemsRead)
    def _problems_read(self, message: messages.ProblemsRead) -> None:
        self.windows.problems_read(message)

    @on(messages.CopyReady)
    def _copy_ready(self, message: messages.CopyReady) -> None:
        self.using.copied(message)

    @on(messages.OccurrencesRead)
    def _occurrences_read(self, message: messages.OccurrencesRead) -> None:
        self.using.occurrences_read(message)

    @on(messages.VariantsRead)
    def _variants_read(self, message: messages.VariantsRead) -> None:
        self.using.variants_read(message)
