"""Making what comes next while the caller is busy with what came."""

from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterable[T], size: int) -> Generator[T, None, None]:
    """The same items in the same order, made `size` at a time in a thread, one step ahead.

    A database writes without Python, so that Python can read the next rows meanwhile. What makes
    `items` must not touch what the caller works on: no session, no connection.
    """
    rest = iter(items)

    def step() -> list[T]:
        return list(islice(rest, size))

    with ThreadPoolExecutor(1, "ahead") as thread:
        coming = thread.submit(step)
        while step_made := coming.result():
            coming = thread.submit(step)
            yield from step_made
