"""Doing the work of many requests in one go: whoever comes first works for all who wait.

A commit costs the same for one visit as for twenty. The threads of a worker line up; the first one
takes everything that has come in since, does it in one transaction, and each goes on when its own
part is committed. There is no thread in the background, so nothing to start, stop, or lose.
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic, sleep
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST = 256  # in one go
BUSY = 0.002  # seconds: who comes so soon after the last ones is not alone, and lets others join


class _Part(Generic[T, R]):
    """What one caller brought, and what came of it."""

    __slots__ = ("answer", "given", "is_done", "problem")

    def __init__(self, given: T) -> None:
        self.given = given
        self.answer: R | None = None
        self.problem: BaseException | None = None
        self.is_done = False


class Together(Generic[T, R]):
    """Hands everything that waits to `work`, which answers in the same order."""

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._work = work
        self._waiting: deque[_Part[T, R]] = deque()
        self._turn = Lock()
        self._ended = 0.0

    def do(self, given: T) -> R:
        """The answer for `given`, once it is done; raises what its work raised."""
        part: _Part[T, R] = _Part(given)
        self._waiting.append(part)
        with self._turn:
            if not part.is_done:
                if monotonic() - self._ended < BUSY:
                    sleep(0)  # lets go of the interpreter for a moment
                self._do_all()
                self._ended = monotonic()
        if part.problem is not None:
            raise part.problem
        return part.answer  # type: ignore[return-value]

    def _do_all(self) -> None:
        """Everything that waits, the caller's own part among it; what comes in meanwhile is for
        the next one in line, so that nobody works for ever."""
        left = len(self._waiting)
        while left > 0:
            together = min(left, MOST)
            self._do_these([self._waiting.popleft() for _ in range(together)])
            left -= together

    def _do_these(self, parts: Sequence[_Part[T, R]]) -> None:
        try:
            answers = self._work([part.given for part in parts])
            for part, answer in zip(parts, answers, strict=True):
                part.answer = answer
        except BaseException as problem:
            for part in parts:
                part.problem = problem
        for part in parts:
            part.is_done = True
