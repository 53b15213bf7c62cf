"""Papers to put into files."""

from __future__ import annotations

from typing import NamedTuple


class Sample(NamedTuple):
    """A paper as somebody might have it."""

    key: str
    title: str
    authors: str
    abstract: str
    created: str

    def record(self, *, comments: str = "", updated: str = "", version: str = "", titled: bool = True) -> str:
        head = f"{self.title}\n{self.authors}\n\n" if titled else ""
        dates = f"Created: {self.created}" + (f" Updated: {updated}" if updated else "")
        middle = f"{comments}\n\n" if comments else ""
        return f"{head}{self.abstract}\n\n{middle}arXiv:{self.key}{version}\n{dates}\n\n"

    def inline(self, *, comments: str = "", version: str = "") -> str:
        return f"{self.abstract}\n{comments + chr(10) if comments else ''}arXiv:{self.key}{version}"

    def bare(self) -> str:
        """The abstract without an identifier, as an entry of its own."""
        return f"{self.abstract}\n\n"


SAND = Sample(
    "2507.00001",
    "Taps on sand",
    "Ada One, Bo Two",
    "We measure how a heap of dry sand settles when the plate below it is tapped. The angle of rest falls with the"
    " logarithm of the number of taps, and a model of three parameters gives all the curves we have.",
    "2025-07-01",
)
CLOCKS = Sample(
    "2401.00002",
    "Clocks on a wall",
    r"G{\'e}rard D{\"o}rn",
    "Two clocks on one wall agree after a day. We find the beam in the wall that couples them, and show that a felt"
    " pad of two millimetres is enough to keep them apart.",
    "2024-01-05",
)
TEA = Sample(
    "math/0309136",
    "The colour of tea",
    "Élodie Ōtani (Tea House, Town)",
    "Tea darkens as the square root of time, whatever the pot is made of. An argument with $\\alpha$ and $\\beta$ says"
    ' why, and a Schr\\"odinger equation without a potential is all that it needs to say so.',
    "2003-09-08",
)
KITES = Sample(
    "0811.0004",
    "How high a kite",
    "Cy Three",
    "A kite on a long line hangs lower than it could. The weight of the line is the reason up to a kilometre, and its"
    " drag beyond. We give the best thickness of a line for every wind, in a table and as a formula.",
    "2008-11-11",
)
SNOW = Sample(
    "2507.00005",
    "Footprints in snow",
    "Di Four and Ed Five",
    "The rim of a footprint in fresh snow is as high as the print is deep, if the snow is cold. From pictures of two"
    " thousand prints we find the density that this needs, and the temperature where it ends.",
    "2025-07-01",
)
SAMPLES = (SAND, CLOCKS, TEA, KITES, SNOW)
