"""Ways from papers to other papers: similar ones, the same work twice, what results have in common, completion."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import tantivy

from arxtui.core.authors import split_authors
from arxtui.core.folding import words_of
from arxtui.core.matching import same_work
from arxtui.core.papers import Paper
from arxtui.core.queries import write_value
from arxtui.library.catalogue import Catalogue
from arxtui.library.errors import UnknownPaper
from arxtui.library.listing import Found
from arxtui.library.ordering import all_of as in_order
from arxtui.library.rereading import Files
from arxtui.library.textindex import TextIndex
from arxtui.library.tree import names_of, path_of
from arxtui.library.values import Facet, Facets, Place, Row
from arxtui.library.verifying import read_paper
from arxtui.library.wording import FIELDS, SHORTEST_PREFIX, all_of, any_of

_SIMILAR = 100  # papers
_TELLING = 25  # words that a paper is told by
_LIKE_ENOUGH = 0.15
"""Of its own score that another paper must reach to be like it. Of 20,000 real papers, half of those above are of the same
archive, three times what chance makes, and a third of those at half as much; half of all papers have more than ten above."""
_ALIKE = 20  # papers whose abstracts are compared
_NEXT_WORDS = 200  # that may stand behind those typed
_FILES = 50  # files in a facet
_PAPERS_OF_PEOPLE = 500  # whose authors are looked through for a name


class Explorer:
    """Questions about one library that are no searches.

    Args:
        index: the text index.
        catalogue: the catalogue.
        roots: what the library consists of.
    """

    def __init__(self, index: TextIndex, catalogue: Catalogue, roots: Sequence[Path]) -> None:
        self._index, self._catalogue, self._roots = index, catalogue, roots

    def similar(self, key: str) -> Found:
        """See `Library.similar`."""
        number, paper = self._paper(key)
        query = self._index.like(paper.title, paper.abstract, _TELLING)
        scores = dict(self._index.best(query, _SIMILAR + _ALIKE)[1])
        least = _LIKE_ENOUGH * scores.get(number, 0.0)
        candidates = [found for found, score in scores.items() if found != number and score >= least]
        same = set(self._same(paper, candidates[:_ALIKE]))
        kept = [found for found in candidates if found not in same][:_SIMILAR]
        order = in_order(self._catalogue, array("q", kept))
        return Found(order, lambda: self._index.conditions.of_papers(kept))

    def possibly_same(self, key: str) -> list[Row]:
        """See `Library.possibly_same`."""
        number, paper = self._paper(key)
        alike = self._index.alike(words_of(paper.abstract or ""), _ALIKE) if paper.abstract else []
        titled = []
        if paper.title:
            query = self._index.wording.phrase(words_of(paper.title), ("title",))
            titled = [found for found, _ in self._index.best(query, _ALIKE)[1]]
        found = self._same(paper, [found for found in dict.fromkeys([*titled, *alike]) if found != number])
        rows = self._catalogue.rows(found)
        return [rows[one] for one in found]

    def facets(self, query: tantivy.Query) -> Facets:
        """See `Library.facets`."""
        counted = self._index.counted(query, _FILES)
        years = [
            Facet(str(year), papers, f"date:{year}")
            for year, papers in sorted(counted.years.items(), reverse=True)
        ]
        files = []
        for number, papers in counted.files:
            file = self._catalogue.file(number)
            if file is not None:
                path = path_of(file, self._roots)
                files.append(Facet(path, papers, f"path:{write_value('path', path)}"))
        return Facets(tuple(years), tuple(files))

    def complete(self, field: str, beginning: str, limit: int) -> list[str]:
        """See `Library.complete`."""
        if field == "path":
            return self._paths(beginning, limit)
        if field == "category":
            return list(self._index.terms("category", beginning.lower(), limit))
        names = [FIELDS[field]] if field in FIELDS else ["title", "authors"] if field in ("", "word") else []
        words = words_of(beginning)
        if not words or not beginning[-1:].isalnum():
            return []
        if field == "author" and len(words) > 1:
            return self._people(beginning, words, limit)
        # What was typed before the last word stays.
        before = beginning[: len(beginning) - len(beginning.rsplit(maxsplit=1)[-1])]
        counts = Counter[str]()
        for name in names:
            counts.update(self._index.terms(name, words[-1], _NEXT_WORDS if before else limit))
        found = (word for word, _ in counts.most_common() if self._follows(words[:-1], word, names))
        return [before + word for word in islice(found, limit)]

    def _people(self, beginning: str, words: Sequence[str], limit: int) -> list[str]:
        """Whole names that hold some words, the last of them perhaps cut short: never the end of one and the next.

        Args:
            beginning: as typed; a name that begins so keeps these letters.
            words: the same, folded, as names are given back.
            limit: how many at the most.
        """
        asked = [self._index.wording.word(word, ("authors",)) for word in words[:-1]]
        if len(words[-1]) >= SHORTEST_PREFIX:
            whole, longer = (
                ask(words[-1], ("authors",))
                for ask in (self._index.wording.word, self._index.wording.beginning)
            )
            asked.append(any_of([whole, longer]))
        rows = self._catalogue.rows(
            number for number, _ in self._index.best(all_of(asked), _PAPERS_OF_PEOPLE)[1]
        )
        counts = Counter[str]()
        for row in rows.values():
            for name in split_authors(row.authors or ""):
                folded = words_of(name.partition("(")[0])
                if _is_named(folded, words):
                    counts[" ".join(folded)] += 1
        typed = " ".join(words)
        names = (name for name, _ in counts.most_common(limit))
        return [beginning + name[len(typed) :] if name.startswith(typed) else name for name in names]

    def _follows(self, before: Sequence[str], word: str, names: Sequence[str]) -> bool:
        """Whether any paper has a word behind others: what no paper has is not offered."""
        return not before or self._index.count(self._index.wording.phrase([*before, word], names)) > 0

    def _paths(self, beginning: str, limit: int) -> list[str]:
        """Roots, where there are several, folders and files whose paths begin so, as far as to the next folder.

        What is typed may begin with the name of a root, also of the only one.
        """
        found = dict[str, None]()
        several = len(self._roots) > 1
        for root, name in enumerate(names_of(self._roots).values()):
            if several and name.startswith(beginning):
                found[f"{name}/"] = None
            elif beginning.startswith(f"{name}/"):
                within = self._next_folders(beginning[len(name) + 1 :])
                there = (
                    path for path in within if self._catalogue.files_below(Place(root, path.rstrip("/")))
                )
                found |= dict.fromkeys(f"{name}/{path}" for path in islice(there, limit))
        found |= dict.fromkeys(islice(self._next_folders(beginning), limit))
        return list(islice(found, limit))

    def _next_folders(self, beginning: str) -> Iterator[str]:
        last = ""
        for path in self._catalogue.paths_beginning(beginning):
            end = path.find("/", len(beginning))
            now = path if end < 0 else path[: end + 1]
            if now != last:
                yield now
            last = now

    def _paper(self, key: str) -> tuple[int, Paper]:
        number = self._catalogue.numbers([key]).get(key)
        if number is None:
            raise UnknownPaper(key)
        with Files(self._roots, self._catalogue) as files:
            paper = read_paper(number, key, files, self._catalogue)
        return number, paper or Paper(key)

    def _same(self, paper: Paper, candidates: Sequence[int]) -> list[int]:
        """Those of some papers that may be the same work, the most alike first."""
        found = []
        rows = self._catalogue.rows(candidates)
        with Files(self._roots, self._catalogue) as files:
            for number in candidates:
                row = rows.get(number)
                other = read_paper(number, row.key, files, self._catalogue) if row is not None else None
                if other is not None and (likeness := same_work(paper, other)):
                    found.append((-likeness, number))
        return [number for _, number in sorted(found)]


def _is_named(name: list[str], words: Sequence[str]) -> bool:
    """Whether a name holds words, the last of them perhaps cut short, in any order."""
    *whole, last = words
    left = Counter(name) - Counter(whole)
    return left.total() == len(name) - len(whole) and any(word.startswith(last) for word in left)
