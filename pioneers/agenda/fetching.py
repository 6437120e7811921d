"""Fetching a calendar that somebody named, from the public internet only.

The name is resolved once, every address that it has is checked, and the connection is made to that
very address: a name that answers otherwise a moment later changes nothing. Redirects are followed
by the same rules. Time and size are bounded as a whole, for servers that send a byte now and then
and for small answers that unpack to large ones.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import parse_url

from pioneers.agenda.networks import is_public

AGENT = "Pioneers calendar reader"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
CHUNK = 64 * 1024


class Problem(Exception):
    """A calendar could not be had; `code` says why (see labels.PROBLEMS)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    """What the server answered; `body` is None when the calendar is still as it was."""

    body: bytes | None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Target:
    """A checked address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        """As text, for what a redirect is relative to."""
        usual = self.port == PORTS[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}{self.path}"


@dataclass(frozen=True)
class Fetcher:
    """How calendars are fetched. Only tests change anything of it: `own_machine` lets 127.0.0.1
    through on any port, `authorities` is a file of certificates to trust."""

    most_bytes: int = 5 * 1024 * 1024
    connect_seconds: float = 5
    read_seconds: float = 10
    seconds: float = 20
    own_machine: bool = False
    authorities: str | None = None

    def fetch(
        self, address: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """The calendar at `address`, unless it is still the one with this tag or moment.

        Raises Problem.
        """
        until = monotonic() + self.seconds
        headers = {"User-Agent": AGENT, "Accept": "text/calendar, */*;q=0.1"}
        headers["Accept-Encoding"] = "gzip, identity;q=0.5"
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        target = self.checked(address)
        for _hop in range(MOST_REDIRECTS + 1):
            found = self._ask(target, headers, until)
            if isinstance(found, Fetched):
                return found
            onward = self.checked(urljoin(target.address, found))
            if target.scheme == "https" and onward.scheme != "https":
                raise Problem("insecure")
            target = onward
        raise Problem("redirects")

    def checked(self, address: str) -> Target:
        """The parts of an address that may be asked at all; raises Problem."""
        try:
            parts = urlsplit(address.strip())
            host, port = parts.hostname or "", parts.port
            path = parse_url(parts._replace(scheme="http").geturl()).request_uri
            host = host.rstrip(".") if host.isascii() else host.encode("idna").decode()
        except (ValueError, LocationParseError) as error:
            raise Problem("address") from error
        scheme = SCHEMES.get(parts.scheme.lower())
        if scheme is None or not host or "%" in host or len(address) > 2000:
            raise Problem("address")
        if parts.username is not None or parts.password is not None:
            raise Problem("credentials")
        port = port or PORTS[scheme]
        if port not in PORTS.values() and not self.own_machine:
            raise Problem("port")
        return Target(scheme, host, port, path)

    def _ask(self, target: Target, headers: dict[str, str], until: float) -> Fetched | str:
        """The answer, or where it says to look instead."""
        addresses = self._resolve(target, until)
        for place, ip in enumerate(addresses):
            try:
                return self._ask_at(ip, target, headers, until)
            except Problem as problem:
                if problem.code != "unreachable" or place == len(addresses) - 1:
                    raise
        raise Problem("unreachable")

    def _resolve(self, target: Target, until: float) -> list[str]:
        """The addresses of a name, at most three; one that is not public spoils them all."""
        answer: list[Any] = []
        asking = threading.Thread(target=_look_up, args=(target, answer), daemon=True)
        asking.start()
        asking.join(max(0.1, min(self.connect_seconds, until - monotonic())))
        if not answer:
            raise Problem("unknown_host")
        found = list(dict.fromkeys(str(entry[4][0]) for entry in answer))
        if not all(is_public(ip, own_machine=self.own_machine) for ip in found):
            raise Problem("private")
        return found[:3]

    def _ask_at(
        self, ip: str, target: Target, headers: dict[str, str], until: float
    ) -> Fetched | str:
        left = until - monotonic()
        if left <= 0:
            raise Problem("slow")
        connection = self._connection(ip, target, left)
        with _cut_after(left, connection) as was_cut:
            try:
                found = self._exchange(connection, target, headers)
            except (Problem, HTTPError, HTTPException, OSError, ValueError) as error:
                raise Problem(_reason(error, was_cut=was_cut.is_set())) from error
            if was_cut.is_set():  # what came until then looks like the whole
                raise Problem("slow")
            return found

    def _exchange(
        self, connection: "_Pinned", target: Target, headers: dict[str, str]
    ) -> Fetched | str:
        response = None
        try:
            connection.request("GET", target.path, headers=headers, preload_content=False)
            response = connection.getresponse()
            return self._answer(response)
        finally:
            if response is not None:
                response.close()
            connection.close()

    def _connection(self, ip: str, target: Target, left: float) -> "_Pinned":
        timeout = urllib3.Timeout(
            connect=min(self.connect_seconds, left), read=min(self.read_seconds, left)
        )
        seconds = timeout.read_timeout
        if target.scheme == "http":
            return _PinnedHttp(ip, target.host, target.port, timeout=seconds)
        return _PinnedHttps(
            ip,
            target.host,
            target.port,
            timeout=seconds,
            cert_reqs=ssl.CERT_REQUIRED,
            ca_certs=self.authorities,
        )

    def _answer(self, response: urllib3.BaseHTTPResponse) -> Fetched | str:
        if response.status == 304:
            return Fetched(None)
        if response.status in REDIRECTS and response.headers.get("Location"):
            return str(response.headers["Location"])
        if response.status != 200:
            gone = {401: "forbidden", 403: "forbidden", 404: "gone", 410: "gone"}
            raise Problem(gone.get(response.status, "answer"))
        told = response.headers.get("Content-Length", "")
        if told.isdigit() and int(told[:12]) > self.most_bytes:
            raise Problem("large")
        return Fetched(
            self._body(response),
            etag=_short(response.headers.get("ETag"), 200),
            last_modified=_short(response.headers.get("Last-Modified"), 60),
        )

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """The whole answer, unpacked; not a piece more than fits."""
        parts, size = [], 0
        for part in response.stream(CHUNK, decode_content=True):
            size += len(part)
            if size > self.most_bytes:
                raise Problem("large")
            parts.append(part)
        return b"".join(parts)


class _Pinned(HTTPConnection):
    """A connection to one address, whatever the name resolves to now."""

    def __init__(self, ip: str, host: str, port: int, **more: Any) -> None:
        super().__init__(host, port, **more)
        self.ip = ip
        self.handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made = socket.create_connection((self.ip, self.port), self.timeout)
        self.handle = made.dup()  # the connection itself, also while TLS is being agreed on
        return made

    def cut(self) -> None:
        """End the connection, whoever is waiting for it."""
        if self.handle is not None:
            try:
                self.handle.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it ended by itself

    def let_go(self) -> None:
        """Close the handle; the connection closes itself as soon as the head of an answer says
        that nothing follows it."""
        if self.handle is not None:
            self.handle.close()


class _PinnedHttp(_Pinned):
    """Without TLS."""


class _PinnedHttps(_Pinned, HTTPSConnection):
    """With TLS; the certificate must be for the name that was asked."""


@contextmanager
def _cut_after(seconds: float, connection: _Pinned) -> Iterator[threading.Event]:
    """End the connection after so long, however busy it seems."""
    was_cut = threading.Event()

    def cut() -> None:
        was_cut.set()
        connection.cut()

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield was_cut
    finally:
        timer.cancel()
        connection.let_go()


def _look_up(target: Target, answer: list[Any]) -> None:
    """Ask for the addresses of a name; in a thread, since it cannot be told when to give up."""
    try:
        answer += socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return


def _reason(error: Exception, *, was_cut: bool) -> str:
    """The code for what went wrong underneath."""
    if isinstance(error, Problem) and not was_cut:
        return error.code
    causes: list[BaseException] = []
    seen: BaseException | None = error
    while seen is not None and seen not in causes:
        causes.append(seen)
        seen = seen.__cause__ or seen.__context__
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        return "certificate"
    if was_cut or any(isinstance(one, TimeoutError) for one in causes):
        return "slow"
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return "certificate"
    if any(isinstance(one, OSError) for one in causes):
        return "unreachable"
    return "answer"


def _short(value: str | None, most: int) -> str | None:
    """A header to send back later, where it fits."""
    return value if value and len(value) <= most and value.isprintable() else None
