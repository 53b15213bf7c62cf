"""What indexing costs: speed, memory, room on disk, and to look again."""

from __future__ import annotations

import gc
import os
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import tantivy
from figures import Figure, timed

from arxtui.core.papers import Entry
from arxtui.core.parsing import segments
from arxtui.library import open_library

BARE = 1_500_000_000  # bytes of text for the bare tantivy, which holds all of it in memory
FIELDS = ("title", "authors", "abstract", "comments", "identifier")
SMALL_FILES = 10_000
BIG_FILE = 15_000_000  # bytes


def text_files(folder: Path) -> list[Path]:
    """The files of a library."""
    return sorted(folder.rglob("*.txt"))


def parsed(folder: Path) -> tuple[list[tuple[str | None, ...]], int]:
    """The fields of the first entries of a library, and how many bytes they are of."""
    found: list[tuple[str | None, ...]] = []
    size = 0
    for path in text_files(folder):
        with path.open("rb") as file:
            entries = (item for item in segments(file) if isinstance(item, Entry))
            found += [tuple(getattr(entry, name) for name in FIELDS) for entry in entries]
        size += path.stat().st_size
        if size > BARE:
            break
    return found, size


def bare_ingest(folder: Path) -> float:
    """Megabytes a second of a bare tantivy that is handed the same fields, parsed before, with two threads of its own."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("paper", indexed=True, fast=True)
    for name in FIELDS:
        builder.add_text_field(name)
    gc.disable()  # as the indexer does
    entries, size = parsed(folder)
    with tempfile.TemporaryDirectory() as place:
        writer = tantivy.Index(builder.build(), path=place).writer(128_000_000, num_threads=2)

        def ingest() -> None:
            for number, entry in enumerate(entries):
                document = tantivy.Document()
                document.add_unsigned("paper", number)
                for name, text in zip(FIELDS, entry, strict=True):
                    if text:
                        document.add_text(name, text)
                writer.add_document(document)
            writer.commit()

        seconds = timed(ingest)
    gc.enable()
    return size / 1e6 / seconds


class Watching:
    """The most memory that the child processes of this one have at a time. Use it in a `with`.

    Attributes:
        resident: in megabytes, with the pages of files that are mapped.
        anonymous: without them.
    """

    def __init__(self) -> None:
        self.resident = self.anonymous = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.25):
            for path in Path("/proc/self/task").glob("*/children"):
                for child in path.read_text(encoding="ascii").split():
                    try:
                        memory = Path(f"/proc/{child}/smaps_rollup").read_text(encoding="ascii")
                    except OSError:
                        continue  # it has just ended
                    self.resident = max(self.resident, _megabytes("Rss", memory))
                    self.anonymous = max(self.anonymous, _megabytes("Anonymous", memory))


def _megabytes(name: str, rollup: str) -> float:
    found = re.search(rf"{name}:\s+(\d+)", rollup)
    return int(found[1]) / 1024 if found else 0.0


def first_index(folder: Path, cache: Path) -> Iterator[Figure]:
    """The first index, where there is none yet, and its size."""
    with open_library([folder], cache_dir=cache) as library:
        if not library.counts().papers:
            with Watching() as watching:
                seconds = timed(library.refresh)
            speed = library.counts().bytes / 1e6 / seconds
            yield Figure("first index", speed, "MB/s", "at least 0.6", "bare tantivy", bare_ingest(folder))
            yield Figure("first index, whole", seconds, "s", "10 times as many papers: at most 11 times")
            yield Figure("memory of the indexer, resident", watching.resident, "MB", "at most 700 MB")
            yield Figure("memory of the indexer, anonymous", watching.anonymous, "MB", "")
        size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
        text = library.counts().bytes / 1e6
        yield Figure("index on disk", size / 1e6, "MB", "at most 0.6", "the text", text)


def one_file(folder: Path) -> Iterator[Figure]:
    """The whole library in one single file."""
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place, "whole.txt")
        with whole.open("wb") as out:
            for path in text_files(folder):
                out.write(path.read_bytes())
        with (
            open_library([whole], cache_dir=Path(place, "cache")) as library,
            Watching() as watching,
        ):
            library.refresh()
            papers = library.counts().papers
        size = whole.stat().st_size / 1e6
    what = f"indexer, one file of {size:,.0f} MB"
    yield Figure(f"{what}: resident", watching.resident, "MB", f"at most 700 MB ({papers:,} papers)")
    yield Figure(f"{what}: anonymous", watching.anonymous, "MB", "")


def scan(folder: Path) -> Iterator[os.stat_result]:
    """A bare walk with the size and time of every file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from scan(Path(entry.path))
            else:
                yield entry.stat()


def walk(folder: Path) -> float:
    """Milliseconds of a bare walk."""
    return min(timed(lambda: sum(1 for _ in scan(folder))) for _ in range(3)) * 1e3


def refreshing(folder: Path) -> Iterator[Figure]:
    """To look again: many files of which none has changed, and a big one that has."""
    with tempfile.TemporaryDirectory() as place:
        many = Path(place, "many")
        many.mkdir()
        for number in range(SMALL_FILES):
            text = f"A short text of paper {number}.\narXiv:2001.{number:05d}\n"
            (many / f"{number:05d}.txt").write_text(text, encoding="ascii")
        with open_library([many], cache_dir=Path(place, "cache")) as library:
            library.refresh()
            again = min(timed(library.refresh) for _ in range(3)) * 1e3
        yield Figure(
            f"refresh, {SMALL_FILES:,} files as they were",
            again,
            "ms",
            "500 ms",
            "os.scandir walk",
            walk(many),
        )
        one = Path(place, "one")
        one.mkdir()
        big = one / "big.txt"
        with big.open("wb") as out:
            for path in text_files(folder):
                out.write(path.read_bytes())
                if out.tell() > BIG_FILE:
                    break
        with open_library([one], cache_dir=Path(place, "cache")) as library:
            library.refresh()
            time.sleep(0.01)
            with big.open("ab") as out:
                out.write(b"A text that was added.\narXiv:2102.00001\n")
            changed = timed(library.refresh) * 1e3
        yield Figure(
            "refresh, a file of 15 MB has changed", changed, "ms", "3,000 ms", "os.scandir walk", walk(one)
        )
