"""The threads of the reader. None of them holds up the way out."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

SEARCH: Final = "search"
ROWS: Final = "rows"
PAPER: Final = "paper"
KEEP: Final = "keep"
TREE: Final = "tree"
ASIDE: Final = "aside"
REFRESH: Final = "refresh"
WATCH: Final = "watch"
_THREADS: Final = {SEARCH: 2, ROWS: 1, PAPER: 1, KEEP: 1, TREE: 1, ASIDE: 1, REFRESH: 1, WATCH: 1}
"""How many threads do each kind of work. Searches have two, so that one for a common word does not hold up the next."""

_LOOK = 0.005  # seconds


class Background:
    """A few threads that do one piece of work after the other, each for one kind of work.

    They are not asyncio's, which are waited for when the program ends: a search of millions of papers cannot be
    interrupted. They are few and stay, because each has its own connection to the index, and its cache.
    """

    def __init__(self) -> None:
        self._lanes = {name: _Lane(name, threads) for name, threads in _THREADS.items()}

    def submit(self, work: Callable[[], Result], lane: str) -> Future[Result]:
        """Have something done.

        Args:
            work: may touch the library and the store, never a widget.
            lane: one of the kinds of work.

        Returns:
            What becomes of it; cancelled before its turn, it is not done.
        """
        return self._lanes[lane].submit(work)

    async def run(self, work: Callable[[], Result], lane: str) -> Result:
        """Have something done and wait for it; see `submit`. Raises what `work` raises."""
        return await asyncio.wrap_future(self.submit(work, lane))

    def at_rest(self, patience: float) -> bool:
        """Wait a moment for what is being done.

        Args:
            patience: seconds.

        Returns:
            Whether nothing is being done any more.
        """
        end = time.monotonic() + patience
        while any(lane.busy for lane in self._lanes.values()):
            if time.monotonic() > end:
                return False
            time.sleep(_LOOK)
        return True


class _Lane:
    """One kind of work, in the order it was asked for."""

    def __init__(self, name: str, threads: int) -> None:
        self._name, self._threads = name, threads
        self._queue: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._started = self._open = 0

    @property
    def busy(self) -> bool:
        """Whether anything is being done, or waits to be."""
        return self._open > 0

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """See `Background.submit`."""
        future: Future[Result] = Future()
        with self._lock:
            self._open += 1
            if self._started < min(self._open, self._threads):
                self._started += 1
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
        self._queue.put((future, work))
        return future

    def _work(self) -> None:
        while True:
            future, work = self._queue.get()
            if future.set_running_or_notify_cancel():
                try:
                    result = work()
                except Exception as error:  # noqa: BLE001  whoever waits for it is told
                    future.set_exception(error)
                except BaseException as error:  # noqa: BLE001  a panic of the text index is none of Python's errors
                    future.set_exception(RuntimeError(str(error)))
                else:
                    future.set_result(result)
                    del result
            del future, work  # not to be kept until the next piece of work
            with self._lock:
                self._open -= 1
