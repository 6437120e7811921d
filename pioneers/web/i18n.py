"""Dutch by default, English by choice; the clock of Amsterdam for everybody."""

import os
import tempfile
from contextvars import ContextVar
from gettext import NullTranslations
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from babel.messages import mofile, pofile
from flask import Blueprint, Flask, current_app, has_request_context, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, Domain
from markupsafe import Markup

from pioneers.web.access import public

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT = "nl"
COOKIE = "taal"
YEAR = 365 * 24 * 3600
CATALOGUES = Path(__file__).resolve().parents[2] / "translations"

_spoken: ContextVar[str | None] = ContextVar("language", default=None)
log = structlog.get_logger("pioneers.i18n")
blueprint = Blueprint("web", __name__)


def language() -> str:
    """The present language: the signed-in person's (`speak`), the cookie's, else Dutch.

    The browser's own preference is not followed: many Dutch offices have English browsers.
    """
    chosen = (
        _spoken.get()
    )  # asked hundreds of times for a page; Flask's proxies cost ten times more
    if chosen is not None:
        return chosen
    if not has_request_context():
        return DEFAULT
    asked = request.cookies.get(COOKIE)
    chosen = asked if asked in LANGUAGES else DEFAULT
    _spoken.set(chosen)
    return chosen


def speak(chosen: str) -> None:
    """Let the rest of this request be in the language `chosen`."""
    _spoken.set(chosen if chosen in LANGUAGES else DEFAULT)


def _forget_language(_error: BaseException | None = None) -> None:
    """A request's language is its own: the thread goes on to another person's request."""
    _spoken.set(None)


def local_path(target: str | None) -> str:
    """`target` if it leads to a page of this site, else the start page."""
    if not target:
        return "/"
    try:
        parts = urlsplit(target.replace("\\", "/"))
    except ValueError:  # an address that cannot be read, such as http://[
        return "/"
    own = not parts.netloc or parts.netloc == request.host
    if not own or parts.scheme not in {"", "http", "https"}:
        return "/"
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


@blueprint.post("/taal")
@public
def switch_language() -> ResponseReturnValue:
    """Remember the chosen language in a cookie and go back to the page one came from."""
    response = redirect(local_path(request.form.get("next") or request.referrer), 303)
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def compile_stale(directory: Path = CATALOGUES) -> None:
    """Compile catalogues that are newer than their compiled form, so that none is ever forgotten.

    A read-only installation keeps what it has; the log says so.
    """
    for source in directory.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            _compile(source, target)
        except OSError as error:
            log.warning("catalogue_not_compiled", catalogue=source.parent.parent.name, error=error)


def _compile(source: Path, target: Path) -> None:
    """Write beside and rename, because several workers may start at once."""
    with source.open("rb") as lines:
        catalogue = pofile.read_po(lines, locale=source.parent.parent.name)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as compiled:
        mofile.write_mo(compiled, catalogue)
    Path(name).chmod(0o644)
    Path(name).replace(target)


class _Catalogues(Domain):
    """Finds the texts of the present language at once: a list has hundreds, and Flask-Babel asks
    anew for each which domain, directory and language hold.
    """

    def __init__(self, domain: str) -> None:
        super().__init__(domain=domain)
        self.loaded: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """The texts of `language()`, loaded once for the process."""
        chosen = language()
        found = self.loaded.get(chosen)
        if found is None:
            found = super().get_translations()
            if has_request_context():
                self.loaded[chosen] = found
        return found


class _Babel(Babel):
    """Flask-Babel with the catalogues of the present application."""

    @property
    def domain_instance(self) -> _Catalogues:
        """What `gettext` in Python asks."""
        return cast(_Catalogues, current_app.extensions["pioneers_catalogues"])


def _quicken(app: Flask) -> None:
    """Give templates functions that find a text without arguments ready in a dictionary.

    Jinja's own pass through two more calls for each text, and mark and format it anew each time.
    As with Jinja's "newstyle", each text is a format: a percent sign is written twice.
    """
    domain = app.extensions["pioneers_catalogues"] = _Catalogues("messages")
    ready: dict[tuple[str, str], Markup] = {}

    def gettext(text: str, /, **variables: Any) -> Markup:
        if variables:
            return Markup(domain.get_translations().gettext(text)) % variables  # noqa: S704 - ours
        key = (language(), text)
        found = ready.get(key)
        if found is None:
            found = Markup(domain.get_translations().gettext(text)) % {}  # noqa: S704 - ours
            if has_request_context():
                ready[key] = found
        return found

    environment: Any = app.jinja_env
    environment.install_gettext_callables(
        lambda text: domain.get_translations().gettext(text),
        lambda one, many, count: domain.get_translations().ngettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, text: domain.get_translations().pgettext(context, text),
        npgettext=lambda context, one, many, n: domain.get_translations().npgettext(
            context, one, many, n
        ),
    )
    environment.globals.update(gettext=gettext, _=gettext)


babel = _Babel()


def init_i18n(app: Flask) -> None:
    """Attach the catalogues, the choice of language and the /taal route."""
    compile_stale()
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(CATALOGUES))
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Amsterdam",
        locale_selector=language,
    )
    _quicken(app)
    app.before_request(_forget_language)
    app.teardown_request(_forget_language)
    app.jinja_env.globals["languages"] = LANGUAGES
    app.jinja_env.globals["current_language"] = language
    app.register_blueprint(blueprint)
