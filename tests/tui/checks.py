"""A check for each action of the table: a function that presses its key and looks at what it did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.tui.conftest import Reader

Check = Callable[["Reader", str], Awaitable[None]]
CHECKS: dict[str, Check] = {}
SMALL = (100, 12)
"""A window that the list and the first paper do not fit into."""
SIZES: dict[str, tuple[int, int]] = {}

COFFEE, CLOCK, SAND, CROWD, WIDTHS, KNOTS = (
    "2401.00011", "2305.01234", "2212.05555", "2210.00777", "2101.00042", "math/0309136",
)  # fmt: skip
"""The papers of the tests' library, the newest first."""


def check(action: str, size: tuple[int, int] = (160, 40)) -> Callable[[Check], Check]:
    """Registers a function that is given a reader and each key of the action in turn."""

    def register(function: Check) -> Check:
        CHECKS[action] = function
        SIZES[action] = size
        return function

    return register


async def press(r: Reader, key: str, *more: str) -> None:
    """Press a key, or two one after the other, and others behind."""
    await r.press(*key.split(" "), *more)


def cursor(r: Reader) -> int:
    """The place of the cursor in the list."""
    return r.main.paper_list.cursor
