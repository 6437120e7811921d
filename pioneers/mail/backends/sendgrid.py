"""Mail by SendGrid's interface (v3 mail/send), in the European Union, without tracking.

Its own client is used, with two things added: a time-out (it has none), and a connection that keeps
the last byte of the request back until it is written down that the message is handed over. SendGrid
cannot have taken a request of which the last byte is missing. It has no way to send "once only", so
a request of which the answer was lost is not sent again: its event webhook tells what became of it.
"""

import base64
import http.client
import urllib.request
from typing import Any, cast

from python_http_client import Client
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from pioneers.mail.addresses import BadAddress, named
from pioneers.mail.backends.base import HandOver, said
from pioneers.mail.building import AUTOMATIC, FILE_NAME, Inline, Outgoing, Sender, parted
from pioneers.mail.outcomes import Forgone, Outcome, Problem, Refused, Sent, TryAgain, Uncertain
from pioneers.mail.rendering import one_line

WAIT = 20.0  # seconds
OURS = frozenset({401, 403, 404, 405, 408, 429})  # a wrong key or too many: not the message's fault


class _NotOurs(Exception):
    """Another worker has the message: stop before the last byte."""


class _Guard:
    """Knows whether the message was handed over."""

    def __init__(self, hand_over: HandOver) -> None:
        self.hand_over = hand_over
        self.passed = False

    def ask(self) -> None:
        """Write down that it is handed over now; raises _NotOurs when it is another's."""
        if not self.hand_over():
            raise _NotOurs
        self.passed = True


def _holding_back(kind: type[http.client.HTTPConnection], guard: _Guard) -> Any:
    """A connection of `kind` that asks `guard` before the last byte of the body."""

    class Connection(kind):  # type: ignore[misc, valid-type]
        def request(self, method: str, url: str, body: Any = None, *rest: Any, **more: Any) -> None:
            """Send headers and body, the body's last byte apart."""
            self._body = body
            super().request(method, url, body, *rest, **more)

        def send(self, data: Any) -> None:
            """Hold the last byte of the body back."""
            if data is not self._body:
                super().send(data)
                return
            super().send(data[:-1])
            guard.ask()
            super().send(data[-1:])

    return Connection


class _Client(Client):  # type: ignore[misc]
    """SendGrid's client, over connections that hold back."""

    guard: _Guard | None = None

    def _build_client(self, name: str | None = None) -> "_Client":
        made = super()._build_client(name)
        made.__class__, made.guard = _Client, self.guard
        return cast(_Client, made)

    def _make_request(self, _opener: Any, request: Any, timeout: float | None = None) -> Any:
        guard = self.guard
        assert guard is not None  # noqa: S101 - set by deliver
        opener = urllib.request.build_opener(_http(guard), _https(guard), _NoRedirect())
        return super()._make_request(opener, request, timeout=timeout)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would lead the key elsewhere."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        """Follow none."""


def _http(guard: _Guard) -> urllib.request.HTTPHandler:
    class Handler(urllib.request.HTTPHandler):
        def http_open(self, req: Any) -> Any:
            """Over a connection that holds back."""
            return self.do_open(_holding_back(http.client.HTTPConnection, guard), req)

    return Handler()


def _https(guard: _Guard) -> urllib.request.HTTPSHandler:
    class Handler(urllib.request.HTTPSHandler):
        def https_open(self, req: Any) -> Any:
            """Over a connection that holds back."""
            return self.do_open(_holding_back(http.client.HTTPSConnection, guard), req)

    return Handler()


class SendGrid:
    """Sends by SendGrid; each message is a request of its own."""

    def __init__(self, api_key: str, host: str, sender: Sender, *, wait: float = WAIT) -> None:
        self.sender = sender
        self._interface = SendGridAPIClient(api_key, host=host)
        kept = self._interface.client
        self._interface.client = _Client(
            host=kept.host, request_headers=kept.request_headers, version=3, timeout=wait
        )

    def deliver(self, message: Outgoing, hand_over: HandOver) -> Outcome:
        """Try once."""
        try:
            body = request_body(message, self.sender)
        except BadAddress:
            return Refused(Problem.ADDRESS)
        guard = _Guard(hand_over)
        self._interface.client.guard = guard
        try:
            answer = self._interface.send(body)
        except _NotOurs:
            return Forgone()
        except HTTPError as error:
            return _refused(error.status_code, error.body)
        except (OSError, http.client.HTTPException):
            return Uncertain() if guard.passed else TryAgain(Problem.UNREACHABLE, unreachable=True)
        if answer.status_code not in {200, 202}:
            return _refused(answer.status_code, answer.body)
        return Sent((answer.headers.get("X-Message-Id") or "")[:120] or None)

    def close(self) -> None:
        """Nothing is kept open."""


def _refused(status: int, body: bytes) -> Outcome:
    text = said(status, body)
    if status < 400 or status >= 500 or status in OURS:
        return TryAgain(text, unreachable=True)
    return Refused(text)


def request_body(message: Outgoing, sender: Sender) -> dict[str, Any]:
    """The request; raises BadAddress where an address is none."""
    html, pictures = parted(message)
    attachments = [_picture(one) for one in pictures]
    content = [
        {"type": "text/plain", "value": message.text},
        {"type": "text/html", "value": html},
    ]
    body: dict[str, Any] = {
        "from": _person(sender.address, sender.name),
        "personalizations": [{"to": [_person(message.to_address, message.to_name)]}],
        "subject": one_line(message.subject),
        "content": content,
        "headers": {"Message-ID": message.message_id(sender), **AUTOMATIC, **message.leaving},
        "custom_args": {"message_id": message.mark},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
            "ganalytics": {"enable": False},
        },
    }
    if message.reply_to:
        body["reply_to"] = _person(message.reply_to, "")
    if message.calendar:
        content.append({"type": message.calendar_type, "value": message.calendar})
        attachments.append(
            {
                "content": base64.b64encode(message.calendar.encode()).decode(),
                "type": "application/ics",
                "filename": FILE_NAME,
                "disposition": "attachment",
            }
        )
    if attachments:
        body["attachments"] = attachments
    return body


def _picture(picture: Inline) -> dict[str, str]:
    return {
        "content": base64.b64encode(picture.png).decode(),
        "type": "image/png",
        "filename": picture.name,
        "disposition": "inline",
        "content_id": picture.cid,
    }


def _person(address: str, name: str) -> dict[str, str]:
    who = named(address, name)
    found = {"email": who.addr_spec}
    return found | {"name": who.display_name} if who.display_name else found
