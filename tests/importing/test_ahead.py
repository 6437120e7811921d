"""Reading ahead: the same rows in the same order, and the same trouble."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.importing.ahead import ahead


@given(st.integers(0, 40), st.integers(1, 12))
def test_everything_comes_in_its_order(count: int, size: int) -> None:
    assert list(ahead(range(count), size)) == list(range(count))


def test_trouble_while_making_reaches_the_caller() -> None:
    def troubled() -> Iterator[int]:
        yield from range(5)
        raise ValueError("row 6")

    got = ahead(troubled(), 2)

    assert [next(got) for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="row 6"):
        next(got)


def test_no_more_than_one_step_is_made_ahead() -> None:
    made: list[int] = []

    def noted() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    got = ahead(noted(), 10)
    next(got)
    got.close()  # waits for the step that is being made

    assert len(made) <= 20
