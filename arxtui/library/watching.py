"""Seeing by itself that files have changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from arxtui.library.errors import LibraryError

_DEBOUNCE = 500
"""Milliseconds in which changes are taken for one."""
_LOOK = 1000
"""Milliseconds after which the watcher answers also where nothing has changed."""
_AGAIN, _LONGEST = 0.5, 10.0
"""Seconds before a watcher that failed is begun anew; twice as many each time where it fails at once, up to the second."""


_REASONS = {PermissionError: "a folder may not be read", FileNotFoundError: "a folder is gone"}


def watch_roots(roots: Sequence[Path], stop: threading.Event) -> Iterator[None]:
    """Yields whenever something has changed below some folders and files, until `stop` is set.

    A watcher ends at the first name that is no UTF-8. Then another one is begun; what changes between the two is
    not known, so that counts as a change as well.

    Args:
        roots: absolute paths.
        stop: ends it.

    Raises:
        LibraryError: the system does not let so many folders be watched.
    """
    from watchfiles import watch  # not before it is needed: start-up is budgeted in imports

    missed, wait = False, _AGAIN
    while not stop.is_set():
        began = monotonic()
        try:
            for changes in watch(
                *roots,
                stop_event=stop,
                debounce=_DEBOUNCE,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                if changes or missed:
                    missed = False
                    yield
        except RuntimeError:  # the public name of what it raises for a path that it cannot decode
            missed = True
            yield
            wait = _AGAIN if monotonic() - began > 2 * wait else min(2 * wait, _LONGEST)
            stop.wait(wait)
        except (OSError, UnicodeError) as error:
            # What watchfiles says of these names the system's number of the error, and the path in full.
            reason = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), error)
            raise LibraryError(f"changes are not seen by themselves ({reason}): R reads again") from error
        else:
            return
