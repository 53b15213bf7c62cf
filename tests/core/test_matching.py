"""Which paper a text repeats."""

from __future__ import annotations

from itertools import permutations

import pytest

from arxtui.core.matching import repeats

SAND = (
    "We measure how a heap of dry sand settles when the plate below it is tapped. The angle of rest falls with the"
    " logarithm of the number of taps, and a model of three parameters gives all the curves we have."
)
CLOCKS = (
    "Two clocks on one wall agree after a day. We find the beam in the wall that couples them, and show that a felt"
    " pad of two millimetres is enough to keep them apart."
)
# The same beginning, as parts I and II of a paper have, and another paper.
WET_SAND = (
    "We measure how a heap of dry sand settles when the plate below it is tapped. Here a little water is added: beyond"
    " one part in a hundred nothing moves any more, whatever we do to the plate, and no model that we know says why."
)
KNOWN = [("2507.00001", SAND), ("2507.00002", CLOCKS)]


@pytest.mark.parametrize(
    "text",
    [
        SAND,
        SAND.replace(" ", "\n  "),
        SAND.replace("dry sand", "dry  sand").replace("gives", "give"),
        SAND.replace("three", "3"),
        SAND[:-20],
        SAND[:150],
    ],
)
def test_the_same_text_with_small_differences_or_cut_off(text: str):
    assert repeats(text, KNOWN) == "2507.00001"


@pytest.mark.parametrize(
    "text", ["", " ", "We measure.", SAND[:100], WET_SAND, CLOCKS[:80] + SAND[80:], SAND[40:]]
)
def test_another_text_or_too_little_of_it(text: str):
    assert repeats(text, KNOWN) is None


def test_a_part_is_not_matched_by_a_paper_that_is_shorter():
    assert repeats(SAND, [("2507.00003", SAND[:150])]) is None


def test_nothing_is_known():
    assert repeats(SAND, []) is None


def test_the_most_alike_whatever_the_order():
    known = [("2507.00003", SAND.replace("dry", "wet")), ("2507.00001", SAND), ("2507.00004", SAND[:-3])]
    assert {repeats(SAND, order) for order in permutations(known)} == {"2507.00001"}


def test_the_smallest_identifier_of_equals():
    known = [("2507.00009", SAND), ("2507.00001", SAND)]
    assert {repeats(SAND, order) for order in permutations(known)} == {"2507.00001"}
