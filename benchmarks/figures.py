"""Figures of a benchmark, and how they are shown."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """Something measured.

    Attributes:
        what: in words.
        value: what was measured.
        unit: of the value, and of the yardstick's.
        bar: what it should be, in words.
        yardstick: what was measured beside it in the same run; empty where there is nothing to compare with.
        beside: the yardstick's value.
    """

    what: str
    value: float
    unit: str
    bar: str
    yardstick: str = ""
    beside: float = 0.0

    def __str__(self) -> str:
        """A line of the table."""
        beside = (
            f"{self.yardstick} {self.beside:,.1f}, ratio {self.value / self.beside:.2f}"
            if self.beside
            else ""
        )
        return f"{self.what:40}{self.value:12,.1f} {self.unit:6}{beside:44}bar: {self.bar}"


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which a share of all lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def growth(smaller: Sequence[Figure], larger: Sequence[Figure]) -> list[str]:
    """How much more each thing costs in a larger library: a line each."""
    before = {figure.what: figure for figure in smaller}
    return [
        f"{figure.what:40}{figure.value / before[figure.what].value:12.2f} times"
        for figure in larger
        if figure.what in before and before[figure.what].value
    ]


def as_json(figures: dict[str, list[Figure]]) -> str:
    """All figures, by the library they were measured on."""
    return json.dumps(
        {name: [figure._asdict() for figure in found] for name, found in figures.items()}, indent=2
    )
