"""Writes the key table into README.md, from the table of actions."""

from __future__ import annotations

import re
from pathlib import Path

from arxtui.tui.actions import key_table_markdown

README = Path(__file__).parent.parent / "README.md"
PLACE = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", re.DOTALL)


def main() -> None:
    """Put the table between the marks that the README has for it."""
    text, changed = PLACE.subn(lambda _: f"\n{key_table_markdown()}\n", README.read_text())
    if not changed:
        raise SystemExit(f"{README}: no <!-- keys --> and <!-- /keys --> to write between")
    README.write_text(text)
    print(f"wrote {README}")


if __name__ == "__main__":
    main()
