"""From a query to the rows of the first page."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import tantivy
from figures import Figure, percentile, timed

from arxtui.core.folding import words_of
from arxtui.library import Library, open_library
from arxtui.library.textschema import ANALYZER, analyzer

QUERIES = 500
FZF_QUERIES = 3  # each takes seconds
PAGE = 50


def title_prefixes(library: Library) -> list[str]:
    """Titles as people type them: word by word, half of them in the middle of a word."""
    dice = random.Random(4)  # noqa: S311  the same queries at every run
    total = library.counts().papers
    queries: list[str] = []
    while len(queries) < QUERIES:
        (row,) = library.search().rows(at := dice.randrange(total), at + 1)
        words = words_of(row.title or "")[:6]
        if words:
            count = dice.randrange(1, len(words) + 1)
            last = words[count - 1]
            cut = dice.choice([len(last), max(1, len(last) // 2)])
            queries.append(" ".join([*words[: count - 1], last[:cut]]))
    return queries


def first_page(library: Library, query: str) -> None:
    """What the reader does for a key in the search line."""
    library.search(query, typing=True).rows(0, PAGE)


def filter_lines(query: str, lines: str) -> None:
    """What fzf makes of a query."""
    subprocess.run(["fzf", "--filter", query], input=lines, text=True, capture_output=True, check=False)  # noqa: S607


def keystrokes(folder: Path, cache: Path) -> Iterator[Figure]:
    """500 beginnings of real titles, beside a bare query parser on the same index, and `fzf`."""
    with open_library([folder], cache_dir=cache) as library:
        queries = title_prefixes(library)
        ours = [timed(partial(first_page, library, query)) * 1e3 for query in queries]
        (place,) = cache.rglob("text-*")
        bare_index = tantivy.Index.open(str(place))
        bare_index.register_tokenizer(ANALYZER, analyzer())
        searcher = bare_index.searcher()

        def bare(query: str) -> None:
            parsed = bare_index.parse_query(query, ["title", "abstract"], conjunction_by_default=True)
            searcher.search(parsed, limit=PAGE)

        yardstick = [timed(partial(bare, query)) * 1e3 for query in queries]
        for name, share, bar in (("p50", 0.5, "15 ms"), ("p95", 0.95, "50 ms")):
            value, beside = percentile(ours, share), percentile(yardstick, share)
            yield Figure(f"keystroke to first page, {name}", value, "ms", bar, "bare tantivy", beside)
        if shutil.which("fzf"):
            lines = "\n".join(f"{row.title} {row.authors}" for row in library.search() if row.title)
            seconds = [timed(partial(filter_lines, query, lines)) for query in queries[:FZF_QUERIES]]
            value, beside = percentile(ours, 0.5), percentile(seconds, 0.5) * 1e3
            yield Figure("keystroke to first page", value, "ms", "20 times faster", "fzf --filter", beside)
