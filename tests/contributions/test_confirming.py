"""What rises when a second source says the same, and what does not."""

import pytest
from sqlalchemy import select

from pioneers import clock
from pioneers.contributions.actions import correct, settle, withdraw
from pioneers.contributions.models import Contribution, ContributionKind
from pioneers.contributions.rooms import differences, host_counted, proofs_of, room_of
from pioneers.contributions.rules import Draft, Meeting, Named, Proof
from pioneers.events.actions import report_headcount
from pioneers.events.attendance import record_attendance
from pioneers.events.models import Attendance, Speaker
from pioneers.events.rules import Absent, Present
from pioneers.programmes.rules import Evidence
from pioneers.reach.check import check
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel
from tests.contributions.scene import Scene
from tests.factories import Personas, make_company, make_person, make_pioneer

ANNE = Named("Anne de Vries", "Vries Bouw B.V.", "anne@vries.example")


def second_speaker(scene: Scene) -> object:
    """Somebody else who speaks at the same event."""
    other = make_pioneer(scene.session, scene.programme)
    scene.session.add(Speaker(event_id=scene.talk.id, pioneer_id=other.id, position=2))
    scene.session.flush()
    return other


def heads_by_two(scene: Scene, first: int, second: int) -> tuple[Contribution, Contribution]:
    """Two speakers tell of one room, of which the host gave no number."""
    draft = Draft(event_id=scene.talk.id, heads=second)
    other = second_speaker(scene)
    one = scene.told(first)
    return one, scene.tell(draft, pioneer=other).contribution  # type: ignore[arg-type]


def proof_of(scene: Scene) -> Proof:
    return proofs_of(scene.session, scene.programme, [scene.talk.id])[scene.talk.id]


def meetings(scene: Scene) -> list[Meeting]:
    return [one.meeting for one in room_of(scene.session, scene.programme, scene.talk).reports]


def heads_in_the_ledger(scene: Scene) -> list[int | None]:
    """The numbers of people at the event that count."""
    return list(
        scene.session.scalars(
            select(Contact.heads).where(
                Contact.occasion_id == scene.talk.occasion_id,
                Contact.heads.is_not(None),
                Contact.voided_at.is_(None),
            )
        )
    )


def host_says(scene: Scene, heads: int, by: int | None) -> None:
    report_headcount(
        scene.session, programme=scene.programme, event=scene.talk, heads=heads, actor_id=by
    )
    host_counted(scene.session, scene.programme, scene.talk, by)


def test_a_room_is_told_by_one_until_a_second_source_agrees(
    scene: Scene, personas: Personas
) -> None:
    assert proof_of(scene) == Proof.NONE
    scene.told(40)
    assert proof_of(scene) == Proof.REPORTED
    host_says(scene, 44, personas.leader.id)
    assert proof_of(scene) == Proof.CONFIRMED
    assert heads_in_the_ledger(scene) == [44]


def test_a_host_who_comes_to_the_same_number_is_who_noted_it(
    scene: Scene, personas: Personas
) -> None:
    scene.told(40)
    host_says(scene, 40, personas.leader.id)
    (noted,) = scene.session.scalars(
        select(Contact).where(Contact.heads.is_not(None), Contact.voided_at.is_(None))
    )
    assert (noted.heads, noted.recorded_by_id) == (40, personas.leader.id)
    assert proof_of(scene) == Proof.CONFIRMED
    assert check(scene.session, scene.programme) == []


def test_nobody_confirms_their_own_number(scene: Scene, personas: Personas) -> None:
    made = scene.told(40)
    made.logged_by_user_id = personas.leader.id
    host_says(scene, 40, personas.leader.id)
    assert meetings(scene) == [Meeting.ALIKE]
    assert proof_of(scene) == Proof.REPORTED


def test_two_speakers_who_agree_confirm_each_other_and_count_once(scene: Scene) -> None:
    heads_by_two(scene, 40, 44)
    assert meetings(scene) == [Meeting.AGREE, Meeting.AGREE]
    assert proof_of(scene) == Proof.CONFIRMED
    assert heads_in_the_ledger(scene) == [40]
    assert differences(scene.session, scene.programme) == []


def test_two_speakers_who_differ_are_one_task_and_count_once(scene: Scene) -> None:
    one, _other = heads_by_two(scene, 40, 90)
    (task,) = differences(scene.session, scene.programme)
    assert (task.host, task.proof) == (None, Proof.DISPUTED)
    assert sorted(report.contribution.heads or 0 for report in task.numbers) == [40, 90]
    assert heads_in_the_ledger(scene) == [40]
    _settle(scene, one, 90)
    assert differences(scene.session, scene.programme) == []
    assert (proof_of(scene), heads_in_the_ledger(scene)) == (Proof.SETTLED, [90])


def _settle(scene: Scene, made: Contribution, heads: int) -> None:
    settle(
        scene.session,
        programme=scene.programme,
        contribution=made,
        heads=heads,
        version=made.version,
        actor_id=None,
    )


def test_what_the_leader_decided_confirms_nothing(scene: Scene) -> None:
    host_says(scene, 80, None)
    made = scene.told(40)
    _settle(scene, made, 60)
    draft = Draft(event_id=scene.talk.id, heads=61)
    scene.tell(draft, pioneer=second_speaker(scene))  # type: ignore[arg-type]
    assert proof_of(scene) == Proof.SETTLED


