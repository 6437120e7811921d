"""The public page of a card: fast, without a cookie, and counted."""

from typing import Any

import structlog
from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission, allowed
from pioneers.accounts.sessions import COOKIE_KEY
from pioneers.ambassadors.queries import own_pioneer_id
from pioneers.cards.blueprint import blueprint
from pioneers.cards.forms import LeadForm, lead_form
from pioneers.cards.labels import said
from pioneers.cards.landing import (
    BEGUN_HERE,
    CODE_HERE,
    Desk,
    Kept,
    Titles,
    begun_now,
    desk,
    filled_in,
    render,
    shown,
    stamped,
)
from pioneers.cards.leads import leave_details
from pioneers.cards.models import Came, LeadKind
from pioneers.cards.quick import COUNTED
from pioneers.cards.resolving import Aim, Place, aim_of, is_withdrawn, run_places
from pioneers.cards.rules import MARK, normalised
from pioneers.cards.stamps import Stamp
from pioneers.cards.visitors import Visitor, visitor_of
from pioneers.db import db, expect_writes
from pioneers.fans.queries import own_fan_ids
from pioneers.presses.actions import is_first
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.queries import programmes_of
from pioneers.programmes.rules import Refused
from pioneers.web.access import public
from pioneers.web.forms import attach
from pioneers.web.i18n import language, speak
from pioneers.web.opened import LEAST_SECONDS, MOST_SECONDS, seconds_open
from pioneers.web.throttling import Limit, is_too_often, is_used_up
from pioneers.web.throttling import place_of as origin_of

PER_ORIGIN = Limit("card-origin", 30, minutes=10)  # a hall leaves details from one address
PER_CARD = Limit("card-card", 300, minutes=10)
PER_ADDRESS = Limit("card-address", 5, minutes=60)  # of all cards: each sends a mail
LANGUAGE = "taal"
log = structlog.get_logger("pioneers.cards")


@blueprint.get("/k/<code>")
@public
def landing(code: str) -> ResponseReturnValue:
    """Where a card leads. The visit is committed before the page is sent."""
    _speak()
    kept_here = desk()
    place = _known(kept_here, code)
    if place is None:
        return _page("cards/unknown.html"), 404
    way = language(), _came(), clock.today()
    page = kept_here.find(place, *way)
    stamp = _count(kept_here, place, page)
    if page is None or stamp is None or stamp != page.stamp:
        page = _made(kept_here, place)
        if page.watch is not None:
            kept_here.keep(place, *way, page)
    return filled_in(page, place, settings().secret_key), page.status


@blueprint.post("/k/<code>")
@public
def leave(code: str) -> ResponseReturnValue:
    """Somebody leaves details.

    No cookie is set before this, so there is no session whose token could be sent along: the form
    carries a signed moment, bound to the card, and nothing is done in anybody's name but theirs.
    """
    _speak()
    expect_writes(False)  # a flood of these keeps nobody from writing
    place = _known(desk(), code)
    if place is None:
        return _page("cards/unknown.html"), 404
    form = lead_form()
    seconds = seconds_open(settings().secret_key, f"card-{place.code}", form.begun.data or "")
    if seconds is None:
        raise BadRequest
    if is_too_often(PER_ORIGIN, PER_CARD, place.code):
        form.form_errors.append(said(Refused("too_often")))
        return _form_page(place, form, 429)
    if form.website.data:  # a machine; it learns nothing
        return _done(place, form)
    problem = _timing(seconds)
    if seconds > MOST_SECONDS:
        form.begun.data = ""  # a new one; else it was opened when it was opened
    if problem:
        form.form_errors.append(problem)
        return _form_page(place, form, 422)
    if not form.validate():
        return _form_page(place, form, 422)
    return _leave(place, form)


def _leave(place: Place, form: LeadForm) -> ResponseReturnValue:
    db.session.rollback()
    expect_writes(True)
    programme = db.session.get_one(Programme, place.programme_id)
    answer = _done(place, form)
    if is_withdrawn(db.session, place):
        return _withdrawn(programme), 410
    draft = form.draft(_came())
    if not is_first(
        db.session, settings().secret_key, "card", place.card_id, form.begun.data, draft
    ):
        db.session.rollback()  # the button was pressed twice
        return answer
    may_mail = not (draft.email and is_used_up(PER_ADDRESS, draft.email.lower()))
    try:
        leave_details(db.session, programme=programme, place=place, draft=draft, may_mail=may_mail)
    except Refused as refusal:
        db.session.rollback()
        attach(form, refusal.field if refusal.field in form else "name", said(refusal))
        return _form_page(place, form, 422)
    db.session.commit()
    return answer


@blueprint.get("/k/<code>/dank")
@public
def thanks(code: str) -> ResponseReturnValue:
    """What happens next with what somebody chose; it says nothing about who it was."""
    _speak()
    place = _known(desk(), code)
    if place is None:
        return _page("cards/unknown.html"), 404
    programme = db.session.get_one(Programme, place.programme_id)
    wish = request.args.get("w", "")
    return _page("cards/thanks.html", programme=programme, place=place, wish=wish)


