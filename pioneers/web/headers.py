"""Security headers and caching, on every response."""

import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, request, session, url_for

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# whoever has the address has the page: kept by no cache and found by no search
SECRET_PATHS = (
    *(
        "/r/",
        "/g/",
        "/v/",
        "/t/",
        "/u/",
        "/h/",
        "/i/",
        "/k/nieuws/",
        "/wachtwoord/",
        "/inloggen/link/",
    ),
    "/uitnodiging/",
)
TWO_YEARS = "max-age=63072000; includeSubDomains"
FOREVER = "public, max-age=31536000, immutable"


def static_version(folder: str, name: str, cache: dict[str, tuple[int, str]]) -> str:
    """Ten hexadecimal digits of the content of a static file; read again only when it changed."""
    path = Path(folder) / name
    changed = path.stat().st_mtime_ns
    known = cache.get(name)
    if known is None or known[0] != changed:
        known = (changed, hashlib.sha256(path.read_bytes()).hexdigest()[:10])
        cache[name] = known
    return known[1]


def static_url(name: str) -> str:
    """The address of a static file with the hash of its content: it can be cached for ever."""
    app = current_app
    known: dict[str, str] = app.extensions.setdefault("pioneers_static_urls", {})
    if name in known and not app.debug:  # files of an installation change with a restart only
        return known[name]
    cache = app.extensions.setdefault("pioneers_static", {})
    version = static_version(app.static_folder or "", name, cache)
    known[name] = url_for("static", filename=name, v=version)
    return known[name]


def plain_headers(*, is_production: bool) -> list[tuple[str, str]]:
    """The headers of a page that is sent without passing through Flask, to nobody in particular."""
    found = [*HEADERS.items(), ("Cache-Control", "private, no-cache")]
    return [*found, ("Strict-Transport-Security", TWO_YEARS)] if is_production else found


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config.get("PRODUCTION"):
        response.headers.setdefault("Strict-Transport-Security", TWO_YEARS)
    _set_caching(response)
    if request.path.startswith(SECRET_PATHS):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def _set_caching(response: Response) -> None:
    """Static files with a hash stay for ever; pages behind a log-in or a secret link never."""
    if request.endpoint == "static":
        response.headers["Cache-Control"] = FOREVER if "v" in request.args else "no-cache"
    elif "_user_id" in session:
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        is_secret = request.path.startswith(SECRET_PATHS)
        response.headers["Cache-Control"] = "no-store" if is_secret else "private, no-cache"


def init_headers(app: Flask) -> None:
    """Add the headers to every response of `app`; `app.config["PRODUCTION"]` adds HSTS."""
    app.after_request(_add_headers)
    app.jinja_env.globals["static_url"] = static_url
