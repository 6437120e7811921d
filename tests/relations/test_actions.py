"""Prospects, notes, introductions and thanks: what is written, and what is refused."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.rules import Role
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.identity import Claim
from pioneers.companies.models import Person
from pioneers.companies.names import parse_name
from pioneers.events.models import EventStatus
from pioneers.fans.queries import contact_people
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.mail.models import MailMessage, MailStatus, MailSwitch
from pioneers.planning.actions import ask
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason, Refused, Stale
from pioneers.relations import actions, attention, notes
from pioneers.relations.board import BoardFilters, Column, cards
from pioneers.relations.jobs import remind_steps
from pioneers.relations.models import Note, NoteKind, Prospect, Side, Stage
from pioneers.relations.queries import introductions, notes_of, steps
from pioneers.relations.rules import About, NoteDraft, Subject, Target
from pioneers.relations.thanking import Occasion, thank
from tests.factories import Personas, make_company, make_event, make_fan, make_pioneer, make_user
from tests.planning.scene import at, day, make_evening, outbox
from tests.relations.making import spot, write


def join(session: Session, programme: Programme, prospect: Prospect) -> Pioneer:
    return actions.join_as_pioneer(
        session,
        programme=programme,
        prospect=prospect,
        claim=Claim(company_name="Vries Metaal", name=parse_name("Anne de Vries")),
        appointed_on=clock.today(),
        version=prospect.version,
        actor_id=None,
    )


def test_a_prospect_moves_and_a_second_press_changes_nothing(
    session: Session, running: Programme
) -> None:
    prospect = spot(session, running)
    for _ in range(2):
        actions.move(session, prospect=prospect, to=Stage.APPROACHED, version=1, actor_id=None)
    assert (prospect.stage, prospect.version) == (Stage.APPROACHED, 2)
    with pytest.raises(Stale):
        actions.move(session, prospect=prospect, to=Stage.AGREED, version=1, actor_id=None)


def test_the_same_person_of_the_same_company_stands_on_the_board_once(
    session: Session, running: Programme
) -> None:
    spot(session, running)
    spot(session, running, company="Een ander bedrijf")
    with pytest.raises(Refused, match="prospect_known"):
        spot(session, running, name="ANNE de vries")


def test_only_the_team_can_be_responsible(session: Session, running: Programme) -> None:
    viewer = make_user(session, Role.VIEWER, running)
    with pytest.raises(Refused, match="responsible_unknown"):
        spot(session, running, responsible_id=viewer.id)


def test_who_joins_becomes_a_pioneer_and_the_notes_and_introductions_go_along(
    session: Session, running: Programme
) -> None:
    other = make_pioneer(session, running)
    prospect = spot(session, running)
    write(session, running, prospect, text="Wil meedoen")
    pioneer = join(session, running, prospect)
    assert (prospect.stage, prospect.pioneer_id) == (Stage.JOINED, pioneer.id)
    assert (prospect.person_id, prospect.company_id) == (pioneer.person_id, pioneer.company_id)
    rows = notes_of(session, running, About(Subject.PIONEER, pioneer.id))
    assert [row.note.text for row in rows] == ["Wil meedoen"]
    assert notes_of(session, running, About(Subject.PIONEER, other.id)) == []
    with pytest.raises(Refused, match="not_open"):
        join(session, running, prospect)


def test_a_joined_fan_brings_its_contact_person_and_who_can_introduce_us(
    session: Session, running: Programme
) -> None:
    pioneer = make_pioneer(session, running)
    prospect = spot(session, running, side=Side.FAN, name="Bakkerskring", company="")
    notes.introduce(
        session,
        programme=running,
        pioneer_id=pioneer.id,
        target=Target.PROSPECT,
        target_id=prospect.id,
        remark="zit in het bestuur",
        actor_id=None,
    )
    fan = actions.join_as_fan(
        session,
        programme=running,
        prospect=prospect,
        draft=FanDraft("Bakkerskring"),
        contact=ContactPersonDraft("Jan Hobert"),
        version=1,
        actor_id=None,
    )
    assert [one.name for one in contact_people(session, fan)] == ["Jan Hobert"]
    (row,) = introductions(session, running, target=Target.FAN, target_id=fan.id)
    assert (row.pioneer_id, row.remark) == (pioneer.id, "zit in het bestuur")


def test_nothing_is_left_of_a_fan_whose_name_is_taken(session: Session, running: Programme) -> None:
    make_fan(session, running, name="Bakkerskring")
    prospect = spot(session, running, side=Side.FAN, name="Bakkerskring", company="")
    with pytest.raises(Refused, match="fan_name_taken"):
        actions.join_as_fan(
            session,
            programme=running,
            prospect=prospect,
            draft=FanDraft("Bakkerskring"),
            contact=None,
            version=1,
            actor_id=None,
        )
    assert prospect.stage == Stage.SPOTTED


def test_what_came_to_nothing_has_its_reason_and_can_be_taken_up_again(
    session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    leader = personas.leader.id
    write(session, running, prospect, actor_id=leader, next_step="Bellen", due_on=clock.today())
    actions.end_prospect(
        session,
        prospect=prospect,
        reason=EndReason.NO_TIME,
        remark="Volgend jaar",
        version=prospect.version,
        actor_id=leader,
    )
    assert steps(session, running) == []
    (card,) = cards(session, running, Side.PIONEER, BoardFilters(), clock.today())
    assert (card.column, card.reason, card.never_joined) == (
        Column.FORMER,
        EndReason.NO_TIME,
        True,
    )
    actions.resume_prospect(session, prospect=prospect, version=prospect.version, actor_id=leader)
    assert (prospect.stage, prospect.end_reason) == (Stage.SPOTTED, None)
    assert [step.step for step in steps(session, running)] == ["Bellen"]


def test_the_board_shows_what_is_late_and_of_whom(
    session: Session, running: Programme, personas: Personas
) -> None:
    colleague = make_user(session, Role.PROJECT_LEADER, running)
    late = spot(session, running, responsible_id=personas.leader.id)
    spot(session, running, name="Bram", company="", responsible_id=colleague.id)
    write(
        session,
        running,
        late,
        actor_id=colleague.id,
        day=day(-9),
        next_step="Bellen",
        due_on=day(-1),
    )

    def names(**filters: object) -> list[str]:
        asked = BoardFilters(**filters)  # type: ignore[arg-type]
        return [one.name for one in cards(session, running, Side.PIONEER, asked, clock.today())]

    assert names() == ["Anne de Vries", "Bram"]
    assert names(overdue=True) == ["Anne de Vries"]
    assert names(responsible_id=colleague.id) == ["Anne de Vries", "Bram"]
    assert names(responsible_id=personas.leader.id) == ["Anne de Vries"]
    assert names(text="vriés metaal") == ["Anne de Vries"]


def test_whoever_would_do_a_step_is_reminded_once_on_its_day(
    session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    leader = personas.leader.id
    note = write(session, running, prospect, actor_id=leader, next_step="Bellen", due_on=day(1))
    assert remind_steps(session) == 0
    with clock.at(at(1, 9)):
        assert remind_steps(session) == 1
        assert remind_steps(session) == 0
        (mail,) = outbox(session, "relations.due")
        assert mail.to == personas.leader.email
        notes.finish_step(session, note=note, actor_id=leader)
        notes.finish_step(session, note=note, actor_id=leader)
    assert note.done_by_id == leader
    assert [one.status for one in _sent(session)] == [MailStatus.WITHDRAWN]


def _sent(session: Session) -> list[MailMessage]:

    return list(session.scalars(select(MailMessage).where(MailMessage.kind == "relations.due")))


def test_a_step_that_is_put_off_is_reminded_on_its_new_day(
    session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    leader = personas.leader.id
    note = write(session, running, prospect, actor_id=leader, next_step="Bellen", due_on=day(0))
    assert remind_steps(session) == 1

    later = NoteDraft(NoteKind.CALL, day(0), "Belt terug", "Bellen", day(2), leader)
    notes.change_note(
        session, programme=running, note=note, draft=later, version=note.version, actor_id=leader
    )
    assert remind_steps(session) == 0
    with clock.at(at(2, 9)):
        assert remind_steps(session) == 1


def test_nobody_is_reminded_who_left_the_team_nor_where_it_is_switched_off(
    session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    facts = {"next_step": "Bellen", "due_on": clock.today()}
    write(session, running, prospect, actor_id=personas.viewer.id, **facts)
    assert remind_steps(session) == 0
    write(session, running, prospect, actor_id=personas.leader.id, **facts)
    session.add(MailSwitch(programme_id=running.id, kind="relations.due", is_on=False))
    session.flush()
    assert remind_steps(session) == 0


def test_an_introduction_is_noted_once(session: Session, running: Programme) -> None:
    pioneer, company = make_pioneer(session, running), make_company(session, running, name="Bos BV")
    assert notes.company_named(session, running, "bos b.v.") == company.id

    def note() -> None:
        notes.introduce(
            session,
            programme=running,
            pioneer_id=pioneer.id,
            target=Target.COMPANY,
            target_id=company.id,
            remark="",
            actor_id=None,
        )

    note()
    with pytest.raises(Refused, match="introduction_known"):
        note()
    with pytest.raises(Refused, match="company_unknown"):
        notes.company_named(session, running, "Nergens BV")
    make_company(session, running, name="Bos B.V.")
    with pytest.raises(Refused, match="company_twice"):
        notes.company_named(session, running, "Bos BV")
    assert len(introductions(session, running, target=Target.COMPANY, target_id=company.id)) == 1


def test_silence_ends_with_a_word_and_not_with_a_note_for_ourselves(
    session: Session, running: Programme
) -> None:
    pioneer = make_pioneer(session, running, appointed_on=day(-300))
    asked = make_pioneer(session, running, appointed_on=day(-300))
    make_pioneer(session, running, appointed_on=day(-300), ended_on=day(-2))
    make_pioneer(session, running, appointed_on=day(-10))
    fan = make_fan(session, running, created_at=at(-90))

    def waiting() -> set[About]:
        return {one.about for one in attention.silent(session, running, clock.today())}

    first, second, third = (
        About(Subject.PIONEER, pioneer.id),
        About(Subject.PIONEER, asked.id),
        About(Subject.FAN, fan.id),
    )
    assert waiting() == {first, second, third}
    event = make_evening(session, running)
    ask(session, programme=running, event=event, pioneer_ids=[asked.id], message="", actor_id=None)
    write(session, running, third, kind=NoteKind.CONVERSATION)
    write(session, running, first, kind=NoteKind.MEMO)
    assert waiting() == {first}
    write(session, running, first, kind=NoteKind.MAIL, day=day(-60))
    assert waiting() == {first}
    write(session, running, first, kind=NoteKind.MAIL, day=day(-59))
    assert waiting() == set()
    running.ends_on = day(-1)
    session.flush()
    running.silence_days = 1
    assert waiting() == set()


def test_a_talk_is_thanked_for_once_by_mail(session: Session, running: Programme) -> None:
    pioneer = make_pioneer(session, running, appointed_on=day(-100))
    facts = {"status": EventStatus.HELD, "pioneers": [pioneer]}
    event = make_event(session, running, starts_at=at(-2), ends_at=at(-2, 22), **facts)
    make_event(session, running, starts_at=at(-60), ends_at=at(-60, 22), **facts)
    (talk,) = attention.talks_to_thank(session, running, clock.today())
    assert talk.event_id == event.id

    def say() -> bool:
        return thank(
            session,
            programme=running,
            pioneer=pioneer,
            occasion=Occasion(event_id=event.id),
            message="Dank voor uw <b>verhaal</b>",
            by_mail=True,
            actor_id=None,
        )

    assert say()
    assert not say()
    person = session.get_one(Person, pioneer.person_id)
    assert [one.to for one in outbox(session, "relations.thanks")] == [person.email]
    assert attention.talks_to_thank(session, running, clock.today()) == []


def test_an_anniversary_is_noted_without_mail_when_one_said_it_otherwise(
    session: Session, running: Programme
) -> None:
    pioneer = make_pioneer(session, running, appointed_on=day(-366))
    session.get_one(Person, pioneer.person_id).email = None
    (one,) = attention.jubilees(session, running, clock.today())
    occasion = Occasion(years=one.anniversary.years)
    facts = {"programme": running, "pioneer": pioneer, "occasion": occasion, "actor_id": None}
    with pytest.raises(Refused, match="no_address"):
        thank(session, message="Dank", by_mail=True, **facts)  # type: ignore[arg-type]
    assert thank(session, message="Dank", by_mail=False, **facts)  # type: ignore[arg-type]
    assert attention.jubilees(session, running, clock.today()) == []
    assert session.scalars(select(Note.kind)).all() == [NoteKind.THANKS]
    assert outbox(session, "relations.thanks") == []


def test_a_note_that_is_removed_takes_its_reminder_along(
    session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    leader = personas.leader.id
    note = write(session, running, prospect, actor_id=leader, next_step="Bellen", due_on=day(0))
    remind_steps(session)
    notes.remove_note(session, note=note, actor_id=leader)
    assert [one.status for one in _sent(session)] == [MailStatus.WITHDRAWN]
    assert session.scalars(select(Note)).all() == []
