"""The visits behind each number: when, by which card, how, and never who."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.cards.counting import Hit
from pioneers.cards.funnel import By, funnel_of
from pioneers.cards.models import Came, Card
from pioneers.cards.rules import Owner, OwnerKind
from pioneers.cards.visit_list import page_of_visits, stretches
from pioneers.cards.visitors import Visitor
from pioneers.cards.visits import write
from pioneers.programmes.models import Programme
from pioneers.web.pagination import SIZE
from tests import factories as make
from tests.cards.making import make_run
from tests.client import log_in
from tests.factories import Personas

TALK = date(2017, 5, 11)


def hit(card: Card, day: date, number: int, came: Came = Came.SCANNED, hour: int = 19) -> Hit:
    """Somebody who comes at an hour (UTC) of a day."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Hit(card.id, card.run_id, Visitor.PERSON, came, day, moment, number.to_bytes(16))


class Scene:
    """A pioneer speaks twice; cards of the pioneer, of the first event, and of somebody else."""

    def __init__(self, session: Session, programme: Programme) -> None:
        self.session, self.programme = session, programme
        self.pioneer = make.make_pioneer(session, programme)
        self.other = make.make_pioneer(session, programme)
        self.talk = self._talk(TALK)
        self.next = self._talk(TALK + timedelta(days=5))
        self.run, (self.one, self.two, *_) = make_run(session, programme, self.pioneer.id)
        of_event = Owner(OwnerKind.EVENT, self.talk.id)
        self.event_run, (event_card, *_) = make_run(session, programme, 0, owner=of_event)
        self.other_run, (elsewhere, *_) = make_run(session, programme, self.other.id)
        typed = Came.TYPED
        write(
            session.connection(),
            [
                hit(self.one, TALK, 1),
                hit(self.one, TALK, 2, typed, hour=20),
                hit(self.two, TALK + timedelta(days=2), 3),
                hit(self.two, TALK + timedelta(days=5), 4, typed),
                hit(self.one, TALK + timedelta(days=40), 5),
                hit(event_card, TALK + timedelta(days=60), 6),
                hit(elsewhere, TALK, 7),
            ],
        )
        session.expire_all()

    def _talk(self, day: date) -> object:
        return make.make_event(
            self.session, self.programme, title=f"Op {day}", day=day, pioneers=[self.pioneer]
        )


@pytest.fixture
def scene(session: Session, programme: Programme) -> Scene:
    """Everything above."""
    return Scene(session, programme)


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("came", [None, *Came])
def test_a_list_holds_as_many_visits_as_its_number_says(
    scene: Scene, by: By, came: Came | None
) -> None:
    session, programme = scene.session, scene.programme
    found = funnel_of(session, programme, by)
    for line in (found.total, *found.lines):
        numbers = {None: line.visits, Came.SCANNED: line.scanned, Came.TYPED: line.typed}
        asked = stretches(session, programme, by if line.key else None, line.key)
        page = page_of_visits(session, asked, came, 1)
        assert page.total == len(page.items) == numbers[came]
        assert all(came in (None, row.came) for row in page.items)
        assert [row.hour for row in page.items] == sorted(
            (row.hour for row in page.items), reverse=True
        )
    assert found.total.visits == 7


def test_pages_follow_each_other_without_gap_or_double(scene: Scene) -> None:
    session = scene.session
    hits = [
        hit(scene.two, TALK + timedelta(days=number % 9), 100 + number, hour=number % 20)
        for number in range(2 * SIZE + 7)
    ]
    write(session.connection(), hits)
    session.expire_all()
    asked = stretches(session, scene.programme, By.RUN, scene.run.id)
    pages = [page_of_visits(session, asked, None, number) for number in (1, 2, 3, 4)]
    assert [len(page.items) for page in pages] == [SIZE, SIZE, 12, 0]
    assert {page.total for page in pages} == {2 * SIZE + 12}
    hours = [row.hour for page in pages for row in page.items]
    assert hours == sorted(hours, reverse=True)


def test_a_visit_just_after_midnight_stands_on_its_own_day(scene: Scene) -> None:
    late = date(2017, 7, 1)
    moment = datetime(2017, 6, 30, 22, tzinfo=UTC)  # 0.00 in Amsterdam
    visitor = (9).to_bytes(16)
    hits = [Hit(scene.one.id, scene.run.id, Visitor.PERSON, Came.SCANNED, late, moment, visitor)]
    write(scene.session.connection(), hits)
    scene.session.expire_all()
    asked = stretches(scene.session, scene.programme, By.PIONEER, scene.pioneer.id, late)
    page = page_of_visits(scene.session, asked, None, 1)
    assert [row.hour for row in page.items] == [moment]


def test_every_row_opens_to_its_visits(
    scene: Scene, client: FlaskClient, personas: Personas
) -> None:
    log_in(client, personas.leader)
    url = f"/p/{scene.programme.slug}/kaartjes/trechter"
    funnel = client.get(f"{url}?per=oplage").text
    assert f"bezoeken?hoe=scanned&amp;per=oplage&amp;van={scene.run.id}" in funnel
    page = client.get(f"{url}/bezoeken").text
    assert "7 bezoeken." in page
    assert scene.one.code in page
    assert "21.00" in page  # 19.00 UTC in May
    typed = client.get(f"{url}/bezoeken?per=oplage&van={scene.run.id}&hoe=typed").text
    assert "2 bezoeken." in typed
    card = f"per=oplage&van={scene.run.id}&kaartje={scene.two.code}"
    assert "2 bezoeken." in client.get(f"{url}/bezoeken?{card}").text
    assert "Eén bezoek." in client.get(f"{url}/bezoeken?{card}&hoe=typed").text
    talk = client.get(f"{url}/bezoeken?per=optreden&van={scene.talk.id}")
    assert "4 bezoeken." in talk.text
    assert f"van={scene.run.id}" in client.get(f"/p/{scene.programme.slug}/kaartjes").text


@pytest.mark.parametrize(
    "query",
    [
        "per=oplage&van=999999",
        "per=pionier&van=999999",
        "per=optreden&van=999999",
        "per=oplage&van=x",
        "kaartje=AAAAAA",
    ],
)
def test_what_is_not_there_is_not_found(
    scene: Scene, client: FlaskClient, personas: Personas, query: str
) -> None:
    log_in(client, personas.leader)
    url = f"/p/{scene.programme.slug}/kaartjes/trechter/bezoeken?{query}"
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("who", ["viewer", "pioneer"])
def test_who_does_not_manage_cards_sees_no_visits(
    scene: Scene, client: FlaskClient, personas: Personas, who: str
) -> None:
    log_in(client, getattr(personas, who))
    url = f"/p/{scene.programme.slug}/kaartjes/trechter/bezoeken"
    assert client.get(url).status_code == 403
