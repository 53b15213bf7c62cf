from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from arxtui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

RECORDS = """\
Walls That Walk
Ada Example, B. Sample (Lab of Examples)

We let a wall walk and watch it come back. It takes its time.

4 pages

arXiv:2403.01234
Created: 2024-03-02 Updated: 2024-04-05

A Map of the Pond
C. Author

Ponds have no map; we draw one.

arXiv:math.GT/0309136
Created: 2003-09-08

"""
INLINE = """\
We let a wall walk and watch it come back. It takes its time.
arXiv:2403.01234Lamps hum. We count how often, and find no rule \x1b[31mred\x1b[0m caf\u00e9.
arXiv:2501.00042v2"""
BROKEN = """\
Lamps hum at night as well, which nobody had asked.

arXiv:2501.00043
Created: 2025-01-03

A last entry that was cut off in the middle of its abstract, long before anything could be said of"""


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def a_second_never_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine says nothing more than a fast one; tests of what is said then set it back."""
    monkeypatch.setattr("arxtui.cli.progress.SILENT", 600.0)


@pytest.fixture
def library(write_library: Callable[[dict[str, str | bytes]], Path]) -> Path:
    """A folder with three papers, one of them in two files."""
    return write_library({"records.txt": RECORDS, "more/inline.txt": INLINE})


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a file that was cut off."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "cut.txt").write_text(BROKEN)
    return folder


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs `main` with some words."""

    def once(*words: object) -> Done:
        code = main([str(word) for word in words])
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    return once


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the command in a process of its own."""

    def once(words: Sequence[object], **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from arxtui.cli import main; sys.exit(main())",
                *map(str, words),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | environment,
        )

    return once
