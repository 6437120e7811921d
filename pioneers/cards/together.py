"""Doing the work of many requests in one go: one of those who wait works for all of them.

A commit costs nearly the same for one visit as for twenty. The threads of a worker line up; one of
them takes everything that has come in, does it in one transaction, and wakes those whose part is
committed. There is no thread in the background, so nothing to start, stop, or lose.

Where many came a moment ago, as many are about to come again. So whoever comes then waits, and the
one who makes the number full leads: it is awake already, while to wake another takes longer than a
visit. When that one does not come, whoever waits longest leads. Somebody alone never waits.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST = 256  # in one go
BUSY = 0.01  # seconds: who comes so soon after the last ones is not alone
PATIENCE = 0.003  # seconds that the first one waits for as many as there were before
FOR_EVER = -1.0


class _Part(Generic[T, R]):
    """What one caller brought, and what came of it."""

    __slots__ = ("answer", "given", "is_done", "leads", "problem", "sleep")

    def __init__(self, given: T) -> None:
        self.given = given
        self.answer: R | None = None
        self.problem: BaseException | None = None
        self.is_done = self.leads = False
        self.sleep = Lock()  # held, so that who takes it once more sleeps until it is let go
        self.sleep.acquire()

    def wake(self) -> None:
        """Let it look what came of it; once is enough while it did not yet."""
        with suppress(RuntimeError):  # it is let go already
            self.sleep.release()


class Together(Generic[T, R]):
    """Hands everything that waits to `work`, which answers in the same order."""

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._work = work
        self._lock = Lock()  # guards what follows
        self._waiting: deque[_Part[T, R]] = deque()
        self._is_led = False
        self._expected = 1
        self._ended = 0.0

    def do(self, given: T) -> R:
        """The answer for `given`, once it is done; raises what its work raised."""
        part: _Part[T, R] = _Part(given)
        with self._lock:
            self._waiting.append(part)
            if not self._is_led and self._is_enough():
                self._is_led = part.leads = True
            watches = not self._is_led and self._waiting[0] is part
        timeout = PATIENCE if watches else FOR_EVER
        while not part.leads and not part.is_done:
            # Woken and not done is to watch, or to lead, from now on.
            is_woken = part.sleep.acquire(timeout=timeout)
            timeout = PATIENCE if is_woken else FOR_EVER
            if not is_woken:
                self._take_over(part)
        if part.leads:
            self._lead(part)
        if part.problem is not None:
            raise part.problem
        return part.answer  # type: ignore[return-value]

    def _is_enough(self) -> bool:
        here = len(self._waiting)
        return here >= min(self._expected, MOST) or monotonic() - self._ended > BUSY

    def _take_over(self, part: _Part[T, R]) -> None:
        """Lead, unless somebody does already or just did."""
        with self._lock:
            if not self._is_led and not part.is_done:
                self._is_led = part.leads = True

    def _lead(self, own: _Part[T, R]) -> None:
        """Do what waits, and wake those whose part it was, and whoever is next."""
        with self._lock:
            together = min(len(self._waiting), MOST)
            parts = [self._waiting.popleft() for _ in range(together)]
        self._do_these(parts)
        with self._lock:
            here = together + len(self._waiting)
            # Fewer than before are believed little by little: some are only a bit late.
            self._expected = max(here, self._expected - 1)
            self._ended = monotonic()
            following = self._waiting[0] if self._waiting else None
            self._is_led = following is not None and self._is_enough()
            if following is not None:
                following.leads = self._is_led
        for part in parts:
            if part is not own:
                part.wake()
        if following is not None:
            following.wake()

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
