"""Deadline: stops a statement from outside where the database cannot keep the time itself."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Deadline:
    """`passed` tells whether a statement or fetch was stopped because its time was up."""

    def __init__(self, seconds: float, stop: Callable[[], object]) -> None:
        """`stop` is called from another thread once something takes longer than `seconds`."""
        self.passed = False
        self._seconds = seconds
        self._stop = stop

    @contextmanager
    def running(self) -> Iterator[None]:
        """The statement or fetch inside has the whole time."""
        timer = threading.Timer(self._seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.passed = True
        self._stop()
