"""How one of everything is made: events, people, mail, and what arguments of routes stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import select

from pioneers import clock
from pioneers.accounts.actions import invite
from pioneers.accounts.login_links import make_login_link
from pioneers.accounts.models import Grant, User
from pioneers.accounts.resets import make_reset
from pioneers.accounts.rules import Role
from pioneers.agenda.feeds import Choice, make_feed, token_of
from pioneers.agenda.models import Feed, FeedKind, OutsideCalendar
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Doubt
from pioneers.companies.rules import DoubtReason, Subject
from pioneers.events.attendance import record_attendance
from pioneers.events.models import Attendance, Event, EventStatus
from pioneers.events.rules import Present
from pioneers.fans.models import FanContact
from pioneers.importing.reading.document import Limits
from pioneers.importing.staging import stage
from pioneers.mail.models import MailMessage
from pioneers.planning.models import PioneerRequest
from pioneers.presence.actions import open_self_check_in
from pioneers.programmes.rules import Indicator
from pioneers.programmes.targets import set_target
from pioneers.reach.activations import propose_activation
from pioneers.reach.changes import merge_companies
from pioneers.registrations.models import (
    EventQuestion,
    QuestionKind,
    Registration,
    RegistrationState,
)
from pioneers.reports.rules import By, Measure
from pioneers.web.tokens import new_code, new_nonce, sign
from tests import factories as make
from tests.conftest import SECRET
from tests.mail.outgoing import ask
from tests.presence.evening import make_registration

if TYPE_CHECKING:
    from tests.site.world import World

# A list with a person, and a row without a name.
LIST = b"naam;bedrijf;e-mail\nAnne van der Drost;Drost Metaal;anne@drost.example\n;Drost Metaal;\n"


def _import(world: World) -> int:
    staged = stage(
        world.session,
        programme=world.programme,
        event=world.session.get_one(Event, world["event_id"]),
        source=BytesIO(LIST),
        file_name="lijst.csv",
        limits=Limits(size=len(LIST), rows=100),
        actor_id=world.leader.id,
    )
    return add(world, staged).id


def _invitation(world: World) -> int:
    email = f"genodigde{world.programme.id}@voorbeeld.example"
    invitation, world._made["token"] = invite(
        world.session,
        email=email,
        programme_id=world.programme.id,
        role=Role.VIEWER,
        actor_id=world.leader.id,
    )
    return add(world, invitation).id


def _token(world: World) -> object:
    assert world["invitation_id"]
    return world._made["token"]


def a_person(world: World) -> int:
    company = world.session.get_one(make.Company, world["company_id"])
    return make.make_person(world.session, world.programme, company).id


def _fan(world: World) -> int:
    """A fan for which the fan's contact person of the personas speaks."""
    fan = make.make_fan(world.session, world.programme)
    add(world, FanContact(fan_id=fan.id, name="Fan", email="fan@voorbeeld.example"))
    return fan.id


def _pioneer(world: World) -> int:
    """The pioneer that the pioneer of the personas is."""
    company = make.make_company(world.session, world.programme)
    person = make.make_person(
        world.session, world.programme, company, email="pionier@voorbeeld.example"
    )
    return make.make_pioneer(world.session, world.programme, company=company, person=person).id


def _contact(world: World) -> int:
    return make.make_contact(
        world.session,
        world.programme,
        occasion_id=world["occasion_id"],
        company_id=world["company_id"],
        person_id=world["person_id"],
    )


def _activation(world: World) -> int:
    activation = propose_activation(
        world.session,
        programme=world.programme,
        company_id=world["company_id"],  # type: ignore[arg-type]
        kind_id=world["kind_id"],  # type: ignore[arg-type]
        day=world.programme.starts_on,  # type: ignore[arg-type]
        proof="Offerte van een adviseur",
        actor_id=None,
    )
    return add(world, activation).id


def _doubt(world: World) -> int:
    left, right = (make.make_company(world.session, world.programme).id for _ in range(2))
    doubt = Doubt(
        programme_id=world.programme.id,
        subject=Subject.COMPANY,
        left_id=left,
        right_id=right,
        reason=DoubtReason.LIKE_NAME,
        score=91,
        raised_at=clock.now(),
    )
    return add(world, doubt).id


