"""Text from files is shown as text: never markup, never an escape sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.tui.conftest import Open

EVIL = "[red]x[/red] \x1b]0;evil\x07 \u202eabc [/ [@click=app.quit]here[/]"
SHOWN = "[red]x[/red] ]0;evil abc [/ [@click=app.quit]here[/]"
FILES = {
    "[bold]odd\x1b[31m.txt": f"{EVIL}\n{EVIL}, Bo Marsh\n\nAn abstract {EVIL}.\n\n{EVIL}\n\n"
    "arXiv:2401.00001\nCreated: 2024-01-01\n\n",
    "b.txt": "Plain.\n\narXiv:2401.00002\nCreated: 2024-01-02\n\n",
}


@pytest.mark.parametrize("size", [(160, 40), (60, 20)])
async def test_hostile_text_is_shown_as_text(reader: Open, size: tuple[int, int]):
    async with reader(FILES, size=size) as r:
        await r.press("j")
        assert SHOWN[:30] in r.text
        assert SHOWN[:20] in r.detail_text
        for keys in (("/", "e", "v", "i", "l"), ("enter", "n"), ("d",), ("escape", "!"), ("escape", "y", "t"), ("b",),
                     ("escape", "]"), ("[",), ("shift+tab", "G"), ("enter", "?")):  # fmt: skip
            await r.press(*keys)
            for forbidden in ("\x1b", "\x07", "\u202e"):
                assert forbidden not in r.text, keys
