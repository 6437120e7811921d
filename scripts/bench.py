"""`make bench`: measure the product at a thousand and at a million companies, on both databases.

Everything happens on this machine, over 127.0.0.1, in a folder that is removed afterwards. The
whole takes about an hour and 15 GB of disk; `--sizes 1000,20000` and `--parts mail` take minutes.
The result goes to docs/performance.md, or to the terminal where sizes, databases or parts are not
all of them.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import psycopg  # noqa: E402
from sqlalchemy import make_url  # noqa: E402

from pioneers import clock  # noqa: E402
from scripts.bench import calendars, cards, mailing, measure, report  # noqa: E402
from tests.database import DIALECTS, postgres_server  # noqa: E402

SIZES = (1_000, 1_000_000)
ROWS = (10_000, 100_000)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# A server in use is safe from crashes, and somebody gave it a part of the memory.
SERVER = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
}


def numbers(text: str) -> tuple[int, ...]:
    """'1000,20000' as numbers, in order of size."""
    found = sorted({int(part) for part in text.split(",")})
    if not found or found[0] < 100:
        raise argparse.ArgumentTypeError("numbers of at least 100, separated by commas")
    return tuple(found)


PARTS = ("mail", "calendars", "cards", "pages", "registering", "import")


def parts(text: str) -> tuple[str, ...]:
    """'mail,import' as names of parts."""
    asked = tuple(part.strip() for part in text.split(","))
    unknown = [part for part in asked if part not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {unknown[0]}; there are {', '.join(PARTS)}")
    return asked


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="companies, with commas")
    parser.add_argument("--only", choices=DIALECTS, help="one database")
    parser.add_argument("--rows", type=numbers, default=ROWS, help="rows of the lists to take in")
    parser.add_argument(
        "--parts", type=parts, default=PARTS, help=f"what to measure: {', '.join(PARTS)}"
    )
    parser.add_argument("--budget", type=float, default=15.0, help="seconds for each page at most")
    parser.add_argument(
        "--registering", type=float, default=60.0, help="seconds of people registering"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep the databases of the pages (SQLite's in FOLDER, PostgreSQL's on the server that"
        " TEST_POSTGRES_URL names), and measure those that an earlier run kept",
    )
    parser.add_argument("--write", type=Path, help="where to write the page")
    return parser.parse_args()


@contextmanager
def server(kind: str) -> Iterator[str]:
    """For PostgreSQL the address of a server of our own; nothing otherwise."""
    if kind == "sqlite":
        yield ""
        return
    with postgres_server(**SERVER) as address:
        yield address


def plain(address: str) -> str:
    """An address for psycopg itself."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def kept_database(kind: str, address: str, folder: Path, size: int) -> Iterator[str]:
    """The address of a database that an earlier run kept, or of a new one; it stays afterwards."""
    name = f"bench_{size}"
    if kind == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with psycopg.connect(plain(address), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    yield make_url(address).set(database=name).render_as_string(hide_password=False)


@contextmanager
def database(kind: str, address: str, folder: Path, size: int) -> Iterator[str]:
    """The address of a new, empty database, which is gone afterwards."""
    name = f"bench_{size}"
    if kind == "sqlite":
        path = folder / f"{name}.sqlite3"
        yield f"sqlite:///{path}"
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        return
    with psycopg.connect(plain(address), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[arg-type]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    yield make_url(address).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain(address), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def server_version(address: str) -> str:
    """Which PostgreSQL answers."""
    with psycopg.connect(plain(address)) as connection:
        return f"PostgreSQL {connection.info.parameter_status('server_version')}"


@dataclass
class Findings:
    """What was measured, by part."""

    databases: list[measure.Found] = field(default_factory=list)
    writing: list[measure.Writing] = field(default_factory=list)
    mailings: list[mailing.Mailing] = field(default_factory=list)
    feeds: list[calendars.Feeds] = field(default_factory=list)
    visits: list[cards.Cards] = field(default_factory=list)


def look(asked: argparse.Namespace, kind: str, address: str, folder: Path, found: Findings) -> None:
    """Measure the parts that were asked for on one kind of database."""
    if "mail" in asked.parts:
        with database(kind, address, folder, 0) as url:
            found.mailings.append(mailing.measure_mailing(NAMES[kind], url))
    if "calendars" in asked.parts:
        with database(kind, address, folder, calendars.EVENTS) as url:
            found.feeds.append(calendars.measure(NAMES[kind], url, clock.today()))
    if "cards" in asked.parts:
        with database(kind, address, folder, cards.CARDS) as url:
            found.visits.append(cards.measure(NAMES[kind], url, clock.today()))
    for size in asked.sizes if "pages" in asked.parts else ():
        of_pages = kept_database if asked.keep else database
        with of_pages(kind, address, asked.keep or folder, size) as url:
            found.databases.append(
                measure.measure(NAMES[kind], url, size, clock.today(), asked.budget)
            )
    if {"registering", "import"} & set(asked.parts):
        with database(kind, address, folder, -min(asked.sizes)) as url:
            found.writing.append(look_at_writing(asked, NAMES[kind], url, folder))


def look_at_writing(
    asked: argparse.Namespace, name: str, url: str, folder: Path
) -> measure.Writing:
    """People register, and lists come in, in a database of the smallest size."""
    measure.fill(name, url, min(asked.sizes), clock.today())
    one = measure.Writing(name)
    if "registering" in asked.parts:
        one.registering = measure.register(name, url, asked.registering)
    if "import" in asked.parts:
        one.imports = measure.measure_imports(url, folder, list(asked.rows), clock.today())
    return one


def main() -> None:
    """Measure, and write what was found."""
    asked, found, version = arguments(), Findings(), ""
    with tempfile.TemporaryDirectory(prefix="pioneers-bench-") as name:
        for kind in [asked.only] if asked.only else DIALECTS:
            with server(kind) as address:
                version = server_version(address) if address else version
                look(asked, kind, address, Path(name), found)
    whole = (asked.sizes, asked.rows, asked.parts) == (SIZES, ROWS, PARTS) and not asked.only
    settings = ", ".join(f"{key} {value}" for key, value in SERVER.items()) if version else ""
    text = report.report(
        found.databases,
        clock.today(),
        version,
        settings,
        writing=found.writing,
        mailings=found.mailings,
        feeds=found.feeds,
        cards=found.visits,
    )
    target = asked.write or (ROOT / "docs" / "performance.md" if whole else None)
    if target is None:
        print(text)
    else:
        report.write(target, text)
        print(f"Written: {target}")


if __name__ == "__main__":
    main()