def _target(world: World) -> int:
    target = set_target(
        world.session,
        programme=world.programme,
        indicator=Indicator.AWARE,
        value=450,
        due_on=world.programme.ends_on,
        actor_id=world.leader.id,
    )
    return add(world, target).id


def _occasion(world: World) -> int:
    return world.session.get_one(Event, world["event_id"]).occasion_id


def _attendance(world: World) -> int:
    event = world.session.get_one(Event, world["event_id"])
    present = [Present(person_id=a_person(world), company_id=None)]
    record_attendance(
        world.session, programme=world.programme, event=event, present=present, actor_id=None
    )
    return world.session.scalars(select(Attendance.id).where(Attendance.event_id == event.id)).one()


def _merge(world: World) -> int:
    loser, winner = (make.make_company(world.session, world.programme).id for _ in range(2))
    merge = merge_companies(
        world.session,
        programme=world.programme,
        loser_id=loser,
        winner_id=winner,
        actor_id=world.leader.id,
    )
    return add(world, merge).id


def _open_event(world: World) -> Event:
    """A published event to come."""
    day = clock.now() + timedelta(days=14)
    facts = {"starts_at": day, "ends_at": day + timedelta(hours=2), "published_at": clock.now()}
    code, status = new_code(8), EventStatus.PLANNED
    return make.make_event(world.session, world.programme, public_code=code, status=status, **facts)


def _registration(world: World, event: Event) -> Registration:
    return add(
        world,
        Registration(
            programme_id=world.programme.id,
            event_id=event.id,
            state=RegistrationState.REGISTERED,
            code=new_code(8),
            token_nonce=new_nonce(),
            name="Anne de Vries",
            registered_at=clock.now(),
        ),
    )


def _registration_token(world: World) -> str:
    made = _registration(world, _open_event(world))
    return sign(SECRET, "registration", made.id, made.token_nonce)


def _question(world: World) -> int:
    event_id: int = world["event_id"]  # type: ignore[assignment]
    asked = EventQuestion(event_id=event_id, position=1, label="Dieet", kind=QuestionKind.TEXT)
    return add(world, asked).id


def _request(world: World) -> int:
    request = PioneerRequest(
        event_id=world["event_id"],  # type: ignore[arg-type]
        pioneer_id=world["pioneer_id"],  # type: ignore[arg-type]
        asked_at=clock.now(),
    )
    return add(world, request).id


def _request_token(world: World) -> str:
    request = world.session.get_one(PioneerRequest, world["request_id"])
    moment = request.asked_at.isoformat(timespec="microseconds")
    return sign(SECRET, "pioneer-request", request.id, moment)


def add(world: World, record: make.T) -> make.T:
    world.session.add(record)
    world.session.flush()
    return record


def _message(world: World) -> int:
    ask(world.session, programme_id=world.programme.id)
    return world.session.scalars(
        select(MailMessage.id).where(MailMessage.programme_id == world.programme.id)
    ).one()


def _feed(world: World) -> int:
    """A private calendar of the leader, who is the one that looks at every page."""
    leader = world.session.scalar(
        select(User)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.programme_id == world.programme.id, Grant.role == Role.PROJECT_LEADER)
        .order_by(User.id)
    )
    choice = Choice(FeedKind.PROGRAMME)
    feed = make_feed(
        world.session, programme=world.programme, user=leader or world.leader, choice=choice
    )
    return feed.id