def _speak() -> None:
    """The language of the address, which needs no cookie."""
    if asked := request.args.get(LANGUAGE):
        speak(asked)


def _came() -> Came:
    return Came.SCANNED if MARK in request.args else Came.TYPED


def _known(kept_here: Desk, typed: str) -> Place | None:
    """The card of a code. One letter off, it is nobody's: the last letter checks the others."""
    code = normalised(typed)
    if code is None:
        return None
    if code not in kept_here.places:
        kept_here.known(run_places(db.session, code))
    return kept_here.places.get(code)


def _count(kept_here: Desk, place: Place, page: Kept | None) -> Stamp | None:
    """Count the visit; a visit that cannot be counted keeps nobody from the page."""
    if COUNTED in request.environ:  # on the short way, where the page had changed
        return None
    headers = request.headers
    agent = headers.get("User-Agent", "")
    who = visitor_of(request.method, agent, headers)
    if who == Visitor.PERSON and COOKIE_KEY in session and _is_own(place):
        who = Visitor.OWN
    db.session.rollback()  # hold no transaction while waiting for one's turn to write
    try:
        return kept_here.visits.come(
            card_id=place.card_id,
            run_id=place.run_id,
            who=who,
            came=_came(),
            place=origin_of(request.remote_addr or ""),
            agent=agent,
            languages=headers.get("Accept-Language", ""),
            watch=None if page is None else page.watch,
        )
    except (SQLAlchemyError, kept_here.visits.problem) as problem:
        log.error("visit_not_counted", problem=type(problem).__name__)
        return None


def _is_own(place: Place) -> bool:
    """Whether who is logged in is of the programme's team, or the owner of the card."""
    if not current_user.is_authenticated:
        return False
    for programme, roles in programmes_of(db.session, user_id=current_user.id):
        if programme.id != place.programme_id:
            continue
        if allowed(roles, Permission.SEE_FIGURES):
            return True
        me: dict[str, Any] = {"user_id": current_user.id, "email": current_user.email}
        own = own_pioneer_id(db.session, programme, **me)
        fans = own_fan_ids(db.session, programme, **me)
        return (own is not None and own == place.pioneer_id) or place.fan_id in fans
    return False


def _titles() -> Titles:
    return Titles(
        pioneer=_("You met a pioneer"),
        named=_("You met %s"),
        stand_in=_("%s helps you further"),
        event=_("You hold a card of this event of %s."),
        fan=_("You were a guest of %s"),
        programme=_("Welcome at %s"),
        general=_("Entrepreneurs of %s tell how they work smarter, and answer your question."),
    )


def _made(kept_here: Desk, place: Place) -> Kept:
    """The page as it is now. One whose change cannot be seen from its stamp is not kept."""
    aim, stamp = stamped(db.session, place)
    if stamp[0] is not None:
        programme = db.session.get_one(Programme, place.programme_id)
        return Kept(stamp, _withdrawn(programme), aim.watch, 410)
    if not aim.can_be_kept:
        return Kept(stamp, _page_of(aim))
    key = (*aim.page, language(), _came(), clock.today())
    return Kept(stamp, kept_here.page_of(key, stamp, lambda: _page_of(aim)), aim.watch)


def _page_of(aim: Aim) -> str:
    """The page of all cards with this aim."""
    return _rendered(aim, lead_form(), code=CODE_HERE, begun=BEGUN_HERE)


def _withdrawn(programme: Programme) -> str:
    return _page(
        "cards/withdrawn.html",
        ask=link_to("questions.ask", slug=programme.slug),
        agenda=link_to("agenda.public", slug=programme.slug),
    )


def _form_page(place: Place, form: LeadForm, status: int) -> ResponseReturnValue:
    aim = aim_of(db.session, place, clock.today())
    return _rendered(
        aim, form, code=place.code, begun=form.begun.data or begun_now(place, settings().secret_key)
    ), status


def _rendered(aim: Aim, form: LeadForm, *, code: str, begun: str) -> str:
    scanned = _came() == Came.SCANNED
    return render(shown(db.session, aim, _titles()), form, code=code, scanned=scanned, begun=begun)


def _page(template: str, **values: object) -> str:
    """A page without anything of whoever looks at it."""
    return current_app.jinja_env.get_template(template).render(**values)


def _done(place: Place, form: LeadForm) -> ResponseReturnValue:
    chosen, kind = request.args.get(LANGUAGE), form.kind.data
    wish = kind if kind in set(LeadKind) else None
    return redirect(url_for("cards.thanks", code=place.code, w=wish, taal=chosen), 303)


def _timing(seconds: float) -> str:
    if seconds < LEAST_SECONDS:
        return _("That went very fast. Look once more, and press the button.")
    if seconds > MOST_SECONDS:
        return _("This page was open for too long. Look and send it once more.")
    return ""
