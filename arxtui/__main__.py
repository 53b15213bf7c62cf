"""`python -m arxtui`: the same as the command `arxtui`."""

from __future__ import annotations

import sys

from arxtui.cli import main

if __name__ == "__main__":
    sys.exit(main())
