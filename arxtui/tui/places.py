"""Finds the way in the tree of files: the next file, and the folders above one. Runs in a worker thread."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from arxtui.library import Place
from arxtui.tui.messages import FileFound, FolderRead

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arxtui.library import Library


def name_of(place: Place, names: Mapping[str, str], *, is_folder: bool) -> str:
    """A folder or file as the heading of the list names it: `2020/`, `2020/more.txt`.

    Args:
        place: which.
        names: what the opened folders and files are called, in their order; where there are several, or it is one
            of them, its name begins with that.
        is_folder: told by a stroke at its end.
    """
    root, name = list(names.items())[place.root]
    if not is_folder and PurePath(root).name == place.path:
        return name  # it was opened itself
    path = place.path + "/" * (is_folder and place.path != "")
    return path if len(names) == 1 and path else f"{name.rstrip('/')}/{path}"


def way_to(library: Library, place: Place, key: str | None = None) -> FileFound:
    """A file with every folder above it and what these hold.

    Args:
        library: asked for the children of each folder.
        place: the file.
        key: passed on.
    """
    chain = [FolderRead(None, library.children(None))]
    parts = place.path.split("/") if place.path else []
    for depth in range(len(parts)):
        above = Place(place.root, "/".join(parts[:depth]))
        chain.append(FolderRead(above, library.children(above)))
    return FileFound(place, chain, key)


def next_file(library: Library, place: Place | None, step: int) -> FileFound:
    """The file after (1) or before (-1) a place in the order of the tree, across folders.

    Args:
        library: asked for the children of folders.
        place: where the list is now: a file, a folder (its first file follows) or None (all papers).
        step: 1 or -1.

    Returns:
        The way to the file; its place is None where there is none in that direction.
    """
    if step > 0:
        inside = _edge(library, place, step) if place is None or _is_folder(library, place) else None
        if inside is not None:
            return way_to(library, inside)
    while place is not None:
        parent = _parent(place)
        siblings = library.children(parent)
        at = next((number for number, node in enumerate(siblings) if node.place == place), None)
        if at is not None:
            beyond = siblings[at + 1 :] if step > 0 else reversed(siblings[:at])
            for node in beyond:
                found = _edge(library, node.place, step) if node.is_folder else node.place
                if found is not None:
                    return way_to(library, found)
        place = parent
    return FileFound(None, [])


def _edge(library: Library, folder: Place | None, step: int) -> Place | None:
    """The first (or, backwards, last) file below a folder."""
    children = library.children(folder)
    for node in children if step > 0 else reversed(children):
        found = _edge(library, node.place, step) if node.is_folder else node.place
        if found is not None:
            return found
    return None


def _is_folder(library: Library, place: Place) -> bool:
    return any(node.place == place and node.is_folder for node in library.children(_parent(place)))


def _parent(place: Place) -> Place | None:
    if not place.path:
        return None
    return Place(place.root, place.path.rpartition("/")[0])
