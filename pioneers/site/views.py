"""The front page, what anybody may read about the site, whether it is alive, and search."""

from dataclasses import dataclass

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user
from sqlalchemy import text

from pioneers.accounts.rules import Permission, Role
from pioneers.db import db
from pioneers.mail.queries import workers
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import home_of, link_to
from pioneers.programmes.queries import programmes_of
from pioneers.publishing.queries import open_sites
from pioneers.search.models import Kind
from pioneers.search.queries import Hit, find
from pioneers.site.blueprint import blueprint as blueprint
from pioneers.site.queries import with_agenda
from pioneers.web.access import public

KINDS: dict[Kind, LazyString] = {
    Kind.COMPANY: _l("Companies"),
    Kind.PERSON: _l("People"),
    Kind.PIONEER: _l("Pioneers"),
    Kind.FAN: _l("Fans"),
    Kind.EVENT: _l("Events"),
    Kind.QUESTION: _l("Questions"),
    Kind.PROSPECT: _l("Prospects"),
}
PAGES: dict[Kind, tuple[str, str]] = {
    Kind.COMPANY: ("reach.company", "company_id"),
    Kind.PERSON: ("reach.person", "person_id"),
    Kind.PIONEER: ("events.pioneer", "pioneer_id"),
    Kind.FAN: ("events.fan", "fan_id"),
    Kind.EVENT: ("events.event", "event_id"),
    Kind.QUESTION: ("questions.question", "question_id"),
    Kind.PROSPECT: ("relations.prospect", "prospect_id"),
}
# Who may search may see people; these ask for more.
NEEDED: dict[Kind, Permission] = {
    Kind.QUESTION: Permission.ANSWER_QUESTIONS,
    Kind.PROSPECT: Permission.EDIT_NETWORK,  # the board
}
EACH = 10  # results of each kind on the page
FRAGMENT = 8  # results under the box while one types


@dataclass(frozen=True)
class Result:
    """Something that was found, with the way to it."""

    kind: LazyString
    title: str
    subtitle: str
    href: str


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """The only programme of who is signed in, or a choice; else the only public site, or what this
    is and the ways in."""
    if not current_user.is_authenticated:
        sites = open_sites(db.session)
        if len(sites) == 1:
            return redirect(url_for("website.home", slug=sites[0].programme.slug))
        agendas = [
            (one.name, link_to("agenda.public", slug=one.slug)) for one in with_agenda(db.session)
        ]
        return render_template("site/front.html", agendas=agendas, sites=sites)
    own = programmes_of(db.session, user_id=current_user.id)
    if len(own) == 1:
        return redirect(home_of(*own[0]))
    return render_template(
        "site/choice.html",
        programmes=[(one, home_of(one, roles)) for one, roles in own],
        may_make=current_user.is_administrator,
    )


@blueprint.get("/p/<slug>/welkom")
@permitted(Permission.ENTER)
def welcome(programme: Programme) -> ResponseReturnValue:
    """What a pioneer or a fan's contact person can do here, and what the programme asks of them."""
    is_pioneer = Role.PIONEER in g.roles
    own = "planning.requests" if is_pioneer else "hosting.index"
    needed = Permission.ANSWER_REQUESTS if is_pioneer else Permission.HOST_EVENTS
    return render_template(
        "site/welcome.html",
        programme=programme,
        is_pioneer=is_pioneer,
        own_href=link_to(own, slug=programme.slug) if may(needed) else None,
        figures_href=home_of(programme, g.roles) if may(Permission.SEE_FIGURES) else None,
    )


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> ResponseReturnValue:
    """How accessible the site is, and what to do when it is not."""
    return render_template("site/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept of people, and why."""
    return render_template("site/privacy.html")


@blueprint.get("/gezond")
@public
def health() -> ResponseReturnValue:
    """Whether the site answers and reaches its database: for whoever watches over it.

    A worker that is not there is told, and no failure of the site.
    """
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        current_app.logger.exception("the database does not answer")
        return {"status": "database"}, 503
    found = workers(db.session)
    seen = found.seen_at.isoformat() if found.seen_at else None
    return {
        "status": "ok",
        "worker": {"seen": seen, "silent": found.silent},
        "mail": {"waiting": found.waiting, "failed": found.failed},
    }


@blueprint.get("/p/<slug>/zoeken")
@permitted(Permission.SEE_PEOPLE)
def search(programme: Programme) -> ResponseReturnValue:
    """What is found for `q`: a page, or only the results for the script of the search box."""
    asked = request.args.get("q", "").replace("\0", "").strip()[:100]
    kinds = tuple(kind for kind in KINDS if kind not in NEEDED or may(NEEDED[kind]))
    fragment = request.headers.get("X-Fragment") == "1"
    if fragment:
        hits = find(db.session, programme_id=programme.id, text=asked, kinds=kinds, limit=FRAGMENT)
        # Without what Flask gives every template: the frame of a page is no part of this.
        part = current_app.jinja_env.get_template("site/found.html")
        return part.render(results=_results(programme, hits))
    groups = [
        (KINDS[kind], _results(programme, _of_kind(programme, asked, kind))) for kind in kinds
    ]
    return render_template(
        "site/search.html",
        programme=programme,
        asked=asked,
        groups=[(label, results) for label, results in groups if results],
        each=EACH,
        search_action=url_for("site.search", slug=programme.slug),
    )


def _of_kind(programme: Programme, asked: str, kind: Kind) -> list[Hit]:
    return list(find(db.session, programme_id=programme.id, text=asked, kinds=(kind,), limit=EACH))


def _results(programme: Programme, hits: list[Hit]) -> list[Result]:
    """Hits with a page of their own in this application."""
    found = []
    for hit in hits:
        endpoint, argument = PAGES[hit.kind]
        href = link_to(endpoint, slug=programme.slug, **{argument: hit.record_id})
        if href is not None:
            found.append(Result(KINDS[hit.kind], hit.title, hit.subtitle, href))
    return found
