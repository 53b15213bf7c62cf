"""What a library costs: to index, to open, to search, to move in. Every figure beside a yardstick of the same run.

    python benchmarks/library.py FOLDER [--cache DIR] [--json]

FOLDER is a library, of 30,000, 300,000 or 3,000,000 papers say. It is indexed into DIR (a temporary folder by default)
unless it is there already. `fzf` is used where it is installed. Needs the extra `test`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import tantivy
from terminal import Terminal

from arxtui.core.folding import words_of
from arxtui.core.papers import Entry
from arxtui.core.parsing import segments
from arxtui.library import Library, open_library

QUERIES = 300
KEYS = 40
Figure = tuple[str, float, str, str, float, str]
"""What, value, unit, yardstick, its value, bar in words."""


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of all lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def text_files(folder: Path) -> list[Path]:
    """The files of a library."""
    return sorted(folder.rglob("*.txt"))


def bare_ingest(folder: Path, megabytes: float) -> float:
    """Megabytes a second of a bare tantivy that is handed the fields of what has been parsed before."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("paper", indexed=True, fast=True)
    names = ("title", "authors", "identifier", "abstract", "comments")
    for name in names:
        builder.add_text_field(name)
    entries: list[Entry] = []
    size = 0
    for path in text_files(folder):
        with path.open("rb") as file:
            entries += [item for item in segments(file) if isinstance(item, Entry)]
        size += path.stat().st_size
        if size > megabytes * 1e6:
            break
    with tempfile.TemporaryDirectory() as place:
        writer = tantivy.Index(builder.build(), path=place).writer(128_000_000, num_threads=2)

        def ingest() -> None:
            for number, entry in enumerate(entries):
                document = tantivy.Document()
                document.add_unsigned("paper", number)
                for name in names:
                    if text := getattr(entry, name):
                        document.add_text(name, text)
                writer.add_document(document)
            writer.commit()

        return size / 1e6 / timed(ingest)


def index(folder: Path, cache: Path) -> Iterator[Figure]:
    """The first index, where there is none yet, and its size."""
    with open_library([folder], cache_dir=cache) as library:
        if not library.counts().papers:
            first: list[float] = []
            begun = time.perf_counter()

            def progressed(progress: object) -> None:
                if not first and getattr(progress, "papers", 0):
                    first.append(time.perf_counter() - begun)

            seconds = timed(lambda: library.refresh(progressed))
            speed = library.counts().bytes / 1e6 / seconds
            yield "first index", speed, "MB/s", "bare tantivy", bare_ingest(folder, 400), "at least 0.6"
            yield "first papers", first[0] if first else seconds, "s", "", 0, "at most 1.5 s"
        size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
        yield "index on disk", size / 1e6, "MB", "the text", library.counts().bytes / 1e6, "at most 0.6"
        again = min(timed(library.refresh) for _ in range(3))
        walk = min(timed(lambda: sum(1 for _ in scan(folder))) for _ in range(3))
        yield (
            "refresh, nothing changed",
            again * 1e3,
            "ms",
            "os.scandir walk",
            walk * 1e3,
            "0.5 s for 10,000 files",
        )


