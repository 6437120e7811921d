"""Who has access to a programme: the list, inviting, changing, withdrawing, reviewing."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import AccessReview, Grant, Invitation
from pioneers.accounts.queries import list_access, open_invitations, review_due
from pioneers.accounts.rules import Role
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_grant, make_user

URL = "/p/overijssel/toegang"


def roles_of(session: Session, programme: Programme, user_id: int) -> set[Role]:
    """The present roles of a user, read afresh."""
    session.expire_all()
    return set(
        session.scalars(
            select(Grant.role).where(
                Grant.user_id == user_id,
                Grant.programme_id == programme.id,
                Grant.withdrawn_at.is_(None),
            )
        )
    )


def test_the_leader_sees_everyone_with_access(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    page = client.get(URL).text
    assert personas.viewer.email in page
    assert personas.stranger.email not in page


def test_a_viewer_does_not_see_who_has_access(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.viewer)
    for path in ("", "/uitnodigen", f"/{personas.leader.id}", "/jaarcontrole", "/export"):
        assert client.get(URL + path).status_code == 403


def test_a_stranger_gets_no_answer(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.stranger)
    assert client.get(URL).status_code == 404
    assert client.post(f"{URL}/{personas.viewer.id}/intrekken").status_code == 404


def test_people_of_another_programme_cannot_be_touched(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.leader)
    stranger = personas.stranger.id
    assert client.get(f"{URL}/{stranger}").status_code == 404
    assert client.post(f"{URL}/{stranger}/intrekken").status_code == 404
    assert roles_of(session, personas.elsewhere, stranger) == {Role.PROJECT_LEADER}


def test_inviting_shows_the_link_once_and_keeps_only_its_hash(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    page = client.post(
        f"{URL}/uitnodigen", data={"email": "Nieuw@Voorbeeld.example", "role": "viewer"}
    )
    assert "/uitnodiging/" in page.text
    token = page.text.split("/uitnodiging/")[1].split('"')[0]
    invitation = session.scalars(select(Invitation)).one()
    assert invitation.email == "nieuw@voorbeeld.example"
    assert invitation.token_hash not in page.text
    assert token not in invitation.token_hash
    assert "/uitnodiging/" not in client.get(URL).text


def test_inviting_the_same_address_again_ends_the_earlier_link(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    links = []
    for _attempt in range(2):
        page = client.post(
            f"{URL}/uitnodigen", data={"email": "nieuw@voorbeeld.example", "role": "viewer"}
        ).text
        links.append("/uitnodiging/" + page.split("/uitnodiging/")[1].split('"')[0])
    assert len(open_invitations(session, programme.id)) == 1
    client.post("/uitloggen")
    assert [client.get(link).status_code for link in links] == [410, 200]


def test_nobody_is_invited_to_a_role_that_they_have(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.leader)
    answer = client.post(
        f"{URL}/uitnodigen", data={"email": personas.viewer.email, "role": "viewer"}
    )
    assert answer.status_code == 422
    assert not session.scalars(select(Invitation)).all()


def test_an_invitation_needs_an_address_and_a_role(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    for data in ({}, {"email": "geen adres", "role": "viewer"}, {"email": "a@b.nl", "role": "x"}):
        assert client.post(f"{URL}/uitnodigen", data=data).status_code == 422


def test_a_withdrawn_invitation_does_not_work(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    page = client.post(f"{URL}/uitnodigen", data={"email": "a@b.example", "role": "viewer"}).text
    link = "/uitnodiging/" + page.split("/uitnodiging/")[1].split('"')[0]
    invitation = open_invitations(session, programme.id)[0]
    client.post(f"{URL}/uitnodigingen/{invitation.id}/intrekken")
    client.post("/uitloggen")
    assert client.get(link).status_code == 410


def test_somebody_can_have_several_roles(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    answer = client.post(f"{URL}/{personas.viewer.id}", data={"viewer": "1", "pioneer": "1"})
    assert answer.status_code == 303
    assert roles_of(session, programme, personas.viewer.id) == {Role.VIEWER, Role.PIONEER}


def test_roles_cannot_be_emptied_by_accident(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    nothing = {"csrf_token": "of a form without ticks"}
    assert client.post(f"{URL}/{personas.viewer.id}", data=nothing).status_code == 422
    assert roles_of(session, programme, personas.viewer.id) == {Role.VIEWER}


def test_withdrawing_asks_first_and_holds_at_once(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    other = client.application.test_client()
    log_in(other, personas.viewer)
    log_in(client, personas.leader)
    assert "Kijker" in client.get(f"{URL}/{personas.viewer.id}/intrekken").text
    assert roles_of(session, programme, personas.viewer.id) == {Role.VIEWER}
    client.post(f"{URL}/{personas.viewer.id}/intrekken")
    assert roles_of(session, programme, personas.viewer.id) == set()
    assert other.get(URL).status_code == 404


def test_the_last_project_leader_stays(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    client.post(f"{URL}/{personas.leader.id}/intrekken")
    client.post(f"{URL}/{personas.leader.id}", data={"viewer": "1"})
    assert roles_of(session, programme, personas.leader.id) == {Role.PROJECT_LEADER}
    second = make_user(session, Role.PROJECT_LEADER, programme)
    client.post(f"{URL}/{personas.leader.id}/intrekken")
    assert roles_of(session, programme, personas.leader.id) == set()
    assert roles_of(session, programme, second.id) == {Role.PROJECT_LEADER}


def test_the_review_asks_a_tick_for_everyone(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    ids = [person.user_id for person in list_access(session, programme.id)]
    assert client.get(f"{URL}/jaarcontrole").status_code == 200
    assert client.post(f"{URL}/jaarcontrole", data={"right": ids[1:]}).status_code == 422
    assert client.post(f"{URL}/jaarcontrole", data={"right": [*ids, 10**9]}).status_code == 422
    assert not session.scalars(select(AccessReview)).all()
    assert client.post(f"{URL}/jaarcontrole", data={"right": ids}).status_code == 303
    review = session.scalars(select(AccessReview)).one()
    assert (review.people, review.reviewed_by_id) == (len(ids), personas.leader.id)


def test_a_review_is_due_a_year_after_the_last(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    assert not review_due(session, programme.id, clock.today()).is_due
    assert review_due(session, programme.id, clock.today() + timedelta(days=366)).is_due
    log_in(client, personas.leader)
    ids = [person.user_id for person in list_access(session, programme.id)]
    client.post(f"{URL}/jaarcontrole", data={"right": ids})
    state = review_due(session, programme.id, clock.today())
    assert (state.is_due, state.last_by, state.people) == (False, "Leider", len(ids))
    assert not review_due(session, programme.id, clock.today() + timedelta(days=365)).is_due
    assert review_due(session, programme.id, clock.today() + timedelta(days=366)).is_due


def test_the_list_says_that_a_review_is_due(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    with time_machine.travel(datetime(2020, 1, 1, 12, tzinfo=UTC), tick=False):
        leader = make_user(session)
        make_grant(session, leader, programme, Role.PROJECT_LEADER)
    log_in(client, leader)
    assert "notice-warn" in client.get(URL).text


def test_the_list_goes_out_as_a_sheet(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    csv = client.get(f"{URL}/export?soort=csv")
    assert personas.viewer.email in csv.text
    assert personas.stranger.email not in csv.text
    assert client.get(f"{URL}/export?soort=xlsx").data.startswith(b"PK")


def test_what_acts_is_not_done_by_following_a_link(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    assert client.get(f"{URL}/uitnodigingen/1/intrekken").status_code == 405
    assert client.post(URL).status_code == 405
