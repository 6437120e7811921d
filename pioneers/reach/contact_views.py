"""Contacts by hand: recording one from a company's or person's page, and taking one back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.companies.models import Company
from pioneers.companies.queries import get_company, get_person
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import default_day
from pioneers.reach.actions import ContactRefused, record_contacts, void_contacts
from pioneers.reach.aliases import whole_companies, whole_people
from pioneers.reach.blueprint import blueprint
from pioneers.reach.choices import (
    company_choices,
    fan_choices,
    people_choices,
    pioneer_choices,
)
from pioneers.reach.dossier import ContactRow, contact_row
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.newcomers import newcomer
from pioneers.reach.record_forms import (
    NEW_PERSON,
    ContactForm,
    PersonContactForm,
    VoidForm,
    chosen_day,
    chosen_id,
)
from pioneers.reach.rehearsal import rehearse
from pioneers.reach.rules import Channel, Measures, NewContact, VoidReason
from pioneers.reach.wording import effect, refusal
from pioneers.web.forms import attach


@blueprint.route("/p/<slug>/bedrijven/<int:company_id>/contact", methods=["GET", "POST"])
@permitted(Permission.RECORD_CONTACTS)
def record_contact(programme: Programme, company_id: int) -> ResponseReturnValue:
    """Record that somebody of a company met the programme."""
    company = get_company(db.session, programme, company_id)
    form = _contact_form(programme, company)
    if form.validate_on_submit() and _person_is_named(form):
        before = _figures(programme)
        try:
            person_id = _person_of(programme, company, form)
            _record(programme, form, person_id=person_id, company_id=company.id)
        except ContactRefused as refused:
            db.session.rollback()
            attach(form, "day", refusal(refused.code))
        else:
            return _recorded(programme, before, company_id=company.id)
    page = render_template("reach/contact.html", form=form, company=company, person=None)
    return page, 422 if form.errors else 200


def _contact_form(programme: Programme, company: Company) -> ContactForm:
    form = ContactForm()
    form.fill_people(people_choices(db.session, whole_companies(db.session, {company.id})))
    form.fill_thanks(fan_choices(db.session, programme), pioneer_choices(db.session, programme))
    if not form.is_submitted():
        form.day.data = _likely_day(programme)
    return form


def _likely_day(programme: Programme) -> object:
    return default_day(
        today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on
    )


def _person_is_named(form: ContactForm) -> bool:
    """A new person needs a name; a name needs the choice of a new person."""
    if form.person.data == NEW_PERSON and not form.new_name.data:
        attach(form, "new_name", _("Write the name of the new person."))
        return False
    if form.person.data != NEW_PERSON and form.new_name.data:
        attach(form, "person", _("You wrote a new name below. Choose it here, or empty it."))
        return False
    return True


def _person_of(programme: Programme, company: Company, form: ContactForm) -> int | None:
    if form.person.data != NEW_PERSON:
        return chosen_id(form.person)
    person = newcomer(
        db.session,
        programme=programme,
        company=company,
        name=form.new_name.data,
        email=form.new_email.data,
        day=chosen_day(form.day),
        actor_id=current_user.id,
    )
    return person.id


def _record(
    programme: Programme,
    form: ContactForm | PersonContactForm,
    *,
    person_id: int | None,
    company_id: int | None,
) -> None:
    contact = NewContact(
        day=chosen_day(form.day),
        channel=Channel(form.channel.data),
        evidence=form.evidence.data,
        person_id=person_id,
        company_id=company_id,
        fan_id=chosen_id(form.fan),
        pioneer_id=chosen_id(form.pioneer),
    )
    record_contacts(db.session, programme=programme, contacts=[contact], actor_id=current_user.id)


def _figures(programme: Programme) -> Measures:
    return figures(db.session, programme, current_scope(programme, clock.today()))


def _recorded(
    programme: Programme,
    before: Measures,
    *,
    company_id: int | None = None,
    person_id: int | None = None,
) -> ResponseReturnValue:
    """Commit, say what it did to the figures, and go back to the page."""
    after = _figures(programme)
    db.session.commit()
    flash(" ".join([_("The contact is recorded."), *effect(before, after)]), "good")
    if person_id is not None:
        return redirect(url_for("reach.person", slug=programme.slug, person_id=person_id), 303)
    return redirect(url_for("reach.company", slug=programme.slug, company_id=company_id), 303)


@blueprint.route("/p/<slug>/personen/<int:person_id>/contact", methods=["GET", "POST"])
@permitted(Permission.RECORD_CONTACTS)
def record_person_contact(programme: Programme, person_id: int) -> ResponseReturnValue:
    """Record that a person met the programme."""
    person = get_person(db.session, programme, person_id)
    form = PersonContactForm()
    form.fill_companies(company_choices(db.session, whole_people(db.session, {person.id})))
    form.fill_thanks(fan_choices(db.session, programme), pioneer_choices(db.session, programme))
    if not form.is_submitted():
        form.day.data = _likely_day(programme)
    if form.validate_on_submit():
        before = _figures(programme)
        try:
            _record(programme, form, person_id=person.id, company_id=chosen_id(form.company))
        except ContactRefused as refused:
            attach(form, "day", refusal(refused.code))
        else:
            return _recorded(programme, before, person_id=person.id)
    page = render_template("reach/contact.html", form=form, company=None, person=person)
    return page, 422 if form.errors else 200


@blueprint.route("/p/<slug>/contacten/<int:contact_id>/neem-terug", methods=["GET", "POST"])
@permitted(Permission.RECORD_CONTACTS)
def void_contact(programme: Programme, contact_id: int) -> ResponseReturnValue:
    """Take a contact back, after seeing what that does to the figures."""
    row = contact_row(db.session, programme, contact_id)
    if row.voided:
        flash(refusal("voided"), "warn")
        return _back_to(programme, row)
    form = VoidForm()
    if form.validate_on_submit():
        _void(programme, contact_id, form.void_reason())
        db.session.commit()
        flash(_("Taken back: it no longer counts."), "good")
        return _back_to(programme, row)
    consequence = effect(
        *rehearse(
            db.session,
            programme,
            lambda: _void(programme, contact_id, VoidReason.RECORDED_TWICE),
        )
    )
    page = render_template("reach/void.html", form=form, row=row, consequence=consequence)
    return page, 422 if form.errors else 200


def _void(programme: Programme, contact_id: int, reason: VoidReason) -> None:
    void_contacts(
        db.session,
        programme=programme,
        contact_ids=[contact_id],
        reason=reason,
        actor_id=current_user.id,
    )


def _back_to(programme: Programme, row: ContactRow) -> ResponseReturnValue:
    if row.company_id is not None:
        target = url_for("reach.company", slug=programme.slug, company_id=row.company_id)
    else:
        target = url_for("reach.person", slug=programme.slug, person_id=row.person_id)
    return redirect(target, 303)
