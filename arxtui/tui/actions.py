"""Everything the reader can do, as one table.

Key bindings, command palette, help screen, footer and the README's key table are all made from `ACTIONS`;
a test holds them together. This module imports nothing of Textual.
"""

from __future__ import annotations

from typing import Final, NamedTuple

TREE: Final = "tree"
LIST: Final = "list"
DETAIL: Final = "detail"
PANES: Final = (TREE, LIST, DETAIL)


class Action(NamedTuple):
    """One thing the reader can do.

    Attributes:
        id: names the handler (`do_<id>`) and the binding, so that keys can be changed by it.
        keys: as Textual names them; two names with a blank between are pressed one after the other.
        name: what it does, in a few words: the palette and the README show it.
        group: the heading it stands under in the help.
        tooltip: the same in a sentence.
        label: its name in the footer or after the first key of two; empty where it stands in neither.
        footer: the panes in whose footer it stands.
        numbered: its keys are digits, of which each means another; the handler is told which.
        panes: where its keys work; empty for everywhere. From the palette it can be run anywhere.
        asks: what the next key tells it, whatever key that is; the prompt says so.
    """

    id: str
    keys: tuple[str, ...]
    name: str
    group: str
    tooltip: str
    label: str = ""
    footer: tuple[str, ...] = ()
    numbered: bool = False
    panes: tuple[str, ...] = ()
    asks: str = ""


PREFIXES: Final = {"g": "Go to", "y": "Copy", "s": "Sort by", "i": "It is", "*": "Stars"}
"""The first keys of two-key actions, and what the prompt says while it waits for the second."""

MOVE, FIND, SORT, SELECT, KEEP, SAY, LISTS, PAPER, COPY, VIEW = (
    "Move", "Find", "Sort", "Select", "Keep", "Say of papers", "Lists", "Paper", "Copy", "Window",
)  # fmt: skip
READING: Final = (LIST, DETAIL)

