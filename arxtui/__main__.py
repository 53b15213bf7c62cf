"""`python -m arxtui`: the same as the command `arxtui`."""

import sys

from arxtui.cli import main

if __name__ == "__main__":
    sys.exit(main())
