"""What somebody does with the link in their mail: look, change, cancel, confirm.

GET shows and POST acts, because scanners of mail follow links. The link works until thirty days
after the event.
"""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.registrations import actions, queries
from pioneers.registrations.blueprint import blueprint
from pioneers.registrations.forms import ChangeForm, ConfirmForm, asking, seen
from pioneers.registrations.labels import said
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.rules import CONSENTS, LINKS_LAST, NEWS, Phase
from pioneers.registrations.shown import Shown, shown, ticket
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.formats import moment_full
from pioneers.web.forms import attach
from pioneers.web.i18n import language

STANDING = queries.STANDING


@dataclass(frozen=True)
class Own:
    """The registration of a link, with its event."""

    token: str
    lead: Registration
    shown: Shown

    @property
    def event(self) -> Event:
        """The event."""
        return self.shown.event

    @property
    def is_open(self) -> bool:
        """Whether it can be changed or cancelled."""
        course = self.shown.phase in {Phase.OPEN, Phase.HIDDEN}
        return course and self.event.starts_at > clock.now() and self.lead.state in STANDING


def _own(token: str) -> Own:
    """The registration of a genuine link; NotFound for any other."""
    lead = queries.get_by_token(db.session, token, settings().secret_key)
    if lead is None or lead.lead_id is not None:
        raise NotFound
    return Own(token, lead, shown(db.session.get_one(Event, lead.event_id)))


def _gone(own: Own) -> ResponseReturnValue | None:
    """The page that says why a link does nothing any more; None while it does."""
    if own.event.ends_at + LINKS_LAST <= clock.now():
        return render_template("registrations/expired.html", shown=own.shown), 410
    if own.shown.phase == Phase.CANCELLED:
        return render_template("registrations/closed.html", shown=own.shown)
    if own.lead.state == RegistrationState.CANCELLED:
        return render_template("registrations/cancelled.html", own=own), 410
    return None


def _to(own: Own) -> ResponseReturnValue:
    return redirect(url_for("registrations.own", token=own.token), 303)


@blueprint.get("/r/<token>")
@public
def own(token: str) -> ResponseReturnValue:
    """What one registered, with the code to check in."""
    found = _own(token)
    gone = _gone(found)
    if gone is not None:
        return gone
    lead = found.lead
    party = queries.party_of(db.session, lead)
    named = queries.questions_of(db.session, found.event)
    answers = queries.answers_of(db.session, [lead.id])[lead.id]
    seated = lead.state == RegistrationState.REGISTERED
    return render_template(
        "registrations/own.html",
        own=found,
        shown=found.shown,
        people=sum(one.seats for one in party),
        colleagues=[one.name for one in party[1:]],
        answers=[(one.label, answers.get(one.id, "–")) for one in named],
        tickets=[ticket(one) for one in party] if seated else [],
        until=moment_full(lead.offered_until) if lead.offered_until else "",
        place=_place_in_line(found),
        form=ConfirmForm(),
        feed_href=link_to("agenda.own_feed", token=token),
    )


def _place_in_line(found: Own) -> int:
    parties = [party for party, _people in queries.waiting_parties(db.session, found.event)]
    return parties.index(found.lead.id) + 1 if found.lead.id in parties else 0


@blueprint.route("/r/<token>/wijzigen", methods=["GET", "POST"])
@public
def change(token: str) -> ResponseReturnValue:
    """Change who comes and how many, the phone number, the answers, the news."""
    found = _own(token)
    gone = _gone(found)
    if gone is not None:
        return gone
    if not found.is_open:
        return _to(found)
    form = _change_form(found)
    if form.validate_on_submit() and form.is_of(queries.party_of(db.session, found.lead)):
        try:
            actions.change_registration(
                db.session,
                programme=found.shown.programme,
                event=found.event,
                registration=found.lead,
                draft=form.party(),
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "people", said(refusal))
        else:
            db.session.commit()
            flash(_("Your registration has been changed."), "good")
            return _to(found)
    form.news.label.text = CONSENTS[NEWS].words(language())
    return render_template("registrations/change.html", own=found, form=form)


def _change_form(found: Own) -> Any:
    lead = found.lead
    party = queries.party_of(db.session, lead)
    answers = queries.answers_of(db.session, [lead.id])[lead.id]
    values: dict[str, Any] = {
        "name": lead.name,
        "company": lead.company,
        "kvk": lead.kvk_number,
        "people": sum(one.seats for one in party),
        "phone": lead.phone,
        "news": queries.wants_news(db.session, lead),
        "seen": seen(party),
    }
    values |= {f"colleague_{place}": one.name for place, one in enumerate(party[1:], start=1)}
    values |= {f"question_{number}": answer for number, answer in answers.items()}
    form = asking(ChangeForm, queries.questions_of(db.session, found.event), values)
    form.company.flags.required = bool(lead.company)  # whom the host added may have none
    return form


@blueprint.route("/r/<token>/afmelden", methods=["GET", "POST"])
@public
def cancel(token: str) -> ResponseReturnValue:
    """Cancel, after asking; the seat goes to who waits."""
    found = _own(token)
    gone = _gone(found)
    if gone is not None:
        return gone
    if not found.is_open:
        return _to(found)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            actions.cancel_registration(
                db.session,
                programme=found.shown.programme,
                event=found.event,
                registration=found.lead,
            )
        except Refused as refusal:  # a colleague is in the room already
            db.session.rollback()
            flash(said(refusal), "warn")
        else:
            db.session.commit()
        return _to(found)
    return render_template("registrations/cancel.html", own=found, form=form)


@blueprint.post("/r/<token>/bevestigen")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Take the seat that was offered."""
    found = _own(token)
    gone = _gone(found)
    if gone is not None:
        return gone
    if not ConfirmForm().validate_on_submit():
        return _to(found)
    try:
        actions.confirm_offer(
            db.session,
            programme=found.shown.programme,
            event=found.event,
            registration=found.lead,
        )
    except Refused as refusal:
        db.session.rollback()
        flash(said(refusal), "warn")
    else:
        db.session.commit()
        flash(_("You have a seat. The confirmation comes by mail."), "good")
    return _to(found)
