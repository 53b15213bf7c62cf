from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arxtui.reading import ReadingStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "reading.sqlite3"


@pytest.fixture
def open_store(path: Path) -> Iterator[Callable[[], ReadingStore]]:
    """Opens the store anew at each call, as another window would; closes them all."""
    opened: list[ReadingStore] = []

    def once() -> ReadingStore:
        opened.append(ReadingStore(path))
        return opened[-1]

    yield once
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], ReadingStore]) -> ReadingStore:
    return open_store()


@pytest.fixture
def start(path: Path) -> Callable[[str], subprocess.Popen[str]]:
    """Starts a Python program in a process of its own; `store` and `Paper` are there."""
    head = "import sys; from pathlib import Path; from arxtui.core.papers import Paper; from arxtui.reading import *; "

    def once(program: str) -> subprocess.Popen[str]:
        opening = f"{head}store = ReadingStore(Path({str(path)!r}))\n"
        return subprocess.Popen(
            [sys.executable, "-c", opening + program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return once


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for each in [folder, *folder.rglob("*")]:
            each.chmod(0o755)


@pytest.fixture
def plain_user() -> Callable[[], AbstractContextManager[None]]:
    """Within it, permissions count: root, who may write everything, becomes nobody."""

    @contextmanager
    def as_plain_user() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return as_plain_user
