"""The mailed link: a scanner changes nothing, a press does, and a mail program leaves at once."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.subscriptions.models import Subscription, SubscriptionEvent, SubscriptionState
from pioneers.web.tokens import sign
from tests.conftest import SECRET
from tests.subscriptions.scene import make_subscription

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path(subscription: Subscription) -> str:
    """Where the mailed link leads."""
    token = sign(SECRET, "subscription", subscription.id, subscription.token_nonce)
    return f"/n/{token}"


def pending(session: Session, programme: Programme) -> Subscription:
    """Somebody who did not confirm yet."""
    state = SubscriptionState.PENDING
    return make_subscription(session, programme, state=state, confirmed_at=None)


def test_looking_confirms_nothing_and_pressing_twice_is_pressing_once(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    made = pending(session, opened)
    for _ in range(2):
        assert "Ja, houd mij op de hoogte" in client.get(path(made)).text
    session.refresh(made)
    assert made.state == SubscriptionState.PENDING
    for _ in range(2):
        assert client.post(path(made)).status_code == 303
    session.refresh(made)
    assert made.state == SubscriptionState.CONFIRMED
    assert len(session.scalars(select(SubscriptionEvent)).all()) == 1


def test_an_old_link_says_so_and_leads_on(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    made = pending(session, opened)
    with clock.at(clock.now() + timedelta(days=31)):
        assert client.post(path(made)).status_code == 303
        page = client.get(path(made))
    assert "te oud" in page.text
    assert "/nieuwsbrief/overijssel" in page.text
    session.refresh(made)
    assert made.state == SubscriptionState.PENDING


def test_somebody_chooses_themes_and_language(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    made = make_subscription(session, opened)
    data = {"themes": ["co_creation"], "language": "en"}
    assert client.post(f"{path(made)}/keuze", data=data).status_code == 303
    session.refresh(made)
    assert (made.themes, made.language) == ("co_creation", "en")
    wrong = client.post(f"{path(made)}/keuze", data={"themes": ["x"], "language": "fr"})
    assert wrong.status_code == 422


def test_somebody_stops_and_comes_back(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    made = make_subscription(session, opened)
    assert client.post(f"{path(made)}/stop?m=7").status_code == 303
    assert "geen nieuws meer" in client.get(path(made)).text
    session.refresh(made)
    assert made.state == SubscriptionState.WITHDRAWN
    assert session.scalars(select(SubscriptionEvent.mailing_id)).one() == 7
    client.post(path(made))
    session.refresh(made)
    assert made.state == SubscriptionState.CONFIRMED


def test_a_mail_program_leaves_in_one_click_without_cookie_or_form_token(
    app: object, client: FlaskClient, session: Session, opened: Programme
) -> None:
    made = make_subscription(session, opened)
    address = f"{path(made)}/direct"
    client.application.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.get(address).status_code == 200  # looking is not leaving
        session.refresh(made)
        assert made.state == SubscriptionState.CONFIRMED
        assert client.post(address).status_code == 400
        answers = [client.post(address, data=ONE_CLICK).status_code for _ in range(2)]
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = False
    assert answers == [204, 204]
    session.refresh(made)
    assert made.state == SubscriptionState.WITHDRAWN


@pytest.mark.parametrize("rest", ["", "/direct"])
def test_a_link_that_was_made_up_leads_nowhere(
    client: FlaskClient, session: Session, opened: Programme, rest: str
) -> None:
    made = make_subscription(session, opened)
    assert client.get(f"{path(made)}x{rest}").status_code == 404
    assert client.post(f"/n/1-aaaa{rest}", data=ONE_CLICK).status_code == 404
    assert client.put(path(made)).status_code == 405


def test_the_page_is_there_while_the_site_is_closed(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    made = make_subscription(session, programme)
    assert client.get(path(made)).status_code == 200
