"""People: the list with its export, and the page of one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.companies.models import Person
from pioneers.companies.queries import get_person
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.reach.aliases import whole_people
from pioneers.reach.arguments import after_argument, filters_in_address
from pioneers.reach.blueprint import blueprint
from pioneers.reach.dossier import contacts_of, people_merged_into, trail, work_of
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.forms import PersonFilterForm
from pioneers.reach.person_list import PersonFilters, all_people, list_people
from pioneers.reach.phones import written_phone
from pioneers.reach.standing import person_standing
from pioneers.reach.trail import trail_lines
from pioneers.reach.wording import Cause, activated_sentence, aware_sentence
from pioneers.web.formats import NOTHING
from pioneers.web.pagination import page_number
from pioneers.web.sheets import sheet_response


@blueprint.get("/p/<slug>/personen")
@permitted(Permission.SEE_PEOPLE)
def people(programme: Programme) -> ResponseReturnValue:
    """The people of the programme, by family name, fifty at a time."""
    form = PersonFilterForm(formdata=request.args)
    asked = form.filters()
    after = after_argument()
    return render_template(
        "reach/people.html",
        form=form,
        filtered=asked != PersonFilters(),
        found=list_people(db.session, programme, asked, after=after),
        after=after,
        figures=figures(db.session, programme, current_scope(programme, clock.today())),
        kept=filters_in_address(),
    )


@blueprint.get("/p/<slug>/personen/export")
@permitted(Permission.SEE_PEOPLE)
def people_export(programme: Programme) -> ResponseReturnValue:
    """The filtered list as a sheet."""
    header = [_("Name"), _("Function"), _("Company"), _("E-mail address"), _("Aware since")]
    asked = PersonFilterForm(formdata=request.args).filters()
    rows = (
        [row.name, row.function, row.company_name, row.email, row.aware_on]
        for row in all_people(db.session, programme, asked)
    )
    name = f"{programme.slug}-personen-{clock.today():%Y-%m-%d}"
    return sheet_response(name, header, rows, request.args.get("formaat", "csv"))


@blueprint.get("/p/<slug>/personen/<int:person_id>")
@permitted(Permission.SEE_PEOPLE)
def person(programme: Programme, person_id: int) -> ResponseReturnValue:
    """One person: their standing in a sentence, then what it rests on."""
    shown = get_person(db.session, programme, person_id)
    if shown.merged_into_id is not None:
        became = url_for("reach.person", slug=programme.slug, person_id=shown.merged_into_id)
        return redirect(became, 302)
    ids = whole_people(db.session, {shown.id})
    standing = person_standing(db.session, shown.id)
    cause = Cause(standing.occasion, standing.fan, standing.pioneer)
    aware = aware_sentence(standing.aware_on, standing.channel, cause)
    return render_template(
        "reach/person.html",
        person=shown,
        standing=standing,
        sentence=f"{aware} {activated_sentence(standing.activated_on)}".strip(),
        facts=_facts(shown),
        work=work_of(db.session, ids),
        contacts=contacts_of(db.session, programme, people=ids, page=page_number()),
        merges=people_merged_into(db.session, programme, shown.id),
        trail=trail_lines(trail(db.session, programme, "person", shown.id)),
    )


def _facts(person: Person) -> list[tuple[str, str]]:
    return [
        (_("First name"), person.first_name or NOTHING),
        (_("Initials"), person.initials or NOTHING),
        (_("Infix"), person.infix or NOTHING),
        (_("Family name"), person.family_name or NOTHING),
        (_("E-mail address"), person.email or NOTHING),
        (_("Phone number"), written_phone(person.phone) or NOTHING),
        (_("Function"), person.function or NOTHING),
    ]
