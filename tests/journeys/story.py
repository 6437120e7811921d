"""The small programme in which the stories happen: an event, people who are known, and targets."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.companies.models import Company
from pioneers.events.models import Event
from pioneers.programmes.rules import Indicator, Unit
from pioneers.programmes.targets import set_target
from pioneers.search.actions import NewEntry, index
from pioneers.search.models import Kind
from tests import factories as make
from tests.importing.files import sheet_csv, sheet_xlsx
from tests.journeys.conftest import Live

SLUG = "overijssel"
HEADER = ["Naam", "Bedrijf", "E-mailadres", "Aanwezig"]
# One is known by the address, one comes from a company that may be known, one did not come,
# one address is none, and two are new: with the doubt answered, three people are new.
EVENING = [
    ["Anke Terpstra", "Bakkerij Terpstra B.V.", "anke@bakkerij-terpstra.example", "ja"],
    ["Bram Oosterhof", "Oosterhof Metaal", "bram@oosterhof-metaal.example", "ja"],
    ["Fenna Kolk", "Wiersma Timmerwerk B.V.", "fenna@wiersma.example", "ja"],
    ["Joris Mous", "Hulshof Bouwe", "", "ja"],
    ["Dirk Smeenk", "Smeenk Advies", "dirk@smeenk.example", "nee"],
    ["Cora Wissink", "Wissink Tuinen", "cora@wissink", "ja"],
]
MORNING = [
    ["Esra Kaya", "Kaya Techniek B.V.", "esra@kaya-techniek.example", "ja"],
    ["Anke Terpstra", "Bakkerij Terpstra B.V.", "anke@bakkerij-terpstra.example", "ja"],
]
EVENING_CSV = sheet_csv([HEADER, *EVENING])
MORNING_XLSX = sheet_xlsx([["Ontbijt van 18 mei"], HEADER, *MORNING])


@dataclass(frozen=True)
class Story:
    """Who and what the stories are about."""

    leader: User
    colleague: User
    viewer: User
    event: Event
    company: Company


def begin(live: Live) -> Story:
    """Write the programme. One person, Fenna Kolk of Wiersma Timmerwerk, is made aware already."""
    return live.write(_write)


def _write(session: Session) -> Story:
    programme = make.make_programme(
        session, slug=SLUG, name="Slimmer Werken Overijssel", aware_unit=Unit.PEOPLE
    )
    leader = make.make_user(session, Role.PROJECT_LEADER, programme, name="Hanneke Smit")
    for indicator, value in ((Indicator.AWARE, 450), (Indicator.ACTIVATED, 100)):
        set_target(
            session,
            programme=programme,
            indicator=indicator,
            value=value,
            due_on=date(2019, 12, 31),
            actor_id=leader.id,
        )
    fan = make.make_fan(session, programme, name="Ondernemershuis Vechtdal")
    company = make.make_company(session, programme, name="Wiersma Timmerwerk B.V.")
    person = make.make_person(
        session,
        programme,
        company,
        first_name="Fenna",
        family_name="Kolk",
        email="fenna@wiersma.example",
    )
    make.make_contact(session, programme, person_id=person.id, company_id=company.id)
    other = make.make_company(session, programme, name="Hulshof Bouw")
    entries = [
        NewEntry(programme.id, Kind.COMPANY, one.id, one.name, "", one.name)
        for one in (company, other)
    ]
    index(session, entries)
    return Story(
        leader=leader,
        colleague=make.make_user(session, Role.PROJECT_LEADER, programme, name="Hugo Brinks"),
        viewer=make.make_user(session, Role.VIEWER, programme, name="Carla Beheer"),
        event=make.make_event(
            session, programme, fan_id=fan.id, day=date(2017, 5, 18), title="Loslaten kun je leren"
        ),
        company=company,
    )
