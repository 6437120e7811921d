"""What SQLite leaves to us, where several workers write a lot: whose turn it is, and the disk."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager


class Queue:
    """Whose turn it is to write, among the workers of one machine.

    SQLite lets one write, and the others look again after a while, which is longer than a visit
    takes. In a queue of the system the next one goes on at once.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Within the block no other worker writes visits."""
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


class Log:
    """The write-ahead log, which holds what was committed.

    With `synchronous = NORMAL`, as everywhere here, SQLite leaves it to the system when that
    reaches the disk; with FULL it keeps everybody from writing until it has. So we see to it,
    after the transaction: a visit that was answered outlives a power cut.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    def reach_disk(self) -> None:
        """Come back once everything that was committed is on disk."""
        if self._file is None:  # it is there, and the same one, while a connection is open
            self._file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        os.fdatasync(self._file)

    def close(self) -> None:
        """Forget the file: once no connection is open, another one takes its place."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
