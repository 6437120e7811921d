"""What SendGrid tells of messages that it took: the event webhook.

Anybody can send something to this address, so nothing is believed without SendGrid's signature. A
request that is not right is answered in one line, and leaves no trace.
"""

import json
from datetime import timedelta

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.db import db
from pioneers.mailroom.blueprint import blueprint
from pioneers.mailroom.events import events_in, take_in
from pioneers.mailroom.signatures import is_signed
from pioneers.web.access import public

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
MOST_BYTES = 2 * 1024 * 1024
FRESH = timedelta(hours=1)


@blueprint.post("/mail/sendgrid")
@public
def webhook() -> ResponseReturnValue:
    """Take in a batch of events; twice the same, or in another order, changes nothing."""
    key = settings().sendgrid_webhook_key
    if not key:
        return _no("not in use", 400)
    request.max_content_length = MOST_BYTES
    try:
        payload = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _no("too large", 413)
    timestamp = request.headers.get(TIMESTAMP, "")
    if not _is_fresh(timestamp):
        return _no("no timestamp, or an old one", 400)
    if not is_signed(key, timestamp, payload, request.headers.get(SIGNATURE, "")):
        return _no("not signed", 403)
    try:
        events = events_in(json.loads(payload))
    except (ValueError, RecursionError):
        return _no("not a list of events", 400)
    take_in(db.session, events)
    db.session.commit()
    return Response(status=204)


def _is_fresh(timestamp: str) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(clock.now().timestamp() - int(timestamp)) <= FRESH.total_seconds()


def _no(reason: str, code: int) -> Response:
    return Response(f"{reason}\n", code, mimetype="text/plain")
