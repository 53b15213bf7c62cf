from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
"""The checkout."""

# No deadline: the machine that runs this may be doing something else. In CI the examples are the same at every
# run, so that a failure is the change's and not the dice's; at home they are new each time.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "home")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the person who runs the tests is read or written; processes that a test starts inherit this.

    Returns the folder that holds `data`, `cache` and `config`, apart from the test's `tmp_path`.
    """
    home = tmp_path_factory.mktemp("home")
    for name in ("DATA_DIR", "CACHE_DIR", "CONFIG"):
        monkeypatch.setenv(f"ARXTUI_{name}", str(home / name.partition("_")[0].lower()))
    (home / "data").mkdir()
    # A colour or a width that somebody set for their terminal is not part of what is tested.
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def sample_seeds() -> Path:
    """The folder of samples that the README opens."""
    return ROOT / "sample_seeds"


@pytest.fixture
def write_library(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """A function that writes files into a folder: `write_library({"2024/a.txt": "..."})` returns the folder.

    Text is written as UTF-8 with its line ends as they are. Called again, it adds to the folder or writes over.
    """
    folder = tmp_path / "library"

    def write(files: dict[str, str | bytes]) -> Path:
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write
