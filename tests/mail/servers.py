"""The far side of the network: a real SMTP server, and one that speaks SendGrid's interface."""

import asyncio
import email
import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 2.0.0 taken"


@dataclass
class Post:
    """An SMTP server of ours. The answers can be changed while it runs; `hang` waits for ever."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    rcpt: Callable[[str], str] = lambda _address: OK
    data: Callable[[], str] = lambda: OK  # "drop" hangs up, "hang" says nothing

    def count(self) -> Counter[str]:
        """How often each address got a message."""
        return Counter(str(one["To"].addresses[0].addr_spec) for one in self.taken)

    # What aiosmtpd calls.
    async def handle_EHLO(  # noqa: N802
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Count the connection."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take or refuse an address."""
        answer = self.rcpt(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse a message."""
        answer = self.data()
        if answer == "drop":
            assert server.transport is not None
            server.transport.abort()
            return "451 gone"
        if answer == "hang":
            await asyncio.sleep(60)
        if answer.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.taken.append(email.message_from_bytes(content, policy=policy.SMTP))  # type: ignore[arg-type]
        return answer


@contextmanager
def smtp_server() -> Iterator[Post]:
    """A running SMTP server on 127.0.0.1."""
    post = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        post.port = free.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


@dataclass
class Grid:
    """A server that speaks SendGrid's v3 mail/send."""

    port: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    answer: Callable[[], tuple[int, str]] = lambda: (202, "")  # status 0 hangs up
    hold: threading.Event = field(default_factory=threading.Event)  # status -1 waits for it

    @property
    def host(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def count(self) -> Counter[str]:
        """How often each address got a message."""
        return Counter(one["personalizations"][0]["to"][0]["email"] for one in self.taken)


@contextmanager
def sendgrid_server() -> Iterator[Grid]:
    """Such a server on 127.0.0.1."""
    grid = Grid()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if len(body) < int(self.headers["Content-Length"]):
                return  # the sender died: a request that is not whole is none
            status, text = grid.answer()
            if status == -1:
                grid.hold.wait(20)
            if status <= 0:
                return
            assert self.path == "/v3/mail/send"
            grid.keys.append(self.headers["Authorization"])
            if status == 202:
                grid.taken.append(json.loads(body))
            self.send_response(status)
            self.send_header("X-Message-Id", f"sg-{len(grid.taken)}")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    grid.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield grid
    finally:
        grid.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
