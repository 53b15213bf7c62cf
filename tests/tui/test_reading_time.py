"""Papers that were looked at for some time count as read, where the settings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.settings import Loaded, Reading, Settings
from arxtui.tui import reading_time
from tests.tui.checks import CLOCK, COFFEE, SAND

if TYPE_CHECKING:
    import pytest

    from tests.tui.conftest import Open, Reader

SOON = Loaded(Settings(Reading(0.05)), [])


def status(r: Reader, key: str) -> str | None:
    states = r.store.states([key])
    return states[key].status if key in states else None


async def test_a_paper_in_the_paper_pane_counts_as_read_after_a_while(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading_time, "LOOK", 0.02)
    async with reader(settings=SOON) as r:
        await r.press("enter")
        await r.until(lambda: status(r, COFFEE) == "read")
        await r.until(lambda: r.said == "2401.00011 is now read, after 0.05 s here; u undoes")
        assert [past.text for past in r.store.history()] == ["said that 2401.00011 is read"]
        await r.press("u")
        assert status(r, COFFEE) is None
        # The next paper is marked, and this one, of which the user has taken it back, is not once more.
        await r.press("h", "j", "l")
        await r.until(lambda: status(r, CLOCK) == "read")
        await r.press("h", "k", "l")
        r.store.set_status([SAND], "to-read")
        await r.press("h", "j", "j", "l")
        for _ in range(20):
            await r.pilot.pause(0.02)
        assert status(r, COFFEE) is None
        assert status(r, SAND) == "to-read", "the user has said something else of it"


async def test_a_paper_that_is_passed_in_the_list_does_not(reader: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_time, "LOOK", 0.02)
    async with reader(settings=SOON) as r:
        await r.press("j", "k")
        for _ in range(20):
            await r.pilot.pause(0.02)
        assert r.store.history() == []


async def test_by_default_none_does(reader: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_time, "LOOK", 0.02)
    async with reader() as r:
        await r.press("enter")
        for _ in range(20):
            await r.pilot.pause(0.02)
        assert r.store.history() == []


async def test_what_is_wrong_in_the_settings_is_told(reader: Open):
    async with reader(settings=Loaded(Settings(), ["config.toml:2: [reading] has no setting x"])) as r:
        told = [notification.message for notification in r.app._notifications]
        assert told == ["Settings: config.toml:2: [reading] has no setting x"]
