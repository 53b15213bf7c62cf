"""The tree of folders, files and reading lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.message import Message
from textual.widgets import Tree

from arxtui.core.display import clean, clean_path
from arxtui.tui.branches import SECTIONS, Branch, excerpt
from arxtui.tui.rows import fit, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.timer import Timer
    from textual.widgets.tree import TreeNode as Node

    from arxtui.library import Place, TreeNode
    from arxtui.reading import SavedSearch
    from arxtui.tui.messages import FolderRead

_REST = 0.15
"""Seconds the cursor rests on a node before the list is narrowed to it: enough to pass over with j held."""


class FileTree(Tree[Branch], inherit_bindings=False):
    """Shows folders and files with their papers, and the reading lists. It asks for children by message."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    class Chosen(Message):
        """The cursor rests on a node, or enter or a click chose it (`entered`)."""

        def __init__(self, branch: Branch, *, entered: bool) -> None:
            super().__init__()
            self.branch = branch
            self.entered = entered

    class ChildrenWanted(Message):
        """A folder was unfolded whose children are not here."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(Text("arxtui"), id=id)
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.auto_expand = False
        self._places: dict[Place, Node[Branch]] = {}
        self._loaded: set[Place] = set()
        self._rest: Timer | None = None
        self.root.expand()
        self._sections: dict[str, Node[Branch]] = {}
        self._gone = ("", "")
        self._awaited = ("", "")
        self._all = self.root.add_leaf(Text("All papers"), Branch("all", "All papers"))

    def on_mount(self) -> None:
        """Begin at the top: all papers."""
        self.go_all()

    # what it is given

    def show_total(self, papers: int) -> None:
        """How many papers the library has."""
        self._relabel(self._all, Branch("all", "All papers", papers=papers))

    def show_children(
        self, place: Place | None, children: Sequence[TreeNode], wanted: Place | None = None
    ) -> None:
        """Show what a folder holds, keeping what is unfolded and where the cursor is.

        Args:
            place: the folder; None for the roots.
            children: its folders and files.
            wanted: one that must be among those shown, where there are too many for all.
        """
        parent = self.root if place is None else self._places.get(place)
        if parent is None:
            return
        first_time = place is None and not self._loaded
        if place is not None:
            self._loaded.add(place)
        present = [
            node for node in parent.children if node.data is not None and node.data.kind in ("place", "more")
        ]
        if wanted is None and self.cursor_node is not None and self.cursor_node.data is not None:
            wanted = self.cursor_node.data.place
        branches = excerpt(children, wanted)
        before = [(node.data.kind, node.data.place) for node in present if node.data is not None]
        if before == [(branch.kind, branch.place) for branch in branches]:
            for node, branch in zip(present, branches, strict=True):
                self._relabel(node, branch)
            return
        self._replace(parent, present, branches)
        if first_time and len(children) == 1 and children[0].is_folder:
            self._places[children[0].place].expand()

    def _replace(
        self, parent: Node[Branch], present: Sequence[Node[Branch]], branches: Sequence[Branch]
    ) -> None:
        cursor = self.cursor_node.data if self.cursor_node is not None else None
        expanded = {place for place, node in self._places.items() if node.is_expanded}
        sections = [self._sections[name] for name in SECTIONS if name in self._sections]
        for node in present:
            self._forget(node)
            node.remove()
        for branch in branches:
            # Before the searches and reading lists, which close the tree.
            before = next(iter(sections), None) if parent is self.root else None
            node = parent.add(Text(clean(branch.name) or "?"), branch, before=before)
            node.allow_expand = branch.is_folder
            if branch.place is not None:
                self._places[branch.place] = node
                if branch.place in expanded:
                    node.expand()
        self._redraw()
        if cursor is not None and cursor.place in self._places:
            self._put_cursor(self._places[cursor.place])

    def _forget(self, node: Node[Branch]) -> None:
        """Drop a node and all below it from the index of places."""
        for child in node.children:
            self._forget(child)
        if node.data is not None and node.data.place is not None:
            self._places.pop(node.data.place, None)
            self._loaded.discard(node.data.place)

    def show_searches(self, searches: Sequence[SavedSearch], counts: Mapping[str, int]) -> None:
        """Show the saved searches.

        Args:
            searches: in their order; where there are none, there is no heading either.
            counts: by query, how many papers each finds; those that are not in it are being counted.
        """
        self.show_section(
            "Searches",
            [
                Branch("search", each.name, papers=counts.get(each.query), query=each.query, key=each.key)
                for each in searches
            ],
        )

    def show_section(self, name: str, branches: Sequence[Branch]) -> Branch | None:
        """Show what a heading below the files heads.

        Args:
            name: one of `SECTIONS`.
            branches: without any, the heading is not shown either.

        Returns:
            What the cursor is on now and was not before, as what it was on is gone or back or something new was awaited;
            None as a rule.
        """
        heading = self._sections.get(name)
        if not branches:
            if heading is not None:
                del self._sections[name]
                heading.remove()
                self._redraw()
            return None
        if heading is None:
            later = SECTIONS[SECTIONS.index(name) + 1 :]
            before = next((self._sections[each] for each in later if each in self._sections), None)
            # What was put away stays folded until somebody looks for it.
            heading = self.root.add(
                Text(name), Branch("heading", name), expand=name != "Archived lists", before=before
            )
            self._sections[name] = heading
            self._redraw()
        names = [(node.data.name, node.data.shelf) for node in heading.children if node.data is not None]
        if names == [(branch.name, branch.shelf) for branch in branches]:
            for node, branch in zip(heading.children, branches, strict=True):
                self._relabel(node, branch)
            return self._arrived(name)
        here = self.cursor_node
        at = next((place for place, node in enumerate(heading.children) if node is here), None)
        name_here = here.data.name if at is not None and here is not None and here.data is not None else None
        heading.remove_children()
        for branch in branches:
            heading.add_leaf(Text(clean(branch.name) or "?"), branch)
        self._redraw()
        stayed = None if at is None or name_here is None else self._stay(heading, at, name_here)
        return self._arrived(name) or stayed

    def _stay(self, heading: Node[Branch], at: int, name: str) -> Branch | None:
        """Put the cursor back among branches that were made anew; return the one it must go to where it cannot.

        Args:
            heading: what heads the branches.
            at: which of them the cursor was on.
            name: what that one was called.
        """
        names = [node.data.name for node in heading.children if node.data is not None]
        gone, instead = self._gone
        if name == instead and gone in names:
            wanted, self._gone = (
                gone,
                ("", ""),
            )  # it is back, undone say, and the user is where its going had put him
        elif name in names:
            wanted = name
        else:
            # In its place, but for the last: the next heading lists nothing.
            wanted = names[min(at, len(names) - 1)]
            self._gone = (name, wanted)
        node = heading.children[names.index(wanted)]
        self._put_cursor(node)
        return node.data if wanted != name and self.has_focus else None

    def go_below(self, heading: str, name: str) -> None:
        """Put the cursor on a saved search or a reading list.

        Args:
            heading: one of `SECTIONS`.
            name: of what stands below it; where nothing is called so, the cursor stays.
        """
        for node in self._sections[heading].children if heading in self._sections else ():
            if node.data is not None and node.data.name == name:
                self._sections[heading].expand()
                self._put_cursor(node)

    def go_when_there(self, heading: str, name: str) -> None:
        """Put the cursor on something as `go_below` does, once it is there: when that heading is shown next."""
        self._awaited = (heading, name)

    def _arrived(self, heading: str) -> Branch | None:
        """Go to what is awaited below a heading, and return it if it is there."""
        wanted, name = self._awaited
        if wanted != heading:
            return None
        self._awaited = ("", "")
        self.go_below(heading, name)
        return self.branch if self.branch is not None and self.branch.name == name else None

    def reveal(self, chain: Sequence[FolderRead], place: Place) -> Branch | None:
        """Unfold the folders of `chain` and put the cursor on `place`.

        Returns:
            The node's branch, or None where it is not in the tree.
        """
        ways = [folder.place for folder in chain[1:]] + [place]
        for folder, wanted in zip(chain, ways, strict=True):
            self.show_children(folder.place, folder.children, wanted)
            if folder.place is not None and folder.place in self._places:
                self._places[folder.place].expand()
        node = self._places.get(place)
        if node is None:
            return None
        self._put_cursor(node)
        return node.data

    def go_all(self) -> None:
        """Put the cursor on all papers."""
        self._put_cursor(self._all)

    @property
    def branch(self) -> Branch | None:
        """What the cursor stands on."""
        return self.cursor_node.data if self.cursor_node is not None else None

    @property
    def unfolded(self) -> list[Place]:
        """The folders whose children are shown, to be read again when the files have changed."""
        return list(self._loaded)

    # moving

    @property
    def page(self) -> int:
        """Lines of a page."""
        return max(1, self.scrollable_content_region.height)

    def step(self, lines: int, *, scroll: bool = False) -> None:  # noqa: ARG002  (the panes move alike)
        """Move the cursor down by some lines, or up."""
        self.move_cursor_to_line(max(0, min(self.cursor_line + lines, self.last_line)))

    def go_first(self) -> None:
        """The first line."""
        self.move_cursor_to_line(0)

    def go_last(self) -> None:
        """The last line."""
        self.move_cursor_to_line(self.last_line)

    def fold_or_rise(self) -> None:
        """Fold the node, or go to the folder it lies in."""
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and node.is_expanded:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self._put_cursor(node.parent)

    def choose(self) -> None:
        """Choose the node under the cursor now."""
        node = self.cursor_node
        if node is not None and node.data is not None:
            self.post_message(self.Chosen(node.data, entered=True))

    def _put_cursor(self, node: Node[Branch]) -> None:
        self.last_line  # noqa: B018  numbers the lines, which a node just added lacks
        self.move_cursor(node)

    # what it notices

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Branch]) -> None:
        """Wait until the cursor rests."""
        event.stop()
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self.has_focus:  # else nobody moved it but the program
            self._rest = self.set_timer(_REST, self._rested)

    def _rested(self) -> None:
        self._rest = None
        node = self.cursor_node
        if node is not None and node.data is not None:
            self.post_message(self.Chosen(node.data, entered=False))

    def on_blur(self) -> None:
        """Whoever leaves before the cursor has rested means the node it is on."""
        if self._rest is not None:
            self._rest.stop()
            self._rested()

    def on_tree_node_selected(self, event: Tree.NodeSelected[Branch]) -> None:
        """A click on a name."""
        event.stop()
        if event.node.data is not None:
            self.post_message(self.Chosen(event.node.data, entered=False))

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Branch]) -> None:
        """Ask for what a folder holds when it is first unfolded."""
        event.stop()
        branch = event.node.data
        if branch is not None and branch.place is not None and branch.place not in self._loaded:
            self.post_message(self.ChildrenWanted(branch.place))

    # drawing

    def _relabel(self, node: Node[Branch], branch: Branch) -> None:
        if node.data != branch:
            node.data = branch
            node.refresh()

    def _redraw(self) -> None:
        self.root.refresh()
        self._updates += 1
        self.refresh()

    def get_label_width(self, node: Node[Branch]) -> int:  # noqa: ARG002  (every label is as wide as the pane)
        """One cell: labels are fitted to the pane, so the tree never scrolls sideways."""
        return 1

    def render_label(self, node: Node[Branch], base_style: Style, style: Style) -> Text:  # noqa: ARG002  (Textual's)
        """The name at the left, the number of papers at the right edge, `!` where something could not be read."""
        branch = node.data
        if branch is None:
            return Text("")
        depth, above = 0, node.parent
        while above is not None and above is not self.root:
            depth, above = depth + 1, above.parent
        icon = "  "
        if node.allow_expand:
            icon = self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE
        count = branch.count_words
        width = self.scrollable_content_region.width - depth * self.guide_depth - len(icon)
        room = max(4, width - cell_len(count) - 1)
        name = fit(shorten(f"{branch.key} " * (branch.key is not None) + clean_path(branch.name), room), room)
        dim = self.get_component_rich_style("tree--guides", partial=True)
        name_style = Style(bold=True) if branch.kind in ("all", "heading") else Style()
        text = Text.assemble(
            (icon, style + Style(color=dim.color, meta={"toggle": node.allow_expand})),
            (name, style + name_style),
            (f" {count}", style + Style(color=dim.color)),
        )
        text.no_wrap = True
        return text
