"""How well half remembered papers are found, beside fzf and beside a bare query parser of tantivy on the same index.

    python benchmarks/finding.py FOLDER [--papers 400] [--seed 1] [--cache DIR] [--json]

FOLDER is a library whose papers have titles, of 100,000 papers say. It is indexed into DIR (a temporary folder by default)
unless it is there already. Papers are drawn from it, and for each one query of every kind is made from its own text. The
table tells for every kind how often the paper was first and among the first ten, and the engine's milliseconds. `fzf` is
asked over lines of title, authors and year, where it is installed. Needs the extra `test`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy

from arxtui.core.folding import fold
from arxtui.core.papers import Paper
from arxtui.library import Library, open_library
from arxtui.library.keeping import index_folder
from arxtui.library.textschema import ANALYZER, FOLDER, analyzer

HITS = 10
SHORTEST_ABSTRACT = 400
FZF_QUERIES = 60  # of each kind: each takes a tenth of a second for 100,000 lines
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SMALL = frozenset("the and for with from that this are via using based".split())
BARS = {
    "four title words": (0.96, 0.995),
    "last word cut short": (0.96, 0.995),
    "typo in every long word": (0.96, 0.995),
    "surname, two title words": (0.96, 0.995),
    "surname, year, word": (0.95, 0.99),
    "one word wrong": (0.85, 0.97),
    "five abstract words": (0.96, 0.995),
}
"""Kind -> how often the paper must be first, and among the first ten."""

Find = Callable[[str], list[str]]


class Query(NamedTuple):
    """A query and the key of the paper that it was made from."""

    kind: str
    text: str
    key: str


class Outcome(NamedTuple):
    """What came of the queries of one kind: shares of them, and milliseconds."""

    first: float
    ten: float
    median: float
    slow: float


def words_in(text: str) -> list[str]:
    """The words that a person would remember of a text, without its TeX."""
    return re.findall(r"[A-Za-z]{3,}", re.sub(r"\\[a-zA-Z]+|\$[^$]*\$", " ", text))


def mistyped(word: str, rng: random.Random) -> str:
    """A long word with one letter left out, swapped with the next, put in or changed; not the first."""
    if len(word) < 5:
        return word
    at, letter = rng.randrange(1, len(word) - 1), rng.choice(LETTERS)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    )
    return rng.choice(ways)


def surname_of(paper: Paper) -> str | None:
    """The last name of the first author in plain letters, where it has three at least."""
    name = paper.authors[0].partition("(")[0] if paper.authors else ""
    plain = unicodedata.normalize("NFKD", re.sub(r"\\\S*", "", name)).encode("ascii", "ignore").decode()
    found = words_in(plain)
    return found[-1] if found else None


def queries_for(paper: Paper, strangers: Sequence[str], rng: random.Random) -> Iterator[Query]:
    """One query of every kind that a paper allows.

    Args:
        paper: which.
        strangers: words of other titles.
        rng: draws.
    """
    title = [word for word in words_in(paper.title or "") if word.lower() not in SMALL]
    if len(title) < 4:
        return
    kinds = list(BARS)
    start = rng.randrange(len(title) - 3)
    four = title[start : start + 4]
    cut = four[-1][: max(3, len(four[-1]) // 2)]
    made = [" ".join(four), " ".join([*four[:3], cut]), " ".join(mistyped(word, rng) for word in four)]
    surname = surname_of(paper)
    if surname is not None:
        yield Query(kinds[3], " ".join([surname, *rng.sample(title, 2)]), paper.key)
        if paper.created:
            yield Query(kinds[4], f"{surname} {paper.created[:4]} {max(title, key=len)}", paper.key)
    five = title[max(0, start - 1) : start + 4]
    five[rng.randrange(len(five))] = rng.choice(strangers)
    long = [word for word in words_in(paper.abstract or "") if len(word) > 5]
    yield from (Query(kind, text, paper.key) for kind, text in zip(kinds, made, strict=False))
    yield Query(kinds[5], " ".join(five), paper.key)
    if len(long) > 8:
        yield Query(kinds[6], " ".join(rng.sample(long, 5)), paper.key)


def draw(library: Library, count: int, seed: int) -> list[Query]:
    """Queries for so many papers of a library."""
    rng = random.Random(seed)  # noqa: S311  the same queries at every run
    rows = [row for row in library.search("-is:untitled", sort="id") if row.authors]
    strangers = [word for row in rng.sample(rows, min(500, len(rows))) for word in words_in(row.title or "")]
    strangers = [word for word in strangers if len(word) > 4]
    found: list[Query] = []
    papers = 0
    for row in rng.sample(rows, len(rows)):
        paper = library.paper(row.key)
        made = (
            list(queries_for(paper, strangers, rng)) if len(paper.abstract or "") > SHORTEST_ABSTRACT else []
        )
        found += made
        papers += bool(made)
        if papers == count:
            break
    return found


def arxtui_finds(library: Library) -> Find:
    """The keys that arxtui shows first."""
    return lambda text: [row.key for row in library.search(text, limit=HITS)]


def bare_finds(library: Library, cache: Path) -> Find:
    """The keys that tantivy's own query parser finds on the same index, all words asked for."""
    index = tantivy.Index.open(str(index_folder(library.roots, cache) / FOLDER))
    index.register_tokenizer(ANALYZER, analyzer())
    index.reload()
    searcher = index.searcher()
    keys = {row.key for row in library.search("*")}
    numbers = {number: key for key, number in library._catalogue.numbers(keys).items()}  # noqa: SLF001  a yardstick
    fields, boosts = ["title", "authors", "abstract"], {"title": 4.0, "authors": 3.0}

    def find(text: str) -> list[str]:
        query, _ = index.parse_query_lenient(fold(text), fields, boosts, conjunction_by_default=True)
        addresses = [address for _, address in searcher.search(query, limit=HITS).hits]
        values = searcher.fast_field_values("paper", addresses) if addresses else []
        return [numbers[value] for value in values if isinstance(value, int)]

    return find


