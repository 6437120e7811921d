"""The benchmark's own arithmetic and inventions; what it measures is in docs/performance.md."""

from datetime import date

from scripts.bench.invent import company, event_days, stages
from scripts.bench.listing import HEADER, rows
from scripts.bench.mailing import Mailing, section
from scripts.bench.measure import Found
from scripts.bench.pages import Goal, Page
from scripts.bench.report import report, table
from scripts.bench.timing import Timing, milliseconds, ratio, repeat


def found(kind: str, companies: int, pages: dict[Page, Timing]) -> Found:
    """A measurement beside a bare page of one millisecond."""
    return Found(kind, companies, {"records": 1.0}, Timing((0.001,)), pages)


def test_the_95th_percentile_is_the_nearest_rank() -> None:
    timing = Timing(tuple(number / 1000 for number in range(1, 101)))
    assert timing.p95 == 0.095
    assert Timing((0.002,)).p95 == 0.002


def test_what_is_slow_is_repeated_less_but_never_too_little() -> None:
    calls: list[int] = []
    timing = repeat(lambda: calls.append(1), times=50, warm=2, budget=0.0)
    assert len(timing.seconds) == 5
    assert len(calls) == 6  # one to warm up: the budget was gone


def test_times_are_written_with_as_many_figures_as_they_deserve() -> None:
    assert [milliseconds(value) for value in (0.00084, 0.0123, 1.83)] == ["0.84", "12.3", "1,830"]
    assert [ratio(value, 0.001) for value in (0.0032, 0.21)] == ["3.2×", "210×"]


def test_the_same_company_is_invented_every_time() -> None:
    assert company(77, 100) == company(77, 100)
    assert len({company(number, 100).name for number in range(1, 1001)}) > 990


def test_nobody_attends_an_event_twice() -> None:
    assert all(len(set(stages(number, 200)[:2])) == 2 for number in range(1, 2000))
    assert all(0 <= stage < 200 for number in range(1, 2000) for stage in stages(number, 200))


def test_events_lie_within_their_period_in_order() -> None:
    days = event_days(date(2023, 1, 1), date(2026, 11, 20), 200)
    assert days[0] == date(2023, 1, 1)
    assert days[-1] < date(2026, 11, 20)
    assert sorted(days) == list(days)


def test_a_list_has_a_value_for_every_column_and_nobody_twice() -> None:
    listed = list(rows(100, 1))
    assert all(len(row) == len(HEADER) for row in listed)
    assert len({row[HEADER.index("E-mail")] for row in listed}) == 100


def test_a_missed_goal_is_called_missed() -> None:
    dashboard, listing = Page("dashboard", "/", Goal.DASHBOARD), Page("companies", "/", Goal.LIST)
    text = report(
        [
            found("SQLite", 1000, {dashboard: Timing((0.01,)), listing: Timing((0.005,))}),
            found("SQLite", 1_000_000, {dashboard: Timing((0.04,)), listing: Timing((0.009,))}),
        ],
        date(2026, 11, 22),
        "",
        "",
    )
    assert "dashboard at 1,000,000 ≤ 3 × at 1,000 companies | 4.0× | **missed** |" in text
    assert "9.00 ms (9.0×), companies | reached |" in text


def test_a_page_that_did_not_answer_is_no_goal_reached() -> None:
    listing, broken = Page("companies", "/", Goal.LIST), Page("people", "/people", Goal.LIST)
    one = found("SQLite", 1000, {listing: Timing((0.002,))})
    one.failed[broken] = "/people answered 500"
    text = report([one], date(2026, 11, 22), "", "")
    assert "companies | **missed** |" in text
    assert "/people answered 500" in text


def test_mail_that_did_not_all_leave_in_time_is_a_goal_missed() -> None:
    told = section(
        [
            Mailing("SQLite", 5000, 5000, 20.0, 40.0),
            Mailing("PostgreSQL", 5000, 5000, 20.0, 61.0),
            Mailing("PostgreSQL", 5000, 4999, 20.0, 30.0),
        ]
    )
    assert [row.split(" | ")[-1] for row in told[-3:]] == [
        "reached |",
        "**missed** |",
        "**missed** |",
    ]
    assert "| 7,500 |" in told[-3]
    assert section([]) == []


def test_a_table_has_a_rule_under_its_header() -> None:
    assert table(("a", "b"), [["1", "2"]]) == ["| a | b |", "| --- | ---: |", "| 1 | 2 |"]
