"""How fast files become entries, beside a bare `re.finditer` over the terminator pattern on the same bytes.

    python benchmarks/parsing.py [FOLDER] [--json]

FOLDER holds text files in the record or the inline layout. The bar is a quarter of the yardstick's speed, per layout, on
real abstracts, which have about a kilobyte. Without a folder the sample seeds are repeated; their entries are half as
long, so what each costs weighs twice, and they stand just below the bar. Figures are the best of several rounds in which the two take turns, so
that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from arxtui.core.papers import Entry
from arxtui.core.parsing import segments
from arxtui.core.terminators import PATTERN

SAMPLES = Path(__file__).parent.parent / "sample_seeds"
MOST = 48_000_000  # bytes of a layout that are measured
LEAST = 8_000_000  # bytes that samples are repeated to
ROUNDS = 7
BAR = 0.25


def texts_by_layout(folder: Path) -> dict[str, bytes]:
    """The files of a folder joined, those of each layout by themselves; files that mix layouts are left out."""
    pieces: dict[str, list[bytes]] = {"record": [], "inline": []}
    sizes = dict.fromkeys(pieces, 0)
    for path in sorted(folder.rglob("*.txt")):
        raw = path.read_bytes()
        found = [segment for segment in segments(io.BytesIO(raw)) if isinstance(segment, Entry)]
        layouts = {entry.layout for entry in found}
        if len(layouts) == 1 and not any(entry.problems for entry in found):
            (layout,) = layouts
            if sizes[layout] < MOST:
                # A record ends with a blank line; the abstract after an inline identifier is glued to it.
                pieces[layout].append(raw.rstrip() + b"\n\n" if layout == "record" else raw.strip())
                sizes[layout] += len(raw)
    joined = {layout: b"".join(found) for layout, found in pieces.items() if found}
    return {layout: text * max(1, LEAST // len(text)) for layout, text in joined.items()}


def best(runs: dict[str, Callable[[], Iterator[object]]]) -> dict[str, float]:
    """The least seconds of each of several ways through the same bytes, in turn."""
    seconds = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begun = time.perf_counter()
            for _ in run():
                pass
            seconds[name] = min(seconds[name], time.perf_counter() - begun)
    return seconds


def measure(text: bytes) -> dict[str, float]:
    """Entries, megabytes, seconds of both, and the speed of the parser as a share of the yardstick's."""
    entries = sum(1 for segment in segments(io.BytesIO(text)) if isinstance(segment, Entry))
    seconds = best({"finditer": lambda: PATTERN.finditer(text), "parser": lambda: segments(io.BytesIO(text))})
    return {
        "entries": entries,
        "megabytes": len(text) / 1e6,
        "finditer_seconds": seconds["finditer"],
        "parser_seconds": seconds["parser"],
        "share": seconds["finditer"] / seconds["parser"],
    }


def main() -> int:
    """Measure and print; returns 1 where the parser is below the bar on a given folder."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = options.parse_args()
    figures = {layout: measure(text) for layout, text in texts_by_layout(arguments.folder).items()}
    if arguments.json:
        print(json.dumps(figures, indent=2))
    else:
        print(
            f"{'layout':8}{'entries':>10}{'MB':>8}{'finditer s':>12}{'parser s':>10}{'share':>8}   bar {BAR}"
        )
        for layout, found in figures.items():
            print(
                f"{layout:8}{found['entries']:10,.0f}{found['megabytes']:8.1f}{found['finditer_seconds']:12.3f}"
                f"{found['parser_seconds']:10.3f}{found['share']:8.3f}"
            )
    return int(arguments.folder != SAMPLES and any(found["share"] < BAR for found in figures.values()))


if __name__ == "__main__":
    sys.exit(main())
