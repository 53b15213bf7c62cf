"""Takes the README's picture: opens the reader on the samples, without a terminal, and writes docs/screenshot.svg."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from arxtui import open_library
from arxtui.reading import ReadingStore
from arxtui.settings import Loaded, Settings
from arxtui.tui.app import ReaderApp

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "screenshot.svg"
SIZE = (160, 40)
SHOWN, KEPT = "2511.00718", ("2511.00718", "math/0311207")
"""The paper under the cursor, and those that are bookmarked."""


async def take(folder: Path) -> str:
    """Take the picture.

    Args:
        folder: an empty folder for the index and the reading lists.

    Returns:
        The picture as SVG.
    """
    with (
        open_library(["sample_seeds"], cache_dir=folder / "cache") as library,
        ReadingStore(folder / "reading.sqlite3") as store,
    ):
        library.refresh()
        store.add("bookmarks", [library.paper(key) for key in KEPT])
        app = ReaderApp(library, store, Loaded(Settings(), []))
        async with app.run_test(size=SIZE) as pilot:
            # The reader reads the files again in the background and then shows the list anew.
            await pilot.pause(1)
            await app.workers.wait_for_complete()
            position = library.search().position(SHOWN)
            if position is None:
                raise SystemExit(f"{SHOWN} is not in the samples")
            await pilot.press(*["j"] * position)
            await app.workers.wait_for_complete()
            await pilot.pause(0.5)
            return app.export_screenshot(title="arxtui sample_seeds")


def main() -> None:
    """Write the picture, unless it shows where this checkout lies."""
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(take(Path(folder)))
    if str(ROOT) in picture:
        raise SystemExit(f"the picture shows {ROOT}: it belongs to nobody's machine")
    # The lines of Textual's picture end in blanks that git would complain of.
    PICTURE.write_text("\n".join(line.rstrip() for line in picture.splitlines()) + "\n")
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
