"""Many who come at once share the work."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from pioneers.cards.together import Together

THREADS, EACH = 8, 300


def test_everybody_gets_their_own_answer_and_is_done_once() -> None:
    done: list[int] = []

    def work(given: Sequence[int]) -> list[int]:
        done.extend(given)
        return [-number for number in given]

    together, start = Together(work), Barrier(THREADS)

    def ask(thread: int) -> bool:
        start.wait()
        mine = range(thread * EACH, (thread + 1) * EACH)
        return all(together.do(number) == -number for number in mine)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(ask, range(THREADS)))
    assert sorted(done) == list(range(THREADS * EACH))


def test_who_comes_while_others_are_worked_for_shares_the_next_turn() -> None:
    sizes: list[int] = []
    begun, go_on = Event(), Event()

    def work(given: Sequence[int]) -> list[int]:
        sizes.append(len(given))
        begun.set()
        go_on.wait(10)
        return list(given)

    together = Together(work)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(together.do, 0)
        begun.wait(10)
        others = [pool.submit(together.do, number) for number in (1, 2, 3)]
        while len(together._waiting) < 3:
            pass
        go_on.set()
        assert [one.result(10) for one in (first, *others)] == [0, 1, 2, 3]
    assert sizes == [1, 3]


def test_what_went_wrong_is_told_to_each_and_the_next_ones_go_on() -> None:
    def work(given: Sequence[int]) -> list[int]:
        if 0 in given:
            raise ValueError("no zero")
        return list(given)

    together = Together(work)
    with pytest.raises(ValueError, match="no zero"):
        together.do(0)
    assert together.do(1) == 1
