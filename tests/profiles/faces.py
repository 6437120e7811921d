"""Pioneers who told about themselves, with a photo and a quote, by the real actions."""

import io

from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.media.reading import read_photo
from pioneers.profiles import actions
from pioneers.profiles.consenting import Agreed, give_consent
from pioneers.profiles.models import ConsentPurpose, Profile, Quote
from pioneers.profiles.queries import get_profile
from pioneers.profiles.rules import Offer, ProfileDraft
from pioneers.programmes.models import Programme
from tests.media.pictures import located

AnySession = Session | scoped_session[Session]
YEAR = Agreed(12)
STORY = ProfileDraft(
    headline="Wij stopten met leidinggeven",
    story="De ploeg roostert zelf.\n\nDat ging eerst mis.",
    themes=("smarter_working",),
    levels=(1, 3),
    offers=(Offer.TALK, Offer.EXCURSION),
    region="Twente, in de avond",
    website="https://www.drost.example/over",
    travels_km=40,
)


def tell(session: AnySession, programme: Programme, pioneer: Pioneer) -> Profile:
    """What the pioneer tells; nobody sees it yet."""
    known = get_profile(session, pioneer.id)
    return actions.change_profile(
        session,
        programme=programme,
        pioneer=pioneer,
        draft=STORY,
        version=0 if known is None else known.version,
        pioneer_version=pioneer.version,
        actor_id=None,
    )


def agree(
    session: AnySession,
    programme: Programme,
    pioneer: Pioneer,
    purpose: ConsentPurpose = ConsentPurpose.PROFILE,
    agreed: Agreed = YEAR,
) -> None:
    """The pioneer agrees."""
    give_consent(
        session,
        programme=programme,
        pioneer=pioneer,
        purpose=purpose,
        agreed=agreed,
        actor_id=None,
    )


def show_photo(
    session: AnySession, programme: Programme, pioneer: Pioneer, agreed: Agreed = YEAR
) -> None:
    """The pioneer sends a photo and agrees to it."""
    actions.set_photo(
        session,
        programme=programme,
        pioneer=pioneer,
        pictures=read_photo(io.BytesIO(located())),
        alt="Portret",
        agreed=agreed,
        actor_id=None,
    )


def show_profile(session: AnySession, programme: Programme, pioneer: Pioneer) -> Profile:
    """A page with a story and a photo that everybody can see; the same page when asked again."""
    known = get_profile(session, pioneer.id)
    if known is not None:
        return known
    profile = tell(session, programme, pioneer)
    agree(session, programme, pioneer)
    show_photo(session, programme, pioneer)
    return profile


def keep_quote(
    session: AnySession, programme: Programme, profile: Profile, agreed: Agreed = YEAR
) -> Quote:
    """Words of the pioneer that may be used."""
    return actions.add_quote(
        session,
        programme=programme,
        pioneer=session.get_one(Pioneer, profile.pioneer_id),
        words="Loslaten kunt u leren",
        agreed=agreed,
        actor_id=None,
    )
