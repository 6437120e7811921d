"""Answers with a calendar: in full, or that the one who asks has it already."""

from collections.abc import Callable

from flask import Response, request

from pioneers import clock
from pioneers.agenda.moments import midnight
from pioneers.agenda.rules import Stamp, http_date, last_modified, stands

CALENDAR = "text/calendar; charset=utf-8"
PUBLIC = "public, max-age=300"
PRIVATE = "private, no-cache"
HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}


def missing() -> Response:
    """No such calendar, or not any more; programs ask again and again, so it is short."""
    response = Response("Not found\n", 404, mimetype="text/plain")
    response.headers["Cache-Control"] = PRIVATE
    return response


def calendar(
    found: Stamp,
    build: Callable[[], bytes],
    *,
    filename: str,
    is_public: bool,
) -> Response:
    """The calendar that `build` makes, unless who asks has it as it stands."""
    day = midnight()
    told = last_modified(found, day=day, now=clock.now())
    fresh = stands(
        found,
        told=told,
        if_none_match=request.headers.get("If-None-Match"),
        if_modified_since=request.headers.get("If-Modified-Since"),
    )
    response = Response(status=304) if fresh else Response(content_type=CALENDAR)
    response.headers["ETag"] = f'"{found.etag}"'
    response.headers["Last-Modified"] = http_date(told)
    response.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
    if not is_public:
        response.headers.update(HIDDEN)
    if not fresh:
        response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
        if request.method != "HEAD":
            response.set_data(build())
        else:
            response.automatically_set_content_length = False
    return response
