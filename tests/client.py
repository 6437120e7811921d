"""A test client that looks at every page it gets, and keeps requests apart from the test."""

from collections import Counter
from contextvars import copy_context
from html.parser import HTMLParser
from typing import Any

from flask.globals import _cv_app
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pioneers.accounts.models import User
from pioneers.accounts.sessions import COOKIE_KEY, start_session
from pioneers.db import db
from tests.database import outside_session, request_scope


class Page(HTMLParser):
    """What a page consists of, as far as every page must agree on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.headings: list[str] = []
        self.ids: Counter[str] = Counter()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and its attributes."""
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if tag == "html":
            self.language = attributes.get("lang", "")
        if attributes.get("id"):
            self.ids[attributes["id"]] += 1
        if tag in {"title", "h1", "svg"}:
            self._within.append(tag)
            if tag == "h1":
                self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave the title or heading."""
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        """Collect the words of the title and of the headings."""
        if self._within == ["title"]:
            self.title += data
        elif "h1" in self._within:
            self.headings[-1] += data


def words(text: str) -> str:
    """`text` with single spaces."""
    return " ".join(text.split())


def look_at(response: TestResponse) -> None:
    """Check what holds for every page: one h1, repeated in the title; unique ids; a language."""
    path = response.request.path
    page = Page(response.get_data(as_text=True))
    assert page.language in {"nl", "en"}, f"{path}: lang is {page.language!r}"
    assert len(page.headings) == 1, f"{path}: {len(page.headings)} h1"
    heading = words(page.headings[0])
    assert heading, f"{path}: the h1 is empty"
    assert heading in words(page.title), f"{path}: title {page.title!r}, h1 {heading!r}"
    twice = [name for name, times in page.ids.items() if times > 1]
    assert not twice, f"{path}: ids used twice: {twice}"


class Client(FlaskClient):
    """Requests run in a context of their own: neither `g` nor the clock's pin leaks out of one."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; a page that comes back whole is looked at."""
        kwargs.setdefault("buffered", True)
        with outside_session(self.application):
            response = copy_context().run(self._open_alone, *args, **kwargs)
        if response.status_code == 200 and response.request.method == "GET" and _is_page(response):
            look_at(response)
        return response

    def _open_alone(self, *args: Any, **kwargs: Any) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]  # else a context of the test lends its `g`
        request_scope.set(object())
        return super().open(*args, **kwargs)


def _is_page(response: TestResponse) -> bool:
    """Whether it is a whole HTML page (fragments for scripts have no doctype)."""
    return response.mimetype == "text/html" and response.data.lstrip()[:9].lower() == b"<!doctype"


def log_in(client: FlaskClient, user: User) -> None:
    """Give `client` a log-in session of `user`, like the log-in page does after the password.

    For the `app` fixture; with `real_app`, log in through the form with PASSWORD.
    """
    token = start_session(db.session, user)
    db.session.flush()
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie[COOKIE_KEY] = token