ACTIONS: Final = (
    Action("down", ("j", "down"), "Down", MOVE, "One line or paper down.", "down", (TREE,)),
    Action("up", ("k", "up"), "Up", MOVE, "One line or paper up.", "up", (TREE,)),
    Action("half_down", ("ctrl+d",), "Half a page down", MOVE, "Half a page down."),
    Action("half_up", ("ctrl+u",), "Half a page up", MOVE, "Half a page up."),
    Action("page_down", ("ctrl+f", "pagedown"), "Page down", MOVE, "A page down."),
    Action("page_up", ("ctrl+b", "pageup"), "Page up", MOVE, "A page up."),
    Action("first", ("g g", "home"), "Top", MOVE, "The first line or paper.", "top"),
    Action("last", ("G", "end"), "Bottom", MOVE, "The last line or paper."),
    Action("open", ("enter",), "Go in", MOVE,
           "From the tree to its papers, from the list to the paper.", "open", (TREE, LIST)),
    Action("fold", ("space",), "Unfold or fold", MOVE, "Show or hide what the folder in the tree holds.",
           "unfold", (TREE,), panes=(TREE,)),
    Action("next_pane", ("tab",), "Next pane", MOVE, "The pane to the right, then the first again.",
           "pane", (TREE, LIST, DETAIL)),
    Action("previous_pane", ("shift+tab",), "Previous pane", MOVE, "The pane to the left, then the last."),
    Action("left", ("h", "left"), "Pane to the left", MOVE, "The pane to the left; in the tree, fold, or go to the folder above."),
    Action("right", ("l", "right"), "Pane to the right", MOVE, "The pane to the right."),
    Action("detail_down", ("J",), "Scroll the paper down", MOVE, "Scroll the paper from the list.",
           "scroll paper", (LIST,)),
    Action("detail_up", ("K",), "Scroll the paper up", MOVE, "Scroll the paper from the list."),
    Action("next_file", ("]",), "Next file", MOVE, "Show the papers of the next file in the tree.",
           "next file", (TREE,)),
    Action("previous_file", ("[",), "Previous file", MOVE, "Show the papers of the file before."),
    Action("search", ("/",), "Search", FIND,
           "Narrow the list as you type; → or end goes on with the last search.", "search", PANES),
    Action("next_hit", ("n",), "Next hit", FIND, "The next place that matches, then the next paper.",
           "next hit", (LIST, DETAIL)),
    Action("previous_hit", ("N",), "Previous hit", FIND, "The place before, then the paper before."),
    Action("facets", ("f",), "Years, files, lists", FIND,
           "Count these papers by year, file and list, and choose one.", "years, files", (LIST,)),
    Action("similar", ("=",), "Similar papers", FIND, "List the papers that are like this one; esc goes back.",
           "similar", (DETAIL,)),
    Action("saved", tuple("123456789"), "Saved search", FIND, "List what the search saved on this key finds.",
           numbered=True),
    Action("save_search", ("S",), "Save this search", FIND,
           "Give what is listed a name and a key; again: rename or remove it."),
    Action("back", ("escape",), "Back one step", FIND,
           "Leave the selection, the search, then the file or reading list; never quits.", "back", (LIST, DETAIL)),
    Action("sort_date", ("s d",), "Sort by date", SORT, "Newest first; again: oldest first.", "date"),
    Action("sort_updated", ("s u",), "Sort by last update", SORT, "Last updated first; again: reversed.", "updated"),
    Action("sort_title", ("s t",), "Sort by title", SORT, "A to Z; again: Z to A.", "title"),
    Action("sort_id", ("s i",), "Sort by identifier", SORT, "By arXiv identifier; again: reversed.", "identifier"),
    Action("sort_occurrences", ("s o",), "Sort by occurrences", SORT,
           "Papers that stand in most places first; again: fewest first.", "occurrences"),
    Action("sort_relevance", ("s r",), "Sort by relevance", SORT, "Best match first, while searching.", "relevance"),
    Action("sort_hand", ("s h",), "Sort by hand", SORT, "A reading list in its own order, new papers on top.", "by hand"),
    Action("sort_added", ("s a",), "Sort by when added", SORT, "A reading list, last added first; again: reversed.",
           "added"),
    Action("select", ("space",), "Select and go on", SELECT,
           "Select the paper, or no more; what changes papers then changes all that are selected.", "select", (LIST,),
           panes=READING),
    Action("select_range", ("v",), "Select a range", SELECT, "From here to where you go; again: done.", panes=READING),
    Action("select_all", ("V",), "Select all listed", SELECT,
           "All papers that are listed, of a search all its results; again: none."),
    Action("bookmark", ("b",), "Bookmark", KEEP,
           "Put the paper on bookmarks, or the list that b was given in the tree; again: take it off.",
           "bookmark", READING, panes=READING),
    Action("lists", ("B",), "Lists of the paper", KEEP, "Choose lists to put the paper on, or to take it off.",
           "lists", READING),
    Action("undo", ("u",), "Undo", KEEP, "Take back the last change."),
    Action("redo", ("ctrl+r",), "Redo", KEEP, "Make it again."),
    Action("history", ("U",), "History", KEEP, "All changes that were made; take any of them back."),
    Action("read", ("r",), "Read or unread", SAY, "Say that the paper was read, or was not.", "read", (DETAIL,),
           panes=READING),
    Action("is_read", ("i r",), "Read", SAY, "Say that it was read.", "read"),
    Action("is_unread", ("i u",), "Unread", SAY, "Say that it was not read.", "unread"),
    Action("is_to_read", ("i t",), "To read", SAY, "Say that it is to be read.", "to read"),
    Action("is_skimmed", ("i s",), "Skimmed", SAY, "Say that it was skimmed.", "skimmed"),
    Action("is_nothing", ("i x",), "Neither", SAY, "Take back what was said of its reading.", "neither"),
    Action("stars", tuple(f"* {number}" for number in range(6)), "Stars", SAY, "Give 1 to 5 stars, or 0 for none.", "stars",
           numbered=True),
    Action("tags", ("t",), "Tags", SAY, "Choose tags, or type new ones with commas between.", "tags", (DETAIL,)),
    Action("note", ("e",), "Note", SAY, "Write a note on the paper.", "note", (DETAIL,), panes=READING),
    Action("mark", ("m",), "Set a mark", SAY, "Remember the paper under a letter.", asks="Mark with a letter"),
    Action("jump", ("'", "`"), "Go to a mark", SAY, "Go to the paper that a letter marks.", asks="Go to mark"),
    Action("new_list", ("c",), "New list", LISTS, "Make a reading list.", "new list", (TREE,), panes=(TREE,)),
    Action("rename_list", ("r",), "Rename the list", LISTS, "Give the reading list another name.", "rename", (TREE,),
           panes=(TREE,)),
    Action("describe_list", ("e",), "Describe the list", LISTS, "Say what the reading list is for.", panes=(TREE,)),
    Action("archive_list", ("a",), "Archive the list", LISTS, "Put the reading list away, or bring it back.",
           "archive", (TREE,), panes=(TREE,)),
    Action("default_list", ("b",), "Make it the list of b", LISTS, "b puts papers on this list from now on.",
           panes=(TREE,)),
    Action("entry_down", ("shift+down", "}"), "Move down in the list", LISTS, "Move the paper down in its reading list, or in the tree a saved search."),
    Action("entry_up", ("shift+up", "{"), "Move up in the list", LISTS, "Move the paper up in its reading list, or in the tree a saved search."),
    Action("export", ("x",), "Export", LISTS, "Write what is selected, or all that is listed, into a file."),
    Action("all_authors", ("A",), "All authors", PAPER, "Show all names of a long author list, or only the first and those found."),
    Action("occurrences", ("d",), "Where it occurs", PAPER,
           "The files the paper stands in, and how its texts differ.", "files", (DETAIL, LIST)),
    Action("open_page", ("o",), "Open the abstract page", PAPER, "Open arxiv.org in the browser.",
           "web page", (DETAIL,)),
    Action("open_pdf", ("p",), "Open the PDF", PAPER, "Open the PDF in the browser.", "PDF", (DETAIL,)),
    Action("copy_id", ("y i",), "Copy the identifier", COPY, "For example 2507.19427.", "identifier"),
    Action("copy_link", ("y u",), "Copy the link", COPY, "The address of its page at arXiv.", "link"),
    Action("copy_bibtex", ("y b",), "Copy as BibTeX", COPY, "A BibTeX entry.", "BibTeX"),
    Action("copy_title", ("y t",), "Copy the title", COPY, "The title as it stands in the file.", "title"),
    Action("copy_citation", ("y c",), "Copy a citation", COPY, "Authors, title, identifier and year in one line.", "citation"),
    Action("zoom", ("z",), "Zoom the pane", VIEW, "Give the whole window to this pane, or share it again.",
           "zoom", (DETAIL,)),
    Action("problems", ("!",), "Problems", VIEW, "What could not be read, with file and line."),
    Action("reread", ("R",), "Read the files again", VIEW, "Look for new and changed files; after a stop, read on."),
    Action("pause", ("P",), "Pause the reading", VIEW, "Let the files wait; again: go on."),
    Action("stop_reading", (), "Stop reading", VIEW, "In the window that reads: leave the rest of the files for later, in all windows; R reads on."),
    Action("theme", (), "Change the theme", VIEW, "Choose among dark, light and terminal colours, until you quit."),
    Action("palette", (":", "ctrl+p"), "Commands", VIEW, "Find any of these by name."),
    Action("help", ("?",), "Help", VIEW, "Keys, marks and how search works.", "help", PANES),
    Action("quit", ("q",), "Back or quit", VIEW, "Leave this screen; in the reader, quit.", "quit", PANES),
    Action("quit_now", ("ctrl+q", "ctrl+c"), "Quit at once", VIEW,
           "Quit from anywhere; in a note, ctrl+c copies what is selected."),
)  # fmt: skip

