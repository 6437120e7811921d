"""What was measured, as docs/performance.md: figures beside goals, misses named as misses."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil

from scripts.bench.calendars import Feeds
from scripts.bench.calendars import section as calendar_section
from scripts.bench.cards import Cards
from scripts.bench.cards import section as cards_section
from scripts.bench.mailing import Mailing, section
from scripts.bench.measure import Found, Writing
from scripts.bench.pages import DASHBOARD, Goal, Page
from scripts.bench.registering import PER_MINUTE, READERS, SEATS
from scripts.bench.timing import milliseconds, ratio

SEARCH_LIMIT, LIST_LIMIT, DASHBOARD_LIMIT, IMPORT_LIMIT = 0.020, 10.0, 3.0, 15.0
WORKER_LIMIT = 200  # megabytes
FLAT = 1.25  # ten times the rows may take so many times the memory and still be called flat
PACKAGES = ("flask", "sqlalchemy", "psycopg", "gunicorn")


def verdict(reached: bool) -> str:
    """How a goal's outcome is written."""
    return "reached" if reached else "**missed**"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; every column but the first is aligned right."""
    rule = ["---", *("---:" for _ in header[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (header, rule, *rows)]


def report(
    found: Sequence[Found],
    today: date,
    server: str,
    settings: str,
    *,
    writing: Sequence[Writing] = (),
    mailings: Sequence[Mailing] = (),
    feeds: Sequence[Feeds] = (),
    cards: Sequence[Cards] = (),
) -> str:
    """The whole page."""
    parts = [_head(today, server, settings), _goals(found, writing)]
    parts += [_section(one) for one in found]
    parts += [_imports(writing), _registering(writing), section(mailings), calendar_section(feeds)]
    parts += [cards_section(cards)]
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def _head(today: date, server: str, settings: str) -> list[str]:
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        "# Performance",
        "",
        "Written by `make bench`; do not edit. Times are medians (and 95th percentiles) of pages",
        "opened one after another by somebody who logged in through the form, each over its own",
        "connection to gunicorn (2 workers, 4 threads). `×` is the ratio to a bare Flask page on",
        "the same server in the same run: on another machine ratios hold better than times.",
        "Each company has two people and three contacts, at 200 events over four years.",
        "",
        f"- Date: {today.isoformat()}",
        f"- Machine: {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory,"
        f" {platform.system()} {platform.release().split('-')[0]}",
        f"- Versions: Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {server or 'PostgreSQL not measured'}, {packages}",
        *([f"- PostgreSQL settings: {settings}; all others as delivered"] if settings else []),
        "- SQLite: WAL, synchronous NORMAL, as in production",
    ]


def pairs(found: Sequence[Found]) -> list[tuple[Found, Found]]:
    """For each kind of database its smallest and its largest size."""
    kinds: dict[str, list[Found]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    sizes = [sorted(group, key=lambda one: one.companies) for group in kinds.values()]
    return [(group[0], group[-1]) for group in sizes]


def _goals(found: Sequence[Found], writing: Sequence[Writing]) -> list[str]:
    rows: list[list[str]] = []
    for small, large in pairs(found):
        rows += [[large.kind, *row] for row in _goals_of(small, large)]
    for one in writing:
        rows += [[one.kind, *row] for row in _import_goals(one) + _registering_goals(one)]
    return ["## Goals", "", *table(("database", "goal", "measured", "outcome"), rows)]


def _goals_of(small: Found, large: Found) -> list[list[str]]:
    rows = []
    least, most = _page(small, DASHBOARD), _page(large, DASHBOARD)
    if least and most and small is not large:
        goal = f"dashboard at {large.companies:,} ≤ 3 × at {small.companies:,} companies"
        rows.append([goal, ratio(most, least), verdict(most <= DASHBOARD_LIMIT * least)])
    for kind, limit, goal in (
        (Goal.SEARCH, SEARCH_LIMIT, "search ≤ 20 ms"),
        (Goal.LIST, LIST_LIMIT * large.bare.median, "list pages < 10 × bare page"),
    ):
        worst = _worst(large, kind)
        if worst:
            name, median = worst
            times = "" if kind == Goal.SEARCH else f" ({ratio(median, large.bare.median)})"
            told = f"{milliseconds(median)} ms{times}, {name.removeprefix('search: ')}"
            at = f"{goal}, the slowest at {large.companies:,}"
            rows.append([at, told, verdict(median <= limit and not _missing(large, kind))])
    if large.memory:
        told = f"{large.memory.worker:.0f} MB"
        rows.append(["a worker < 200 MB", told, verdict(large.memory.worker < WORKER_LIMIT)])
    return rows


def _import_goals(one: Writing) -> list[list[str]]:
    if not one.imports:
        return []
    few, many = one.imports[0], one.imports[-1]
    times = many.seconds / many.bare_seconds
    rows = [
        [
            f"import of {many.rows:,} rows ≤ 15 × bare insert",
            f"{times:.1f}×",
            verdict(times <= IMPORT_LIMIT),
        ]
    ]
    if many is not few:
        flat = many.megabytes <= FLAT * few.megabytes
        told = f"{few.megabytes:.0f} MB → {many.megabytes:.0f} MB"
        rows.append([f"memory flat from {few.rows:,} to {many.rows:,} rows", told, verdict(flat)])
    return rows


def _page(one: Found, name: str) -> float | None:
    return next((timing.median for page, timing in one.pages.items() if page.name == name), None)


def _worst(one: Found, goal: Goal) -> tuple[str, float] | None:
    timed = [(page.name, timing.median) for page, timing in one.pages.items() if page.goal == goal]
    return max(timed, key=lambda pair: pair[1], default=None)


def _missing(one: Found, goal: Goal) -> bool:
    return any(page.goal == goal for page in one.failed)


def _section(one: Found) -> list[str]:
    bare = one.bare.median
    rows = [["bare Flask page", milliseconds(bare), milliseconds(one.bare.p95), "1.0×", "", ""]]
    for page, timing in one.pages.items():
        figures = [milliseconds(timing.median), milliseconds(timing.p95)]
        outcome = _outcome(page, timing.median, bare)
        rows.append([page.name, *figures, ratio(timing.median, bare), page.goal.value, outcome])
    rows += [[page.name, "", "", "", page.goal.value, why] for page, why in one.failed.items()]
    for name, measured in (
        ("`pioneers figures --json`, whole process", one.command),
        ("its queries alone", one.figures),
    ):
        if measured:
            figures = [milliseconds(measured.median), milliseconds(measured.p95)]
            rows.append([name, *figures, ratio(measured.median, bare), "", ""])
    told = ", ".join(f"{name} {took:.0f} s" for name, took in one.built.items())
    return [
        f"## {one.kind}, {one.companies:,} companies",
        "",
        *table(("page", "median, ms", "95 %, ms", "×", "goal", "outcome"), rows),
        "",
        f"Built in: {told}." if told else "The database was kept from an earlier run.",
        *_memory(one),
    ]


def _memory(one: Found) -> list[str]:
    if one.memory is None:
        return []
    worker, together = one.memory.worker, one.memory.all
    return [f"After the run a worker held {worker:.0f} MB, all processes {together:.0f} MB."]


def _outcome(page: Page, median: float, bare: float) -> str:
    if page.goal == Goal.SEARCH:
        return verdict(median <= SEARCH_LIMIT)
    return verdict(median < LIST_LIMIT * bare) if page.goal == Goal.LIST else ""


def _imports(found: Sequence[Writing]) -> list[str]:
    rows = [
        [
            f"{one.kind}, {each.rows:,} rows",
            f"{each.seconds:.1f}",
            f"{each.rows / each.seconds:,.0f}",
            f"{each.bare_seconds:.2f}",
            f"{each.seconds / each.bare_seconds:.1f}×",
            f"{each.megabytes:.0f}",
        ]
        for one in found
        for each in one.imports
    ]
    if not rows:
        return []
    header = ("list", "seconds", "rows/s", "bare insert, s", "×", "most memory, MB")
    return [
        "## Taking in attendance lists",
        "",
        "`pioneers import attendance` into an empty programme, the whole process, beside one",
        "`executemany` of the same rows and columns into one table without indexes.",
        "",
        *table(header, rows),
    ]


def _registering_goals(one: Writing) -> list[list[str]]:
    if one.registering is None:
        return []
    done = one.registering
    goal = f"{PER_MINUTE} registrations a minute beside readers, no error"
    told = f"{done.per_minute:.0f} a minute, {sum(done.errors.values())} errors"
    kept_up = done.per_minute >= 0.95 * PER_MINUTE
    return [[goal, told, verdict(kept_up and done.is_right)]]


def _registering(found: Sequence[Writing]) -> list[str]:
    rows = []
    for one in found:
        if one.registering is not None:
            done = one.registering
            told = ", ".join(f"{count} × {what}" for what, count in done.errors.items())
            rows.append(
                [
                    one.kind,
                    f"{done.per_minute:.0f}",
                    f"{milliseconds(done.posts.median)} ({milliseconds(done.posts.p95)})",
                    f"{milliseconds(done.pages.median)} ({milliseconds(done.pages.p95)})",
                    f"{done.registered} + {done.waiting} of {done.asked}",
                    told or "none",
                ]
            )
    if not rows:
        return []
    header = ("database", "a minute", "form, ms (95 %)", "pages, ms", "seats + waiting", "errors")
    return [
        "## Registering for an event",
        "",
        f"People open the public page one after another, {PER_MINUTE} a minute, and send its form;",
        f"the event has {SEATS} seats, the others wait. {READERS} others open the dashboard, the",
        "events and the public page as fast as they can.",
        "",
        *table(header, rows),
    ]


def write(path: Path, text: str) -> None:
    """Save the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
