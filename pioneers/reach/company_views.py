"""Companies: the list with its export, and the page of one."""

from collections.abc import Iterator

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.companies.models import Company
from pioneers.companies.queries import get_company
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.sectors import counting_section, section_name
from pioneers.reach.aliases import whole_companies
from pioneers.reach.arguments import after_argument, filters_in_address
from pioneers.reach.blueprint import blueprint
from pioneers.reach.company_list import CompanyFilters, all_companies, list_companies
from pioneers.reach.dossier import activations_of, contacts_of, merges_into, people_at, trail
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.forms import CompanyFilterForm
from pioneers.reach.labels import VERDICTS
from pioneers.reach.standing import Standing, company_standing
from pioneers.reach.trail import trail_lines
from pioneers.reach.wording import (
    Cause,
    activated_sentence,
    aware_sentence,
    sme_reasons,
    target_reasons,
)
from pioneers.web.formats import NOTHING, euros, number
from pioneers.web.i18n import language
from pioneers.web.pagination import page_number
from pioneers.web.sheets import Cell, sheet_response


@blueprint.get("/p/<slug>/bedrijven")
@permitted(Permission.SEE_PEOPLE)
def companies(programme: Programme) -> ResponseReturnValue:
    """The companies of the programme, filtered, fifty at a time."""
    places = municipality_names(db.session)
    form = CompanyFilterForm(formdata=request.args)
    form.fill(places)
    asked = form.filters()
    after = after_argument()
    scope = current_scope(programme, clock.today())
    return render_template(
        "reach/companies.html",
        form=form,
        filtered=asked != CompanyFilters(sorting=asked.sorting),
        found=list_companies(db.session, programme, asked, after=after),
        after=after,
        figures=figures(db.session, programme, scope),
        places=places,
        kept=filters_in_address(),
    )


@blueprint.get("/p/<slug>/bedrijven/export")
@permitted(Permission.SEE_PEOPLE)
def companies_export(programme: Programme) -> ResponseReturnValue:
    """The filtered list as a sheet."""
    places = municipality_names(db.session)
    form = CompanyFilterForm(formdata=request.args)
    form.fill(places)
    header = [
        _("Company"),
        _("KVK number"),
        _("Municipality"),
        _("Postcode"),
        _("Sector"),
        _("Employees"),
        _("In the target group"),
        _("Aware since"),
        _("In action since"),
    ]
    rows = _export_rows(programme, form.filters(), places)
    name = f"{programme.slug}-bedrijven-{clock.today():%Y-%m-%d}"
    return sheet_response(name, header, rows, request.args.get("formaat", "csv"))


def _export_rows(
    programme: Programme, asked: CompanyFilters, places: dict[str, str]
) -> Iterator[list[Cell]]:
    spoken = language()
    verdicts = {verdict: str(label) for verdict, label in VERDICTS.items()}
    for row in all_companies(db.session, programme, asked):
        yield [
            row.name,
            row.kvk_number,
            places.get(row.municipality_code or ""),
            row.postcode,
            section_name(row.sector, spoken) if row.sector else None,
            row.employees,
            verdicts[row.target_verdict],
            row.aware_on,
            row.activated_on,
        ]


@blueprint.get("/p/<slug>/bedrijven/<int:company_id>")
@permitted(Permission.SEE_PEOPLE)
def company(programme: Programme, company_id: int) -> ResponseReturnValue:
    """One company: its standing in a sentence, then what it rests on."""
    shown = get_company(db.session, programme, company_id)
    if shown.merged_into_id is not None:
        became = url_for("reach.company", slug=programme.slug, company_id=shown.merged_into_id)
        return redirect(became, 302)
    ids = whole_companies(db.session, {shown.id})
    standing = company_standing(db.session, shown.id)
    return render_template(
        "reach/company.html",
        company=shown,
        standing=standing,
        sentence=_sentence(standing),
        facts=_facts(shown),
        target_reasons=target_reasons(
            programme.target_group,
            employees=shown.employees,
            turnover=shown.turnover,
            balance=shown.balance,
        ),
        sme_reasons=sme_reasons(
            annual_work_units=shown.annual_work_units,
            turnover=shown.turnover,
            balance=shown.balance,
        ),
        people=people_at(db.session, ids),
        contacts=contacts_of(db.session, programme, companies=ids, page=page_number()),
        activations=activations_of(db.session, ids),
        merges=merges_into(db.session, programme, shown.id),
        trail=trail_lines(trail(db.session, programme, "company", shown.id)),
    )


def _sentence(standing: Standing) -> str:
    cause = Cause(standing.occasion, standing.fan, standing.pioneer)
    aware = aware_sentence(standing.aware_on, standing.channel, cause)
    return f"{aware} {activated_sentence(standing.activated_on)}".strip()


def _facts(company: Company) -> list[tuple[str, str]]:
    place = municipality_names(db.session).get(company.municipality_code or "", NOTHING)
    return [
        (_("KVK number"), company.kvk_number or NOTHING),
        (_("Establishment number"), company.establishment_number or NOTHING),
        (_("Sector"), _sector(company)),
        (_("Employees"), number(company.employees)),
        (_("Annual work units"), number(company.annual_work_units)),
        (_("Turnover"), euros(company.turnover)),
        (_("Balance sheet total"), euros(company.balance)),
        (_("Municipality"), place),
        (_("Postcode and place"), _address(company)),
        (_("Website"), company.web_domain or NOTHING),
    ]


def _address(company: Company) -> str:
    return " ".join(part for part in (company.postcode, company.place) if part) or NOTHING


def _sector(company: Company) -> str:
    section = counting_section(company.sector_code, company.sector_version)
    if company.sector_code is None:
        return NOTHING
    code = f"{company.sector_code}, SBI {company.sector_version or '2008'}"
    return code if section is None else f"{section_name(section, language())} ({code})"
