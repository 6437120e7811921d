"""`make bench`: measure the product at a thousand and at a million companies, on both databases.

Everything happens on this machine, over 127.0.0.1, in a folder that is removed afterwards. The
whole takes about an hour and 15 GB of disk; `--sizes 1000,20000` takes minutes. The result goes to
docs/performance.md, or to the terminal where the sizes or databases are not all of them.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import psycopg  # noqa: E402
from sqlalchemy import make_url  # noqa: E402

from pioneers import clock  # noqa: E402
from scripts.bench import calendars, measure, report  # noqa: E402
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


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="companies, with commas")
    parser.add_argument("--only", choices=DIALECTS, help="one database")
    parser.add_argument("--rows", type=numbers, default=ROWS, help="rows of the lists to take in")
    parser.add_argument("--no-import", action="store_true", help="take in no lists")
    parser.add_argument("--calendars", action="store_true", help="measure feeds and nothing else")
    parser.add_argument("--budget", type=float, default=15.0, help="seconds for each page at most")
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


def measure_calendars(kind: str, address: str, folder: Path) -> calendars.Feeds:
    """The feed of a programme with many events, on a database of its own."""
    with database(kind, address, folder, calendars.EVENTS) as url:
        return calendars.measure(NAMES[kind], url, clock.today())


def only_calendars(asked: argparse.Namespace) -> None:
    """Measure feeds and print what was found."""
    with tempfile.TemporaryDirectory(prefix="pioneers-bench-") as name:
        found = []
        for kind in [asked.only] if asked.only else DIALECTS:
            with server(kind) as address:
                found.append(measure_calendars(kind, address, Path(name)))
    print("\n".join(calendars.section(found)))


def main() -> None:
    """Measure, and write what was found."""
    asked = arguments()
    if asked.calendars:
        only_calendars(asked)
        return
    feeds = []
    today, found, version = clock.today(), [], ""
    with tempfile.TemporaryDirectory(prefix="pioneers-bench-") as name:
        folder = Path(name)
        for kind in [asked.only] if asked.only else DIALECTS:
            with server(kind) as address:
                version = server_version(address) if address else version
                feeds.append(measure_calendars(kind, address, folder))
                for place, size in enumerate(asked.sizes):
                    with database(kind, address, folder, size) as url:
                        one = measure.measure(NAMES[kind], url, size, today, asked.budget)
                        if place == 0 and not asked.no_import:
                            counts = list(asked.rows)
                            one.imports = measure.measure_imports(url, folder, counts, today)
                        found.append(one)
    whole = asked.sizes == SIZES and asked.rows == ROWS and not asked.only and not asked.no_import
    settings = ", ".join(f"{key} {value}" for key, value in SERVER.items()) if version else ""
    text = report.report(found, today, version, settings)
    text += "\n" + "\n".join(calendars.section(feeds))
    target = asked.write or (ROOT / "docs" / "performance.md" if whole else None)
    if target is None:
        print(text)
    else:
        report.write(target, text)
        print(f"Written: {target}")


if __name__ == "__main__":
    main()
