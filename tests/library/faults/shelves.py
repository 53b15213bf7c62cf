"""A library that can be changed at random, and everything that an index of it shows."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from arxtui.library import Library, LibraryError, open_library
from arxtui.library.checking import check_index

MANY = bool(os.environ.get("ARXTUI_MANY"))
"""Whether to take many papers and many moments, which takes an hour, or as many as there is time for in CI."""

WORDS = tuple("amber basalt cedar delta ember fjord garnet heather indigo juniper krill lagoon".split())

_HEADS = tuple("ba co di fu ge hy jo ka lu me ni po qui ra so tu ve wa xe zo".split())
_MIDDLES = tuple("bin cal dor fem gal hin jul kor lam mon nor pil rus sem tor vin".split())
_TAILS = tuple("a el is on um ith ast er us ide".split())


def paper(number: int, edition: int, *, inline: bool = False, bare: bool = False) -> str:
    """A paper as it stands in a file; another edition has other words."""
    month = f"{number % 19 + 8:02d}{number % 12 + 1:02d}"  # 228 different ones, as 19 and 12 have no common factor
    key = f"{month}.{number // 228:0{4 if month < '1501' else 5}d}"
    words = [WORDS[(number * step + edition) % len(WORDS)] for step in (1, 5, 7)]
    # A text of its own for each number, so that an entry without an identifier repeats one paper and no other.
    chance = random.Random(number)  # noqa: S311  words, not secrets
    own = " ".join(
        f"{chance.choice(_HEADS)}{chance.choice(_MIDDLES)}{chance.choice(_TAILS)}" for _ in range(22)
    )
    abstract = f"Of {words[0]} and {words[1]} {own} in edition{edition}, with {words[2]} of number{number}."
    if inline:
        return f"{abstract}\narXiv:{key}"
    if bare:
        return f"{abstract}\n\n"
    return f"On {words[0]} and its {words[2]}\nAda One, Bo Two\n\n{abstract}\n\narXiv:{key}\nCreated: 20{key[:2]}-{key[2:4]}-05\n\n"


class Shelf:
    """Files with papers in a folder: some papers in two files, some entries without an identifier.

    Args:
        folder: where to write them.
        papers: how many papers.
        files: in how many files.
        seed: of the changes to come.
    """

    def __init__(self, folder: Path, papers: int, files: int, seed: int = 1) -> None:
        self._folder, self._papers = folder, papers
        self._chance = random.Random(seed)  # noqa: S311  changes, not secrets
        self._made = 0
        for number in range(files):
            self._write(self._folder / f"{number % 5}" / f"{number}.txt", number, files)

    def _write(self, path: Path, place: int, step: int) -> None:
        self._made += 1
        numbers = range(place % step, self._papers, step)
        inline = self._made % 4 == 0
        text = "".join(paper(number, self._made, inline=inline) for number in numbers)
        if not inline:
            text += "".join(paper(number + 1, self._made) for number in numbers[::10])  # repeats
            text += "".join(paper(number, self._made, bare=True) for number in numbers[3:4])
        text += f"\n\nAn entry with no identifier, the one of making {self._made}, ends this file without a word more.\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def change(self) -> None:
        """Change a third of the files: other papers, other names, gone, new."""
        paths = sorted(self._folder.rglob("*.txt"))
        for path in self._chance.sample(paths, max(len(paths) // 3, 1)):
            how = self._chance.randrange(5)
            if how == 0:
                path.unlink()
            elif how == 1:
                path.rename(path.with_name(f"renamed-{self._made}-{path.name}"))
            elif how == 2:
                self._write(path.with_name(f"new-{self._made}.txt"), self._chance.randrange(1000), len(paths))
            else:
                self._write(path, self._chance.randrange(1000), len(paths))


def shown(library: Library) -> dict[str, Any]:
    """All that a library shows, in an order that does not depend on how it came to be."""
    with library._catalogue.connection() as db:
        papers = db.execute(
            "SELECT key, date, updated, title, lead, authors, occurrences FROM papers ORDER BY key"
        ).fetchall()
        places = db.execute(
            'SELECT key, root, path, start, "end", line, layout, text_key FROM occurrences JOIN files USING (file)'
            " JOIN papers USING (paper) ORDER BY root, path, start"
        ).fetchall()
    # Strict queries: what is forgiven where they find nothing depends on what the index has seen before.
    queries = {
        word: f"{word}*" for word in (*WORDS, "number1", "edition", "juni and lag", "heather and krill")
    }
    found = {word: sorted(library.search(query).keys()) for word, query in queries.items()}
    return {
        "papers": papers,
        "places": places,
        "problems": library.problems(),
        "counts": library.counts(),
        "found": found,
        "totals": {word: library.search(query).total for word, query in queries.items()},
        "by date": [row.key for row in library.search()],
        "tree": sorted(_tree(library)),
    }


def _tree(library: Library) -> Iterator[tuple[str, int, int]]:
    waiting = library.children()
    while waiting:
        node = waiting.pop()
        yield node.place.path, node.papers, node.problems
        if node.is_folder:
            waiting += library.children(node.place)


def shown_by_a_fresh_index(folder: Path, cache: Path) -> dict[str, Any]:
    """What an index shows that nothing ever happened to."""
    with closing(open_library([folder], cache_dir=cache)) as library:
        library.refresh()
        return shown(library)


def check_right(library: Library, expected: dict[str, Any]) -> None:
    """An index is sound, shows what it should, each paper once, and finds the papers that hold a word."""
    wrong = check_index(library.folder)
    assert wrong == [], wrong
    found = shown(library)
    for part, right in expected.items():
        assert found[part] == right, (part, _difference(found[part], right))
    for word, total in found["totals"].items():
        assert total == len(found["found"][word]) == len(set(found["found"][word])), word


def consistent(library: Library) -> None:
    """Every paper that is listed can be read as it is listed, or is refused because its file has changed."""
    for row in list(library.search()):
        with suppress(LibraryError):
            read = library.paper(row.key)
            assert (read.key, len(read.occurrences)) == (row.key, row.occurrences)
            assert read.abstract is not None
            assert row.title is None or read.title == row.title


def _difference(found: Any, right: Any) -> Any:
    if isinstance(found, dict):
        return {word: _difference(found[word], right[word]) for word in right if found[word] != right[word]}
    if isinstance(found, list):
        return [each for each in found if each not in right][:5], [
            each for each in right if each not in found
        ][:5]
    return found, right


def scan(library: Library, word: str) -> list[str]:
    """The keys of the papers whose text holds a word, found by reading every paper."""
    keys = []
    for key in library.search().keys():  # noqa: SIM118  it is a method of Results, not of a dict
        read = library.paper(key)
        text = " ".join(filter(None, (read.title, read.abstract, read.comments, read.author_text)))
        if any(each.startswith(word) for each in text.lower().replace(",", " ").replace(".", " ").split()):
            keys.append(key)
    return sorted(keys)
