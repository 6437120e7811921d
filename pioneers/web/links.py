"""Addresses of pages as mails, calendars and QR codes carry them: whole, also outside a request."""

from flask import current_app, has_app_context, has_request_context, request

LOCAL = "http://127.0.0.1:{}"


def site_address() -> str:
    """The address of the site without a slash at its end: as configured, else as it was asked for.

    Production mode requires it to be configured: nobody can have links made to another site.
    """
    if not has_app_context():
        return LOCAL.format(5000)
    config = current_app.extensions["pioneers_config"]
    if config.site_address:
        return str(config.site_address)
    return request.url_root.rstrip("/") if has_request_context() else LOCAL.format(config.port)


def link(endpoint: str, **values: object) -> str:
    """The whole address of a page."""
    adapter = current_app.url_map.bind("localhost")
    return site_address() + adapter.build(endpoint, values)
