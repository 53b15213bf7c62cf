"""The reader in a terminal: start, keys, bytes, memory, and the same while it indexes."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from figures import Figure, percentile
from terminal import Terminal

STARTS = 7
KEYS = 40
PAPERS = r"\d{4}-\d\d"
"""What only a list of papers shows: a date."""
INDEXING = r"[Rr]eading|MB/s"
WHILE_INDEXING = 20.0  # seconds
PAGE_DOWN = "\x1b[6~"
BAR, TOP, MIDDLE = 108, 3, 25
"""Column of the paper list's scroll bar, its first row and its middle one, on a screen of 160x48."""


def dragged(first: int, last: int) -> str:
    """What a terminal sends for the scroll bar grabbed in one row, dragged to another and let go (SGR mouse)."""
    return f"\x1b[<0;{BAR};{first}M\x1b[<32;{BAR};{last}M\x1b[<0;{BAR};{last}m"


def _reader(folder: Path, cache: Path, data: str, also: Mapping[str, str] = {}) -> Terminal:
    env = {"ARXTUI_CACHE_DIR": str(cache), "ARXTUI_DATA_DIR": data, **also}
    return Terminal([sys.executable, "-m", "arxtui", str(folder)], env)


def reopening(folder: Path, cache: Path) -> Iterator[Figure]:
    """From the command to the first list, beside an app that has nothing to show.

    Both have their bytecode, as programs have that were installed; the first start of each writes it and does not count.
    """
    trivial, start = [], []
    with tempfile.TemporaryDirectory() as data:
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(data) / "bytecode")}
        for _ in range(1 + STARTS):
            app = Terminal([sys.executable, str(Path(__file__).parent / "trivial_app.py")], compiled)
            trivial.append(app.until("trivial app") * 1e3)
            app.close()
            app = _reader(folder, cache, data, compiled)
            start.append(app.until(PAPERS) * 1e3)
            app.settle(0.5)  # what is imported later is written as well
            app.close()
    del trivial[0], start[0]
    yield Figure(
        "reopen to first list",
        percentile(start, 0.5),
        "ms",
        "at most 2",
        "trivial app",
        percentile(trivial, 0.5),
    )


def moving(folder: Path, cache: Path) -> Iterator[Figure]:
    """Keys in a list at rest, and the memory after them."""
    with tempfile.TemporaryDirectory() as data:
        app = _reader(folder, cache, data)
        app.until(PAPERS)
        app.settle(0.5)
        for name, typed, bar in (
            ("j", ["j"] * KEYS, "16 ms"),
            ("pgdn", [PAGE_DOWN] * KEYS, "50 ms"),
            ("G, g g", ["G", "gg"] * (KEYS // 2), "50 ms"),
            ("dragging the scroll bar", [dragged(TOP, MIDDLE), dragged(MIDDLE, TOP)] * (KEYS // 2), "50 ms"),
        ):
            painted = [app.paint(keys) for keys in typed]
            yield Figure(
                f"{name}: paint, p95", percentile([first * 1e3 for first, _ in painted], 0.95), "ms", bar
            )
            if name == "j":
                yield Figure(
                    "j: output, median",
                    percentile([size for _, size in painted], 0.5),
                    "bytes",
                    "1,000 bytes",
                )
                yield Figure("j: output, p95", percentile([size for _, size in painted], 0.95), "bytes", "")
        yield Figure("anonymous memory", app.anonymous_megabytes(), "MB", "150 MB; 1.2 times that at 30,000")
        app.close()


def while_indexing(folder: Path) -> Iterator[Figure]:
    """The first start on a library that is not indexed, and keys while it is."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as cache:
        app = _reader(folder, Path(cache), data)
        yield Figure("first papers on screen, not indexed yet", app.until(PAPERS), "s", "at most 1.5 s")
        busy: list[float] = []
        end = time.perf_counter() + WHILE_INDEXING
        while time.perf_counter() < end and app.shows(INDEXING):
            time.sleep(0.05)
            busy.append(app.latency("j" if len(busy) % 40 < 20 else "k") * 1e3)
        begun = time.perf_counter()
        app.send("q")
        ended = app.ended(10)
        seconds = time.perf_counter() - begun
        app.close()
    if busy:
        yield Figure(
            f"key to paint while indexing, p95 of {len(busy)}", percentile(busy, 0.95), "ms", "50 ms"
        )
        yield Figure("quitting while indexing", seconds if ended else float("inf"), "s", "at once")


def idle(folder: Path, cache: Path) -> Iterator[Figure]:
    """The same keys, measured in the same way, when there is nothing to index."""
    with tempfile.TemporaryDirectory() as data:
        app = _reader(folder, cache, data)
        app.until(PAPERS)
        app.settle(0.5)
        rest = []
        for number in range(4 * KEYS):
            time.sleep(0.05)
            rest.append(app.latency("j" if number % 40 < 20 else "k") * 1e3)
        app.close()
    yield Figure(
        "key to paint when idle, p95",
        percentile(rest, 0.95),
        "ms",
        "the yardstick of the same while indexing",
    )
