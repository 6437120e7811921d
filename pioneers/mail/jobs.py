"""Periodic work that the worker does: each feature lists its own in its `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Job:
    """Something to do every so often. `run` commits what it finished item by item, so that a crash
    loses one item at most, and answers how many items it did."""

    name: str
    every: timedelta
    run: Callable[[Session], int]
