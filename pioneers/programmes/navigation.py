"""What base.html shows around every page of a programme: the menu, the chooser, the search box."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user

from pioneers.accounts.rules import Permission, Role, allowed
from pioneers.db import db
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.panels import init_panels
from pioneers.programmes.queries import programmes_of
from pioneers.web.addresses import page_address


@dataclass(frozen=True)
class NavItem:
    """An entry of the menu."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Entry:
    """Where an entry of a menu leads, for whom, and which pages belong to it."""

    label: LazyString
    endpoint: str
    permission: Permission
    within: tuple[str, ...] = ()  # paths below /p/<slug>/
    unless: Permission | None = None  # whoever has this has a wider page


MENU = (
    Entry(_l("Progress"), "reports.dashboard", Permission.SEE_FIGURES, ("cijfers", "doelen")),
    Entry(
        _l("Events"),
        "events.index",
        Permission.SEE_EVENTS,
        ("bijeenkomsten", "lijsten", "kalender", "kalenders", "podium", "verzoeken"),
    ),
    Entry(
        _l("Your events"),
        "hosting.index",
        Permission.HOST_EVENTS,
        ("podium",),
        unless=Permission.SEE_EVENTS,
    ),
    Entry(
        _l("Your page"),
        "contributions.own",
        Permission.LOG_CONTRIBUTIONS,
        ("pionier", "inzet"),
        unless=Permission.SEE_EVENTS,
    ),
    Entry(
        _l("Your requests"),
        "planning.requests",
        Permission.ANSWER_REQUESTS,
        ("verzoeken",),
        unless=Permission.SEE_EVENTS,
    ),
    Entry(
        _l("Network"), "events.network", Permission.SEE_NETWORK, ("netwerk", "inzet", "kaartjes")
    ),
    Entry(
        _l("Questions"),
        "questions.desk",
        Permission.ANSWER_QUESTIONS,
        ("vragen", "experts", "antwoordteksten", "kennisconcepten"),
    ),
    Entry(
        _l("Companies"),
        "reach.companies",
        Permission.SEE_PEOPLE,
        (
            "bedrijven",
            "personen",
            "twijfel",
            "activaties",
            "contacten",
            "samenvoegen",
            "samenvoeging",
        ),
    ),
    Entry(
        _l("Settings"),
        "programmes.settings",
        Permission.MANAGE_PROGRAMME,
        ("instellingen", "toegang", "logboek", "post"),
    ),
)
OWN = (
    (Permission.LOG_CONTRIBUTIONS, "contributions.own"),
    (Permission.HOST_EVENTS, "hosting.index"),
    (Permission.ANSWER_REQUESTS, "planning.requests"),
    (Permission.ENTER, "site.welcome"),
)
SETTINGS = (
    Entry(_l("Targets"), "programmes.targets", Permission.SEE_FIGURES),
    Entry(_l("What counts, and for whom"), "reach.counting_rules", Permission.MANAGE_PROGRAMME),
    Entry(_l("Actions that count"), "programmes.catalogue", Permission.MANAGE_PROGRAMME),
    Entry(_l("Access"), "access.overview", Permission.MANAGE_ACCESS),
    Entry(_l("Mail"), "mailroom.outbox", Permission.MANAGE_MAIL),
    Entry(_l("Audit log"), "audit.log", Permission.SEE_AUDIT),
)


def reachable(endpoint: str) -> bool:
    """Whether the application has this page."""
    return endpoint in current_app.view_functions


def link_to(endpoint: str, **values: object) -> str | None:
    """The address of a page of a feature above the caller's, where the application has it."""
    return url_for(endpoint, **values) if reachable(endpoint) else None  # type: ignore[arg-type]


def _links(entries: tuple[Entry, ...], programme: Programme) -> list[tuple[Entry, str]]:
    return [
        (entry, page_address(entry.endpoint, programme.slug))
        for entry in entries
        if may(entry.permission)
        and not (entry.unless and may(entry.unless))
        and reachable(entry.endpoint)
    ]


def menu(programme: Programme) -> list[NavItem]:
    """The pages of the programme that this person may see."""
    rest = request.path.removeprefix(f"/p/{programme.slug}").strip("/")
    part = rest.split("/")[0]
    return [
        NavItem(str(entry.label), href, part in entry.within or request.path == href)
        for entry, href in _links(MENU, programme)
    ]


def settings_links(programme: Programme) -> list[tuple[str, str]]:
    """The pages beside the settings: (label, address)."""
    return [(str(entry.label), href) for entry, href in _links(SETTINGS, programme)]


def home_of(programme: Programme, roles: frozenset[Role]) -> str:
    """Where somebody with `roles` lands in a programme: the figures, else one's own events or
    requests, else a word of welcome."""
    if not allowed(roles, Permission.SEE_FIGURES):
        for permission, page in OWN:
            if allowed(roles, permission) and reachable(page):
                return page_address(page, programme.slug)
    endpoint = "reports.dashboard" if reachable("reports.dashboard") else "programmes.targets"
    return page_address(endpoint, programme.slug)


def for_the_frame() -> dict[str, object]:
    """What base.html asks for; nothing of it costs a query for somebody who is not signed in."""
    frame: dict[str, object] = {"footer_links": _footer()}
    if not current_user.is_authenticated:
        return frame
    own = g.get("programmes")
    if own is None:
        own = programmes_of(db.session, user_id=current_user.id)
    frame["programme_choices"] = [(one.name, home_of(one, roles)) for one, roles in own]
    programme: Programme | None = g.get("programme")
    if programme is None:
        return frame
    frame |= {
        "programme": programme,
        "nav": menu(programme),
        "demo": programme.is_demonstration,
    }
    if may(Permission.SEE_PEOPLE) and reachable("site.search"):
        frame["search_href"] = page_address("site.search", programme.slug)
    return frame


def _footer() -> list[tuple[str, str]]:
    pages = (
        (_("Accessibility"), "site.accessibility"),
        (_("Privacy"), "site.privacy"),
    )
    return [(label, page_address(endpoint)) for label, endpoint in pages if reachable(endpoint)]


def init_navigation(app: Flask) -> None:
    """Give every page of `app` its menu."""
    app.context_processor(for_the_frame)
    app.jinja_env.globals["link_to"] = link_to
    init_panels(app)
