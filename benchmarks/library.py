"""What a library costs: to index, to open, to search, to move in. Every figure beside a yardstick of the same run.

    python benchmarks/library.py FOLDER... [--cache DIR] [--one-file] [--json]

FOLDER is a library, of 30,000, 300,000 or 3,000,000 papers say; with several, the smallest first, it also tells how costs
grow. Each is indexed into a folder of its own below DIR (a temporary one by default) unless it is there already. `fzf`
is used where it is installed. `--one-file` also indexes all text of the last library as one single file. Needs the extra
`test`, Linux, and a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from figures import Figure, as_json, growth
from indexing import first_index, one_file, refreshing
from keystrokes import keystrokes
from screen import idle, moving, reopening, while_indexing


def measure(folder: Path, cache: Path) -> Iterator[Figure]:
    """All figures of one library."""
    yield from while_indexing(folder)
    yield from first_index(folder, cache)
    yield from refreshing(folder)
    yield from keystrokes(folder, cache)
    yield from reopening(folder, cache)
    yield from idle(folder, cache)
    yield from moving(folder, cache)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    options.add_argument("--cache", type=Path)
    options.add_argument("--one-file", action="store_true")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = options.parse_args()
    cache = arguments.cache or Path(tempfile.mkdtemp())
    figures: dict[str, list[Figure]] = {}

    def show(line: object) -> None:
        if not arguments.json:
            print(line, flush=True)

    try:
        for number, folder in enumerate(arguments.folders):
            show(f"{folder}:")
            found = figures.setdefault(str(folder), [])
            for figure in measure(folder, cache / str(number)):
                found.append(figure)
                show(figure)
        if arguments.one_file:
            for figure in one_file(arguments.folders[-1]):
                figures[str(arguments.folders[-1])].append(figure)
                show(figure)
        names = list(figures)
        for smaller, larger in pairwise(names):
            show(f"{larger}, beside {smaller}:")
            for line in growth(figures[smaller], figures[larger]):
                show(line)
    finally:
        if arguments.cache is None:
            shutil.rmtree(cache)
    if arguments.json:
        print(as_json(figures))


if __name__ == "__main__":
    main()