def scan(folder: Path) -> Iterator[os.stat_result]:
    """A bare walk with the size and time of every file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from scan(Path(entry.path))
            else:
                yield entry.stat()


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


def filter_lines(query: str, lines: str) -> None:
    """What fzf makes of a query."""
    subprocess.run(["fzf", "--filter", query], input=lines, text=True, capture_output=True, check=False)  # noqa: S607


def keystrokes(folder: Path, cache: Path) -> Iterator[Figure]:
    """From a query to the rows of the first page."""
    with open_library([folder], cache_dir=cache) as library:
        queries = title_prefixes(library)
        ours = [timed(lambda q=query: library.search(q).rows(0, 50)) * 1e3 for query in queries]  # type: ignore[misc]
        (place,) = cache.rglob("text-*")
        bare_index = tantivy.Index.open(str(place))
        bare_index.register_tokenizer(
            "folded",
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .build(),
        )
        searcher = bare_index.searcher()

        def bare(query: str) -> None:
            parsed = bare_index.parse_query(query, ["title", "abstract"], conjunction_by_default=True)
            searcher.search(parsed, limit=50)

        yardstick = [timed(lambda q=query: bare(q)) * 1e3 for query in queries]  # type: ignore[misc]
        for name, share, bar in (("p50", 0.5, "15 ms"), ("p95", 0.95, "50 ms")):
            figure = percentile(ours, share), "ms", "bare tantivy", percentile(yardstick, share), bar
            yield (f"keystroke to first page, {name}", *figure)
        if shutil.which("fzf"):
            lines = "\n".join(
                f"{row.title} {row.authors}" for row in library.search(limit=3_000_000) if row.title
            )
            seconds = [timed(lambda q=query: filter_lines(q, lines)) for query in queries[:3]]  # type: ignore[misc]
            fzf = percentile(seconds, 0.5) * 1e3
            yield (
                "keystroke to first page, p50",
                percentile(ours, 0.5),
                "ms",
                "fzf --filter",
                fzf,
                "20 times faster",
            )


def reader(folder: Path, cache: Path) -> Iterator[Figure]:
    """The reader in a terminal: start, keys, bytes, memory."""
    with tempfile.TemporaryDirectory() as data:
        env = {"ARXTUI_CACHE_DIR": str(cache), "ARXTUI_DATA_DIR": data}
        argv = [sys.executable, "-m", "arxtui", str(folder)]
        trivial, start = [], []
        for _ in range(5):
            app = Terminal([sys.executable, str(Path(__file__).parent / "trivial_app.py")], {})
            trivial.append(app.until("trivial app") * 1e3)
            app.close()
            app = Terminal(argv, env)
            start.append(app.until(r"\d{4}-\d\d") * 1e3)
            app.close()
        yield (
            "reopen to first list",
            percentile(start, 0.5),
            "ms",
            "trivial app",
            percentile(trivial, 0.5),
            "at most 2",
        )
        app = Terminal(argv, env)
        app.until(r"\d{4}-\d\d")
        app.settle(0.5)
        for name, keys, bar in (("j", "j", "16 ms"), ("pgdn", "\x1b[6~", "50 ms"), ("G, g g", "G", "50 ms")):
            painted = [app.paint("gg" if keys == "G" and turn % 2 else keys) for turn in range(KEYS)]
            yield (
                f"{name}: first byte, p95",
                percentile([first * 1e3 for first, _, _ in painted], 0.95),
                "ms",
                "",
                0,
                bar,
            )
            yield (
                f"{name}: bytes, median",
                percentile([float(size) for _, _, size in painted], 0.5),
                "bytes",
                "",
                0,
                "j: 1 KB",
            )
        yield "anonymous memory", app.anonymous_megabytes(), "MB", "", 0, "at most 150 MB"
        app.close()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--cache", type=Path)
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = options.parse_args()
    cache = arguments.cache or Path(tempfile.mkdtemp())
    figures: list[Figure] = []
    try:
        for part in (index, keystrokes, reader):
            for figure in part(arguments.folder, cache):
                figures.append(figure)
                if not arguments.json:
                    what, value, unit, yardstick, other, bar = figure
                    beside = f"{yardstick} {other:,.1f}, ratio {value / other:.2f}" if yardstick else ""
                    print(f"{what:32}{value:12,.1f} {unit:6}{beside:44}bar: {bar}", flush=True)
    finally:
        if arguments.cache is None:
            shutil.rmtree(cache)
    if arguments.json:
        keys = ("what", "value", "unit", "yardstick", "yardstick_value", "bar")
        print(json.dumps([dict(zip(keys, figure, strict=True)) for figure in figures], indent=2))


if __name__ == "__main__":
    main()
