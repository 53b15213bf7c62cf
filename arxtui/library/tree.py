"""The file tree of a library, folder by folder, with the number of papers in each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from arxtui.library.catalogue import Catalogue, FileRow
from arxtui.library.values import Place, TreeNode


def names_of(roots: Sequence[Path]) -> dict[Path, str]:
    """What to call the roots of a library, in their order.

    Each has its last name, and where several would be called the same, as many names above it as tell them apart:
    `x` and `y`, but `p1/x` and `p2/x`.
    """
    names: dict[Path, str] = {}
    for root in roots:
        for count in range(1, len(root.parts) + 1):
            names[root] = str(Path(*root.parts[-count:]))
            if sum(other.parts[-count:] == root.parts[-count:] for other in roots) == 1:
                break
    return names


def at_home(path: str) -> str:
    """A path in full that begins with `~`, as shells write what lies in one's home."""
    return os.path.expanduser(path) if path.startswith("~/") else path


def places_of(path: str, roots: Sequence[Path]) -> list[Place]:
    """The places that a path may mean, there or not.

    Args:
        path: below any of the roots, also with the name of a root before it, or in full.
        roots: of the library.

    Returns:
        With one root, those that matter only where nothing is at one before.
    """
    path = at_home(path.rstrip("/"))
    below = path.lstrip("/")
    places = [Place(root, below) for root in range(len(roots))]
    for root, (folder, name) in enumerate(names_of(roots).items()):
        if f"{below}/".startswith(f"{name}/"):
            places.append(Place(root, below[len(name) + 1 :]))
        full = folder.as_posix().rstrip("/")
        if f"{path}/".startswith(f"{full}/"):
            places.append(Place(root, path[len(full) + 1 :]))
    return places


def matching(glob: str, files: Iterable[FileRow], roots: Sequence[Path]) -> list[int]:
    """The numbers of the files that a pattern of paths means, which may begin as a path may for `places_of`.

    Args:
        glob: `*` stands for characters other than `/`, `**` for any. The last name may be that of a folder, all below
            which is meant then; a mere `*` there stands for files.
        files: to choose from.
        roots: of the library.
    """
    glob = at_home(glob.rstrip("/"))
    pieces = re.split(r"(\*\*|\*)", glob)
    pattern = "".join({"**": ".*", "*": "[^/]*"}.get(piece, re.escape(piece)) for piece in pieces)
    if glob.rpartition("/")[2] != "*":
        pattern += "(?:/.*)?"
    wanted, anywhere = re.compile(pattern), re.compile(f"/?{pattern.removeprefix('/')}")
    names = [(name, root.as_posix().rstrip("/")) for root, name in names_of(roots).items()]
    below, named, full = dict[int, None](), dict[int, None](), dict[int, None]()
    for row in files:
        name, folder = names[row.root]
        within = "" if roots[row.root].name == row.path else f"/{row.path}"
        if anywhere.fullmatch(row.path):
            below[row.file] = None
        elif anywhere.fullmatch(name + within):
            named[row.file] = None
        elif wanted.fullmatch(folder + within):
            full[row.file] = None
    return list(below or named or full) if len(roots) == 1 else [*below, *named, *full]


def path_of(file: FileRow, roots: Sequence[Path]) -> str:
    """What to call a file in a query: its path, and where there are several roots the name of its root before it."""
    if len(roots) == 1:
        return file.path
    name = names_of(roots)[roots[file.root]]
    return name if roots[file.root].name == file.path else f"{name}/{file.path}"


class Tree:
    """Folders and files as the catalogue knows them. What was counted is kept until `forget`.

    Args:
        names: the roots of the library, and what they are called.
        catalogue: where files, papers and problems are counted.
    """

    def __init__(self, names: Mapping[Path, str], catalogue: Catalogue) -> None:
        self._names, self._catalogue = names, catalogue
        self._known: dict[Place | None, list[TreeNode]] = {}

    def forget(self) -> None:
        """Count anew from now on."""
        self._known.clear()

    def children(self, place: Place | None) -> list[TreeNode]:
        """What is in a folder, in the order of names; without one, the roots."""
        if place not in self._known:
            self._known[place] = self._roots_() if place is None else self._in_folder(place)
        return self._known[place]

    def _roots_(self) -> list[TreeNode]:
        nodes = []
        for number, (root, name) in enumerate(self._names.items()):
            is_folder = root.is_dir()
            place = Place(number, "" if is_folder else root.name)
            nodes.append(self._node(place, name, is_folder=is_folder))
        return nodes

    def _in_folder(self, place: Place) -> list[TreeNode]:
        prefix = place.path + "/" if place.path else ""
        files: dict[str, int] = {}
        folders: set[str] = set()
        for number, path in self._catalogue.paths_below(place):
            name, deeper, _ = path[len(prefix) :].partition("/")
            if deeper:
                folders.add(name)
            else:
                files[name] = number
        papers, problems = self._catalogue.counts_by_file(files.values())
        nodes = [self._node(Place(place.root, prefix + name), name, is_folder=True) for name in folders]
        for name, number in files.items():
            file_place = Place(place.root, prefix + name)
            nodes.append(TreeNode(file_place, name, False, papers.get(number, 0), problems.get(number, 0)))
        return sorted(nodes, key=lambda node: node.name)

    def _node(self, place: Place, name: str, *, is_folder: bool) -> TreeNode:
        # All papers of a library were counted as they were written; to count them again takes seconds.
        whole = len(self._names) == 1 and not place.path
        papers = self._catalogue.counts().papers if whole else self._catalogue.papers_in(place)
        return TreeNode(place, name, is_folder, papers, self._catalogue.problems_in(place))
