"""Finding items by words: the same answers on both databases."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.knowledge.actions import publish, save_words, withdraw
from pioneers.knowledge.models import KnowledgeGram, KnowledgeWord
from pioneers.knowledge.rules import ItemWords
from pioneers.knowledge.search import Asked, search
from pioneers.programmes.models import Programme
from tests.knowledge.scene import make_item, make_published

ITEMS = (
    ("Een klantenpanel aan tafel", "Klanten denken mee over nieuwe producten."),
    ("Medewerkersonderzoek", "Wat vinden uw mensen van hun werk?"),
    ("Groeien zonder de ondernemer", "Leidinggeven in een familiebedrijf met ideeën."),
    ("Sjabloon voor het weekoverleg", "Korte vergaderingen in de werkplaats van een café."),
    ("Slimmer roosteren", "Zelf roosteren geeft rust in de zorg en in bedrijven."),
)
PANEL, RESEARCH, GROWTH, MEETING, ROSTER = (title for title, _summary in ITEMS)


@pytest.fixture
def library(running: Programme, session: Session) -> Programme:
    """A small knowledge base."""
    for title, summary in ITEMS:
        make_published(session, running, title=title, summary=summary, body="")
    return running


def _found(session: Session, programme: Programme, text: str) -> list[str]:
    asked = Asked(text=text)
    found = search(session, programme.id, asked, limit=20, offset=0, now=clock.now())
    assert found.total == len(found.items)
    return [item.title for item in found.items]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("klantenpanel", PANEL),
        ("klantenpannel", PANEL),  # typing errors
        ("klatnenpanel", PANEL),
        ("medewerkersondezoek", RESEARCH),
        ("roostren", ROSTER),
        ("vergadring", MEETING),
        ("ondernemers", GROWTH),  # inflection
        ("groei", GROWTH),
        ("familiebedrijven", GROWTH),
        ("sjablonen", MEETING),
        ("vergadering", MEETING),
        ("panel", PANEL),  # a part of a compound
        ("overleg", MEETING),
        ("onderzoek", RESEARCH),
        ("werkplaatsindeling", MEETING),  # a compound that only has a part here
        ("idee", GROWTH),  # accents
        ("ideeen", GROWTH),
        ("IDEEËN", GROWTH),
        ("cafe", MEETING),
        ("famil", GROWTH),  # as one types
        ("hoe kan ik zelf roosteren", ROSTER),
        ('"roosteren" AND -(zorg*) OR NEAR/2 !&|:', ROSTER),
    ],
)
def test_what_people_write_finds_what_they_mean(
    session: Session, library: Programme, text: str, title: str
) -> None:
    assert _found(session, library, text)[:1] == [title]


def test_the_singular_finds_the_plural_and_compounds(session: Session, library: Programme) -> None:
    assert _found(session, library, "bedrijf") == [ROSTER, GROWTH]


def test_all_words_count_and_else_as_many_as_there_are(
    session: Session, library: Programme
) -> None:
    assert _found(session, library, "klanten producten") == [PANEL]
    assert _found(session, library, "roosteren kwantumfysica") == [ROSTER]


@pytest.mark.parametrize("text", ["xyzzyq", "***", "'", "\x00", "%", "_", "5x7q"])
def test_what_is_nowhere_finds_nothing(session: Session, library: Programme, text: str) -> None:
    assert _found(session, library, text) == []


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "klant " * 2_000, "(" * 10_000, "é🙂\u0301" * 3_000, "AND OR NOT NEAR()"]
)
def test_a_flood_of_words_is_answered(
    client: FlaskClient, session: Session, library: Programme, text: str
) -> None:
    _found(session, library, text)
    answer = client.get(f"/kennis/{library.slug}", query_string={"q": text})
    assert answer.status_code == 200


def test_a_title_says_more_than_a_text(session: Session, running: Programme) -> None:
    make_published(session, running, title="Over loslaten", body="")
    make_published(session, running, title="Iets anders", body="Ook hier gaat het over loslaten.")
    assert _found(session, running, "loslaten") == ["Over loslaten", "Iets anders"]


def test_only_what_is_published_is_found_by_its_present_words(
    session: Session, running: Programme
) -> None:
    item = make_item(session, running, title="Oogsten", body="")
    assert _found(session, running, "oogsten") == []
    publish(session, item=item, at=None, user_id=None)
    words = ItemWords("Zaaien", "Een samenvatting.")
    save_words(session, item=item, words=words, user_id=None)
    assert _found(session, running, "oogsten") == ["Oogsten"]
    publish(session, item=item, at=None, user_id=None)
    assert _found(session, running, "oogsten") == []
    assert _found(session, running, "zaaien") == ["Zaaien"]


def test_nothing_is_kept_of_the_words_of_what_was_withdrawn(
    session: Session, running: Programme
) -> None:
    stays = make_published(session, running, title="Zaaien", summary="Kort.", body="")
    item = make_published(session, running, title="Zaaien en oogsten", summary="Kort.", body="")
    withdraw(session, item=item, at=None, user_id=None)
    left = set(session.scalars(select(KnowledgeWord.word)))
    assert set(session.scalars(select(KnowledgeGram.word))) == left
    assert session.scalar(select(func.count()).select_from(KnowledgeWord)) == len(left)
    assert _found(session, running, "zaaien") == [stays.title]
    assert _found(session, running, "ogsten") == []


def test_words_are_found_in_their_own_programme_only(session: Session, library: Programme) -> None:
    assert (
        search(
            session, library.id + 1000, Asked(text="klant"), limit=9, offset=0, now=clock.now()
        ).total
        == 0
    )


def test_the_list_shows_what_was_searched(client: FlaskClient, library: Programme) -> None:
    text = client.get(f"/kennis/{library.slug}?q=klantenpannel").text
    assert f"{PANEL}</a>" in text
    assert f"{GROWTH}</a>" not in text
    assert 'value="klantenpannel"' in text
    assert "Eén item past bij uw keuze." in text
    odd = client.get(f"/kennis/{library.slug}?q=%3Cscript%3Ealert(1)%3C/script%3Exyz").text
    assert "<script>alert" not in odd
