"""Writes on profiles: what a pioneer tells, the photo, quotes, and days away. None commits."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.actions import set_preferences
from pioneers.ambassadors.models import Pioneer
from pioneers.events.themes import known_themes
from pioneers.media.actions import crop_photo, delete_photo, keep_photo
from pioneers.media.models import Photo
from pioneers.media.reading import Pictures
from pioneers.media.rules import Crop
from pioneers.profiles.cleaning import forget_quote
from pioneers.profiles.consenting import Agreed, give_consent, withdraw_consent
from pioneers.profiles.models import AwayPeriod, ConsentPurpose, Profile, Quote
from pioneers.profiles.noting import note
from pioneers.profiles.queries import away_periods
from pioneers.profiles.rules import (
    CODE_LENGTH,
    MOST_QUOTES,
    Period,
    ProfileDraft,
    check_away,
    check_draft,
    check_words,
)
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.web.tokens import new_code

AnySession = Session | scoped_session[Session]


def change_profile(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    draft: ProfileDraft,
    version: int,
    pioneer_version: int,
    actor_id: int | None,
) -> Profile:
    """What a pioneer tells, what one can be asked for, and how far one travels.

    `version` is 0 before the first word. Raises Stale(the profile) when either record was changed
    since; Refused (rules.check_draft; travels_range).
    """
    check_draft(draft)
    profile = _locked(session, pioneer)
    changed = profile.version != (version or 1) or pioneer.version != pioneer_version
    if changed:
        raise Stale(profile)
    themes = known_themes(",".join(draft.themes))
    if themes != known_themes(pioneer.themes) or draft.travels_km != pioneer.travels_km:
        set_preferences(
            session,
            programme=programme,
            pioneer=pioneer,
            themes=themes,
            travels_km=draft.travels_km,
            version=pioneer_version,
            actor_id=actor_id,
        )
    profile.headline = draft.headline
    profile.story = draft.story
    profile.levels = ",".join(map(str, sorted(set(draft.levels))))
    profile.offers = ",".join(dict.fromkeys(offer.value for offer in draft.offers))
    profile.region = draft.region
    profile.website = draft.website
    _changed(session, pioneer, profile, "profile.changed", actor_id)
    return profile


def begin_profile(session: AnySession, pioneer: Pioneer) -> Profile:
    """The profile of a pioneer, made with its code where there is none yet."""
    return _locked(session, pioneer)


def set_photo(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    pictures: Pictures,
    alt: str,
    agreed: Agreed,
    actor_id: int | None,
) -> Photo:
    """Take in a photo of a pioneer, with the consent for it; the one before is deleted.

    Raises Refused: term_unknown.
    """
    profile = _locked(session, pioneer)
    photo = keep_photo(
        session, programme_id=programme.id, pictures=pictures, alt=alt, actor_id=actor_id
    )
    _let_go(session, profile)
    profile.photo_id = photo.id
    _changed(session, pioneer, profile, "profile.photo", actor_id)
    give_consent(
        session,
        programme=programme,
        pioneer=pioneer,
        purpose=ConsentPurpose.PHOTO,
        agreed=agreed,
        actor_id=actor_id,
    )
    return photo


def set_crop(
    session: AnySession, *, pioneer: Pioneer, crop: Crop, alt: str, actor_id: int | None
) -> None:
    """Show another part of the photo. Raises Refused: photo_missing."""
    profile = _locked(session, pioneer)
    photo = None if profile.photo_id is None else session.get(Photo, profile.photo_id)
    if photo is None:
        raise Refused("photo_missing", "x")
    crop_photo(session, photo=photo, crop=crop, alt=alt)
    _changed(session, pioneer, profile, "profile.photo", actor_id)


def remove_photo(session: AnySession, *, pioneer: Pioneer, actor_id: int | None) -> bool:
    """Delete the photo at once, and its consent with it; False when there was none."""
    profile = _locked(session, pioneer)
    if profile.photo_id is None:
        return False
    _let_go(session, profile)
    withdraw_consent(session, pioneer=pioneer, purpose=ConsentPurpose.PHOTO, actor_id=actor_id)
    _changed(session, pioneer, profile, "profile.photo_removed", actor_id)
    return True


def add_quote(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    words: str,
    agreed: Agreed,
    actor_id: int | None,
) -> Quote:
    """Words that the programme may use, with the consent for them.

    Raises Refused: words_missing, words_long, quotes_most, term_unknown.
    """
    check_words(words)
    _locked(session, pioneer)
    count = session.scalar(select(func.count(Quote.id)).where(Quote.pioneer_id == pioneer.id)) or 0
    if count >= MOST_QUOTES:
        raise Refused("quotes_most", "words", limit=MOST_QUOTES)
    quote = Quote(pioneer_id=pioneer.id, words=words, written_at=clock.now())
    session.add(quote)
    session.flush()
    note(session, pioneer, "profile.quote", actor_id)
    _agree_to(session, programme, pioneer, quote, agreed, actor_id)
    return quote


def change_quote(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    quote: Quote,
    words: str,
    agreed: Agreed,
    version: int,
    actor_id: int | None,
) -> None:
    """Other words, or the same for longer: the consent is given anew, for these words.

    Raises Stale(the quote), and Refused as `add_quote`.
    """
    check_words(words)
    session.refresh(quote, with_for_update=True)
    if quote.version != version:
        raise Stale(quote)
    quote.words = words
    quote.version += 1
    session.flush()
    note(session, pioneer, "profile.quote", actor_id)
    _agree_to(session, programme, pioneer, quote, agreed, actor_id)


def remove_quote(
    session: AnySession, *, pioneer: Pioneer, quote: Quote, actor_id: int | None
) -> None:
    """Delete a quote at once. What was agreed to stays, without the words."""
    withdraw_consent(
        session,
        pioneer=pioneer,
        purpose=ConsentPurpose.QUOTE,
        quote_id=quote.id,
        actor_id=actor_id,
    )
    forget_quote(session, quote)
    note(session, pioneer, "profile.quote_removed", actor_id)


def add_away(
    session: AnySession, *, pioneer: Pioneer, period: Period, actor_id: int | None
) -> AwayPeriod:
    """Days on which a pioneer is not asked. Raises Refused (rules.check_away)."""
    _locked(session, pioneer)
    today = clock.today()
    known = away_periods(session, pioneer.id, today)
    others = [Period(one.from_day, one.to_day) for one in known]
    check_away(period, today, others)
    away = AwayPeriod(
        pioneer_id=pioneer.id,
        from_day=period.from_day,
        to_day=period.to_day,
        remark=period.remark,
    )
    session.add(away)
    session.flush()
    note(session, pioneer, "profile.away", actor_id)
    return away


def remove_away(
    session: AnySession, *, pioneer: Pioneer, away: AwayPeriod, actor_id: int | None
) -> None:
    """The pioneer is not away after all."""
    session.delete(away)
    session.flush()
    note(session, pioneer, "profile.away_removed", actor_id)


def _agree_to(
    session: AnySession,
    programme: Programme,
    pioneer: Pioneer,
    quote: Quote,
    agreed: Agreed,
    actor_id: int | None,
) -> None:
    give_consent(
        session,
        programme=programme,
        pioneer=pioneer,
        purpose=ConsentPurpose.QUOTE,
        agreed=agreed,
        quote_id=quote.id,
        actor_id=actor_id,
    )


def _locked(session: AnySession, pioneer: Pioneer) -> Profile:
    """The profile of a pioneer, made where there is none, held until the transaction ends."""
    session.refresh(pioneer, with_for_update=True)
    profile = session.get(Profile, pioneer.id, populate_existing=True)
    if profile is None:
        profile = Profile(pioneer_id=pioneer.id, code=new_code(CODE_LENGTH), changed_at=clock.now())
        session.add(profile)
        session.flush()
    return profile


def _let_go(session: AnySession, profile: Profile) -> None:
    """Delete the present photo, if there is one."""
    photo = None if profile.photo_id is None else session.get(Photo, profile.photo_id)
    profile.photo_id = None
    session.flush()
    if photo is not None:
        delete_photo(session, photo=photo)


def _changed(
    session: AnySession, pioneer: Pioneer, profile: Profile, action: str, actor_id: int | None
) -> None:
    profile.changed_at = clock.now()
    profile.version += 1
    session.flush()
    note(session, pioneer, action, actor_id)
