"""What a view says about who may reach it: every view function carries `.access`."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

PUBLIC = "public"


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark `view` as reachable without an account; a view without any mark fails the site test."""
    cast(Any, view).access = PUBLIC
    return view
