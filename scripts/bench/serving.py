"""Starting and stopping the product's server, and looking at its memory."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import psutil

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WORKERS, THREADS = 2, 4
START_SECONDS = 60
MEGABYTE = 1024 * 1024


def environment(url: str) -> dict[str, str]:
    """The environment of the product's processes for the database at `url`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DATABASE_URL": url,
        "SECRET_KEY": "for-the-benchmark-on-this-machine-only",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass(frozen=True)
class Memory:
    """Resident memory of the server's processes, in megabytes."""

    worker: float  # the largest worker
    all: float


@dataclass(frozen=True)
class Server:
    """A running server of ours on 127.0.0.1."""

    port: int
    process: "subprocess.Popen[bytes]"

    def memory(self) -> Memory:
        """The memory of the workers and of all processes, shared pages counted in each."""
        master = psutil.Process(self.process.pid)
        workers = [worker.memory_info().rss / MEGABYTE for worker in master.children()]
        return Memory(max(workers), sum(workers) + master.memory_info().rss / MEGABYTE)


@contextmanager
def serving(url: str, *, is_renewed: bool = True, **settings: str) -> Iterator[Server]:
    """The product on gunicorn as in use, for the database at `url`; stopped afterwards.

    `settings` are further names of its environment. Workers that are not renewed answer for as
    long as they are asked: after so many requests all would begin anew at about the same time.
    """
    port = free_port()
    command = [str(BIN / "gunicorn"), "--config", str(ROOT / "gunicorn.conf.py")]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += ["--threads", str(THREADS), "scripts.bench.wsgi:application"]
    if not is_renewed:
        command += ["--max-requests", "0"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(url) | settings,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        _await(process, port)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server did not start; its message is above")
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/kaal/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer within {START_SECONDS} seconds")
