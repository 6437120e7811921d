"""Consent to a page and a photo, and quotes, each with the consent for its words."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.models import Pioneer
from pioneers.db import db
from pioneers.profiles import actions, queries
from pioneers.profiles.access import is_own, kept
from pioneers.profiles.blueprint import blueprint
from pioneers.profiles.consenting import give_consent, withdraw_consent
from pioneers.profiles.consents import wording
from pioneers.profiles.edit_views import URL, crumbs, to_profile
from pioneers.profiles.forms import ConsentForm, PlainForm, QuoteForm
from pioneers.profiles.labels import said
from pioneers.profiles.models import ConsentPurpose, Quote
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.errors import NotFound
from pioneers.web.formats import day
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.parsing import parse_version

ASKED = (ConsentPurpose.PROFILE, ConsentPurpose.PHOTO)


def _purpose(pioneer: Pioneer, purpose: str) -> ConsentPurpose:
    """What is agreed to; NotFound for anything else, and for a photo that is not there."""
    if purpose not in ASKED:
        raise NotFound
    if purpose == ConsentPurpose.PHOTO and queries.photo_of(db.session, pioneer.id) is None:
        raise NotFound
    return ConsentPurpose(purpose)


def _words(programme: Programme, purpose: ConsentPurpose) -> str:
    return wording(purpose, language=language(), programme=programme.name)


@blueprint.route(f"{URL}/toestemming/<purpose>", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def agree(programme: Programme, pioneer_id: int, purpose: str) -> ResponseReturnValue:
    """Agree that everybody sees one's page or photo, for a time."""
    pioneer = kept(programme, pioneer_id)
    about = _purpose(pioneer, purpose)
    form = ConsentForm()
    form.agreed.label.text = _words(programme, about)
    if form.validate_on_submit():
        actions.begin_profile(db.session, pioneer)
        given = give_consent(
            db.session,
            programme=programme,
            pioneer=pioneer,
            purpose=about,
            agreed=form.consent(),
            actor_id=current_user.id,
        )
        until = given.ends_on
        db.session.commit()
        flash(_agreed(about, day(until)), "good")
        return redirect(to_profile(programme, pioneer), 303)
    page = render_template(
        "profiles/agree.html",
        programme=programme,
        form=form,
        purpose=about.value,
        own=is_own(programme, pioneer),
        pioneer=pioneer,
        present=queries.standing_consent(db.session, pioneer.id, about, clock.today()),
        trail=crumbs(programme, pioneer),
    )
    return page, 422 if form.errors else 200


def _agreed(purpose: ConsentPurpose, until: str) -> str:
    if purpose == ConsentPurpose.PHOTO:
        return _("The photo is shown until %(day)s, and then vanishes by itself.", day=until)
    return _("The page is shown until %(day)s, and then vanishes by itself.", day=until)


@blueprint.post(f"{URL}/toestemming/<purpose>/intrekken")
@permitted(Permission.LOG_CONTRIBUTIONS)
def disagree(programme: Programme, pioneer_id: int, purpose: str) -> ResponseReturnValue:
    """Take a consent back: nobody sees the page or photo any more."""
    pioneer = kept(programme, pioneer_id)
    about = _purpose(pioneer, purpose)
    if PlainForm().validate_on_submit() and withdraw_consent(
        db.session, pioneer=pioneer, purpose=about, actor_id=current_user.id
    ):
        db.session.commit()
        flash(_("Nobody sees this any more."), "good")
    return redirect(to_profile(programme, pioneer), 303)


@blueprint.route(f"{URL}/citaten/nieuw", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def add_quote(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """Add words that the programme may use."""
    pioneer = kept(programme, pioneer_id)
    form = QuoteForm()
    if form.validate_on_submit():
        try:
            actions.add_quote(
                db.session,
                programme=programme,
                pioneer=pioneer,
                words=form.words.data or "",
                agreed=form.consent(),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("Your words have been saved."), "good")
            return redirect(to_profile(programme, pioneer), 303)
    return _quote_page(programme, pioneer, form, None)


@blueprint.route(f"{URL}/citaten/<int:quote_id>", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def quote(programme: Programme, pioneer_id: int, quote_id: int) -> ResponseReturnValue:
    """Change words, or agree to them for longer."""
    pioneer = kept(programme, pioneer_id)
    found = queries.get_quote(db.session, pioneer.id, quote_id)
    form = QuoteForm(data={"words": found.words, "version": found.version})
    stale = None
    if form.validate_on_submit():
        try:
            actions.change_quote(
                db.session,
                programme=programme,
                pioneer=pioneer,
                quote=found,
                words=form.words.data or "",
                agreed=form.consent(),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            stale = differences(form, {"words": found.words})
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("Your words have been saved."), "good")
            return redirect(to_profile(programme, pioneer), 303)
    return _quote_page(programme, pioneer, form, found, stale)


def _quote_page(
    programme: Programme,
    pioneer: Pioneer,
    form: QuoteForm,
    found: Quote | None,
    stale: object = None,
) -> ResponseReturnValue:
    form.agreed.label.text = _words(programme, ConsentPurpose.QUOTE)
    page = render_template(
        "profiles/quote.html",
        programme=programme,
        form=form,
        quote=found,
        stale=stale,
        own=is_own(programme, pioneer),
        pioneer=pioneer,
        trail=crumbs(programme, pioneer),
    )
    return page, 422 if form.errors else 200


@blueprint.post(f"{URL}/citaten/<int:quote_id>/weg")
@permitted(Permission.LOG_CONTRIBUTIONS)
def remove_quote(programme: Programme, pioneer_id: int, quote_id: int) -> ResponseReturnValue:
    """Delete words at once."""
    pioneer = kept(programme, pioneer_id)
    found = queries.get_quote(db.session, pioneer.id, quote_id)
    if PlainForm().validate_on_submit():
        actions.remove_quote(db.session, pioneer=pioneer, quote=found, actor_id=current_user.id)
        db.session.commit()
        flash(_("The words have been deleted."), "good")
    return redirect(to_profile(programme, pioneer), 303)
