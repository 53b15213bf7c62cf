from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arxtui import paths

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = [
    (paths.data_dir, "ARXTUI_DATA_DIR", "XDG_DATA_HOME"),
    (paths.cache_dir, "ARXTUI_CACHE_DIR", "XDG_CACHE_HOME"),
    (paths.config_dir, "ARXTUI_CONFIG", "XDG_CONFIG_HOME"),
]


@pytest.mark.parametrize(("place", "variable", "_"), PLACES)
def test_a_variable_says_where(
    place: Callable[[], Path], variable: str, _: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "mine"))
    assert place() == tmp_path / "mine"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, "mine")
    assert place() == tmp_path / "mine"
    monkeypatch.setenv(variable, "~/mine")
    assert place() == Path.home() / "mine"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif("sys.platform != 'linux'", reason="other platforms have other customs")
@pytest.mark.parametrize(("place", "variable", "custom"), PLACES)
def test_else_the_custom_of_the_platform(
    place: Callable[[], Path], variable: str, custom: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(custom, str(tmp_path))
    for unset in (lambda: monkeypatch.setenv(variable, ""), lambda: monkeypatch.delenv(variable)):
        unset()
        assert place() == tmp_path / "arxtui"
