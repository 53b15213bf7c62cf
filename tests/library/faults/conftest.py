from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

PROGRAM = """
import subprocess, sys
from pathlib import Path
from types import SimpleNamespace
from arxtui.library import LibraryError, child, indexer, library as module, open_library, refreshing

def often():
    # As many commits in a second as there are otherwise in a minute, so that a kill meets every step of one.
    refreshing._COMMIT = refreshing._FIRST_COMMIT = 0.01
    refreshing._COMMIT_SHARE = 0.0
    refreshing._REPORT, refreshing._BREATH, refreshing._SETTLE = 0.01, 10, 50_000

library = lambda: open_library([sys.argv[1]], cache_dir=Path(sys.argv[2]))
"""


@pytest.fixture
def start(folder: Path, cache: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a program in a process of its own; `library()` opens the folder there. None outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def once(program: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM + program, str(folder), str(cache)]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield once
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """No child process, living or dead, and no open file is left of a test."""
    before = open_files()
    yield
    gc.collect()
    deadline = time.monotonic() + 10  # a child that is done takes a moment to end
    with suppress(ChildProcessError):
        while True:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            assert time.monotonic() < deadline, f"a process is left behind: {ended or 'it still runs'}"
            time.sleep(0.02)
    assert open_files() <= before


def open_files() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    try:
        return len(list(Path("/proc/self/fd").iterdir()))
    except FileNotFoundError:
        return 0
