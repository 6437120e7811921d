"""The short way to a card's page that is kept: it counts and answers before Flask does anything.

A card is scanned by a hall at once, and almost all of what a request of ours does (a session, who
is logged in, tokens, a database session) is of no use to somebody who has no cookie and gets a page
that is made already. Whatever is not exactly that goes the usual way (landing_views), which makes
and keeps the pages, and answers the same.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_list_header

from pioneers import clock
from pioneers.cards.landing import KEY, Desk, Kept, filled_in
from pioneers.cards.models import Came
from pioneers.cards.resolving import Place
from pioneers.cards.rules import CODE_LENGTH, MARK
from pioneers.cards.visitors import visitor_of
from pioneers.web.headers import plain_headers
from pioneers.web.i18n import DEFAULT
from pioneers.web.logs import log_request
from pioneers.web.throttling import place_of

BEFORE = "/k/"
LENGTH = len(BEFORE) + CODE_LENGTH
WAYS = {"": Came.TYPED, MARK: Came.SCANNED}
LOOKS_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
COUNTED = "pioneers.card_counted"  # in the environ: the usual way must not count it again
Environ = dict[str, Any]
Start = Callable[..., Any]


class QuickCards:
    """Stands before the application, and before what says where requests come from: of what
    proxies tell it needs the address alone."""

    def __init__(self, app: Flask, hops: int) -> None:
        self._app, self._inner, self._hops = app, app.wsgi_app, hops
        self._headers: list[tuple[str, str]] | None = None

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """A kept page, or whatever the application answers."""
        path = environ.get("PATH_INFO", "")
        if len(path) != LENGTH or not path.startswith(BEFORE):
            return self._inner(environ, start_response)
        request_id = secrets.token_hex(8)
        html = self._answer(environ, path[len(BEFORE) :], request_id)
        if html is None:
            return self._inner(environ, start_response)
        body = html.encode()
        headers = [
            *self._standard(),
            ("X-Request-Id", request_id),
            ("Content-Length", str(len(body))),
        ]
        start_response("200 OK", headers)
        return [body]

    def _answer(self, environ: Environ, typed: str, request_id: str) -> str | None:
        began = time.perf_counter()
        desk: Desk | None = self._app.extensions.get(KEY)
        came = WAYS.get(environ.get("QUERY_STRING", ""))
        if desk is None or came is None or not _is_plain(environ):
            return None
        place = desk.places.get(typed.upper())
        if place is None:
            return None
        page = desk.find(place, DEFAULT, came, clock.today())
        if (
            page is None
            or page.status != 200
            or not self._still_holds(environ, desk, place, page, came)
        ):
            return None
        log_request("GET", "cards.landing", 200, began, request_id=request_id)
        return filled_in(page, place, str(self._app.config["SECRET_KEY"]))

    def _still_holds(
        self, environ: Environ, desk: Desk, place: Place, page: Kept, came: Came
    ) -> bool:
        """Count who comes, and say whether the page is still the same."""
        agent = environ.get("HTTP_USER_AGENT", "")
        try:
            stamp = desk.visits.come(
                card_id=place.card_id,
                run_id=place.run_id,
                who=visitor_of("GET", agent, {}),
                came=came,
                place=place_of(self._origin(environ)),
                agent=agent,
                languages=environ.get("HTTP_ACCEPT_LANGUAGE", ""),
                watch=page.watch,
            )
        except (SQLAlchemyError, desk.visits.problem):
            return False  # the usual way tries once more, and says what is the matter
        environ[COUNTED] = True
        return stamp == page.stamp

    def _origin(self, environ: Environ) -> str:
        """The address as ProxyFix finds it, which passes on what goes the usual way."""
        told = environ.get("HTTP_X_FORWARDED_FOR") if self._hops else None
        if told:
            addresses = parse_list_header(told)
            if len(addresses) >= self._hops and addresses[-self._hops]:
                return addresses[-self._hops]
        return str(environ.get("REMOTE_ADDR", ""))

    def _standard(self) -> list[tuple[str, str]]:
        if self._headers is None:
            self._headers = [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Vary", "Cookie"),
                *plain_headers(is_production=bool(self._app.config.get("PRODUCTION"))),
            ]
        return self._headers


def _is_plain(environ: Environ) -> bool:
    """Somebody without a cookie who really asks for the page."""
    if environ.get("REQUEST_METHOD") != "GET" or "HTTP_COOKIE" in environ:
        return False
    return not any(name in environ for name in LOOKS_AHEAD)
