"""Taking in an attendance list by the command, beside the bare insert of the same rows."""

import csv
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, insert

from pioneers.db import tune_sqlite
from scripts.bench.build import EMPTY
from scripts.bench.invent import company
from scripts.bench.serving import BIN, ROOT, environment

HEADER = ("Bedrijf", "KvK", "Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "Plaats")
HEADER = (*HEADER, "Functie", "Aanwezig")
PLACES = ("Zwolle", "Enschede", "Deventer", "Hengelo", "Almelo", "Kampen")
FIRST = 5_000_000  # numbers that no company of the databases has
Row = tuple[str, ...]


@dataclass(frozen=True)
class Import:
    """What taking in a list cost; megabytes are the most that the process held."""

    rows: int
    seconds: float
    megabytes: float
    bare_seconds: float


def rows(count: int, start: int) -> Iterator[Row]:
    """Rows of a host's list: two people of each company, all present."""
    for place in range(count):
        one = company(start + place // 2, len(PLACES))
        person = one.people[place % 2]
        yield (
            *(one.name, one.kvk_number or "", person.first_name, person.infix),
            *(person.family_name, person.email, PLACES[one.place], "Directeur", "ja"),
        )


def write_list(path: Path, count: int, start: int) -> None:
    """The list as a file, as a Dutch spreadsheet saves it."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(rows(count, start))


def import_list(url: str, folder: Path, count: int, start: int, day: date) -> Import:
    """Take a list into the empty programme; then insert its rows as they are."""
    path = folder / f"list-{count}.csv"
    write_list(path, count, start)
    command = [str(BIN / "pioneers"), "import", "attendance", EMPTY, str(path)]
    command += ["--new-event", f"Lijst van {count}", "--on", day.isoformat(), "--json"]
    seconds, megabytes, answer = run(command, url)
    told = json.loads(answer)
    if told["new"] + told["known"] + told["doubtful"] != count:
        raise RuntimeError(f"the import of {count} rows says {answer[:300]}")
    path.unlink()
    return Import(count, seconds, megabytes, bare_insert(url, count, start))


def run(command: list[str], url: str) -> tuple[float, float, str]:
    """Seconds, the most megabytes held, and the output of a command of the product."""
    own = environment(url) | {"UPLOAD_MEGABYTES": "100"}
    started = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answer = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {answer[:300]}")
    return seconds, usage.ru_maxrss / 1024, answer


def bare_insert(url: str, count: int, start: int) -> float:
    """Seconds for one `executemany` of the same rows into one table without any index."""
    engine = _engine(url)
    columns = [Column(f"c{place}", String) for place in range(len(HEADER))]
    bare = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), *columns)
    names = [column.name for column in columns]
    values = [dict(zip(names, row, strict=True)) for row in rows(count, start)]
    bare.create(engine)
    try:
        started = perf_counter()
        with engine.begin() as connection:
            connection.execute(insert(bare), values)
        return perf_counter() - started
    finally:
        bare.drop(engine)
        engine.dispose()


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)
    return engine
