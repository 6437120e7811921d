"""Two programmes with one of everything, and the addresses of all pages in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import product

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from pioneers import clock
from pioneers.accounts.actions import invite
from pioneers.accounts.login_links import make_login_link
from pioneers.accounts.models import Grant, User
from pioneers.accounts.resets import make_reset
from pioneers.accounts.rules import Permission, Role
from pioneers.agenda.feeds import Choice, make_feed, token_of
from pioneers.agenda.models import Feed, FeedKind, OutsideCalendar
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Doubt
from pioneers.companies.rules import DoubtReason, Subject
from pioneers.contributions.links import PLACES
from pioneers.contributions.models import Contribution, ContributionKind, LoggedBy
from pioneers.events.attendance import record_attendance
from pioneers.events.models import Attendance, Event, EventStatus
from pioneers.events.rules import Present
from pioneers.fans.models import FanContact
from pioneers.importing.reading.document import Limits
from pioneers.importing.staging import stage
from pioneers.mail.models import MailMessage
from pioneers.media.models import Photo
from pioneers.planning.models import PioneerRequest
from pioneers.presence.actions import open_self_check_in
from pioneers.profiles.models import AwayPeriod, Profile
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Indicator
from pioneers.programmes.targets import set_target
from pioneers.questions.actions import ask as ask_question
from pioneers.questions.models import (
    AskedBy,
    Expert,
    KnowledgeDraft,
    Referral,
    ReferredTo,
    ReplyText,
)
from pioneers.questions.rules import NewQuestion
from pioneers.reach.activations import propose_activation
from pioneers.reach.changes import merge_companies
from pioneers.registrations.models import (
    EventQuestion,
    QuestionKind,
    Registration,
    RegistrationState,
)
from pioneers.relations.models import Introduction, Note, NoteKind, Prospect, Side, Stage
from pioneers.reports.rules import By, Measure
from pioneers.web.tokens import new_code, new_nonce, sign
from tests import factories as make
from tests.cards.making import make_news_consent, make_run
from tests.conftest import SECRET
from tests.mail.outgoing import ask
from tests.presence.evening import make_registration
from tests.profiles.faces import keep_quote, show_profile

PROFILE_PAGES = ("public", "photo", "photo_small")
# A list with a person, and a row without a name.
LIST = b"naam;bedrijf;e-mail\nAnne van der Drost;Drost Metaal;anne@drost.example\n;Drost Metaal;\n"


@dataclass
class World:
    """One of everything in a programme; each thing is made when a route asks for it."""

    session: Session
    programme: Programme
    leader: User
    _made: dict[str, object] = field(default_factory=dict)

    def __getitem__(self, argument: str) -> object:
        """The value of a route's argument, for a record that belongs to the programme."""
        if argument not in self._made:
            assert argument in MAKERS, f"tests/site/world.py does not know <{argument}>"
            self._made[argument] = MAKERS[argument](self)
        return self._made[argument]


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
    return _add(world, staged).id


def _invitation(world: World) -> int:
    email = f"genodigde{world.programme.id}@voorbeeld.example"
    invitation, world._made["token"] = invite(
        world.session,
        email=email,
        programme_id=world.programme.id,
        role=Role.VIEWER,
        actor_id=world.leader.id,
    )
    return _add(world, invitation).id


def _token(world: World) -> object:
    assert world["invitation_id"]
    return world._made["token"]


def _person(world: World) -> int:
    company = world.session.get_one(make.Company, world["company_id"])
    return make.make_person(world.session, world.programme, company).id


def _fan(world: World) -> int:
    """A fan for which the fan's contact person of the personas speaks."""
    fan = make.make_fan(world.session, world.programme)
    _add(world, FanContact(fan_id=fan.id, name="Fan", email="fan@voorbeeld.example"))
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
    return _add(world, activation).id


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
    return _add(world, doubt).id


def _target(world: World) -> int:
    target = set_target(
        world.session,
        programme=world.programme,
        indicator=Indicator.AWARE,
        value=450,
        due_on=world.programme.ends_on,
        actor_id=world.leader.id,
    )
    return _add(world, target).id


def _occasion(world: World) -> int:
    return world.session.get_one(Event, world["event_id"]).occasion_id


