"""The commands, a module each, with `run(arguments) -> int`. They are imported by name, each only when it is run."""

from __future__ import annotations
