"""Who deserves a word, and thanking a pioneer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, pioneer_row
from pioneers.companies.models import Person
from pioneers.db import db
from pioneers.events.queries import event_day, get_event, speaker_ids
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.relations.attention import consents_to_ask, jubilees, silent, talks_to_thank
from pioneers.relations.blueprint import blueprint
from pioneers.relations.forms import ThankForm
from pioneers.relations.labels import CONSENTS, said
from pioneers.relations.links import page_of
from pioneers.relations.rules import anniversary
from pioneers.relations.thanking import Occasion, is_thanked, language_of, thank
from pioneers.web.errors import NotFound
from pioneers.web.formats import day, number
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@blueprint.get("/p/<slug>/netwerk/aandacht")
@permitted(Permission.EDIT_NETWORK)
def attention(programme: Programme) -> ResponseReturnValue:
    """Who had no word from us for long, and which talks and anniversaries deserve a thank-you."""
    today = clock.today()
    return render_template(
        "relations/attention.html",
        programme=programme,
        silent=silent(db.session, programme, today),
        talks=talks_to_thank(db.session, programme, today),
        jubilees=jubilees(db.session, programme, today),
        consents=consents_to_ask(db.session, programme, today),
        purposes=CONSENTS,
        page_of=page_of,
    )


@blueprint.route("/p/<slug>/netwerk/pioniers/<int:pioneer_id>/bedanken", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def thank_pioneer(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """Thank a pioneer by mail, or note that it was done otherwise."""
    pioneer = get_pioneer(db.session, programme, pioneer_id)
    occasion, words = _occasion(programme, pioneer)
    person = db.session.get_one(Person, pioneer.person_id)
    form = ThankForm(data={"message": words})
    if form.validate_on_submit():
        try:
            is_new = thank(
                db.session,
                programme=programme,
                pioneer=pioneer,
                occasion=occasion,
                message=form.message.data or "",
                by_mail=form.way.data != "zelf",
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_said(is_new=is_new, by_mail=form.way.data != "zelf"), "good")
            return redirect(url_for("relations.attention", slug=programme.slug), 303)
    return render_template(
        "relations/thank.html",
        programme=programme,
        form=form,
        pioneer=pioneer_row(db.session, programme, pioneer_id),
        has_address=bool(person.email),
        done=is_thanked(db.session, pioneer, occasion),
    )


def _said(*, is_new: bool, by_mail: bool) -> str:
    if not is_new:
        return _("This pioneer was thanked already.")
    return _("The thank-you is on its way.") if by_mail else _("The thank-you has been noted.")


def _occasion(programme: Programme, pioneer: Pioneer) -> tuple[Occasion, str]:
    """What the address says one thanks for, and words to begin with: a talk, else the
    anniversary, else something else. NotFound for a talk that was not theirs."""
    person = db.session.get_one(Person, pioneer.person_id)
    with force_locale(language_of(db.session, programme, person)):
        asked = request.args.get("bijeenkomst")
        if asked is not None:
            event = get_event(db.session, programme, parse_version(asked))
            if pioneer.id not in speaker_ids(db.session, event):
                raise NotFound
            words = _(
                "Thank you for your story at '%(title)s' on %(day)s.",
                title=event.title,
                day=day(event_day(event)),
            )
            return Occasion(event_id=event.id), words
        reached = anniversary(pioneer.appointed_on, clock.today())
        if reached is None or "anders" in request.args:
            return Occasion(), ""
        words = ngettext(
            "You have been a pioneer for a year now. Thank you for everything that you did.",
            "You have been a pioneer for %(written)s years now. Thank you for everything that you"
            " did.",
            reached.years,
            written=number(reached.years),
        )
        return Occasion(years=reached.years), words