BY_ID: Final = {action.id: action for action in ACTIONS}

_SHOWN = {
    "shift+down": "shift+↓", "shift+up": "shift+↑", "escape": "esc", "question_mark": "?", "pagedown": "pgdn", "pageup": "pgup",
    "left": "←", "right": "→", "up": "↑", "down": "↓",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as people read it: `esc` for `escape`, `↓` for `down`, `g g` as it is."""
    return " ".join(_SHOWN.get(part, part) for part in key.split(" "))


def shown_keys(action: Action) -> str:
    """All keys of an action as people read them, with blanks between two of one sequence and commas between ways."""
    if action.numbered:
        return f"{action.keys[0]} … {action.keys[-1]}"
    return ", ".join(shown_key(key) for key in action.keys)


def single_keys(action: Action) -> tuple[str, ...]:
    """The keys of an action that are pressed alone."""
    return tuple(key for key in action.keys if " " not in key)


def of_papers(name: str) -> bool:
    """Whether an action acts on the papers that are listed, or on the one under the cursor."""
    if name in ("next_pane", "previous_pane", "left", "right", "next_file", "previous_file", "jump"):
        return False
    acts = ("next_hit", "previous_hit", "similar", "bookmark", "lists", "entry_down", "entry_up", "export")
    return BY_ID[name].group in (MOVE, SELECT, SAY, PAPER, COPY) or name in acts


def after_prefix(prefix: str) -> dict[str, Action]:
    """What may follow a first key.

    Args:
        prefix: one of `PREFIXES`.

    Returns:
        The second key to its action, in the order of the table.
    """
    return {
        key.partition(" ")[2]: action
        for action in ACTIONS
        for key in action.keys
        if key.startswith(prefix + " ")
    }


_FIRST: Final = ("search", "fold", "select", "bookmark", "open", "read", "note", "next_pane")


def in_footer(pane: str) -> list[Action]:
    """The actions whose keys the footer shows while `pane` has the focus.

    Returns:
        Those most in use first, for the last ones give way in a small window; the others in the order of the table.
    """
    shown = [action for action in ACTIONS if pane in action.footer]
    return sorted(shown, key=lambda action: _FIRST.index(action.id) if action.id in _FIRST else len(_FIRST))


SEARCH_FOOTER: Final = (
    ("open", "keep the search"),
    ("down", "to the list"),
    ("up", "earlier"),
    ("next_pane", "complete"),
    ("back", "end the search"),
)
"""Actions, and what they do while the search line is open."""


def grouped() -> dict[str, list[Action]]:
    """The table by its headings, both in the table's order."""
    groups: dict[str, list[Action]] = {}
    for action in ACTIONS:
        groups.setdefault(action.group, []).append(action)
    return groups


def key_table_markdown() -> str:
    """The README's key table: a Markdown table of keys, names and explanations, one line an action."""

    def code(key: str) -> str:
        return f"`{shown_key(key)}`"

    lines = ["| keys | do | |", "|---|---|---|"]
    for action in ACTIONS:
        keys = (" … " if action.numbered else " ").join(
            code(key) for key in (action.keys[:: len(action.keys) - 1] if action.numbered else action.keys)
        )
        lines.append(f"| {keys or '(palette)'} | {action.name} | {action.tooltip} |")
    return "\n".join(lines) + "\n"
