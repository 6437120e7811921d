"""Addresses in mail to pioneers: to answer without logging in."""

from datetime import UTC

from pioneers.accounts.current import settings
from pioneers.planning.models import PioneerRequest
from pioneers.programmes.models import Programme
from pioneers.web.links import link
from pioneers.web.tokens import is_genuine, sign

PURPOSE = "pioneer-request"


def _nonce(request: PioneerRequest) -> str:
    """When it was asked: another request to the same pioneer has another address."""
    return request.asked_at.astimezone(UTC).isoformat(timespec="microseconds")


def token_of(request: PioneerRequest) -> str:
    """What stands for a request in an address."""
    return sign(settings().secret_key, PURPOSE, request.id, _nonce(request))


def is_token_of(request: PioneerRequest, token: str) -> bool:
    """Whether a token was made for this request."""
    return is_genuine(settings().secret_key, PURPOSE, request.id, _nonce(request), token)


def answer_link(request: PioneerRequest) -> str:
    """Where a pioneer answers."""
    return link("planning.answer", token=token_of(request))


def requests_link(programme: Programme) -> str:
    """Where a pioneer sees all requests, logged in."""
    return link("planning.requests", slug=programme.slug)
