"""A limit to how long a library may think about what strangers send."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType


class TooLong(BaseException):
    """It took longer than allowed. No Exception: libraries that catch those must not catch this."""


@contextmanager
def before(until: float) -> Iterator[None]:
    """Raises TooLong in the middle of what is done within, in this thread, at `monotonic` time.

    A rule that repeats but never happens is looked for inside a library that never comes back to
    us. Python tells a profiler of every call, so every loop that calls anything is interrupted.
    It makes what is within twice as slow: only what may not come back belongs there.
    """

    def look(_frame: FrameType, _event: str, _given: object) -> None:
        if monotonic() > until:
            raise TooLong

    other = sys.getprofile()
    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(other)