def fzf_finds(library: Library, file: Path) -> Find:
    """The keys that fzf puts first, over lines of title, authors and year."""
    lines = (
        f"{row.key}\t{row.title} {row.authors or ''} {row.date[:4]}\n"
        for row in library.search("-is:untitled")
    )
    file.write_text("".join(lines), encoding="utf-8")

    def find(text: str) -> list[str]:
        with file.open("rb") as stream:
            command = [
                "fzf",
                "--filter",
                text,
                "--delimiter",
                "\t",
                "--nth",
                "2..",
                "--tiebreak",
                "begin,length",
            ]
            done = subprocess.run(command, stdin=stream, capture_output=True, check=False)
        return [line.partition(b"\t")[0].decode() for line in done.stdout.splitlines()[:HITS]]

    return find


def outcomes(find: Find, queries: Sequence[Query], most: int | None = None) -> dict[str, Outcome]:
    """What comes of queries, by kind.

    Args:
        find: the keys found first.
        queries: which.
        most: how many of each kind to ask; None: all.
    """
    places, times = defaultdict[str, list[int]](list), defaultdict[str, list[float]](list)
    for query in queries:
        if most is not None and len(places[query.kind]) >= most:
            continue
        begun = time.perf_counter()
        keys = find(query.text)
        times[query.kind].append((time.perf_counter() - begun) * 1000)
        places[query.kind].append(keys.index(query.key) + 1 if query.key in keys else HITS + 1)
    found = {}
    for kind, ranks in places.items():
        slowest = sorted(times[kind])
        found[kind] = Outcome(
            sum(rank == 1 for rank in ranks) / len(ranks),
            sum(rank <= HITS for rank in ranks) / len(ranks),
            slowest[len(slowest) // 2],
            slowest[int(len(slowest) * 0.95)],
        )
    return found


def printed(name: str, found: dict[str, Outcome]) -> None:
    """Print a table."""
    print(f"\n{name:26}  first  first ten  median ms   p95 ms")
    for kind, outcome in found.items():
        print(
            f"{kind:26} {outcome.first:6.3f} {outcome.ten:10.3f} {outcome.median:10.1f} {outcome.slow:8.1f}"
        )


def main() -> int:
    """Measure and print.

    Returns:
        0 if arxtui keeps the bars of every kind, else 1.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        cache = arguments.cache or Path(temporary)
        with open_library([arguments.folder], cache_dir=cache) as library:
            library.refresh()
            queries = draw(library, arguments.papers, arguments.seed)
            tables = {"arxtui": outcomes(arxtui_finds(library), queries)}
            tables["tantivy's query parser"] = outcomes(bare_finds(library, cache), queries)
            if shutil.which("fzf"):
                tables["fzf"] = outcomes(fzf_finds(library, Path(temporary) / "lines"), queries, FZF_QUERIES)
    if arguments.json:
        print(
            json.dumps(
                {name: {kind: one._asdict() for kind, one in found.items()} for name, found in tables.items()}
            )
        )
    else:
        for name, found in tables.items():
            printed(name, found)
    kept = all(
        one.first >= BARS[kind][0] and one.ten >= BARS[kind][1] for kind, one in tables["arxtui"].items()
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
