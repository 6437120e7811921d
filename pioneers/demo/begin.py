"""The beginning of the demonstration: accounts, both programmes, roles and targets."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.actions import add_user, grant
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.programmes.actions import create_programme
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Indicator, Unit
from pioneers.programmes.targets import set_target

AnySession = Session | scoped_session[Session]
SLUG = "overijssel"
EMPTY_SLUG = "voorbeeld"
RUNNING_SLUG = "bedrijf"
ACTION_LINE = "Sociale en organisatorische innovatie"
PASSWORD = "kijk-rustig-rond-2026"  # noqa: S105 - printed; production refuses these accounts
STARTS, ENDS = date(2016, 1, 1), date(2019, 12, 31)
SUB_TARGETS = {
    Indicator.AWARE: ((2016, 100), (2017, 225), (2018, 350)),
    Indicator.ACTIVATED: ((2016, 15), (2017, 45), (2018, 75)),
}


@dataclass(frozen=True)
class Account:
    """An account of the demonstration."""

    email: str
    name: str
    role: Role | None


ACCOUNTS = (
    Account("leider@pioniers.example", "Marit Leferink", Role.PROJECT_LEADER),
    Account("collega@pioniers.example", "Hugo Brinks", Role.PROJECT_LEADER),
    Account("kijker@pioniers.example", "Carla Beheer", Role.VIEWER),
    Account("pionier@pioniers.example", "Karin Bosch", Role.PIONEER),
    Account("fan@pioniers.example", "Wim Podium", Role.FAN_CONTACT),
    Account("beheerder@pioniers.example", "Bea Sleutel", None),
)


def make_users(session: AnySession) -> dict[str, int]:
    """Make the accounts; their ids by address."""
    made: dict[str, User] = {
        account.email: add_user(
            session,
            email=account.email,
            name=account.name,
            password=PASSWORD,
            is_administrator=account.role is None,
            is_demonstration=True,
            origin="command",
        )
        for account in ACCOUNTS
    }
    session.flush()
    return {email: user.id for email, user in made.items()}


@dataclass(frozen=True)
class Programmes:
    """The three programmes: one that is over and answered, one that runs, and an empty one."""

    over: Programme
    running: Programme
    empty: Programme

    def of(self, role: Role) -> tuple[Programme, ...]:
        """Where the account with `role` is: pioneer and host are where something is to come."""
        if role == Role.PROJECT_LEADER:
            return (self.over, self.running, self.empty)
        return (self.over, self.running) if role == Role.VIEWER else (self.running,)


def _roles(session: AnySession, users: dict[str, int], programmes: Programmes) -> None:
    for account in ACCOUNTS:
        if account.role is None:
            continue
        for where in programmes.of(account.role):
            grant(
                session,
                user_id=users[account.email],
                programme_id=where.id,
                role=account.role,
                actor_id=users["beheerder@pioniers.example"],
                origin="command",
            )


def make_programmes(session: AnySession, users: dict[str, int], today: date) -> Programmes:
    """Make the programmes, with everybody's roles; `today` is when the one that runs is loaded."""
    make = partial(
        create_programme,
        session,
        actor_id=users["beheerder@pioniers.example"],
        origin="command",
        is_demonstration=True,
    )
    over = make(
        slug=SLUG,
        name="Pioniers Overijssel",
        starts_on=STARTS,
        ends_on=ENDS,
        aware=450,
        activated=100,
        aware_unit=Unit.PEOPLE,
        action_line=ACTION_LINE,
    )
    empty = make(
        slug=EMPTY_SLUG,
        name="Nieuw programma",
        starts_on=None,
        ends_on=None,
        aware=None,
        activated=None,
    )
    running = make(
        slug=RUNNING_SLUG,
        name="Pioniers in bedrijf",
        starts_on=date(today.year - 1, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        aware=120,
        activated=30,
        action_line=ACTION_LINE,
    )
    made = Programmes(over, running, empty)
    _roles(session, users, made)
    _year_targets(session, over, users["leider@pioniers.example"])
    return made


def _year_targets(session: AnySession, programme: Programme, leader: int) -> None:
    for indicator, years in SUB_TARGETS.items():
        for year, value in years:
            set_target(
                session,
                programme=programme,
                indicator=indicator,
                value=value,
                due_on=date(year, 12, 31),
                actor_id=leader,
                is_final=False,
            )
