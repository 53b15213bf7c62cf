from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from arxtui.library import Library, Progress, Refreshed, open_library

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    path.mkdir()
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def open_here(folder: Path, cache: Path) -> Iterator[Callable[..., Library]]:
    """Opens the folder, or other paths, as a program that starts anew would; closes what it opened."""
    opened: list[Library] = []

    def once(*paths: Path, cache_dir: Path = cache) -> Library:
        opened.append(open_library(paths or [folder], cache_dir=cache_dir))
        return opened[-1]

    yield once
    for library in opened:
        library.close()


@pytest.fixture
def library(open_here: Callable[..., Library]) -> Library:
    return open_here()


@pytest.fixture
def bytes_read() -> Callable[[Library], tuple[Refreshed, int]]:
    """Refreshes a library; returns what it says, and how many bytes of text it read."""

    def once(library: Library) -> tuple[Refreshed, int]:
        seen = [Progress(0, 0, 0, 0, 0)]
        refreshed = library.refresh(seen.append)
        return refreshed, max(progress.bytes_total - progress.bytes_before for progress in seen)

    return once


@pytest.fixture
def plain_user(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Within it, permissions count: root, who may read everything, becomes nobody."""

    @contextmanager
    def as_plain_user() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        # pytest's own folders are closed to others, all those above included (with xdist, one more).
        for path in [tmp_path, *tmp_path.parents]:
            if path.stat().st_uid == 0 and "pytest" in str(path):
                path.chmod(0o755)
        for path in tmp_path.rglob("*"):
            os.lchown(path, NOBODY, NOBODY)
        os.lchown(tmp_path, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)  # os.access asks for the real one
        try:
            yield
        finally:
            os.setresuid(0, 0, 0)

    return as_plain_user
