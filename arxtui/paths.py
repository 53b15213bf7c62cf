"""Where arxtui keeps its things: the one module that knows.

These are pure look-ups; nothing is created. A variable of the environment wins over the platform's custom.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path, user_config_path, user_data_path

if TYPE_CHECKING:
    from collections.abc import Callable

STORE_NAME = "reading.sqlite3"
"""Name of the reading store within the data directory."""

CONFIG_NAME = "config.toml"
"""Name of the settings file within the config directory."""


def data_dir() -> Path:
    """Tell where what the user made is kept: `ARXTUI_DATA_DIR`, else the platform's user data directory.

    Returns:
        An absolute path, which need not exist.
    """
    return _directory("ARXTUI_DATA_DIR", user_data_path)


def cache_dir() -> Path:
    """Tell where indexes are kept, which can be built again: `ARXTUI_CACHE_DIR`, else the user cache directory.

    Returns:
        An absolute path, which need not exist.
    """
    return _directory("ARXTUI_CACHE_DIR", user_cache_path)


def config_dir() -> Path:
    """Tell where settings are kept: `ARXTUI_CONFIG`, else the platform's user config directory.

    The variable may name the file itself; see `config_file`.

    Returns:
        An absolute path, which need not exist.
    """
    return _directory("ARXTUI_CONFIG", user_config_path)


def config_file(place: Path | None = None) -> Path:
    """Tell where the settings file is.

    Args:
        place: the file, named `*.toml`, or the folder that holds `config.toml`; None is `config_dir()`.

    Returns:
        The file, which need not exist.
    """
    place = config_dir() if place is None else place
    return place if place.suffix == ".toml" else place / CONFIG_NAME


def _directory(variable: str, custom: Callable[..., Path]) -> Path:
    value = os.environ.get(variable)
    if value:
        return Path(value).expanduser().absolute()
    return custom("arxtui", appauthor=False)
