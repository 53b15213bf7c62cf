"""Papers whose files cannot be read any more: the pane says why, and never shows another paper."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import CLOCK

if TYPE_CHECKING:
    from tests.tui.conftest import Open


async def test_a_folder_that_is_gone_is_told_of_and_comes_back(reader: Open):
    async with reader() as r:
        root = r.library.roots[0]
        root.rename(root.with_name("gone"))
        await r.press("R")
        await r.until(lambda: "is gone: bring it back, then R" in r.said)
        await r.press("j")
        await r.until(lambda: "A slow clock" in r.detail_text)
        assert r.key == CLOCK
        assert "is gone: bring it back" in " ".join(r.detail_text.split())
        assert "coffee" not in r.detail_text
        root.with_name("gone").rename(root)
        await r.press("R")
        await r.until(lambda: "is gone" not in r.text)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
async def test_a_file_that_may_not_be_read_any_more_is_called_so(reader: Open):
    async with reader() as r:
        (r.library.roots[0] / "drinks/coffee.txt").chmod(0)
        await r.press("j")
        await r.until(lambda: "permission denied" in " ".join(r.detail_text.split()))
        assert "permission" not in r.said
