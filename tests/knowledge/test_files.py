"""Files and photos of items: who may have them, and how they are sent."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.files.models import StoredFile
from pioneers.knowledge.actions import withdraw
from pioneers.knowledge.attaching import files_of
from pioneers.knowledge.models import KnowledgeItem
from pioneers.media.models import Photo
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.files.making import PDF, SVG, archive
from tests.knowledge.scene import make_item, make_published
from tests.media.pictures import jpeg


def send(
    client: FlaskClient, programme: Programme, item: KnowledgeItem, content: bytes, name: str
) -> int:
    """Add a file to an item by its page; answers the status."""
    return client.post(
        f"/p/{programme.slug}/kennis/{item.id}/bestand",
        data={"file": (BytesIO(content), name), "title": "Werkblad"},
        content_type="multipart/form-data",
    ).status_code


@pytest.fixture
def staff(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """A browser in which the project leader is logged in."""
    log_in(client, personas.leader)
    return client


def test_a_file_of_a_published_item_is_saved_and_never_opened(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running)
    assert send(staff, running, item, PDF, "../Mijn werk; blad é.pdf") == 303
    (kept,) = files_of(session, item)
    assert "Werkblad" in staff.get(f"/kennis/{running.slug}/{item.slug}").text
    answer = staff.get(f"/bestand/{kept.code}/{kept.name}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert staff.get(f"/bestand/{kept.code}/anders.pdf").status_code == 404


def test_a_file_of_an_item_that_nobody_sees_is_for_the_team_only(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running)
    send(staff, running, item, PDF, "a.pdf")
    (kept,) = files_of(session, item)
    assert staff.get(f"/bestand/{kept.code}/{kept.name}").status_code == 404
    own = f"/p/{running.slug}/kennis/{item.id}/bestand/{kept.file_id}"
    assert staff.get(own).data == PDF


def test_a_file_is_gone_when_its_item_is_withdrawn(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running)
    send(staff, running, item, PDF, "a.pdf")
    (kept,) = files_of(session, item)
    withdraw(session, item=item, at=None, user_id=None)
    assert staff.get(f"/bestand/{kept.code}/{kept.name}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [(SVG, "logo.svg"), (archive(("a", b"b")), "echt.pdf"), (b"", "leeg.pdf"), (PDF, "")],
)
def test_a_file_that_is_not_taken_is_refused_with_words(
    staff: FlaskClient, running: Programme, session: Session, content: bytes, name: str
) -> None:
    item = make_item(session, running)
    assert send(staff, running, item, content, name) == 422
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_file_of_two_hundred_megabytes_is_not_read(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_item(session, running)
    answer = staff.post(
        f"/p/{running.slug}/kennis/{item.id}/bestand",
        input_stream=BytesIO(b"--x\r\n"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)},
    )
    assert answer.status_code == 413


def test_a_file_that_is_removed_is_deleted(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running)
    send(staff, running, item, PDF, "a.pdf")
    (kept,) = files_of(session, item)
    staff.post(f"/p/{running.slug}/kennis/{item.id}/bestand/{kept.file_id}/weg")
    assert files_of(session, item) == []
    assert session.get(StoredFile, kept.file_id) is None


def test_a_photo_stands_on_the_page_until_it_is_removed(
    staff: FlaskClient, running: Programme, session: Session
) -> None:
    item = make_published(session, running)
    base = f"/p/{running.slug}/kennis/{item.id}"
    sent = {"photo": (BytesIO(jpeg()), "foto.jpg"), "alt": "Aan tafel"}
    assert staff.post(f"{base}/foto", data=sent).status_code == 303
    page = f"/kennis/{running.slug}/{item.slug}"
    assert 'alt="Aan tafel"' in staff.get(page).text
    assert staff.get(f"{page}/foto.jpg").mimetype == "image/jpeg"
    staff.post(f"{base}/foto/weg")
    assert staff.get(f"{page}/foto.jpg").status_code == 404
    assert session.scalar(select(func.count()).select_from(Photo)) == 0
