"""A pioneer who speaks, in a programme that runs now."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import count

from PIL import Image
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.contributions.actions import Logged, log
from pioneers.contributions.models import Contribution, ContributionKind, LoggedBy
from pioneers.contributions.rules import Draft
from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from tests.factories import make_company, make_person, make_pioneer
from tests.planning.scene import make_evening

AnySession = Session | scoped_session[Session]
_keys = count(1)


@dataclass(frozen=True)
class Scene:
    """The programme, the pioneer of the personas, and last night's talk."""

    session: Session
    programme: Programme
    pioneer: Pioneer
    talk: Event

    def tell(
        self, draft: Draft, *, key: str | None = None, pioneer: Pioneer | None = None
    ) -> Logged:
        """Log something for the pioneer."""
        return log(
            self.session,
            programme=self.programme,
            pioneer_id=(pioneer or self.pioneer).id,
            draft=draft,
            client_key=key or f"sleutel-{next(_keys)}",
            way=LoggedBy.PAGE,
            actor_id=None,
        )

    def told(self, heads: int | None = 40) -> Contribution:
        """Tell of the talk."""
        return self.tell(Draft(event_id=self.talk.id, heads=heads)).contribution

    def did(self, kind: ContributionKind, days: int = 0, **facts: object) -> Contribution:
        """Log something without an event, so many days from now."""
        day = clock.today() + timedelta(days=days)
        return self.tell(Draft(kind=kind, day=day, **facts)).contribution  # type: ignore[arg-type]


def make_me(session: AnySession, programme: Programme, email: str) -> Pioneer:
    """A pioneer with this address, appointed long enough ago."""
    company = make_company(session, programme, municipality_code="GM0193")
    person = make_person(
        session, programme, company, first_name="Karin", family_name="Bosch", email=email
    )
    return make_pioneer(
        session, programme, company=company, person=person, appointed_on=date(2016, 3, 1)
    )


def make_talk(
    session: AnySession, programme: Programme, pioneer: Pioneer, days: int = -1, **facts: object
) -> Event:
    """An evening at which the pioneer speaks."""
    given = {"title": "Ondernemersavond Vechtdal", "pioneers": [pioneer], "days": days}
    return make_evening(session, programme, **given | facts)


def picture(size: tuple[int, int] = (800, 600)) -> BytesIO:
    """A photo that says where it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    out.seek(0)
    return out
