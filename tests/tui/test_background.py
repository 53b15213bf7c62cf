from __future__ import annotations

import pytest

from arxtui.tui.background import SEARCH, Background


class Panic(BaseException):
    """As what comes out of Rust: none of Python's errors."""


async def test_whoever_waits_is_told_what_went_wrong_whatever_it_is():
    background = Background()

    def panic() -> None:
        raise Panic("20001 >= 20833")

    with pytest.raises(RuntimeError, match="20001 >= 20833"):
        await background.run(panic, SEARCH)
    assert await background.run(lambda: 5, SEARCH) == 5, "the thread lives on"
    assert background.at_rest(1)
