"""Changing what is known of a person, and the companies that they work at over time."""

from dataclasses import fields

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.companies.actions import PersonFacts, change_person
from pioneers.companies.models import Company, Person
from pioneers.companies.queries import get_person
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.reach.aliases import whole_people
from pioneers.reach.blueprint import blueprint
from pioneers.reach.dossier import trail, work_of
from pioneers.reach.editing import Meanwhile, reconcile, snapshot
from pioneers.reach.finding import company_meant
from pioneers.reach.forms import EmploymentForm, PersonForm
from pioneers.reach.posts import join_company
from pioneers.reach.record_forms import chosen_day
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

NAMES = tuple(field.name for field in fields(PersonFacts))


def _facts(form: PersonForm) -> PersonFacts:
    given = {name: form[name].data or "" for name in NAMES}
    email, phone = given.pop("email").lower() or None, given.pop("phone") or None
    return PersonFacts(email=email, phone=phone, **given)


def _living(programme: Programme, person_id: int) -> Person:
    """A person who can be changed: an erased one cannot."""
    person = get_person(db.session, programme, person_id)
    if person.erased_at is not None:
        raise NotFound
    return person


@blueprint.route("/p/<slug>/personen/<int:person_id>/wijzig", methods=["GET", "POST"])
@permitted(Permission.EDIT_COMPANIES)
def edit_person(programme: Programme, person_id: int) -> ResponseReturnValue:
    """Change what is known of a person; who saves second sees what the first one changed."""
    person = _living(programme, person_id)
    if person.merged_into_id is not None:
        return _to(programme, person.merged_into_id, "reach.edit_person")
    form = PersonForm(obj=person)
    seen = request.form.get("seen")
    meanwhile: list[Meanwhile] = []
    if form.validate_on_submit():
        try:
            _change(programme, person, form)
        except Stale:
            meanwhile = reconcile(form, person, NAMES, seen)
            form.version.data, seen = str(person.version), None
        except Refused as refused:
            attach(form, refused.field or "family_name", _("Fill this in."))
        else:
            db.session.commit()
            flash(_("Saved."), "good")
            return _to(programme, person_id, "reach.person")
    last = trail(db.session, programme, "person", person.id)[:1] if meanwhile else []
    page = render_template(
        "reach/person_form.html",
        form=form,
        person=person,
        meanwhile=meanwhile,
        by=last[0].by if last else "",
        seen=seen if seen is not None else snapshot(person, NAMES),
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def _change(programme: Programme, person: Person, form: PersonForm) -> None:
    change_person(
        db.session,
        programme=programme,
        person=person,
        facts=_facts(form),
        version=parse_version(form.version.data),
        actor_id=current_user.id,
    )


def _to(programme: Programme, person_id: int, endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint, slug=programme.slug, person_id=person_id), 303)


@blueprint.route("/p/<slug>/personen/<int:person_id>/bedrijf", methods=["GET", "POST"])
@permitted(Permission.EDIT_COMPANIES)
def new_employment(programme: Programme, person_id: int) -> ResponseReturnValue:
    """Note that a person works at a company from a day; contacts of before stay where they are."""
    person = _living(programme, person_id)
    form = EmploymentForm()
    if not form.is_submitted():
        form.from_day.data = clock.today()
    possible: list[Company] = []
    if form.validate_on_submit():
        company, possible = company_meant(db.session, programme, form.company.data)
        if company is None:
            attach(form, "company", _which(possible))
        elif _join(person, company, form):
            db.session.commit()
            flash(_("Saved."), "good")
            return _to(programme, person_id, "reach.person")
    page = render_template(
        "reach/employment.html",
        form=form,
        person=person,
        possible=possible,
        work=work_of(db.session, whole_people(db.session, {person.id})),
    )
    return page, 422 if form.errors else 200


def _which(possible: list[Company]) -> str:
    if possible:
        return _(
            "Several companies are called like this. Write the KVK number, or the number below."
        )
    return _("No company is called like this. Add it first, or write more of its name.")


def _join(person: Person, company: Company, form: EmploymentForm) -> bool:
    try:
        join_company(
            db.session,
            person=person,
            company=company,
            day=chosen_day(form.from_day),
            leaves=bool(form.leaves.data),
            actor_id=current_user.id,
        )
    except Refused:
        db.session.rollback()
        attach(form, "from_day", _("The person came to the present company after this day."))
        return False
    return True
