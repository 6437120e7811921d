"""Adding a company by hand, and changing what is known of one."""

from dataclasses import fields
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from pioneers.accounts.rules import Permission
from pioneers.companies.actions import CompanyFacts
from pioneers.companies.actions import add_company as add
from pioneers.companies.models import Company
from pioneers.companies.queries import get_company
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused, Stale
from pioneers.reach.blueprint import blueprint
from pioneers.reach.changes import change_company
from pioneers.reach.dossier import trail
from pioneers.reach.editing import Meanwhile, reconcile, snapshot
from pioneers.reach.forms import CompanyForm
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

NAMES = tuple(field.name for field in fields(CompanyFacts))


def _facts(form: CompanyForm) -> CompanyFacts:
    """What the form says; an empty text is not known."""
    given = {name: form[name].data for name in NAMES}
    facts: dict[str, Any] = {name: None if value == "" else value for name, value in given.items()}
    if facts["sector_code"] is None:
        facts["sector_version"] = None
    return CompanyFacts(**facts)


@blueprint.route("/p/<slug>/bedrijven/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_COMPANIES)
def add_company(programme: Programme) -> ResponseReturnValue:
    """Add a company that no list has brought."""
    form = CompanyForm(data={"name": request.args.get("naam", "")[:200]})
    form.fill(municipality_names(db.session))
    taken: Refused | None = None
    if form.validate_on_submit():
        try:
            made = add(
                db.session, programme=programme, draft=_facts(form), actor_id=current_user.id
            )
            db.session.commit()
        except Refused as refused:
            taken = _attach(form, refused)
        except IntegrityError:
            _taken_meanwhile(form)
        else:
            flash(_("The company is added."), "good")
            target = url_for("reach.company", slug=programme.slug, company_id=made.id)
            return redirect(target, 303)
    page = render_template(
        "reach/company_form.html", form=form, company=None, taken=taken, meanwhile=(), seen=""
    )
    return page, 422 if form.errors else 200


def _attach(form: CompanyForm, refused: Refused) -> Refused | None:
    """Put the refusal at its field; a taken number also links to who has it."""
    if refused.code == "kvk_taken":
        name = refused.params["name"]
        attach(form, "kvk_number", _("%(name)s has this number already.", name=name))
        return refused
    attach(form, refused.field or "name", _("Fill this in."))
    return None


def _taken_meanwhile(form: CompanyForm) -> None:
    """Two people gave two companies one number at the same moment; the database held it."""
    db.session.rollback()
    attach(
        form,
        "kvk_number",
        _("Somebody else gave this number to a company just now. Save again to see which."),
    )


@blueprint.route("/p/<slug>/bedrijven/<int:company_id>/wijzig", methods=["GET", "POST"])
@permitted(Permission.EDIT_COMPANIES)
def edit_company(programme: Programme, company_id: int) -> ResponseReturnValue:
    """Change what is known of a company; who saves second sees what the first one changed."""
    company = get_company(db.session, programme, company_id)
    if company.merged_into_id is not None:
        return _to(programme, company.merged_into_id, "reach.edit_company")
    form = CompanyForm(obj=company)
    form.fill(municipality_names(db.session))
    seen = request.form.get("seen")
    taken, meanwhile = None, list[Meanwhile]()
    if form.validate_on_submit():
        try:
            _change(programme, company, form)
            db.session.commit()
        except Stale:
            meanwhile = reconcile(form, company, NAMES, seen)
            form.version.data, seen = str(company.version), None
        except Refused as refused:
            taken = _attach(form, refused)
        except IntegrityError:
            _taken_meanwhile(form)
        else:
            flash(_("Saved."), "good")
            return _to(programme, company_id, "reach.company")
    return _edit_page(programme, company, form, taken, meanwhile, seen)


def _change(programme: Programme, company: Company, form: CompanyForm) -> None:
    change_company(
        db.session,
        programme=programme,
        company=company,
        facts=_facts(form),
        version=parse_version(form.version.data),
        actor_id=current_user.id,
    )


def _edit_page(
    programme: Programme,
    company: Company,
    form: CompanyForm,
    taken: Refused | None,
    meanwhile: list[Meanwhile],
    seen: str | None,
) -> ResponseReturnValue:
    last = trail(db.session, programme, "company", company.id)[:1] if meanwhile else []
    page = render_template(
        "reach/company_form.html",
        form=form,
        company=company,
        taken=taken,
        meanwhile=meanwhile,
        by=last[0].by if last else "",
        seen=seen if seen is not None else snapshot(company, NAMES),
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def _to(programme: Programme, company_id: int, endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint, slug=programme.slug, company_id=company_id), 303)
