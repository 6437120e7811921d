"""Error pages: what went wrong and what to do, in the person's language, and never a traceback."""

import secrets
from dataclasses import dataclass

import structlog
from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug import exceptions

log = structlog.get_logger("pioneers.errors")
MOST_DRAINED = 200 * 1024 * 1024
TEMPLATE = "errors/page.html"


class NotFound(exceptions.NotFound):
    """The thing does not exist, or not for this person: both are told the same."""


class Forbidden(exceptions.Forbidden):
    """The person may see that it exists, but not do this."""


class TooMany(exceptions.TooManyRequests):
    """Asked too often in a short time; `retry_after` is in seconds."""


@dataclass(frozen=True)
class Message:
    """What an error page says: its title, what happened, and what the person can do."""

    title: str
    text: str
    advice: str = ""


def message_for(code: int) -> Message:
    """The words for a status code, in the language of the present request."""
    if code == 403:
        return Message(
            _("You have no access to this page"),
            _("Your role does not allow this."),
            _("Ask the project leader if you need it for your work."),
        )
    if code == 404:
        return Message(
            _("Page not found"),
            _("This page does not exist, or not for you."),
            _("Check the address, or go back to the start page."),
        )
    return _rarer_message(code)


def _rarer_message(code: int) -> Message:
    if code == 405:
        return Message(
            _("That does not work like this"),
            _("This address does not accept what your browser sent."),
            _("Go back and use the button on the page."),
        )
    if code == 413:
        return Message(
            _("The file is too large"),
            _("Nothing has been saved."),
            _("Save only the sheet with the list, or split the list in parts, and upload again."),
        )
    if code == 429:
        return Message(
            _("Too many attempts"),
            _("For safety, this is closed for a short while."),
            _("Wait a few minutes and try again."),
        )
    return Message(
        _("We do not understand this request"),
        _("Nothing has been saved."),
        _("Go back, check what you filled in and try again."),
    )


def expired_message() -> Message:
    """The words for a form whose token is missing, forged or older than the session."""
    return Message(
        _("This page was open for too long"),
        _("For safety, nothing has been saved."),
        _("Go back, reload the page and send the form again."),
    )


def broken_message() -> Message:
    """The words for our own failure."""
    return Message(
        _("Something went wrong on our side"),
        _("Your last change may not have been saved."),
        _("Try again in a moment. If it happens again, mention the reference below."),
    )


def init_errors(app: Flask) -> None:
    """Give `app` its own page for every error."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(exceptions.SecurityError, _unknown_host)
    app.register_error_handler(exceptions.HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)


def _expired(error: CSRFError) -> ResponseReturnValue:
    log.info("csrf_refused", reason=str(error.description))
    return _page(expired_message(), 400), 400


def _unknown_host(_error: exceptions.SecurityError) -> ResponseReturnValue:
    """The request names another site than ours; without a known host no page can link anywhere."""
    return Response("This is not the address of the site.\n", 400, mimetype="text/plain")


def _http_error(error: exceptions.HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # abort(a_response)
        return error.get_response()
    code = error.code or 500
    if code < 400:  # a redirect that was raised
        return error.get_response()
    if code >= 500:
        return _broken(error)
    if code == 413:
        _drain()
    headers = [
        (name, value)
        for name, value in error.get_headers()
        if name.lower() in {"allow", "retry-after"}
    ]
    return _page(message_for(code), code), code, headers


def _drain() -> None:
    """Take in what is still being sent: else the browser shows a broken connection, not our page.

    Somebody who sends more than MOST_DRAINED bytes meets the broken connection.
    """
    left = request.content_length or 0
    if left > MOST_DRAINED:
        return
    stream = request.environ["wsgi.input"]
    while left > 0 and (chunk := stream.read(min(left, 64 * 1024))):
        left -= len(chunk)


def _broken(error: Exception) -> ResponseReturnValue:
    """Log the traceback under a reference that the person can mention; show only the reference."""
    reference = secrets.token_hex(4).upper()
    original = getattr(error, "original_exception", None) or error
    log.error("request_failed", reference=reference, endpoint=request.endpoint, exc_info=original)
    if _propagates():
        raise error
    return _bare(broken_message(), 500, reference), 500


def _propagates() -> bool:
    """Whether exceptions go up to a test or a debugger, by Flask's own rule."""
    chosen = current_app.config.get("PROPAGATE_EXCEPTIONS")
    return bool(current_app.testing or current_app.debug) if chosen is None else bool(chosen)


def _page(message: Message, code: int) -> str:
    try:
        return render_template(TEMPLATE, message=message, code=code, reference=None)
    except Exception:
        log.warning("error_page_without_navigation", code=code, exc_info=True)
        return _bare(message, code, None)


def _bare(message: Message, code: int, reference: str | None) -> str:
    """The page without the app's context processors: these may need the database that is down."""
    template = current_app.jinja_env.get_template(TEMPLATE)
    return template.render(message=message, code=code, reference=reference)
