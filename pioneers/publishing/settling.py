"""Writes on the look of the public site. None commits."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.files.models import StoredFile
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.publishing import colours
from pioneers.publishing.logos import keep_logo
from pioneers.publishing.models import SiteSettings

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class LookDraft:
    """What the site says of itself, and its colours."""

    is_open: bool = False
    is_findable: bool = True
    tagline: str = ""
    organisation: str = ""
    email: str | None = None
    phone: str | None = None
    address: str = ""
    brand: str = ""
    warm: str = ""
    logo_alt: str = ""


def settle(
    session: AnySession,
    *,
    programme: Programme,
    draft: LookDraft,
    version: int,
    logo: bytes | None = None,
    removes_logo: bool = False,
    actor_id: int | None,
) -> SiteSettings:
    """Keep the look of a site, with a new `logo` (PNG) if there is one. `version` is 0 before
    the first time.

    Raises Stale(the settings); Refused: colour_shape, colour_contrast, alt_missing.
    """
    brand, warm = colours.clean(draft.brand, "brand"), colours.clean(draft.warm, "warm")
    colours.check(brand, warm)
    settings = _locked(session, programme)
    if settings.version != version:
        raise Stale(settings)
    before = settings.logo_id
    keeps = logo is not None or (before is not None and not removes_logo)
    if keeps and not draft.logo_alt:
        raise Refused("alt_missing", "logo_alt")
    settings.is_open, settings.is_findable = draft.is_open, draft.is_findable
    settings.tagline, settings.organisation = draft.tagline, draft.organisation
    settings.email, settings.phone = draft.email, draft.phone
    settings.address, settings.logo_alt = draft.address, draft.logo_alt
    settings.brand, settings.warm = brand, warm
    if logo is not None or removes_logo:
        settings.logo_id = None if logo is None else keep_logo(session, programme, logo, actor_id)
    settings.changed_at = clock.now()
    settings.version += 1
    session.flush()
    if before is not None and before != settings.logo_id:
        session.delete(session.get_one(StoredFile, before))
    record(
        session,
        "site.look",
        object_type="site",
        object_id=programme.id,
        programme_id=programme.id,
        actor_id=actor_id,
        details={"open": draft.is_open},
    )
    session.flush()
    return settings


def _locked(session: AnySession, programme: Programme) -> SiteSettings:
    session.refresh(programme, with_for_update=True)
    settings = session.get(SiteSettings, programme.id, populate_existing=True)
    if settings is None:
        settings = SiteSettings(programme_id=programme.id, changed_at=clock.now(), version=0)
        session.add(settings)
        session.flush()
    return settings
