"""Many who ask for one page after another, each over a connection that stays open."""

import selectors
import socket
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from time import perf_counter

CONNECTIONS = 8


@dataclass(frozen=True)
class Crowd:
    """What so many seconds of asking came to."""

    seconds: float
    answers: int
    wrong: int

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return self.answers / self.seconds


class _Line:
    """One connection: the answer that comes in, and how much of it is still to come."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got = bytearray()

    def take(self) -> bytes | None:
        """The head of a whole answer, once it is there."""
        part = self.sock.recv(262_144)
        if not part:
            raise ConnectionError("the server closed the connection")
        self.got += part
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.got[:end])
        at = head.lower().find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        if len(self.got) < end + 4 + length:
            return None
        del self.got[: end + 4 + length]
        return head


class Connections:
    """Eight connections that stay open; which worker answers each of them is chance, so what is
    compared is asked over the same ones."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._lines = [_Line(port) for _ in range(CONNECTIONS)]

    def __enter__(self) -> "Connections":
        return self

    def __exit__(self, *_problem: object) -> None:
        for line in self._lines:
            line.sock.close()

    def ask(self, request: Callable[[int], bytes], *, seconds: float) -> Crowd:
        """Ask for `request(number)` over all of them for so long, and await the last answers."""
        selector = selectors.DefaultSelector()
        numbers = count()
        answers = wrong = 0
        for place, line in enumerate(self._lines):
            selector.register(line.sock, selectors.EVENT_READ, place)
            line.sock.sendall(request(next(numbers)))
        begun = perf_counter()
        until, asked = begun + seconds, len(self._lines)
        while asked:
            for key, _events in selector.select(1):
                line = self._lines[key.data]
                try:
                    head = line.take()
                    if head is None:
                        continue
                    answers += 1
                    wrong += not head.startswith(b"HTTP/1.1 200")
                except ConnectionError:  # a worker is renewed after so many requests
                    selector.unregister(line.sock)
                    line.sock.close()
                    line = self._lines[key.data] = _Line(self._port)
                    selector.register(line.sock, selectors.EVENT_READ, key.data)
                if perf_counter() < until:
                    line.sock.sendall(request(next(numbers)))
                else:
                    selector.unregister(line.sock)
                    asked -= 1
        return Crowd(perf_counter() - begun, answers, wrong)