def _attendance(world: World) -> int:
    event = world.session.get_one(Event, world["event_id"])
    present = [Present(person_id=_person(world), company_id=None)]
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
    return _add(world, merge).id


def _open_event(world: World) -> Event:
    """A published event to come."""
    day = clock.now() + timedelta(days=14)
    facts = {"starts_at": day, "ends_at": day + timedelta(hours=2), "published_at": clock.now()}
    code, status = new_code(8), EventStatus.PLANNED
    return make.make_event(world.session, world.programme, public_code=code, status=status, **facts)


def _registration(world: World, event: Event) -> Registration:
    return _add(
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
    return _add(world, asked).id


def _prospect(world: World) -> Prospect:
    return _add(
        world,
        Prospect(
            programme_id=world.programme.id,
            side=Side.PIONEER,
            stage=Stage.SPOTTED,
            stage_since=clock.today(),
            name="Anne de Vries",
            created_at=clock.now(),
        ),
    )


def _request(world: World) -> int:
    request = PioneerRequest(
        event_id=world["event_id"],  # type: ignore[arg-type]
        pioneer_id=world["pioneer_id"],  # type: ignore[arg-type]
        asked_at=clock.now(),
    )
    return _add(world, request).id


def _request_token(world: World) -> str:
    request = world.session.get_one(PioneerRequest, world["request_id"])
    moment = request.asked_at.isoformat(timespec="microseconds")
    return sign(SECRET, "pioneer-request", request.id, moment)


def _asked(world: World) -> int:
    """A question on the desk."""
    new = NewQuestion(asked_by=AskedBy.SITE, text="Hoe begin ik?")
    return ask_question(world.session, programme=world.programme, new=new).id


def _referral(world: World) -> Referral:
    return _add(
        world,
        Referral(
            question_id=_asked(world),
            kind=ReferredTo.TOOL,
            referred_at=clock.now(),
            token_nonce=new_nonce(),
            name="Scan",
        ),
    )


def _helped_token(world: World) -> str:
    made = _referral(world)
    return sign(SECRET, "question-helped", made.id, made.token_nonce)


def _draft(world: World) -> int:
    facts = {"programme_id": world.programme.id, "question_id": None, "made_at": clock.now()}
    return _add(world, KnowledgeDraft(title="Roosteren", body="Begin klein.", **facts)).id


def _add(world: World, record: make.T) -> make.T:
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


def _profile(world: World) -> Profile:
    """The profile of the pioneer of the personas, which everybody can see."""
    pioneer = world.session.get_one(Pioneer, world["pioneer_id"])
    return show_profile(world.session, world.programme, pioneer)


def _quote(world: World) -> int:
    return keep_quote(world.session, world.programme, _profile(world)).id


def _away(world: World) -> int:
    day = clock.today()
    away = AwayPeriod(pioneer_id=world["pioneer_id"], from_day=day, to_day=day)  # type: ignore[arg-type]
    return _add(world, away).id


def _contribution(world: World) -> int:
    """What the pioneer of the personas told of the event, with a photo."""
    photo = Photo(
        programme_id=world.programme.id,
        code=new_code(16),
        large=b"jpeg",
        small=b"jpeg",
        width=1,
        height=1,
        added_at=clock.now(),
    )
    told = Contribution(
        programme_id=world.programme.id,
        pioneer_id=world["pioneer_id"],  # type: ignore[arg-type]
        kind=ContributionKind.TALK,
        day=clock.today(),
        client_key=new_nonce(),
        logged_at=clock.now(),
        logged_by=LoggedBy.PAGE,
        event_id=world["event_id"],  # type: ignore[arg-type]
        photo_id=_add(world, photo).id,
    )
    return _add(world, told).id


def _talk_token(world: World) -> str:
    """The link in the mail after a talk of yesterday."""
    pioneer = world.session.get_one(Pioneer, world["pioneer_id"])
    begin = clock.now() - timedelta(days=1)
    moments = {"starts_at": begin, "ends_at": begin + timedelta(hours=2)}
    talk = make.make_event(world.session, world.programme, pioneers=[pioneer], **moments)
    return sign(
        SECRET,
        "talk-report",
        talk.id * PLACES + pioneer.id,
        talk.created_at.isoformat(timespec="microseconds"),
    )


# What the arguments of routes stand for, by their names.
MAKERS: dict[str, Callable[[World], object]] = {
    "slug": lambda world: world.programme.slug,
    "company_id": lambda world: make.make_company(world.session, world.programme).id,
    "person_id": _person,
    "fan_id": _fan,
    "fan_contact_id": lambda world: (
        _add(
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
        _add(
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
    "referral_id": lambda world: _referral(world).id,
    "draft_id": _draft,
    "expert_id": lambda world: (
        _add(
            world,
            Expert(programme_id=world.programme.id, name="Joris", created_at=clock.now()),
        ).id
    ),
    "text_id": lambda world: (
        _add(world, ReplyText(programme_id=world.programme.id, title="Dank", text="Dank u.")).id
    ),
    "prospect_id": lambda world: _prospect(world).id,
    "note_id": lambda world: (
        _add(
            world,
            Note(
                programme_id=world.programme.id,
                kind=NoteKind.CALL,
                day=clock.today(),
                text="Belt terug",
                written_at=clock.now(),
                prospect_id=world["prospect_id"],  # type: ignore[arg-type]
                next_step="Bellen",
            ),
        ).id
    ),
    "introduction_id": lambda world: (
        _add(
            world,
            Introduction(
                programme_id=world.programme.id,
                pioneer_id=world["pioneer_id"],  # type: ignore[arg-type]
                noted_at=clock.now(),
                fan_id=world["fan_id"],  # type: ignore[arg-type]
            ),
        ).id
    ),
    "quote_id": _quote,
    "away_id": _away,
    "contribution_id": _contribution,
    "run_id": lambda world: make_run(world.session, world.programme, world["pioneer_id"])[0].id,
}
OF_A_QUESTION = (
    *("question", "take", "reopen", "answer", "message", "edit", "refer", "close"),
    *("add_pasted", "make_draft"),
)


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


def _card_code(world: World) -> str:
    return make_run(world.session, world.programme, world["pioneer_id"])[1][0].code


def _news_token(world: World) -> str:
    consent = make_news_consent(world.session, world.programme, world["pioneer_id"])
    return sign(SECRET, "card-news", consent.id, consent.token_nonce)


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
    ("questions.helped", "token"): _helped_token,
    **{(f"questions.{page}", "question_id"): _asked for page in OF_A_QUESTION},
    **{(f"profiles.{page}", "code"): lambda world: _profile(world).code for page in PROFILE_PAGES},
    ("contributions.mail_log", "token"): _talk_token,
    ("cards.landing", "code"): _card_code,
    ("cards.leave", "code"): _card_code,
    ("cards.thanks", "code"): _card_code,
    ("cards.news", "token"): _news_token,
    ("cards.confirm", "token"): _news_token,
    ("cards.stop", "token"): _news_token,
}


@dataclass(frozen=True)
class Page:
    """A route with everything filled in."""

    rule: Rule
    method: str
    path: str
    access: Permission | str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.rule.endpoint})"


def rules(app: Flask) -> Iterator[Rule]:
    """Every route but the static files."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def pages(app: Flask, world: World, *methods: str, slug: str | None = None) -> list[Page]:
    """Every route that answers one of `methods`, with records of `world`.

    With `slug`, the address names that programme while the records stay those of `world`.
    """
    found = []
    adapter = app.url_map.bind("localhost")
    for rule in rules(app):
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        for values in _values(world, rule):
            if slug is not None and "slug" in values:
                values["slug"] = slug
            for method in (each for each in methods if each in (rule.methods or ())):
                path = adapter.build(rule.endpoint, values, method=method)
                found.append(Page(rule, method, path, access))
    return found


def _values(world: World, rule: Rule) -> Iterator[dict[str, object]]:
    """The arguments of a route, once for each word that it knows."""
    choices = [_choices(world, rule.endpoint, name) for name in rule.arguments]
    for chosen in product(*choices):
        values = dict(zip(rule.arguments, chosen, strict=True))
        if values.get("what") == "persoon":
            people = {"record_id": _person(world), "other_id": _person(world)}
            values |= {name: people[name] for name in people if name in values}
        yield values


def _choices(world: World, endpoint: str, name: str) -> Sequence[object]:
    if (endpoint, name) in ON_PAGE:
        return [ON_PAGE[endpoint, name](world)]
    return WORDS[name] if name in WORDS else [world[name]]
