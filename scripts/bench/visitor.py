"""Somebody who logs in through the form and opens pages, one after another."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Failed(Exception):
    """A page answered something else than 200; what is measured would not be the page."""


class Visitor:
    """A browser with cookies; each page comes over a connection of its own, like `ab`'s."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def send(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and body of the answer; redirects are not followed."""
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        own["Connection"] = "close"
        if body:
            own["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request(method, path, body or None, own | (headers or {}))
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return response.status, text

    def get(self, path: str, headers: dict[str, str] | None = None) -> str:
        """The page at `path`; raises Failed when there is none."""
        status, text = self.send("GET", path, headers=headers)
        if status != 200:
            raise Failed(f"{path} answered {status}")
        return text

    def header(self, path: str, name: str) -> str:
        """A header of the answer at `path`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request("HEAD", path, headers={"Connection": "close"})
            response = connection.getresponse()
            response.read()
        finally:
            connection.close()
        found = response.headers.get(name)
        if found is None:
            raise Failed(f"{path} has no {name}")
        return found

    def log_in(self, email: str, password: str) -> None:
        """Through the form, as anybody does."""
        found = TOKEN.search(self.get("/inloggen"))
        if found is None:
            raise Failed("the log-in form has no token")
        form = {"csrf_token": found[1], "email": email, "password": password}
        status, _ = self.send("POST", "/inloggen", urlencode(form))
        if status != 303:
            raise Failed(f"logging in answered {status}")


def address(path: str, **query: str) -> str:
    """A path with its query."""
    return f"{path}?{urlencode(query, quote_via=quote)}" if query else path
