"""The file tree of a library, folder by folder, with the number of papers in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from arxtui.library.catalogue import Catalogue
from arxtui.library.values import Place, TreeNode


class Tree:
    """Folders and files as the catalogue knows them. What was counted is kept until `forget`.

    Args:
        roots: what the library consists of.
        catalogue: where files, papers and problems are counted.
    """

    def __init__(self, roots: Sequence[Path], catalogue: Catalogue) -> None:
        self._roots, self._catalogue = roots, catalogue
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
        names = [root.name for root in self._roots]
        for number, root in enumerate(self._roots):
            is_folder = root.is_dir()
            place = Place(number, "" if is_folder else root.name)
            # Two folders of the same name, or the root of the file system, are told apart by their paths.
            name = root.name if root.name and names.count(root.name) == 1 else str(root)
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
        whole = len(self._roots) == 1 and not place.path
        papers = self._catalogue.counts().papers if whole else self._catalogue.papers_in(place)
        return TreeNode(place, name, is_folder, papers, self._catalogue.problems_in(place))
