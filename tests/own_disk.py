"""Programs that run in a name space of their own, where a small disk, or one that can only be read, can be mounted."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run_with_own_disk(script: str, *arguments: str, seconds: int = 120) -> subprocess.CompletedProcess[str]:
    """Run a shell script in which `mount` is for it alone; skips the test where that is not allowed.

    Args:
        script: for `sh`; its `$0` is this Python.
        arguments: `$1` and so on.
        seconds: how long it may take.
    """
    command = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        script,
        sys.executable,
        *arguments,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here: no disk can be mounted")
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip("no disk may be mounted here")
    return done
