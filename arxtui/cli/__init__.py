"""The command line. `main` is what the console script `arxtui` calls."""

from __future__ import annotations

from arxtui.cli.program import main

__all__ = ["main"]