def test_when_a_report_is_withdrawn_the_other_speakers_number_is_the_rooms(scene: Scene) -> None:
    one, other = heads_by_two(scene, 40, 44)
    _withdraw(scene, one)
    assert (heads_in_the_ledger(scene), other.gave_headcount) == ([44], True)
    assert proof_of(scene) == Proof.REPORTED


def _withdraw(scene: Scene, made: Contribution) -> None:
    withdraw(
        scene.session,
        programme=scene.programme,
        contribution=made,
        version=made.version,
        actor_id=None,
    )


# Whom a pioneer names


def name(scene: Scene, pioneer: object | None = None) -> Contribution:
    """The pioneer tells of the talk, and that they spoke with Anne there."""
    draft = Draft(event_id=scene.talk.id, heads=40, named=ANNE)
    return scene.tell(draft, pioneer=pioneer).contribution  # type: ignore[arg-type]


@pytest.fixture
def people(scene: Scene) -> tuple[Present, Present]:
    """Anne, whom the pioneer names, and Bert, whom nobody does."""
    company = make_company(scene.session, scene.programme, name="Vries Bouw B.V.")
    anne = make_person(
        scene.session,
        scene.programme,
        company,
        first_name="Anne",
        infix="de",
        family_name="Vries",
        email="anne@vries.example",
    )
    bert = make_person(scene.session, scene.programme, company, first_name="Bert")
    return Present(anne.id, company.id), Present(bert.id, company.id)


def listed(scene: Scene, *present: Present, absent: tuple[Absent, ...] = ()) -> None:
    """The host's list."""
    record_attendance(
        scene.session,
        programme=scene.programme,
        event=scene.talk,
        present=present,
        absent=absent,
        actor_id=None,
    )


def standing(scene: Scene, one: Present) -> list[Evidence]:
    """The evidence of a presence that counts."""
    return list(
        scene.session.scalars(
            select(Contact.evidence).where(
                Contact.occasion_id == scene.talk.occasion_id,
                Contact.person_id == one.person_id,
                Contact.voided_at.is_(None),
            )
        )
    )


def test_agreeing_on_a_number_of_people_confirms_nobody_by_name(
    scene: Scene, people: tuple[Present, Present]
) -> None:
    listed(scene, *people)
    host_says(scene, 40, None)
    scene.told(40)
    assert proof_of(scene) == Proof.CONFIRMED
    assert [standing(scene, one) for one in people] == [[Evidence.LISTED]] * 2


def test_whom_the_pioneer_names_and_the_list_has_is_confirmed_and_nobody_else(
    scene: Scene, people: tuple[Present, Present]
) -> None:
    anne, bert = people
    listed(scene, anne, bert)
    name(scene)
    assert standing(scene, anne) == [Evidence.CONFIRMED]
    assert standing(scene, bert) == [Evidence.LISTED]
    assert check(scene.session, scene.programme) == []


def test_it_does_not_matter_who_came_first(scene: Scene, people: tuple[Present, Present]) -> None:
    anne, bert = people
    name(scene)
    assert standing(scene, anne) == [Evidence.LISTED]
    listed(scene, anne, bert)
    listed(scene, anne, bert)  # the same list twice is no further source
    assert standing(scene, anne) == [Evidence.CONFIRMED]
    assert standing(scene, bert) == [Evidence.LISTED]


def test_what_is_withdrawn_confirms_nothing_any_more(
    scene: Scene, people: tuple[Present, Present]
) -> None:
    anne, bert = people
    listed(scene, anne, bert)
    _withdraw(scene, name(scene))
    assert standing(scene, anne) == [Evidence.LISTED]
    listed(scene, anne)
    assert standing(scene, anne) == [Evidence.LISTED]
    assert check(scene.session, scene.programme) == []


def test_who_was_known_by_the_pioneers_word_alone_leaves_with_it(
    scene: Scene, people: tuple[Present, Present]
) -> None:
    anne = people[0]
    made = name(scene)
    correct(
        scene.session,
        programme=scene.programme,
        contribution=made,
        draft=Draft(took_place=False),
        version=made.version,
        actor_id=None,
    )
    assert standing(scene, anne) == []
    assert scene.session.scalars(select(Attendance)).all() == []
    assert check(scene.session, scene.programme) == []


def test_who_was_not_there_by_the_list_was_met_but_not_at_the_event(
    scene: Scene, people: tuple[Present, Present]
) -> None:
    anne = people[0]
    listed(scene, people[1], absent=(Absent(anne.person_id, anne.company_id),))
    made = name(scene)
    contact = scene.session.get_one(Contact, made.contact_id)
    assert (contact.channel, contact.occasion_id) == (Channel.CONVERSATION, None)
    assert standing(scene, anne) == []
    _withdraw(scene, made)
    scene.session.refresh(contact)
    assert contact.voided_at is not None


def test_a_conversation_elsewhere_that_day_confirms_no_presence(
    scene: Scene, people: tuple[Present, Present]
) -> None:
    anne = people[0]
    listed(scene, anne)
    day = clock.local(scene.talk.starts_at).date()
    scene.tell(Draft(kind=ContributionKind.CONVERSATION, day=day, named=ANNE))
    assert standing(scene, anne) == [Evidence.LISTED]
