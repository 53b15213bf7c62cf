"""The same work under two identifiers is offered, and what the user says of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.tui.occurrences_screen import OccurrencesScreen
from tests.tui.conftest import record

if TYPE_CHECKING:
    from tests.tui.conftest import Open

TEXT = "Lamps are set around a harbour and their shadows are measured. The shadows tell how the harbour moves at night."
ONE, TWO, OTHER = "2201.00001", "2102.00002", "2003.00003"
TWICE = {
    "a.txt": record(ONE, "Lamps by a harbour", "Ada Lind", TEXT, "Created: 2022-01-01")
    + record(TWO, "Lamps by a harbour", "Ada Lind, Bo Marsh", TEXT + " Twice.", "Created: 2021-02-01")
    + record(OTHER, "A soup", "Cy Nook", "Noodles are cooked and read aloud.", "Created: 2020-03-01")
}


async def test_what_may_be_the_same_work_is_offered_and_decided(reader: Open):
    async with reader(TWICE) as r:
        await r.until(lambda: f"same as?    {TWO}" in r.detail_text)
        assert r.keys == [ONE, TWO, OTHER], "nothing is merged by itself"
        await r.press("d")
        await r.until(lambda: f"Possibly the same as {TWO}" in r.text)
        await r.press("y")
        await r.until(lambda: f"The same work as {TWO}" in r.text)
        assert r.store.decision(ONE, TWO) == "same"
        await r.press("escape")
        await r.until(lambda: f"same as     {TWO}" in r.detail_text)
        await r.press("u")
        await r.until(lambda: f"same as?    {TWO}" in r.detail_text)
        assert r.store.decision(ONE, TWO) is None


async def test_a_no_is_kept_and_asked_no_more(reader: Open):
    async with reader(TWICE) as r:
        await r.press("j", "d")
        await r.until(lambda: f"Possibly the same as {ONE}" in r.text)
        await r.press("n")
        await r.until(lambda: f"Not the same as {ONE}" in r.text)
        await r.press("escape")
        await r.until(lambda: "same as" not in r.detail_text)
        assert r.store.decision(ONE, TWO) == "different"
        await r.press("k")
        assert "same as" not in r.detail_text, "it holds for both"


async def test_enter_goes_to_the_other_and_esc_comes_back(reader: Open):
    async with reader(TWICE) as r:
        await r.press("/", *"lamps", "enter")
        assert r.key == ONE
        await r.press("d")
        await r.until(lambda: "Possibly the same" in r.text)
        await r.press("j", "enter")
        assert r.key == TWO
        assert r.main.view.query == ""
        await r.press("escape")
        assert (r.key, r.main.view.query) == (ONE, "lamps")


async def test_a_paper_without_a_twin_says_nothing(reader: Open):
    async with reader(TWICE) as r:
        await r.press("G")
        assert "same as" not in r.detail_text
        await r.press("d")
        assert isinstance(r.app.screen, OccurrencesScreen)
        assert "the same or not" not in r.text
        await r.press("y", "n")
        assert "No other paper may be the same work" in r.text
        assert r.store.decisions() == {}


async def test_of_several_the_first_is_pointed_at_and_not_guessed(reader: Open):
    third = record("2004.00004", "Lamps by a harbour", "Ada Lind", TEXT + " Thrice.", "Created: 2020-04-01")
    async with reader({"a.txt": TWICE["a.txt"] + third}) as r:
        await r.press("d")
        await r.until(lambda: r.text.count("Possibly the same as") == 2)
        await r.press("y")
        assert r.store.decisions() == {}
        assert "y the same work   n another" in r.text
        await r.press("y")
        await r.until(lambda: "The same work as" in r.text)
        assert len(r.store.decisions()) == 1