# What the arguments of routes stand for, by their names.
MAKERS: dict[str, Callable[[World], object]] = {
    "slug": lambda world: world.programme.slug,
    "company_id": lambda world: make.make_company(world.session, world.programme).id,
    "person_id": a_person,
    "fan_id": _fan,
    "fan_contact_id": lambda world: (
        add(
            world,
            FanContact(fan_id=world["fan_id"], name="Els ten Brink"),  # type: ignore[arg-type]
        ).id
    ),
    "pioneer_id": _pioneer,
    "event_id": lambda world: (
        make.make_event(
            world.session,
            world.programme,
            fan_id=world["fan_id"],
            pioneers=[world.session.get_one(Pioneer, world["pioneer_id"])],
        ).id
    ),
    "occasion_id": _occasion,
    "contact_id": _contact,
    "kind_id": lambda world: make.make_activation_kind(world.session, world.programme).id,
    "activation_id": _activation,
    "doubt_id": _doubt,
    "target_id": _target,
    "import_id": _import,
    "attendance_id": _attendance,
    "merge_id": _merge,
    "record_id": lambda world: world["company_id"],
    "other_id": lambda world: make.make_company(world.session, world.programme).id,
    "user_id": lambda world: make.make_user(world.session, Role.VIEWER, world.programme).id,
    "invitation_id": _invitation,
    "token": _token,
    "message_id": _message,
    "code": lambda world: _open_event(world).public_code,
    "registration_id": lambda world: (
        _registration(world, world.session.get_one(Event, world["event_id"])).id
    ),
    "question_id": _question,
    "feed_id": _feed,
    "calendar_id": lambda world: (
        add(
            world,
            OutsideCalendar(
                programme_id=world.programme.id,
                fan_id=world["fan_id"],  # type: ignore[arg-type]
                name="Agenda van de kring",
                created_at=clock.now(),
                address="https://kring.example/agenda.ics",
            ),
        ).id
    ),
    "request_id": _request,
}


def _reset(world: World) -> str:
    user = make.make_user(world.session, Role.VIEWER, world.programme)
    return make_reset(world.session, user=user, secret=SECRET, actor_id=world.leader.id)


def _guest(world: World) -> str:
    """The code of somebody who registered."""
    event = world.session.get_one(Event, world["event_id"])
    made = make_registration(world.session, event)
    return sign(SECRET, "guest", made.id, made.token_nonce)


def _screen_code(world: World) -> str:
    """The code on the screen of an event."""
    event = world.session.get_one(Event, world["event_id"])
    return open_self_check_in(world.session, event=event)


def _feed_token(world: World) -> str:
    return token_of(world.session.get_one(Feed, world["feed_id"]), SECRET)


def _published(world: World) -> str:
    event = world.session.get_one(Event, world["event_id"])
    event.public_code = event.public_code or new_code(7)
    event.published_at = event.published_at or clock.now()
    world.session.flush()
    return event.public_code


# Arguments that are one of a few words: a page for each of them.
WORDS: dict[str, Sequence[object]] = {
    "number": [2],  # the first row of LIST
    "by": [*By],
    "measure": [*Measure],
    "kind": ["csv", "xlsx"],
    "what": ["bedrijf", "persoon"],
    "mail_kind": ["accounts.invitation"],
    "mail_language": ["nl", "en"],
    "purpose": ["profile", "photo"],
    "size": ["groot", "klein"],
    "page_key": ["home"],  # a text of the public site
    "lang": ["nl"],
}


def _login_link(world: World) -> str:
    user = make.make_user(world.session, Role.VIEWER, world.programme)
    return make_login_link(world.session, user=user, secret=SECRET)


# Arguments that mean something else on a page.
ON_PAGE: dict[tuple[str, str], Callable[[World], object]] = {
    ("accounts.use_link", "token"): _login_link,
    ("accounts.new_password", "token"): _reset,
    ("presence.guest", "token"): _guest,
    ("presence.self_check_in", "code"): _screen_code,
    ("presence.checked_in", "code"): _screen_code,
    ("presence.inside", "code"): _screen_code,
    ("registrations.own", "token"): _registration_token,
    ("registrations.change", "token"): _registration_token,
    ("registrations.cancel", "token"): _registration_token,
    ("registrations.confirm", "token"): _registration_token,
    ("agenda.event_file", "code"): _published,
    ("agenda.feed", "token"): _feed_token,
    ("agenda.own_feed", "token"): _registration_token,
    ("planning.answer", "token"): _request_token,
}
