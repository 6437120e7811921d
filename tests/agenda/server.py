"""A real server on this machine that answers as the worst of the internet does."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Answers by path; `asked` is what was asked for, `headers` the last request's."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.address = ""
        self.port = 0

    def page(
        self, path: str, body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None
    ) -> str:
        """Let `path` answer this; its address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in (headers or {}).items():
                request.send_header(name, value)
            if "Content-Length" not in (headers or {}):
                request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.pages[path] = answer
        return self.address + path

    def drip(self, path: str, *, head: bool = True) -> str:
        """Let `path` send a byte now and then, after its head or as its head."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.close_connection = True
            if head:
                request.send_response(200)
                request.end_headers()
            try:
                for _ in range(600):
                    request.wfile.write(b"B")
                    request.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return

        self.pages[path] = answer
        return self.address + path

    def bomb(self, path: str, megabytes: int) -> str:
        """Let `path` send a little that unpacks to a lot."""
        packed = gzip.compress(b"BEGIN:VCALENDAR\r\n" + b" " * (megabytes * 1024 * 1024))
        return self.page(path, packed, headers={"Content-Encoding": "gzip"})

    def endless(self, path: str) -> str:
        """Let `path` send without end and without saying how much."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.close_connection = True
            request.send_response(200)
            request.end_headers()
            try:
                while True:
                    request.wfile.write(b"X" * 65536)
            except OSError:
                return

        self.pages[path] = answer
        return self.address + path


@contextmanager
def serving(certificate: tuple[Path, Path] | None = None) -> Iterator[Site]:
    """A site on 127.0.0.1, with TLS when there is a certificate and its key."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        """Answers as the site says."""

        def do_GET(self) -> None:
            """Answer."""
            site.asked.append(self.path)
            site.headers = dict(self.headers.items())
            page = site.pages.get(self.path)
            try:
                if page is None:
                    self.send_error(404)
                else:
                    page(self)
            except OSError:
                return

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    site.port = server.server_address[1]
    site.address = f"{scheme}://127.0.0.1:{site.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
